"""The port that a sensor board hangs on, as its client sees it, and the serial one."""

from typing import Protocol

from hardware.serial_port import SerialPort

BAUD = 115_200
WRITE_WITHIN_S = 0.5
MOST = 4096
"""Bytes read at once, whatever waits."""


class Port(Protocol):
    """Bytes to the board and back, from when it was opened on."""

    def read_some(self, most: int, within_s: float) -> bytes:
        """What is there once something came in time, at most so many bytes. Raises `PortDown`."""
        ...

    def write(self, octets: bytes) -> None:
        """Sends all of it. Raises `PortDown`."""
        ...

    def close(self) -> None:
        """Lets it go. Never raises."""
        ...


def open_port(name: str) -> Port:
    """The serial port of that name. Raises `PortDown`."""
    return SerialPort(name, BAUD, WRITE_WITHIN_S)
