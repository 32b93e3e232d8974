"""How a visit ends: money first, then words, then nothing of it is left."""

from dataclasses import replace

from kiosk.flow import money
from kiosk.flow.change import (
    Step,
    also,
    first,
    go,
    lying,
    pulse,
    stay,
    visit_of,
    with_visit,
    without_service,
)
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import (
    CallStaff,
    CloseVisit,
    Effect,
    EraseVisit,
    PrintSlip,
    ReportOutcome,
)
from kiosk.flow.events import DocumentsRejected, MoneyReturned, MoneySettled
from kiosk.flow.means import Means
from kiosk.flow.occasions import Occasion
from kiosk.flow.rest import after_a_visit
from kiosk.flow.scenes import (
    Closed,
    Declined,
    Enrolled,
    Fault,
    ReturningMoney,
    TakeSheets,
)
from kiosk.flow.service import looks
from kiosk.flow.slips import EnrolmentSlip, FaultSlip, GuidanceSlip, Receipt, Slip
from kiosk.flow.state import Abandoned, Alarm, BrokenBy, Cancelled, DeclinedBecause, Ending, Terminal, Visit
from kiosk.flow.values.board import Window
from kiosk.flow.values.presentation import Presentation
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultKind, FaultReport
from koufu.evidence.words import CertificateKind, RefusalReason

_CLOSES = {
    FaultKind.SHEET_JAM: OutOfService.PRINTER,
    FaultKind.PRINTER_OPEN: OutOfService.PRINTER,
    FaultKind.TONER_EMPTY: OutOfService.PRINTER,
    FaultKind.OUTPUT_FULL: OutOfService.PRINTER,
    FaultKind.ONE_SIDED: OutOfService.PRINTER,
    FaultKind.PRINTER_AWAY: OutOfService.PRINTER,
    FaultKind.PRINTER_STOPPED: OutOfService.PRINTER,
    FaultKind.SLIP_PAPER: OutOfService.SLIP_PAPER,
    FaultKind.SLIPS_STOPPED: OutOfService.SLIPS,
    FaultKind.PAPER_EMPTY: OutOfService.PAPER,
    FaultKind.CASH_STOPPED: OutOfService.CASH,
    FaultKind.JOURNAL_STOPPED: OutOfService.JOURNAL,
    FaultKind.SERVER_AWAY: OutOfService.SERVER_AWAY,
    FaultKind.INTEGRITY_ALARM: OutOfService.SUSPENDED,
}
"""What a fault closes the terminal for, until the next look says otherwise."""

_STOPPED = {Means.CASH: FaultKind.CASH_STOPPED, Means.CASHLESS: FaultKind.CASHLESS_STOPPED}

_SELF_EXPLAINING = frozenset(
    {
        DeclineReason.FOREIGN_CARD,
        DeclineReason.CARD_UNREADABLE,
        DeclineReason.OTHER_CARD,
        DeclineReason.SERVER_AWAY,
        DeclineReason.NO_NUMBER,
        DeclineReason.SHEETS_NOT_RIGHT,
        DeclineReason.POWER_CUT,
    }
)
"""Declined without a guidance slip: another try or another card is all that is needed."""


def finish(state: Terminal, ending: Ending) -> Step:
    """Ends a visit without all that was ordered: voids the order, gives money back, then says what happened."""
    visit = visit_of(state)
    state = with_visit(state, replace(visit, ending=ending, verified=False, awaited=None))
    void: tuple[Effect, ...] = ()
    if visit.order_id is not None and not visit.deliveries:
        alarm = ending.alarm if isinstance(ending, BrokenBy) else None
        # What an alarm is about is not known to be this order's: then the order is closed and no document named.
        issued = visit.documents if visit.released and alarm is None else ()
        nothing = tuple(Delivery(document, Outcome.NOT_PRINTED, 0) for document in issued)
        void = (ReportOutcome(visit.attempt, nothing, 0, alarm),)
    if visit.paying:
        return first(void, go(state, ReturningMoney(), *money.settled_by(visit, 0)))
    return first(void, conclude(state))


