"""What the server needs of the world and never fetches itself: time and randomness. Composition hands them in."""

from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from typing import Protocol

JST = timezone(timedelta(hours=9), "JST")
"""Hours, closures and dates on paper are Japan's, wherever the server stands."""

Entropy = Callable[[int], bytes]
"""That many bytes of the operating system's randomness; a seeded stream in a simulation."""


class Clock(Protocol):
    """Civil time."""

    def now(self) -> datetime:
        """This instant, with a time zone."""
        ...


def unix(instant: datetime) -> int:
    """Whole Unix seconds of an instant that has a time zone."""
    return int(instant.timestamp())


def in_japan(unix_seconds: int) -> datetime:
    """The same instant on a Japanese clock."""
    return datetime.fromtimestamp(unix_seconds, JST)
