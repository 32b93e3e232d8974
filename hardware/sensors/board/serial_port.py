"""A serial port by pyserial: 115,200 baud, 8N1, no flow control."""

import termios
from contextlib import suppress

import serial

from hardware.sensors.board.port import PortDown

BAUD = 115_200
MOST = 4096
"""Bytes read at once, whatever waits."""

WRITE_WITHIN_S = 0.5

# serial.SerialException is an OSError; pyserial lets termios' own through when the device goes.
_BROKEN = (OSError, termios.error, ValueError, TypeError)


class SerialPort:
    """Fulfils `Port`. Opens it; raises `PortDown`."""

    def __init__(self, device: str) -> None:
        try:
            # Exclusive: a second program on the line would take lines away from this one.
            self._port = serial.Serial(device, BAUD, timeout=0, write_timeout=WRITE_WITHIN_S, exclusive=True)
            # What the system kept from before would be old news.
            self._port.reset_input_buffer()
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def read(self, within: float) -> bytes:
        """What comes within so many seconds, at most 4,096 bytes; empty when nothing does. Raises `PortDown`."""
        try:
            self._port.timeout = within
            first = self._port.read(1)
            return bytes(first + self._port.read(min(self._port.in_waiting, MOST - 1))) if first else b""
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def write(self, data: bytes) -> None:
        """Sends it all, or raises `PortDown`."""
        try:
            self._port.write(data)
        except _BROKEN as fault:
            raise PortDown(str(fault)) from fault

    def close(self) -> None:
        """Lets it go. What was written goes out still: without flow control nothing holds it up."""
        with suppress(*_BROKEN):
            self._port.close()
