"""A virtual hopper of one denomination: coin after coin falls, until all are out or none comes any more."""

from collections.abc import Callable

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.layout import Proof
from hardware.cash.cctalk.virtual.peripheral import ACK, Refused, VirtualPeripheral
from hardware.ports import Clock

PIECE_S = 0.25
"""From one coin to the next."""

NO_COIN_S = 2.0
"""So long without a coin, and the payout ends."""

LOW = 5
"""Fewer coins, and the low sensor says so."""

_TIMED_OUT, _POWER_UP, _DISABLED, _CIPHER = 0x02, 0x40, 0x80, 0x10
_NO_CODES = bytes(8)


class VirtualHopper(VirtualPeripheral):
    """`hand_out` gets each coin that falls, in yen."""

    category = b"Payout"

    def __init__(
        self,
        address: int,
        clock: Clock,
        yen: int,
        coins: int,
        hand_out: Callable[[int], None],
        proof: Proof = Proof.SERIAL,
    ) -> None:
        super().__init__(address)
        self.yen = yen
        self.coins = coins
        self.capacity = 200
        self._clock = clock
        self._hand_out = hand_out
        self._proof = proof
        self._counter = 0
        self._remaining = self._paid = self._unpaid = 0
        self._next_at = 0.0
        self._enabled = False
        self._flags = _POWER_UP
        self.stick_after: int | None = None
        """The next payout ends after so many coins, as if it had run empty."""
        self.wants_cipher = False
        """It pays only to who knows its maker's cipher, which nobody here does."""
        self.answers_nothing_to: int | None = None
        """A header that it acknowledges without the data that belongs to it."""
        self.shows_late_s = 0.0
        """So long after an order its status is still that of the payout before."""
        self.piece_s = PIECE_S
        """From one coin to the next."""
        self.never_ends = False
        """No coin falls any more, and it says that it still pays, whatever it is told."""
        self._shown = bytes(4)
        self._shows_at = 0.0

    def hear(self, header: int, data: bytes) -> bytes | None:
        """The answer's data."""
        self.fall()
        if header == self.answers_nothing_to:
            return b""
        match header:
            case headers.REQUEST_HOPPER_COIN:
                return f"JP{self.yen:03d}A".encode()
            case headers.ENABLE_HOPPER:
                self._enabled = data[:1] == bytes([headers.ENABLE_CODE])
                return ACK
            case headers.TEST_HOPPER:
                disabled = 0 if self._enabled else _DISABLED
                cipher = _CIPHER if self.wants_cipher else 0
                return bytes([self._flags | disabled | (1 if self.broken else 0), 0, cipher])
            case headers.REQUEST_MANUFACTURER_ID:
                return b"MHN"
            case headers.REQUEST_PRODUCT_CODE:
                return b"Virtual Hopper"
            case headers.REQUEST_HOPPER_STATUS:
                if self._clock.monotonic() < self._shows_at:
                    return self._shown
                return self._status()
            case headers.REQUEST_PAYOUT_LEVEL:
                return bytes([0x30 | (1 if self.coins < LOW else 0) | (2 if self.coins >= self.capacity else 0)])
            case headers.DISPENSE_HOPPER_COINS:
                return self._dispense(data)
            case headers.EMERGENCY_STOP:
                self._stop()
                return bytes([self._unpaid])
            case _:
                return super().hear(header, data)

    def begin_anew(self) -> None:
        """Whatever it was paying, it pays no more, and has forgotten how much of it came out."""
        self.fall()
        self._counter = self._remaining = self._paid = self._unpaid = 0
        self._enabled, self._flags = False, _POWER_UP

    def put_in(self) -> bool:
        """One coin more; False when there is no room."""
        if self.coins >= self.capacity:
            return False
        self.coins += 1
        return True

    def fall(self) -> None:
        """Lets the coins fall that should have fallen by now."""
        while self._remaining and self._clock.monotonic() >= self._next_at:
            if self.never_ends:
                return
            if not self.coins or self.stick_after == 0:
                self._next_at += NO_COIN_S - self.piece_s
                if self._clock.monotonic() >= self._next_at:
                    self._flags |= _TIMED_OUT
                    self.stick_after = None
                    self._stop()
                return
            if self.stick_after is not None:
                self.stick_after -= 1
            self.coins -= 1
            self._remaining -= 1
            self._paid += 1
            self._next_at += self.piece_s
            self._hand_out(self.yen)

    def _dispense(self, data: bytes) -> bytes:
        wanted = _NO_CODES if self._proof is Proof.NONE else self.serial.to_bytes(3, "little")
        if self.wants_cipher or len(data) != len(wanted) + 1 or self._remaining or not self._enabled or not data[-1]:
            raise Refused
        if self._proof is Proof.SERIAL and data[:-1] != wanted:
            raise Refused
        self._shown, self._shows_at = self._status(), self._clock.monotonic() + self.shows_late_s
        self._counter = self._counter % 255 + 1
        self._remaining, self._paid, self._unpaid = data[-1], 0, 0
        self._flags &= ~_TIMED_OUT & 0xFF
        self._next_at = self._clock.monotonic() + self.piece_s
        return bytes([self._counter])

    def _status(self) -> bytes:
        return bytes([self._counter, self._remaining, self._paid, self._unpaid])

    def _stop(self) -> None:
        if self.never_ends:
            return
        self._unpaid, self._remaining = self._remaining, 0
