"""How dark background and message of each field are in a scan: shares of black, against the white beside the field, so
that neither paper, exposure nor a slow change of light counts."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from kiosk.calibration.locate import Located, locate
from kiosk.calibration.places import Light, Points, mesh, read_light
from kiosk.calibration.plan import ACROSS, DOTS_PER_MM, SIDE, Field, Plan
from kiosk.calibration.scans import Grey
from kiosk.calibration.tone import Tone, tone_of
from kiosk.errors import ScanUnusable

STAINED = 0.003
"""How much the white around a field may differ from a straight slope of light: beyond, a shadow or a stain lies on it
that is worth a twentieth of the ground's own darkness."""

_HALF_MM = SIDE / 2 / DOTS_PER_MM
_GAP_MM = _HALF_MM + (ACROSS - SIDE) / 4 / DOTS_PER_MM
_BARE_MM = (
    *((side * _GAP_MM, third * 7.0, 0.55, 3.5) for side in (-1, 1) for third in (-1, 0, 1)),
    *((third * 7.0, -_HALF_MM - 0.8, 3.5, 0.35) for third in (-1, 0, 1)),
)
"""Where paper is bare around a field: middle and half the size, right and down from its middle. Beside it and above it,
below the number of the field before: a shadow's edge that lies between both sides would else pass for a slope."""
_DISC_FROM_MM, _DISC_TO_MM = 3.4, 5.4
"""The disc's edge is at 6.6 mm; what is weighed ends before it, softly, so that whole cells need not be met."""
_RING_FROM_MM, _RING_TO_MM = 7.8, 8.8
_BORDER_FROM_MM, _BORDER_TO_MM = 8.8, 10.4
_FINEST_STEP_MM = 1 / 24


@dataclass(frozen=True, slots=True)
class Density:
    """Shares of black in a field: 0.05 looks like a light grey. `clear` says that no shadow or stain was on it."""

    background: float
    message: float
    clear: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """A scan of a sheet, field by field in the order of their numbers."""

    plan: Plan
    tone: Tone
    fields: tuple[Density, ...]


def measure(picture: Grey) -> Measured:
    """Measures a scan of a calibration sheet, whichever way it lies. Raises `ScanUnusable`."""
    if min(picture.shape) < 100:
        raise ScanUnusable("the scan is too small: scan the whole sheet at 300 dpi or, better, 600 dpi")
    located = locate(picture, Tone.LINEAR.light(picture))
    tone = tone_of(picture, located.sheet, located.pixels_per_mm)
    light = tone.light(picture)
    return Measured(located.plan, tone, tuple(_density(light, located, field) for field in located.plan.fields))


def _density(light: Light, located: Located, field: Field) -> Density:
    place, middle = located.field(field), np.array([field.left + SIDE / 2, field.top + SIDE / 2])
    step = max(1 / located.pixels_per_mm, _FINEST_STEP_MM)

    def seen(points_mm: Points) -> Light:
        return read_light(light, place(points_mm * DOTS_PER_MM + middle))

    white, clear = _white(seen, step)
    grid = _grid(step)
    dark = 1 - seen(grid.points) / np.maximum(white[0] + grid.points @ white[1:], 1e-3)
    return Density(float(dark @ grid.background), float(dark @ grid.message), clear)


@dataclass(frozen=True, slots=True, eq=False)
class _Grid:
    """Points over a field in mm from its middle, and how much each of them counts, of 1 in all."""

    points: Points
    background: Points
    message: Points


@lru_cache(maxsize=4)
def _grid(step: float) -> _Grid:
    points, _ = mesh(-_HALF_MM, -_HALF_MM, _HALF_MM, _HALF_MM, step)
    away, border = np.hypot(*points.T), np.abs(points)
    message = 1 - _rises(away, _DISC_FROM_MM, _DISC_TO_MM)
    inside = (1 - _rises(border, _BORDER_FROM_MM, _BORDER_TO_MM)).prod(axis=1)
    background = _rises(away, _RING_FROM_MM, _RING_TO_MM) * inside
    return _Grid(points, background / background.sum(), message / message.sum())


def _white(seen: Callable[[Points], Light], step: float) -> tuple[Points, bool]:
    """Light of bare paper over a field, as its middle and its slope to the right and downwards by the mm; and whether
    that is all there is to it."""
    middles, whites = [], []
    for x, y, across, down in _BARE_MM:
        points, _ = mesh(x - across, y - down, x + across, y + down, step)
        light = seen(points)
        middles.append((1.0, x, y))
        whites.append(float(light[light > 0.85 * np.median(light)].mean()))
    rows, found = np.array(middles), np.array(whites)
    slope, *_ = np.linalg.lstsq(rows, found, rcond=None)
    return slope, bool(np.abs(rows @ slope - found).max() < STAINED * found.mean())


def _rises(at: Points, first: float, last: float) -> Points:
    """From 0 to 1 between two lengths, softly."""
    share = np.clip((at - first) / (last - first), 0, 1)
    risen: Points = share * share * (3 - 2 * share)
    return risen
