"""One question and one answer on the bus at a time. A command is sent again only where its caller says that it may be:
never one that moves money, whose lost answer means that nobody knows whether it was heard."""

from collections.abc import Collection

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.faults import NoReply, NotDone
from hardware.cash.cctalk.frames import HOST, SHORTEST, BadFrame, Checksum, Frame, decode, encode
from hardware.cash.cctalk.wire import Wire
from hardware.ports import Clock

REPLY_WITHIN_S = 0.5
"""From the command's last byte to the answer's fifth. A full frame takes 0.27 s at 9600 baud."""

TRIES = 3
QUIET_S = 0.05
"""After an answer that could not be read the bus is left alone for so long: a late answer must not be taken for the
next one's."""


class Bus:
    """The host's end. `with_crc` are the addresses that speak with a CRC. Not for two threads at once."""

    def __init__(self, wire: Wire, clock: Clock, with_crc: Collection[int] = ()) -> None:
        self._wire = wire
        self._clock = clock
        self._with_crc = frozenset(with_crc)
        self._echoes: bool | None = None

    def ask(self, address: int, header: int, data: bytes = b"", *, within_s: float = REPLY_WITHIN_S) -> bytes:
        """The data of the answer to a command that does no harm when it is heard twice: sent up to three times. Raises
        `BusFault`."""
        for _ in range(TRIES - 1):
            try:
                return self.tell(address, header, data, within_s=within_s)
            except NoReply:
                self._settle()
        return self.tell(address, header, data, within_s=within_s)

    def tell(self, address: int, header: int, data: bytes = b"", *, within_s: float = REPLY_WITHIN_S) -> bytes:
        """The same for a command that is sent once, whatever happens. Raises `NoReply` when nobody knows whether it was
        heard, `NotDone` when it surely was not done."""
        checksum = Checksum.CRC if address in self._with_crc else Checksum.SUM
        sent = encode(Frame(address, HOST, header, data), checksum)
        self._wire.drop()
        self._wire.write(sent)
        first = self._frame(within_s)
        echoed = first[:1] == sent[:1]
        if echoed and first != sent:
            raise NoReply("the echo is not what was sent")
        if self._echoes and not echoed:
            raise NoReply("an answer before the echo: it belongs to another command" if first else "no echo")
        answer = self._answer(address, checksum, self._frame(within_s) if echoed else first)
        # Only a whole exchange says what kind of converter it is: noise would as well look like one without an echo.
        self._echoes = echoed
        return answer

    def close(self) -> None:
        """Lets the wire go."""
        self._wire.close()

    def _answer(self, address: int, checksum: Checksum, octets: bytes) -> bytes:
        if not octets:
            raise NoReply(f"nothing answers at address {address}")
        try:
            frame = decode(octets, checksum)
        except BadFrame as bad:
            raise NoReply(str(bad)) from bad
        if frame.destination != HOST or frame.source not in (0, address):
            raise NoReply("an answer of somebody else, or to somebody else")
        if frame.header in (headers.NAK, headers.BUSY):
            raise NotDone(f"address {address} did not do it")
        if frame.header != headers.REPLY:
            raise NoReply("a command where an answer should be")
        return frame.data

    def _frame(self, within_s: float) -> bytes:
        start = self._wire.read(SHORTEST, within_s)
        if len(start) < SHORTEST or start[1] == 0:
            return start
        return start + self._wire.read(start[1], REPLY_WITHIN_S)

    def _settle(self) -> None:
        self._clock.wait(QUIET_S)
