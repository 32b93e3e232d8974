"""Band, detection image and corner marks: bound to the document number, drawn in lines that every printer holds."""

import numpy as np
import pytest

from certserver.antiforgery import guilloche
from certserver.antiforgery.marks import corner_marks
from certserver.antiforgery.paper import Box, dots
from koufu.evidence.numbers import document_number
from tests.support import sheets

pytestmark = pytest.mark.xdist_group("sheets")

NUMBERS = [document_number(bytes([at]) * 10) for at in range(64)]


def test_all_sheets_of_a_document_wear_the_same() -> None:
    _, first, _, second = sheets.sides(sheets.large_household().file, 200)
    scale = 200 / 25.4
    for left, top, right, bottom in ((14, 14, 196, 34), (11, 230, 57, 276)):
        part = (slice(round(top * scale), round(bottom * scale)), slice(round(left * scale), round(right * scale)))
        assert np.array_equal(first[part], second[part])


def test_other_documents_wear_other_ones() -> None:
    assert len({guilloche.choices(number) for number in NUMBERS}) == len(NUMBERS)


def test_never_sixteen_lobes() -> None:
    """Sixteen petals are the Imperial crest."""
    assert 16 not in (*guilloche._LOBES, *guilloche._INNER_LOBES)


def test_every_kind_of_wave_and_ring_can_be_made_beforehand() -> None:
    made = list(guilloche.every_choice())
    for number in NUMBERS:
        chosen = guilloche.choices(number)
        assert chosen.upper in {choice.upper for choice in made}
        assert chosen.lower in {choice.lower for choice in made}
        assert chosen.outer in {choice.outer for choice in made}
        assert chosen.inner in {choice.inner for choice in made}


@pytest.mark.parametrize("draw", [guilloche.upper_band, guilloche.lower_band])
@pytest.mark.parametrize("kind", range(4))
def test_a_beat_of_the_band_joins_on_to_itself(draw: object, kind: int) -> None:
    assert callable(draw)
    beat = draw(kind)
    assert beat.shape[0] == guilloche.BAND.height
    assert not beat[0].any()
    assert not beat[-1].any()
    doubled = np.hstack((beat, beat))
    seam = doubled[:, beat.shape[1] - 1 : beat.shape[1] + 1]
    assert 0.5 < seam[:, 0].sum() / seam[:, 1].sum() < 2


def test_lines_are_at_least_two_dots_wide() -> None:
    ring = guilloche.outer_ring((0, 0))
    alone = ring & ~np.roll(ring, 1, 0) & ~np.roll(ring, -1, 0) & ~np.roll(ring, 1, 1) & ~np.roll(ring, -1, 1)
    assert not alone.any()


def test_the_rosette_keeps_within_its_square() -> None:
    for chosen in guilloche.every_choice():
        ring = guilloche.outer_ring(chosen.outer)
        edges = np.concatenate((ring[0], ring[-1], ring[:, 0], ring[:, -1]))
        assert not edges.any()


def test_the_latent_character_is_faint_to_the_eye() -> None:
    """Seen from afar its lines are as dark as those around."""
    disc = guilloche.latent_disc()
    side = disc.shape[0]
    heart = disc[side // 2 - 120 : side // 2 + 120, side // 2 - 120 : side // 2 + 120]
    rows = heart.reshape(20, 12, 20, 12).mean(axis=(1, 3))
    assert rows.mean() == pytest.approx(1 / 3, abs=0.02)
    assert rows.std() < 0.09


def test_the_bottom_right_mark_tells_which_way_up_a_sheet_is() -> None:
    face = sheets.printed_dots(sheets.residence().file, 0)
    centre = dots(10.0)
    corners = [(centre, centre), (4960 - centre, centre), (centre, 7016 - centre), (4960 - centre, 7016 - centre)]
    filled = [bool(face[y, x]) for x, y in corners]
    assert filled == [True, True, True, False]
    for x, y in corners:
        ring = Box(x - dots(2.5), y - dots(2.5), x + dots(2.5), y + dots(2.5))
        assert 0.3 < sheets.cut(face, ring).mean() < 0.55


def test_backs_have_no_marks() -> None:
    back = sheets.printed_dots(sheets.residence().file, 1)
    for box in (Box.of_mm(5, 5, 13, 13), Box.of_mm(197, 5, 205, 13), Box.of_mm(5, 284, 13, 292)):
        assert not sheets.cut(back, box).any()


def test_marks_are_painted_once_for_all_corners() -> None:
    assert corner_marks().count(" f*") == 5
