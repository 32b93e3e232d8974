"""A virtual coin acceptor: coins go into the hopper of their denomination as long as it has room, else into the box."""

from collections.abc import Callable

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.virtual.peripheral import ACK, EventMemory, Inhibits, VirtualPeripheral

COIN_POSITIONS = {1: 10, 2: 50, 3: 100, 4: 500}
SENSOR_BLOCKED = 14
COIN_ON_STRING = 20
SWALLOWED = 36


class VirtualAcceptor(VirtualPeripheral):
    """`keep` takes in a coin, in yen, and says on which sorter path it went."""

    category = b"Coin Acceptor"

    def __init__(self, address: int, keep: Callable[[int], int]) -> None:
        super().__init__(address)
        self._keep = keep
        self._events = EventMemory()
        self._inhibits = Inhibits()

    def hear(self, header: int, data: bytes) -> bytes | None:
        """The answer's data."""
        if self._inhibits.hear(header, data):
            return ACK
        match header:
            case headers.READ_BUFFERED_CREDIT:
                return self._events.told()
            case headers.REQUEST_COIN_ID:
                yen = COIN_POSITIONS.get(data[0])
                return b"......" if yen is None else f"JP{yen:03d}A".encode()
            case headers.PERFORM_SELF_CHECK:
                return bytes([255 if self.broken else 0])
            case _:
                return super().hear(header, data)

    def begin_anew(self) -> None:
        """Its events are gone, its slot is shut."""
        self._events.forget()
        self._inhibits.shut()

    def insert(self, yen: int) -> bool:
        """A coin falls in; False when it drops into the return tray."""
        position = next((at for at, value in COIN_POSITIONS.items() if value == yen), None)
        if position is None or self.silent or self.broken:
            return False
        if not self._inhibits.takes(position):
            self._events.add(0, 127 + position)
            return False
        self._events.add(position, self._keep(yen))
        return True

    def report(self, code: int) -> None:
        """An error event, such as a blocked sensor."""
        self._events.add(0, code)
