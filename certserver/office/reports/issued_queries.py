"""Asks the database for sums of what was issued, delivered and paid, of one municipality between two days, both
included."""

from collections import defaultdict
from datetime import date, timedelta
from functools import cache

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, cast, func, or_, select

from certserver.office.reports.issued_figures import AtOutlet, Choice, Place
from certserver.office.reports.months import last_day, whole_months
from certserver.storage.reports import issued_days, outlet_days, outlet_months, outlet_totals, staff_calls
from koufu.evidence.words import CertificateKind

_NUMBERS = ("orders", "issued", "fee", "captured", "delivered", "spoiled", "not_printed", "sheets")
_OF_OUTLET = ("outlet", "outlet_kind", *_NUMBERS)
# A sum of large numbers is a decimal at PostgreSQL unless it is told otherwise.
_SUMS = tuple(cast(func.sum(outlet_days.c[name]), BigInteger) for name in _NUMBERS)


def copies_by_month(
    connection: Connection, municipality: str, since: date, until: date
) -> dict[tuple[date, CertificateKind], int]:
    """Issued documents by the first day of their month, and kind."""
    month = func.substr(issued_days.c.day, 1, 7).label("month")
    rows = connection.execute(
        select(month, issued_days.c.kind, func.sum(issued_days.c.copies))
        .where(*_between(issued_days, municipality, since, until))
        .group_by("month", issued_days.c.kind)
    )
    return {(date.fromisoformat(f"{first}-01"), CertificateKind(kind)): int(copies) for first, kind, copies in rows}


def copies_by_choice(connection: Connection, municipality: str, since: date, until: date) -> dict[Choice, int]:
    """Issued documents by what they show."""
    by = (issued_days.c.kind, issued_days.c.scope, issued_days.c.options)
    rows = connection.execute(
        select(*by, func.sum(issued_days.c.copies))
        .where(*_between(issued_days, municipality, since, until))
        .group_by(*by)
    )
    return {
        Choice(CertificateKind(kind), scope, tuple(options.split(",")) if options else ()): int(copies)
        for kind, scope, options, copies in rows
    }


def copies_by_outlet(
    connection: Connection, municipality: str, since: date, until: date
) -> dict[tuple[Place, CertificateKind], int]:
    """Issued documents by outlet and kind, of whole months."""
    by = (outlet_months.c.outlet, outlet_months.c.outlet_kind, outlet_months.c.kind)
    rows = connection.execute(
        select(*by, func.sum(outlet_months.c.copies))
        .where(
            outlet_months.c.municipality == municipality,
            outlet_months.c.month.between(since.isoformat()[:7], until.isoformat()[:7]),
        )
        .group_by(*by)
    )
    return {
        (Place(outlet, outlet_kind), CertificateKind(kind)): int(copies) for outlet, outlet_kind, kind, copies in rows
    }


def by_day_and_outlet(
    connection: Connection, municipality: str, since: date, until: date
) -> dict[tuple[date, Place], AtOutlet]:
    """Sums of each day and outlet, in their order."""
    by = (outlet_days.c.day, outlet_days.c.outlet, outlet_days.c.outlet_kind)
    rows = connection.execute(
        select(*by, *_SUMS).where(*_between(outlet_days, municipality, since, until)).group_by(*by).order_by(*by)
    )
    day_of, place_of = cache(date.fromisoformat), cache(Place)
    return {(day_of(day), place_of(outlet, kind)): AtOutlet(*sums) for day, outlet, kind, *sums in rows}


def by_outlet(connection: Connection, municipality: str, since: date, until: date) -> dict[Place, AtOutlet]:
    """Sums of each outlet: of months that lie whole between the days, and of the days beside them."""
    whole = whole_months(since, until)
    before, after = (whole[0], last_day(whole[-1])) if whole else (until + timedelta(days=1), until)
    by_day = select(*(outlet_days.c[name] for name in _OF_OUTLET)).where(
        *_between(outlet_days, municipality, since, until),
        or_(outlet_days.c.day < before.isoformat(), outlet_days.c.day > after.isoformat()),
    )
    by_month = select(*(outlet_totals.c[name] for name in _OF_OUTLET)).where(
        outlet_totals.c.municipality == municipality,
        outlet_totals.c.month.in_([month.isoformat()[:7] for month in whole]),
    )
    both = by_month.union_all(by_day).subquery()
    by = (both.c.outlet, both.c.outlet_kind)
    rows = connection.execute(
        select(*by, *(cast(func.sum(both.c[name]), BigInteger) for name in _NUMBERS)).group_by(*by).order_by(*by)
    )
    return {Place(outlet, kind): AtOutlet(*sums) for outlet, kind, *sums in rows}


def by_terminal(connection: Connection, municipality: str, since: date, until: date) -> dict[str, AtOutlet]:
    """Sums of each terminal."""
    rows = connection.execute(
        select(outlet_days.c.terminal, *_SUMS)
        .where(*_between(outlet_days, municipality, since, until))
        .group_by(outlet_days.c.terminal)
        .order_by(outlet_days.c.terminal)
    )
    return {terminal: AtOutlet(*sums) for terminal, *sums in rows}


def calls_by_terminal(connection: Connection, municipality: str, since: date, until: date) -> dict[str, dict[str, int]]:
    """How often each terminal called staff, by occasion."""
    rows = connection.execute(
        select(staff_calls.c.terminal, staff_calls.c.occasion, func.sum(staff_calls.c.times))
        .where(*_between(staff_calls, municipality, since, until))
        .group_by(staff_calls.c.terminal, staff_calls.c.occasion)
    )
    calls: dict[str, dict[str, int]] = defaultdict(dict)
    for terminal, occasion, times in rows:
        calls[terminal][occasion] = int(times)
    return calls


def _between(table: Table, municipality: str, since: date, until: date) -> tuple[ColumnElement[bool], ...]:
    return table.c.municipality == municipality, table.c.day.between(since.isoformat(), until.isoformat())