def cause(event: DocumentsRejected) -> BrokenBy:
    """A code that can't be read is this terminal's fault; anything that differs is an integrity alarm (I1, I9)."""
    if event.alarm is None:
        return BrokenBy(FaultKind.DOCUMENT_UNREADABLE)
    return BrokenBy(FaultKind.INTEGRITY_ALARM, event.alarm)


def decline(
    state: Terminal,
    reason: DeclineReason | RefusalReason,
    kind: CertificateKind | None = None,
    window: Window | None = None,
) -> Step:
    """Ends a visit that can't be served."""
    return finish(state, DeclinedBecause(reason, kind, window))


def money_settled(state: Terminal, event: MoneyReturned | MoneySettled) -> Step:
    """What is kept is kept, the rest was paid out, as far as the device could."""
    visit = money.heard(visit_of(state), event)
    if money.kept(visit) < money.earned(visit) and visit.ending is None:
        visit = replace(visit, ending=BrokenBy(_STOPPED[visit.means]))
    return conclude(with_visit(state, visit))


def money_stuck(state: Terminal) -> Step:
    """The money device says nothing: all that should have come out of it is owed."""
    return conclude(money.unclear(state))


def conclude(state: Terminal) -> Step:
    """The money is settled: the outcome of what was issued, what is owed, and the last screen."""
    visit = visit_of(state)
    told: tuple[Effect, ...] = ()
    if visit.deliveries:
        alarm = visit.ending.alarm if isinstance(visit.ending, BrokenBy) else None
        told = (ReportOutcome(visit.attempt, visit.deliveries, money.kept(visit), alarm),)
    return first(told, _last_screen(money.remembered(state)))


def _last_screen(state: Terminal) -> Step:
    visit = visit_of(state)
    match visit.ending:
        case BrokenBy(kind):
            return _fault(state, kind)
        case _ if money.owed(visit):
            return _fault(state, _STOPPED[visit.means])
        case DeclinedBecause() as ending:
            return _declined(state, ending)
        case Abandoned():
            return abandon(state)
        case Cancelled():
            return end(state)
        case None:
            return _done(state)


def end(state: Terminal) -> Step:
    """Erases the visit, unless a restart did. What is left lying keeps the terminal from the next one."""
    visit = state.visit
    erased = replace(state, visit=None, presentation=Presentation())
    look = looks(cashless=state.cashless is not None)
    if state.out_of_service & {OutOfService.SERVER_AWAY, OutOfService.SUSPENDED}:
        look = (*look, pulse(state))
    return go(erased, after_a_visit(state), *(() if visit is None else _erase(state, visit)), *look)


def abandon(state: Terminal) -> Step:
    """Nobody takes what lies there: the terminal closes to the next user (I13)."""
    step = end(state) if state.visit is not None else stay(state)
    return also(go(step[0], Closed(frozenset({OutOfService.LEFT_BEHIND}))), *step[1])


def _declined(state: Terminal, ending: DeclinedBecause) -> Step:
    visit = visit_of(state)
    board = state.board_at_hand
    window = ending.window or (board.window if board is not None else None)
    if ending.reason is DeclineReason.SERVER_AWAY:
        state = without_service(state, OutOfService.SERVER_AWAY)
    scene = Declined(
        ending.reason, ending.kind, window, slip=False, returned=money.returned(visit)[0], means=visit.means
    )
    effects = _erase(state, visit)
    if window is not None and ending.reason not in _SELF_EXPLAINING:
        slip = GuidanceSlip(ending.reason, ending.kind, window)
        effects = (*effects, print_slip(state, slip))
    return go(with_visit(state, _stripped(visit)), scene, *effects)


def enrolled(state: Terminal, number: str) -> Step:
    """The last screen of whoever applied for an enrolment."""
    visit, board = visit_of(state), state.board_at_hand
    slip = () if board is None else (print_slip(state, EnrolmentSlip(number, board.window)),)
    return go(with_visit(state, _stripped(visit)), Enrolled(number, slip=False), *_erase(state, visit), *slip)


