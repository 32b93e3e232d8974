"""Asks the database how visits went, which alarms terminals raised, and what offices took in, of one municipality between
two days, both included."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, func, select

from certserver.applications.counted import Counted
from certserver.office.reports.issued_figures import Place
from certserver.office.reports.visit_steps import Measure
from certserver.ports import JST, unix
from certserver.storage.admission import terminals
from certserver.storage.issued import alarms
from certserver.storage.reports import card_events, outlet_days, visit_days


def visits(connection: Connection, municipality: str, measure: Measure, since: date, until: date) -> dict[str, int]:
    """How often each word of a measure was counted."""
    rows = connection.execute(
        select(visit_days.c.word, func.sum(visit_days.c.times))
        .where(
            visit_days.c.municipality == municipality,
            visit_days.c.measure == measure.value,
            visit_days.c.day.between(since.isoformat(), until.isoformat()),
        )
        .group_by(visit_days.c.word)
    )
    return {word: int(times) for word, times in rows}


def alarms_by_source(connection: Connection, municipality: str, since: date, until: date) -> dict[str, int]:
    """Alarms by the terminal that raised them."""
    rows = connection.execute(
        select(alarms.c.source, func.count())
        .where(
            alarms.c.municipality == municipality,
            alarms.c.raised_at >= _begins(since),
            alarms.c.raised_at < _begins(until + timedelta(days=1)),
        )
        .group_by(alarms.c.source)
    )
    return {source: int(times) for source, times in rows}


def delivered_by_kind_of_outlet(
    connection: Connection, municipality: str, since: date, until: date
) -> dict[tuple[date, Place], int]:
    """Copies that came out, by day and outlet."""
    by = (outlet_days.c.day, outlet_days.c.outlet, outlet_days.c.outlet_kind)
    rows = connection.execute(
        select(*by, func.sum(outlet_days.c.delivered))
        .where(
            outlet_days.c.municipality == municipality,
            outlet_days.c.day.between(since.isoformat(), until.isoformat()),
        )
        .group_by(*by)
        .order_by(*by)
    )
    return {(date.fromisoformat(day), Place(outlet, kind)): int(copies) for day, outlet, kind, copies in rows}


def taken_in(connection: Connection, municipality: str, since: date, until: date) -> dict[tuple[date, Place], int]:
    """Card applications of this municipality's residents that were sent to it, by day and the office that took them
    in."""
    kinds = {
        row.outlet: row.outlet_kind for row in connection.execute(select(terminals.c.outlet, terminals.c.outlet_kind))
    }
    by = (card_events.c.day, card_events.c.outlet)
    rows = connection.execute(
        select(*by, func.count())
        .where(
            card_events.c.municipality == municipality,
            card_events.c.counted == Counted.SENT.value,
            card_events.c.day.between(since.isoformat(), until.isoformat()),
        )
        .group_by(*by)
        .order_by(*by)
    )
    return {(date.fromisoformat(day), Place(outlet, kinds.get(outlet, ""))): int(times) for day, outlet, times in rows}


def _begins(day: date) -> int:
    return unix(datetime.combine(day, time.min, JST))
