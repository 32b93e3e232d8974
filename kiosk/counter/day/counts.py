"""Notes and coins, piece by piece."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

DENOMINATIONS = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10, 5, 1)
"""Yen, the largest first."""

MOST_PIECES = 10_000
"""Of one denomination: more is a slip of the hand."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many pieces of each denomination; none that are zero, the largest first."""

    pieces: tuple[tuple[int, int], ...] = ()

    def __post_init__(self) -> None:
        if any(yen not in DENOMINATIONS or not 0 < count <= MOST_PIECES for yen, count in self.pieces):
            raise ValueError("these are no notes and coins")
        if list(self.pieces) != sorted(dict(self.pieces).items(), reverse=True):
            raise ValueError("each denomination stands once, the largest first")

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return iter(self.pieces)

    def __bool__(self) -> bool:
        return bool(self.pieces)

    @property
    def total(self) -> int:
        """In yen."""
        return sum(yen * count for yen, count in self.pieces)

    def of(self, yen: int) -> int:
        """How many pieces of one denomination."""
        return dict(self.pieces).get(yen, 0)

    def plus(self, other: "Counts") -> "Counts":
        """Both together."""
        return counts({yen: self.of(yen) + other.of(yen) for yen in DENOMINATIONS})

    def minus(self, other: "Counts") -> "Counts | None":
        """What is left; None when there are not so many pieces."""
        left = {yen: self.of(yen) - other.of(yen) for yen in DENOMINATIONS}
        return None if min(left.values()) < 0 else counts(left)


NOTHING = Counts()


def counts(pieces: Mapping[int, int]) -> Counts:
    """From denomination → pieces. Raises `ValueError` for what are no notes and coins."""
    return Counts(tuple((yen, pieces[yen]) for yen in sorted(pieces, reverse=True) if pieces[yen]))


def one_each(amounts: Iterable[int]) -> Counts:
    """From single notes and coins."""
    found: dict[int, int] = {}
    for yen in amounts:
        found[yen] = found.get(yen, 0) + 1
    return counts(found)


def change_for(yen: int, drawer: Counts) -> Counts | None:
    """Pieces of the drawer that make up this sum, the largest first; None when it has none that do."""
    return _made(yen, drawer, DENOMINATIONS)


def _made(yen: int, drawer: Counts, left: tuple[int, ...]) -> Counts | None:
    if yen == 0:
        return NOTHING
    if not left:
        return None
    first, *others = left
    for pieces in range(min(yen // first, drawer.of(first)), -1, -1):
        rest = _made(yen - pieces * first, drawer, tuple(others))
        if rest is not None:
            return rest.plus(counts({first: pieces})) if pieces else rest
        if pieces and (yen - pieces * first) and not any(drawer.of(each) for each in others):
            break
    return None
