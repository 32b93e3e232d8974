"""What an ESC/POS printer hangs on, as its drivers see it. Pure."""

from typing import Protocol


class LineDown(Exception):
    """The line can't be opened, or broke. Never leaves this package: drivers turn it into an outcome."""


class Line(Protocol):
    """Bytes to the printer and back. Opens itself on first use and again after `close`."""

    @property
    def two_way(self) -> bool:
        """Whether the printer can answer at all; a file can't."""
        ...

    def write(self, data: bytes, within: float) -> None:
        """Sends all of it within so many seconds. Raises `LineDown`."""
        ...

    def read(self, limit: int, within: float) -> bytes:
        """At most `limit` bytes that come within so many seconds; empty when none come. Raises `LineDown`."""
        ...

    def close(self) -> None:
        """Lets the line go. Never raises; may be called twice."""
        ...
