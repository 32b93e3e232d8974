"""The five events that an acceptor remembers, and the counter that says how many there were: 1 to 255, then 1 again; 0
only after a reset. What is new since the last look, and whether anything was missed. Pure."""

from dataclasses import dataclass

REMEMBERED = 5
_ROUND = 255
"""The counter skips 0 when it wraps."""

Result = tuple[int, int]
"""Both bytes of an event, as the acceptor told them."""

_NOTHING: Result = (0, 0)


@dataclass(frozen=True, slots=True)
class Log:
    """What an acceptor said at one look: its counter, and its last events, newest first."""

    counter: int
    results: tuple[Result, ...]


@dataclass(frozen=True, slots=True)
class News:
    """What is new: events, oldest first. `missed` more fell out of the acceptor's memory unread; `reset`: it began
    anew, and nobody knows what happened before that."""

    events: tuple[Result, ...] = ()
    missed: int = 0
    reset: bool = False

    @property
    def gap(self) -> bool:
        """Whether money may have come in of which nobody knows."""
        return self.reset or self.missed > 0


def parse(data: bytes) -> Log | None:
    """The answer to 229 or 159; None when it is too short or too long to be one."""
    if len(data) != 1 + 2 * REMEMBERED:
        return None
    pairs = tuple((data[at], data[at + 1]) for at in range(1, len(data), 2))
    return Log(data[0], pairs)


def news(before: Log, now: Log, *, unwatched: bool = False) -> News:
    """What happened between two looks. What the acceptor still remembers of before must be where it belongs: a counter
    that came to the same number after a reset is found by that. One that stands at 0 after nobody watched may have
    begun anew."""
    if now.counter == 0:
        return News(reset=unwatched or before.counter != 0 or before.results != now.results)
    steps = (now.counter - before.counter) % _ROUND if before.counter else now.counter
    new = min(steps, REMEMBERED)
    fresh = tuple(reversed(now.results[:new]))
    # A counter that wrapped has had events enough to leave none of its five empty.
    empty = now.counter < before.counter and set(now.results[now.counter :]) == {_NOTHING}
    if empty or now.results[new:] != before.results[: REMEMBERED - new]:
        # Counted from the reset on, of which there may be as many as the counter says.
        since = min(now.counter, REMEMBERED)
        return News(tuple(reversed(now.results[:since])), missed=max(0, now.counter - REMEMBERED), reset=True)
    return News(fresh, missed=steps - new)
