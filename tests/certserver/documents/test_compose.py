"""What a document says follows from order line, snapshot and profile alone, and nothing is changed on the way."""

import io
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PIL import Image

from certserver.documents.eras import PAD
from certserver.documents.forms import compose, forms_of
from certserver.documents.imprints import read_imprint
from certserver.documents.model import BLANK, OMITTED, UNUSED, Document, Entry
from certserver.documents.residence import ResidenceDocument
from certserver.documents.seal_registration import SealRegistrationDocument
from certserver.errors import ConfigurationError, IntegrityAlarm
from certserver.registers.model import HouseholdSnapshot
from certserver.stages import EligibleLine
from koufu.evidence.content import NOT_COVERED
from koufu.evidence.words import NUMBER_OPTIONS, CertificateKind, Option, Scope
from tests.support.sheets import render, said, text_of
from tests.support.specimens import (
    FOUR,
    HARUTO,
    KAZUKO,
    KENGO,
    MARIA,
    MISAKI,
    NUMBERS,
    PROFILE,
    SAKUTARO,
    SEAL,
    SIX,
    TSUJI,
    USUAL_OPTIONS,
    YOSHIDA,
    household,
    residence_line,
    seal_line,
)

WHOLE = "この写しは、世帯全員の住民票の原本と相違ないことを証明する。"
PART = "この写しは、世帯の一部の住民票の原本と相違ないことを証明する。"


def residence(snapshot: HouseholdSnapshot, line: EligibleLine | None = None) -> ResidenceDocument:
    document = compose(line or residence_line(snapshot), PROFILE)
    assert isinstance(document, ResidenceDocument)
    return document


def signed(document: Document) -> dict[str, str]:
    """What the codes of all pages cover."""
    return {entry.name: entry.text.replace(PAD, "") for page in render(document).contents for entry in page.entries}


def seal(snapshot: HouseholdSnapshot) -> SealRegistrationDocument:
    document = compose(seal_line(snapshot), PROFILE)
    assert isinstance(document, SealRegistrationDocument)
    return document


def test_a_whole_household_stands_in_the_registers_order() -> None:
    document = residence(FOUR)
    assert [block.name.text for block in document.people] == [
        f"{TSUJI}　健吾",
        f"{TSUJI}　美咲",
        f"{TSUJI}　陽翔",
        f"{YOSHIDA}　和子",
    ]
    assert [block.number for block in document.people] == [1, 2, 3, 4]
    assert document.clause == WHOLE


def test_one_person_out_of_a_household_is_a_part_of_it() -> None:
    document = residence(FOUR, residence_line(FOUR, scope=Scope.SELF, shown=(KENGO,)))
    assert [block.name.text for block in document.people] == [f"{TSUJI}　健吾"]
    assert document.clause == PART


def test_a_person_who_lives_alone_is_the_whole_household() -> None:
    alone = household(KENGO)
    assert residence(alone, residence_line(alone, scope=Scope.SELF, shown=(KENGO,))).clause == WHOLE


@pytest.mark.parametrize("gone", [{"died": date(2026, 6, 1)}, {"moved_out": date(2026, 6, 1)}])
def test_who_is_gone_does_not_make_the_rest_a_part_of_the_household(gone: dict[str, Any]) -> None:
    widowed = household(KENGO, replace(KAZUKO, **gone))
    for scope in (Scope.SELF, Scope.MEMBERS):
        assert residence(widowed, residence_line(widowed, scope=scope, shown=(KENGO,))).clause == WHOLE
    three = household(KENGO, MISAKI, replace(KAZUKO, **gone))
    assert residence(three, residence_line(three, scope=Scope.SELF, shown=(KENGO,))).clause == PART


def test_chosen_members_are_numbered_anew() -> None:
    document = residence(FOUR, residence_line(FOUR, scope=Scope.MEMBERS, shown=(MISAKI, KAZUKO)))
    assert [(block.number, block.name.text) for block in document.people] == [
        (1, f"{TSUJI}　美咲"),
        (2, f"{YOSHIDA}　和子"),
    ]
    assert document.clause == PART


