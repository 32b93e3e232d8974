"""Asks the database how visits went, which alarms terminals raised, and what offices took in, of one municipality
between two days, both included."""

from datetime import date, datetime, time, timedelta

from sqlalchemy import Connection, func, select

from certserver.applications.counted import Counted
from certserver.office.reports.issued_figures import Place
from certserver.office.reports.visit_steps import Measure
from certserver.ports import JST, unix
from certserver.storage.admission import terminals
from certserver.storage.issued import alarms
from certserver.storage.reports import card_events, visit_days


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


def taken_in(connection: Connection, municipality: str, since: date, until: date) -> dict[tuple[date, Place], int]:
    """Card applications of this municipality's residents that were sent to it, by day and the office that took them
    in."""
    kinds = {
        (row.municipality, row.outlet): row.outlet_kind
        for row in connection.execute(
            select(terminals.c.municipality, terminals.c.outlet, terminals.c.outlet_kind).distinct()
        )
    }
    by = (card_events.c.day, card_events.c.reception_municipality, card_events.c.outlet)
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
    taken: dict[tuple[date, Place], int] = {}
    for day, reception, outlet, times in rows:
        key = (date.fromisoformat(day), Place(outlet, kinds.get((reception, outlet), "")))
        taken[key] = taken.get(key, 0) + int(times)
    return taken


def _begins(day: date) -> int:
    return unix(datetime.combine(day, time.min, JST))
