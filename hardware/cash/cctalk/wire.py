"""The one wire of a ccTalk bus, as the host sees it. Pure."""

from typing import Protocol


class Wire(Protocol):
    """Bytes out and in, 9600 baud, 8 bits, no parity, one stop bit, half duplex: what is written may come back as an
    echo. Opens itself on first use and again after `close`."""

    def write(self, octets: bytes) -> None:
        """Sends all of it. Raises `WireDown`."""
        ...

    def read(self, count: int, within_s: float) -> bytes:
        """So many bytes, or the fewer that came within the seconds. Raises `WireDown`."""
        ...

    def drop(self) -> None:
        """Forgets what came and was not read. Raises `WireDown`."""
        ...

    def close(self) -> None:
        """Lets the wire go. Never raises; may be called twice."""
        ...
