"""A place where a face differs, large: above as it is on the paper, below as it was signed. What a person compares at a
glance; a frame on a whole page is too small for that on a telephone."""

import cv2
import numpy as np
import numpy.typing as npt

from certserver.antiforgery.paper import MM_PER_INCH
from certserver.verify.expected import Area
from certserver.verify.pictures import Raster
from certserver.verify.redraw import REDRAWN_DPI

MOST_CLOSEUPS = 12
"""Of one face. Where more differs, the whole page says so."""

_AROUND_MM = 4.0
_LEAST_MM, _MOST_MM = (36.0, 9.0), (72.0, 36.0)
_PER_MM = REDRAWN_DPI / MM_PER_INCH
_SEAM, _SEAM_PIXELS = 96, 6


def closeup(seen: npt.NDArray[np.float32], signed: Raster, area: Area) -> bytes:
    """A grey PNG at `REDRAWN_DPI`. `seen` as `Compared` has it, `signed` as `Expected` has it."""
    rows, columns = _around(area, signed.shape)
    paper = np.clip(255 * (1 - seen[rows, columns]), 0, 255).astype(np.uint8)
    below = signed[rows, columns][: paper.shape[0], : paper.shape[1]]
    seam = np.full((_SEAM_PIXELS, paper.shape[1]), _SEAM, dtype=np.uint8)
    _, packed = cv2.imencode(".png", np.vstack((paper, seam, below)), [cv2.IMWRITE_PNG_COMPRESSION, 4])
    return packed.tobytes()


def _around(area: Area, shape: tuple[int, ...]) -> tuple[slice, slice]:
    """The pixels to show: the place with what is around it, neither too little to be recognised nor too much."""
    return (
        _span(area.top, area.bottom, _LEAST_MM[1], _MOST_MM[1], shape[0]),
        _span(area.left, area.right, _LEAST_MM[0], _MOST_MM[0], shape[1]),
    )


def _span(low: float, high: float, least: float, most: float, pixels: int) -> slice:
    length = round(min(max(high - low + 2 * _AROUND_MM, least), most) * _PER_MM)
    start = round((low + high) / 2 * _PER_MM) - length // 2
    start = max(min(start, pixels - length), 0)
    return slice(start, start + length)
