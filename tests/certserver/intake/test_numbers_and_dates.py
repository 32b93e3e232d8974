"""Check digits and dates of deliveries, by examples from their rules and by whatever else there may be."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certserver.check_digits import individual_number_digit
from certserver.documents.eras import PAD, era_date
from certserver.intake.dates import read_day
from certserver.intake.findings import Broken, Rule
from certserver.intake.numbers import individual_number, resident_code


@given(st.integers(0, 99_999_999_999))
def test_only_one_check_digit_fits(number: int) -> None:
    eleven = f"{number:011d}"
    good = [digit for digit in range(10) if not breaks(f"{eleven}{digit}")]
    assert good == [individual_number_digit(eleven)]


def breaks(number: str) -> bool:
    try:
        individual_number(number)
    except Broken:
        return True
    return False


@pytest.mark.parametrize("number", ["", "12345678901", "１２３４５６７８９０１８", "12345678901a", "1234567890180"])
def test_an_individual_number_has_twelve_digits(number: str) -> None:
    with pytest.raises(Broken) as broken:
        individual_number(number)
    assert broken.value.rule is Rule.INDIVIDUAL_NUMBER


def test_a_resident_record_code_has_eleven_digits() -> None:
    assert resident_code("12345678901") == "12345678901"
    with pytest.raises(Broken):
        resident_code("123456789012")


@given(st.dates(date(1868, 10, 23), date(2100, 12, 31)))
def test_a_day_is_read_as_it_is_printed(day: date) -> None:
    assert read_day(day.isoformat()) == day
    assert read_day(era_date(day).replace(PAD, "")) == day


READ = [
    ("令和元年5月1日", date(2019, 5, 1)),
    ("昭和６４年１月７日", date(1989, 1, 7)),
    ("H1.1.8", date(1989, 1, 8)),
    ("大正15年12月24日", date(1926, 12, 24)),
]


@pytest.mark.parametrize(("text", "day"), READ)
def test_days_by_era(text: str, day: date) -> None:
    assert read_day(text) == day


NOT_READ = [
    ("昭和64年1月8日", Rule.ERA),
    ("令和元年4月30日", Rule.ERA),
    ("令和0年5月1日", Rule.ERA),
    ("昭和20年月日不詳", Rule.DATE),
    ("2026-02-29", Rule.DATE),
    ("20261001", Rule.DATE),
    ("2026/10/01", Rule.DATE),
    ("0198-05-26", Rule.RANGE),
    ("1799-12-31", Rule.RANGE),
    ("2201-01-01", Rule.RANGE),
    ("9999-12-31", Rule.RANGE),
]


@pytest.mark.parametrize(("text", "rule"), NOT_READ)
def test_what_is_no_day(text: str, rule: Rule) -> None:
    with pytest.raises(Broken) as broken:
        read_day(text)
    assert broken.value.rule is rule
