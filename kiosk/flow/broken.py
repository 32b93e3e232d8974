"""An action that broke in a way nobody foresaw, told as what it means for the visit: that device's fault, with nothing
taken for done that nobody confirmed."""

from hardware.cash.model import CashProblem, CashStatus
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.effects import (
    Effect,
    LookAtHeadphones,
    NoteRight,
    ReadNumberCard,
    ServerCall,
    ShutDown,
    TellNumber,
    VerifyNumberPin,
)
from kiosk.flow.events import Event, JournalSeen
from kiosk.flow.state import Terminal
from printers.model import PrinterProblem, PrintFailed, not_ready

_NO_PRINTER = not_ready(PrinterProblem.OTHER)
_NO_CASH = CashStatus(frozenset({CashProblem.OFFLINE}), held=0, accepted=())


def as_fault(state: Terminal, failed: on.EffectFailed) -> Event | None:
    """The event that stands for the failure; None where nothing waits for an answer."""
    if failed.by_server and isinstance(failed.effect, do.AnswerChallenge):
        return on.ServerFailed(failed.effect.attempt, ServerCall.OPEN_SESSION)
    return _in_visit(state, failed.effect) or _of_number(failed.effect) or _in_house(failed.effect)


def _in_visit(state: Terminal, effect: Effect) -> Event | None:  # noqa: C901 - a table
    held = state.visit.held if state.visit is not None else 0
    match effect:
        case do.ReadCard() | do.VerifyPin() | do.AnswerChallenge() | do.ProveOrder() | do.ProveEnrolment():
            return on.CardFailed(effect.attempt, on.CardProblem.UNREADABLE)
        case do.OpenSession():
            return on.ServerFailed(effect.attempt, ServerCall.OPEN_SESSION)
        case do.SendAnswer():
            return on.ServerFailed(effect.attempt, ServerCall.ANSWER_CHALLENGE)
        case do.SendEnrolment():
            return on.ServerFailed(effect.attempt, ServerCall.APPLY)
        case do.Prepare():
            return on.ServerFailed(effect.attempt, ServerCall.PREPARE)
        case do.Release():
            return on.ServerFailed(effect.attempt, ServerCall.RELEASE)
        case do.CheckDocuments():
            return on.DocumentsRejected(effect.attempt, None)
        case do.AcceptMoney() | do.SecureMoney():
            return on.CashStopped(effect.attempt, held)
        case do.Debit():
            return on.DebitUnclear(effect.attempt)
        case do.GiveChange() | do.ReturnMoney() | do.SettleMoney() | do.PayBack():
            return on.MoneyUnclear(effect.attempt)
        case do.PrintDocument():
            return on.DocumentSettled(effect.attempt, PrintFailed(0, PrinterProblem.OTHER, cleared=False))
        case NoteRight():
            return on.SheetsRefused(effect.attempt)
        case do.PrintSlip():
            return on.SlipSettled(effect.attempt, effect.slip, printed=False)
        case _:
            return None


def _of_number(effect: Effect) -> Event | None:
    match effect:
        case LookAtHeadphones():
            return on.HeadphonesSeen(effect.attempt, plugged=False)
        case ReadNumberCard() | VerifyNumberPin() | TellNumber():
            return on.CardFailed(effect.attempt, on.CardProblem.UNREADABLE)
        case _:
            return None


def _in_house(effect: Effect) -> Event | None:
    match effect:
        case do.SendHeartbeat():
            return on.HeartbeatFailed()
        case do.LookAtPrinters():
            return on.PrintersSeen(_NO_PRINTER, _NO_PRINTER)
        case do.LookAtCash():
            return on.CashSeen(_NO_CASH)
        case do.LookAtCashless():
            return on.CashlessSeen(ready=False)
        case do.Recover():
            return on.RecoveryFailed()
        case do.LookAtJournal():
            return JournalSeen(works=False)
        case ShutDown():
            return on.StaysUp()
        case _:
            return None