def test_i11_options_left_out_are_marked_on_the_page_and_absent_from_the_code() -> None:
    document = residence(FOUR, residence_line(FOUR, options=frozenset()))
    block = document.people[0]
    left_out = (document.householder, block.relationship, block.domicile, block.koseki_head)
    assert {entry.text for entry in left_out} == {OMITTED}
    fields = signed(document)
    assert not {entry.name for entry in left_out} & fields.keys()
    assert OMITTED not in "".join(fields.values())


@pytest.mark.parametrize(
    ("option", "shown", "hidden"),
    [
        (Option.RELATIONSHIP, {"householder", "1.relationship"}, {"1.domicile", "1.koseki_head"}),
        (Option.DOMICILE, {"1.domicile", "1.koseki_head"}, {"householder", "1.relationship"}),
    ],
)
def test_i11_each_option_covers_its_own_fields(option: Option, shown: set[str], hidden: set[str]) -> None:
    fields = signed(residence(FOUR, residence_line(FOUR, options=frozenset({option}))))
    assert shown <= fields.keys()
    assert not hidden & fields.keys()


def test_i11_a_number_stands_on_the_page_and_the_code_says_only_that_it_does_not_cover_it() -> None:
    rendered = render(residence(FOUR, residence_line(FOUR, USUAL_OPTIONS | NUMBER_OPTIONS)))
    text = text_of(rendered.file)
    fields = {entry.name: entry.text for page in rendered.contents for entry in page.entries}
    for at, numbers in ((1, NUMBERS["r1"]), (2, NUMBERS["r2"])):
        for name in ("individual_number", "resident_code"):
            number = getattr(numbers, name)
            assert text.count(number) == 1
            assert fields[f"{at}.{name}"] == NOT_COVERED
            assert not any(number.encode() in page.to_bytes() for page in rendered.contents)
    assert fields["3.individual_number"] == fields["3.resident_code"] == BLANK


@pytest.mark.parametrize("option", [Option.INDIVIDUAL_NUMBER, Option.RESIDENT_CODE])
def test_i11_who_asks_for_one_number_gets_no_other(option: Option) -> None:
    document = residence(FOUR, residence_line(FOUR, frozenset({option})))
    shown = {block.individual_number.text for block in document.people} | {
        block.resident_code.text for block in document.people
    }
    hidden = "resident_code" if option is Option.INDIVIDUAL_NUMBER else "individual_number"
    assert not shown & {getattr(numbers, hidden) for numbers in NUMBERS.values()}
    assert not [name for name in signed(document) if name.endswith(hidden)]


def test_i11_numbers_nobody_asked_for_are_left_out_even_where_they_are_at_hand() -> None:
    line = residence_line(FOUR, frozenset(Option))
    document = residence(FOUR, replace(line, line=replace(line.line, options=USUAL_OPTIONS)))
    for block in document.people:
        assert (block.individual_number.text, block.resident_code.text) == (OMITTED, OMITTED)
        assert not block.individual_number.private
    assert not [name for name in signed(document) if name.endswith(("individual_number", "resident_code"))]


def test_i11_no_number_is_in_a_repr_on_its_way() -> None:
    line = residence_line(FOUR, frozenset(Option))
    document = residence(FOUR, line)
    shown = repr((line, line.extract, document, document.people, list(document.people[0].entries()), render(document)))
    for numbers in NUMBERS.values():
        assert str(numbers.individual_number) not in shown
        assert str(numbers.resident_code) not in shown


@pytest.mark.parametrize(
    ("option", "name", "text"),
    [
        (Option.NATIONALITY, "nationality", "ブラジル"),
        (Option.RESIDENCE_STATUS, "residence_status", "永住者の配偶者等"),
        (Option.PERIOD_OF_STAY, "period_of_stay", "3年　2027年5月31日まで"),
        (Option.CARD_NUMBER, "card_number", "AB12345678CD"),
    ],
)
def test_i11_each_entry_of_a_foreign_resident_is_shown_apart(option: Option, name: str, text: str) -> None:
    fields = signed(residence(SIX, residence_line(SIX, frozenset({option}))))
    slots = {"5.nationality", "5.residence_status", "5.period_of_stay", "5.card_number"}
    assert slots & fields.keys() == {f"5.{name}"}
    assert fields[f"5.{name}"] == text
    assert ("5.remarks" in fields) == (option is Option.RESIDENCE_STATUS)


