"""The copy warning: as dark as its surroundings on the original, plain to see after a copier. Measured on the dots that
a 600-dpi printer without grey puts on paper, in a model of printer and copier, not on real toner."""

from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from certserver.antiforgery.codes import MODULE, QUIET
from certserver.antiforgery.ground import FIELD, Ground, draw_ground
from certserver.antiforgery.paper import Box
from certserver.documents.page_end import QUIET_ZONE
from certserver.stages import RenderedDocument
from koufu.ground.cell import CellProfile
from koufu.ground.profiles import COARSE, DOTS_200, FINE, USUAL
from tests.benchmarks.ground import seen_on
from tests.support import sheets

pytestmark = pytest.mark.xdist_group("sheets")

NAME = "見本市"
SIDE = USUAL.cell
BY_HAND = (FINE, COARSE, DOTS_200)
"""Those that stand for no printer in particular; the others are in `tests/koufu/test_ground_profiles.py`."""
CLEAR = Box(FIELD.left, 5500, 4400, FIELD.bottom)
"""Of the seal registration certificate: below the seal, nothing but ground."""

Grey = npt.NDArray[np.float64]


@cache
def ground(profile: CellProfile) -> Ground:
    return draw_ground(profile, NAME)


@cache
def printed() -> sheets.Bits:
    return sheets.printed_dots(sheets.seal_registration().file, 0)


def cells(mask: npt.NDArray[np.bool_], side: int) -> npt.NDArray[np.bool_]:
    return mask.repeat(side, axis=0).repeat(side, axis=1)


