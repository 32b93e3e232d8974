"""Finds the corner marks of faces in a picture: rings around a disc or a smaller ring. Whatever looks alike is a
candidate; which of them are a sheet's, `locate` decides."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from certserver.antiforgery.marks import RING_MM
from certserver.verify.pictures import Raster

Floats = npt.NDArray[np.float64]

_LONGEST = 3000
"""Pixels of the longer side in which marks are looked for: there a ring of a sheet that fills half of the picture still
is 25 pixels wide."""

_LEAST_PIXELS = 12
_SPECK = 4
_INSIDE = (0.62, 0.95)
_CORE = (0.25, 0.66)
"""Diameters of the ring's inner edge (0.80 on the sheet) and of what lies in it (0.44), of the outer one."""

_FLATTEST = 0.5
_MOST = 12
_MOST_LOOKED_AT = 5_000
"""A face has some hundred outlines within outlines within outlines; a hostile picture may have any number."""

_PATCH, _PATCH_MM = 48, 3.0
_NEIGHBOURHOOD = 41
_DARKER_BY = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A candidate: its centre and its ring's outer diameter (of a circle of the same area) in pixels; `open` tells
    whether its middle is white, as only the bottom right one's is; `contrast` from 0 to 1 how much it looks like a
    mark."""

    x: float
    y: float
    diameter: float
    open: bool
    contrast: float


def marks_in(raster: Raster) -> tuple[Mark, ...]:
    """The candidates in a grey picture, the likeliest first, a dozen at most."""
    shrink = min(1.0, _LONGEST / max(raster.shape))
    small = _shrunk(raster, shrink)
    ink = cv2.adaptiveThreshold(
        cv2.GaussianBlur(small, (0, 0), 0.8),
        255,
        cv2.ADAPTIVE_THRESH_MEAN_C,
        cv2.THRESH_BINARY_INV,
        _NEIGHBOURHOOD,
        _DARKER_BY,
    )
    contours, tree = cv2.findContours(_without_specks(ink), cv2.RETR_TREE, cv2.CHAIN_APPROX_NONE)
    if not contours:
        return ()
    child = np.asarray(tree).reshape(-1, 4)[:, 2]
    grandchild = np.where(child >= 0, child[child], -1)
    found = []
    for at in np.flatnonzero(grandchild >= 0)[:_MOST_LOOKED_AT]:
        shapes = [contours[number] for number in (at, child[at], grandchild[at])]
        mark = _mark(small, shapes)
        if mark is not None:
            found.append(mark)
    found.sort(key=lambda mark: -mark.contrast)
    return tuple(
        Mark(
            (mark.x + 0.5) / shrink - 0.5,
            (mark.y + 0.5) / shrink - 0.5,
            mark.diameter / shrink,
            mark.open,
            mark.contrast,
        )
        for mark in found[:_MOST]
    )


def _without_specks(ink: cv2.typing.MatLike) -> cv2.typing.MatLike:
    """Without what is smaller than the disc of the smallest mark: on a clean scan the ground has a hundred thousand
    dots, and each outline takes its time."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    large = np.maximum(stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]) >= _SPECK
    kept = np.where(large, np.uint8(255), np.uint8(0))
    kept[0] = 0
    return np.asarray(kept[labels], dtype=np.uint8)


def _shrunk(raster: Raster, scale: float) -> Raster:
    if scale >= 1:
        return raster
    return np.asarray(cv2.resize(raster, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _mark(small: Raster, contours: Sequence[cv2.typing.MatLike]) -> Mark | None:
    """A candidate out of the outlines of ring, hole and core."""
    ring, hole, _ = contours
    across = cv2.boundingRect(ring)[2:]
    if min(across) < _LEAST_PIXELS or min(map(len, contours)) < 5:
        return None
    outer, inner = cv2.fitEllipse(ring), cv2.fitEllipse(hole)
    width, height = outer[1]
    if not _FLATTEST * max(width, height) < min(width, height):
        return None
    areas = [cv2.contourArea(contour) for contour in contours]
    full = np.pi / 4 * width * height
    # A contour runs through the middles of its outermost pixels: the area around is half a pixel wider.
    if abs(areas[0] + len(ring) / 2 - full) > 0.12 * full + len(ring):
        return None
    sizes = np.sqrt(np.array(areas[1:]) / areas[0])
    if not (_INSIDE[0] < sizes[0] < _INSIDE[1] and _CORE[0] < sizes[1] < _CORE[1]):
        return None
    apart = np.hypot(outer[0][0] - inner[0][0], outer[0][1] - inner[0][1])
    if apart > 0.08 * min(width, height):
        return None
    middle = ((outer[0][0] + inner[0][0]) / 2, (outer[0][1] + inner[0][1]) / 2)
    diameter = float(np.sqrt((width + 1) * (height + 1)))
    return _judged(small, middle, (width + 1, height + 1), outer[2], diameter)


def _judged(
    small: Raster, middle: tuple[float, float], axes: tuple[float, float], degrees: float, diameter: float
) -> Mark | None:
    """Straightens the candidate to a circle and looks along its radius."""
    turn = np.radians(degrees)
    along, across = (side / RING_MM * _PATCH_MM / (_PATCH / 2) for side in axes)
    spin = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    affine = np.empty((2, 3))
    affine[:, :2] = spin @ np.diag((along, across))
    affine[:, 2] = np.array(middle) - affine[:, :2] @ np.full(2, (_PATCH - 1) / 2)
    patch = cv2.warpAffine(
        small, affine, (_PATCH, _PATCH), flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    ).astype(np.float64)
    ring, gap, core, heart, outside = (float(patch[zone].mean()) for zone in _ZONES)
    paper, ink = (gap + outside) / 2, (ring + core) / 2
    if paper - ink < _DARKER_BY or abs(gap - outside) > 0.5 * (paper - ink) or abs(ring - core) > 0.6 * (paper - ink):
        return None
    contrast = (paper - ink) / max(paper, 1.0)
    return Mark(*middle, diameter, (heart - ink) > 0.5 * (paper - ink), contrast)


def _zones() -> tuple[npt.NDArray[np.bool_], ...]:
    """Ring, gap, core, middle and surroundings of a mark in its straightened patch, by radius in mm."""
    at = (np.arange(_PATCH) - (_PATCH - 1) / 2) * _PATCH_MM / (_PATCH / 2)
    radius = np.hypot(*np.meshgrid(at, at))
    return tuple(
        (low <= radius) & (radius < high)
        for low, high in ((2.1, 2.4), (1.35, 1.75), (0.7, 0.98), (0.0, 0.35), (2.7, 3.0))
    )


_ZONES = _zones()
