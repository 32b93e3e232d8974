"""Paying without cash, and the Protocol that payment terminals fulfil. Amounts are whole yen. Nothing of a holder or of
what they pay with is known here. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class WhyNot(Enum):
    """Why nothing was debited."""

    DECLINED = "declined"
    """Whoever keeps the holder's money said no."""
    GIVEN_UP = "given-up"
    """Nobody presented anything in time, or the payment was stopped."""
    OFFLINE = "offline"
    """The terminal, or whoever stands behind it, was not reached, and will not debit it later either."""


@dataclass(frozen=True, slots=True)
class Charge:
    """What is to be debited. `number` is 128 random bits in hex, made by whoever asks and written down before they do:
    a terminal debits each number once at most, however often it is asked."""

    number: str
    yen: int


@dataclass(frozen=True, slots=True)
class Debited:
    """The holder has paid so much, whatever was asked for: some means of payment give what they have."""

    yen: int


@dataclass(frozen=True, slots=True)
class NotDebited:
    """The holder has not paid, and this number never will be debited."""

    why: WhyNot


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nobody knows yet."""


Debit = Debited | NotDebited | Unclear
"""What became of a charge."""


class PaymentTerminal(Protocol):
    """Debits and pays back. No method raises for what the terminal does or does not."""

    def ready(self) -> bool:
        """Whether a payment may begin."""
        ...

    def debit(self, charge: Charge, gives_up: Callable[[], bool]) -> Debit:
        """Waits until the holder presents what they pay with, `gives_up` says that nobody will, or the terminal's own
        time is over; debits. Asked again with a number it has an answer for, it gives that answer and does nothing."""
        ...

    def look(self, number: str) -> Debit:
        """What became of that number. One that the terminal never heard of is `NotDebited`, and stays so: it refuses a
        later `debit` of it."""
        ...

    def pay_back(self, number: str, yen: int) -> int | None:
        """Sees to it that so much of that charge was paid back in all, at most what was debited: asked again, it pays
        nothing twice. How much was paid back in all; None when nobody can say."""
        ...
