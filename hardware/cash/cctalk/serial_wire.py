"""A serial port as the wire of a ccTalk bus."""

from hardware.cash.cctalk.faults import WireDown
from hardware.ports import PortDown
from hardware.serial_port import SerialPort

BAUD = 9600
WRITE_WITHIN_S = 1.0


class SerialWire:
    """The port of this name, opened when it is first needed and again after it broke."""

    def __init__(self, port: str) -> None:
        self._name = port
        self._port: SerialPort | None = None

    def write(self, octets: bytes) -> None:
        """Sends all of it. Raises `WireDown`."""
        try:
            self._open().write(octets)
        except PortDown as fault:
            raise self._down(fault) from fault

    def read(self, count: int, within_s: float) -> bytes:
        """So many bytes, or the fewer that came in time. Raises `WireDown`."""
        try:
            return self._open().read(count, within_s)
        except PortDown as fault:
            raise self._down(fault) from fault

    def drop(self) -> None:
        """Forgets what came and was not read. Raises `WireDown`."""
        try:
            self._open().drop()
        except PortDown as fault:
            raise self._down(fault) from fault

    def close(self) -> None:
        """Lets the port go."""
        port, self._port = self._port, None
        if port is not None:
            port.close()

    def _open(self) -> SerialPort:
        if self._port is None:
            self._port = SerialPort(self._name, BAUD, WRITE_WITHIN_S)
        return self._port

    def _down(self, fault: BaseException) -> WireDown:
        self.close()
        return WireDown(str(fault))
