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
    across, down = (cv2.Scharr(must, cv2.CV_32F, *axis, scale=-1 / 32) for axis in ((1, 0), (0, 1)))
    causes = [must, edges, across, down, np.ones_like(must)]
    some = [np.ascontiguousarray(raster[::_SKIP, ::_SKIP]) for raster in (beyond, counts, *causes)]
    off, sure, few = some[0], some[1], some[2:]
    left = off
    for _ in range(_PASSES):
        # What lies far off is no printer's doing: it must not be explained away.
        weights = sure / (1 + np.square(left / np.float32(2 * (noise + 0.04))))
        found = _fitted(few, off, weights, noise, mm)
        left = _less(off, few, found)
    return _less(beyond, causes, found)


def _less(values: Floats, causes: list[Floats], shares: list[Floats]) -> Floats:
    """The values without so much of each cause."""
    left = values.copy()
    size = (values.shape[1], values.shape[0])
    for cause, share in zip(causes, shares, strict=True):
        left -= cv2.multiply(cv2.resize(share, size, interpolation=cv2.INTER_LINEAR), cause)
    return left


def _fitted(causes: list[Floats], beyond: Floats, sure: Floats, noise: float, mm: float) -> list[Floats]:
    """How much of each cause, by place: least squares in each window, held to what is usual."""
    sigma = _REACH_MM / mm / _EVERY
    shape = (beyond.shape[1] * _SKIP // _EVERY, beyond.shape[0] * _SKIP // _EVERY)

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
        values[:, row] = window(cv2.multiply(weighted, beyond))[at]
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
