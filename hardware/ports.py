"""What devices need of the world and never fetch themselves: time, a thread, a place to keep bytes. Composition hands
them in."""

from collections.abc import Callable
from typing import Protocol


class PortDown(Exception):
    """A port can't be opened, or broke. Drivers turn it into what it means for their device."""


class Clock(Protocol):
    """Monotonic time."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment."""
        ...

    def wait(self, seconds: float) -> None:
        """Lets that much time pass."""
        ...


class Spawn(Protocol):
    """Runs a loop beside the caller, on a thread of its own or on a simulated scheduler."""

    def __call__(self, name: str, run: Callable[[], None]) -> Callable[[float], bool]:
        """Starts `run`; returns a function that waits at most so many seconds for its end and says whether it came."""
        ...


class Store(Protocol):
    """Where bytes outlive the program."""

    def read(self) -> bytes | None:
        """The bytes written last, whole; None when there never were any."""
        ...

    def write(self, saved: bytes) -> None:
        """Puts these bytes in place of the last ones, as a whole or not at all; they are on disk when this returns.
        Raises `OSError` when they could not be written."""
        ...
