"""How dark a ground comes out on paper, from printers that thin every stroke by a dot to those that widen it by one. A
model of the print: what a sheet shows is held against it. Pure."""

from functools import lru_cache
from math import erf, sqrt

import cv2
import numpy as np
import numpy.typing as npt

from koufu.ground.cell import CellProfile
from koufu.ground.cells import ink

Floats = npt.NDArray[np.float64]

_SPOT = 0.8
"""Of a laser: the sigma, in dots of 600 dpi."""

_PRINTERS = np.linspace(-0.5, 0.5, 21)
"""By how many dots each edge lies outside of its bits."""

_CELLS = 10
"""Across and down: enough for neighbours to overlap as they do on paper."""


@lru_cache(maxsize=32)
def originals(profile: CellProfile) -> tuple[Floats, Floats]:
    """Coverage around the message and in it, each from the weakest printer to the heaviest; both rise."""
    one = np.ones((_CELLS, _CELLS), dtype=np.bool_)
    return _printed(ink(profile, one, ~one)), _printed(ink(profile, ~one, one))


def message_of(profile: CellProfile, background: float) -> float:
    """How dark an original's message is where what is around it is so dark; beyond the last printers that of the
    last."""
    around, message = originals(profile)
    return float(np.interp(background, around, message))


def faintest(profile: CellProfile) -> float:
    """How dark it is around the message of an original by the weakest printer."""
    return float(originals(profile)[0][0])


def _printed(bits: npt.NDArray[np.bool_]) -> Floats:
    light = cv2.GaussianBlur(bits.astype(np.float32), (0, 0), _SPOT, borderType=cv2.BORDER_REFLECT_101)
    return np.array([_coverage(np.asarray(light, dtype=np.float64), moved) for moved in _PRINTERS.tolist()])


def _coverage(light: Floats, moved: float) -> float:
    """Toner lies where light passes the level that moves a straight edge so far, and thinly where it hardly does."""
    level = 0.5 * (1 - erf(moved / _SPOT / sqrt(2)))
    ramp = min(0.5, 2 * level, 2 * (1 - level))
    return float(np.clip((light - level) / ramp + 0.5, 0, 1).mean())
