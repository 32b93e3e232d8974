"""The account of a visit: what was put in, what was delivered for it, what came out again and what is owed. Only what
the device said counts as paid out (I7)."""

from dataclasses import replace

from hardware.cash.model import Payout
from kiosk.flow.cash_events import ChangeGiven, MoneyReturned, MoneySettled, PaidOut
from kiosk.flow.change import Step, also, stay, visit_of, with_visit, without_service
from kiosk.flow.documents import Outcome
from kiosk.flow.effects import CallStaff, CloseVisit, LookAtCash, PrintSlip
from kiosk.flow.events import SlipSettled
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import Fault, SlipState
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Account, Terminal, Visit
from kiosk.flow.values import FaultKind, FaultReport, MoneyOutcome, OutOfService


def earned(visit: Visit) -> int:
    """Yen for what was delivered."""
    delivered = (each.document for each in visit.deliveries if each.outcome is Outcome.DELIVERED)
    return sum(visit.basket[document.line].fee for document in delivered)


def kept(visit: Visit) -> int:
    """Yen that were kept: what the device says, or what it was told to keep when it says nothing."""
    return earned(visit) if visit.kept is None else visit.kept


def owed(visit: Visit) -> int:
    """Yen that should have come out and did not, or nobody knows whether they did."""
    return max(0, visit.held - earned(visit) - visit.change.paid - visit.refund.paid)


def is_unconfirmed(visit: Visit) -> bool:
    """Whether the device failed to say what came out."""
    return visit.unclear or visit.changing


def returned(visit: Visit) -> tuple[int, int]:
    """(refund, change) in yen: where nothing was kept all that came out is refund."""
    out = visit.change.paid + visit.refund.paid
    return (visit.refund.paid, visit.change.paid) if kept(visit) else (out, 0)


def outcome(visit: Visit) -> MoneyOutcome:
    """What a fault screen says about the money."""
    refund, _ = returned(visit)
    if owed(visit):
        return MoneyOutcome.OWED
    if kept(visit):
        return MoneyOutcome.RETURNED_PART if refund else MoneyOutcome.KEPT
    return MoneyOutcome.RETURNED if refund else MoneyOutcome.NONE_TAKEN


def heard(visit: Visit, event: PaidOut) -> Visit:
    """The account after what the device said of a payout. A device that wanted to pay more than the visit knew of had
    taken more."""
    match event:
        case ChangeGiven(payout=change):
            return replace(visit, change=change, changing=False, held=max(visit.held, visit.fee + change.asked))
        case MoneyReturned(payout=refund):
            return _refunded(visit, 0, refund)
        case MoneySettled(captured=captured, payout=refund):
            return _refunded(visit, captured, refund)


def _refunded(visit: Visit, captured: int, refund: Payout) -> Visit:
    """Whatever went in is in one of the three sums; where they are less than that, the device forgot."""
    accounted = captured + visit.change.asked + refund.asked
    unclear = visit.unclear or accounted < visit.held
    return replace(visit, refund=refund, kept=captured, held=max(visit.held, accounted), unclear=unclear)


def holds(state: Terminal, held: int) -> Terminal:
    """The closed device says what it holds. When that is less than is known to have gone in, it forgot, and nobody
    knows where the rest is."""
    visit = visit_of(state)
    if held < visit.held:
        return unclear(state)
    return with_visit(state, replace(visit, held=held))


def unclear(state: Terminal) -> Terminal:
    """Nobody knows what came out of the device, or what is in it, so nobody pays into it."""
    state = without_service(state, OutOfService.CASH)
    return with_visit(state, replace(visit_of(state), unclear=True))


def unsettled(state: Terminal) -> Terminal:
    """Out of service until staff have looked into it and started the terminal anew."""
    return without_service(state, OutOfService.UNSETTLED)


def settled_after_all(state: Terminal) -> Terminal:
    """The device was given up at the start, and has spoken since."""
    return replace(state, out_of_service=state.out_of_service - {OutOfService.UNSETTLED})


