"""A picture of a face against the face as it must look: nothing found on an untouched one, each forgery where it is,
and a poor picture never called altered. A few pictures; `python -m tests.benchmarks.paper` takes hundreds."""

from dataclasses import replace
from functools import cache

import cv2
import numpy as np
import pytest

from certserver.verify.compare import Compared, Poor, compare
from certserver.verify.expected import Area, NamedArea
from certserver.verify.locate import Located, locate
from tests.support.paper_alterations import Forgery, forge
from tests.support.paper_faces import Face, face
from tests.support.paper_model import DOTS_PER_MM, Bits, Capture, Grey, take

pytestmark = pytest.mark.xdist_group("sheets")

SEED = 7


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


@pytest.mark.parametrize("capture", [Capture.SCAN_200, Capture.SCAN_300, Capture.PHOTO], ids=lambda one: one.value)
def test_an_untouched_face_has_no_differences(capture: Capture) -> None:
    result = compared(specimen().printed, capture)
    assert result.poor is None
    assert result.differences == ()


@pytest.mark.parametrize(
    "kind", [Forgery.DIGIT, Forgery.CHARACTER, Forgery.LINE, Forgery.SEAL], ids=lambda one: one.value
)
def test_a_forgery_is_found_where_it_is(kind: Forgery) -> None:
    forged = forge(specimen(), kind, np.random.default_rng(SEED))
    assert forged is not None
    edges = (forged.box.left, forged.box.top, forged.box.right, forged.box.bottom)
    place = Area(*(edge / DOTS_PER_MM for edge in edges))
    result = compared(forged.printed)
    assert any(place.meets(difference.area, 1.0) for difference in result.differences)
    named = replace(specimen().expected, entries=(NamedArea("here", place),))
    raster = take(forged.printed, Capture.SCAN_300, SEED).raster
    assert compare(named, raster, located_in(raster)).differences[0].entry == "here"
    unsigned = replace(specimen().expected, private=(NamedArea("there", Area(0, 0, 210, 297)),))
    assert compare(unsigned, raster, located_in(raster)).differences == ()


def test_a_poor_picture_is_unreadable_and_not_altered() -> None:
    raster = take(specimen().printed, Capture.SCAN_200, SEED).raster
    located = located_in(raster)
    small = cv2.resize(raster, None, fx=0.6, fy=0.6, interpolation=cv2.INTER_AREA)
    far = replace(located, homography=np.diag((0.6, 0.6, 1.0)) @ located.homography)
    assert compare(specimen().expected, np.asarray(small, dtype=np.uint8), far).poor is Poor.TOO_FEW_PIXELS
    blank = np.full_like(raster, 200)
    assert compare(specimen().expected, blank, located).poor is not None
    half = raster.copy()
    half[: len(half) // 3] = 0
    assert compare(specimen().expected, half, located).poor is Poor.NOT_WHOLE
