"""What is done with notes and coins. Yen as whole numbers."""

from dataclasses import dataclass

from kiosk.flow.documents import ReadyToPay


@dataclass(frozen=True, slots=True)
class LookAtCash:
    """Answers `CashSeen`."""


@dataclass(frozen=True, slots=True)
class AcceptMoney:
    """Opens the slots. Answers `SlotsOpen` or `CashStopped`, then `MoneyTaken` for each note and coin."""

    attempt: int
    ready: ReadyToPay


@dataclass(frozen=True, slots=True)
class SecureMoney:
    """Closes the slots. Answers `MoneySecured` or `CashStopped`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class GiveChange:
    """Pays out what is held above the fee. Answers `ChangeGiven`, or `CashStopped` when less is held."""

    attempt: int
    fee: int


@dataclass(frozen=True, slots=True)
class ReturnMoney:
    """Gives everything held back. Answers `MoneyReturned`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class SettleMoney:
    """Keeps the fee of what was delivered, pays the rest out. Answers `MoneySettled`."""

    attempt: int
    captured: int


CashEffect = LookAtCash | AcceptMoney | SecureMoney | GiveChange | ReturnMoney | SettleMoney
