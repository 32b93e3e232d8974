"""Integrity alarms: each stops the service of its municipality until a person closes it, with a reason (I9)."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.objections import Objected, Objection
from certserver.storage.issued import alarms

ALARM_ID_BYTES = 16
SERVER = "server"
"""The source of an alarm that the server raised by itself."""

_WHAT_LENGTH = 256


@dataclass(frozen=True, slots=True)
class Alarm:
    """One alarm. Times in Unix seconds; `closed_at` is None while it is open."""

    alarm_id: bytes
    raised_at: int
    source: str
    what: str
    closed_at: int | None
    closing_reason: str | None

    @property
    def of_a_page(self) -> bool:
        """Whether a terminal raised it over what it was about to print, rather than the server over what it keeps."""
        return self.source != SERVER


def raise_alarm(connection: Connection, book: Book, alarm_id: bytes, source: str, what: str, at: int) -> None:
    """Raises an alarm: from the end of this transaction on nobody is served. An open one of the same source and words
    is enough, so that a report may come again."""
    same = select(alarms.c.alarm_id).where(
        alarms.c.municipality == book.state.municipality,
        alarms.c.source == source,
        alarms.c.what == what[:_WHAT_LENGTH],
        alarms.c.closed_at.is_(None),
    )
    if connection.execute(same).first() is not None:
        return
    connection.execute(
        insert(alarms).values(
            municipality=book.state.municipality,
            alarm_id=alarm_id,
            raised_at=at,
            source=source,
            what=what[:_WHAT_LENGTH],
        )
    )
    book.alarms_changed(+1)
    detail = {"alarm": alarm_id.hex(), "what": what[:_WHAT_LENGTH]}
    book.note(AuditEntry(at, AuditEvent.ALARM_RAISED, source, detail))


def close_alarm(connection: Connection, book: Book, alarm_id: bytes, reason: str, at: int) -> None:
    """Closes an open alarm. Raises `ConfigurationError` when there is none of this id."""
    closed = connection.execute(
        update(alarms)
        .where(
            alarms.c.municipality == book.state.municipality,
            alarms.c.alarm_id == alarm_id,
            alarms.c.closed_at.is_(None),
        )
        .values(closed_at=at, closing_reason=reason)
    )
    if closed.rowcount != 1:
        raise Objected(Objection.ALARM_CLOSED)
    book.alarms_changed(-1)
    detail = {"alarm": alarm_id.hex(), "reason": reason}
    book.note(AuditEntry(at, AuditEvent.ALARM_CLOSED, book.actor, detail))


def list_alarms(connection: Connection, municipality: str) -> tuple[Alarm, ...]:
    """All alarms of a municipality, oldest first."""
    rows = connection.execute(
        select(
            alarms.c.alarm_id,
            alarms.c.raised_at,
            alarms.c.source,
            alarms.c.what,
            alarms.c.closed_at,
            alarms.c.closing_reason,
        )
        .where(alarms.c.municipality == municipality)
        .order_by(alarms.c.raised_at, alarms.c.alarm_id)
    )
    return tuple(Alarm(*row) for row in rows)
