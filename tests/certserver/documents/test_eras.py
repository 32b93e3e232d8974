from datetime import date

import pytest

from certserver.documents.eras import era_date, full_width_date, printed, printed_full_width, western_date
from certserver.registers.model import RegisterDate


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 10, 1), "令和\u20078年10月\u20071日"),
        (date(2020, 1, 1), "令和\u20072年\u20071月\u20071日"),
        (date(2019, 12, 31), "令和元年12月31日"),
        (date(2019, 5, 1), "令和元年\u20075月\u20071日"),
        (date(2019, 4, 30), "平成31年\u20074月30日"),
        (date(1989, 1, 8), "平成元年\u20071月\u20078日"),
        (date(1989, 1, 7), "昭和64年\u20071月\u20077日"),
        (date(1926, 12, 25), "昭和元年12月25日"),
        (date(1926, 12, 24), "大正15年12月24日"),
        (date(1912, 7, 30), "大正元年\u20077月30日"),
        (date(1912, 7, 29), "明治45年\u20077月29日"),
        (date(1868, 10, 23), "明治元年10月23日"),
        (date(1868, 10, 22), "1868年10月22日"),
    ],
)
def test_a_date_stands_in_its_era(day: date, text: str) -> None:
    assert era_date(day) == text


def test_foreign_residents_dates_are_western() -> None:
    assert western_date(date(1993, 11, 3)) == "1993年11月\u20073日"
    assert printed(RegisterDate(date(1993, 11, 30)), western=True) == "1993年11月30日"


def test_a_text_of_the_register_wins() -> None:
    assert printed(RegisterDate(None, "昭和20年月日不詳")) == "昭和20年月日不詳"
    assert printed(RegisterDate(date(1945, 1, 1), "昭和20年月日不詳"), western=True) == "昭和20年月日不詳"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 10, 1), "令和８年１０月１日"),
        (date(2019, 5, 1), "令和元年５月１日"),
        (date(1996, 11, 22), "平成８年１１月２２日"),
    ],
)
def test_a_koseki_has_full_width_digits_without_padding(day: date, text: str) -> None:
    assert full_width_date(day) == text
    assert printed_full_width(RegisterDate(day)) == text
    assert printed_full_width(RegisterDate(day, "推定平成８年月日")) == "推定平成８年月日"
