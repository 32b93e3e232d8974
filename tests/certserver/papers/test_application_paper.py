"""The printed application form: it says what was told, exactly, or it is refused by field."""

from dataclasses import replace

import pytest

from certserver.applications.express_codes import ExpressCode
from certserver.applications.form import wrong_fields
from certserver.applications.mail_delivery import Occasion
from certserver.applications.signatures import SignatureKind
from certserver.papers.jpeg import read_jpeg
from certserver.papers.model import PROVISIONAL, ApplicationPaper
from certserver.papers.press import DrawnPaper, Undrawable, Unfit
from certserver.papers.words import EXPRESS, EXPRESSED, OCCASIONS, PHOTO_EXCEPTIONS, SIGNATURES, braille_signs
from koufu.applying.letters import BRAILLE_CELLS, braille_cells
from koufu.photo.words import ExceptionCategory
from tests.support import sheets
from tests.support.papers import (
    BRAILLE,
    FORM_ID,
    LONG,
    TOWN,
    USUAL,
    application,
    drawn,
    jpeg,
    photo,
    press,
    said_on,
    undrawable,
)

MISSING = "\U000f0000"
"""Of no font."""


def spread(told: str) -> str:
    return "".join(told.split())


def test_every_field_stands_on_it_as_it_was_told() -> None:
    said = said_on(application(BRAILLE))
    for name in ("name", "name-kana", "address", "phone", "email", "intent-witness", "substitute-characters"):
        assert spread(BRAILLE[name]) in said, name
    for shown in ("昭和55年4月1日", "男", "口頭", "宗教上の理由", FORM_ID, "本町郵便局", "見本市長", "令和8年6月10日"):
        assert shown in said, shown
    assert PROVISIONAL in said


def test_a_foreign_resident_with_a_long_name_and_a_mother_who_speaks_for_them() -> None:
    said = said_on(application(LONG))
    for name in ("name-kana", "address", "stay-status", "representative-relation", "representative-phone"):
        assert spread(LONG[name]) in said, name
    # A name in two lines may have its parts in another order of the text layer.
    for part in LONG["name"].split("　"):
        assert part in said, part
    assert "1980年4月1日" in said
    assert "2028年9月30日" in said


@pytest.mark.parametrize("name", ["name", "name-kana", "address", "representative-name", "substitute-characters"])
def test_i10_a_character_that_no_font_has_names_the_field_and_nothing_is_drawn(name: str) -> None:
    told = {**LONG, "substitute-characters": "渡辺", name: f"見本{MISSING}"}
    assert undrawable(application(told)) == Undrawable(Unfit.MISSING, (name,))


def test_a_control_character_is_no_character_of_a_name() -> None:
    assert undrawable(application({**USUAL, "name": "見本\n太郎"})).fields == ("name",)


def test_what_fits_no_size_names_the_field() -> None:
    assert undrawable(application({**USUAL, "address": "見本" * 150})) == Undrawable(Unfit.TOO_LONG, ("address",))


@pytest.mark.parametrize(
    ("name", "cells"),
    [("ワタナベ", "ワタナヘ゛"), ("パク ジ", "ハ゜ク シ゛"), ("ミホンタロウ", "ミホンタロウ")],
)
def test_in_braille_a_voicing_mark_takes_a_cell(name: str, cells: str) -> None:
    assert braille_signs(name) == tuple(cells)
    assert len(cells) == braille_cells(name)


def test_a_braille_name_has_at_most_eleven_cells() -> None:
    assert isinstance(press().draw(application({**USUAL, "braille-name": "ア" * BRAILLE_CELLS})), DrawnPaper)
    told = {**USUAL, "braille-name": "ア" * (BRAILLE_CELLS - 1) + "ガ"}
    assert undrawable(application(told)) == Undrawable(Unfit.TOO_LONG, ("braille-name",))


def test_a_sheet_has_a_face_and_a_back_and_equal_papers_are_equal_bytes() -> None:
    first, again = drawn(application(USUAL)), press().draw(application(USUAL))
    assert (first.sheets, len(sheets.sides(first.file, 30))) == (1, 2)
    assert first == again
    assert first.file != drawn(application(BRAILLE)).file


def test_the_box_of_an_x509_is_black_where_it_is_not_wanted() -> None:
    def black(fields: dict[str, str]) -> tuple[bool, bool]:
        face = sheets.sides(drawn(application(fields)).file, 300)[0]
        rows = slice(*(round(mm * 300 / 25.4) for mm in (145.5, 147.5)))
        boxes = ((22.0, 24.5), (108.0, 110.5))
        left, right = (face[rows, slice(*(round(mm * 300 / 25.4) for mm in at))].mean() < 20 for at in boxes)
        return bool(left), bool(right)

    assert black(USUAL) == (False, False)
    assert black({**USUAL, "no-signing-x509": "no"}) == (False, False)
    assert black({**USUAL, "no-signing-x509": "yes"}) == (True, False)
    assert black({**USUAL, "no-user-auth-x509": "yes"}) == (False, True)


def test_the_photo_stands_whole_in_its_frame() -> None:
    face = sheets.sides(drawn(application(USUAL, photo=photo())).file, 300)[0]
    top, bottom = (face[round(mm * 300 / 25.4), round(176 * 300 / 25.4)] for mm in (52.5, 95.5))
    assert top < 30
    assert bottom > 225


def test_every_word_that_an_application_may_say_has_a_text() -> None:
    assert set(OCCASIONS) == {each.value for each in Occasion}
    assert set(EXPRESS) == {each.value for each in ExpressCode}
    assert set(PHOTO_EXCEPTIONS) == {each.value for each in ExceptionCategory}
    assert set(SIGNATURES) == {each.value for each in SignatureKind}
    assert not wrong_fields({**USUAL, "intent-expressed-by": "gesture"})
    assert all(not wrong_fields({"intent-expressed-by": word}) for word in EXPRESSED)


def test_what_kind_of_application_it_is() -> None:
    assert "特急（紛失）" in said_on(application({**USUAL, "occasion": "other", "express-ground": "lost"}))
    assert "申請の区分初めて" in said_on(application({**USUAL, "occasion": "first"}))


def test_under_one_year_no_photo_is_wanted() -> None:
    assert "写真は不要です" in said_on(replace(application(USUAL), photo_wanted=False))


def test_blank_it_says_nothing_of_anybody() -> None:
    said = said_on(ApplicationPaper(TOWN))
    assert "年月日" in said
    assert not any(spread(told) in said for told in USUAL.values())


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_photo_is_known_by_its_head(mode: str) -> None:
    read = read_jpeg(jpeg(480, 617, mode))
    assert read is not None
    assert (read.width, read.height, read.grey) == (480, 617, mode == "L")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\xff\xd8\xff\xe0" + b"no head of any kind " * 20,
        b"\xff\xd8\xff\xe0\x00\x00" * 9,
        jpeg(40, 40, "CMYK"),
        jpeg()[:150],
        b"\xff\xd8" + b"\xff" * 500,
    ],
)
def test_what_is_no_photo_that_a_page_can_show_is_none(content: bytes) -> None:
    assert read_jpeg(content) is None
