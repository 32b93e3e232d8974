"""What printer, paper and lens do a little differently here than over the whole face: ink denser or paler, strokes
wider or thinner, all of it moved by a fraction of a tenth of a millimetre. It holds for several characters together and
within bounds, so that it never turns one character into another."""

import cv2
import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_REACH_MM = 2.0
"""Sigma of the Gaussian window in which it is the same: two or three lines of three characters each."""

_EVERY = 8
"""Pixels between the places for which it is worked out."""

_SKIP = 2
"""It is worked out from every second pixel of every second row: there are enough."""

_PASSES = 2
_LEAST_SHARE = 0.004
"""Of a window's pixels that must count, or nothing is known about it."""

_MOST_MOVED_MM = 0.15
_MOST = (0.25, 0.30)
"""How much of its full ink may be lost or added by density, and by strokes a pixel wider or thinner at either edge."""

_USUAL = (0.10, 0.15, 0.3, 0.3, 0.02)
"""What is usual (sigma) of density, strokes, moves across and down in pixels, and light."""


def unexplained(must: Floats, edges: Floats, beyond: Floats, counts: Floats, noise: float, mm: float) -> Floats:
    """What is left of `beyond` (what is seen beyond what must be, in terms of full ink) when all that is explained.
    `must` and `edges`: the ink that must be seen, and how strong its edges are; `counts`: from 0 to 1, which pixels
    count; `noise`: of a pixel, in full ink; `mm`: of a pixel. All rasters of one shape."""
    rows, columns = must.shape
    must, edges, beyond, counts = (_filled(raster) for raster in (must, edges, beyond, counts))
    across, down = (_filled(cv2.Scharr(must, cv2.CV_32F, *axis, scale=-1 / 32)) for axis in ((1, 0), (0, 1)))
    causes = [must, edges, across, down, np.ones_like(must)]
    off, sure, *few = (np.ascontiguousarray(raster[::_SKIP, ::_SKIP]) for raster in (beyond, counts, *causes))
    shares = _fitted(few, off, _trusted(sure, off, noise), noise, mm)
    for _ in range(_PASSES - 1):
        shares = _fitted(few, off, _trusted(sure, _less(off, few, shares), noise), noise, mm)
    return _less(beyond, causes, shares)[:rows, :columns]


def _filled(raster: cv2.typing.MatLike) -> Floats:
    """Grown at its bottom and right to whole places."""
    down, right = (-side % _EVERY for side in raster.shape)
    return np.asarray(cv2.copyMakeBorder(raster, 0, down, 0, right, cv2.BORDER_REPLICATE), dtype=np.float32)


def _trusted(sure: Floats, left: Floats, noise: float) -> Floats:
    """What lies far off is no printer's doing: it must not be explained away."""
    return np.asarray(sure / (1 + np.square(left / np.float32(2 * (noise + 0.04)))), dtype=np.float32)


def _less(values: Floats, causes: list[Floats], shares: list[Floats]) -> Floats:
    """The values without so much of each cause."""
    left = values.copy()
    size = (values.shape[1], values.shape[0])
    for cause, share in zip(causes, shares, strict=True):
        left -= cv2.multiply(cv2.resize(share, size, interpolation=cv2.INTER_LINEAR), cause)
    return left


def _fitted(causes: list[Floats], off: Floats, sure: Floats, noise: float, mm: float) -> list[Floats]:
    """How much of each cause, by place: least squares in each window, held to what is usual."""
    sigma = _REACH_MM / mm / _EVERY
    shape = (off.shape[1] * _SKIP // _EVERY, off.shape[0] * _SKIP // _EVERY)

    def window(values: cv2.typing.MatLike) -> Floats:
        small = cv2.resize(values, shape, interpolation=cv2.INTER_AREA)
        return np.asarray(cv2.GaussianBlur(small, (0, 0), sigma), dtype=np.float32)

    share = window(sure)
    at = share > _LEAST_SHARE
    count = len(causes)
    table = np.zeros((int(at.sum()), count, count))
    values = np.zeros((len(table), count))
    for row, cause in enumerate(causes):
        weighted = cv2.multiply(cause, sure)
        values[:, row] = window(cv2.multiply(weighted, off))[at]
        for column in range(row, count):
            table[:, row, column] = table[:, column, row] = window(cv2.multiply(weighted, causes[column]))[at]
    # As if the window's pixels were independent in clumps of four.
    pixels = 2 * np.pi * (sigma * _EVERY) ** 2 / 4
    usual = np.diag((max(noise, 0.02) / np.array(_USUAL)) ** 2) / pixels
    solved = np.linalg.solve(table + usual, values[:, :, None])[:, :, 0]
    moved = _MOST_MOVED_MM / mm
    most = np.array((*_MOST, moved, moved, 0.1))
    solved = np.clip(solved, -most, most)
    found = []
    for row in range(count):
        coarse = np.zeros(at.shape, dtype=np.float32)
        coarse[at] = solved[:, row]
        found.append(coarse)
    return found
