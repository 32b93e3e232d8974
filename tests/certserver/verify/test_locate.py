"""Where the face lies in a picture: whole, with a mark or the code lost, in any rotation; and that nothing else is
taken for a face."""

from functools import cache

import cv2
import numpy as np
import pytest

from certserver.antiforgery.paper import SHEET_MM
from certserver.verify.locate import Located, locate, project
from certserver.verify.marks_seen import marks_in
from tests.support import sheets
from tests.support.paper_model import Capture, Points, Taken, take

pytestmark = pytest.mark.xdist_group("sheets")

NEAR_MM = 2.5
"""A flat sheet's place, where paper is warped by up to 2 mm."""

WITHOUT_A_MARK_MM = 7.0
"""At the lost corner only the sizes of the other marks tell how far away it is, and warped paper changes these."""

MARKS = {"top left": (10, 10), "top right": (200, 10), "bottom right": (200, 287), "bottom left": (10, 287)}
CODE = (19.9, 283.3)


@cache
def taken(capture: Capture, seed: int) -> Taken:
    return take(sheets.printed_dots(sheets.residence().file, 0), capture, seed)


@cache
def spots() -> Points:
    x, y = np.meshgrid(np.linspace(12, SHEET_MM[0] - 12, 9), np.linspace(12, SHEET_MM[1] - 12, 13))
    return np.stack((x.ravel(), y.ravel()), axis=1)


def furthest(located: Located, truth: Taken) -> float:
    """How wrong it is anywhere on the sheet, in mm."""
    return float(np.hypot(*(truth.sheet_of(project(located.homography, spots())) - spots()).T).max())


def without(truth: Taken, *places: tuple[float, float], radius: float = 7.0) -> sheets.Raster:
    """The picture with something lying on these spots of the sheet."""
    found = locate(truth.raster)
    assert found is not None
    covered = truth.raster.copy()
    for x, y in project(found.homography, np.array(places, dtype=np.float64)):
        cv2.circle(covered, (round(x), round(y)), round(radius * found.pixels_per_mm), 128, -1)
    return covered


@pytest.mark.parametrize(("capture", "seed"), [(Capture.SCAN_200, 1), (Capture.PHOTO, 2)], ids=["scan", "photo"])
def test_a_whole_face_is_located(capture: Capture, seed: int) -> None:
    truth = taken(capture, seed)
    located = locate(truth.raster)
    assert located is not None
    assert located.marks == 4
    assert located.code
    assert furthest(located, truth) < NEAR_MM


@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_any_way_up(quarters: int) -> None:
    truth = taken(Capture.SCAN_200, 1)
    raster = np.ascontiguousarray(np.rot90(truth.raster, quarters))
    located = locate(raster)
    assert located is not None
    back = locate(truth.raster)
    assert back is not None
    height, width = truth.raster.shape
    turns = {0: (1, 0, 0, 0, 1, 0), 1: (0, 1, 0, -1, 0, width - 1), 2: (-1, 0, width - 1, 0, -1, height - 1)}
    turns[3] = (0, -1, height - 1, 1, 0, 0)
    turned = np.array([*turns[quarters], 0, 0, 1], dtype=np.float64).reshape(3, 3) @ back.homography
    assert np.abs(project(located.homography, spots()) - project(turned, spots())).max() < 2


@pytest.mark.parametrize("lost", MARKS)
def test_one_mark_may_be_lost(lost: str) -> None:
    truth = taken(Capture.SCAN_200, 1)
    located = locate(without(truth, MARKS[lost], radius=3.5))
    assert located is not None
    assert located.marks == 3
    assert furthest(located, truth) < WITHOUT_A_MARK_MM


def test_the_code_may_be_lost() -> None:
    truth = taken(Capture.SCAN_200, 1)
    located = locate(without(truth, CODE, radius=6))
    assert located is not None
    assert not located.code
    assert furthest(located, truth) < NEAR_MM


def test_two_marks_alone_tell_nothing() -> None:
    truth = taken(Capture.SCAN_200, 1)
    assert locate(without(truth, MARKS["top left"], MARKS["top right"], CODE)) is None


def test_a_face_seen_in_a_mirror_is_none() -> None:
    truth = taken(Capture.SCAN_200, 1)
    assert locate(np.ascontiguousarray(without(truth, CODE, radius=6)[:, ::-1])) is None


@pytest.mark.parametrize("shape", [(1, 1), (40, 3000), (1200, 900)])
def test_nothing_is_none(shape: tuple[int, int]) -> None:
    assert locate(np.full(shape, 255, dtype=np.uint8)) is None


def test_rings_within_rings_without_end_are_looked_at_for_a_bounded_time() -> None:
    cells = np.zeros((1500, 1500), dtype=np.uint8)
    for at in range(0, 1500, 15):
        cells[:, at : at + 2] = cells[at : at + 2, :] = 255
        cells[:, at + 7 : at + 9] = 255
    assert len(marks_in(255 - cells)) <= 12
