"""Runs one call that may never return on a thread of its own and waits no longer than the watchdog allows. A thread
that stays away is abandoned and counted, never waited for again."""

from collections.abc import Callable
from itertools import count
from typing import TypeVar

from hardware.errors import CardError, CardMute
from hardware.ports import Spawn

Result = TypeVar("Result")


class Watchdog:
    """`seconds` is how long a card may take for one command."""

    def __init__(self, spawn: Spawn, seconds: float) -> None:
        self._spawn = spawn
        self._seconds = seconds
        self._numbers = count(1)
        self._outstanding: set[int] = set()
        self.abandoned = 0
        """Calls ever given up."""

    @property
    def outstanding(self) -> int:
        """Calls given up that have not come back yet."""
        return len(self._outstanding)

    def run(self, what: str, call: Callable[[], Result]) -> Result:
        """The call's result. Raises `CardMute` when it takes too long."""
        results: list[Result] = []
        number = next(self._numbers)

        def work() -> None:
            results.append(call())
            self._outstanding.discard(number)

        if self._spawn(what, work)(self._seconds):
            if not results:
                raise CardError(f"{what} broke off without a result")
            return results[0]
        self._outstanding.add(number)
        if results:  # it came back between the end of the wait and here
            self._outstanding.discard(number)
            return results[0]
        self.abandoned += 1
        raise CardMute(f"no answer to {what} within {self._seconds:g} s")
