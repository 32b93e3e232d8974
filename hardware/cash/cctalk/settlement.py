"""What the account says since the last count, beside what a person found in the box. Pure."""

from dataclasses import dataclass

from hardware.cash.cctalk.till import Doubt, Till
from hardware.cash.change import Pieces


@dataclass(frozen=True, slots=True)
class Row:
    """One denomination in pieces: what came in and went out, and what should now be in the box and in its hopper.
    `found` is what was counted in the box, None where nobody counted."""

    yen: int
    came_in: int
    went_out: int
    box: int
    hopper: int
    found: int | None


@dataclass(frozen=True, slots=True)
class Settlement:
    """Since `since`, a moment in text or empty where nobody ever counted. Yen: `kept` are the fees, `held` is a
    customer's now, and `over` came in and is neither: what is owed, or what nobody can explain."""

    since: str
    rows: tuple[Row, ...]
    kept: int
    held: int
    doubts: tuple[Doubt, ...]

    @property
    def came_in(self) -> int:
        """Yen."""
        return sum(row.yen * row.came_in for row in self.rows)

    @property
    def went_out(self) -> int:
        """Yen."""
        return sum(row.yen * row.went_out for row in self.rows)

    @property
    def over(self) -> int:
        """Yen; less than 0 where more went out than ever was anybody's."""
        return self.came_in - self.went_out - self.kept - self.held

    @property
    def box(self) -> int:
        """Yen that should be in the box."""
        return sum(row.yen * row.box for row in self.rows)

    @property
    def found(self) -> int | None:
        """Yen that were counted in the box."""
        if any(row.found is None for row in self.rows):
            return None
        return sum(row.yen * (row.found or 0) for row in self.rows)


def settlement(till: Till, found: Pieces | None = None) -> Settlement:
    """What the account says now."""
    book = till.book
    kinds = {*till.hoppers, *till.box, *book.came_in, *book.went_out, *(found or {})}
    rows = tuple(
        Row(
            yen,
            book.came_in.get(yen, 0),
            book.went_out.get(yen, 0),
            till.box.get(yen, 0),
            till.hoppers.get(yen, 0),
            None if found is None else found.get(yen, 0),
        )
        for yen in sorted(kinds, reverse=True)
    )
    doubts = tuple(sorted(till.doubts, key=lambda each: each.value))
    return Settlement(book.since, rows, book.kept, till.held, doubts)
