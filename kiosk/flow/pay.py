"""Card first, then money, then paper: prepare, pay, release, check. Until the release all money can go back, and after
it nothing is kept that was not delivered (I7)."""

from dataclasses import replace

from kiosk.flow import money, paper
from kiosk.flow.change import Step, go, lying, stay, visit_of, with_visit
from kiosk.flow.documents import FeeHeld, ReadyToPay, WaitingDocument
from kiosk.flow.effects import (
    AcceptMoney,
    CheckDocuments,
    LookAtCash,
    LookAtPrinters,
    Prepare,
    Release,
    ResetCard,
    SecureMoney,
    ServerCall,
)
from kiosk.flow.ending import cause, finish
from kiosk.flow.events import (
    CashSeen,
    CashStopped,
    DocumentsRejected,
    MoneySecured,
    MoneyTaken,
    OrderProven,
    Prepared,
    PrintersSeen,
    Refused,
)
from kiosk.flow.retry import try_again
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import ChooseMeans, Pay, Preparing, Releasing, TakeCard
from kiosk.flow.state import BrokenBy, DeclinedBecause, Terminal, Visit
from kiosk.flow.values.order import Sheet
from kiosk.flow.values.service import Belonging
from kiosk.flow.values.trouble import DeclineReason, FaultKind
from koufu.evidence.words import Mismatch, RefusalReason


def order_proven(state: Terminal, event: OrderProven) -> Step:
    """From here on the card is no longer needed; documents are prepared, and a sleeping printer wakes up, while it is
    taken."""
    visit = visit_of(state)
    state = with_visit(state, replace(visit, order_id=event.order_id, verified=False, failures=0))
    return go(state, TakeCard(), ResetCard(visit.attempt), Prepare(visit.attempt), LookAtPrinters(awake=True))


def prepared(state: Terminal, event: Prepared) -> Step:
    """The documents wait encrypted. Is there paper for them?"""
    if visit_of(state).documents:
        return stay(state)
    if not _answer(visit_of(state), event.documents):
        return finish(state, BrokenBy(FaultKind.INTEGRITY_ALARM, Mismatch.DOCUMENTS.value))
    return stay(_with_documents(state, event.documents), LookAtPrinters(awake=True))


def _answer(visit: Visit, documents: tuple[WaitingDocument, ...]) -> bool:
    """Whether these are exactly the ordered copies, each of its kind, in the order they are printed (I1)."""
    ordered = [(at, copy, line.kind) for at, line in enumerate(visit.basket) for copy in range(line.copies)]
    return [(each.line, each.copy, each.kind) for each in documents] == ordered


def _with_documents(state: Terminal, documents: tuple[WaitingDocument, ...]) -> Terminal:
    sheets = tuple(
        Sheet(document.kind, page, document.sheets) for document in documents for page in range(1, document.sheets + 1)
    )
    visit = replace(visit_of(state), documents=documents, sheets=sheets, failures=0, awaited=None)
    return with_visit(state, visit)


def printers_seen(state: Terminal, event: PrintersSeen) -> Step:
    """What can't be printed now is neither paid for nor released."""
    visit = visit_of(state)
    if not visit.documents or visit.ready is not None:
        return stay(state)
    ready = ReadyToPay(visit.documents, visit.fee)
    problem = paper.stops(event.pages, event.slips, ready.sheets)
    if problem is not None:
        return finish(state, BrokenBy(problem))
    state = with_visit(state, replace(visit, ready=ready))
    return toward_pay(state) if visit.fee_held is None else release(state, visit.fee_held)


def toward_pay(state: Terminal) -> Step:
    """Pays once the documents are ready and the card has left the reader."""
    visit = visit_of(state)
    if Belonging.CARD in lying(state):
        return go(state, TakeCard())
    if visit.ready is None:
        return go(state, Preparing())
    if visit.fee == 0:
        return release(state, FeeHeld(0, 0))
    if state.cashless:
        return go(state, ChooseMeans())
    return go(
        with_visit(state, replace(visit, paying=True)),
        Pay(0, ()),
        AcceptMoney(visit.attempt, visit.ready),
    )


def prepare_refused(state: Terminal, event: Refused) -> Step:
    """The order can't be had: told before any money."""
    return finish(state, DeclinedBecause(event.reason, event.kind, event.window))


