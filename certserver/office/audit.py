"""Reading the log of every decision, newest first, and verifying all of it against the heads that were kept apart from
the database (I12)."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection, and_, select
from sqlalchemy.exc import IntegrityError

from certserver.errors import AuditBroken
from certserver.ledger.alarms import ALARM_ID_BYTES, SERVER, raise_alarm
from certserver.ledger.audit import AuditEvent, AuditHead, verify
from certserver.ledger.book import Book
from certserver.ledger.state import read_state
from certserver.office.by_instant import number_at
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.storage.issued import audit_log

PAGE = 50
LOOKED_AT = 20_000
"""Entries that one question looks at, at most: what comes after them is asked for with the next one."""


@dataclass(frozen=True, slots=True)
class Noted:
    """One entry, as it stands in the log. `at` in Unix seconds."""

    audit_seq: int
    at: int
    event: str
    actor: str
    detail: Mapping[str, str | int]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries: of an instant or later, before another (Unix seconds), of an event, with a word in the actor or in
    any field, and before a number."""

    since: int | None = None
    until: int | None = None
    event: AuditEvent | None = None
    word: str = ""
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Entries, newest first; where there may be more, before which number they are asked for."""

    entries: tuple[Noted, ...]
    further: int | None


def read_log(desk: Desk, wanted: Wanted) -> Found:
    """A page of the log."""
    desk.demand(Right.READ_AUDIT)
    with desk.database.reading() as connection:
        state = read_state(connection, desk.municipality)
        last = 0 if state is None else state.audit_seq
        # Entries are in the order of their instants: where one begins is found without an index.
        top = last if wanted.until is None else _first(connection, desk, wanted.until, last) - 1
        bottom = 1 if wanted.since is None else _first(connection, desk, wanted.since, last)
        if wanted.before is not None:
            top = min(top, wanted.before - 1)
        lowest = max(bottom, top - LOOKED_AT + 1)
        entries = _entries(connection, desk.municipality, lowest, top, wanted)
    if len(entries) > PAGE:
        return Found(entries[:PAGE], entries[PAGE - 1].audit_seq)
    return Found(entries, lowest if lowest > bottom else None)


def verify_log(desk: Desk, kept: Callable[[Connection], tuple[AuditHead, ...]]) -> AuditHead:
    """Reads all of it, notes that in it and returns its head of before; `kept` are heads from elsewhere. Raises
    `AuditBroken` at the first entry that was changed, taken out, put in or cut off: then an alarm stops the service."""
    desk.demand(Right.READ_AUDIT)
    try:
        with desk.database.reading() as connection:
            head = verify(connection, desk.municipality, kept(connection))
    except AuditBroken as broken:
        # Entries beyond the head leave no place for another: nothing can be written, so nobody is served either.
        with suppress(IntegrityError), desk.changing() as (connection, book):
            _note_verified(desk, book, "broken", broken.at)
            raise_alarm(connection, book, desk.entropy(ALARM_ID_BYTES), SERVER, str(broken), desk.now())
        raise
    with desk.changing() as (_, book):
        _note_verified(desk, book, "unbroken", head.audit_seq)
    return head


def _note_verified(desk: Desk, book: Book, outcome: str, number: int) -> None:
    desk.note(book, AuditEvent.AUDIT_VERIFIED, {"outcome": outcome, "version": number})


def _entries(connection: Connection, municipality: str, lowest: int, top: int, wanted: Wanted) -> tuple[Noted, ...]:
    table = audit_log.c
    query = (
        select(table.audit_seq, table.at, table.event, table.actor, table.detail)
        .where(and_(table.municipality == municipality, table.audit_seq >= lowest, table.audit_seq <= top))
        .order_by(table.audit_seq.desc())
        .limit(PAGE + 1)
    )
    if wanted.event is not None:
        query = query.where(table.event == wanted.event.value)
    if wanted.word:
        query = query.where(
            table.actor.contains(wanted.word, autoescape=True) | table.detail.contains(wanted.word, autoescape=True)
        )
    rows = connection.execute(query)
    return tuple(Noted(row.audit_seq, row.at, row.event, row.actor, json.loads(row.detail)) for row in rows)


def _first(connection: Connection, desk: Desk, instant: int, last: int) -> int:
    return number_at(connection, desk.municipality, audit_log.c.audit_seq, audit_log.c.at, instant, last)