def copied_at_300_dpi(toner: npt.NDArray[np.bool_], cleaned_below: float) -> Grey:
    """A model: toner spreads, the copier's optics blur, it samples every second dot and cleans its background."""
    paper = Image.fromarray(np.where(toner, 255, 0).astype(np.uint8)).filter(ImageFilter.GaussianBlur(0.8))
    seen = np.asarray(paper.filter(ImageFilter.GaussianBlur(0.9)), dtype=np.float64) / 255
    height, width = (side // 2 * 2 for side in seen.shape)
    sampled = seen[:height, :width].reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    cleaned: Grey = np.clip((sampled - cleaned_below) / 0.5, 0, 1)
    return cleaned


def densities(grey: npt.NDArray[np.generic], message: npt.NDArray[np.bool_]) -> tuple[float, float]:
    return float(grey[message].mean()), float(grey[~message].mean())


@pytest.mark.parametrize("profile", BY_HAND, ids=lambda profile: profile.profile_id)
def test_message_and_background_cells_cover_the_same(profile: CellProfile) -> None:
    assert profile.background.coverage(profile.cell) == profile.message.coverage(profile.cell) == 0.0625


def test_what_is_printed_is_the_ground_dot_for_dot() -> None:
    box = CLEAR
    expected = ground(USUAL).picture()
    part = expected[box.top - FIELD.top : box.bottom - FIELD.top, : box.right - FIELD.left]
    assert np.array_equal(sheets.cut(printed(), box), part)


def test_the_camouflage_leaves_a_fifth_of_the_cells_white() -> None:
    assert 1 - ground(FINE).inked.mean() == pytest.approx(0.205, abs=0.005)
    assert ground(FINE).picture().mean() == pytest.approx(0.0497, abs=0.0005)


@pytest.mark.parametrize("side", [0, 1], ids=["face", "back"])
def test_the_usual_message_is_as_dark_as_its_surroundings_until_it_is_copied(side: int) -> None:
    """On a printer that neither swells nor thins a stroke."""
    seen = seen_on(sheets.printed_dots(sheets.seal_registration().file, side), USUAL)
    assert abs(seen.difference) < 0.03
    assert seen.ratio >= 1.8


@pytest.mark.parametrize(
    ("profile", "cleaned_below", "least"),
    [(FINE, 0.12, 2.0), (COARSE, 0.12, 2.0), (DOTS_200, 0.12, 1.2), (DOTS_200, 0.2, 1.5)],
    ids=["standard", "coarse", "dots-200", "dots-200, cleaned more"],
)
def test_after_a_copier_the_message_is_darker(profile: CellProfile, cleaned_below: float, least: float) -> None:
    """Twice as dark, wherever the copier's dots fall; less for a printer whose smallest dot many a copier keeps."""
    drawn = ground(profile)
    picture, message = drawn.picture(), cells(drawn.message, profile.cell)
    original, around = densities(picture, message)
    assert abs(original - around) / around < 0.03
    copies = []
    for y, x in ((0, 0), (0, 1), (1, 0), (1, 1)):
        part = (slice(y, y + 1920), slice(x, x + 2400))
        copies.append(densities(copied_at_300_dpi(picture[part], cleaned_below), message[part][::2, ::2]))
    dark, faded = np.mean(copies, axis=0)
    assert dark / faded >= least


def test_the_background_alone_is_the_ground_without_its_message() -> None:
    drawn = ground(FINE)
    message = cells(drawn.message, 16)
    plain, full = drawn.background_picture(), drawn.picture()
    assert np.array_equal(plain[~message], full[~message])
    assert plain.mean() == pytest.approx(full.mean(), rel=1e-9)


def test_the_quiet_zone_shows_the_warning_twice_and_uncut() -> None:
    drawn = draw_ground(FINE, NAME, QUIET_ZONE)
    box = drawn.whole_cells(QUIET_ZONE)
    rows = slice((box.top - FIELD.top) // 16, (box.bottom - FIELD.top) // 16)
    columns = slice((box.left - FIELD.left) // 16, (box.right - FIELD.left) // 16)
    inside = drawn.message[rows, columns]
    width = 2 * 30 + 2
    assert np.array_equal(inside[:, :width], inside[:, -width:])
    assert not inside[:, width:-width].any()
    assert inside[:, :width].mean() > 0.25
    outside = drawn.message.copy()
    outside[rows, columns] = ground(FINE).message[rows, columns]
    assert np.array_equal(outside, ground(FINE).message)


def test_text_stands_on_background_without_message() -> None:
    """On the certificate of residence, no large dot is near a value."""
    toner = sheets.printed_dots(sheets.residence().file, 0)
    address = Box.of_mm(42.5, 27.5, 130.0, 31.8)
    zone = ground(USUAL).whole_cells(address)
    rows = slice((zone.top - FIELD.top) // SIDE, (zone.bottom - FIELD.top) // SIDE)
    columns = slice((zone.left - FIELD.left) // SIDE, (zone.right - FIELD.left) // SIDE)
    background = ground(USUAL).background_picture()[zone.top - FIELD.top : zone.bottom - FIELD.top]
    background = background[:, zone.left - FIELD.left : zone.right - FIELD.left]
    assert ground(USUAL).message[rows, columns].any()
    seen = sheets.cut(toner, zone).astype(np.bool_)
    large = cells(ground(USUAL).message[rows, columns] & ground(USUAL).inked[rows, columns], SIDE)
    only_large = (
        large
        & ground(USUAL).picture()[
            zone.top - FIELD.top : zone.bottom - FIELD.top, zone.left - FIELD.left : zone.right - FIELD.left
        ]
    )
    # A dot of the message that survived would be inked in all of its places and none of the background's.
    lost = np.count_nonzero(only_large & ~seen)
    assert lost > 0.8 * np.count_nonzero(only_large & ~background)


def test_the_ground_leaves_codes_foot_and_detection_image_free() -> None:
    back = sheets.printed_dots(sheets.residence().file, 1)
    foot = back[FIELD.bottom + 1 : FIELD.bottom + 30]
    assert not foot.any()
    above = back[Box.of_mm(0, 86, 0, 88).top : 2080]
    assert not above.any()
    beside_rosette = sheets.cut(back, Box.of_mm(11.5, 236.0, 14.5, 275.0))
    assert not beside_rosette.any()


@pytest.mark.parametrize("make", [sheets.residence, sheets.seal_registration], ids=["in a row", "two by two"])
def test_nothing_is_printed_around_and_between_the_symbols_of_a_back(make: Callable[[], RenderedDocument]) -> None:
    back = sheets.printed_dots(make().file, 1)
    symbols = zxingcpp.read_barcodes(np.where(back, 0, 255).astype(np.uint8))
    assert len(symbols) == 4
    corners = np.array([[(at.x, at.y) for at in _corners(symbol.position)] for symbol in symbols])
    left, top = corners.min(axis=(0, 1)) - QUIET
    right, bottom = corners.max(axis=(0, 1)) + QUIET
    rest = back[top:bottom, left:right].copy()
    for symbol in corners:
        (x, y), (end, foot) = symbol.min(axis=0) - MODULE - (left, top), symbol.max(axis=0) + MODULE - (left, top)
        rest[y:foot, x:end] = False
    assert not rest.any()


def _corners(position: zxingcpp.Position) -> tuple[zxingcpp.Point, ...]:
    return position.top_left, position.top_right, position.bottom_right, position.bottom_left


@pytest.mark.parametrize("profile", BY_HAND, ids=lambda profile: profile.profile_id)
def test_the_path_around_the_message_is_that_of_each_box_by_itself(profile: CellProfile) -> None:
    drawn = ground(profile)
    chance = np.random.default_rng(11)
    corners = chance.integers((0, 0), (4960, 7016), (300, 2)).tolist()
    boxes = [Box(x, y, x + w, y + h) for (x, y), (w, h) in zip(corners, chance.integers(1, 700, (300, 2)), strict=True)]
    expected = []
    for box in boxes:
        zone = drawn.whole_cells(box)
        cells = drawn.message[
            (zone.top - FIELD.top) // profile.cell : (zone.bottom - FIELD.top) // profile.cell,
            (zone.left - FIELD.left) // profile.cell : (zone.right - FIELD.left) // profile.cell,
        ]
        if zone.width > 0 and zone.height > 0 and cells.any():
            expected.append(zone.operator())
    assert 50 < len(expected) < len(boxes)
    assert drawn.message_within(boxes) == " ".join(expected)
    assert drawn.message_within([]) == ""
