"""Step 7: a proven order becomes encrypted documents. Every check comes before any page is made; all lines are judged
and made from one register snapshot (I3). Nothing is issued here, and no key leaves."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.pipeline.admission import Caller, served
from certserver.pipeline.alarm import guarded
from certserver.pipeline.binding import document_row, put_away, require_rendered
from certserver.pipeline.bundles import keep_bundles
from certserver.pipeline.holder import read_registers
from certserver.pipeline.orders import (
    OrderRow,
    OrderState,
    StoredDocument,
    insert_documents,
    insert_order,
    prepared_anew,
    read_bytes,
    read_documents,
    read_order,
    token_hash,
)
from certserver.pipeline.parts import Parts
from certserver.pipeline.refusing import Stopped, noted, stop
from certserver.pipeline.sessions import answered, answered_by_card, read_session, still_valid
from certserver.ports import in_japan, unix
from certserver.rules.ordering import check_order, eligible_lines, wanted_for_order
from certserver.signing.municipal import MunicipalKey
from certserver.stages import (
    CheckedOrder,
    DocumentStamp,
    EligibleOrder,
    PreparedDocument,
    Refused,
    ordered_copies,
)
from koufu.evidence.numbers import RANDOM_BYTES, document_number
from koufu.evidence.order import Order, ProvenOrder
from koufu.evidence.words import RefusalReason


@dataclass(frozen=True, slots=True)
class PrepareOrder:
    """What a terminal sends: the order's bytes as they were proven, and the token of its attempt."""

    municipality: str
    session_id: bytes
    attempt_token: bytes = field(repr=False)
    proven: ProvenOrder


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A document as it goes to the terminal: everything but its key."""

    line: int
    copy: int
    document_no: str
    pages: int
    encrypted: bytes


@dataclass(frozen=True, slots=True)
class _Judged:
    """An eligible order, the key its pages are signed with, and the row it had before (None, or a stale one)."""

    eligible: EligibleOrder
    before: OrderRow | None
    key: MunicipalKey
    fees: tuple[int, ...]
    """Yen for one copy of each line."""


_Documents = tuple[WaitingDocument, ...]


def prepare(parts: Parts, caller: Caller, asked: PrepareOrder) -> _Documents | Refused:
    """The encrypted documents of an order, or why it is not issued. Sent again by the same attempt it gives the same
    stored bytes. Raises `MalformedEvidence` when the order's bytes are none."""
    order = Order.from_bytes(asked.proven.evidence)
    return guarded(parts, asked.municipality, lambda: _prepare(parts, caller, asked, order))


def _prepare(parts: Parts, caller: Caller, asked: PrepareOrder, order: Order) -> _Documents | Refused:
    now = parts.clock.now()
    with parts.database.reading() as connection:
        judged = _judge(parts, connection, caller, asked, order, now)
    if isinstance(judged, tuple):
        return judged
    if isinstance(judged, Stopped):
        return noted(parts, asked.municipality, caller, "prepare", judged)
    made = _make(parts, judged.eligible, judged.key, unix(now))
    if isinstance(made, Refused):
        stopped = Stopped(made, judged.eligible.checked.resident.identified.subject)
        return noted(parts, asked.municipality, caller, "prepare", stopped)
    stored = _store(parts, caller, asked, judged, made, now)
    if isinstance(stored, Stopped):
        return noted(parts, asked.municipality, caller, "prepare", stored)
    return stored


def _judge(
    parts: Parts, connection: Connection, caller: Caller, asked: PrepareOrder, order: Order, now: datetime
) -> _Judged | Stopped | _Documents:
    admitted = served(connection, asked.municipality, caller)
    if isinstance(admitted, Refused):
        return Stopped(admitted)
    if order.terminal != caller.terminal or order.municipality != asked.municipality:
        return stop(RefusalReason.TERMINAL_NOT_ADMITTED)
    before = read_order(connection, asked.municipality, order.order_id)
    if before is not None and (before.state is not OrderState.STALE or not _same_attempt(before, caller, asked)):
        return _again(connection, before, caller, asked, now)
    session = read_session(connection, asked.municipality, asked.session_id, caller)
    resident = None if session is None else answered(session)
    at = unix(now)
    if session is None or resident is None or session.nonce != order.session_nonce:
        return stop(RefusalReason.SESSION_EXPIRED)
    if not at < order.expires_at <= session.expires_at:
        return stop(RefusalReason.SESSION_EXPIRED, session.subject)
    if not answered_by_card(parts, session, asked.proven.evidence, asked.proven.proof):
        return stop(RefusalReason.CHALLENGE_FAILED, session.subject)
    in_force = parts.settings.in_force(connection, admitted.state, admitted.outlet, at)
    refused = still_valid(parts, connection, session, now) or check_order(order, in_force, now)
    if refused is not None:
        return Stopped(refused, session.subject)
    snapshot = read_registers(parts, connection, resident.identified, wanted_for_order(order, in_force))
    if isinstance(snapshot, Refused):
        return Stopped(snapshot, session.subject)
    eligible = eligible_lines(order, in_force, snapshot, session.nonce, in_japan(at).date())
    if isinstance(eligible, Refused):
        return Stopped(eligible, session.subject)
    checked = CheckedOrder(resident, order, asked.proven)
    profile = parts.settings.profile(connection, admitted.state, at)
    key = parts.keys.in_force(connection, admitted.state, at)
    if key is None:
        return stop(RefusalReason.SUSPENDED, session.subject)
    return _Judged(EligibleOrder(checked, eligible.lines, snapshot, profile), before, key, eligible.fees)


