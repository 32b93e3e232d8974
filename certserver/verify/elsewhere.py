"""Where a picture does not fit at all: does what must be seen lie a little beside its place, as on a badly bent sheet,
or is something else there, as on another page? Only the first is a poor picture."""

from dataclasses import dataclass

import cv2
import numpy as np

from certserver.antiforgery.paper import MM_PER_INCH
from certserver.verify.align import WORK_DPI, Floats
from certserver.verify.expected import Area
from certserver.verify.pictures import Raster

_DPI = 75
_BLOCK_MM = (16.0, 10.0)
"""Across and down: two or three lines of some characters each."""

_REACH_MM = 6.0
"""As far as `align` follows a sheet."""

_LEAST_INK = 0.04
_THERE = 0.7
"""How alike (correlation) a block is that shows what it must."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The blocks of expected ink that are not in their place: around all of them (None: there are none), and the share
    that lies near it."""

    area: Area | None
    beside: float


def elsewhere(ink: Raster, seen: Floats) -> Elsewhere:
    """Looks for each block of expected ink around its place. `ink` and `seen` as in `Aligned`."""
    must, there = _soft(ink, 255), _soft(seen, 1)
    across, down, reach = (round(mm * _DPI / MM_PER_INCH) for mm in (*_BLOCK_MM, _REACH_MM))
    off: list[tuple[int, ...]] = []
    beside = 0
    for top in range(reach, must.shape[0] - down - reach, down):
        for left in range(reach, must.shape[1] - across - reach, across):
            block = must[top : top + down, left : left + across]
            if block.mean() < _LEAST_INK:
                continue
            around = there[top - reach : top + down + reach, left - reach : left + across + reach]
            alike = cv2.matchTemplate(around, block, cv2.TM_CCOEFF_NORMED)
            if alike[reach - 1 : reach + 2, reach - 1 : reach + 2].max() < _THERE:
                off.append((left, top, left + across, top + down))
                beside += bool(alike.max() >= _THERE)
    if not off:
        return Elsewhere(None, 0.0)
    edges = np.array(off) * MM_PER_INCH / _DPI
    area = Area(*(float(edge) for edge in (*edges[:, :2].min(axis=0), *edges[:, 2:].max(axis=0))))
    return Elsewhere(area, beside / len(off))


def _soft(raster: cv2.typing.MatLike, full: float) -> Floats:
    """At `_DPI`, 1 for full ink, softened by a pixel."""
    size = (raster.shape[1] * _DPI // WORK_DPI, raster.shape[0] * _DPI // WORK_DPI)
    small = cv2.resize(raster, size, interpolation=cv2.INTER_AREA).astype(np.float32) / np.float32(full)
    return np.asarray(cv2.GaussianBlur(np.clip(small, 0, 1), (0, 0), 0.8), dtype=np.float32)
