"""Lays a picture of a face onto the face as it must look, to within a fraction of a tenth of a millimetre, however the
paper bends. It follows only what is smooth over several characters: a changed character is never bent into the right
one."""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from certserver.antiforgery.paper import MM_PER_INCH, SHEET_MM
from certserver.verify.expected import Expected
from certserver.verify.locate import Homography, Located, project
from certserver.verify.pictures import Raster

Floats = npt.NDArray[np.float32]

WORK_DPI = 300
"""Of what `align` returns."""

_GRID_MM = 2.0
_COARSE_DPI, _FINE_DPI = 75, 150
_REACH_MM = 3.5
"""How far a bend may move a spot: sheets bend by 2.5 mm at most, and rows of a table that look alike stand 6.9 mm
apart. What was found farther away is another row."""

_SMOOTH_COARSE_MM = 12.0
_STEPS = ((_COARSE_DPI, 8.0), (_COARSE_DPI, 5.0), (_FINE_DPI, 4.0), (_FINE_DPI, 4.0))
"""At which resolution, and over how many mm (sigma of a Gaussian) each correction is smooth."""

_ALIKE_PIXELS, _ALIKE = 3.0, 0.15
"""Of `_COARSE_DPI`: around a spot, and which share of the ink's square may be off there."""

_LONGEST_STEP_MM = 0.5
_NEAR_MM = {_COARSE_DPI: 1.2, _FINE_DPI: 0.6}
"""How far ink may lie from where it must be, at each resolution, and is not lost."""

_LOST = 0.25
_COARSE_HOLD, _HOLD = 0.01, 0.05
"""How much ink, and how much structure, as a share of the face's mean, a window must have to move what lies in it."""

_WHITE_MM = 1.4
_WHITE_SMOOTH_MM = 5.0


@dataclass(frozen=True, slots=True, eq=False)
class Aligned:
    """Two rasters at `WORK_DPI` that lie on each other, (row, column), 0 for paper: `ink` as it must be, 255 for full
    ink, `seen` as the picture has it, in terms of the paper's own white, 1 where no light comes back. `outside` is the
    share of the sheet that the picture does not show."""

    ink: Raster
    seen: Floats
    outside: float


def align(expected: Expected, raster: Raster, located: Located) -> Aligned:
    """Lays a grey picture onto the expected face, from where a flat sheet would lie."""
    ink = _at_dpi(expected, WORK_DPI)
    field = np.zeros((int(SHEET_MM[1] / _GRID_MM) + 2, int(SHEET_MM[0] / _GRID_MM) + 2, 2), dtype=np.float32)
    whole = _Source(raster, located.homography).near(located.pixels_per_mm, WORK_DPI)
    fine = whole.near(located.pixels_per_mm * whole.scale, _FINE_DPI)
    coarse = fine.near(located.pixels_per_mm * whole.scale * fine.scale, _COARSE_DPI)
    by_dpi = {_COARSE_DPI: (_small(ink, _COARSE_DPI), coarse), _FINE_DPI: (_small(ink, _FINE_DPI), fine)}
    field += _coarse(*by_dpi[_COARSE_DPI], field)
    for dpi, smooth in _STEPS:
        field += _finer(*by_dpi[dpi], field, dpi, smooth)
    seen = _straight(whole, field, ink.shape, WORK_DPI)
    return Aligned(ink, darkness(seen, WORK_DPI), float(np.mean(seen == 0)))


def darkness(seen: Raster, dpi: float) -> Floats:
    """A grey picture in terms of its paper: 0 where it is as bright as paper around, 1 where no light comes back. What
    is 0 lies outside the picture, and is no paper."""
    across = max(3, round(_WHITE_MM * dpi / MM_PER_INCH) | 1)
    shrink = max(1, round(dpi / 75))
    calm = cv2.blur(seen, (3, 3))
    white = cv2.dilate(calm, np.ones((across, across), dtype=np.uint8))
    rows, columns = seen.shape
    small = cv2.resize(white, (columns // shrink, rows // shrink), interpolation=cv2.INTER_AREA)
    # The pixels at the edge of the picture are paper in part.
    inside = cv2.erode((small > 0).astype(np.float32), np.ones((3, 3), dtype=np.uint8))
    sigma = _WHITE_SMOOTH_MM * dpi / MM_PER_INCH / shrink
    shares = np.maximum(cv2.GaussianBlur(inside, (0, 0), sigma), 1e-3)
    smooth = cv2.GaussianBlur(small.astype(np.float32) * inside, (0, 0), sigma) / shares
    each = cv2.resize(1 / np.maximum(smooth, np.float32(1)), (columns, rows), interpolation=cv2.INTER_LINEAR)
    light = cv2.multiply(seen, each, dtype=cv2.CV_32F)
    return np.asarray(np.subtract(np.float32(1), light, out=light), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """A picture, its homography, and how much smaller it is than the one it was made from."""

    raster: Raster
    homography: Homography
    scale: float = 1.0

    def near(self, pixels_per_mm: float, dpi: int) -> "_Source":
        """The same with at most a quarter more pixels than that resolution has, so that none is passed over."""
        shrink = dpi / MM_PER_INCH * 1.25 / pixels_per_mm
        if shrink >= 1:
            return _Source(self.raster, self.homography)
        rows, columns = self.raster.shape
        # By its size, not by factors: those would be applied as they are, whatever the size is rounded to.
        width, height = round(columns * shrink), round(rows * shrink)
        small = cv2.resize(self.raster, (width, height), interpolation=cv2.INTER_AREA)
        across, down = width / columns, height / rows
        scale = np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1]])
        return _Source(np.asarray(small, dtype=np.uint8), scale @ self.homography, shrink)


