"""The account of a visit: what was put in, what was delivered for it, what came out again and what is owed. Only what
the device said counts as paid out (I7)."""

from dataclasses import replace

from hardware.cash.model import Payout
from kiosk.flow.change import Step, also, stay, visit_of, with_visit, without_service
from kiosk.flow.documents import Outcome
from kiosk.flow.effects import (
    CallStaff,
    CloseVisit,
    Effect,
    LookAtCash,
    PayBack,
    PrintSlip,
    ReturnMoney,
    SettleMoney,
    StopDebit,
)
from kiosk.flow.events import ChangeGiven, MoneyReturned, MoneySettled, PaidOut, SlipSettled
from kiosk.flow.means import Means
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import Fault, SlipState
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Account, Terminal, Visit
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind, FaultReport, InDoubt, MoneyOutcome


def earned(visit: Visit) -> int:
    """Yen for what was delivered."""
    delivered = (each.document for each in visit.deliveries if each.outcome is Outcome.DELIVERED)
    return sum(visit.basket[document.line].fee for document in delivered)


def counts_as_kept(held: int, earned: int, captured: int, asked: int) -> int:
    """Yen that count as kept for what was delivered, of what was put in: what the device says it captured, and where it
    does not say what became of the rest, so much of that as was earned. What was `asked` of it in payouts is not kept.
    One rule for a visit that comes to its end and for one that a restart cut off."""
    return max(captured, min(earned, held - asked))


def forgot(held: int, accounted: int) -> bool:
    """Whether a device that accounts for so much knows of less than went in: then nobody knows where the rest is."""
    return accounted < held


def kept(visit: Visit) -> int:
    """Yen that count as kept."""
    return counts_as_kept(visit.held, earned(visit), visit.kept or 0, visit.change.asked + visit.refund.asked)


def owed(visit: Visit) -> int:
    """Yen that should have come out and did not, or nobody knows whether they did."""
    return max(0, visit.held - earned(visit) - visit.change.paid - visit.refund.paid)


def is_unconfirmed(visit: Visit) -> bool:
    """Whether the device failed to say what came out."""
    return visit.unclear or visit.changing


def in_doubt(visit: Visit) -> InDoubt | None:
    """What nobody can say of a cashless payment."""
    if visit.means is Means.CASH or not is_unconfirmed(visit):
        return None
    return InDoubt.DEBIT if visit.fee_held is None else InDoubt.PAY_BACK


def returned(visit: Visit) -> tuple[int, int]:
    """(refund, change) in yen: where nothing was kept all that came out is refund."""
    out = visit.change.paid + visit.refund.paid
    return (visit.refund.paid, visit.change.paid) if kept(visit) else (out, 0)


def settled_by(visit: Visit, keeps: int) -> tuple[Effect, ...]:
    """Keeps so much, and sees to it that the rest of what was paid goes back."""
    if visit.means is Means.CASHLESS:
        return (StopDebit(visit.attempt), PayBack(visit.attempt, keeps))
    return (SettleMoney(visit.attempt, keeps) if keeps else ReturnMoney(visit.attempt),)


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
        case MoneySettled(captured=captured, payout=refund) if visit.means is Means.CASHLESS:
            # Whatever was feared before, this is all that was debited.
            return replace(visit, refund=refund, kept=captured, held=captured + refund.asked, unclear=False)
        case MoneySettled(captured=captured, payout=refund):
            return _refunded(visit, captured, refund)


def _refunded(visit: Visit, captured: int, refund: Payout) -> Visit:
    """Whatever went in is in one of the three sums; where they are less than that, the device forgot."""
    accounted = captured + visit.change.asked + refund.asked
    unclear = visit.unclear or forgot(visit.held, accounted)
    return replace(visit, refund=refund, kept=captured, held=max(visit.held, accounted), unclear=unclear)


def holds(state: Terminal, held: int) -> Terminal:
    """The closed device says what it holds. When that is less than is known to have gone in, it forgot, and nobody
    knows where the rest is."""
    visit = visit_of(state)
    if forgot(visit.held, held):
        return unclear(state)
    return with_visit(state, replace(visit, held=held))


def unclear(state: Terminal) -> Terminal:
    """Nobody knows what came out of the device, or what is in it: nobody pays into one for cash. A payment terminal is
    asked again by itself."""
    visit = visit_of(state)
    if visit.means is Means.CASH:
        return with_visit(without_service(state, OutOfService.CASH), replace(visit, unclear=True))
    # A debit of which nothing was heard may have been made all the same.
    return with_visit(state, replace(visit, unclear=True, held=max(visit.held, visit.fee)))


def unsettled(state: Terminal) -> Terminal:
    """Out of service until staff have looked into it and started the terminal anew."""
    return without_service(state, OutOfService.UNSETTLED)


def calls(state: Terminal, owed: int, kept: int, reference: str, means: Means, *, confirmed: bool) -> Step:
    """What staff must see to about the money of one visit: what is owed, and where nobody is sure nobody pays into that
    device before they did (a payment terminal is asked again by itself); or cash of a fee of which nobody knows where
    it lies, with nothing owed to anybody."""
    if owed and confirmed:
        return stay(state, CallStaff(Occasion.DEBT, reference, owed))
    if owed and means is Means.CASHLESS:
        return stay(state, CallStaff(Occasion.UNCONFIRMED_CASHLESS_DEBT, reference, owed))
    if owed:
        return stay(unsettled(state), CallStaff(Occasion.UNCONFIRMED_DEBT, reference, owed))
    if kept and not confirmed and means is Means.CASH:
        state = without_service(state, OutOfService.CASH)
        return stay(state, CallStaff(Occasion.UNCONFIRMED_FEE, reference, kept))
    return stay(state)


def calls_at_end(state: Terminal) -> Step:
    """The same for the visit that ends."""
    visit = visit_of(state)
    return calls(state, owed(visit), kept(visit), visit.reference, visit.means, confirmed=not is_unconfirmed(visit))


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
    if not is_unconfirmed(visit) or visit.means is Means.CASHLESS:
        # What stands open at the payment terminal is asked for by the journal.
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
        visit.sheets_void,
    )
    return replace(state, unheard_money=replace(account, told=account.due))


def is_late(state: Terminal, event: PaidOut) -> bool:
    """Whether this is about money of which something else was told already."""
    return state.unheard_money is not None and state.unheard_money.attempt == event.attempt


def heard_late(state: Terminal, event: PaidOut) -> Step:
    """The device came back and says what it paid out. What came out beyond what was told must be known to staff, or it
    is repaid twice: each time as the sum of it, so that a call that is heard twice says nothing new. What should have
    come out and did not is a debt."""
    assert state.unheard_money is not None
    before = state.unheard_money
    account = _late(before, event)
    if account.due > max(before.due, 0):
        account = replace(account, told=account.due)
        return _late_debt(replace(state, unheard_money=account), account)
    state = replace(state, unheard_money=account)
    if account.due >= before.due:
        return stay(state)
    return also(stay(state), CallStaff(Occasion.PAID_AFTER_ALL, account.reference, account.told - account.due))


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
        sheets_void=account.sheets_void,
    )
    slip = PrintSlip(account.attempt, FaultSlip(report), state.presentation.language, account.board or state.board)
    call = CallStaff(Occasion.DEBT, account.reference, account.due)
    return stay(owing(state, account.attempt), call, slip)
