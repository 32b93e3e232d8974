"""A picture of a face against the face as it must look: nothing found on an untouched one, each forgery where it is,
and a poor picture never called altered. A few pictures; `python -m tests.benchmarks.paper` takes hundreds."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from certserver.verify.align import WORK_DPI, darkness
from certserver.verify.compare import Compared, Poor, compare
from certserver.verify.expected import Area, Expected, NamedArea, area_of
from certserver.verify.locate import Located, locate
from tests.support.paper_alterations import Forgery, forge
from tests.support.paper_faces import Face, face
from tests.support.paper_model import LIMITS, Bits, Capture, Grey, take

pytestmark = pytest.mark.xdist_group("sheets")

SEED = 7
BENT_SEED = 9
ROWS_SEED = 258
"""Bends the sheet so that a search without bounds finds the next row of the table."""


@cache
def specimen() -> Face:
    return face("residence")


def located_in(raster: Grey) -> Located:
    located = locate(raster)
    assert located is not None
    return located


def compared(bits: Bits, capture: Capture = Capture.SCAN_300) -> Compared:
    raster = take(bits, capture, SEED).raster
    return compare(specimen().expected, raster, located_in(raster))


def test_what_lies_outside_a_picture_makes_no_paper_look_bright() -> None:
    shown = np.full((900, 900), 250, dtype=np.uint8)
    shown[780:] = 0
    assert darkness(shown, WORK_DPI)[:780].min() > -0.02


@pytest.mark.parametrize("capture", [Capture.SCAN_200, Capture.SCAN_300, Capture.PHOTO], ids=lambda one: one.value)
def test_an_untouched_face_has_no_differences(capture: Capture) -> None:
    result = compared(specimen().printed, capture)
    assert result.poor is None
    assert result.differences == ()


def test_rows_that_look_alike_are_not_laid_on_each_other() -> None:
    rows = face("disaster-victim-three-pages", 1)
    raster = take(rows.printed, Capture.SCAN_300, ROWS_SEED).raster
    result = compare(rows.expected, raster, located_in(raster))
    assert (result.poor, result.differences) == (None, ())


@cache
def forged() -> tuple[Grey, dict[Forgery, Area]]:
    """A picture of a face with every forgery, each in a place of its own."""
    rng, bits, places = np.random.default_rng(SEED), specimen().printed, {}
    for kind in Forgery:
        made = forge(specimen(), kind, rng, bits)
        assert made is not None
        bits = made.printed
        places[kind] = area_of(made.box)
    return take(bits, Capture.SCAN_300, SEED).raster, places


def seen(expected: Expected) -> Compared:
    raster, _ = forged()
    return compare(expected, raster, located_in(raster))


def test_every_forgery_is_found_where_it_is_and_by_its_entry() -> None:
    _, places = forged()
    entries = tuple(NamedArea(kind.value, place) for kind, place in places.items())
    expected = replace(specimen().expected, entries=entries)
    found = seen(expected).differences
    for kind, place in places.items():
        here = [difference for difference in found if place.meets(difference.area, 1.0)]
        assert here, kind
        assert kind is Forgery.VARIANT or kind.value in {difference.entry for difference in here}


def test_the_same_picture_is_told_the_same_twice() -> None:
    first, second = seen(specimen().expected), seen(specimen().expected)
    assert first.differences == second.differences
    assert first.likeness == second.likeness


def test_bent_paper_is_not_altered() -> None:
    bent = replace(LIMITS, warp_mm=4.0)
    taken = take(specimen().printed, Capture.SCAN_300, BENT_SEED, bent)
    assert np.hypot(*taken.warp.at(np.array([[x, y] for x in (30.0, 105, 180) for y in (40.0, 150, 250)])).T).max() > 2
    assert compare(specimen().expected, taken.raster, located_in(taken.raster)).differences == ()


def test_what_is_not_signed_is_not_compared() -> None:
    private = (NamedArea("individual-number", Area(0, 0, 210, 297)),)
    assert seen(replace(specimen().expected, private=private, others=())).differences == ()


def test_another_page_is_a_difference_and_no_poor_picture() -> None:
    raster, _ = forged()
    other = replace(specimen().expected, raster=np.ascontiguousarray(specimen().expected.raster[::-1]), others=())
    result = compare(other, raster, located_in(raster))
    assert result.poor is None
    assert result.another
    assert result.differences


def test_a_sheet_that_bends_too_much_to_be_followed_is_no_altered_one() -> None:
    flat = take(specimen().printed, Capture.SCAN_200, SEED).raster
    rows, columns = np.indices(flat.shape)
    # Waves of 50 mm that move each spot by 4 mm.
    shown = np.stack((columns, rows + 32 * np.sin(columns * (2 * np.pi / 400))), axis=2).astype(np.float32)
    waved = cv2.remap(flat, shown[:, :, 0], shown[:, :, 1], cv2.INTER_LINEAR)
    assert compare(specimen().expected, np.asarray(waved, np.uint8), located_in(flat)).poor is Poor.NO_LIKENESS


def test_a_picture_too_soft_to_tell_characters_apart_is_unreadable() -> None:
    raster, _ = forged()
    soft = np.asarray(cv2.GaussianBlur(raster, (0, 0), 3.0), dtype=np.uint8)
    assert compare(specimen().expected, soft, located_in(raster)).poor is Poor.TOO_BLURRED


def test_a_poor_picture_is_unreadable_and_not_altered() -> None:
    raster = take(specimen().printed, Capture.SCAN_200, SEED).raster
    located = located_in(raster)
    small = cv2.resize(raster, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    far = replace(located, homography=np.diag((0.6, 0.6, 1.0)) @ located.homography)
    assert compare(specimen().expected, np.asarray(small, dtype=np.uint8), far).poor is Poor.TOO_FEW_PIXELS
    blank = np.full_like(raster, 200)
    assert compare(specimen().expected, blank, located).poor is Poor.TOO_FAINT
    half = raster.copy()
    half[: len(half) // 3] = 0
    assert compare(specimen().expected, half, located).poor is Poor.NOT_WHOLE


def test_a_long_rule_tells_nothing_of_moves_along_it() -> None:
    supplement = face("koseki-supplement-without-domicile")
    raster = take(supplement.printed, Capture.PHOTO, 810).raster
    result = compare(supplement.expected, raster, located_in(raster))
    assert (result.poor, result.differences) == (None, ())


def test_thin_words_that_were_erased_are_missed_in_a_weak_picture() -> None:
    foreign = face("residence-only-overseas-voter")
    erased = forge(foreign, Forgery.LINE, np.random.default_rng([801, 2]))
    assert erased is not None
    raster = take(erased.printed, Capture.SCAN_200, 801).raster
    found = compare(foreign.expected, raster, located_in(raster)).differences
    assert found
    assert all(one.area.meets(area_of(erased.box), within=1.0) for one in found)
    assert sum(one.missing for one in found) > sum(one.added for one in found)


def test_strokes_in_a_row_between_two_rules_are_found() -> None:
    """Seed 321 of the bench: 一 for 号, most of whose strokes lie where no ink must be."""
    rng = np.random.default_rng([321, 1])
    specimen = face("residence-individual", 1)
    digit = forge(specimen, Forgery.DIGIT, rng)
    assert digit is not None
    character = forge(specimen, Forgery.CHARACTER, rng, digit.printed)
    assert character is not None
    raster = take(character.printed, Capture.SCAN_300, 321).raster
    found = compare(specimen.expected, raster, located_in(raster)).differences
    assert any(area_of(character.box).meets(one.area, within=1.0) for one in found)
