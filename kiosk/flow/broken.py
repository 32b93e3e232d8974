"""An action that broke in a way nobody foresaw, told as what it means for the visit: that device's fault, with nothing
taken for done that nobody confirmed."""

from hardware.cash.model import CashProblem, CashStatus
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.effects import (
    ServerCall,
)
from kiosk.flow.state import Terminal
from printers.model import PrinterProblem, PrintFailed, not_ready

_NO_PRINTER = not_ready(PrinterProblem.OTHER)
_NO_CASH = CashStatus(frozenset({CashProblem.OFFLINE}), held=0, accepted=())


def as_fault(state: Terminal, failed: on.EffectFailed) -> on.Told | None:  # noqa: C901 - a table
    """The event that stands for the failure; None where nothing waits for an answer. Closed: no effect is forgotten."""
    effect = failed.effect
    held = state.visit.held if state.visit is not None else 0
    match effect:
        case do.AnswerChallenge() if failed.by_server:
            return on.ServerFailed(effect.attempt, ServerCall.OPEN_SESSION)
        case do.ReadCard() | do.VerifyPin() | do.AnswerChallenge() | do.ProveOrder() | do.ProveEnrolment():
            return on.CardFailed(effect.attempt, on.CardProblem.UNREADABLE)
        case do.ReadNumberCard() | do.VerifyNumberPin() | do.TellNumber():
            return on.CardFailed(effect.attempt, on.CardProblem.UNREADABLE)
        case do.LookAtHeadphones():
            return on.HeadphonesSeen(effect.attempt, plugged=False)
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
        case do.SendHeartbeat():
            return on.HeartbeatFailed()
        case do.CheckDocuments():
            return on.DocumentsRejected(effect.attempt, None)
        case do.PrintDocument():
            return on.DocumentSettled(effect.attempt, PrintFailed(0, PrinterProblem.OTHER, cleared=False))
        case do.PrintSlip():
            return on.SlipSettled(effect.attempt, effect.slip, printed=False)
        case do.LookAtPrinters():
            return on.PrintersSeen(_NO_PRINTER, _NO_PRINTER)
        case do.AcceptMoney() | do.SecureMoney():
            return on.CashStopped(effect.attempt, held)
        case do.GiveChange() | do.ReturnMoney() | do.SettleMoney() | do.PayBack():
            return on.MoneyUnclear(effect.attempt)
        case do.LookAtCash():
            return on.CashSeen(_NO_CASH)
        case do.Debit():
            return on.DebitUnclear(effect.attempt)
        case do.LookAtCashless():
            return on.CashlessSeen(ready=False)
        case do.NoteRight():
            return on.SheetsRefused(effect.attempt)
        case do.Recover():
            return on.RecoveryFailed()
        case do.LookAtJournal():
            return on.JournalSeen(works=False)
        case do.ShutDown():
            return on.StaysUp()
        case do.StartTimer() | do.StopTimer() | do.OpenVisit() | do.EraseVisit() | do.CloseVisit() | do.ReportOutcome():
            return None
        case do.ClearPad() | do.ResetCard() | do.StopDebit() | do.GiveUpPrinting() | do.WriteDown() | do.FeedWatchdog():
            return None
        case do.SetLamp() | do.LookAtVoice() | do.Announce() | do.CallStaff():
            return None
