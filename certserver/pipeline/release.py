"""Step 10: the one transaction that issues. Under the lock that appends to the ledger, clock, status and register
version are read again (I6, I3); the statements are signed before it. The same attempt gets the same statements again,
whatever was lost on the way."""

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.exc import IntegrityError

from certserver.errors import IntegrityAlarm
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, LedgerEntry, open_book
from certserver.pipeline.admission import Caller, served
from certserver.pipeline.alarm import guarded
from certserver.pipeline.binding import open_documents
from certserver.pipeline.holder import read_status_now
from certserver.pipeline.orders import (
    OrderRow,
    OrderState,
    StoredDocument,
    move_order,
    read_documents,
    read_order,
    refuse_order,
)
from certserver.pipeline.parts import Parts
from certserver.pipeline.refusing import Stopped, noted, refusal_entry, stop
from certserver.pipeline.sessions import Session, read_session, still_valid
from certserver.ports import in_japan, unix
from certserver.registers.model import StatusNow
from certserver.registers.snapshot import wanted_for
from certserver.rules.eligibility import still_eligible
from certserver.signing.municipal import MunicipalKey
from certserver.stages import IssuedDocument, Refused
from certserver.storage.issued import ledger
from koufu.evidence.order import Order
from koufu.evidence.statement import SignedStatement, Statement
from koufu.evidence.words import CertificateKind, RefusalReason

MAX_GENERATIONS = 3
"""How often an order is prepared before it is refused: the register moves too often."""

_ISSUED = (
    select(ledger.c.line, ledger.c.copy, ledger.c.statement, ledger.c.statement_signature)
    .where(ledger.c.municipality == bindparam("of"), ledger.c.order_id == bindparam("which"))
    .order_by(ledger.c.line, ledger.c.copy)
)


