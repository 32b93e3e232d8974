"""A serial port as the wire of a ccTalk bus, by pyserial."""

import termios
from contextlib import suppress

import serial

from hardware.cash.cctalk.faults import WireDown

BAUD = 9600
WRITE_WITHIN_S = 1.0

# serial.SerialException is an OSError; pyserial lets termios' own through when the device goes.
_BROKEN = (OSError, termios.error, ValueError, TypeError)


class SerialWire:
    """The port of this name, opened when it is first needed and again after it broke. It is held exclusively: a second
    program on the same bus would take answers that are not its own."""

    def __init__(self, port: str) -> None:
        self._name = port
        self._port: serial.Serial | None = None

    def write(self, octets: bytes) -> None:
        """Sends all of it. Raises `WireDown`."""
        try:
            self._open().write(octets)
        except _BROKEN as fault:
            raise self._down(fault) from fault

    def read(self, count: int, within_s: float) -> bytes:
        """So many bytes, or the fewer that came in time. Raises `WireDown`."""
        try:
            port = self._open()
            if port.timeout != within_s:
                port.timeout = within_s
            return bytes(port.read(count))
        except _BROKEN as fault:
            raise self._down(fault) from fault

    def drop(self) -> None:
        """Forgets what came and was not read. Raises `WireDown`."""
        try:
            self._open().reset_input_buffer()
        except _BROKEN as fault:
            raise self._down(fault) from fault

    def close(self) -> None:
        """Lets the port go."""
        port, self._port = self._port, None
        if port is not None:
            with suppress(*_BROKEN):
                port.close()

    def _open(self) -> serial.Serial:
        if self._port is None:
            self._port = serial.Serial(
                self._name, BAUD, timeout=WRITE_WITHIN_S, write_timeout=WRITE_WITHIN_S, exclusive=True
            )
        return self._port

    def _down(self, fault: BaseException) -> WireDown:
        self.close()
        return WireDown(str(fault))
