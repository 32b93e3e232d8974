"""What is done at the payment terminal. A charge is written down before it is asked for, so that whatever breaks it can
be asked again what became of it (I7)."""

from dataclasses import dataclass

from kiosk.flow.documents import ReadyToPay


@dataclass(frozen=True, slots=True)
class LookAtCashless:
    """Settles what earlier charges stand open, as far as the payment terminal can say. Answers `CashlessSeen`."""


@dataclass(frozen=True, slots=True)
class Debit:
    """Waits for what the holder presents, debits the fee. Answers `NotDebited`, `Debited` or `DebitUnclear`; before
    that `DebitInDoubt` when the terminal has to be asked again."""

    attempt: int
    ready: ReadyToPay


@dataclass(frozen=True, slots=True)
class StopDebit:
    """Nobody is waited for any more. Nothing answers but the `Debit` under way."""

    attempt: int


@dataclass(frozen=True, slots=True)
class PayBack:
    """Keeps so much of what was debited and pays the rest back. Answers `MoneySettled` or `MoneyUnclear`."""

    attempt: int
    keeps: int


CashlessEffect = LookAtCashless | Debit | StopDebit | PayBack
