"""Which registration a registered seal is: its resident and the day on which it was registered. Not its picture: a core
system may pack the same imprint anew, or scan it again. Registrations without a day are one."""

from datetime import date

from sqlalchemy import ColumnElement, Connection, FromClause, and_, delete, func, insert, literal, select

from certserver.registers.versions import SnapshotKey
from certserver.storage.registers import registered_seals, seal_cancellations

NO_DAY = date.min
"""Stands for the day of a registration whose day is not known."""


def day_of(seals: FromClause) -> ColumnElement[date]:
    """The day that a row of `registered_seals` is known by."""
    registered_on: ColumnElement[date] = func.coalesce(seals.c.registered_on_day, literal(NO_DAY))
    return registered_on


def cancelled_here(seals: FromClause) -> ColumnElement[bool]:
    """Whether a row of `seal_cancellations` is for this registration."""
    return and_(
        seal_cancellations.c.municipality == seals.c.municipality,
        seal_cancellations.c.resident_id == seals.c.resident_id,
        seal_cancellations.c.registered_on == day_of(seals),
    )


def registration_of(connection: Connection, key: SnapshotKey, resident_id: str) -> date | None:
    """By which day a resident's registration in a snapshot is known, cancelled or not; None where there is none."""
    found = select(day_of(registered_seals)).where(
        registered_seals.c.municipality == key.municipality,
        registered_seals.c.snapshot == key.number,
        registered_seals.c.resident_id == resident_id,
    )
    return connection.scalar(found)


def end(connection: Connection, municipality: str, resident_id: str, registered_on: date) -> bool:
    """Notes that a registration is cancelled, whichever snapshot comes into force; whether it was not noted before."""
    one = _cancellation(municipality, resident_id, registered_on)
    if connection.execute(select(seal_cancellations).where(one)).first() is not None:
        return False
    values = {"municipality": municipality, "resident_id": resident_id, "registered_on": registered_on}
    connection.execute(insert(seal_cancellations).values(values))
    return True


def take_back(connection: Connection, municipality: str, resident_id: str, registered_on: date) -> bool:
    """Takes back what `end` noted; whether there was anything."""
    one = _cancellation(municipality, resident_id, registered_on)
    return connection.execute(delete(seal_cancellations).where(one)).rowcount > 0


def _cancellation(municipality: str, resident_id: str, registered_on: date) -> ColumnElement[bool]:
    return and_(
        seal_cancellations.c.municipality == municipality,
        seal_cancellations.c.resident_id == resident_id,
        seal_cancellations.c.registered_on == registered_on,
    )
