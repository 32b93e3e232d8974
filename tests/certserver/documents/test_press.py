"""Sheets as files: text layer, refusals, page order, determinism, and that whatever a person reads is in the frame."""

import re
from dataclasses import replace

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest

from certserver.antiforgery.paper import Box, dots
from certserver.documents.forms import compose
from certserver.documents.press import Press
from certserver.documents.seal_registration import SealRegistrationDocument
from certserver.documents.typefaces import load_typefaces
from certserver.errors import ConfigurationError
from certserver.registers.model import Resident
from certserver.stages import Refused, RenderedDocument
from koufu.evidence.content import FIRST, hash_of
from koufu.evidence.words import CertificateKind, RefusalReason
from koufu.ground.profiles import USUAL
from tests.support import sheets
from tests.support.specimens import (
    DOCUMENT_NO,
    FOUR,
    KENGO,
    KEY,
    PROFILE,
    SEAL_DOCUMENT_NO,
    TSUJI,
    household,
    residence_line,
    seal_line,
    stamp,
)

pytestmark = pytest.mark.xdist_group("sheets")

FRAME = Box.of_mm(14.8, 14.0, 195.2, 290.0)


def residence_of(*members: Resident, address: str | None = None) -> RenderedDocument | Refused:
    snapshot = household(*members) if address is None else household(*members, address=address)
    return sheets.press().render(compose(residence_line(snapshot), PROFILE), stamp(), PROFILE, KEY)


@pytest.mark.parametrize("text", ["辻\U000e0102", "𠮷田", "健吾", "平成 8年 4月 1日", "昭和47年 4月12日", "【空欄】"])
def test_the_text_layer_gives_back_what_the_register_holds(text: str) -> None:
    assert text in sheets.text_of(sheets.residence().file, "-layout", "-f", "1", "-l", "1")


def test_the_text_layer_of_variants_keeps_every_selector() -> None:
    name = "葛\U000e0102葛\U000e0107邉\U000e0110邉\U000e011f辻\U000e0103𠮷﨑"
    line = residence_line(household(replace(KENGO, name=name)))
    text = sheets.text_of(sheets.render(compose(line, PROFILE)).file)
    assert name in text


def test_halos_and_microtext_are_no_text() -> None:
    text = sheets.text_of(sheets.residence().file, "-layout")
    assert text.count("住民となった年月日") == 4
    assert text.count("この写しは") == 1
    assert text.count("K6SE-22SX-7PJV-6RCW") == 2


def test_faces_and_backs_take_turns() -> None:
    pages = sheets.text_of(sheets.large_household().file, "-layout").split("\f")[:4]
    assert ["この証明書の確かめ方" in page for page in pages] == [False, True, False, True]
    assert [re.findall(r"\d／\dページ", page) for page in pages] == [["1／2ページ"]] * 2 + [["2／2ページ"]] * 2


def test_the_back_says_that_all_symbols_are_to_be_shown() -> None:
    back = sheets.text_of(sheets.residence().file, "-f", "2", "-l", "2")
    assert "四角い模様をすべて" in back


def test_five_persons_and_more_continue_on_a_second_page() -> None:
    first, _, second, _ = sheets.text_of(sheets.large_household().file, "-layout").split("\f")[:4]
    assert "以下次頁" in first
    assert "この写しは" not in first
    assert "この印は黒色です" not in first
    assert "以下余白" in second
    assert "この写しは、世帯全員の" in second
    assert "この印は黒色です" in second
    assert f"{TSUJI} 健吾" in second


def test_i5_the_pages_hashes_are_chained() -> None:
    rendered = sheets.large_household()
    assert rendered.content_hashes == tuple(hash_of(page.to_bytes()) for page in rendered.contents)
    assert [page.previous for page in rendered.contents] == [FIRST, rendered.content_hashes[0]]
    assert [(page.page, page.pages) for page in rendered.contents] == [(1, 2), (2, 2)]
    assert {page.document_no for page in rendered.contents} == {DOCUMENT_NO}