def _same_attempt(row: OrderRow, caller: Caller, asked: PrepareOrder) -> bool:
    return row.belongs_to(caller.terminal, asked.attempt_token) and row.evidence == asked.proven.evidence


def _again(
    connection: Connection, row: OrderRow, caller: Caller, asked: PrepareOrder, now: datetime
) -> _Documents | Stopped:
    """What an attempt gets that comes again: the stored bytes while they are there. Any other is fenced off (I2)."""
    alive = row.state in (OrderState.PREPARED, OrderState.RELEASED) and unix(now) < row.expires_at
    if not alive or not _same_attempt(row, caller, asked):
        return stop(RefusalReason.SESSION_EXPIRED)
    stored = read_documents(connection, row.municipality, row.order_id)
    waiting = read_bytes(connection, row.municipality, row.order_id)
    return tuple(_waiting(document, encrypted) for document, encrypted in zip(stored, waiting, strict=True))


def _make(parts: Parts, eligible: EligibleOrder, key: MunicipalKey, at: int) -> tuple[PreparedDocument, ...] | Refused:
    order = eligible.checked.order
    made = []
    for line, copy in ordered_copies(order.lines):
        number = document_number(parts.entropy(RANDOM_BYTES))
        stamp = DocumentStamp(line, copy, number, at, order.printer_profile)
        rendered = parts.documents.make(eligible.lines[line], eligible.profile, stamp, key)
        if isinstance(rendered, Refused):
            return rendered
        require_rendered(rendered, eligible.lines[line], order.municipality, stamp)
        made.append(put_away(rendered, parts.entropy))
    return tuple(made)


def _store(
    parts: Parts,
    caller: Caller,
    asked: PrepareOrder,
    judged: _Judged,
    made: tuple[PreparedDocument, ...],
    now: datetime,
) -> _Documents | Stopped:
    """Puts the documents away, unless another call of this attempt was first (then its bytes count) or the order was
    closed meanwhile."""
    order = judged.eligible.checked.order
    row = OrderRow(
        municipality=asked.municipality,
        order_id=order.order_id,
        terminal=caller.terminal,
        session_id=judged.eligible.checked.resident.session_id,
        token_hash=token_hash(asked.attempt_token),
        state=OrderState.PREPARED,
        generation=judged.before.generation + 1 if judged.before else 1,
        evidence=asked.proven.evidence,
        proof=asked.proven.proof,
        register_version=judged.eligible.snapshot.version,
        issued_on=in_japan(unix(now)).date().isoformat(),
        expires_at=order.expires_at,
    )
    proof_hash = asked.proven.proof_hash()
    rows = [
        document_row(document, judged.fees[document.line], asked.municipality, order.order_id, proof_hash, parts.vault)
        for document in made
    ]
    detail = {
        "order": order.order_id.hex(),
        "subject": judged.eligible.checked.resident.identified.subject.hex(),
    }
    with parts.database.writing() as connection, open_book(connection, asked.municipality) as book:
        key = parts.keys.in_force(connection, book.state, unix(now))
        # The key may have been revoked while pages were drawn; they are drawn anew under the next one.
        if book.state.suspended or key is None or key.key_id != judged.key.key_id:
            return stop(RefusalReason.SUSPENDED)
        first = read_order(connection, asked.municipality, order.order_id)
        if first is not None and first != judged.before:
            return _again(connection, first, caller, asked, now)
        if first is None:
            insert_order(connection, row)
        else:
            prepared_anew(connection, row)
        insert_documents(connection, rows)
        keep_bundles(connection, asked.municipality, (document.bundle for document in made), unix(now))
        book.note(AuditEntry(unix(now), AuditEvent.PREPARED, caller.terminal, detail))
    return tuple(
        WaitingDocument(document.line, document.copy, document.document_no, document.pages, document.encrypted)
        for document in made
    )


def _waiting(document: StoredDocument, encrypted: bytes) -> WaitingDocument:
    return WaitingDocument(document.line, document.copy, document.document_no, document.pages, encrypted)
