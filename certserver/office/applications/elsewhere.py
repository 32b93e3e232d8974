"""Applications that this municipality took in for residents of others: what was captured is handed over to the
municipality of residence, which decides; from then on its state alone is told here. Nothing of a person shows, and
whoever is withheld there is not listed (I14)."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, and_, or_, select

from certserver.applications.moving import Sight, sight, waits_at_reception
from certserver.applications.states import Actor, Event, EventKind, Role, State
from certserver.errors import NoSuchEntry
from certserver.office.applications.acting import known, raise_declined
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.pipeline.card_applications.hiding import is_hidden
from certserver.pipeline.card_applications.moving import move_application
from certserver.pipeline.card_applications.outcomes import Declined
from certserver.pipeline.card_applications.rows import Stored, read_application
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.viewing import standing_of
from certserver.storage.applications import applications

AT_MOST = 200
SHOWN_FOR = timedelta(days=90)
"""After its last step."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One of them, without a name. `waits_here`: for whoever took it in; `ready`: it can be handed over."""

    application_id: str
    residence: str
    outlet: str
    state: str
    version: int
    reason: str
    touched_at: int
    waits_here: bool
    ready: bool


def taken_in_for_others(desk: Desk) -> tuple[TakenIn, ...]:
    """The latest first."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    table, keys = applications.c, desk.applications.keys
    since = desk.now() - int(SHOWN_FOR.total_seconds())
    taken_here = table.reception_municipality == desk.municipality
    # Two spans of the index around one's own, which are nearly all: "not equal" would read them.
    for_others = or_(
        and_(taken_here, table.municipality < desk.municipality, table.touched_at >= since),
        and_(taken_here, table.municipality > desk.municipality, table.touched_at >= since),
    )
    with desk.database.reading() as connection:
        rows = connection.execute(
            select(table.municipality, table.application)
            .where(for_others)
            .order_by(table.touched_at.desc(), table.application)
            .limit(AT_MOST)
        ).all()
        found = [read_application(connection, row.municipality, row.application) for row in rows]
        return tuple(
            _told(connection, stored, desk)
            for stored in found
            if stored is not None and not is_hidden(connection, keys, stored)
        )


def hand_over(desk: Desk, application_id: str, seen: int) -> State:
    """Hands one over to the municipality of residence. Raises `NoSuchEntry` and `NotDone`."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    table = applications.c
    with desk.database.reading() as connection:
        residence = connection.scalar(
            select(table.municipality).where(
                table.reception_municipality == desk.municipality,
                table.municipality != desk.municipality,
                table.application == application_id,
            )
        )
    if residence is None:
        raise NoSuchEntry("no such application was taken in here for another municipality")
    which = Which(residence, application_id, seen)
    done = move_application(desk.applications, known(desk, residence=residence), which, Event(EventKind.SEND))
    if isinstance(done, Declined):
        raise_declined(done)
    return done.state


def _told(connection: Connection, stored: Stored, desk: Desk) -> TakenIn:
    application, actor = stored.application, Actor(desk.who.mark, Role.OFFICER, desk.municipality)
    standing = standing_of(connection, stored)
    return TakenIn(
        application_id=application.application_id,
        residence=application.residence_municipality,
        outlet=stored.outlet,
        state=application.state.value,
        version=stored.version,
        reason="" if standing.reason is None else standing.reason.value,
        touched_at=stored.touched_at,
        waits_here=waits_at_reception(application, actor),
        ready=application.state is State.CAPTURED and sight(application, actor) is Sight.ALL,
    )
