"""The pictograms: all there, in the theme's colours only, and drawn at the size that is asked for."""

import re
from importlib import resources
from pathlib import Path

import pytest
from PySide6.QtCore import QSize

from kiosk.screens.drawings import Drawings, drawing
from kiosk.screens.palette import CONTRAST, STANDARD

FOLDER = Path(str(resources.files("kiosk.screens.pictograms")))
NAMES = sorted(path.stem for path in FOLDER.glob("*.svg"))


@pytest.mark.parametrize("name", NAMES)
def test_a_drawing_uses_the_colours_of_its_theme(name: str) -> None:
    for theme, palette in (("standard", STANDARD), ("contrast", CONTRAST)):
        used = set(re.findall(r"#[0-9a-f]{6}", drawing(name, theme, "").decode()))
        assert used
        assert used <= set(palette.roles().values())


def test_another_ink_replaces_the_lines_only() -> None:
    svg = drawing("card-down", "standard", "ff00ff").decode()
    assert "#ff00ff" in svg
    assert STANDARD.ink not in svg
    assert STANDARD.go in svg


def test_a_drawing_is_as_large_as_it_is_shown(qapp: object) -> None:
    image = Drawings().requestImage("clock/standard/", QSize(), QSize(37, 37))
    assert (image.width(), image.height()) == (37, 37)


def test_every_drawing_is_used_and_every_used_one_is_there(root: Path) -> None:
    sources = [*(root / "kiosk/screens").rglob("*.py"), *(root / "kiosk/screens").rglob("*.qml")]
    text = "\n".join(path.read_text() for path in sources)
    for name in NAMES:
        assert f'"{name}"' in text or name in ("card-down", "card-up"), name


def test_a_screen_that_comes_again_finds_its_drawings_drawn() -> None:
    first, again, larger = (
        Drawings().requestImage("card-down/standard/", QSize(), QSize(side, side)) for side in (40, 40, 60)
    )
    assert first.cacheKey() == again.cacheKey()
    assert (again.width(), larger.width()) == (40, 60)
