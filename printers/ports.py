"""What printer drivers need of the world and never fetch themselves. Composition hands it in."""

from typing import Protocol


class Clock(Protocol):
    """Monotonic time."""

    def monotonic(self) -> float:
        """Seconds since some fixed moment."""
        ...

    def wait(self, seconds: float) -> None:
        """Lets that much time pass."""
        ...
