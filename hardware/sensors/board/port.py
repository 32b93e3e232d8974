"""The serial port that a sensor board hangs on, as its client sees it. Pure."""

from typing import Protocol


class PortDown(Exception):
    """The port can't be opened, or broke. Never leaves this package: the client tries again and says that the sensors
    are not heard."""


class Port(Protocol):
    """Bytes to the board and back, from when it was opened on."""

    def read(self, within: float) -> bytes:
        """What comes within so many seconds, at most 4,096 bytes; empty when nothing does. Raises `PortDown`."""
        ...

    def write(self, data: bytes) -> None:
        """Sends it all, or raises `PortDown`."""
        ...

    def close(self) -> None:
        """Lets it go. Never raises."""
        ...
