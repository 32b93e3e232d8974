"""Where everything stands on a calibration sheet: fields, codes in the corners, marks between the fields, the edge bar.
What draws a sheet and what measures a scan of it share these places. Lengths are dots at 600 dpi, unless in mm."""

from dataclasses import dataclass
from hashlib import sha256

import numpy as np
import numpy.typing as npt

from kiosk.errors import ConfigurationError
from koufu.ground.cell import CellProfile
from koufu.ground.profiles import RESOLUTIONS, profiles_for

Bits = npt.NDArray[np.bool_]
Place = tuple[int, int]
"""x from the left, y from the top."""

WIDTH, HEIGHT = 4960, 7016
"""A4."""
DOTS_PER_MM = 600 / 25.4

COLUMNS = 7
SIDE = 528
"""Of a field: 22.4 mm, whole cells of every profile."""
ACROSS, DOWN = 612, 660
"""From one field to the next."""
LEFT, TOP = 378, 1488
"""Of the first field. Multiples of 6, like all steps here: whole dots of printers of 600, 300 and 200 dpi."""
DISC_MM = 6.6
"""Radius of the hidden message: a disc in the middle of each field."""

MARK = 21
"""Radius of a mark: a black disc in the gap between four fields."""

MODULE, MODULES = 12, 25
CORNERS: dict[str, Place] = {"NW": (240, 240), "NE": (4416, 240), "SW": (240, 6474), "SE": (4416, 6474)}
"""Left top corners of the codes."""

BAR = (378, 1290, 4578, 1338)
"""Left, top, right, bottom of a black bar: its edges tell how a scanner writes down what is half dark."""

_KIND = "KOUFU-GROUND"


@dataclass(frozen=True, slots=True)
class Field:
    """One setting on the sheet, under its number."""

    number: int
    profile: CellProfile
    left: int
    top: int

    @property
    def marks(self) -> tuple[Place, Place, Place, Place]:
        """The middles of the four marks around it: left top, right top, left bottom, right bottom."""
        beside, above = (ACROSS - SIDE) // 2, (DOWN - SIDE) // 2
        left, right = self.left - beside, self.left + SIDE + beside
        top, bottom = self.top - above, self.top + SIDE + above
        return ((left, top), (right, top), (left, bottom), (right, bottom))


@dataclass(frozen=True, slots=True)
class Plan:
    """The sheet for printers of one resolution."""

    dpi: int
    fields: tuple[Field, ...]

    @property
    def name(self) -> str:
        """What each code says before the name of its corner. It changes with the settings on the sheet, so that no scan
        of another version is measured by mistake."""
        content = repr(
            [
                (field.number, field.profile.cell, field.profile.background, field.profile.message)
                for field in self.fields
            ]
        )
        return f"{_KIND} {self.dpi} {sha256(content.encode('ascii')).hexdigest()[:6].upper()}"

    @property
    def marks(self) -> tuple[Place, ...]:
        """The middles of all marks."""
        return tuple(sorted({mark for field in self.fields for mark in field.marks}))

    def field(self, number: int) -> Field:
        """The field of that number. Raises `ConfigurationError`."""
        if not 1 <= number <= len(self.fields):
            raise ConfigurationError(
                f"the sheet for {self.dpi} dpi has fields 1 to {len(self.fields)}, not {number}; for a printer of "
                "another resolution say --dpi"
            )
        return self.fields[number - 1]


def plan_for(dpi: int) -> Plan:
    """The sheet for printers of this resolution: 600, 300 or 200."""
    return Plan(
        dpi,
        tuple(
            Field(at + 1, profile, LEFT + at % COLUMNS * ACROSS, TOP + at // COLUMNS * DOWN)
            for at, profile in enumerate(profiles_for(dpi))
        ),
    )


def plan_named(name: str) -> Plan | None:
    """The sheet whose codes begin with this; None where it is none of this build."""
    return next((plan for plan in map(plan_for, RESOLUTIONS) if plan.name == name), None)


def is_a_sheet(content: str) -> bool:
    """Whether a code is one of a calibration sheet, of whatever version."""
    return content.startswith(f"{_KIND} ")


def disc_cells(cell: int) -> Bits:
    """Which cells of a field belong to the hidden disc."""
    count = SIDE // cell
    middles = (np.arange(count) + 0.5) * cell - SIDE / 2
    away: Bits = np.hypot(middles[:, None], middles[None, :]) < DISC_MM * DOTS_PER_MM
    return away
