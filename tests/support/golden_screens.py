"""Pictures of windows against those that were looked at and found good, tile by tile at half size. KOUFU_GOLDEN=write
makes them anew."""

import os
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

TILE = 30
"""Pixels of a tile's side, at half size."""

TOLERANCE = 5.0
"""How far a tile may be off on average, of 255: one rasteriser's rounding, but no letter."""


def looks_as_before(picture: Path, golden: Path) -> bool:
    """Whether no tile differs. Raises `AssertionError` that names those that do."""
    with Image.open(picture) as taken:
        shown = taken.convert("RGB").resize((taken.width // 2, taken.height // 2), Image.Resampling.BOX)
    if os.environ.get("KOUFU_GOLDEN") == "write":
        shown.quantize(256).save(golden, optimize=True)
    with Image.open(golden) as kept:
        assert kept.size == shown.size
        off = _tiles_off(_pixels(shown), _pixels(kept))
    assert not off, off
    return True


def _pixels(image: Image.Image) -> NDArray[np.float64]:
    return np.asarray(image.convert("RGB"), dtype=np.float64)


def _tiles_off(shown: NDArray[np.float64], golden: NDArray[np.float64]) -> list[tuple[int, int, float]]:
    off = np.abs(shown - golden).mean(axis=2)
    found = []
    for top in range(0, off.shape[0], TILE):
        for left in range(0, off.shape[1], TILE):
            mean = float(off[top : top + TILE, left : left + TILE].mean())
            if mean > TOLERANCE:
                found.append((left, top, round(mean, 1)))
    return found
