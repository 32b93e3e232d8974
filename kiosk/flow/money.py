"""The account of a visit: what was put in, what was delivered for it, what came out again and what is owed. Only what
the device said counts as paid out (I7)."""

from dataclasses import replace

from hardware.cash.model import Payout
from kiosk.flow.change import Step, also, stay, visit_of, with_visit, without_service
from kiosk.flow.documents import Outcome
from kiosk.flow.effects import (
    CallStaff,
    CloseVisit,
    LookAtCash,
    Occasion,
)
from kiosk.flow.events import ChangeGiven, MoneyReturned, MoneySettled, PaidOut, SlipSettled
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Terminal, Unsettled, Visit
from kiosk.flow.values import MoneyOutcome, OutOfService


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
    held = max(visit.held, captured + visit.change.asked + refund.asked)
    return replace(visit, refund=refund, kept=captured, held=held)


def unclear(state: Terminal) -> Terminal:
    """Nobody knows what came out of the device, so nobody pays into it."""
    state = without_service(state, OutOfService.CASH)
    return with_visit(state, replace(visit_of(state), unclear=True))


def unsettled(state: Terminal, attempt: int, reference: str) -> Terminal:
    """Out of service until staff have looked into it and started the terminal anew."""
    return without_service(replace(state, unsettled=Unsettled(attempt, reference)), OutOfService.UNSETTLED)


def settled_after_all(state: Terminal) -> Terminal:
    """The device was given up at the start, and has spoken since."""
    return replace(state, unsettled=None, out_of_service=state.out_of_service - {OutOfService.UNSETTLED})


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
    return stay(replace(state, owing=None), *calls, CloseVisit(state.owing), LookAtCash())


def is_late(state: Terminal, event: PaidOut) -> bool:
    """Whether this is about money that stands on a slip already."""
    return state.unsettled is not None and state.unsettled.attempt == event.attempt


def paid_after_all(state: Terminal, event: PaidOut) -> Step:
    """The device came back and says what it paid out after the slip was given: staff must know, or it is repaid
    twice."""
    assert state.unsettled is not None
    if not event.payout.paid:
        return stay(state)
    return also(stay(state), CallStaff(Occasion.PAID_AFTER_ALL, state.unsettled.reference, event.payout.paid))