def _at_dpi(expected: Expected, dpi: int) -> Raster:
    raster = expected.raster
    if expected.dpi != dpi:
        scale = dpi / expected.dpi
        size = (round(raster.shape[1] * scale), round(raster.shape[0] * scale))
        raster = np.asarray(cv2.resize(raster, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    return np.asarray(cv2.bitwise_not(raster), dtype=np.uint8)


def _small(ink: Raster, dpi: int) -> Floats:
    """Expected ink at a lower resolution, blurred by a pixel; 1 for full."""
    size = (ink.shape[1] * dpi // WORK_DPI, ink.shape[0] * dpi // WORK_DPI)
    small = cv2.resize(ink, size, interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(255)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), 1.0), dtype=np.float32)


def _straight(source: _Source, field: Floats, shape: tuple[int, ...], dpi: float) -> Raster:
    """The picture straightened: of each pixel's place on the flat sheet, moved by the field (x, y in mm, a node every
    `_GRID_MM`). Worked out for every 16th pixel and drawn evenly between. 0 where the picture ends."""
    step = 16
    rows, columns = shape
    y, x = (np.arange(-1, side // step + 2) * step + (step - 1) / 2 for side in (rows, columns))
    mm_x, mm_y = np.meshgrid((x + 0.5) * MM_PER_INCH / dpi, (y + 0.5) * MM_PER_INCH / dpi)
    nodes = (mm_x / _GRID_MM).astype(np.float32), (mm_y / _GRID_MM).astype(np.float32)
    moved = cv2.remap(field, *nodes, interpolation=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    places = np.stack((mm_x.ravel(), mm_y.ravel()), axis=1) + moved.reshape(-1, 2)
    pixels = project(source.homography, places.astype(np.float64)).astype(np.float32).reshape(len(y), len(x), 2)
    size = (len(x) * step, len(y) * step)
    across, down = (
        cv2.resize(np.ascontiguousarray(axis), size, interpolation=cv2.INTER_LINEAR)[
            step : step + rows, step : step + columns
        ]
        for axis in (pixels[:, :, 0], pixels[:, :, 1])
    )
    seen = cv2.remap(
        source.raster, across, down, interpolation=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=0
    )
    return np.asarray(seen, dtype=np.uint8)


def _seen(source: _Source, field: Floats, must: Floats, dpi: int) -> Floats:
    """The picture laid onto expected ink at a lower resolution, as blurred as that."""
    seen = darkness(_straight(source, field, must.shape, dpi), dpi)
    return np.asarray(cv2.GaussianBlur(seen, (0, 0), 0.9), dtype=np.float32)


def _coarse(must: Floats, source: _Source, field: Floats) -> Floats:
    """A first displacement, by dense inverse search, made smooth by what has structure."""
    seen = _seen(source, field, must, _COARSE_DPI)
    first, second = (np.clip(side * 255, 0, 255).astype(np.uint8) for side in (must, seen))
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    search.setFinestScale(1)
    flow = search.calc(first, second, np.zeros((*first.shape, 2), dtype=np.float32))
    per_mm = _COARSE_DPI / MM_PER_INCH
    sure = _alike(must, seen, np.asarray(flow, dtype=np.float32))
    sure *= (np.abs(flow) < _REACH_MM * per_mm).all(axis=2)
    smooth = [
        _steady(np.asarray(flow[:, :, axis], dtype=np.float32), _across(must, axis) * sure, per_mm) for axis in range(2)
    ]
    return _on_grid(np.stack(smooth, axis=2), field.shape, per_mm)


def _across(must: Floats, axis: int) -> Floats:
    """How much each spot tells about moves along an axis: along a rule nothing does, however dark it is."""
    slope = cv2.Scharr(must, cv2.CV_32F, *((1, 0), (0, 1))[axis], scale=1 / 32)
    return np.asarray(cv2.GaussianBlur(np.abs(slope), (0, 0), 1.5), dtype=np.float32)


def _steady(flow: Floats, weight: Floats, per_mm: float) -> Floats:
    """A displacement along one axis in mm, made smooth by what tells of it; a quarter as large."""
    sigma = _SMOOTH_COARSE_MM * per_mm
    # Where nothing is near that must be seen, the ground leads nowhere.
    hold = np.float32(_COARSE_HOLD * float(weight.mean()) + 1e-6)
    return np.asarray(
        _wide(flow * weight, sigma) / (_wide(weight, sigma) + hold) / np.float32(per_mm), dtype=np.float32
    )


def _alike(must: Floats, seen: Floats, flow: Floats) -> Floats:
    """From 0 to 1, whether each spot found its like: where a line was erased, the next one is all there is to find."""
    rows, columns = (np.arange(side, dtype=np.float32) for side in must.shape)
    found = cv2.remap(seen, flow[:, :, 0] + columns, flow[:, :, 1] + rows[:, None], cv2.INTER_LINEAR)
    gain = max(float((must * found).sum()) / max(float((must * must).sum()), 1e-6), 0.05)
    # Single pixels agree by chance, strokes with their surroundings don't.
    off = cv2.GaussianBlur(np.square(found / np.float32(gain) - must), (0, 0), _ALIKE_PIXELS)
    size = cv2.GaussianBlur(np.square(must), (0, 0), _ALIKE_PIXELS) + np.float32(1e-4)
    return np.asarray(1 / (1 + np.square(off / size / np.float32(_ALIKE))), dtype=np.float32)


def _wide(values: Floats, sigma: float) -> Floats:
    """A wide Gaussian mean, worked out on every fourth pixel; a quarter as large as the values."""
    # Whole fours are averaged three times as fast.
    down, right = (-side % 4 for side in values.shape)
    whole = cv2.copyMakeBorder(values, 0, down, 0, right, cv2.BORDER_REPLICATE)
    small = cv2.resize(whole, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), sigma / 4), dtype=np.float32)


def _finer(must: Floats, source: _Source, field: Floats, dpi: int, smooth_mm: float) -> Floats:
    """A correction of the displacement: Lucas and Kanade's, in Gaussian windows, dense."""
    seen = _seen(source, field, must, dpi)
    per_mm = dpi / MM_PER_INCH
    gain = max(float((must * seen).sum()) / max(float((must * must).sum()), 1e-6), 0.05)
    # Where there is only ground, there is nothing to hold on to.
    near = (cv2.dilate(must, np.ones((5, 5), dtype=np.uint8)) > 0.05).astype(np.float32)
    # Nor where ink is missing: what was erased must not pull on its neighbours.
    reach = 2 * round(_NEAR_MM[dpi] * per_mm) + 1
    reached = cv2.dilate(seen, np.ones((reach, reach), dtype=np.uint8)) / np.float32(gain)
    lost = ((must > _LOST) & (reached < must / 2)).astype(np.uint8)
    near[cv2.dilate(lost, np.ones((5, 5), dtype=np.uint8)) > 0] = 0
    late = (must - seen / np.float32(gain)) * near
    both = (must + seen / np.float32(gain)) * np.float32(0.5)
    slope_x, slope_y = (cv2.Scharr(both, cv2.CV_32F, *axis, scale=1 / 32) * near for axis in ((1, 0), (0, 1)))
    sigma = smooth_mm * per_mm
    xx, xy, yy, x, y = (
        _wide(np.asarray(cv2.multiply(one, other), dtype=np.float32), sigma)
        for one, other in ((slope_x, slope_x), (slope_x, slope_y), (slope_y, slope_y), (slope_x, late), (slope_y, late))
    )
    hold = _HOLD * (float(xx.mean()) + float(yy.mean())) + 1e-9
    xx, yy = xx + hold, yy + hold
    spread = xx * yy - xy * xy
    moved = np.stack(((yy * x - xy * y) / spread, (xx * y - xy * x) / spread), axis=2) / per_mm
    return _on_grid(np.clip(moved, -_LONGEST_STEP_MM, _LONGEST_STEP_MM).astype(np.float32), field.shape, per_mm)


def _on_grid(dense: Floats, shape: tuple[int, ...], per_mm: float) -> Floats:
    """A displacement over the whole sheet, of every fourth of so many pixels per mm, at the nodes of the field."""
    y, x = ((np.arange(nodes) * _GRID_MM * per_mm / 4 - 0.5).astype(np.float32) for nodes in shape[:2])
    across, down = np.meshgrid(x, y)
    nodes = cv2.remap(dense, across, down, interpolation=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(nodes, dtype=np.float32)
