"""Drawn seals are what a register would hold: 1-bit, true to size, and the same every time."""

import io

import numpy as np
import pytest
from PIL import Image

from certserver.demo.artwork import OFFICIAL_SEAL_PX, official_seal, registered_seal
from certserver.documents.imprints import read_imprint, read_registered_seal

TEXTS = ["林", "山田", "辻健吾", "見本太郎", "𠮷田一郎", "渡邉\U000e0110太郎", "ＭＡＲＩＡ", "一二三四五六七八九"]


def test_the_official_seal_is_24_mm_at_600_dpi() -> None:
    png = official_seal(("見本県", "見本市", "長之印"))
    picture = Image.open(io.BytesIO(png))
    assert (picture.mode, picture.size) == ("1", (OFFICIAL_SEAL_PX, OFFICIAL_SEAL_PX))
    assert picture.info["dpi"] == pytest.approx((600, 600), rel=0.001)
    assert read_imprint(png).width == 567


def test_the_official_seal_reads_in_columns_from_the_right() -> None:
    one = official_seal(("見本県", "見本市", "長之印"))
    swapped = official_seal(("長之印", "見本市", "見本県"))
    left, right = (np.asarray(Image.open(io.BytesIO(png))) for png in (one, swapped))
    assert np.array_equal(left[40:-40, 40:200], right[40:-40, -199:-39])


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("diameter_mm", [8.5, 13.5, 24.5])
def test_a_registered_seal_is_true_to_size_and_has_ink(text: str, diameter_mm: float) -> None:
    png = registered_seal(text, diameter_mm)
    imprint = read_registered_seal(png)
    assert imprint.width == imprint.height == round(diameter_mm / 25.4 * 600)
    ink = 1 - np.asarray(Image.open(io.BytesIO(png)), dtype=float)
    assert 0.1 < ink.mean() < 0.6
    assert png == registered_seal(text, diameter_mm)


def test_people_of_one_name_may_have_seals_that_differ() -> None:
    assert registered_seal("辻健吾", 13.5) != registered_seal("辻健吾", 15.0)
    assert registered_seal("辻健吾", 13.5) != registered_seal("辻美咲", 13.5)
