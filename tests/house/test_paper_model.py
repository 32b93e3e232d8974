"""The model of paper does what its limits say, and the same again from the same seed. One sheet at 200 dpi tells."""

from functools import cache

import cv2
import numpy as np
import pytest

from tests.support import sheets
from tests.support.paper_model import DPI, LIMITS, MM_PER_INCH, SHEET_MM, Capture, Points, Taken, take

pytestmark = pytest.mark.xdist_group("sheets")

SEED = 5


@cache
def printed() -> sheets.Bits:
    return sheets.printed_dots(sheets.residence().file, 0)


@cache
def taken() -> Taken:
    return take(printed(), Capture.SCAN_200, SEED)


def spots(*mm: tuple[float, float]) -> Points:
    return np.array(mm, dtype=np.float64)


def test_the_same_seed_gives_the_same_picture() -> None:
    assert np.array_equal(take(printed(), Capture.SCAN_200, SEED).raster, taken().raster)


def test_what_a_pixel_shows_is_what_the_truth_says() -> None:
    """The picture and the print, each cut around spots with ink, look alike where the truth puts them."""
    scale = DPI / MM_PER_INCH
    for mark in ((10.0, 10.0), (200.0, 10.0), (10.0, 287.0), (200.0, 287.0)):
        flat = taken().flat @ np.array([*mark, 1.0])
        around = flat[:2] / flat[2]
        rows, columns = (np.arange(-30, 31) + round(float(at)) for at in around[::-1])
        x, y = np.meshgrid(columns, rows)
        shown = taken().sheet_of(np.stack((x.ravel(), y.ravel()), axis=1).astype(np.float64)) * scale
        inside = np.clip(np.round(shown - 0.5).astype(int), 0, np.array(printed().shape[::-1]) - 1)
        ink = printed()[inside[:, 1], inside[:, 0]].reshape(x.shape)
        seen = taken().raster[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        likeness = cv2.matchTemplate(
            255 - seen, cv2.GaussianBlur(ink.astype(np.uint8) * 255, (0, 0), 1), cv2.TM_CCOEFF_NORMED
        )
        assert likeness[0, 0] > 0.8


def test_no_spot_is_moved_further_than_the_limit() -> None:
    x, y = np.meshgrid(np.linspace(0, SHEET_MM[0], 50), np.linspace(0, SHEET_MM[1], 70))
    moved = np.hypot(*taken().warp.at(np.stack((x.ravel(), y.ravel()), axis=1)).T)
    assert 0 < moved.max() <= LIMITS.warp_mm * 1.05


def test_the_limits_are_those_of_the_issue() -> None:
    """A check that wants others is to be changed itself."""
    assert (LIMITS.toner_dots, LIMITS.blur_pixels, LIMITS.warp_mm) == (1.0, (0.5, 1.2), 2.0)
    assert (LIMITS.shadow, LIMITS.jpeg, LIMITS.tilt_degrees) == (0.40, (60, 90), 25.0)


def test_a_photograph_has_12_megapixels_and_shows_the_whole_sheet() -> None:
    photo = take(printed(), Capture.PHOTO, SEED)
    assert sorted(photo.raster.shape) == [3000, 4000]
    corners = spots((0, 0), (SHEET_MM[0], 0), SHEET_MM, (0, SHEET_MM[1]))
    projected = np.hstack((corners, np.ones((4, 1)))) @ photo.flat.T
    pixels = projected[:, :2] / projected[:, 2:]
    assert (pixels >= 0).all()
    assert (pixels < photo.raster.shape[::-1]).all()
