"""Where what is seen near ink has little in common with the ink that must be there: each stroke may hide in a weak or
blurred picture, all strokes of a character together do not. An erased thin word, or a character much like another."""

import cv2
import numpy as np

from certserver.verify.overlay import Bits, Floats, Overlay
from certserver.verify.thresholds import Thresholds

_SHRINK = 2
_WINDOW = 7.0
"""Pixels (sigma): a character's middle half."""

_LEAST_INK = 0.004
"""How much ink must vary in a window (its square) to say anything."""

_NOISE = 0.5
"""Of a pixel's noise (its square), what half as many pixels have."""

_LEAST_PIXELS = 25
"""So many spots at the limit are one difference."""


def unlike(overlay: Overlay, left: Floats, leave: Bits, limits: Thresholds) -> Floats:
    """How far beyond `unlike` each spot is; weighed so that `weight` is the line for it as well; negative where ink is
    missing. `left`: what is seen beyond what must be, near ink, when all that a printer does is explained; `leave`:
    what is not looked at."""
    counts = np.where(leave, np.float32(0), overlay.near)
    near = np.maximum(overlay.near, np.float32(0.05))
    must, off = cv2.multiply(overlay.must, counts), cv2.multiply(left, counts)
    share = np.maximum(_around(counts), np.float32(1e-3))
    level = _around(must) / share
    size = np.maximum(_around(cv2.multiply(must, must) / near) / share - np.square(level), np.float32(0))
    away = _around(cv2.multiply(off, off) / near) / share - np.float32(_NOISE * overlay.noise**2)
    times = away / (size + np.float32(1e-4)) / np.float32(limits.unlike)
    times[size * share < _LEAST_INK] = 0
    lost = _around(cv2.multiply(off, must)) < 0
    heavy = np.where(times > 1, times * np.float32(limits.weight / _LEAST_PIXELS), np.float32(0)) * np.where(
        lost, -1, 1
    )
    spots = cv2.resize(heavy.astype(np.float32), overlay.must.shape[::-1], interpolation=cv2.INTER_NEAREST)
    spots[leave] = 0
    return np.asarray(spots, dtype=np.float32)


def _around(values: cv2.typing.MatLike) -> Floats:
    size = (values.shape[1] // _SHRINK, values.shape[0] // _SHRINK)
    small = cv2.resize(values, size, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), _WINDOW / _SHRINK), dtype=np.float32)