def test_the_page_box_gives_whole_pixels_at_600_and_300_dpi() -> None:
    for dpi, size in ((600, (7016, 4960)), (300, (3508, 2480))):
        assert [side.shape for side in sheets.sides(sheets.seal_registration().file, dpi)] == [size, size]


def test_a_document_is_the_same_for_the_same_stamp_on_any_press() -> None:
    again = Press(load_typefaces()).render(compose(residence_line(FOUR), PROFILE), stamp(), PROFILE, KEY)
    assert isinstance(again, RenderedDocument)
    assert again == sheets.residence()


def test_another_copy_has_another_number_in_every_place() -> None:
    other = sheets.render(compose(residence_line(FOUR), PROFILE), stamp(SEAL_DOCUMENT_NO, copy=1))
    assert (other.copy, other.document_no) == (1, SEAL_DOCUMENT_NO)
    assert "K6SE" not in sheets.text_of(other.file)
    assert other.content_hashes != sheets.residence().content_hashes


@pytest.mark.parametrize(
    ("changed", "lacked"),
    [
        (replace(KENGO, name="辻\U000e0100　健吾"), ("U+8FBB U+E0100",)),
        (replace(KENGO, name="\ue000田　健吾"), ("U+E000",)),
        (replace(KENGO, name_kana="ツジ\u200b　ケンゴ"), ("U+200B",)),
        (replace(KENGO, domicile="見本県か\u3099町"), ("U+3099",)),
        (replace(KENGO, name="\ue001　健吾", remarks="🏠\ue001"), ("U+E001", "U+1F3E0")),
    ],
    ids=["selector of another collection", "private use", "zero width", "combining mark", "two of them"],
)
def test_i10_a_character_without_a_glyph_refuses_the_order_and_is_named(
    changed: Resident, lacked: tuple[str, ...]
) -> None:
    assert residence_of(changed) == Refused(RefusalReason.CHARACTER_MISSING, 0, lacked)


def test_i10_a_missing_character_in_an_omitted_field_does_not_matter() -> None:
    snapshot = household(replace(KENGO, domicile="🏠"))
    line = residence_line(snapshot, options=frozenset())
    assert isinstance(sheets.press().render(compose(line, PROFILE), stamp(), PROFILE, KEY), RenderedDocument)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        (replace(KENGO, name="字" * 120), "name"),
        (replace(KENGO, name_kana="カ" * 60), "name_kana"),
        (replace(KENGO, former_surname="字" * 50), "former_surname"),
        (replace(KENGO, relationship="夫の子の妻の父の母の兄"), "relationship"),
        (replace(KENGO, koseki_head="字" * 40), "koseki_head"),
        (replace(KENGO, domicile="字" * 100), "domicile"),
        (replace(KENGO, remarks="字" * 200), "remarks"),
    ],
)
def test_a_value_that_fits_no_step_refuses_the_order_and_its_field_is_named(changed: Resident, field: str) -> None:
    assert residence_of(changed) == Refused(RefusalReason.TOO_LONG, 0, (f"1.{field}",))


def test_an_address_that_fits_no_step_refuses_the_order() -> None:
    assert residence_of(KENGO, address="字" * 160) == Refused(RefusalReason.TOO_LONG, 0, ("address",))


@pytest.mark.parametrize("document", ["residence", "large_household", "seal_registration"])
def test_everything_a_person_reads_is_within_the_frame(document: str) -> None:
    file = getattr(sheets, document)().file
    pdf = pdfium.PdfDocument(file)
    for page in pdf:
        text = page.get_textpage()
        for at in range(text.count_chars()):
            if text.get_text_range(at, 1).strip():
                left, bottom, right, top = (value * 600 / 72 for value in text.get_charbox(at))
                assert FRAME.left <= left
                assert right <= FRAME.right
                assert FRAME.top <= 7016 - top
                assert 7016 - bottom <= FRAME.bottom
    pdf.close()