def _as_it_turned_out(kind: FaultKind, visit: Visit) -> FaultKind:
    """What a payment terminal said after all of which nobody knew before what became of the payment."""
    if kind is not FaultKind.CASHLESS_STOPPED or money.in_doubt(visit) is not None:
        return kind
    return FaultKind.CASHLESS_REFUSED if money.owed(visit) else FaultKind.CASHLESS_UNDONE


def _fault(state: Terminal, broken: FaultKind) -> Step:
    visit = visit_of(state)
    kind = _as_it_turned_out(broken, visit)
    owed, (refund, change) = money.owed(visit), money.returned(visit)
    report = FaultReport(
        kind=kind,
        sheets=visit.sheets,
        sheets_out=visit.sheets_out,
        money=money.outcome(visit),
        returned=refund,
        owed=owed,
        reference=visit.reference,
        change=change,
        means=visit.means,
        in_doubt=money.in_doubt(visit),
        sheets_void=visit.sheets_void,
    )
    state = without_service(state, *([_CLOSES[kind]] if kind in _CLOSES else []))
    state, calls = money.calls_at_end(state)
    if kind is FaultKind.INTEGRITY_ALARM:
        state = replace(state, alarm=Alarm.RAISED)
    if owed:
        state = money.owing(state, visit.attempt)
    slips = (*_receipt(state, visit), print_slip(state, FaultSlip(report)))
    return go(
        with_visit(state, _stripped(visit)),
        Fault(report),
        *_told(kind, visit.reference, calls),
        *_erase(state, visit),
        *slips,
    )


def _told(kind: FaultKind, reference: str, calls: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """Staff come for the alarm and for the money; for a fault alone, where it is about neither."""
    if kind is FaultKind.INTEGRITY_ALARM:
        return (CallStaff(Occasion.ALARM, reference), *calls)
    return calls or (CallStaff(Occasion.FAULT, reference),)


def _done(state: Terminal) -> Step:
    state, calls = money.calls_at_end(state)
    visit = visit_of(state)
    receipt = _receipt(state, visit)
    scene = TakeSheets(visit.sheets_out, visit.change.paid, lying(state), bool(receipt))
    return go(with_visit(state, _stripped(visit)), scene, *calls, *_erase(state, visit), *receipt)


def _erase(state: Terminal, visit: Visit) -> tuple[Effect, ...]:
    """Nothing of the visit is left; in the journal it stays until a debt is on paper."""
    close = () if state.owing == visit.attempt else (CloseVisit(visit.attempt),)
    return (EraseVisit(visit.attempt), *close)


def _receipt(state: Terminal, visit: Visit) -> tuple[Effect, ...]:
    """For what was delivered and paid; nothing when nothing was kept."""
    if not money.kept(visit):
        return ()
    delivered = [each.document.line for each in visit.deliveries if each.outcome is Outcome.DELIVERED]
    copies = [(line, delivered.count(at)) for at, line in enumerate(visit.basket)]
    lines = tuple((line.kind, count, count * line.fee) for line, count in copies if count)
    back = visit.change.paid + visit.refund.paid
    receipt = Receipt(lines, visit.held, back, visit.reference, money.owed(visit), visit.means)
    return (print_slip(state, receipt),)


def print_slip(state: Terminal, slip: Slip) -> PrintSlip:
    """In the language at hand, in the name of the municipality that the visit is with."""
    return PrintSlip(visit_of(state).attempt, slip, state.presentation.language, state.board_at_hand)


def _stripped(visit: Visit) -> Visit:
    """What the last screens may still know: nothing personal."""
    return Visit(
        visit.attempt,
        reference=visit.reference,
        means=visit.means,
        sheets=visit.sheets,
        sheets_out=visit.sheets_out,
        board=visit.board,
    )
