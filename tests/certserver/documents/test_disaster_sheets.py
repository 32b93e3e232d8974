"""Certificates of damage: what they say of household and dwelling, the box that is checked, and large households."""

from dataclasses import replace

import pytest

from certserver.documents.disaster import DEGREE_WORDS
from certserver.documents.forms import compose
from certserver.errors import IntegrityAlarm
from certserver.registers.damage import DamageDegree, DamageRecord
from certserver.registers.model import RegisterDate
from certserver.stages import RenderedDocument
from tests.support import sheets
from tests.support.damage_specimens import LONG, NINE, THIRTY_NINE, USUAL, damage_line, of_degree
from tests.support.specimens import FOUR, PROFILE, residence_line

pytestmark = pytest.mark.xdist_group("sheets")


def printed(record: DamageRecord) -> RenderedDocument:
    return sheets.render(compose(damage_line(record), PROFILE))


def values_of(record: DamageRecord) -> dict[str, str]:
    return {entry.name: entry.text for page in printed(record).contents for entry in page.entries}


def test_it_says_whose_dwelling_was_damaged_where_and_why() -> None:
    values = values_of(USUAL)
    assert values["address"] == USUAL.householder_address
    assert values["name"] == USUAL.householder
    assert values["cause"] == "令和8年6月12日の豪雨（令和8年6月豪雨）による"
    assert values["place"] == USUAL.place
    assert values["additional1"] == values["additional2"] == "【空欄】"
    assert values["clause"] == "上記のとおり、相違ないことを証明します。"


def test_everybody_of_the_household_stands_on_it() -> None:
    values = values_of(NINE)
    for at, person in enumerate(NINE.people, 1):
        assert (values[f"{at}.name"], values[f"{at}.relationship"]) == (person.name, person.relationship)
        assert values[f"{at}.age"] == ("【空欄】" if person.age is None else f"{person.age}歳")


@pytest.mark.parametrize("degree", DamageDegree)
def test_the_box_of_its_degree_is_checked_and_no_other(degree: DamageDegree) -> None:
    rendered = printed(of_degree(degree))
    assert sheets.said(rendered.contents[0])["degree"] == DEGREE_WORDS[degree]
    face = sheets.text_of(rendered.file, "-layout", "-f", "1", "-l", "1")
    assert face.count("✓") == 1
    # Words of one row stand beside each other: the mark is before its own.
    after = face[face.index("✓") + 1 :].split()
    assert after[0] == DEGREE_WORDS[degree]


@pytest.mark.parametrize("record", [USUAL, NINE, THIRTY_NINE, LONG])
def test_the_names_that_bind_are_those_of_the_extract_in_reading_order(record: DamageRecord) -> None:
    fields = [pair for page in printed(record).contents for pair in sheets.said(page).items()]
    names = [value for name, value in fields if name == "name" or name.endswith(".name")]
    assert names == list(damage_line(record).extract.names)


def test_a_large_household_goes_on_upon_further_pages_certified_at_the_end() -> None:
    rendered = printed(THIRTY_NINE)
    pages = [sheets.said(page) for page in rendered.contents]
    assert [page["continuation"] for page in pages] == ["以下次頁", "以下次頁", "以下余白"]
    assert ["clause" in page for page in pages] == [False, False, True]
    assert ["degree" in page for page in pages] == [True, False, False]
    assert [page.get("name", page.get("householder")) for page in pages] == [THIRTY_NINE.householder] * 3


@pytest.mark.parametrize(("count", "pages"), [(0, 1), (1, 1), (12, 1), (13, 2), (36, 2), (37, 3)])
def test_a_page_is_full_before_the_next_begins(count: int, pages: int) -> None:
    record = replace(USUAL, people=tuple(replace(USUAL.people[0]) for _ in range(count)))
    assert len(printed(record).contents) == pages


def test_additional_entries_stand_with_their_labels() -> None:
    values = values_of(LONG)
    label, text = LONG.additional[0]
    assert values["additional1"] == f"{label}　{text}"
    assert values["additional2"] == LONG.additional[1][1]


def test_a_day_that_is_not_known_stands_as_the_register_says_it() -> None:
    record = replace(USUAL, cause_day=RegisterDate(None, "令和8年6月上旬"))
    assert values_of(record)["cause"].startswith("令和8年6月上旬の")


def test_the_text_layer_gives_back_names_with_their_variants() -> None:
    text = sheets.text_of(printed(USUAL).file, "-layout", "-f", "1", "-l", "1")
    assert text.count("辻\U000e0102") == 4
    assert "𠮷田" in text


def test_more_additional_entries_than_the_form_has_are_an_alarm() -> None:
    with pytest.raises(IntegrityAlarm):
        compose(damage_line(replace(USUAL, additional=(("甲", "乙"),) * 3)), PROFILE)


def test_another_extract_is_an_alarm() -> None:
    with pytest.raises(IntegrityAlarm):
        compose(replace(damage_line(), extract=residence_line(FOUR).extract), PROFILE)
