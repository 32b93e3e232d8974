"""What the payment terminal tells. Yen as whole numbers; one of a visit carries its `attempt` (I2). What was paid back
is told as by the money device: `MoneySettled`, `MoneyUnclear`."""

from dataclasses import dataclass

from hardware.cashless.model import WhyNot


@dataclass(frozen=True, slots=True)
class CashlessSeen:
    """Whether a cashless payment may begin now."""

    ready: bool


@dataclass(frozen=True, slots=True)
class DebitInDoubt:
    """Nobody knows yet whether it was debited: the payment terminal is being asked."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Debited:
    """The holder has paid so much."""

    attempt: int
    yen: int


@dataclass(frozen=True, slots=True)
class NotDebited:
    """The holder has not paid, and never will for this charge."""

    attempt: int
    why: WhyNot


@dataclass(frozen=True, slots=True)
class DebitUnclear:
    """The payment terminal could not say whether it was debited."""

    attempt: int


CashlessEvent = DebitInDoubt | Debited | NotDebited | DebitUnclear
"""Those of a visit."""