def test_a_certificate_of_items_says_the_same_under_its_own_title_and_clause() -> None:
    items = residence(FOUR, residence_line(FOUR, kind=CertificateKind.RESIDENCE_ITEMS))
    assert (items.kind, items.form) == (CertificateKind.RESIDENCE_ITEMS, "residence-items-household/1")
    assert items.people == residence(FOUR).people
    assert items.clause == "上記の事項は、世帯全員の住民票に記載されていることを証明する。"
    assert "住民票記載事項証明書" in text_of(render(items).file)


def test_the_municipality_chooses_between_household_and_individual_form() -> None:
    individual = replace(PROFILE, individual_forms=(CertificateKind.RESIDENCE,))
    for kind, form in (
        (CertificateKind.RESIDENCE, "residence-individual/1"),
        (CertificateKind.RESIDENCE_ITEMS, "residence-items-household/1"),
    ):
        assert compose(residence_line(FOUR, kind=kind), individual).form == form
        assert compose(residence_line(FOUR, kind=kind), PROFILE).form == f"{kind.value}-household/1"


def test_in_the_individual_form_each_person_has_a_page() -> None:
    profile = replace(PROFILE, individual_forms=(CertificateKind.RESIDENCE,))
    rendered = render(compose(residence_line(FOUR), profile), profile=profile)
    pages = [said(page) for page in rendered.contents]
    assert [page.get(f"{at}.name") for at, page in enumerate(pages, 1)] == [person.name for person in FOUR.members]
    assert all(page["address"] == FOUR.address for page in pages)
    assert [page["continuation"] for page in pages] == ["以下次頁"] * 3 + ["以下余白"]
    assert ["clause" in page for page in pages] == [False, False, False, True]


def test_the_code_covers_everything_a_person_reads() -> None:
    fields = signed(residence(FOUR))
    assert fields["address"] == FOUR.address
    assert fields["householder"] == f"{TSUJI}　健吾"
    assert fields["1.name"] == f"{TSUJI}　健吾"
    assert fields["1.born"] == "昭和47年4月12日"
    assert fields["1.resident_since"] == "平成8年4月1日"
    assert fields["1.former_surname"] == BLANK
    assert fields["2.former_surname"] == YOSHIDA
    assert fields["1.moved_from"] == KENGO.moved_from
    assert fields["1.slot2"] == UNUSED
    assert fields["4.address_since"] == BLANK
    assert fields["clause"] == WHOLE
    assert fields["date"] == "令和8年10月1日"
    assert fields["mayor"] == "見本市長　見本　太郎"
    assert "1.remarks" not in fields


def test_a_large_household_says_on_each_page_how_it_goes_on() -> None:
    first, second = render(residence(SIX)).contents
    assert said(first)["continuation"] == "以下次頁"
    assert said(second)["continuation"] == "以下余白"
    assert "clause" not in said(first)
    assert said(second)["clause"] == WHOLE
    assert said(second)["address"] == SIX.address


@pytest.mark.parametrize("count", range(1, 9))
def test_no_further_block_can_be_drawn_under_the_last_without_going_against_what_was_signed(count: int) -> None:
    *before, last = render(residence(household(*(KENGO,) * count))).contents
    assert all(said(page)["continuation"] == "以下次頁" for page in before)
    assert said(last).get("continuation") == (None if count % 4 == 0 else "以下余白")


def test_a_foreign_resident_has_no_domicile_and_a_western_birth_date() -> None:
    block = residence(SIX).people[4]
    assert (block.domicile.text, block.koseki_head.text) == (UNUSED, UNUSED)
    assert block.born.text == "1993年11月30日"
    assert block.resident_since.text.startswith("令和")


