"""What the certificates of a koseki and the copies of its supplement say, and that they say it on their sheets."""

import re
from dataclasses import replace

import pytest

from certserver.documents.column_form import page_count
from certserver.documents.columns import ColumnDocument
from certserver.documents.forms import compose
from certserver.documents.koseki import CLAUSES
from certserver.errors import IntegrityAlarm
from certserver.registers.extracts import KosekiExtract, SupplementExtract
from certserver.registers.koseki import Koseki, SupplementAddress
from certserver.registers.model import RegisterDate
from certserver.stages import EligibleLine, Refused, RenderedDocument
from koufu.evidence.sealcode import deflate
from koufu.evidence.words import CertificateKind, Option, RefusalReason
from tests.support import sheets
from tests.support.koseki_specimens import (
    AYAKA,
    HARUTO,
    HARUTO_MOVED,
    KENGO,
    KENGO_MOVED,
    MISAKI,
    TSUJI_KOSEKI,
    event,
    full_line,
    individual_line,
    koseki_of,
    supplement_line,
)
from tests.support.specimens import FOUR, KEY, PROFILE, TSUJI, YOSHIDA, day, residence_line, stamp

pytestmark = pytest.mark.xdist_group("sheets")

LONG = "見本県例示市大字見本字例示千二百三十四番地五十六　見本県営住宅例示団地第十二号棟三〇四号室気付見本太郎方"


def composed(line: EligibleLine) -> ColumnDocument:
    document = compose(line, PROFILE)
    assert isinstance(document, ColumnDocument)
    return document


def said(line: EligibleLine) -> dict[str, str]:
    """Everything a document says, by name."""
    document = composed(line)
    entries = (entry for section in document.sections for block in section.blocks for entry in block.entries())
    return {entry.name: entry.text for entry in entries}


def render(line: EligibleLine) -> RenderedDocument:
    return sheets.render(compose(line, PROFILE))


def refusal(line: EligibleLine) -> RefusalReason | None:
    rendered = sheets.press().render(compose(line, PROFILE), stamp(), PROFILE, KEY)
    return rendered.reason if isinstance(rendered, Refused) else None


def fields(rendered: RenderedDocument) -> list[tuple[str, str]]:
    return [(entry.name, entry.text) for page in rendered.contents for entry in page.entries]


def faces(rendered: RenderedDocument) -> list[str]:
    return sheets.text_of(rendered.file, "-layout").split("\f")[0:-1:2]


def ten_people() -> Koseki:
    children = (
        replace(HARUTO, person_id=f"c{at}", given_name=f"陽{name}") for at, name in enumerate("一二三四五六七八")
    )
    return koseki_of(KENGO, MISAKI, *children)


def of_pages(pages: int) -> Koseki:
    """A koseki so long, for want of ideas always the same event."""
    told = event("訂正", *((f"訂正事項{at}", LONG) for at in range(6)))
    return koseki_of(*(replace(KENGO, person_id=f"p{at}", events=(told,) * 3) for at in range(pages)))


def test_all_entries_stand_in_the_order_of_the_national_model() -> None:
    assert list(said(full_line()).items())[:14] == [
        ("domicile", "見本県見本市見本町一丁目２番地３"),
        ("head", f"{TSUJI}　健吾"),
        ("koseki.1.title", "戸籍編製"),
        ("koseki.1.1", "【編製日】平成８年１１月２２日"),
        ("koseki.2.title", "氏の振り仮名"),
        ("koseki.2.1", "【氏の振り仮名】ツジ"),
        ("koseki.2.2", "【記録日】令和７年９月１日"),
        ("1.name", "健吾"),
        ("1.name_kana", "ケンゴ"),
        ("1.born", "昭和４７年４月１２日"),
        ("1.spouse", "夫"),
        ("1.father", f"{TSUJI}正夫"),
        ("1.mother", f"{TSUJI}節子"),
        ("1.relationship", "長男"),
    ]


def test_the_reading_of_the_surname_stands_once() -> None:
    bare = replace(TSUJI_KOSEKI, events=TSUJI_KOSEKI.events[:1])
    for koseki in (TSUJI_KOSEKI, bare):
        assert list(said(full_line(koseki)).values()).count("【氏の振り仮名】ツジ") == 1
    assert "ツジ" not in "".join(said(full_line(replace(bare, surname_kana=None))).values())


