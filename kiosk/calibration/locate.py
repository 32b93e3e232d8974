"""Finds a calibration sheet in a scan, however it lies: by the codes in its corners, then by the marks between its
fields. Says in plain words what is missing."""

from dataclasses import dataclass

import numpy as np
import zxingcpp

from kiosk.calibration.places import Light, Points, Projection, mesh, projection, read_light
from kiosk.calibration.plan import (
    CORNERS,
    DOTS_PER_MM,
    MARK,
    MODULE,
    MODULES,
    Field,
    Place,
    Plan,
    is_a_sheet,
    plan_named,
)
from kiosk.calibration.scans import Grey
from kiosk.errors import ScanUnusable

LEAST_PIXELS_PER_MM = 7.0
"""180 dpi: below, small dots are lost before they are measured."""

_SEEN_AT_MOST = 2600
"""Pixels across in which codes are looked for: 300 dpi, at which they are read fastest."""
_SEARCH_MM, _STEP_MM, _CORE_MM = 4.0, 0.1, 1.3
_MARK_MM = MARK / DOTS_PER_MM
_SOLID, _FILLED = 0.5, 0.7
_LEAST_CONTRAST = 0.25
"""Of black against white, in a scanner's own levels."""
_ROUND = 1.3
"""How much further apart a mark's ink may lie than a disc's: a number beside it is no disc."""
_NAMES = {"NW": "top left", "NE": "top right", "SW": "bottom left", "SE": "bottom right"}


@dataclass(frozen=True, slots=True)
class Located:
    """A sheet found in a picture: which one, and where its marks are, in pixels."""

    plan: Plan
    sheet: Projection
    marks: dict[Place, Points]
    pixels_per_mm: float

    def field(self, field: Field) -> Projection:
        """From dots of the sheet around this field to pixels, by its own four marks: paper is never quite flat."""
        return projection(np.array(field.marks, dtype=np.float64), np.array([self.marks[at] for at in field.marks]))


def locate(picture: Grey, light: Light) -> Located:
    """The calibration sheet in this picture, given also as light. Raises `ScanUnusable`."""
    plan, found = _codes(picture)
    side = MODULES * MODULE
    on_sheet, in_picture = [], []
    for corner, (left, top) in CORNERS.items():
        on_sheet += [(left, top), (left + side, top), (left + side, top + side), (left, top + side)]
        in_picture += found[corner]
    sheet = projection(np.array(on_sheet, dtype=np.float64), np.array(in_picture, dtype=np.float64))
    a, b = sheet(np.array([[2000.0, 3500.0], [3000.0, 3500.0]]))
    per_mm = float(np.hypot(*(b - a))) / 1000 * DOTS_PER_MM
    if per_mm < LEAST_PIXELS_PER_MM:
        raise ScanUnusable("the scan is too coarse: scan at 300 dpi or, better, 600 dpi")
    return Located(plan, sheet, {mark: _mark(light, sheet, mark) for mark in plan.marks}, per_mm)


def _codes(picture: Grey) -> tuple[Plan, dict[str, list[tuple[float, float]]]]:
    """The sheet that the codes name, and each code's four corners in pixels. Raises `ScanUnusable`."""
    shrunk = -(-min(picture.shape) // _SEEN_AT_MOST)
    symbols = zxingcpp.read_barcodes(
        _smaller(picture, shrunk), zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    )
    ours = [symbol for symbol in symbols if is_a_sheet(symbol.text)]
    if not ours:
        raise ScanUnusable("no calibration sheet is in the scan: scan the face of what `koufu-kiosk calibrate` printed")
    sheets = {symbol.text.rpartition(" ")[0] for symbol in ours}
    if len(sheets) > 1:
        raise ScanUnusable("two different calibration sheets are in the scan: scan one alone")
    plan = plan_named(sheets.pop())
    if plan is None:
        raise ScanUnusable("the sheet was printed by another version of this program: print a new one and scan that")
    found = {}
    for symbol in ours:
        at = symbol.position
        corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
        found[symbol.text.rpartition(" ")[2]] = [
            ((p.x + 0.5) * shrunk - 0.5, (p.y + 0.5) * shrunk - 0.5) for p in corners
        ]
    missing = [name for corner, name in _NAMES.items() if corner not in found]
    if missing:
        raise ScanUnusable(
            f"the code at the sheet's {' and '.join(missing)} can't be read: lay the whole sheet flat on the glass and "
            "scan it again, uncropped and clean"
        )
    return plan, found


def _smaller(picture: Grey, by: int) -> Grey:
    if by == 1:
        return picture
    height, width = (side // by * by for side in picture.shape)
    means = picture[:height, :width].reshape(height // by, by, width // by, by).mean(axis=(1, 3))
    return np.ascontiguousarray(means, dtype=np.uint8)


def _mark(light: Light, sheet: Projection, mark: Place) -> Points:
    """Where a mark lies, in pixels: the heart of the blackest spot near where it should be. Raises `ScanUnusable`."""
    reach = _SEARCH_MM * DOTS_PER_MM
    x, y = mark
    points, shape = mesh(x - reach, y - reach, x + reach, y + reach, _STEP_MM * DOTS_PER_MM)
    seen = read_light(light, sheet(points)).reshape(shape)
    white = float(np.percentile(seen, 90))
    contrast = 1 - float(np.percentile(seen, 1)) / max(white, 1e-3)
    dark = np.clip((1 - seen / max(white, 1e-3)) / max(contrast, _LEAST_CONTRAST), 0, 1)
    summed = _in_boxes(dark, round(2 * _MARK_MM * 0.8 / _STEP_MM))
    row, column = np.unravel_index(int(summed.argmax()), summed.shape)
    half = round(_MARK_MM * 0.8 / _STEP_MM)
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]]
    near = np.hypot(rows - (row + half), columns - (column + half)) * _STEP_MM < _CORE_MM
    weights = np.where(near & (dark > _SOLID), dark, 0)
    heart = np.array([(weights * columns).sum(), (weights * rows).sum()]) / max(float(weights.sum()), 1e-3)
    spread = (weights * ((columns - heart[0]) ** 2 + (rows - heart[1]) ** 2)).sum() / max(float(weights.sum()), 1e-3)
    round_enough = spread * _STEP_MM**2 < _ROUND * _MARK_MM**2 / 2
    if float(summed.max()) < _FILLED or float(weights.sum()) * _STEP_MM**2 < 2 * _MARK_MM**2 or not round_enough:
        raise ScanUnusable(
            f"the mark {x / DOTS_PER_MM:.0f} mm from the left and {y / DOTS_PER_MM:.0f} mm from the top of the sheet "
            "can't be seen: lay the sheet flat, without folds or anything on it, and scan it again"
        )
    step = _STEP_MM * DOTS_PER_MM
    found: Points = sheet(np.array([[x - reach, y - reach]]) + (heart + 0.5) * step)[0]
    return found


def _in_boxes(values: Light, side: int) -> Light:
    """Means over all squares of that side."""
    sums = np.pad(values.cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    means: Light = (sums[side:, side:] - sums[:-side, side:] - sums[side:, :-side] + sums[:-side, :-side]) / side**2
    return means
