"""Clocks for printer tests: one that jumps, and the machine's own for devices that are programs of their own."""

import threading
import time
from collections.abc import Callable, Iterator

LONGEST_S = 30.0
"""How long something is waited for that will come, on whatever machine."""


class JumpingClock:
    """Time passes only by waiting. `on_wait` is called after each wait with the time, to steer what is tested."""

    def __init__(self, on_wait: Callable[[float], None] = lambda _: None) -> None:
        self.now = 0.0
        self.on_wait = on_wait

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.on_wait(self.now)


class RealClock:
    """The machine's time. `on_wait` is called before each wait."""

    def __init__(self) -> None:
        self._never = threading.Event()
        self._skipped = 0.0
        self.on_wait: Callable[[], None] = lambda: None

    def monotonic(self) -> float:
        return time.monotonic() + self._skipped

    def skip(self, seconds: float) -> None:
        """So much time has passed, and nobody waited."""
        self._skipped += seconds

    def wait(self, seconds: float) -> None:
        self.on_wait()
        self._never.wait(seconds)


def until_it_comes() -> Iterator[None]:
    """Turns of a loop that looks for what will come, for as long as it may take."""
    clock = RealClock()
    until = clock.monotonic() + LONGEST_S
    while clock.monotonic() < until:
        yield
        clock.wait(0.01)
