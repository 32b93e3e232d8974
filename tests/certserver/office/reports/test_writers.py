"""One table, three writers: what spreadsheets, web pages and terminals get."""

import csv
import io
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from certserver.office.reports.table import WITHHELD, Chart, Column, Ratio, Shape, Table, Value, shown
from certserver.office.reports.words import Language, words_in
from certserver.office.reports.writing_csv import BYTE_ORDER_MARK, as_csv
from certserver.office.reports.writing_html import as_html
from certserver.office.reports.writing_text import as_text

WORDS = words_in(Language.ENGLISH)
TABLE = Table(
    "sample",
    "Copies & <fees>",
    (
        Column("Outlet", Shape.TEXT),
        Column("male", Shape.COUNT, "Copies"),
        Column("both", Shape.TEN_THOUSANDS, "Copies"),
        Column("rate", Shape.PERCENT),
    ),
    (
        ("=HYPERLINK(1)", 1234, 1_215_000, Ratio(1, 3)),
        ("本町郵便局", WITHHELD, None, WITHHELD),
        ("nobody", 0, 0, Ratio(0, 0)),
    ),
    ("A note.",),
    Chart(0, 1),
)


@pytest.mark.parametrize(
    ("value", "shape", "seen"),
    [
        (1234567, Shape.COUNT, "1,234,567"),
        (12_174_999, Shape.TEN_THOUSANDS, "1,217"),
        (10_675_000, Shape.PLAIN_TEN_THOUSANDS, "1068"),
        (Ratio(7373, 10_000), Shape.PERCENT, "73.7%"),
        (Ratio(7365, 10_000), Shape.PERCENT, "73.7%"),
        (Ratio(1, 1), Shape.PERCENT, "100.0%"),
        (Ratio(1000, 3), Shape.HUNDREDTHS, "333.33"),
        (-1500, Shape.YEN, "-1,500"),
        (Ratio(1, 0), Shape.PERCENT, "–"),
        (WITHHELD, Shape.COUNT, "x"),
    ],
)
def test_numbers_are_shown_with_halves_up(value: Value, shape: Shape, seen: str) -> None:
    assert shown(value, shape) == seen


def test_a_spreadsheet_gets_bare_numbers_and_no_formula() -> None:
    pieces = list(as_csv(TABLE))
    whole = b"".join(pieces)
    assert len(pieces) == 4
    assert whole.startswith(BYTE_ORDER_MARK.encode())
    assert list(csv.reader(io.StringIO(whole.decode("utf-8-sig")))) == [
        ["Outlet", "Copies male", "Copies both", "rate"],
        ["'=HYPERLINK(1)", "1234", "122", "33.3"],
        ["本町郵便局", "x", "", "x"],
        ["nobody", "0", "0", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r", "＝", "＋", "－", "＠", " ="])
def test_no_text_begins_like_a_formula(start: str) -> None:
    table = Table("t", "t", (Column(start + "1", Shape.TEXT),), ((start + "1+1",),))
    for line in csv.reader(io.StringIO(b"".join(as_csv(table)).decode("utf-8-sig"), newline="")):
        assert line[0].startswith("'")


def test_a_page_gets_scopes_a_caption_and_a_chart_in_words() -> None:
    page = ET.fromstring(f"<main>{as_html(TABLE, WORDS)}</main>")
    caption = page.find(".//caption")
    assert caption is not None
    assert caption.text == "Copies & <fees>"
    assert [
        (th.get("scope"), th.get("colspan"), th.get("rowspan"), th.text) for th in page.iterfind(".//thead//th")
    ] == [
        ("col", None, "2", "Outlet"),
        ("colgroup", "2", None, "Copies"),
        ("col", None, "2", "rate"),
        ("col", None, None, "male"),
        ("col", None, None, "both"),
    ]
    assert [th.text for th in page.iterfind(".//tbody//th[@scope='row']")] == [row[0] for row in TABLE.rows]
    picture = page.find(".//{http://www.w3.org/2000/svg}svg")
    assert picture is not None
    assert picture.get("role") == "img"
    named = {each.get("id"): each.text for each in picture if each.tag.endswith(("title", "desc"))}
    assert list(named) == (picture.get("aria-labelledby") or "").split()
    assert "Copies & <fees>" in str(named["sample-chart-title"])
    assert "withheld" in ET.tostring(page, encoding="unicode")
    assert "style=" not in as_html(TABLE, WORDS)


@pytest.mark.parametrize("value", [None, WITHHELD, Ratio(0, 0)])
def test_there_is_no_chart_where_no_value_is_known(value: Value) -> None:
    unknown = replace(
        TABLE, rows=(("all", 5, 5, Ratio(1, 2)), ("本町郵便局", value, 1, value)), chart=Chart(0, 1, first=1)
    )
    assert "<svg" not in as_html(unknown, WORDS)
    assert "<svg" in as_html(replace(unknown, chart=Chart(0, 2, first=1)), WORDS)


def test_a_terminal_gets_columns_that_stand_under_each_other() -> None:
    assert as_text(TABLE) == (
        "Copies & <fees>\n"
        "\n"
        "Outlet         Copies male  Copies both   rate\n"
        "=HYPERLINK(1)        1,234          122  33.3%\n"
        "本町郵便局               x            –      x\n"
        "nobody                   0            0      –\n"
        "\n"
        "A note.\n"
    )


def test_both_languages_have_the_same_words() -> None:
    english, japanese = (words_in(language).sentences for language in (Language.ENGLISH, Language.JAPANESE))
    assert english.keys() == japanese.keys()
