"""Cell profiles of the copy-warning ground as data. A kiosk's printer is calibrated to one of them; the order names it
in `printer_profile`. Its dots are whole dots of the printers it is for: 600, 300 or 200 dpi."""

from collections.abc import Iterable
from dataclasses import dataclass

from koufu.ground.cell import CellProfile, Dots, grid, lump

_STANDARD = Dots(((2, 2, 2, 2), (10, 2, 2, 2), (2, 10, 2, 2), (10, 10, 2, 2)))

FINE = CellProfile("standard", 16, _STANDARD, Dots(((6, 6, 4, 4),)), frozenset({300, 600}))
COARSE = CellProfile(
    "coarse",
    24,
    Dots(tuple((x, y, 2, 2) for y in (2, 10, 18) for x in (2, 10, 18))),
    Dots(((8, 8, 6, 6),)),
    frozenset({300, 600}),
)
EVEN = CellProfile(
    "even",
    24,
    grid(3, 3, 1, 24, 2),
    Dots(tuple((x + at, y + at, *size) for at in (4, 16) for x, y, size in ((0, 0, (4, 2)), (0, 2, (2, 2))))),
    frozenset({300, 600}),
)
"""Even on a printer that neither swells nor thins a stroke. The bits of message and background in `FINE` and `COARSE`
cover the same, but toner does not: on that printer their messages are half as dark again as what surrounds them."""
USUAL = EVEN
"""Printed by terminals whose printer was not calibrated."""
DOTS_200 = CellProfile(
    "dots-200",
    24,
    Dots(((3, 3, 3, 3), (15, 3, 3, 3), (3, 15, 3, 3), (15, 15, 3, 3))),
    Dots(((9, 9, 6, 6),)),
    frozenset({200}),
)
"""For printers of 200 dpi, on whose dots the cells of the others beat: single dots, and two by two."""


@dataclass(frozen=True, slots=True)
class _Step:
    """One step of a ladder: the cell's side in dots of 600 dpi, small dots across and down it, and how many of the
    printer's own dots a small one and the message's one have."""

    cell: int
    across: int
    down: int
    small: int
    message: int


_LADDER_600 = (
    _Step(16, 2, 2, 6, 12),
    _Step(24, 3, 4, 6, 27),
    _Step(24, 4, 4, 5, 22),
    _Step(16, 2, 2, 6, 13),
    _Step(24, 3, 4, 6, 30),
    _Step(24, 3, 4, 5, 20),
    _Step(24, 3, 4, 6, 32),
    _Step(24, 3, 4, 6, 33),
    _Step(24, 3, 3, 6, 27),
    _Step(24, 3, 3, 6, 28),
    _Step(24, 2, 3, 6, 21),
    _Step(24, 3, 4, 5, 27),
    _Step(16, 2, 2, 4, 9),
    _Step(24, 3, 3, 5, 23),
    _Step(24, 2, 3, 5, 17),
    _Step(16, 2, 2, 4, 10),
    _Step(24, 4, 5, 4, 42),
    _Step(16, 3, 3, 4, 21),
    _Step(24, 3, 3, 4, 22),
    _Step(16, 2, 2, 4, 11),
    _Step(16, 2, 3, 3, 10),
    _Step(16, 3, 3, 3, 15),
    _Step(24, 4, 4, 2, 12),
    _Step(24, 3, 4, 3, 22),
    _Step(24, 3, 4, 3, 23),
    _Step(16, 3, 3, 3, 18),
    _Step(24, 3, 3, 3, 19),
    _Step(24, 3, 3, 3, 20),
    _Step(24, 3, 3, 3, 21),
    _Step(24, 4, 5, 2, 25),
    _Step(24, 5, 5, 2, 33),
    _Step(24, 3, 4, 2, 16),
    _Step(24, 4, 5, 2, 29),
    _Step(16, 3, 3, 2, 13),
    _Step(24, 4, 5, 2, 32),
    _Step(16, 3, 3, 2, 14),
    _Step(24, 3, 4, 2, 20),
    _Step(16, 2, 3, 2, 10),
    _Step(24, 4, 4, 2, 31),
    _Step(16, 2, 3, 2, 11),
    _Step(24, 4, 4, 2, 35),
    _Step(24, 3, 3, 2, 19),
    _Step(24, 3, 3, 2, 20),
    _Step(24, 6, 6, 1, 37),
    _Step(24, 4, 6, 1, 25),
    _Step(24, 4, 5, 1, 21),
    _Step(24, 4, 5, 1, 22),
)
"""From printers that draw a stroke a dot thinner than its bits to those that draw it a dot wider: a weak printer loses
small dots and wants larger ones, a heavy one swells them and wants the smallest. The steps are as narrow as it takes
for every printer between to have one on which message and background differ by less than 3 %, and so more of them at
the heavy end; on a copier each loses half of its background or more. Found by a search over dots in the model of the
print (`tests/support/paper_model.py`), and tested in it."""

