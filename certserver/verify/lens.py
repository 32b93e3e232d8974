"""A file that never was on paper, such as the PDF itself, is sharper than any scan: its ground's dots stand out as much
as strokes do, and pull on what is laid over them. Through a lens they don't."""

import cv2
import numpy as np

from certserver.verify.pictures import Raster

_SHARP = 200
"""Of 255, from one pixel to the next. A scanner's sharpest edge has two thirds of that."""

_SHARP_SHARE = 1e-4
_BLUR, _OF_PIXELS = 0.8, 3508
"""Sigma, in pixels, and of how many a sheet's height has: of twice as many it is twice as much."""


def as_through_a_lens(raster: Raster) -> Raster:
    """The grey picture as it is, or blurred a little where it is sharper than any lens."""
    steps = cv2.absdiff(raster[:, 1:], raster[:, :-1])
    if np.count_nonzero(steps > _SHARP) < _SHARP_SHARE * raster.size:
        return raster
    return np.asarray(
        cv2.GaussianBlur(raster, (0, 0), _BLUR * max(1.0, max(raster.shape) / _OF_PIXELS)), dtype=np.uint8
    )
