"""Reckons the sums of reports anew from the rows that they follow, so that anybody can see that they are the same."""

from collections import Counter

from sqlalchemy import Connection, func, select

from certserver.pipeline.card_applications.counting import HERE
from certserver.storage.reports import card_counts, card_events

Sums = Counter[tuple[str | int, ...]]


def card_sums(connection: Connection, municipality: str) -> tuple[Sums, Sums]:
    """Counts of cards by thing, day, band and sex: as they are kept, and from their rows."""
    by = ("counted", "day", "age_from", "sex")
    kept = select(*(card_counts.c[name] for name in by), card_counts.c.times).where(
        card_counts.c.municipality == municipality, card_counts.c.source == HERE
    )
    columns = [card_events.c[name] for name in by]
    rows = select(*columns, func.count()).where(card_events.c.municipality == municipality).group_by(*columns)
    return _sums(connection.execute(kept).all()), _sums(connection.execute(rows).all())


def _sums(rows: object) -> Sums:
    sums: Sums = Counter()
    assert isinstance(rows, list)
    for *key, times in rows:
        sums[tuple(key)] += int(times)
    return sums
