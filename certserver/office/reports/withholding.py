"""Which numbers of a table are kept back: those of few people, and as many others as are needed so that none of those
can be computed from sums that are shown. Pure."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

SMALL = 10
"""Numbers below this, but 0, tell of few people. That there is nobody is told."""

Numbers = Mapping[Any, int]
"""By any keys that can be told apart."""


@dataclass(frozen=True, slots=True)
class Sum:
    """What a reader knows to hold: the parts add up to the total, each named by its key."""

    total: Hashable
    parts: tuple[Hashable, ...]


def withheld(values: Numbers, sums: Sequence[Sum], besides: Sequence[Sum] = ()) -> frozenset[Hashable]:
    """Keys of what is kept back. After that no small number follows from what is shown by any of the sums, alone or
    together; and where parts of a total that is shown are kept back, they are two or more and not few together. That
    holds for the sums `besides` too, which follow from the others."""
    small: frozenset[Hashable] = frozenset(key for key, value in values.items() if 0 < value < SMALL)
    kept: set[Hashable] = set(small)
    while True:
        weak = next((each for each in (*sums, *besides) if _is_weak(values, each, kept)), None)
        found = weak.parts if weak is not None else _around_what_follows(sums, kept, small)
        if found is None:
            return frozenset(key for key in values if key in kept)
        choice = _next(values, found, kept)
        if choice is None and weak is not None:
            # Parts alone do not suffice.
            choice = _next(values, (weak.total,), kept)
        if choice is None:
            choice = _next(values, _all_of(sums), kept)
        if choice is None:
            return frozenset(values)
        kept.add(choice)


def _is_weak(values: Numbers, each: Sum, kept: set[Hashable]) -> bool:
    """Whether the parts that are kept back of a total that is shown are one alone, or few together."""
    parts = [part for part in each.parts if part in kept]
    if not parts or each.total in kept:
        return False
    return len(parts) < 2 or sum(values[part] for part in parts) < SMALL


def _around_what_follows(
    sums: Sequence[Sum], kept: set[Hashable], small: Iterable[Hashable]
) -> tuple[Hashable, ...] | None:
    """What stands in a sum with a small number that follows from what is shown; None when none does."""
    follows = following(sums, kept)
    for key in small:
        if key in follows:
            return tuple(each for one in sums if key in (one.total, *one.parts) for each in (*one.parts, one.total))
    return None


def following(sums: Sequence[Sum], kept: Iterable[Hashable]) -> frozenset[Hashable]:
    """Which of the numbers that are kept back follow from the others by the sums: those that every solution of the
    linear equations has alike."""
    unknown = list(dict.fromkeys(kept))
    place = {key: at for at, key in enumerate(unknown)}
    rows = []
    for each in sums:
        row = [Fraction(0)] * len(unknown)
        for part in each.parts:
            if part in place:
                row[place[part]] += 1
        if each.total in place:
            row[place[each.total]] -= 1
        if any(row):
            rows.append(row)
    return frozenset(unknown[at] for at in _alone(_reduced(rows, len(unknown))))


def _alone(rows: list[list[Fraction]]) -> set[int]:
    """Columns that a row of a reduced matrix holds alone."""
    found = set()
    for row in rows:
        filled = [at for at, value in enumerate(row) if value]
        if len(filled) == 1:
            found.add(filled[0])
    return found


def _reduced(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """The reduced row echelon form."""
    done = 0
    for column in range(width):
        pivot = next((at for at in range(done, len(rows)) if rows[at][column]), None)
        if pivot is None:
            continue
        rows[done], rows[pivot] = rows[pivot], rows[done]
        first = rows[done][column]
        rows[done] = [value / first for value in rows[done]]
        for at, row in enumerate(rows):
            if at != done and row[column]:
                times = row[column]
                rows[at] = [value - times * own for value, own in zip(row, rows[done], strict=True)]
        done += 1
    return rows[:done]


def _next(values: Numbers, among: Iterable[Hashable], kept: set[Hashable]) -> Hashable | None:
    """The least that can be kept back besides; what is nothing only when there is no other."""
    free = [key for key in dict.fromkeys(among) if key not in kept and key in values]
    return min(free, key=lambda key: (values[key] == 0, values[key]), default=None)


def _all_of(sums: Sequence[Sum]) -> tuple[Hashable, ...]:
    return tuple(key for each in sums for key in (*each.parts, each.total))
