"""One cell of the copy-warning ground: where ink lies in it. Lengths are dots of a 600-dpi printer."""

from dataclasses import dataclass
from math import isqrt

Bar = tuple[int, int, int, int]
"""Left, top, width and height from the cell's left top corner."""

FINEST_DPI = 600

_SMALL: dict[int, tuple[Bar, ...]] = {
    1: ((0, 0, 1, 1),),
    2: ((0, 0, 1, 2),),
    3: ((0, 0, 2, 1), (0, 1, 1, 1)),
    4: ((0, 0, 2, 2),),
    5: ((0, 0, 2, 2), (0, 2, 1, 1)),
    6: ((0, 0, 2, 3),),
}
"""A small dot by how many of the printer's own dots it has. Few shapes, since what an isolated dot prints like depends
on its shape far more than on its size."""


@dataclass(frozen=True, slots=True)
class Dots:
    """What is inked in a cell of one kind, as bars that do not lie over each other."""

    bars: tuple[Bar, ...]

    def coverage(self, cell: int) -> float:
        """The inked share of a cell of that side."""
        return sum(width * height for _, _, width, height in self.bars) / (cell * cell)


@dataclass(frozen=True, slots=True)
class CellProfile:
    """A square cell of that side, for printers of these resolutions. Background and message print equally dark on the
    printer it suits, so that the message is invisible on the original; a copier loses the small dots of the background
    first. Raises `ValueError` for dots outside the cell or between a printer's own."""

    profile_id: str
    cell: int
    background: Dots
    message: Dots
    resolutions: frozenset[int]

    def __post_init__(self) -> None:
        edges = [self.cell]
        for left, top, width, height in (*self.background.bars, *self.message.bars):
            edges += (left, top, left + width, top + height)
        if min(edges) < 0 or max(edges) > self.cell:
            raise ValueError(f"{self.profile_id}: a dot lies outside its cell")
        if any(edge % (FINEST_DPI // dpi) for dpi in self.resolutions for edge in edges):
            raise ValueError(f"{self.profile_id}: a dot lies between the dots of its printer")


def grid(across: int, down: int, size: int, cell: int, unit: int = 1) -> Dots:
    """So many small dots evenly over a cell, each of `size` dots of a printer whose own has a side of `unit`."""
    return Dots(
        tuple(
            (left + x * unit, top + y * unit, width * unit, height * unit)
            for top in _spread(down, cell, unit)
            for left in _spread(across, cell, unit)
            for x, y, width, height in _SMALL[size]
        )
    )


def lump(size: int, cell: int, unit: int = 1) -> Dots:
    """One dot in the middle of a cell, as square as `size` dots of the printer can be: full rows, and a shorter one."""
    width = max(1, isqrt(size + isqrt(size)))
    rows, rest = divmod(size, width)
    left, top = (cell // unit - width) // 2, (cell // unit - rows - (rest > 0)) // 2
    bars = [(left, top, width, rows)] + ([(left + (width - rest) // 2, top + rows, rest, 1)] if rest else [])
    return Dots(tuple((x * unit, y * unit, w * unit, h * unit) for x, y, w, h in bars))


def _spread(count: int, cell: int, unit: int) -> tuple[int, ...]:
    """Where so many dots begin, so that they lie evenly whatever their size is."""
    return tuple(int((at + 0.5) * cell / count - 1) // unit * unit for at in range(count))
