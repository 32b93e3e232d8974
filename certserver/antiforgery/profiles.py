"""Cell profiles of the copy-warning ground as data. A kiosk's printer is calibrated to one of them; the order names it
in `printer_profile`. Its dots are whole dots of the printers it is for: 600 and 300 dpi, or 200 dpi."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dots:
    """Square dots of one kind in a cell: side and top left corners, in dots of 600 dpi."""

    side: int
    corners: tuple[tuple[int, int], ...]

    def coverage(self, cell: int) -> float:
        """The inked share of a cell of that side."""
        return len(self.corners) * self.side * self.side / (cell * cell)


@dataclass(frozen=True, slots=True)
class CellProfile:
    """A square cell of `cell` dots at 600 dpi. Background and message have the same coverage, so that the message
    is invisible on the original; a copier loses the small dots of the background first."""

    profile_id: str
    cell: int
    background: Dots
    message: Dots

    def __post_init__(self) -> None:
        if self.background.coverage(self.cell) != self.message.coverage(self.cell):
            raise ValueError("background and message must have the same coverage")


FINE = CellProfile("standard", 16, Dots(2, ((2, 2), (10, 2), (2, 10), (10, 10))), Dots(4, ((6, 6),)))
COARSE = CellProfile(
    "coarse",
    24,
    Dots(2, tuple((x, y) for y in (2, 10, 18) for x in (2, 10, 18))),
    Dots(6, ((8, 8),)),
)
DOTS_200 = CellProfile("dots-200", 24, Dots(3, ((3, 3), (15, 3), (3, 15), (15, 15))), Dots(6, ((9, 9),)))
"""For printers of 200 dpi, on whose dots the cells of the others beat: single dots, and two by two."""

CELL_PROFILES = {profile.profile_id: profile for profile in (FINE, COARSE, DOTS_200)}
"""Every profile an order may name."""
