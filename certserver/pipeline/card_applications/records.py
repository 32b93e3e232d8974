"""What the resident record says ends an application: at once when a delivery of the core system comes into force, and
by looking. Composition schedules the looking; it takes those first that were looked at longest ago, so many in one
round."""

from collections.abc import Iterable

from sqlalchemy import Connection, and_, select, update

from certserver.applications.states import OPEN, Event, EventKind, Reason
from certserver.ledger.state import municipalities
from certserver.pipeline.card_applications.keys import Personal
from certserver.pipeline.card_applications.moving import RECORD, changed_since, move_application
from certserver.pipeline.card_applications.outcomes import Done
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import Stored, ids_of, of_person, read_application
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.who import Known
from certserver.ports import unix
from certserver.registers.resident_now import read_resident_now
from certserver.storage.applications import applications

IN_ONE_ROUND = 100
"""Applications of a municipality; every decision looks by itself anyway."""

LOOKED_AT_EVERY_S = 600

_OPEN = [state.value for state in OPEN]


def record_changed(parts: ApplicationParts, municipality: str, resident_ids: Iterable[str]) -> int:
    """A delivery changed what the record says of these residents: ends the open applications that can't go on, at once;
    how many."""
    people = [parts.keys.person(municipality, each) for each in sorted(resident_ids)]
    with parts.database.reading() as connection:
        ids = [found for each in people for found in of_person(connection, municipality, each)]
    return sum(_look_at(parts, municipality, each) for each in ids)


def register_replaced(parts: ApplicationParts, municipality: str) -> int:
    """Another register came into force: the same for everybody with an open application."""
    with parts.database.reading() as connection:
        ids = ids_of(connection, municipality, OPEN)
    return sum(_look_at(parts, municipality, each) for each in ids)


def follow_records(parts: ApplicationParts) -> int:
    """Looks into the resident record for applications that are open, and ends those that can't go on; how many."""
    with parts.database.reading() as connection:
        codes = municipalities(connection)
    return sum(_follow(parts, code) for code in codes)


def _look_at(parts: ApplicationParts, municipality: str, application_id: str) -> bool:
    """Ends an application that can't go on; whether it did."""
    while True:
        with parts.database.reading() as connection:
            stored = read_application(connection, municipality, application_id)
            reason = None if stored is None else _changed(parts, connection, stored)
        if stored is None or reason is None or not stored.application.is_open:
            return False
        if _end(parts, stored, reason) is not None:
            return True
        # Somebody's step came between: it is looked at where it stands now.


def _follow(parts: ApplicationParts, municipality: str) -> int:
    now = unix(parts.clock.now())
    with parts.database.reading() as connection:
        looked_at = _longest_ago(connection, municipality, now - LOOKED_AT_EVERY_S)
        found = [(stored, _changed(parts, connection, stored)) for stored in looked_at]
    if not found:
        return 0
    table, ids = applications.c, [stored.application.application_id for stored, _ in found]
    with parts.database.writing() as connection:
        of_these = and_(table.municipality == municipality, table.application.in_(ids))
        connection.execute(update(applications).where(of_these).values(record_checked_at=now))
    # One that moved meanwhile is ended in a later round, or by the next decision.
    return sum(_end(parts, stored, reason) is not None for stored, reason in found if reason is not None)


def _longest_ago(connection: Connection, municipality: str, before: int) -> list[Stored]:
    table = applications.c
    ids = connection.scalars(
        select(table.application)
        .where(table.municipality == municipality, table.state.in_(_OPEN), table.record_checked_at <= before)
        .order_by(table.record_checked_at)
        .limit(IN_ONE_ROUND)
    ).all()
    found = (read_application(connection, municipality, each) for each in ids)
    return [each for each in found if each is not None]


def _changed(parts: ApplicationParts, connection: Connection, stored: Stored) -> Reason | None:
    application = stored.application
    municipality = application.residence_municipality
    if stored.key is None or stored.personal is None:
        return None
    personal: Personal = parts.keys.open_personal(stored.key, municipality, application.application_id, stored.personal)
    return changed_since(personal, read_resident_now(connection, municipality, personal.resident_id))


def _end(parts: ApplicationParts, stored: Stored, reason: Reason) -> Done | None:
    application = stored.application
    which = Which(application.residence_municipality, application.application_id, stored.version)
    done = move_application(parts, Known(RECORD.actor), which, Event(EventKind.INVALIDATE, reason))
    return done if isinstance(done, Done) else None
