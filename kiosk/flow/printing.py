"""Paper: one job for each document, one after the other. A document is delivered when the device settled its job; what
did not come out whole is not paid for, and nothing is printed a second time (I7)."""

from dataclasses import replace

from kiosk.flow import money, paper
from kiosk.flow.change import Step, go, stay, visit_of, with_visit
from kiosk.flow.documents import AcceptedDocument, Delivery, Outcome, WaitingDocument, delivery, void
from kiosk.flow.effects import GiveChange, GiveUpPrinting, LookAtJournal, PrintDocument
from kiosk.flow.ending import cause, conclude, finish
from kiosk.flow.events import ChangeGiven, DocumentsAccepted, DocumentsRejected, SheetProgress
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import LookAtSheets, Printing, Releasing, ReturningMoney
from kiosk.flow.state import BrokenBy, Terminal, Visit
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind
from koufu.evidence.words import Mismatch
from printers.model import PrinterProblem, PrintFailed, Settled


def accepted(state: Terminal, event: DocumentsAccepted) -> Step:
    """Everything was checked: change comes out, then paper."""
    if not visit_of(state).released or visit_of(state).accepted:
        return stay(state)
    visit = replace(visit_of(state), accepted=event.documents)
    if tuple(each.document for each in event.documents) != visit.documents:
        return finish(state, BrokenBy(FaultKind.INTEGRITY_ALARM, Mismatch.DOCUMENTS.value))
    if visit.held == visit.fee:
        return begin(with_visit(state, visit))
    state = with_visit(state, replace(visit, changing=True))
    return stay(state, GiveChange(visit.attempt, visit.fee))


def change_given(state: Terminal, event: ChangeGiven) -> Step:
    """The change is out, or what the device could give of it: what was paid for is printed in any case."""
    awaited = visit_of(state).changing
    state = with_visit(state, money.heard(visit_of(state), event))
    return begin(state) if awaited and isinstance(state.scene, Releasing) else stay(state)


def begin(state: Terminal) -> Step:
    """The first document goes to the printer."""
    visit = visit_of(state)
    return go(state, Printing(1, 1), _print(visit, visit.accepted[0]))


def progress(state: Terminal, event: SheetProgress) -> Step:
    """The sheet being printed, counted over all documents."""
    visit = visit_of(state)
    return go(state, Printing(min(visit.sheets_out + event.sheet, len(visit.sheets)), event.side))


def settled(state: Terminal, outcome: Settled, rules: SiteRules) -> Step:
    """The device said what came out of one job."""
    if visit_of(state).settling:
        return stay(state)
    delivered = delivery(_at_printer(visit_of(state)), outcome)
    fault = None if delivered.outcome is Outcome.DELIVERED else _fault(outcome)
    return _deliver(state, delivered, fault, rules)


def rejected(state: Terminal, event: DocumentsRejected, rules: SiteRules) -> Step:
    """A document is no longer what was checked when it should go to the printer: nothing of it, and no other one, is
    printed (I9)."""
    visit = visit_of(state)
    if visit.settling:
        return stay(state)
    ending = cause(event)
    if not visit.deliveries:
        return finish(state, ending)
    visit = _stopped(replace(visit, ending=ending))
    if rules.by_hand and ending.alarm is not None:
        # An alarm waits for nobody's word: what came out before it is void.
        return settle(state, voided(visit))
    return _all_out(state, visit, rules)


def unwritten(state: Terminal, rules: SiteRules) -> Step:
    """The journal can't be written: the next document was not sent, and no other one is."""
    visit = visit_of(state)
    if visit.settling:
        return stay(state)
    return _deliver(state, Delivery(_at_printer(visit), Outcome.NOT_PRINTED, 0), FaultKind.JOURNAL_STOPPED, rules)


def stuck(state: Terminal, rules: SiteRules) -> Step:
    """The printer says nothing: the job is given up, and then taken for failed. What nobody counted is not paid for."""
    visit = visit_of(state)
    if not visit.given_up:
        return stay(with_visit(state, replace(visit, given_up=True)), GiveUpPrinting(visit.attempt))
    return _deliver(state, Delivery(_at_printer(visit), Outcome.SPOILED, 0), FaultKind.PRINTER_STOPPED, rules)


def _at_printer(visit: Visit) -> WaitingDocument:
    return visit.accepted[len(visit.deliveries)].document


def _fault(settled: Settled) -> FaultKind:
    return paper.fault_of(settled.problem if isinstance(settled, PrintFailed) else PrinterProblem.OTHER)


def _deliver(state: Terminal, delivered: Delivery, fault: FaultKind | None, rules: SiteRules) -> Step:
    """One document is settled; on with the next, unless the printer stopped."""
    visit = visit_of(state)
    visit = replace(visit, deliveries=(*visit.deliveries, delivered))
    if delivered.outcome is Outcome.DELIVERED:
        visit = replace(visit, sheets_out=visit.sheets_out + delivered.sheets)
    else:
        visit = replace(visit, sheets_void=visit.sheets_void + delivered.sheets)
    if fault is not None:
        return _all_out(state, _stopped(replace(visit, ending=BrokenBy(fault))), rules)
    if len(visit.deliveries) == len(visit.accepted):
        return _all_out(state, visit, rules)
    next_up = visit.accepted[len(visit.deliveries)]
    return go(with_visit(state, visit), Printing(visit.sheets_out + 1, 1), _print(visit, next_up))


def _print(visit: Visit, accepted: AcceptedDocument) -> PrintDocument:
    return PrintDocument(visit.attempt, accepted, visit.basket[accepted.document.line].fee)


def _stopped(visit: Visit) -> Visit:
    """What was not reached is not printed."""
    missed = tuple(Delivery(each.document, Outcome.NOT_PRINTED, 0) for each in visit.accepted[len(visit.deliveries) :])
    return replace(visit, deliveries=visit.deliveries + missed)


def _all_out(state: Terminal, visit: Visit, rules: SiteRules) -> Step:
    """Nothing more comes out. Where a clerk hands the sheets over they count once the resident has said so."""
    whole = any(each.outcome is Outcome.DELIVERED for each in visit.deliveries)
    if rules.by_hand and whole:
        # Nobody is asked for a word that can't be written down: what was heard of the journal may be past by now.
        looks = (LookAtJournal(),) if OutOfService.JOURNAL in state.out_of_service else ()
        return go(with_visit(state, visit), LookAtSheets(visit.sheets_out), *looks)
    return settle(state, visit)


def voided(visit: Visit) -> Visit:
    """Where a clerk keeps back what came out: no sheet of it is good, and none is the resident's."""
    deliveries = tuple(map(void, visit.deliveries))
    return replace(visit, deliveries=deliveries, sheets_out=0, sheets_void=visit.sheets_out + visit.sheets_void)


def settle(state: Terminal, visit: Visit) -> Step:
    """Keeps the fee of what was delivered and gives the rest back."""
    visit = replace(visit, settling=True)
    state = with_visit(state, visit)
    if not visit.paying:
        return conclude(state)
    scene = state.scene if visit.ending is None else ReturningMoney()
    return go(state, scene, *money.settled_by(visit, money.earned(visit)))
