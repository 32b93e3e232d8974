"""What the money device tells: what it can do, what went in, what it paid out. Yen as whole numbers. One of a visit
carries its `attempt` (I2); what is owed to whom is not said here."""

from dataclasses import dataclass

from hardware.cash.model import CashStatus, Payout


@dataclass(frozen=True, slots=True)
class CashSeen:
    """What the money device can do now."""

    status: CashStatus


@dataclass(frozen=True, slots=True)
class SlotsOpen:
    """The money device takes these denominations now."""

    attempt: int
    accepted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MoneyTaken:
    """A note or coin went in; `held` is the sum of all that did."""

    attempt: int
    held: int


@dataclass(frozen=True, slots=True)
class CashStopped:
    """The money device failed while the slots were open, or could not open them."""

    attempt: int
    held: int


@dataclass(frozen=True, slots=True)
class MoneySecured:
    """The slots are closed; `held` yen are in and can still go back."""

    attempt: int
    held: int


@dataclass(frozen=True, slots=True)
class ChangeGiven:
    """What was held above the fee was paid out, as far as the device could; the fee is still held."""

    attempt: int
    payout: Payout


@dataclass(frozen=True, slots=True)
class MoneyReturned:
    """Everything held was given back, as far as the device could."""

    attempt: int
    payout: Payout


@dataclass(frozen=True, slots=True)
class MoneySettled:
    """Yen `captured` are kept, none when less was held; the rest was paid out, as far as the device could."""

    attempt: int
    captured: int
    payout: Payout


@dataclass(frozen=True, slots=True)
class MoneyUnclear:
    """The device broke in the middle of a payout: nobody knows what came out."""

    attempt: int


PaidOut = ChangeGiven | MoneyReturned | MoneySettled
"""What the money device says of a payout."""

CashEvent = SlotsOpen | MoneyTaken | CashStopped | MoneySecured | PaidOut | MoneyUnclear
"""Those of a visit."""
