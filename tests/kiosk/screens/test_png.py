"""Pictures of screens as files: another program reads from them, to the pixel, what stood on the screen."""

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from kiosk.screens import samples
from kiosk.screens.png import packed, save
from tests.kiosk.screens.conftest import Stage


@pytest.mark.parametrize("size", [(1, 1), (2, 3), (5, 1), (1, 5), (333, 47)])
def test_every_pixel_is_what_it_was(size: tuple[int, int]) -> None:
    wide, tall = size
    colours = np.random.default_rng(1).integers(0, 256, (tall, wide, 3), dtype=np.uint8)
    image = QImage(wide, tall, QImage.Format.Format_RGB32)
    for y, row in enumerate(colours):
        for x, (red, green, blue) in enumerate(row):
            image.setPixelColor(x, y, QColor(int(red), int(green), int(blue)))
    with Image.open(BytesIO(packed(image))) as opened:
        assert (opened.format, opened.mode) == ("PNG", "RGB")
        assert np.array_equal(np.asarray(opened), colours)


def test_a_screen_is_no_larger_as_a_file_than_qt_makes_it(portrait: Stage, tmp_path: Path) -> None:
    portrait.window.show(samples.PICTURED["01-start"])
    portrait.window.settle()
    shown = portrait.window.image()
    ours, of_qt = tmp_path / "ours.png", tmp_path / "qt.png"
    save(shown, ours)
    assert shown.save(str(of_qt))
    assert QImage(str(ours)).convertToFormat(shown.format()) == shown
    assert ours.stat().st_size < 1.1 * of_qt.stat().st_size