def owing(state: Terminal, attempt: int) -> Terminal:
    """The debt's slip is being printed; until it is settled nobody else pays."""
    return without_service(replace(state, owing=attempt), OutOfService.CASH)


def is_on_paper(state: Terminal, event: SlipSettled) -> bool:
    """Whether this settles the slip of the debt at hand, printed or not."""
    return state.owing == event.attempt and isinstance(event.slip, FaultSlip)


def on_paper(state: Terminal, event: SlipSettled) -> Step:
    """The debt stands on its slip, or is known not to be printable: then staff must know that the person has no slip.
    Nothing of that visit is open any more."""
    assert state.owing is not None
    calls: tuple[CallStaff, ...] = ()
    if isinstance(event.slip, FaultSlip) and not event.printed:
        report = event.slip.report
        calls = (CallStaff(Occasion.DEBT_WITHOUT_SLIP, report.reference, report.owed),)
    return stay(replace(_slip_told(state, event), owing=None), *calls, CloseVisit(state.owing), LookAtCash())


def _slip_told(state: Terminal, event: SlipSettled) -> Terminal:
    """Whoever was cut off by a restart has no visit, and still sees whether their slip came out."""
    scene = state.scene
    if state.visit is not None or not isinstance(scene, Fault) or not isinstance(event.slip, FaultSlip):
        return state
    if event.slip.report != scene.report:
        return state
    return replace(state, scene=replace(scene, slip=SlipState.OUT if event.printed else SlipState.FAILED))


def remembered(state: Terminal) -> Terminal:
    """At the end of a visit whose money nobody is sure of: what was told of it."""
    visit = visit_of(state)
    if not is_unconfirmed(visit):
        return state
    account = Account(
        visit.attempt,
        visit.reference,
        visit.sheets,
        visit.sheets_out,
        visit.fee,
        earned(visit),
        visit.held,
        visit.change,
        visit.refund,
        visit.board,
    )
    return replace(state, unheard_money=account)


def is_late(state: Terminal, event: PaidOut) -> bool:
    """Whether this is about money of which something else was told already."""
    return state.unheard_money is not None and state.unheard_money.attempt == event.attempt


def heard_late(state: Terminal, event: PaidOut) -> Step:
    """The device came back and says what it paid out. What came out beyond what was told must be known to staff, or it
    is repaid twice; what should have come out and did not is a debt."""
    assert state.unheard_money is not None
    told = state.unheard_money
    account = _late(told, event)
    state = replace(state, unheard_money=account)
    if account.due > max(told.due, 0):
        return _late_debt(state, account)
    after_all = told.due - account.due
    if after_all <= 0:
        return stay(state)
    return also(stay(state), CallStaff(Occasion.PAID_AFTER_ALL, account.reference, after_all))


def _late(account: Account, event: PaidOut) -> Account:
    if isinstance(event, ChangeGiven):
        return replace(account, change=event.payout, held=max(account.held, account.fee + event.payout.asked))
    captured = event.captured if isinstance(event, MoneySettled) else 0
    held = max(account.held, captured + account.change.asked + event.payout.asked)
    return replace(account, refund=event.payout, held=held)


def _late_debt(state: Terminal, account: Account) -> Step:
    change = account.change.paid if account.earned else 0
    report = FaultReport(
        kind=FaultKind.CASH_STOPPED,
        sheets=account.sheets,
        sheets_out=account.sheets_out,
        money=MoneyOutcome.OWED,
        returned=account.change.paid + account.refund.paid - change,
        owed=account.due,
        reference=account.reference,
        change=change,
    )
    slip = PrintSlip(account.attempt, FaultSlip(report), state.presentation.language, account.board or state.board)
    call = CallStaff(Occasion.DEBT, account.reference, account.due)
    return stay(owing(state, account.attempt), call, slip)
