"""Ink where there must be none: told from the ground, whose dots lie there, by being denser than it is around, or by
lying along a line, as strokes do and dots don't."""

import cv2
import numpy as np

from certserver.verify.overlay import PIXEL_MM, Floats, Overlay
from certserver.verify.thresholds import Thresholds

_AROUND_MM = 2.5
_CALM = 1.8
"""Pixels (sigma) over which dots are averaged: a cell of the ground."""

_ALONG, _ACROSS = (7, 2.3), (3, 0.6)
"""Pixels and sigma of a short line's mean: longer than a dot, shorter than a stroke of a small character."""

_USUAL_LINES, _EVERY = 0.998, 7
"""The share of spots that the ground explains, and of which spots it is taken. A forger's strokes are fewer."""

_BESIDE_RULES = (13, 13)
"""Pixels: a millimetre to each side, besides what already counts as the rules."""

_EDGE_MM = 15.0
"""Of the sheet: what a picture shows there may be what it lies on."""

_MOST_GROUND = 0.3
_LEAST_SHARE, _LEAST_OF_LINE = 0.4, 0.6


def far_from_ink(overlay: Overlay, limits: Thresholds) -> Floats:
    """How much denser each spot is, beyond `far_rise`, or how much stronger a line than those of the ground; weighed so
    that `weight` is the line for it as well."""
    free = cv2.erode((overlay.near < 0.02).astype(np.float32), np.ones((3, 3), dtype=np.uint8))
    beyond = cv2.multiply(overlay.beyond, free)
    shares = cv2.GaussianBlur(free, (0, 0), _CALM)
    counts = shares > _LEAST_SHARE
    dense = cv2.GaussianBlur(beyond, (0, 0), _CALM) / np.maximum(shares, 0.05)
    usual = _wide(np.minimum(dense, _MOST_GROUND) * free) / np.maximum(_wide(free), 0.05)
    times = (dense - usual) / (limits.far_rise + overlay.noise * 0.3 + usual)
    lines = np.maximum(_lines(beyond, free, turned=False), _lines(beyond, free, turned=True)) - usual
    # A rule that lies a little beside its place is a line as well.
    lines[cv2.dilate(overlay.rules.view(np.uint8), np.ones(_BESIDE_RULES, dtype=np.uint8)) > 0] = 0
    inside = (slice(edge := round(_EDGE_MM / PIXEL_MM), -edge),) * 2
    of_ground = lines[inside][counts[inside]][::_EVERY]
    level = limits.far_line * max(
        float(np.quantile(of_ground, _USUAL_LINES)) if len(of_ground) else 0, limits.far_least
    )
    strongest = np.maximum(times, lines / np.float32(level))
    heavy = np.where(counts & (strongest > 1), (strongest - 1) * (limits.weight / limits.far_weight), 0)
    return np.asarray(heavy, dtype=np.float32)


def _lines(beyond: cv2.typing.MatLike, free: cv2.typing.MatLike, *, turned: bool) -> Floats:
    """How much ink lies along a short line, level or turned upright; 0 where too little of it is free of ink."""
    along, across = (cv2.getGaussianKernel(*each, ktype=cv2.CV_32F) for each in (_ALONG, _ACROSS))
    kernels = (across, along) if turned else (along, across)
    ink, share = (cv2.sepFilter2D(each, cv2.CV_32F, *kernels) for each in (beyond, free))
    return np.where(share > _LEAST_OF_LINE, ink / np.maximum(share, np.float32(_LEAST_OF_LINE)), np.float32(0))


def _wide(values: cv2.typing.MatLike) -> Floats:
    """A Gaussian mean over several characters."""
    small = cv2.resize(values, (values.shape[1] // 4, values.shape[0] // 4), interpolation=cv2.INTER_AREA)
    calm = cv2.GaussianBlur(small, (0, 0), _AROUND_MM / PIXEL_MM / 4)
    return np.asarray(
        cv2.resize(calm, (values.shape[1], values.shape[0]), interpolation=cv2.INTER_LINEAR), dtype=np.float32
    )
