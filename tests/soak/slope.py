"""Whether something grows: the Theil-Sen slope of a series with its confidence interval (Sen 1968, by the normal
approximation of Kendall's S), which a few wild values don't move."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

_Z = 1.96
"""95 %."""


@dataclass(frozen=True, slots=True)
class Slope:
    """Growth per step of x, and the interval that holds it in 95 of 100 cases."""

    at: float
    low: float
    high: float


def slope_of(x: Sequence[float], y: Sequence[float]) -> Slope:
    """The slope of y over x. Raises `ValueError` for fewer than three points."""
    if len(x) < 3 or len(x) != len(y):
        raise ValueError("a slope needs three points or more")
    across, up = np.asarray(x, float), np.asarray(y, float)
    first, second = np.triu_indices(len(across), 1)
    slopes = np.sort((up[second] - up[first]) / (across[second] - across[first]))
    count = len(slopes)
    n = len(across)
    _, ties = np.unique(up, return_counts=True)
    variance = (n * (n - 1) * (2 * n + 5) - float(np.sum(ties * (ties - 1) * (2 * ties + 5)))) / 18
    reach = _Z * np.sqrt(variance)
    low = slopes[max(0, int(np.floor((count - reach) / 2)))]
    high = slopes[min(count - 1, int(np.ceil((count + reach) / 2)))]
    return Slope(float(np.median(slopes)), float(low), float(high))
