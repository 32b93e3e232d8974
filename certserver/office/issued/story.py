"""The story of one issued document: when it was prepared, released and reported, by which builds and settings, under
which key, what the office says of it, and who looked. Its content is nowhere, and nobody is named."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from certserver.errors import NoSuchEntry
from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.ledger.keys import read_keys
from certserver.office.audit import Noted
from certserver.office.by_instant import number_at
from certserver.office.desk import Desk
from certserver.office.issued.wanted import OUT_OF_ORDER_S
from certserver.office.purposes import Purpose
from certserver.office.rights import Right
from certserver.office.views import note_view
from certserver.pipeline.sessions import SESSION_LIFETIME_S
from certserver.storage.issued import audit_log, ledger, outcomes, settlements, viewed
from certserver.storage.recalls import recalls, sheet_marks
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number
from koufu.evidence.statement import Statement
from koufu.evidence.trustlist import KeyStanding, ListedKey

LOOKED_AT = 20_000
"""Entries of the audit log that are looked at for how an order went."""
MOST_VIEWS = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """What the office says of a sheet. `at` in Unix seconds; `why` is the recall's where it stands in one."""

    standing: str
    at: int
    marked_by: str
    recall_no: int | None
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """One document. Instants are Unix seconds; `outcome`, `captured` and what was in force are None where they are not
    known; `copy` and `line` count from 0."""

    ledger_seq: int
    document_no: str
    kind: str
    scope: str
    options: tuple[str, ...]
    order_id: bytes
    line: int
    copy: int
    pages: int
    terminal: str
    fee: int
    captured: int | None
    issued_at: int
    register_version: str
    settings_revision: int | None
    terminal_build: str | None
    server_build: str | None
    key: ListedKey | None
    key_speaks: bool
    outcome: str | None
    sheets_printed: int
    reported_at: int | None
    marks: tuple[Mark, ...]
    steps: tuple[Noted, ...]
    views: tuple[Noted, ...]


def story(desk: Desk, document_no: str, purpose: Purpose) -> Story:
    """The story of a document by its number as printed; the view is noted. Raises `NoSuchEntry` where this municipality
    issued none of that number."""
    desk.demand(Right.SEARCH_LEDGER)
    with desk.changing() as (connection, book):
        row = entry_of(connection, desk.municipality, document_no)
        told = _told(desk, connection, book, row)
        note_view(desk, book, "issued document", row.document_no, purpose)
    return told


def entry_of(connection: Connection, municipality: str, document_no: str) -> Any:
    """The row of the ledger. Raises `NoSuchEntry`."""
    try:
        plain = parse_document_number(document_no)
    except MalformedEvidence as error:
        raise NoSuchEntry("this is no document number") from error
    table = ledger.c
    row = connection.execute(
        select(ledger).where(table.municipality == municipality, table.document_no == plain)
    ).one_or_none()
    if row is None:
        raise NoSuchEntry("no document of this number was issued")
    return row


def marks_on(connection: Connection, municipality: str, ledger_seq: int) -> tuple[Mark, ...]:
    """What the office says of an entry, oldest first."""
    table = sheet_marks.c
    rows = connection.execute(
        select(table.standing, table.at, table.marked_by, table.recall_no, table.why, recalls.c.why.label("of_recall"))
        .outerjoin(recalls, (recalls.c.municipality == table.municipality) & (recalls.c.recall_no == table.recall_no))
        .where(table.municipality == municipality, table.ledger_seq == ledger_seq)
        .order_by(table.at, table.standing)
    )
    return tuple(
        Mark(each.standing, each.at, each.marked_by, each.recall_no, each.why or each.of_recall) for each in rows
    )


