"""A photo is cut out by its guide wherever one can be, and otherwise there is a reason."""

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.camera.model import Face
from hardware.camera.person import Person, crown_and_chin, truth
from kiosk.photo.crop import COARSEST, CantCrop, Crop, Head, crop_around, head_of, paper_crop
from koufu.photo.measures import FILE_SIDE, HEAD_MM, PAPER_MM, TOP_MARGIN_MM

WIDE, HIGH = 1280, 960
MIDDLE = Head(crown=240, chin=240 + 34 * 14, middle=640)
"""A head of exactly as many pixels as the smallest photo needs."""


def test_a_head_in_the_middle_is_cut_by_the_middle_of_the_guide() -> None:
    crop = crop_around(MIDDLE, WIDE, HIGH)
    assert crop == Crop(640 - 17.5 * 14, 240 - 4 * 14, 35 * 14, 45 * 14, 34.0, 4.0)


def test_a_head_of_a_drawn_person_is_estimated_within_two_millimetres() -> None:
    for person in (Person(), Person(hijab=True), Person(tilt=5), Person(head=0.7)):
        head = head_of(truth(person, WIDE, HIGH))
        assert head is not None
        crown, chin = crown_and_chin(person, WIDE, HIGH)
        a_mm = head.height / 34
        assert abs(head.crown - crown[1]) < 2 * a_mm
        assert abs(head.chin - chin[1]) < 2 * a_mm


def test_a_face_on_one_spot_has_no_head() -> None:
    spot = (5.0, 5.0)
    assert head_of(Face((5, 5, 0, 0), spot, spot, spot, spot, 1.0)) is None


def test_a_head_without_height_is_none() -> None:
    for chin in (100.0, 100.5, 90.0, float("nan")):
        with pytest.raises(ValueError, match="chin"):
            Head(100.0, chin, 50.0)


def test_one_pixel_too_few_is_too_small() -> None:
    at_36 = 32 * COARSEST
    assert isinstance(crop_around(Head(240, 240 + at_36, 640), WIDE, HIGH), Crop), "with the head as small as it may be"
    assert crop_around(Head(240, 240 + at_36 - 1, 640), WIDE, HIGH) is CantCrop.TOO_SMALL


def test_near_an_edge_the_guide_gives_way_as_far_as_it_may() -> None:
    crop = crop_around(Head(30, 30 + 476, 640), WIDE, HIGH)
    assert isinstance(crop, Crop)
    assert crop.top_margin_mm == 2.0
    assert crop_around(Head(24, 24 + 476, 640), WIDE, HIGH) is CantCrop.OVER_THE_EDGE
    assert crop_around(Head(240, 716, 200), WIDE, HIGH) is CantCrop.OVER_THE_EDGE


def test_a_print_on_a_scanner_is_cut_where_it_lies() -> None:
    head = Head(20 + 4 * 600 / 25.4, 20 + 38 * 600 / 25.4, 400)
    crop = paper_crop((10, 20), 600, head, 1000, 1100)
    assert isinstance(crop, Crop)
    assert isclose(crop.width, 35 * 600 / 25.4)
    assert isclose(crop.head_mm, 34)
    assert isclose(crop.top_margin_mm, 4)
    assert paper_crop((10, 20), 600, head, 1000, 1082) is CantCrop.OVER_THE_EDGE
    assert paper_crop((-1, 20), 600, head, 1000, 1100) is CantCrop.OVER_THE_EDGE


def test_a_scan_has_a_least_resolution() -> None:
    assert paper_crop((0, 0), 355, None, 1000, 1100) is CantCrop.TOO_SMALL
    assert paper_crop((0, 0), float("nan"), None, 1000, 1100) is CantCrop.TOO_SMALL
    assert isinstance(paper_crop((0, 0), 356, None, 1000, 1100), Crop)


@given(
    st.floats(-200, 2000),
    st.floats(1, 3000),
    st.floats(-200, 3000),
    st.integers(1, 3000),
    st.integers(1, 3000),
)
def test_a_cut_lies_in_the_picture_with_the_head_in_its_guide(
    crown: float, height: float, middle: float, wide: int, high: int
) -> None:
    crop = crop_around(Head(crown, crown + height + 1e-6, middle), wide, high)
    if isinstance(crop, Crop):
        assert crop.left >= 0
        assert crop.top >= 0
        assert crop.left + crop.width <= wide
        assert crop.top + crop.height <= high
        assert HEAD_MM[0] <= crop.head_mm <= HEAD_MM[1]
        assert TOP_MARGIN_MM[0] <= crop.top_margin_mm <= TOP_MARGIN_MM[1]
        assert isclose(crop.width / crop.height, PAPER_MM[0] / PAPER_MM[1])
        assert crop.width >= FILE_SIDE[0]
