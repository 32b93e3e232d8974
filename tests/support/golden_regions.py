"""Sheets beside pictures of them that were looked at, region by region: a drawn sheet is the same but for what nobody
sees. After looking at a change: KOUFU_GOLDEN=write makes the pictures anew."""

import os
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

from tests.support import sheets

WRONG = 96
"""Grey levels by which a pixel has to differ."""

Regions = Mapping[str, tuple[float, float, float, float]]
"""Left, top, right, bottom in millimetres from the top left of the sheet."""


def kept(file: Path, seen: sheets.Raster) -> sheets.Raster:
    """The picture that was looked at; where it is made anew, of what is seen now."""
    if os.environ.get("KOUFU_GOLDEN") == "write":
        ImageOps.posterize(Image.fromarray(seen), 4).quantize(16).save(file, optimize=True)
    return np.asarray(Image.open(file).convert("L"))


def wrong_pixels(
    expected: sheets.Raster, found: sheets.Raster, region: tuple[float, float, float, float], dpi: int
) -> int:
    """How many pixels of a region differ."""
    left, top, right, bottom = (round(mm * dpi / 25.4) for mm in region)
    part = (slice(top, bottom), slice(left, right))
    assert expected.shape == found.shape
    off = np.abs(expected[part].astype(int) - found[part].astype(int)) > WRONG
    return int(np.count_nonzero(off))
