"""From the sheet's own millimetres to pixels of a picture, and light read there. Pure."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float64]
"""(n, 2): x, y."""
Light = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Projection:
    """A homography from one plane to another, as its 3 x 3 matrix."""

    matrix: Points

    def __call__(self, points: Points) -> Points:
        """Where these points come to lie."""
        x, y = points.T
        right, down, depth = (row[0] * x + row[1] * y + row[2] for row in self.matrix)
        return _by_columns(right / depth, down / depth)


def projection(seen: Points, shown: Points) -> Projection:
    """The homography that takes at least four points nearest to others, by least squares."""
    first, second = _to_unit(seen), _to_unit(shown)
    ones = np.ones((len(seen), 1))
    a, b = (np.hstack((points, ones)) @ unit.T for points, unit in ((seen, first), (shown, second)))
    zeros = np.zeros_like(a)
    rows = np.vstack((np.hstack((a, zeros, -b[:, :1] * a)), np.hstack((zeros, a, -b[:, 1:2] * a))))
    matrix = np.linalg.inv(second) @ np.linalg.svd(rows)[2][-1].reshape(3, 3) @ first
    return Projection(matrix / matrix[2, 2])


def read_light(picture: Light, at: Points) -> Light:
    """Light at these pixels, blended between four of them. Outside of the picture it is what stands at its edge."""
    height, width = picture.shape
    x, y = at[:, 0].clip(0, width - 1.001), at[:, 1].clip(0, height - 1.001)
    left, top = x.astype(np.intp), y.astype(np.intp)
    across, down = (x - left).astype(np.float32), (y - top).astype(np.float32)
    flat, corner = picture.ravel(), top * width + left
    above = flat[corner] * (1 - across) + flat[corner + 1] * across
    below = flat[corner + width] * (1 - across) + flat[corner + width + 1] * across
    light: Light = above * (1 - down) + below * down
    return light


def mesh(left: float, top: float, right: float, bottom: float, step: float) -> tuple[Points, tuple[int, int]]:
    """Points over a rectangle, row by row, and how many (rows, columns) they are."""
    x, y = np.arange(left + step / 2, right, step), np.arange(top + step / 2, bottom, step)
    across, down = np.meshgrid(x, y)
    return _by_columns(across.ravel(), down.ravel()), (len(y), len(x))


def _by_columns(x: Points, y: Points) -> Points:
    """Points whose x lie side by side in memory, and whose y do: they are always taken apart again."""
    points = np.empty((len(x), 2), order="F")
    points[:, 0], points[:, 1] = x, y
    return points


def _to_unit(points: Points) -> Points:
    """Takes their middle to the origin and their spread to 1: keeps the equations well-conditioned."""
    middle, spread = points.mean(axis=0), points.std() or 1.0
    return np.array([[1 / spread, 0, -middle[0] / spread], [0, 1 / spread, -middle[1] / spread], [0, 0, 1]])
