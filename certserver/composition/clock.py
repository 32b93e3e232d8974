"""The real clock and the operating system's randomness."""

import os
import time
from datetime import UTC, datetime


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """This instant in UTC."""
        return datetime.now(UTC)


def system_entropy(count: int) -> bytes:
    """Bytes from the operating system's generator."""
    return os.urandom(count)


def elapsed() -> float:
    """Seconds since some fixed moment."""
    return time.monotonic()


def rest(seconds: float) -> None:
    """Returns after so many seconds. Only for whoever holds nothing."""
    time.sleep(seconds)
