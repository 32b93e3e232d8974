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


class Log(Protocol):
    """Where entries outlive the program: one after the other, each bound to the one before, none ever changed. Now and
    then it begins anew with an entry that stands for all before it."""

    def read(self) -> tuple[bytes, ...]:
        """The entry it began anew with last and those after it, oldest first; none when there never were any. One that
        was cut off while it was written is none."""
        ...

    def room(self) -> int:
        """Bytes of entries that have their place already, whatever else fills the disk. Each entry also takes
        `OVERHEAD` bytes of it."""
        ...

    def append(self, entry: bytes) -> None:
        """One more, of one line; it is on disk when this returns. Raises `OSError` when it could not be written or has
        no room: then it may be written again, or another in its place."""
        ...

    def begin_anew(self, checkpoint: bytes) -> None:
        """Begins anew with this entry, and has room again; on disk when this returns. Raises `OSError` when that could
        not be done: then all is as it was, or, where nobody can tell whether it was, there is no room but for
        beginning anew once more."""
        ...


OVERHEAD = 160
"""Bytes that a `Log` adds to an entry, at most."""
