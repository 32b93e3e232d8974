"""The copy-warning ground (けん制文字の地紋): dots in which the words 複写 and the municipality's name are as dark as
what surrounds them, until a copier loses the smaller dots. Only 1-bit pictures leave this module."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from certserver.antiforgery.paper import Box, dots
from certserver.font_files import GOTHIC_BOLD, installed
from koufu.ground.cell import CellProfile
from koufu.ground.cells import ink

Bits = npt.NDArray[np.bool_]

FIELD = Box(270, 360, 4686, 6504)
"""Where ground may stand: x 11.4-198.4, y 15.2-275.3 mm, whole cells of every profile. Its edges are whole dots at 200,
300 and 600 dpi, so that no such printer resamples the ground."""

BACK_FIELD_TOP = 2088
"""Upper edge of the ground on a back, y 88.4 mm."""

WARNING = "複写"

_LARGE_MM = 33.87
_NAME_MM = 20.32
_SMALL_MM = 20.32
_ROW_GAP_MM = 9.48
_PAIR_PITCH_MM = 104.3
_CIRCLE_CELLS = 20
_RING_CELLS = 0.5
_CHARACTER_GAP = 2


@dataclass(frozen=True, slots=True)
class Ground:
    """One form's ground in cells, each as (rows, columns): where ground lies at all, where the message stands."""

    profile: CellProfile
    inked: Bits
    message: Bits
    sums: npt.NDArray[np.int32]
    """(rows + 1, columns + 1): how many cells of the message stand above and to the left."""

    def picture(self) -> Bits:
        """The whole field dot by dot, True for ink: (6144, 4416)."""
        return ink(self.profile, self.inked & ~self.message, self.inked & self.message)

    def background_picture(self) -> Bits:
        """The field as it were without any message."""
        return ink(self.profile, self.inked, np.zeros_like(self.inked))

    def window(self, box: Box) -> Bits:
        """The part of the picture in a box of whole cells."""
        cells = self._cells(box)
        return ink(
            self.profile,
            self.inked[cells] & ~self.message[cells],
            self.inked[cells] & self.message[cells],
        )

    def whole_cells(self, box: Box) -> Box:
        """The smallest box of whole cells around a box, cut at the edges of the field."""
        return _whole_cells(box, self.profile.cell)

    def message_within(self, boxes: Sequence[Box]) -> str:
        """A path around the whole cells of each box that holds a cell of the message; empty when none does."""
        if not boxes:
            return ""
        edges = np.array([(box.left, box.top, -box.right, -box.bottom) for box in boxes])
        origin = np.array((FIELD.left, FIELD.top, -FIELD.left, -FIELD.top))
        cells = (edges - origin) // self.profile.cell * (1, 1, -1, -1)
        rows, columns = self.message.shape
        left, top, right, bottom = cells.clip(0, (columns, rows, columns, rows)).T
        sums = self.sums
        found = sums[bottom, right] - sums[top, right] - sums[bottom, left] + sums[top, left]
        inside = (found > 0) & (left < right) & (top < bottom)
        corners = np.stack((left, top, right - left, bottom - top), axis=1)[inside] * self.profile.cell
        corners[:, :2] += (FIELD.left, FIELD.top)
        return " ".join([f"{x} {y} {width} {height} re" for x, y, width, height in corners.tolist()])

    def _cells(self, box: Box) -> tuple[slice, slice]:
        side = self.profile.cell
        return (
            slice((box.top - FIELD.top) // side, (box.bottom - FIELD.top) // side),
            slice((box.left - FIELD.left) // side, (box.right - FIELD.left) // side),
        )


def draw_ground(profile: CellProfile, municipality: str, quiet: Box | None = None) -> Ground:
    """The ground for one municipality. `quiet`: a zone free of text, in which the warning stands twice, uncut and
    smaller, instead of what the rows would put there."""
    side = profile.cell
    columns, rows = FIELD.width // side, FIELD.height // side

    def cells(mm: float) -> int:
        return round(dots(mm) / side)

    canvas = Image.new("1", (columns, rows), 0)
    draw = ImageDraw.Draw(canvas)
    large, small, gap, pitch = cells(_LARGE_MM), cells(_NAME_MM), cells(_ROW_GAP_MM), cells(_PAIR_PITCH_MM)
    top = gap // 2
    left = (columns - pitch - _written(len(WARNING), large)) // 2
    while top < rows:
        for at in (left, left + pitch):
            _write(draw, WARNING, at, top, large)
        top += large + gap
        _write(draw, municipality, (columns - _written(len(municipality), small)) // 2, top, small)
        top += small + gap
    if quiet is not None:
        _write_quiet(draw, quiet, side, cells(_SMALL_MM))
    message = np.asarray(canvas, dtype=np.bool_)
    sums = np.pad(message.cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32), ((1, 0), (1, 0)))
    return Ground(profile, ~_camouflage(rows, columns, _CIRCLE_CELLS), message, sums)


def _whole_cells(box: Box, side: int) -> Box:
    return Box(
        max(FIELD.left, FIELD.left + (box.left - FIELD.left) // side * side),
        max(FIELD.top, FIELD.top + (box.top - FIELD.top) // side * side),
        min(FIELD.right, FIELD.left - (FIELD.left - box.right) // side * side),
        min(FIELD.bottom, FIELD.top - (FIELD.top - box.bottom) // side * side),
    )


def _write_quiet(draw: ImageDraw.ImageDraw, quiet: Box, side: int, size: int) -> None:
    zone = _whole_cells(quiet, side)
    left, right = (zone.left - FIELD.left) // side, (zone.right - FIELD.left) // side
    top, bottom = (zone.top - FIELD.top) // side, (zone.bottom - FIELD.top) // side
    draw.rectangle((left, top, right - 1, bottom - 1), fill=0)
    width = _written(len(WARNING), size)
    row = top + (bottom - top - size) // 2
    for at in (left, right - width):
        _write(draw, WARNING, at, row, size)


def _write(draw: ImageDraw.ImageDraw, text: str, left: int, top: int, size: int) -> None:
    """Characters of `size` cells beside each other, each in its own square, without grey."""
    draw.fontmode = "1"
    font = ImageFont.truetype(installed(GOTHIC_BOLD), size)
    for at, character in enumerate(text):
        corner = left + at * (size + _CHARACTER_GAP)
        draw.text((corner + size / 2, top + size / 2), character, font=font, fill=1, anchor="mm")


def _written(count: int, size: int) -> int:
    """How many cells that many characters take."""
    return count * size + (count - 1) * _CHARACTER_GAP


def _camouflage(rows: int, columns: int, diameter: int) -> Bits:
    """七宝: circles around every point of two interlaced square grids, one cell wide, left white in background and
    message alike."""
    radius = diameter / 2
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float64)
    white = np.zeros((rows, columns), dtype=np.bool_)
    for shift in (0.0, radius):
        away_x = np.abs((x + shift + radius) % diameter - radius)
        away_y = np.abs((y + shift + radius) % diameter - radius)
        white |= np.abs(np.hypot(away_x, away_y) - radius) < _RING_CELLS
    return white
