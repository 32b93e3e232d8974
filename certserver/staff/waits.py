"""How often tries were made in a wait, so that each wait is noted once: strangers who try on and on don't lengthen the
log."""

import itertools

MOST_WAITS = 10_000
"""Of whom tries are counted at once."""


class Waits:
    """How often somebody was tried for while they had to wait, of those who wait now. It is kept in memory, by this
    process alone, and of so many at most: it is a number for the log, and decides nothing. Several threads may ask at
    once: each step of it is one that Python does not interrupt."""

    def __init__(self) -> None:
        self._tried: dict[bytes, itertools.count[int]] = {}

    def tried(self, whom: bytes) -> int:
        """Once more; how often it is now."""
        if len(self._tried) > MOST_WAITS:
            self._tried.clear()
        return next(self._tried.setdefault(whom, itertools.count(1)))

    def ended(self, whom: bytes) -> int:
        """They wait no longer; how often it was."""
        tried = self._tried.pop(whom, None)
        return 0 if tried is None else next(tried) - 1