def test_adoptive_parents_follow_the_parents() -> None:
    adopted = replace(
        HARUTO,
        given_name_kana=None,
        adoptive_father="例示一郎",
        adoptive_mother="例示花子",
        adoptive_relationship="養子",
    )
    names = [name for name in said(full_line(koseki_of(adopted))) if name.startswith("1.") and name[2].isalpha()]
    assert names == [
        "1.name",
        "1.born",
        "1.father",
        "1.mother",
        "1.relationship",
        "1.adoptive_father",
        "1.adoptive_mother",
        "1.adoptive_relationship",
    ]


def test_a_text_of_the_register_wins_over_a_date() -> None:
    unknown = replace(KENGO, born=RegisterDate(None, "推定昭和２０年月日不詳"))
    assert said(full_line(koseki_of(unknown)))["1.born"] == "推定昭和２０年月日不詳"


def test_individual_entries_show_the_chosen_and_nobody_else() -> None:
    line = individual_line(AYAKA)
    text = "".join(said(line).values())
    assert said(line)["1.name"] == "彩花"
    for other in ("【従前戸籍】", YOSHIDA, "陽翔", "二女"):
        assert other not in text
    assert said(line)["koseki.1.1"] == "【編製日】平成８年１１月２２日"


def test_each_kind_has_its_nationally_fixed_clause() -> None:
    everybody, some = composed(full_line()), composed(individual_line(KENGO))
    assert everybody.clause == CLAUSES[CertificateKind.KOSEKI_FULL] != some.clause
    assert "一部の者" in some.clause
    assert (everybody.form, some.form) == ("koseki-full/1", "koseki-individual/1")


@pytest.mark.parametrize("line", [full_line(), supplement_line()], ids=["koseki", "supplement"])
def test_another_extract_is_an_integrity_alarm(line: EligibleLine) -> None:
    with pytest.raises(IntegrityAlarm):
        compose(replace(line, extract=residence_line(FOUR).extract), PROFILE)


def test_a_part_is_never_certified_as_the_whole() -> None:
    with pytest.raises(IntegrityAlarm):
        compose(replace(full_line(), extract=KosekiExtract(TSUJI_KOSEKI, (KENGO,), whole=True)), PROFILE)


def test_names_that_were_not_so_ordered_are_an_integrity_alarm() -> None:
    line = supplement_line(Option.DOMICILE)
    assert isinstance(line.extract, SupplementExtract)
    with pytest.raises(IntegrityAlarm):
        compose(replace(line, extract=replace(line.extract, named_in_full=True)), PROFILE)


@pytest.mark.parametrize(
    "line",
    [
        full_line(),
        individual_line(AYAKA, HARUTO),
        full_line(ten_people()),
        supplement_line(),
        supplement_line(Option.DOMICILE),
    ],
)
def test_the_signed_content_names_the_persons_in_reading_order(line: EligibleLine) -> None:
    names = [value for name, value in fields(render(line)) if name.endswith(".name") or name == "name"]
    assert tuple(names) == line.extract.names


@pytest.mark.parametrize(
    "text", ["【従前戸籍】見本県見本市見本町一丁目２番地３", f"【父】{TSUJI}正夫", f"【配偶者氏名】{YOSHIDA}美咲"]
)
def test_the_text_layer_gives_back_what_the_register_holds(text: str) -> None:
    assert text in sheets.text_of(sheets.koseki().file, "-layout")


@pytest.mark.parametrize("koseki", [TSUJI_KOSEKI, ten_people(), of_pages(12)], ids=["two", "ten people", "twelve"])
def test_the_forms_own_page_count_equals_the_foots(koseki: Koseki) -> None:
    pages = faces(render(full_line(koseki)))
    for at, page in enumerate(pages):
        assert page_count(at + 1, len(pages)) in page
        assert f"{at + 1}／{len(pages)}ページ" in page
        last = at + 1 == len(pages)
        assert ("以下次頁" in page, "以下余白" in page, "書面である" in page) == (not last, last, last)


def test_a_koseki_of_twelve_pages_is_printed() -> None:
    assert len(faces(render(full_line(of_pages(12))))) >= 12


def test_a_koseki_of_too_many_pages_is_refused() -> None:
    assert refusal(full_line(of_pages(110))) is RefusalReason.TOO_LONG


