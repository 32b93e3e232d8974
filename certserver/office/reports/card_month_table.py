"""The table of cards month by month: what came in and went out, what it adds up to, and the rate of it. Pure."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date

from certserver.office.reports.card_figures import AsOf, Figures, kept_back
from certserver.office.reports.card_tables import notes
from certserver.office.reports.table import Chart, Column, Shape, Table
from certserver.office.reports.withholding import Sum
from certserver.office.reports.words import Words

_LONGEST = 13


@dataclass(frozen=True, slots=True)
class Month:
    """A month by its first day: cards within it alone, and the population that rates are taken by at its end."""

    first: date
    within: Figures


def month_table(
    words: Words, before: Figures, months: Sequence[Month], as_of: AsOf, *, small_cells: bool, ten_thousands: bool
) -> Table:
    """月別. `before` is what was counted before the first of the months, which follow each other."""
    sums = _running(before, months)
    applied = kept_back({at: each.within.applied for at, each in enumerate(months)}, (), small_cells=small_cells)
    held = kept_back({at: each.held for at, each in enumerate(sums)}, (), small_cells=small_cells)
    values: dict[Hashable, int] = {("month", at): each.within.delivered for at, each in enumerate(months)}
    values |= {("sum", at): each.delivered for at, each in enumerate(sums)}
    # What was delivered before may be known from an earlier table.
    follow = [Sum(("sum", at), (("sum", at - 1), ("month", at))) for at in range(len(months))]
    delivered = kept_back(values, follow, _spans(len(months)), small_cells=small_cells)
    rows = tuple(
        (
            words.month(each.first),
            applied.value(at, each.within.applied),
            delivered.value(("month", at), each.within.delivered),
            delivered.value(("sum", at), sums[at].delivered),
            delivered.ratio(("sum", at), sums[at].delivered, each.within.population),
            held.value(at, sums[at].held),
            held.ratio(at, sums[at].held, each.within.population),
        )
        for at, each in enumerate(months)
    )
    unit, sign = (Shape.PLAIN_TEN_THOUSANDS, "cards.ten-thousands") if ten_thousands else (Shape.COUNT, "cards.cards")
    columns = (
        Column(words("cards.month"), Shape.TEXT),
        Column(words("cards.applied-in-month", unit=words(sign)), unit),
        Column(words("cards.delivered-in-month", unit=words(sign)), unit),
        Column(words("cards.delivered-so-far")),
        Column(words("cards.share-of-population"), Shape.PERCENT),
        Column(words("cards.held")),
        Column(words("cards.held-rate"), Shape.PERCENT),
    )
    title = words("cards.by-month", day=words.day(as_of.day))
    return Table("cards-by-month", title, columns, rows, notes(words, as_of), Chart(labels=0, values=2))


def _spans(months: int) -> list[Sum]:
    """Sums over several months, up to a year and one, from one that is shown to another."""
    return [
        Sum(("sum", last), (("sum", first - 1), *(("month", at) for at in range(first, last + 1))))
        for last in range(months)
        for first in range(max(0, last - _LONGEST + 1), last)
    ]


def _running(before: Figures, months: Sequence[Month]) -> list[Figures]:
    sums = []
    total = before
    for each in months:
        total += each.within
        sums.append(total)
    return sums
