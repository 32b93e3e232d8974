"""The virtual wire: hands what the host writes to whom it is addressed, and gives back echo and answer. Commands and
answers can be lost or spoiled on the way."""

from collections.abc import Iterable
from enum import Enum

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.frames import HOST, SHORTEST, BadFrame, Frame, decode, encode
from hardware.cash.cctalk.virtual.peripheral import Refused, VirtualPeripheral
from hardware.ports import Clock


class Trouble(Enum):
    """What may happen to one command: it never arrives; its answer is lost, spoiled or comes only with the next one;
    its echo is spoiled, as when two talk at once."""

    UNHEARD = "unheard"
    UNANSWERED = "unanswered"
    SPOILED = "spoiled"
    LATE = "late"
    ECHO_SPOILED = "echo-spoiled"


class VirtualBus:
    """A `Wire` with virtual peripherals on it. `echo`: what the host writes comes back to it, as on the real wire."""

    def __init__(self, peripherals: Iterable[VirtualPeripheral], clock: Clock, *, echo: bool = True) -> None:
        self._by_address = {each.address: each for each in peripherals}
        self._clock = clock
        self._echo = echo
        self._heard = bytearray()
        self._out = bytearray()
        self._late = b""
        self._troubles: list[tuple[Trouble, int | None]] = []
        self.down = False
        """The wire is cut, or nothing on it has power."""
        self.commands: dict[int, int] = {}
        """How often each header was heard by anybody."""

    def trouble(self, what: Trouble, header: int | None = None) -> None:
        """It happens to the next command, or the next of this header."""
        self._troubles.append((what, header))

    def noise(self, octets: bytes) -> None:
        """Bytes that nobody sent."""
        self._out += octets

    def calm(self) -> None:
        """No trouble waits any more."""
        self._troubles.clear()

    # The wire

    def write(self, octets: bytes) -> None:
        """The host sends."""
        self._heard += octets
        while len(self._heard) >= SHORTEST and len(self._heard) >= SHORTEST + self._heard[1]:
            length = SHORTEST + self._heard[1]
            frame = bytes(self._heard[:length])
            del self._heard[:length]
            self._handle(frame)

    def read(self, count: int, within_s: float) -> bytes:
        """What came; waits as long as the host would for what does not."""
        if len(self._out) < count:
            self._clock.wait(within_s)
        given = bytes(self._out[:count])
        del self._out[:count]
        return given

    def drop(self) -> None:
        """Forgets what came."""
        self._out.clear()
        # What was on its way arrives after that.
        self._out += self._late
        self._late = b""

    def close(self) -> None:
        """Nothing to let go."""

    def taken(self) -> bytes:
        """All that came, for whoever carries the bytes on."""
        given = bytes(self._out)
        self._out.clear()
        return given

    def _handle(self, octets: bytes) -> None:
        trouble = self._trouble_of(octets[3])
        if self._echo:
            self._out += _spoiled(octets) if trouble is Trouble.ECHO_SPOILED else octets
        peripheral = self._by_address.get(octets[0])
        if peripheral is None or peripheral.silent or self.down or trouble is Trouble.UNHEARD:
            return
        answer = self._answer(peripheral, octets)
        match trouble:
            case Trouble.UNANSWERED:
                return
            case Trouble.SPOILED:
                self._out += _spoiled(answer)
            case Trouble.LATE:
                self._late = answer
            case _:
                self._out += answer

    def _answer(self, peripheral: VirtualPeripheral, octets: bytes) -> bytes:
        try:
            frame = decode(octets, peripheral.checksum)
        except BadFrame:
            return b""
        self.commands[frame.header] = self.commands.get(frame.header, 0) + 1
        header, data = headers.REPLY, None
        try:
            data = peripheral.hear(frame.header, frame.data)
        except Refused:
            header, data = headers.NAK, b""
        if data is None:
            return b""
        return encode(Frame(HOST, peripheral.address, header, data), peripheral.checksum)

    def _trouble_of(self, header: int) -> Trouble | None:
        for at, (what, about) in enumerate(self._troubles):
            if about in (None, header):
                del self._troubles[at]
                return what
        return None


def _spoiled(octets: bytes) -> bytes:
    return octets[:-1] + bytes([octets[-1] ^ 0x55]) if octets else octets