def prepare_failed(state: Terminal, rules: SiteRules) -> Step:
    """No answer to prepare: asked again with the same order and token."""
    again = try_again(state, ServerCall.PREPARE, rules)
    return again or finish(state, DeclinedBecause(DeclineReason.SERVER_AWAY))


def money_taken(state: Terminal, event: MoneyTaken) -> Step:
    """A note or coin went in, perhaps a moment after the slots were told to close."""
    visit = visit_of(state)
    held = max(visit.held, event.held)
    state = with_visit(state, replace(visit, held=held))
    if isinstance(state.scene, Pay):
        return go(state, replace(state.scene, held=held), LookAtCash())
    return stay(state)


def cash_seen(state: Terminal, scene: Pay, event: CashSeen) -> Step:
    """What the device takes now depends on what is still missing and on the change it has."""
    return go(state, replace(scene, accepted=event.status.accepted))


def cash_stopped(state: Terminal, event: CashStopped) -> Step:
    """No money can be taken: all of it goes back."""
    state = with_visit(state, replace(visit_of(state), changing=False))
    return finish(money.holds(state, event.held), BrokenBy(FaultKind.CASH_STOPPED))


def pay(state: Terminal, scene: Pay) -> Step:
    """Enough is in: the slots close before anything is released."""
    visit = visit_of(state)
    if scene.held < visit.fee:
        return stay(state)
    return go(state, Releasing(), SecureMoney(visit.attempt))


def money_secured(state: Terminal, event: MoneySecured) -> Step:
    """The slots are closed over the fee. A device that knows of less than went in keeps none of it."""
    state = money.holds(state, event.held)
    visit = visit_of(state)
    if visit.fee_held is not None:
        return stay(state)
    if event.held < visit.held or event.held < visit.fee:
        return finish(state, BrokenBy(FaultKind.CASH_STOPPED))
    return release(state, FeeHeld(visit.fee, event.held))


def release(state: Terminal, fee: FeeHeld) -> Step:
    """The fee is held or debited: statements and keys are asked for."""
    visit = visit_of(state)
    state = with_visit(state, replace(visit, fee_held=fee, failures=0, awaited=None))
    return go(state, Releasing(), Release(visit.attempt, fee))


def released(state: Terminal) -> Step:
    """Statements and keys are here; nothing is printed before it answers the order (I1)."""
    visit = visit_of(state)
    if visit.fee_held is None or visit.released:
        return stay(state)
    state = with_visit(state, replace(visit, released=True, failures=0, awaited=None))
    return stay(state, CheckDocuments(visit.attempt, visit.documents))


def register_moved(state: Terminal, rules: SiteRules) -> Step:
    """Nothing was issued: prepared again on the register as it is now (I3)."""
    visit = visit_of(state)
    if visit.fee_held is None or visit.released:
        return stay(state)
    if visit.rounds + 1 >= rules.prepare_rounds:
        return finish(state, DeclinedBecause(RefusalReason.REGISTER_BUSY))
    state = with_visit(state, replace(visit, rounds=visit.rounds + 1, failures=0, awaited=None))
    return stay(state, Prepare(visit.attempt))


def prepared_again(state: Terminal, event: Prepared) -> Step:
    """The fee is still held; the documents may have other pages now. Is there paper for them?"""
    visit = visit_of(state)
    if visit.fee_held is None or visit.released:
        return stay(state)
    if not _answer(visit, event.documents):
        return finish(state, BrokenBy(FaultKind.INTEGRITY_ALARM, Mismatch.DOCUMENTS.value))
    state = with_visit(state, replace(visit, ready=None))
    return stay(_with_documents(state, event.documents), LookAtPrinters(awake=True))


def release_failed(state: Terminal, call: ServerCall, rules: SiteRules) -> Step:
    """No answer: asked again with the same token. When none comes, what may have been issued is voided unprinted."""
    return try_again(state, call, rules) or finish(state, BrokenBy(FaultKind.SERVER_AWAY))


def ask_again(state: Terminal) -> Step:
    """The retry timer fired."""
    visit = visit_of(state)
    asked = with_visit(state, replace(visit, awaited=None))
    match visit.awaited:
        case ServerCall.PREPARE:
            return stay(asked, Prepare(visit.attempt))
        case ServerCall.RELEASE if visit.fee_held is not None:
            return stay(asked, Release(visit.attempt, visit.fee_held))
        case _:
            return stay(asked)


def rejected(state: Terminal, event: DocumentsRejected) -> Step:
    """Nothing is printed at all."""
    return finish(state, cause(event))
