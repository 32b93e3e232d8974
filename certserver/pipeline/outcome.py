"""Step 13: what became of each sheet. A report closes its order for good, released or not, and what was stored of it
goes; an alarm in it stops the municipality (I9)."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field, replace
from enum import Enum

from sqlalchemy import Connection, bindparam, insert, select

from certserver.ledger.alarms import ALARM_ID_BYTES, raise_alarm
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.pipeline.admission import Caller, NotAdmitted, admission
from certserver.pipeline.orders import OrderRow, OrderState, insert_order, move_order, read_order, token_hash
from certserver.pipeline.parts import Parts
from certserver.pipeline.sessions import SESSION_LIFETIME_S
from certserver.ports import unix
from certserver.storage.issued import ledger, outcomes, settlements
from certserver.storage.statements import Change, Query


class SheetOutcome(Enum):
    """What became of a document, in the words of the wire."""

    DELIVERED = "delivered"
    SPOILED = "spoiled"
    NOT_PRINTED = "not-printed"


@dataclass(frozen=True, slots=True)
class DocumentOutcome:
    """One document's end."""

    document_no: str
    outcome: SheetOutcome
    sheets_printed: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a terminal reports. `captured` yen were kept; `alarm` names what did not belong together, empty when all
    did."""

    municipality: str
    order_id: bytes
    attempt_token: bytes = field(repr=False)
    documents: tuple[DocumentOutcome, ...]
    captured: int
    alarm: str


class ReportRejected(Enum):
    """Why a report is not taken. No honest terminal sends such a one, but for `TERMINAL`: it may not be known yet."""

    TERMINAL = "this terminal is not admitted by this municipality"
    ATTEMPT = "the order belongs to another attempt or another terminal"
    DOCUMENT = "a reported document was not issued for this order"
    MONEY = "more was captured than the fees of what was issued"


@dataclass(frozen=True, slots=True)
class _Issued:
    """What the ledger says of a document of the order."""

    fee: int
    ledger_seq: int


_ISSUED = Query(
    select(ledger.c.document_no, ledger.c.fee, ledger.c.ledger_seq).where(
        ledger.c.municipality == bindparam("of"), ledger.c.order_id == bindparam("which")
    )
)
_REPORTED = select(outcomes.c.document_no).where(
    outcomes.c.municipality == bindparam("of"), outcomes.c.document_no.in_(bindparam("numbers", expanding=True))
)
_SETTLED = select(settlements.c.order_id).where(
    settlements.c.municipality == bindparam("of"), settlements.c.order_id == bindparam("which")
)
_INSERT_OUTCOMES = Change(insert(outcomes))
_INSERT_SETTLEMENT = Change(insert(settlements))


def report_outcome(parts: Parts, caller: Caller, report: Report) -> ReportRejected | None:
    """Keeps a report, also while the municipality is suspended; None when it was taken. The first report of a document
    counts; the same one may come again. What was issued and is not in the report was not printed: the terminal never
    heard of it. An alarm is raised whatever else is wrong with its report."""
    at = unix(parts.clock.now())
    with parts.database.writing() as connection:
        if isinstance(admission(connection, report.municipality, caller), NotAdmitted):
            return ReportRejected.TERMINAL
        with open_book(connection, report.municipality) as book:
            if report.alarm:
                raise_alarm(connection, book, parts.entropy(ALARM_ID_BYTES), caller.terminal, report.alarm, at)
            return _take(connection, book, caller, report, at)


def _take(connection: Connection, book: Book, caller: Caller, report: Report, at: int) -> ReportRejected | None:
    row = read_order(connection, report.municipality, report.order_id)
    if row is not None and not row.belongs_to(caller.terminal, report.attempt_token):
        return ReportRejected.ATTEMPT
    issued = _issued(connection, report)
    if not {document.document_no for document in report.documents} <= issued.keys():
        return ReportRejected.DOCUMENT
    if report.captured > sum(entry.fee for entry in issued.values()):
        return ReportRejected.MONEY
    # A report closes its order in the transaction that keeps it, so an order that is open has had none.
    first = row is not None and row.state is not OrderState.CLOSED
    _keep(connection, book, caller, _complete(report, issued.keys()), issued, at, first=first)
    if row is None:
        insert_order(connection, _tombstone(caller, report, at))
    elif row.state is not OrderState.CLOSED:
        move_order(connection, report.municipality, report.order_id, OrderState.CLOSED)
    return None


def _issued(connection: Connection, report: Report) -> dict[str, _Issued]:
    rows = _ISSUED.all(connection, {"of": report.municipality, "which": report.order_id})
    return {row.document_no: _Issued(row.fee, row.ledger_seq) for row in rows}


def _complete(report: Report, issued: Set[str]) -> Report:
    named = {document.document_no for document in report.documents}
    unheard = tuple(
        DocumentOutcome(number, SheetOutcome.NOT_PRINTED, sheets_printed=0) for number in sorted(issued - named)
    )
    return replace(report, documents=report.documents + unheard)


def _keep(
    connection: Connection,
    book: Book,
    caller: Caller,
    report: Report,
    issued: Mapping[str, _Issued],
    at: int,
    *,
    first: bool,
) -> None:
    """Keeps what no earlier report told; when this is the first, nobody has to ask."""
    known = frozenset[str]() if first else _reported(connection, report)
    fresh = [document for document in report.documents if document.document_no not in known]
    for document in fresh:
        _INSERT_OUTCOMES.run(
            connection,
            {
                "municipality": report.municipality,
                "document_no": document.document_no,
                "outcome": document.outcome.value,
                "sheets_printed": document.sheets_printed,
                "reported_at": at,
                "ledger_seq": issued[document.document_no].ledger_seq,
            },
        )
        detail: dict[str, str | int] = {
            "document_no": document.document_no,
            "outcome": document.outcome.value,
            "sheets": document.sheets_printed,
        }
        book.note(AuditEntry(at, AuditEvent.OUTCOME, caller.terminal, detail))
    if first or not _settled(connection, report):
        values = {"municipality": report.municipality, "order_id": report.order_id, "captured": report.captured}
        _INSERT_SETTLEMENT.run(connection, values | {"reported_at": at})
        detail = {"order": report.order_id.hex(), "captured": report.captured}
        book.note(AuditEntry(at, AuditEvent.OUTCOME, caller.terminal, detail))


def _reported(connection: Connection, report: Report) -> frozenset[str]:
    numbers = [document.document_no for document in report.documents]
    found = connection.execute(_REPORTED, {"of": report.municipality, "numbers": numbers})
    return frozenset(found.scalars())


def _settled(connection: Connection, report: Report) -> bool:
    found = connection.execute(_SETTLED, {"of": report.municipality, "which": report.order_id})
    return found.first() is not None


def _tombstone(caller: Caller, report: Report, at: int) -> OrderRow:
    """An order that its terminal gave up before it was prepared: a preparation under way finds it closed (I2)."""
    return OrderRow(
        municipality=report.municipality,
        order_id=report.order_id,
        terminal=caller.terminal,
        session_id=None,
        token_hash=token_hash(report.attempt_token),
        state=OrderState.CLOSED,
        generation=0,
        evidence=None,
        proof=None,
        register_version=None,
        issued_on=None,
        expires_at=at + SESSION_LIFETIME_S,
    )
