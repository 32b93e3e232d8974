"""How far off each spot near expected ink is, measured by how far such spots stray in this very picture: a sharp one of
strong toner tells more than a blurred one of thin toner, and neither tells more than it can."""

import cv2
import numpy as np

from certserver.verify.local import unexplained
from certserver.verify.overlay import PIXEL_MM, Bits, Floats, Overlay
from certserver.verify.thresholds import Thresholds

_CALM = 1.0
"""Pixels (sigma) over which spots are averaged: half a stroke."""

_LEAST_NEAR, _WELL_NEAR = 0.15, 0.5
_EVERY = 5
_BINS = 8


def left_near_ink(overlay: Overlay) -> Floats:
    """What is seen beyond what must be, near ink, when all that a printer may do is explained."""
    return unexplained(overlay.must, overlay.edges, overlay.beyond_near, overlay.near, overlay.noise, PIXEL_MM)


def near_ink(overlay: Overlay, left: Floats, bare: Bits, limits: Thresholds) -> Floats:
    """In strays, beyond `rise`; negative where ink is missing. `left`: as `left_near_ink` has it; `bare`: where dots of
    the ground lie beside ink."""
    shares = _calm(overlay.near)
    off = np.asarray(_calm(cv2.multiply(left, overlay.near)) / np.maximum(shares, np.float32(0.05)), dtype=np.float32)
    steep = _calm(overlay.edges)
    level, slope = _strays(off, steep, (shares > _WELL_NEAR) & ~bare)
    stray = np.clip(level + slope * steep, limits.least_stray, limits.most_stray)
    off[shares <= _LEAST_NEAR] = 0
    off[bare] = np.where(off[bare] > 0, np.maximum(off[bare] - np.float32(limits.bare), 0), off[bare])
    off[overlay.rules] = np.where(
        off[overlay.rules] < 0, np.minimum(off[overlay.rules] + np.float32(limits.rules), 0), off[overlay.rules]
    )
    times = off / stray
    return np.asarray(np.sign(times) * np.maximum(np.abs(times) - limits.rise, 0), dtype=np.float32)


def _calm(values: cv2.typing.MatLike) -> Floats:
    return np.asarray(cv2.GaussianBlur(values, (0, 0), _CALM), dtype=np.float32)


def _strays(off: Floats, steep: Floats, counts: Bits) -> tuple[np.float32, np.float32]:
    """How far spots stray (sigma): a level, and how much more or less on a full edge. By medians, so that what is
    altered has no say."""
    at = np.flatnonzero(counts.ravel())[::_EVERY]
    if len(at) < 10 * _BINS:
        return np.float32(0), np.float32(0)
    away, edges = np.abs(off.ravel()[at]), steep.ravel()[at]
    order = np.array_split(np.argsort(edges), _BINS)
    middles = [float(edges[some].mean()) for some in order]
    sigmas = [1.4826 * float(np.median(away[some])) for some in order]
    slope, level = np.polyfit(middles, sigmas, 1)
    return np.float32(level), np.float32(slope)
