"""Serial ports, 8N1 without flow control. The only file of hardware that knows pyserial."""

import termios
from contextlib import suppress

import serial

from hardware.ports import PortDown

# pyserial lets termios' own faults through when a device goes, and trips over its own closed port.
_BROKEN = (OSError, ValueError, TypeError, termios.error, serial.SerialException)


class SerialPort:
    """An open port of that name, held exclusively: a second program on it would take what is not its own. What
    the system kept from before is forgotten. Raises `PortDown`."""

    def __init__(self, name: str, baud: int, write_within_s: float) -> None:
        try:
            self._port = serial.Serial(name, baud, timeout=0, write_timeout=write_within_s, exclusive=True)
            self._port.reset_input_buffer()
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def read(self, count: int, within_s: float) -> bytes:
        """So many bytes, or the fewer that came in time. Raises `PortDown`."""
        try:
            if self._port.timeout != within_s:
                self._port.timeout = within_s
            return bytes(self._port.read(count))
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def read_some(self, most: int, within_s: float) -> bytes:
        """What is there once something came in time, at most so many bytes. Raises `PortDown`."""
        first = self.read(1, within_s)
        try:
            return bytes(first + self._port.read(min(self._port.in_waiting, most - 1))) if first else b""
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def write(self, octets: bytes) -> None:
        """Sends all of it. Raises `PortDown`."""
        try:
            self._port.write(octets)
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def drop(self) -> None:
        """Forgets what came and was not read. Raises `PortDown`."""
        try:
            self._port.reset_input_buffer()
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def close(self) -> None:
        """Lets it go; what was written goes out still. Never raises."""
        with suppress(*_BROKEN):
            self._port.close()
