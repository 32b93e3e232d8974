"""The page as somebody hears it who can't see it."""

from dataclasses import replace

import pytest

from certserver.documents.forms import compose
from certserver.verify.answers import Answers, Cause, Content
from certserver.verify.ground_seen import SheetLook
from certserver.verify.judge import Reason
from certserver.verify.spoken import read_out, spoken
from certserver.verify.status import NOT_ASKED, DocumentStanding, Status
from koufu.evidence.content import NOT_COVERED, PageContent, PageEntry
from koufu.evidence.words import Option
from tests.gallery.cases import cases
from tests.support import sheets
from tests.support.specimens import ISSUED_AT, NUMBERS, PROFILE, SIX, residence_line

pytestmark = pytest.mark.xdist_group("sheets")


def heard(*contents: PageContent) -> str:
    return "\n".join(read_out(contents, {PROFILE.code: PROFILE.name}))


def answered(content: Content, sheet: SheetLook = SheetLook.ORIGINAL, status: Status = NOT_ASKED) -> list[str]:
    causes = (Cause(Reason.NO_FACE, 1),)
    said = Answers(content, sheet, status, causes, (), sheets.residence().contents)
    return list(spoken(said, {PROFILE.code: PROFILE.name}, ISSUED_AT))


@pytest.mark.parametrize("content", [Content.AS_ISSUED, Content.BACK_VALID])
@pytest.mark.parametrize("standing", DocumentStanding)
def test_content_is_heard_after_all_three_answers_and_only_if_the_ledger_has_nothing_against_it(
    content: Content, standing: DocumentStanding
) -> None:
    lines = answered(content, status=Status(standing))
    assert [line.split("、")[0] for line in lines[:3]] == ["内容", "用紙", "状態"]
    assert ("氏名、辻 健吾。" in lines) == (standing in (DocumentStanding.ISSUED, DocumentStanding.NOT_ASKED))


def test_a_voided_sheet_and_a_copy_are_heard_as_such() -> None:
    assert any(
        "取り消された番号です" in line for line in answered(Content.AS_ISSUED, status=Status(DocumentStanding.VOIDED))
    )
    assert answered(Content.AS_ISSUED, SheetLook.COPY)[1].startswith("用紙、複写のように見えます。")


@pytest.mark.parametrize("content", sorted(set(Content) - {Content.AS_ISSUED, Content.BACK_VALID}, key=str))
def test_of_what_does_not_hold_the_reasons_are_heard_instead(content: Content) -> None:
    *_, last = answered(content)
    assert last.startswith("1ページ目、おもて面がありません。")


def entry(label: str, text: str, name: str = "x") -> str:
    """How one entry is said."""
    (content,) = sheets.residence().contents
    said = heard(replace(content, entries=(PageEntry(name, label, text),)))
    return said.splitlines()[-2]


def test_label_comes_before_value_in_reading_order() -> None:
    said = heard(*sheets.residence().contents)
    assert said.startswith("住民票の写し。\n発行者、見本市。\n発行の日時、2026年10月1日、10時23分。")
    assert (
        said.index("世帯主、辻 健吾。") < said.index("1番目。") < said.index("氏名、辻 健吾。") < said.index("2番目。")
    )
    assert said.endswith("以上です。")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("令和\u20078年\u20074月\u20071日", "令和8年4月1日"),
        ("1,234,567円", "1234567円"),
        ("△12,000", "マイナス12000"),
        ("本町一丁目2番3-4号", "本町一丁目2番3の4号"),
        ("辻\U000e0102　健吾", "辻 健吾"),
        ("【空欄】", "空欄"),
        ("【婚姻日】令和８年１０月１日", "婚姻日、令和8年10月1日"),
    ],
)
def test_dates_amounts_and_names_are_said_plainly(text: str, said: str) -> None:
    assert entry("欄", text) == f"欄、{said}。"


def test_i11_no_number_that_opens_anything_is_said() -> None:
    document = sheets.render(compose(residence_line(SIX, frozenset(Option)), PROFILE))
    said = heard(*document.contents)
    assert "個人番号。紙に印刷されていますが、読み上げません。" in said
    assert NOT_COVERED not in said
    for numbers in NUMBERS.values():
        assert not any(number in said for number in (numbers.individual_number, numbers.resident_code) if number)
    assert document.document_no not in said
    assert f"発行番号の終わりの4文字、{'、'.join(document.document_no[-4:])}。" in said


@pytest.mark.parametrize("number", ["123456789012", "1234 5678 9012", "98765432101", "１２３４５６７８９０１２"])
def test_i11_what_is_as_long_as_such_a_number_is_not_said_wherever_it_stands(number: str) -> None:
    assert entry("備考", f"番号は{number}") == "備考、番号は番号は読み上げません。"


@pytest.mark.parametrize("name", sorted(cases()))
def test_every_sheet_can_be_heard(name: str) -> None:
    document = sheets.of_case(name)
    said = heard(*document.contents)
    assert not any(mark in said for mark in ("【", "】", "\u2007", "＊", "以下余白"))
    assert not any(0xE0100 <= ord(character) <= 0xE01EF for character in said)


def test_amounts_of_taxes_are_said_in_yen() -> None:
    case = cases()["income-tax"]
    assert "\n給与収入、6482300円。" in heard(*sheets.render(compose(case.line, case.profile)).contents)
