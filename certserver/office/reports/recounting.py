"""Reckons the sums of reports anew from the rows that they follow, by other ways than they were made, so that anybody
can see that they are the same."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, and_, func, select

from certserver.applications.counted import Counted
from certserver.office.reports.day_sums import HERE
from certserver.ports import in_japan
from certserver.storage.issued import ledger, outcomes, settlements
from certserver.storage.reports import (
    card_counts,
    card_events,
    card_months,
    issued_days,
    outlet_days,
    outlet_months,
    outlet_totals,
)

Sums = Counter[tuple[str | int, ...]]


def card_sums(connection: Connection, municipality: str) -> tuple[Sums, Sums]:
    """Counts of cards by thing, day, band and sex: as they are kept, and from their rows."""
    by = ("counted", "day", "age_from", "sex")
    kept = select(*(card_counts.c[name] for name in by), card_counts.c.times).where(
        card_counts.c.municipality == municipality, card_counts.c.source == HERE
    )
    columns = [card_events.c[name] for name in by]
    rows = select(*columns, func.count()).where(card_events.c.municipality == municipality).group_by(*columns)
    return _sums(connection.execute(kept)), _sums(connection.execute(rows))


def card_month_sums(connection: Connection, municipality: str) -> tuple[Sums, Sums]:
    """Counts of cards by thing, month, band and sex: as they are kept, and from those by day."""
    by = ("counted", "month", "age_from", "sex")
    kept = select(*(card_months.c[name] for name in by), card_months.c.times).where(
        card_months.c.municipality == municipality
    )
    rows = select(
        card_counts.c.counted,
        func.substr(card_counts.c.day, 1, 7),
        card_counts.c.age_from,
        card_counts.c.sex,
        card_counts.c.times,
    ).where(card_counts.c.municipality == municipality, card_counts.c.counted != Counted.POPULATION.value)
    return _sums(connection.execute(kept)), _sums(connection.execute(rows))


def issued_sums(connection: Connection, municipality: str) -> tuple[Sums, Sums]:
    """Copies and fees by day, kind and choice, and copies by month and kind: as they are kept, and from the ledger."""
    kept: Sums = Counter()
    of_day = select(issued_days).where(issued_days.c.municipality == municipality, issued_days.c.source == HERE)
    for row in connection.execute(of_day):
        kept[row.day, row.kind, row.scope, row.options, "copies"] += row.copies
        kept[row.day, row.kind, row.scope, row.options, "fee"] += row.fee
    for row in connection.execute(select(outlet_months).where(outlet_months.c.municipality == municipality)):
        kept[row.month, row.kind] += row.copies
    reckoned: Sums = Counter()
    for row in connection.execute(select(ledger).where(ledger.c.municipality == municipality)):
        day = _day(row.issued_at)
        reckoned[day, row.kind, row.scope, row.options, "copies"] += 1
        reckoned[day, row.kind, row.scope, row.options, "fee"] += row.fee
        reckoned[day[:7], row.kind] += 1
    return +kept, +reckoned


def outlet_sums(connection: Connection, municipality: str) -> tuple[Sums, Sums]:
    """Copies, sheets and yen by day and terminal: as they are kept, and from ledger, outcomes and settlements."""
    kept: Sums = Counter()
    names = ("orders", "issued", "fee", "captured", "delivered", "spoiled", "not_printed", "sheets")
    for row in connection.execute(select(outlet_days).where(outlet_days.c.municipality == municipality)):
        for name in names:
            kept[row.day, row.terminal, name] += getattr(row, name)
    # Whole months are those of the days.
    for row in connection.execute(select(outlet_totals).where(outlet_totals.c.municipality == municipality)):
        for name in names:
            kept[row.month, row.outlet, row.outlet_kind, name] += getattr(row, name)
    reckoned: Sums = Counter()
    for row in connection.execute(select(outlet_days).where(outlet_days.c.municipality == municipality)):
        for name in names:
            reckoned[row.day[:7], row.outlet, row.outlet_kind, name] += getattr(row, name)
    for row in connection.execute(select(ledger).where(ledger.c.municipality == municipality)):
        reckoned[_day(row.issued_at), row.terminal, "issued"] += 1
        reckoned[_day(row.issued_at), row.terminal, "fee"] += row.fee
    its_own = and_(ledger.c.municipality == outcomes.c.municipality, ledger.c.document_no == outcomes.c.document_no)
    ended = select(outcomes, ledger.c.terminal).join(ledger, its_own).where(outcomes.c.municipality == municipality)
    for row in connection.execute(ended):
        reckoned[_day(row.reported_at), row.terminal, row.outcome.replace("-", "_")] += 1
        reckoned[_day(row.reported_at), row.terminal, "sheets"] += row.sheets_printed
    for row in connection.execute(_settled(municipality)):
        reckoned[_day(row.reported_at), row.terminal, "orders"] += 1
        reckoned[_day(row.reported_at), row.terminal, "captured"] += row.captured
    return +kept, +reckoned


def _settled(municipality: str) -> Any:
    """Settlements of orders that were issued, each with its terminal."""
    terminals = select(ledger.c.municipality, ledger.c.order_id, ledger.c.terminal).distinct().subquery()
    its_own = and_(
        terminals.c.municipality == settlements.c.municipality, terminals.c.order_id == settlements.c.order_id
    )
    return (
        select(settlements, terminals.c.terminal)
        .join(terminals, its_own)
        .where(settlements.c.municipality == municipality)
    )


def _day(at: int) -> str:
    return in_japan(at).date().isoformat()


def _sums(rows: Iterable[Any]) -> Sums:
    sums: Sums = Counter()
    for *key, times in rows:
        sums[tuple(key)] += int(times)
    return sums
