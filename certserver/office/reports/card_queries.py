"""Asks the database for counts of cards. Municipalities are named by whoever asks: one, or None for all that this
database answers for, which only the operator of the command line may ask."""

from collections import defaultdict
from datetime import date

from sqlalchemy import ColumnElement, Connection, Subquery, and_, func, literal, select

from certserver.applications.counted import Counted, Sex
from certserver.office.reports.card_age_table import Cells
from certserver.office.reports.card_figures import AsOf, Figures, added, figures_of
from certserver.office.reports.card_month_table import Month
from certserver.office.reports.card_tables import ByCode
from certserver.office.reports.months import last_day, months_from
from certserver.storage.reports import card_counts, card_months

_CARDS = [each.value for each in (Counted.APPLIED, Counted.DELIVERED, Counted.ENDED)]
_COLUMNS = ("municipality", "counted", "age_from", "sex")

By = tuple[str, ...]
"""Names of columns."""

Counts = dict[tuple[str | int, ...], dict[Counted, int]]


def figures_by_code(connection: Connection, municipality: str | None, until: date) -> ByCode:
    """Figures of each municipality, of all that was counted until the end of a day."""
    counts = _counts(connection, municipality, until, ("municipality",))
    return {str(key[0]): figures_of(each) for key, each in counts.items()}


def figures_by_age(connection: Connection, municipality: str | None, until: date) -> Cells:
    """Figures by band and sex."""
    counts = _counts(connection, municipality, until, ("age_from", "sex"))
    return {(int(band), Sex(sex)): figures_of(each) for (band, sex), each in counts.items()}


def figures_overall(connection: Connection, municipality: str | None, until: date) -> Figures:
    """The sum of all."""
    return added(figures_by_code(connection, municipality, until).values())


def figures_by_month(
    connection: Connection, municipality: str | None, since: date, until: date
) -> tuple[Figures, tuple[Month, ...]]:
    """What was counted before the month of `since`, and each month until that of `until`, whose last ends there."""
    first = since.replace(day=1)
    by_month: dict[date, Figures] = defaultdict(Figures)
    before = Figures()
    counted = _cards(municipality, until)
    rows = connection.execute(
        select(counted.c.month, counted.c.counted, func.sum(counted.c.times)).group_by(
            counted.c.month, counted.c.counted
        )
    )
    for month, what, times in rows:
        begins, figures = date.fromisoformat(f"{month}-01"), figures_of({Counted(what): int(times)})
        if begins < first:
            before += figures
        else:
            by_month[begins] += figures
    months = []
    for begins in months_from(first, until):
        people = sum(_population(connection, municipality, min(last_day(begins), until), ()).values())
        months.append(Month(begins, by_month[begins] + Figures(population=people)))
    return before, tuple(months)


def as_of(connection: Connection, municipality: str | None, until: date) -> AsOf:
    """On which day it is counted, and the newest day of the populations that count."""
    newest = _newest_population(municipality, until)
    day = connection.scalar(
        select(func.max(card_counts.c.as_of)).select_from(card_counts).join(newest, _of_newest(newest))
    )
    return AsOf(until, date.fromisoformat(day) if day else None)


def _counts(connection: Connection, municipality: str | None, until: date, by: By) -> Counts:
    found: Counts = defaultdict(dict)
    cards = _cards(municipality, until)
    own = [cards.c[name] for name in by]
    wanted = select(*own, cards.c.counted, func.sum(cards.c.times)).group_by(*own, cards.c.counted)
    for *key, what, times in connection.execute(wanted):
        found[tuple(key)][Counted(what)] = int(times)
    for populated, people in _population(connection, municipality, until, by).items():
        found[populated][Counted.POPULATION] = people
    return found


def _cards(municipality: str | None, until: date) -> Subquery:
    """Counts of cards until the end of a day: of whole months, and of the days of the last one."""
    whole = until == last_day(until)
    month = until.isoformat()[:7]
    by_month = select(*(card_months.c[name] for name in _COLUMNS), card_months.c.month, card_months.c.times).where(
        card_months.c.counted.in_(_CARDS), card_months.c.month <= month if whole else card_months.c.month < month
    )
    by_day = select(
        *(card_counts.c[name] for name in _COLUMNS), literal(month).label("month"), card_counts.c.times
    ).where(card_counts.c.counted.in_(_CARDS), card_counts.c.day.between(f"{month}-01", until.isoformat()))
    if municipality is not None:
        by_month = by_month.where(card_months.c.municipality == municipality)
        by_day = by_day.where(card_counts.c.municipality == municipality)
    return (by_month if whole else by_month.union_all(by_day)).subquery()


def _population(
    connection: Connection, municipality: str | None, until: date, by: By
) -> dict[tuple[str | int, ...], int]:
    newest = _newest_population(municipality, until)
    own = [card_counts.c[name] for name in by]
    wanted = select(*own, func.sum(card_counts.c.times)).select_from(card_counts).join(newest, _of_newest(newest))
    rows = connection.execute(wanted.group_by(*own) if own else wanted)
    return {tuple(key): int(people) for *key, people in rows if people is not None}


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
