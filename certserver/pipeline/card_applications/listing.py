"""The applications that an office took in, and where each stands: a list without a name. What waits there can be taken
up again; of what was sent the office sees the state alone."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, and_, select

from certserver.applications.counter_settings import MakerSetting
from certserver.applications.express_way import likely_days
from certserver.applications.moving import Sight, sight, waits_at_reception
from certserver.applications.states import OF_A_MUNICIPALITY, CardApplication
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.pipeline.card_applications.hiding import is_hidden
from certserver.pipeline.card_applications.outcomes import Declined, Why
from certserver.pipeline.card_applications.parts import ApplicationParts
from certserver.pipeline.card_applications.rows import read_application
from certserver.pipeline.card_applications.viewing import Standing, standing_of
from certserver.pipeline.card_applications.who import AtTerminal, acting
from certserver.ports import unix
from certserver.storage.applications import applications

AT_MOST = 200
SHOWN_FOR = timedelta(days=90)
"""After its last step."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One application. `municipality` is that of residence; `touched_at` in Unix seconds."""

    municipality: str
    standing: Standing
    touched_at: int
    waits_here: bool
    express: bool
    likely: tuple[date, date] | None
    """When an express card may arrive, 目安."""


def list_here(parts: ApplicationParts, who: AtTerminal) -> tuple[Listed, ...] | Declined:
    """The latest first."""
    since = unix(parts.clock.now() - SHOWN_FOR)
    table = applications.c
    with parts.database.reading() as connection:
        acts = acting(connection, who, unix(parts.clock.now()), writing=False)
        if isinstance(acts, Declined):
            return acts
        if acts.actor.role not in OF_A_MUNICIPALITY or acts.site is None:
            return Declined(Why.ROLE_NOT_HERE)
        of_office = and_(
            table.reception_municipality == who.municipality,
            table.outlet == acts.site.name,
            table.touched_at >= since,
        )
        rows = connection.execute(
            select(table.municipality, table.application)
            .where(of_office)
            .order_by(table.touched_at.desc(), table.application)
            .limit(AT_MOST)
        ).all()
        found = [read_application(connection, row.municipality, row.application) for row in rows]
        return tuple(
            Listed(
                stored.application.residence_municipality,
                standing_of(connection, stored),
                stored.touched_at,
                waits_at_reception(stored.application, acts.actor),
                stored.application.express,
                _likely(connection, stored.application, parts.clock.now()),
            )
            for stored in found
            if stored is not None
            and sight(stored.application, acts.actor) is not Sight.NOTHING
            and not is_hidden(connection, parts.keys, stored)
        )


def _likely(connection: Connection, application: CardApplication, now: datetime) -> tuple[date, date] | None:
    if not application.express:
        return None
    settings = read_counter_settings(connection, application.residence_municipality)
    maker = settings.maker_at(unix(now)) or MakerSetting()
    return likely_days(application.state, application.moved_at, now, maker.calendar(), maker.cards_ahead)
