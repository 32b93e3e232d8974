"""The trouble that a simulator was told to make: delays, refusals, failures and silence, by method."""

from dataclasses import dataclass, replace
from enum import Enum

LONGEST_DELAY_S = 600.0


class TroubleKind(Enum):
    """What goes wrong."""

    NONE = "none"
    """Nothing but the delay."""
    REFUSE = "refuse"
    FAIL = "fail"
    """It is not done, and a fault comes back."""
    SILENT = "silent"
    """It is not done, and nothing comes back."""
    SILENT_BUT_DONE = "silent-but-done"


@dataclass(frozen=True, slots=True)
class Trouble:
    """`times` counts the calls it is still for; None is until told otherwise. `delay_s` in seconds."""

    kind: TroubleKind = TroubleKind.NONE
    reason: str = "refused"
    delay_s: float = 0.0
    times: int | None = None


class Troubles:
    """What each method has ahead of it."""

    def __init__(self, methods: frozenset[str]) -> None:
        self._methods = methods
        self._ahead: dict[str, Trouble] = {}

    def set(self, method: str, trouble: Trouble) -> None:
        """Takes the place of what was told of that method before. Raises `ValueError` for a method that is none, and
        for a delay that is negative or too long."""
        if method not in self._methods:
            raise ValueError(f"there is no method {method}")
        if not 0 <= trouble.delay_s <= LONGEST_DELAY_S:
            raise ValueError(f"a delay is at most {LONGEST_DELAY_S:g} s")
        self._ahead[method] = trouble

    def next(self, method: str) -> Trouble:
        """What happens to this call."""
        trouble = self._ahead.get(method, Trouble())
        if trouble.times is not None:
            if trouble.times <= 1:
                self._ahead.pop(method, None)
            else:
                self._ahead[method] = replace(trouble, times=trouble.times - 1)
        return trouble
