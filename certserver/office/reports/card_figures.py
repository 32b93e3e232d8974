"""Figures of cards, as they are added up, and which of them are kept back. Pure."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from certserver.applications.counted import Counted
from certserver.office.reports.table import WITHHELD, Ratio, Value
from certserver.office.reports.withholding import Sum, withheld

NATIONWIDE = "all"
"""The key of the sum of all rows."""


@dataclass(frozen=True, slots=True)
class Figures:
    """People and cards of one row. Cards are counted from the beginning of all counting."""

    population: int = 0
    applied: int = 0
    delivered: int = 0
    ended: int = 0

    @property
    def held(self) -> int:
        """保有枚数: what was delivered and did not end."""
        return self.delivered - self.ended

    def __add__(self, other: "Figures") -> "Figures":
        return Figures(
            self.population + other.population,
            self.applied + other.applied,
            self.delivered + other.delivered,
            self.ended + other.ended,
        )


def figures_of(counts: Mapping[Counted, int]) -> Figures:
    """Figures from what was counted."""
    return Figures(
        counts.get(Counted.POPULATION, 0),
        counts.get(Counted.APPLIED, 0),
        counts.get(Counted.DELIVERED, 0),
        counts.get(Counted.ENDED, 0),
    )


def added(figures: Iterable[Figures]) -> Figures:
    """The sum."""
    total = Figures()
    for each in figures:
        total += each
    return total


@dataclass(frozen=True, slots=True)
class AsOf:
    """On which day cards were counted, and of which day the population is; None when none was handed over."""

    day: date
    population: date | None


Measure = Callable[[Figures], int]


@dataclass(frozen=True, slots=True)
class Kept:
    """What of one measure is kept back, by the keys of its cells."""

    keys: frozenset[Hashable]

    def value(self, key: Hashable, number: int) -> Value:
        """A number, unless it is kept back."""
        return WITHHELD if key in self.keys else number

    def ratio(self, key: Hashable, part: int, whole: int) -> Value:
        """A rate, unless the number that it would give away is kept back."""
        return WITHHELD if key in self.keys else Ratio(part, whole)


NOTHING_KEPT = Kept(frozenset())


def kept_back(
    values: Mapping[Hashable, int], sums: Sequence[Sum], besides: Sequence[Sum] = (), *, small_cells: bool
) -> Kept:
    """What is kept back of these numbers, from whoever may not see small cells."""
    return NOTHING_KEPT if small_cells else Kept(withheld(values, sums, besides))


def kept_in_rows(rows: Mapping[str, Figures], measure: Measure, *, small_cells: bool) -> Kept:
    """What is kept back of one measure in rows that add up to `NATIONWIDE`. A single row is its own sum."""
    values: dict[Hashable, int] = {key: measure(figures) for key, figures in rows.items()}
    sums = [Sum(NATIONWIDE, tuple(rows))] if len(rows) > 1 else []
    values[NATIONWIDE] = sum(values.values())
    return kept_back(values, sums, small_cells=small_cells)