@dataclass(frozen=True, slots=True)
class ReleaseOrder:
    """What a terminal sends: the order, and the token of its attempt."""

    municipality: str
    order_id: bytes
    attempt_token: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PrepareAgain:
    """The register or the day moved since the documents were made. Nothing was issued."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """An order that may be issued as far as can be said without the lock, with its signed statements and
    the key they name."""

    row: OrderRow
    order: Order
    session: Session
    documents: tuple[tuple[StoredDocument, bytes, SignedStatement], ...]
    key_id: bytes
    issued_at: int
    terminal_build: str


_Issued = tuple[IssuedDocument, ...]
_Answer = _Issued | PrepareAgain | Refused


def release(parts: Parts, caller: Caller, asked: ReleaseOrder) -> _Answer:
    """Statements and keys of an order's documents, all of them or none; or that it must be prepared again; or why
    it is not issued. A refusal closes the order for good."""
    return guarded(parts, asked.municipality, lambda: _release(parts, caller, asked))


def _release(parts: Parts, caller: Caller, asked: ReleaseOrder) -> _Answer:
    now = parts.clock.now()
    with parts.database.reading() as connection:
        ready = _get_ready(parts, connection, caller, asked, now)
    if isinstance(ready, Stopped):
        return noted(parts, asked.municipality, caller, "release", ready)
    if not isinstance(ready, _Ready):
        return ready
    try:
        with parts.database.writing() as connection, open_book(connection, asked.municipality) as book:
            # The lock may have been long in coming: this is the instant of release.
            return _issue(parts, connection, book, caller, ready, parts.clock.now())
    except IntegrityError as error:
        raise IntegrityAlarm("a document of this order stands in the ledger already") from error


def _get_ready(
    parts: Parts, connection: Connection, caller: Caller, asked: ReleaseOrder, now: datetime
) -> _Ready | _Issued | PrepareAgain | Stopped:
    admitted = served(connection, asked.municipality, caller)
    if isinstance(admitted, Refused):
        return Stopped(admitted)
    row = read_order(connection, asked.municipality, asked.order_id)
    at = unix(now)
    if row is None or not row.belongs_to(caller.terminal, asked.attempt_token):
        return stop(RefusalReason.SESSION_EXPIRED)
    if row.refusal is not None:
        return Stopped(row.refusal)
    if row.state is OrderState.CLOSED or row.expires_at <= at or row.session_id is None:
        return stop(RefusalReason.SESSION_EXPIRED)
    if row.state is OrderState.STALE:
        return PrepareAgain()
    session = read_session(connection, asked.municipality, row.session_id, caller)
    if session is None:
        return stop(RefusalReason.SESSION_EXPIRED)
    order = row.order()
    stored = read_documents(connection, asked.municipality, asked.order_id)
    opened = tuple(open_documents(stored, order, row.proven().proof_hash(), parts.vault))
    if row.state is OrderState.RELEASED:
        return _issued_before(connection, row, opened)
    signing = parts.keys.in_force(connection, admitted.state, at)
    if signing is None:
        return stop(RefusalReason.SUSPENDED)
    return _Ready(
        row=row,
        order=order,
        session=session,
        documents=tuple((document, key, _sign(signing, row, order, document, at)) for document, key in opened),
        key_id=signing.key_id,
        issued_at=at,
        terminal_build=admitted.told[0],
    )


def _issue(parts: Parts, connection: Connection, book: Book, caller: Caller, ready: _Ready, now: datetime) -> _Answer:
    """Everything that only the lock can say, then the ledger."""
    current = read_order(connection, ready.row.municipality, ready.row.order_id)
    if current != ready.row:
        return _overtaken(connection, book, caller, ready, current, unix(now))
    status = read_status_now(connection, ready.session.resident(), wanted_for(_kinds(ready)))
    refused = _refused_now(parts, connection, caller, ready, status, now)
    if refused is not None:
        return _refuse(connection, book, caller, ready, refused, unix(now))
    assert not isinstance(status, Refused), "who is not in the register was refused"
    today = in_japan(unix(now)).date().isoformat()
    if status.version != ready.row.register_version or today != ready.row.issued_on:
        if ready.row.generation >= MAX_GENERATIONS:
            return _refuse(connection, book, caller, ready, Refused(RefusalReason.REGISTER_BUSY), unix(now))
        move_order(connection, ready.row.municipality, ready.row.order_id, OrderState.STALE)
        return PrepareAgain()
    for document, _, signed in ready.documents:
        _enter(book, caller, ready, document, signed)
    move_order(connection, ready.row.municipality, ready.row.order_id, OrderState.RELEASED)
    return tuple(IssuedDocument(document.line, document.copy, signed, key) for document, key, signed in ready.documents)


def _kinds(ready: _Ready) -> frozenset[CertificateKind]:
    return frozenset(line.kind for line in ready.order.lines)


def _refused_now(
    parts: Parts, connection: Connection, caller: Caller, ready: _Ready, status: StatusNow | Refused, now: datetime
) -> Refused | None:
    """What forbids the release in this instant, or None."""
    admitted = served(connection, ready.row.municipality, caller)
    if isinstance(admitted, Refused):
        return admitted
    if ready.row.expires_at <= unix(now):
        return Refused(RefusalReason.SESSION_EXPIRED)
    if isinstance(status, Refused):
        return status
    refused = still_valid(parts, connection, ready.session, now)
    return refused or still_eligible(ready.order.lines, status)


def _enter(book: Book, caller: Caller, ready: _Ready, document: StoredDocument, signed: SignedStatement) -> None:
    version = ready.row.register_version
    assert version is not None, "an order that was prepared has a register version"
    ordered = ready.order.lines[document.line]
    book.enter(
        LedgerEntry(
            order_id=ready.row.order_id,
            line=document.line,
            copy=document.copy,
            kind=document.kind,
            scope=ordered.scope,
            options=ordered.options,
            document_no=document.document_no,
            terminal=caller.terminal,
            subject=ready.session.subject,
            register_version=version,
            fee=document.fee,
            signed=signed,
            key_id=ready.key_id,
            issued_at=ready.issued_at,
            terminal_build=ready.terminal_build,
        )
    )
    detail: dict[str, str | int] = {
        "order": ready.row.order_id.hex(),
        "line": document.line,
        "copy": document.copy,
        "kind": document.kind.value,
        "document_no": document.document_no,
        "subject": ready.session.subject.hex(),
    }
    book.note(AuditEntry(ready.issued_at, AuditEvent.ISSUED, caller.terminal, detail))


def _refuse(connection: Connection, book: Book, caller: Caller, ready: _Ready, refused: Refused, at: int) -> Refused:
    refuse_order(connection, ready.row.municipality, ready.row.order_id, refused)
    book.note(refusal_entry(Stopped(refused, ready.session.subject), "release", caller, at))
    return refused


def _overtaken(
    connection: Connection, book: Book, caller: Caller, ready: _Ready, current: OrderRow | None, at: int
) -> _Answer:
    """Another call was first: the same attempt's gives its result, anything else has fenced this one off (I2)."""
    refused = Refused(RefusalReason.SESSION_EXPIRED)
    if current is not None and current.generation == ready.row.generation:
        if current.state is OrderState.RELEASED:
            return _issued_before(connection, current, tuple((document, key) for document, key, _ in ready.documents))
        if current.state is OrderState.STALE:
            return PrepareAgain()
        refused = current.refusal or refused
    book.note(refusal_entry(Stopped(refused, ready.session.subject), "release", caller, at))
    return refused


def _issued_before(connection: Connection, row: OrderRow, opened: tuple[tuple[StoredDocument, bytes], ...]) -> _Issued:
    """What the ledger holds for this order, with the keys that are still there."""
    found = connection.execute(_ISSUED, {"of": row.municipality, "which": row.order_id}).all()
    if [(entry.line, entry.copy) for entry in found] != [(document.line, document.copy) for document, _ in opened]:
        raise IntegrityAlarm("ledger and stored documents of a released order differ")
    return tuple(
        IssuedDocument(entry.line, entry.copy, SignedStatement(entry.statement, entry.statement_signature), key)
        for entry, (_, key) in zip(found, opened, strict=True)
    )


def _sign(key: MunicipalKey, row: OrderRow, order: Order, document: StoredDocument, at: int) -> SignedStatement:
    return key.sign_statement(
        Statement(
            municipality=row.municipality,
            proof_hash=row.proven().proof_hash(),
            order_id=order.order_id,
            line=document.line,
            copy=document.copy,
            kind=document.kind,
            document_no=document.document_no,
            content_hashes=document.content_hashes,
            file_hash=document.file_hash,
            file_length=document.file_length,
            issued_at=at,
        )
    )