def views_of(connection: Connection, municipality: str, about: tuple[str, ...]) -> tuple[Noted, ...]:
    """The views of what has one of these numbers or keyed hashes, newest first."""
    if not about:
        return ()
    table, log = viewed.c, audit_log.c
    rows = connection.execute(
        select(log.audit_seq, log.at, log.event, log.actor, log.detail)
        .where(
            log.municipality == municipality,
            log.audit_seq.in_(
                select(table.audit_seq)
                .where(table.municipality == municipality, table.about.in_(about))
                .order_by(table.audit_seq.desc())
                .limit(MOST_VIEWS)
            ),
        )
        .order_by(log.audit_seq.desc())
    )
    return tuple(_step(each) for each in rows)


def _told(desk: Desk, connection: Connection, book: Book, row: Any) -> Story:
    code = desk.municipality
    table = outcomes.c
    ended = connection.execute(
        select(table.outcome, table.sheets_printed, table.reported_at).where(
            table.municipality == code, table.document_no == row.document_no
        )
    ).one_or_none()
    captured = connection.scalar(
        select(settlements.c.captured).where(settlements.c.municipality == code, settlements.c.order_id == row.order_id)
    )
    key = next((each for each in read_keys(connection, code) if each.key_id == row.key_id), None)
    return Story(
        ledger_seq=row.ledger_seq,
        document_no=row.document_no,
        kind=row.kind,
        scope=row.scope,
        options=tuple(filter(None, row.options.split(","))),
        order_id=row.order_id,
        line=row.line,
        copy=row.copy,
        pages=len(Statement.from_bytes(row.statement).content_hashes),
        terminal=row.terminal,
        fee=row.fee,
        captured=captured,
        issued_at=row.issued_at,
        register_version=row.register_version,
        settings_revision=row.settings_revision,
        terminal_build=row.terminal_build,
        server_build=row.server_build,
        key=key,
        # A revocation may reach back to before the document was issued.
        key_speaks=key is not None and key.standing(row.issued_at) is KeyStanding.SPEAKS,
        outcome=None if ended is None else ended.outcome,
        sheets_printed=0 if ended is None else ended.sheets_printed,
        reported_at=None if ended is None else ended.reported_at,
        marks=marks_on(connection, code, row.ledger_seq),
        steps=_steps(connection, code, row, None if ended is None else ended.reported_at, book.state.audit_seq),
        views=views_of(connection, code, (row.document_no,)),
    )


def _steps(
    connection: Connection, municipality: str, row: Any, reported_at: int | None, last: int
) -> tuple[Noted, ...]:
    """What the audit log says of the order until it was issued, and of the document when it was reported."""
    opened, released = row.issued_at - SESSION_LIFETIME_S, row.issued_at
    found = {
        step.audit_seq: step
        for since, until in ((opened, released), *([(reported_at, reported_at)] if reported_at is not None else []))
        for step in _between(connection, municipality, row, since, until, last)
    }
    return tuple(found[number] for number in sorted(found))


def _between(
    connection: Connection, municipality: str, row: Any, since: int, until: int, last: int
) -> tuple[Noted, ...]:
    log = audit_log.c
    lowest, after = (
        number_at(connection, municipality, log.audit_seq, log.at, instant, last)
        for instant in (since - OUT_OF_ORDER_S, until + OUT_OF_ORDER_S + 1)
    )
    rows = connection.execute(
        select(log.audit_seq, log.at, log.event, log.actor, log.detail)
        .where(
            log.municipality == municipality,
            log.audit_seq >= max(lowest, after - LOOKED_AT),
            log.audit_seq < after,
            log.event.in_([event.value for event in (AuditEvent.PREPARED, AuditEvent.ISSUED, AuditEvent.OUTCOME)]),
            log.detail.contains(row.order_id.hex()) | log.detail.contains(row.document_no),
        )
        .order_by(log.audit_seq)
    )
    steps = (_step(each) for each in rows)
    # Other documents of the order have a story of their own.
    return tuple(step for step in steps if step.detail.get("document_no", row.document_no) == row.document_no)


def _step(row: Any) -> Noted:
    return Noted(row.audit_seq, row.at, row.event, row.actor, json.loads(row.detail))