def test_only_marks_and_ground_stand_outside_the_frame() -> None:
    face = sheets.sides(sheets.residence().file)[0] < 128
    edge = round(5 / 25.4 * 300)
    assert not face[:edge].any()
    assert not face[-edge:].any()
    assert not face[:, :edge].any()
    assert not face[:, -edge:].any()
    between = face[round(30 / 25.4 * 300) : round(260 / 25.4 * 300), edge : round(11.4 / 25.4 * 300)]
    assert not between.any()


def test_the_registered_seal_is_printed_dot_for_dot() -> None:
    document = compose(seal_line(FOUR), PROFILE)
    assert isinstance(document, SealRegistrationDocument)
    imprint = document.imprint
    rows = np.frombuffer(imprint.rows, dtype=np.uint8).reshape(imprint.height, -1)
    registered = np.unpackbits(rows, axis=1)[:, : imprint.width].astype(np.bool_)
    left, top = dots(49.0) - imprint.width // 2, dots(78.0) - imprint.height // 2
    box = Box(left, top, left + imprint.width, top + imprint.height)
    file = sheets.seal_registration().file
    assert np.array_equal(sheets.cut(sheets.printed_dots(file, 0), box), registered)
    assert np.array_equal(sheets.cut(sheets.sides(file, 600)[0] < 128, box), registered)


def test_the_imprint_field_holds_nothing_but_the_seal_its_ticks_and_words() -> None:
    face = sheets.sides(sheets.seal_registration().file)[0] < 128
    scale = 300 / 25.4
    field = face[round(52 * scale) : round(104 * scale), round(16 * scale) : round(82 * scale)]
    inside = np.zeros_like(field)
    inside[round(13 * scale) : round(39 * scale), round(20 * scale) : round(46 * scale)] = True
    assert not field[~inside].any()


def test_a_printer_profile_without_a_ground_is_a_configuration_error() -> None:
    document = compose(residence_line(FOUR), PROFILE)
    with pytest.raises(ConfigurationError, match="no-such-printer"):
        sheets.press().render(document, replace(stamp(), printer_profile="no-such-printer"), PROFILE, KEY)


def test_the_coarse_profile_prints_too() -> None:
    rendered = sheets.render(compose(residence_line(FOUR), PROFILE), replace(stamp(), printer_profile="coarse"))
    assert rendered.kind is CertificateKind.RESIDENCE


def test_a_warm_press_makes_nothing_more_for_one_person_to_eight_nor_for_a_seal() -> None:
    press = Press(load_typefaces())
    press.warm(PROFILE, USUAL.profile_id)
    made = press._stationery.cache_info().misses
    for count in (1, 4, 5, 8):
        snapshot = household(*(KENGO,) * count)
        press.render(compose(residence_line(snapshot), PROFILE), stamp(), PROFILE, KEY)
    press.render(compose(seal_line(FOUR), PROFILE), stamp(), PROFILE, KEY)
    assert press._stationery.cache_info().misses == made


def test_an_official_seal_of_another_size_is_a_configuration_error() -> None:
    profile = replace(PROFILE, official_seal=FOUR.seal.imprint if FOUR.seal else b"")
    with pytest.raises(ConfigurationError, match="24 mm"):
        sheets.press().render(compose(residence_line(FOUR), profile), stamp(), profile, KEY)


def test_a_municipal_text_that_the_label_fonts_lack_is_a_configuration_error() -> None:
    profile = replace(PROFILE, checking=replace(PROFILE.checking, office="🏠"))
    with pytest.raises(ConfigurationError, match="lacks a character"):
        sheets.press().render(compose(residence_line(FOUR), profile), stamp(), profile, KEY)


def test_a_deputy_stands_on_a_line_of_its_own() -> None:
    profile = replace(PROFILE, deputy_title="職務代理者　見本市副市長", mayor_name="例示　花子")
    rendered = sheets.render(compose(residence_line(FOUR), profile), profile=profile)
    fields = sheets.said(rendered.contents[0])
    assert (fields["mayor"], fields["mayor2"]) == ("見本市長職務代理者　見本市副市長", "例示　花子")
    assert "見本市長職務代理者" in sheets.text_of(rendered.file)
