"""A hopper of one denomination, as the host speaks to it. It pays only what it is told once, and says itself what came
out."""

from dataclasses import dataclass

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.bus import Bus
from hardware.cash.cctalk.faults import NoReply, NotDone, WrongPeripheral
from hardware.cash.cctalk.identity import coin_yen
from hardware.cash.cctalk.layout import Proof

AT_ONCE = 255
"""Coins that one command can ask for."""

SERIAL_BYTES = 3

LONGEST_WORD = 40
"""Of what a hopper says of its maker and model."""

_NO_CODES = bytes(8)

_BAD = (0b0011_1001, 0b0111_1001, 0b0000_1111)
"""Flags of the three status registers that stop a hopper: current, opto and motor faults, power lost while paying, a
cipher key or PIN that it wants. Not among them: what only tells of the last payout, of power-up, or that it is off."""

_CIPHER = 0b0001_0000
"""In the third register: it pays only to who knows its cipher."""

_LOW, _LOW_KNOWN = 0x01, 0x10


@dataclass(frozen=True, slots=True)
class Counted:
    """What a hopper says of its last payout. `number` counts its payouts, 1 to 255 and 1 again; 0 after a reset."""

    number: int
    remaining: int
    paid: int
    unpaid: int


def next_number(number: int) -> int:
    """The number of the payout after that one."""
    return number % 255 + 1


class Hopper:
    """The hopper at this address, of this many yen a coin."""

    def __init__(self, bus: Bus, address: int, yen: int, proof: Proof) -> None:
        self.yen = yen
        self._bus = bus
        self._address = address
        self._proof = proof
        self._codes = _NO_CODES
        self._senses = False

    def open(self) -> None:
        """Stops it and asks who it is. Raises `BusFault`."""
        self.enable(on=False)
        category = self._bus.ask(self._address, headers.REQUEST_EQUIPMENT_CATEGORY)
        if not category.lower().startswith(b"payout"):
            raise WrongPeripheral(f"address {self._address} is no hopper")
        coin = coin_yen(self._said(headers.REQUEST_HOPPER_COIN))
        if coin not in (None, self.yen):
            raise WrongPeripheral(f"the hopper at address {self._address} holds coins of {coin} yen, not {self.yen}")
        self.is_well()
        if self._proof is Proof.SERIAL:
            self._codes = self._asked(headers.REQUEST_SERIAL_NUMBER, SERIAL_BYTES)
        level = self._said(headers.REQUEST_PAYOUT_LEVEL)
        self._senses = bool(level) and bool(level[0] & _LOW_KNOWN)

    def counted(self) -> Counted:
        """What it says of its last payout. Raises `BusFault`."""
        told = self._bus.ask(self._address, headers.REQUEST_HOPPER_STATUS)
        if len(told) != 4:
            raise NoReply("no hopper's status")
        return Counted(*told)

    def is_well(self) -> bool:
        """Whether it can pay, by its own flags. Raises `BusFault`, `WrongPeripheral` for one that wants a cipher."""
        registers = self._asked(headers.TEST_HOPPER, 1)
        if len(registers) > 2 and registers[2] & _CIPHER:
            raise WrongPeripheral(
                f"the hopper at address {self._address} ({self._model()}) pays only by a cipher that its maker keeps to"
                " itself: put one there that pays by its serial number"
            )
        return not any(register & bad for register, bad in zip(registers, _BAD, strict=False))

    def is_low(self) -> bool:
        """Whether its sensor says that few coins are left; False without a sensor. Raises `BusFault`."""
        return self._senses and bool(self._asked(headers.REQUEST_PAYOUT_LEVEL, 1)[0] & _LOW)

    def enable(self, *, on: bool) -> None:
        """Whether it may pay at all. Raises `BusFault`."""
        self._bus.ask(self._address, headers.ENABLE_HOPPER, bytes([headers.ENABLE_CODE if on else 0]))

    def dispense(self, coins: int) -> int | None:
        """Tells it once to pay so many coins; returns the number of that payout where it says so. Raises `NoReply` when
        nobody knows whether it was heard, `NotDone` when it pays nothing."""
        told = self._bus.tell(self._address, headers.DISPENSE_HOPPER_COINS, self._codes + bytes([coins]))
        return told[0] if told else None

    def stop(self) -> None:
        """Ends a payout at once. Raises `BusFault`."""
        self._bus.ask(self._address, headers.EMERGENCY_STOP)

    def _model(self) -> str:
        """Who made it and what it is, as far as it says so, in plain characters."""
        told = (self._said(header) for header in (headers.REQUEST_MANUFACTURER_ID, headers.REQUEST_PRODUCT_CODE))
        words = (bytes(each for each in said[:LONGEST_WORD] if 0x20 <= each < 0x7F).decode() for said in told)
        return " ".join(word.strip() for word in words if word.strip()) or "it does not say which model"

    def _asked(self, header: int, least: int) -> bytes:
        """An answer of so many bytes at least. Raises `BusFault`."""
        told = self._bus.ask(self._address, header)
        if len(told) < least:
            raise NoReply(f"address {self._address} answers with too little")
        return told

    def _said(self, header: int) -> bytes:
        """The answer to a command that not every hopper knows; empty where it does not."""
        try:
            return self._bus.ask(self._address, header)
        except (NoReply, NotDone):
            return b""
