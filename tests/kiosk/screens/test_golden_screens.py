"""The screens as they were last looked at and found good, compared tile by tile at half size. After looking at a
change: KOUFU_GOLDEN=write makes these pictures anew."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from kiosk.screens import samples
from kiosk.screens.gallery import LOOKS
from tests.kiosk.screens.conftest import Stage

TILE = 30
"""Pixels of a tile's side, at half size."""

TOLERANCE = 5.0
"""How far a tile may be off on average, of 255: one rasteriser's rounding, but no letter."""

_CHOOSING = ("advised-window", "matter-year", "options-many", "number", "confirm-full")

_ELSEWHERE = (
    "where",
    "where-prefecture",
    "where-municipality",
    "enrol-offer",
    "enrol-domicile",
    "enrol-review",
    "enrolled",
)

LOOKED_AT = (
    *((name, "portrait", "") for name in samples.PICTURED),
    *((name, "landscape", "") for name in samples.PICTURED),
    *((name, "portrait", "-english") for name in samples.PICTURED),
    *((name, "portrait", "-large") for name in ("01-start", "03-pin", "06-confirm", "08-pay", "12-fault")),
    *((name, "portrait", "-contrast") for name in ("01-start", "03-pin", "06-confirm")),
    *((name, "portrait", "-low") for name in ("03-pin", "04-purpose")),
    ("06-confirm", "portrait", "-left"),
    *((name, panel, "") for name in _CHOOSING for panel in ("portrait", "landscape")),
    *((name, panel, "") for name in _ELSEWHERE for panel in ("portrait", "landscape")),
    *((name, "portrait", "-english") for name in _ELSEWHERE),
    *((name, "portrait", "-large") for name in ("where-municipality", "enrol-domicile", "enrol-review")),
    ("where-prefecture", "landscape", "-large-english"),
    ("enrol-born", "portrait", ""),
    ("purpose-nine", "portrait", ""),
    ("matter-refused", "portrait", ""),
    ("options-many", "portrait", "-english"),
    ("advised-paper", "portrait", ""),
    ("confirm-free", "portrait", ""),
    ("over-idle", "portrait", ""),
    ("closed-two", "portrait", ""),
    ("declined-card-lies", "portrait", ""),
    ("start-short-board", "portrait", ""),
    ("01-start", "landscape", "-large"),
    ("at-counter", "portrait", ""),
    ("at-counter", "landscape", "-english"),
)


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


@pytest.mark.parametrize(("name", "panel", "look"), LOOKED_AT)
def test_a_screen_looks_as_it_was_found_good(
    name: str, panel: str, look: str, stages: dict[str, Stage], root: Path, tmp_path: Path
) -> None:
    window = stages[panel].window
    window.show(replace(samples.ALL[name], presentation=LOOKS[look]))
    window.picture(tmp_path / "shown.png")
    with Image.open(tmp_path / "shown.png") as picture:
        shown = picture.convert("RGB").resize((picture.width // 2, picture.height // 2), Image.Resampling.BOX)
    golden = root / "tests/golden/screens" / f"{name}{'-landscape' if panel == 'landscape' else ''}{look}.png"
    if os.environ.get("KOUFU_GOLDEN") == "write":
        shown.quantize(256).save(golden, optimize=True)
    with Image.open(golden) as kept:
        assert kept.size == shown.size
        assert not _tiles_off(_pixels(shown), _pixels(kept))
