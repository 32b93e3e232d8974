"""A picture laid onto a face: what lies flat is not moved, from edge to edge."""

from functools import cache

import cv2
import numpy as np
import pytest

from certserver.antiforgery.paper import MM_PER_INCH
from certserver.verify.align import WORK_DPI, Aligned, align
from certserver.verify.locate import locate
from tests.support.paper_faces import face

pytestmark = pytest.mark.xdist_group("sheets")

BANDS = 4
STILL_MM = 0.02


@cache
def laid() -> Aligned:
    """A face without ground onto itself: twice as fine, so that the picture is made smaller on the way."""
    expected = face("residence").expected
    raster = np.ascontiguousarray(expected.raster.repeat(2, axis=0).repeat(2, axis=1))
    located = locate(raster)
    assert located is not None
    return align(expected, raster, located)


@pytest.mark.parametrize("band", range(BANDS))
def test_what_lies_flat_is_laid_where_it_is_from_top_to_bottom(band: int) -> None:
    must, seen = (np.array_split(side.astype(np.float32), BANDS)[band] for side in (laid().ink, laid().seen * 255))
    (right, down), _ = cv2.phaseCorrelate(must, seen, cv2.createHanningWindow(must.shape[::-1], cv2.CV_32F))
    assert np.hypot(right, down) * MM_PER_INCH / WORK_DPI < STILL_MM
