"""What all virtual peripherals have in common: who they are, their power, and what a reset leaves."""

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.events import REMEMBERED, Log, Result
from hardware.cash.cctalk.frames import Checksum

ACK = b""


class Refused(Exception):
    """The peripheral answers NAK."""


class VirtualPeripheral:
    """Answers what every peripheral answers. A command that it does not know it leaves unanswered, as real ones do."""

    category = b""

    def __init__(self, address: int, checksum: Checksum = Checksum.SUM) -> None:
        self.address = address
        self.checksum = checksum
        self.silent = False
        """Neither hears nor answers."""
        self.broken = False
        """Its own check finds a fault."""

    @property
    def serial(self) -> int:
        """Its serial number, 24 bits."""
        return 0x010200 + self.address

    def hear(self, header: int, data: bytes) -> bytes | None:  # noqa: ARG002 - what all kinds answer has no data
        """The answer's data; None where it says nothing. Raises `Refused`."""
        match header:
            case headers.SIMPLE_POLL:
                return ACK
            case headers.REQUEST_EQUIPMENT_CATEGORY:
                return self.category
            case headers.REQUEST_SERIAL_NUMBER:
                return self.serial.to_bytes(3, "little")
            case _:
                return None

    def begin_anew(self) -> None:
        """After a reset or the power's return."""


class EventMemory:
    """The last five events and their counter."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """After a reset."""
        self._log = Log(0, ((0, 0),) * REMEMBERED)

    def add(self, first: int, second: int) -> None:
        """One more event."""
        results: tuple[Result, ...] = ((first, second), *self._log.results[:-1])
        self._log = Log(self._log.counter % 255 + 1, results)

    def told(self) -> bytes:
        """As 229 and 159 are answered."""
        return bytes([self._log.counter, *(byte for result in self._log.results for byte in result)])


class Inhibits:
    """Which positions are taken: a master switch and a mask of 16 bits, all shut after a reset."""

    def __init__(self) -> None:
        self.shut()

    def shut(self) -> None:
        """As after a reset."""
        self._master, self._mask = False, 0

    def hear(self, header: int, data: bytes) -> bool:
        """Whether this was about inhibiting."""
        match header:
            case headers.MODIFY_INHIBIT_STATUS if len(data) == 2:
                self._mask = int.from_bytes(data, "little")
            case headers.MODIFY_MASTER_INHIBIT_STATUS if len(data) == 1:
                self._master = bool(data[0] & 1)
            case _:
                return False
        return True

    def takes(self, position: int) -> bool:
        """Whether a piece of this position is let in."""
        return self._master and bool(self._mask >> (position - 1) & 1)
