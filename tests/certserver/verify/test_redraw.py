"""What a picture is compared with is what was printed, less its ground: every sheet of the gallery, drawn again from
nothing but its signed bytes and its form bundle."""

from dataclasses import replace
from functools import cache, lru_cache

import cv2
import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from certserver.antiforgery.ground import FIELD, draw_ground
from certserver.antiforgery.paper import DPI, Box
from certserver.documents.bundles import held
from certserver.documents.forms import compose
from certserver.errors import ForeignPage
from certserver.stages import RenderedDocument
from certserver.verify.expected import Area, Expected
from certserver.verify.fonts import FontMissing, FontsAtHand
from certserver.verify.redraw import Redrawn, redraw
from koufu.evidence.bundle import FormBundle
from koufu.evidence.content import NOT_COVERED, PageContent
from koufu.ground.profiles import USUAL
from tests.gallery.cases import cases
from tests.support import sheets
from tests.support.paper_faces import fonts
from tests.support.sheets import Raster
from tests.support.specimens import FOUR, PROFILE, residence_line

ROUNDED = 16
"""Of 255: how differently the renderer rounds the edge of one glyph in two files."""

pytestmark = pytest.mark.xdist_group("sheets")


@cache
def bundle_in(evidence: bytes) -> FormBundle:
    return held(evidence).bundle


def drawn_again(document: RenderedDocument, page: int = -1) -> Redrawn:
    bundle = bundle_in(document.bundle.evidence)
    content = PageContent.from_bytes(document.contents[page].to_bytes())
    return redraw(content, bundle, fonts().typefaces(bundle))


def printed_face(document: RenderedDocument, page: int) -> Raster:
    """As `redraw` makes rasters, but of what is printed."""
    file = pdfium.PdfDocument(document.file)
    try:
        fine = file[2 * page].render(scale=DPI / 72, grayscale=True).to_numpy()
        half = (fine.shape[1] // 2, fine.shape[0] // 2)
        return np.asarray(cv2.resize(fine.reshape(fine.shape[:2]), half, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    finally:
        file.close()


@lru_cache(maxsize=8)
def where_dots_may_lie(quiet: Box | None) -> Raster:
    """255 where the usual ground has a dot, message or none, at 300 dpi. Kept: change only copies."""
    ground = draw_ground(USUAL, PROFILE.name, quiet)
    dots = np.zeros((7016, 4960), dtype=np.uint8)
    for bits in (ground.picture(), ground.background_picture()):
        dots[FIELD.top : FIELD.bottom, FIELD.left : FIELD.right] |= bits.view(np.uint8) * np.uint8(255)
    return np.asarray(cv2.resize(dots, (2480, 3508), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def without(raster: Raster, areas: tuple[Area, ...]) -> Raster:
    seen = raster.copy()
    for area in areas:
        seen[pixels(area)] = 255
    return seen


def pixels(area: Area) -> tuple[slice, slice]:
    """Of a raster at 300 dpi."""
    left, top, right, bottom = (int(edge * 300 / 25.4) for edge in (area.left, area.top, area.right, area.bottom))
    return slice(top, bottom + 1), slice(left, right + 1)


@pytest.mark.parametrize("name", sorted(cases()))
def test_a_face_drawn_again_is_the_printed_one_less_its_ground(name: str) -> None:
    document = sheets.of_case(name)
    page = len(document.contents) - 1
    again = drawn_again(document)
    private = tuple(named.area for named in again.expected.private)
    printed, expected = (without(raster, private) for raster in (printed_face(document, page), again.expected.raster))
    darker = expected.astype(np.int16) - printed
    assert darker.min() > -ROUNDED
    dots = where_dots_may_lie(again.ground.quiet)
    assert darker[dots == 0].max() < ROUNDED
    assert darker.max() > 100


@pytest.mark.parametrize(
    "name", ["residence-all-options", "koseki-individual", "tax-payment", "disaster-victim-long-values"]
)
def test_every_entry_has_a_place_and_its_ink_stands_there(name: str) -> None:
    document = sheets.of_case(name)
    again = drawn_again(document).expected
    said = {entry.name for entry in document.contents[-1].entries if entry.text != NOT_COVERED}
    places = {named.name for named in again.entries}
    assert said <= places
    for named in again.entries:
        assert ink_in(again, named.area) > 0, named.name


def ink_in(expected: Expected, area: Area) -> int:
    return int((255 - expected.raster[pixels(area)].astype(int)).sum())


def test_i11_what_is_not_signed_is_not_drawn_and_named_as_private() -> None:
    document = sheets.of_case("residence-all-options")
    again = drawn_again(document, 0).expected
    hidden = {entry.name for entry in document.contents[0].entries if entry.text == NOT_COVERED}
    assert hidden
    assert {named.name for named in again.private} == hidden
    assert not hidden & {named.name for named in again.entries}
    printed = printed_face(document, 0)
    for named in again.private:
        assert printed[pixels(named.area)].min() < 64


def test_other_forms_of_a_name_differ_from_it_and_lie_on_it() -> None:
    again = drawn_again(sheets.of_case("residence-variants")).expected
    assert {other.name for other in again.others} >= {"1.name", "householder"}
    for other in again.others:
        height, width = other.raster.shape
        there = again.raster[other.top : other.top + height, other.left : other.left + width]
        changed = np.abs(there.astype(int) - other.raster).sum() / 255
        assert 1 < changed < height * width / 2


def test_a_font_that_differs_by_a_byte_is_told_and_nothing_drawn() -> None:
    bundle = held(sheets.residence().bundle.evidence).bundle
    other = tuple(replace(font, sha256=bytes(32)) if font.face == "M" else font for font in bundle.fonts)
    with pytest.raises(FontMissing, match="M0"):
        FontsAtHand().typefaces(replace(bundle, fonts=other))
    with pytest.raises(FontMissing):
        FontsAtHand().typefaces(replace(bundle, fonts=()))


def test_a_form_version_that_is_not_known_is_told() -> None:
    document = sheets.render(compose(residence_line(FOUR), PROFILE))
    bundle = held(document.bundle.evidence).bundle
    newer = replace(document.contents[0], form="residence-household/99")
    with pytest.raises(ForeignPage, match="no form"):
        redraw(newer, bundle, fonts().typefaces(bundle))
