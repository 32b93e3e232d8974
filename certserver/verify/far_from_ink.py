"""Ink where there must be none: told from the ground, whose dots lie there, by being denser than it is around."""

import cv2
import numpy as np

from certserver.verify.looks import PIXEL_MM, Floats, Looks
from certserver.verify.thresholds import Thresholds

_AROUND_MM = 2.5
_CALM = 1.8
"""Pixels (sigma) over which dots are averaged: a cell of the ground."""

_MOST_GROUND = 0.3


def far_from_ink(looks: Looks, limits: Thresholds) -> Floats:
    """How much denser each spot is, beyond `far_rise`; weighed so that `weight` is the line for it as well."""
    free = cv2.erode((looks.near < 0.02).astype(np.float32), np.ones((3, 3), dtype=np.uint8))
    shares = cv2.GaussianBlur(free, (0, 0), _CALM)
    dense = cv2.GaussianBlur(cv2.multiply(looks.beyond, free), (0, 0), _CALM) / np.maximum(shares, 0.05)
    usual = _wide(np.clip(dense, 0, _MOST_GROUND) * free) / np.maximum(_wide(free), 0.05)
    times = (dense - usual) / (limits.far_rise + looks.noise * 0.3 + usual)
    heavy = np.where((shares > 0.4) & (times > 1), (times - 1) * (limits.weight / limits.far_weight), 0)
    return np.asarray(heavy, dtype=np.float32)


def _wide(values: cv2.typing.MatLike) -> Floats:
    """A Gaussian mean over several characters."""
    small = cv2.resize(values, (values.shape[1] // 4, values.shape[0] // 4), interpolation=cv2.INTER_AREA)
    calm = cv2.GaussianBlur(small, (0, 0), _AROUND_MM / PIXEL_MM / 4)
    return np.asarray(
        cv2.resize(calm, (values.shape[1], values.shape[0]), interpolation=cv2.INTER_LINEAR), dtype=np.float32
    )