def test_an_event_longer_than_a_page_is_broken_between_its_items() -> None:
    endless = event("訂正", *((f"事項{at}", LONG) for at in range(40)))
    line = full_line(koseki_of(replace(KENGO, events=(endless,))))
    rendered = render(line)
    assert [value for _, value in fields(rendered) if value.startswith("【事項")] == [
        f"【事項{at}】{LONG}" for at in range(40)
    ]
    assert len(rendered.contents) > 2
    assert sum("訂" in page for page in faces(rendered)) == 1


def test_an_item_longer_than_a_page_is_refused() -> None:
    endless = event("訂正", ("事項", "字" * 1500))
    assert refusal(full_line(koseki_of(replace(KENGO, events=(endless,))))) is RefusalReason.TOO_LONG


def test_a_heading_that_fits_no_lawful_width_is_refused() -> None:
    for title, refused in (("配偶者の国籍に関する事項の変更", False), ("字" * 30, True)):
        line = full_line(koseki_of(replace(KENGO, events=(event(title, ("事項", "字")),))))
        assert (refusal(line) is RefusalReason.TOO_LONG) == refused


def test_a_character_without_a_glyph_refuses_the_order_wherever_it_stands() -> None:
    for changed in (
        replace(KENGO, mother="辻\U000e0100節子"),
        replace(KENGO, events=(event("🏠", ("婚姻日", day(1996, 11, 22))),)),
        replace(KENGO, events=(event("婚姻", ("🏠", day(1996, 11, 22))),)),
    ):
        assert refusal(full_line(koseki_of(changed))) is RefusalReason.CHARACTER_MISSING


def test_pages_full_of_variants_are_broken_before_their_seal_code_is_full() -> None:
    variants = "".join(f"{base}{chr(0xE0102 + at % 7)}" for at, base in enumerate("葛葛葛葛葛葛葛" * 25))
    told = event("訂正", *((f"事項{at}", variants) for at in range(8)))
    rendered = render(full_line(koseki_of(replace(KENGO, events=(told,) * 3))))
    assert max(len(deflate(page.to_bytes())) for page in rendered.contents) < 5200
    for page in rendered.contents:
        assert sum(len(entry.text.encode()) for entry in page.entries) < 5200


def test_names_of_a_supplement_are_full_unless_the_head_is_shown() -> None:
    plain, told = said(supplement_line()), said(supplement_line(Option.DOMICILE))
    assert (plain["1.name"], told["1.name"]) == (f"{TSUJI}　健吾", "健吾")
    assert (plain["domicile"], told["domicile"]) == ("【省略】", "見本県見本市見本町一丁目２番地３")
    signed = dict(fields(render(supplement_line())))
    assert "domicile" not in signed
    assert "head" not in signed


def test_birth_and_sex_stand_only_where_they_are_held() -> None:
    words = said(supplement_line())
    assert (words["1.born"], words["1.sex"]) == ("昭和４７年４月１２日", "男")
    assert not {"3.born", "3.sex"} & words.keys()


def test_the_overseas_voters_list_stands_only_where_it_was_ordered() -> None:
    assert "4.overseas_voter" not in said(supplement_line())
    words = said(supplement_line(Option.OVERSEAS_VOTER))
    assert words["4.overseas_voter"] == "見本県見本市"
    assert "1.overseas_voter" not in words


def test_an_address_since_nobody_knows_when_is_marked() -> None:
    unknown = replace(KENGO_MOVED, addresses=(SupplementAddress("見本県例示市", None),))
    assert said(supplement_line(people=(unknown,)))["1.1.since"] == "【空欄】"


def test_a_long_history_goes_on_below_the_name() -> None:
    moves = tuple(SupplementAddress(f"{LONG}{at}", day(1990, 1, 1)) for at in range(30))
    rendered = render(supplement_line(people=(KENGO_MOVED, replace(HARUTO_MOVED, addresses=moves))))
    pages = faces(rendered)
    assert len(pages) > 2
    assert ["（つづき）" in page for page in pages] == [False, *[True] * (len(pages) - 1)]
    assert [value for name, value in fields(rendered) if re.fullmatch(r"2\.\d+\.address", name)] == [
        move.address for move in moves
    ]
