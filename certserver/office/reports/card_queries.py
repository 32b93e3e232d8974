"""Asks the database for counts of cards. Municipalities are named by whoever asks: one, or None for all that this
database answers for, which only the operator of the command line may ask."""

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Subquery, and_, func, select

from certserver.applications.counted import Counted, Sex
from certserver.office.reports.card_age_table import Cells
from certserver.office.reports.card_figures import AsOf, Figures, added, figures_of
from certserver.office.reports.card_month_table import Month
from certserver.office.reports.card_tables import ByCode
from certserver.office.reports.months import last_day, months_from
from certserver.storage.reports import card_counts

_CARDS = (Counted.APPLIED, Counted.DELIVERED, Counted.ENDED)

By = tuple[ColumnElement[Any], ...]

Counts = dict[tuple[str | int, ...], dict[Counted, int]]


def figures_by_code(connection: Connection, municipality: str | None, until: date) -> ByCode:
    """Figures of each municipality, of all that was counted until the end of a day."""
    counts = _counts(connection, municipality, until, (card_counts.c.municipality,))
    return {str(key[0]): figures_of(each) for key, each in counts.items()}


def figures_by_age(connection: Connection, municipality: str | None, until: date) -> Cells:
    """Figures by band and sex."""
    counts = _counts(connection, municipality, until, (card_counts.c.age_from, card_counts.c.sex))
    return {(int(band), Sex(sex)): figures_of(each) for (band, sex), each in counts.items()}


def figures_overall(connection: Connection, municipality: str | None, until: date) -> Figures:
    """The sum of all."""
    return added(figures_by_code(connection, municipality, until).values())


def figures_by_month(
    connection: Connection, municipality: str | None, since: date, until: date
) -> tuple[Figures, tuple[Month, ...]]:
    """What was counted before the month of `since`, and each month until that of `until`, whose last ends there."""
    first = since.replace(day=1)
    by_day: dict[date, Figures] = defaultdict(Figures)
    before: dict[Counted, int] = {}
    month_of = func.substr(card_counts.c.day, 1, 7).label("month")
    counted = select(card_counts.c.counted, month_of, func.sum(card_counts.c.times))
    rows = connection.execute(
        counted.where(*_cards_until(municipality, until)).group_by(card_counts.c.counted, "month")
    )
    for what, month, times in rows:
        begins = date.fromisoformat(f"{month}-01")
        if begins < first:
            before[Counted(what)] = before.get(Counted(what), 0) + int(times)
        else:
            by_day[begins] += figures_of({Counted(what): int(times)})
    months = []
    for begins in months_from(first, until):
        people = sum(_population(connection, municipality, min(last_day(begins), until), ()).values())
        months.append(Month(begins, by_day[begins] + Figures(population=people)))
    return figures_of(before), tuple(months)


def as_of(connection: Connection, municipality: str | None, until: date) -> AsOf:
    """On which day it is counted, and the newest day of the populations that count."""
    newest = _newest_population(municipality, until)
    day = connection.scalar(
        select(func.max(card_counts.c.as_of)).select_from(card_counts).join(newest, _of_newest(newest))
    )
    return AsOf(until, date.fromisoformat(day) if day else None)


def _counts(connection: Connection, municipality: str | None, until: date, by: By) -> Counts:
    found: Counts = defaultdict(dict)
    wanted = select(*by, card_counts.c.counted, func.sum(card_counts.c.times)).where(*_cards_until(municipality, until))
    for *key, what, times in connection.execute(wanted.group_by(*by, card_counts.c.counted)):
        found[tuple(key)][Counted(what)] = int(times)
    for populated, people in _population(connection, municipality, until, by).items():
        found[populated][Counted.POPULATION] = people
    return found


def _cards_until(municipality: str | None, until: date) -> tuple[ColumnElement[bool], ...]:
    which = (card_counts.c.counted.in_([each.value for each in _CARDS]), card_counts.c.day <= until.isoformat())
    return which if municipality is None else (card_counts.c.municipality == municipality, *which)


def _population(
    connection: Connection, municipality: str | None, until: date, by: By
) -> dict[tuple[str | int, ...], int]:
    newest = _newest_population(municipality, until)
    wanted = select(*by, func.sum(card_counts.c.times)).select_from(card_counts).join(newest, _of_newest(newest))
    wanted = wanted.group_by(*by) if by else wanted
    return {tuple(key): int(people) for *key, people in connection.execute(wanted) if people is not None}


def _newest_population(municipality: str | None, until: date) -> Subquery:
    """Of each municipality the day from which its newest population counts."""
    which = [card_counts.c.counted == Counted.POPULATION.value, card_counts.c.day <= until.isoformat()]
    if municipality is not None:
        which.append(card_counts.c.municipality == municipality)
    newest = select(card_counts.c.municipality, func.max(card_counts.c.day).label("day")).where(*which)
    return newest.group_by(card_counts.c.municipality).subquery()


def _of_newest(newest: Subquery) -> ColumnElement[bool]:
    return and_(
        card_counts.c.municipality == newest.c.municipality,
        card_counts.c.counted == Counted.POPULATION.value,
        card_counts.c.day == newest.c.day,
    )
