"""Procedures on cards as they stand in the database: enough to go on with one under its number, and to end it once."""

from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, update

from certserver.applications.places import Procedure
from certserver.applications.retention import procedures_kept_from
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.ports import JST, in_japan, unix
from certserver.storage.applications import card_procedures
from koufu.applying.words import ProcedureEnd


@dataclass(frozen=True, slots=True)
class StoredProcedure:
    """One of them. `person` is the keyed hash of the holder, None where the card told nobody or it ended, `subject`
    the linked X.509 by which they were known; `told_at` and `ended_at` in Unix seconds."""

    case_number: str
    procedure: Procedure
    terminal: str
    person: bytes | None
    proven_day: date
    subject: bytes | None = None
    outcome: ProcedureEnd | None = None
    told_at: int | None = None
    ended_at: int | None = None


def read_procedure(connection: Connection, municipality: str, case_number: str) -> StoredProcedure | None:
    """The one of a number."""
    row = connection.execute(select(card_procedures).where(_of(municipality, case_number))).one_or_none()
    if row is None:
        return None
    return StoredProcedure(
        case_number=row.case_number,
        procedure=Procedure(row.procedure),
        terminal=row.terminal,
        person=row.person,
        proven_day=row.proven_day,
        subject=row.subject,
        outcome=None if row.outcome is None else ProcedureEnd(row.outcome),
        told_at=row.told_at,
        ended_at=row.ended_at,
    )


def keep_procedure(connection: Connection, municipality: str, stored: StoredProcedure) -> None:
    """Keeps it as it stands now."""
    values = {
        "procedure": stored.procedure.value,
        "terminal": stored.terminal,
        "person": stored.person,
        "proven_day": stored.proven_day,
        "subject": stored.subject,
        "outcome": None if stored.outcome is None else stored.outcome.value,
        "told_at": stored.told_at,
        "ended_at": stored.ended_at,
    }
    again = update(card_procedures).where(_of(municipality, stored.case_number)).values(**values)
    if connection.execute(again).rowcount == 0:
        first = {"municipality": municipality, "case_number": stored.case_number}
        connection.execute(insert(card_procedures).values(**first, **values))


def forget_procedures(parts: ApplicationParts) -> None:
    """Forgets procedures whose days are over, also those whose card never came back: the audit log keeps what was
    done. Composition schedules it."""
    now = in_japan(unix(parts.clock.now()))
    first = procedures_kept_from(now.date())
    table, ended_before = card_procedures.c, unix(datetime.combine(first, time.min, JST))
    old = and_(table.proven_day < first, or_(table.ended_at.is_(None), table.ended_at < ended_before))
    with parts.database.reading() as connection:
        if connection.execute(select(table.case_number).where(old).limit(1)).first() is None:
            return
    with parts.database.writing() as connection:
        connection.execute(delete(card_procedures).where(old))


def _of(municipality: str, case_number: str) -> ColumnElement[bool]:
    table = card_procedures.c
    return and_(table.municipality == municipality, table.case_number == case_number)