def test_a_foreign_residents_slots_hold_what_the_form_has_no_field_for() -> None:
    block = residence(SIX).people[4]
    slots = (block.slot1, block.slot2, block.slot3, block.slot4)
    assert [(slot.label, slot.text.replace(PAD, "")) for slot in slots] == [
        ("国籍・地域", "ブラジル"),
        ("在留資格", "永住者の配偶者等"),
        ("在留期間等", "3年　2027年5月31日まで"),
        ("在留カード等の番号", "AB12345678CD"),
    ]
    assert block.remarks.text == "法第30条の45の区分：中長期在留者"


def test_an_alias_stands_where_a_former_surname_would() -> None:
    block = residence(SIX).people[4]
    assert block.other_name == Entry("5.alias", "見本　マリア", "通称")
    assert block.other_name_kana == Entry("5.alias_kana", "ミホン　マリア", "通称の振り仮名")


def test_an_unknown_birth_day_stands_as_the_register_has_it() -> None:
    assert residence(SIX).people[5].born.text == "昭和20年月日不詳"


def test_remarks_follow_what_the_slots_do_not_hold() -> None:
    moved = replace(MARIA, moved_from="見本県見本市旧町1番", remarks="職権修正")
    remarks = residence(household(moved, HARUTO)).people[0].remarks.text
    assert remarks == "法第30条の45の区分：中長期在留者　異動前住所：見本県見本市旧町1番　職権修正"


def test_i10_no_value_is_changed_on_its_way_to_the_signed_content() -> None:
    """Compatibility ideographs, surrogates, selectors and wide forms survive: nothing is normalised."""
    name = "﨑\ufa19邉\U000e0110𠮷Ａ　ｶﾅ"
    fields = signed(residence(household(replace(KENGO, name=name), SAKUTARO)))
    assert fields["1.name"] == name
    assert fields["2.name"] == SAKUTARO.name


def test_a_seal_registration_signs_the_whole_imprint() -> None:
    document = seal(FOUR)
    (page,) = render(document).contents
    assert [(picture.name, picture.bitmap) for picture in page.pictures] == [("imprint", read_imprint(SEAL.imprint))]
    fields = signed(document)
    assert fields["born"] == "昭和47年4月12日"
    assert document.clause == "この写しは、登録されている印影と相違ないことを証明する。"


def test_an_imprint_does_not_hang_on_how_the_png_is_packed() -> None:
    out = io.BytesIO()
    Image.open(io.BytesIO(SEAL.imprint)).save(out, "PNG", compress_level=1)
    assert out.getvalue() != SEAL.imprint
    assert read_imprint(out.getvalue()) == read_imprint(SEAL.imprint)


@pytest.mark.parametrize(
    "snapshot",
    [
        replace(FOUR, seal=None),
        replace(FOUR, seal=replace(SEAL, cancelled=True)),
        replace(FOUR, seal=replace(SEAL, resident_id="r2")),
    ],
    ids=["none", "cancelled", "another person's"],
)
def test_i6_a_seal_that_must_not_be_here_is_an_integrity_alarm(snapshot: HouseholdSnapshot) -> None:
    with pytest.raises(IntegrityAlarm):
        seal(snapshot)


@pytest.mark.parametrize("imprint", [b"", b"\x89PNG\r\n\x1a\n", PROFILE.official_seal[:200]])
def test_a_bitmap_that_is_no_png_is_a_configuration_error(imprint: bytes) -> None:
    with pytest.raises(ConfigurationError, match="scan it again"):
        seal(replace(FOUR, seal=replace(SEAL, imprint=imprint)))


def test_every_kind_has_a_form() -> None:
    assert all(forms_of(kind) for kind in CertificateKind)


def test_nothing_personal_is_in_a_repr() -> None:
    document = residence(FOUR)
    shown = repr(
        (
            document,
            document.people,
            document.address,
            seal(FOUR),
            seal(FOUR).imprint,
            render(seal(FOUR)).contents[0].pictures,
        )
    )
    assert "健吾" not in shown
    assert "本町" not in shown