_LADDER_300 = (
    _Step(24, 3, 3, 2, 8),
    _Step(24, 2, 3, 2, 6),
    _Step(24, 3, 4, 2, 11),
    _Step(16, 3, 3, 1, 3),
    _Step(24, 5, 5, 1, 6),
    _Step(24, 4, 6, 1, 6),
    _Step(16, 2, 2, 2, 5),
    _Step(16, 3, 4, 1, 4),
    _Step(24, 3, 4, 2, 13),
    _Step(24, 4, 5, 1, 7),
    _Step(24, 4, 4, 1, 6),
    _Step(16, 2, 3, 1, 3),
    _Step(24, 4, 5, 1, 8),
    _Step(24, 5, 5, 1, 10),
    _Step(24, 4, 4, 1, 7),
    _Step(24, 3, 3, 2, 12),
    _Step(24, 3, 4, 1, 6),
    _Step(24, 4, 5, 1, 10),
    _Step(24, 3, 3, 1, 5),
    _Step(24, 4, 6, 1, 13),
    _Step(24, 4, 4, 1, 9),
    _Step(24, 3, 4, 1, 7),
    _Step(24, 4, 5, 1, 12),
    _Step(24, 2, 3, 1, 4),
    _Step(24, 4, 4, 1, 11),
    _Step(16, 2, 2, 1, 3),
    _Step(24, 3, 3, 1, 7),
    _Step(24, 2, 3, 1, 5),
    _Step(24, 3, 3, 1, 8),
    _Step(24, 3, 3, 1, 9),
    _Step(16, 2, 2, 1, 4),
    _Step(24, 2, 3, 1, 7),
    _Step(24, 2, 3, 1, 8),
)
"""The same for 300 dpi, whose smallest dot is 2 x 2 of the finest: heavy printers keep it, and so do copiers."""

_LADDER_200 = (
    _Step(24, 3, 3, 1, 5),
    _Step(24, 3, 4, 1, 7),
    _Step(24, 2, 3, 1, 4),
    _Step(24, 2, 2, 1, 3),
    _Step(24, 2, 3, 1, 5),
    _Step(24, 1, 2, 1, 2),
)
"""The same for 200 dpi: few steps, and a weak warning on copies of all but weak printers."""


def _ladder(dpi: int, steps: Iterable[_Step]) -> tuple[CellProfile, ...]:
    """Their ids are the resolution and the number on the calibration sheet, and never change their meaning: a site's
    settings and its orders name them."""
    unit = 600 // dpi
    return tuple(
        CellProfile(
            f"{dpi}-{number:02d}",
            step.cell,
            grid(step.across, step.down, step.small, step.cell, unit),
            lump(step.message, step.cell, unit),
            frozenset({dpi}),
        )
        for number, step in enumerate(steps, 1)
    )


_BY_RESOLUTION = {
    600: (*_ladder(600, _LADDER_600), FINE, COARSE),
    300: (*_ladder(300, _LADDER_300), FINE, COARSE),
    200: (*_ladder(200, _LADDER_200), DOTS_200),
}

RESOLUTIONS = tuple(_BY_RESOLUTION)
"""Dots per inch for which there are profiles, the finest first."""

CELL_PROFILES = {
    EVEN.profile_id: EVEN,
    **{profile.profile_id: profile for profiles in _BY_RESOLUTION.values() for profile in profiles},
}
"""Every profile an order may name."""


def profiles_for(dpi: int) -> tuple[CellProfile, ...]:
    """Those for printers of this resolution, in the order of their numbers on the calibration sheet: first the ladder,
    from weak to heavy printers, then those without one. Raises `KeyError`."""
    return _BY_RESOLUTION[dpi]
