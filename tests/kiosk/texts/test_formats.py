from datetime import UTC, date, datetime

from kiosk.flow.values.presentation import Language
from kiosk.texts import formats

JA, EN = Language.JAPANESE, Language.ENGLISH


def test_money() -> None:
    assert formats.money(1000, JA) == "1,000円"
    assert formats.money(1000, EN) == "¥1,000"


def test_denominations_are_so_many_on_a_line() -> None:
    assert formats.denominations([500, 100, 50, 10], JA, on_a_line=2) == "500円・100円\n50円・10円"
    assert formats.denominations([5000, 1000], JA, on_a_line=1) == "5,000円\n1,000円"
    assert formats.denominations([500, 100, 50], EN, on_a_line=2) == "¥500, ¥100,\n¥50"


def test_notes_in_a_sentence() -> None:
    assert formats.notes([5000, 10000], JA).replace("|", "") == "5,000円札・10,000円札"
    assert formats.notes([2000, 5000, 10000], EN) == "¥2,000, ¥5,000 or ¥10,000"
    assert formats.notes([5000], EN) == "¥5,000"


def test_a_day_of_birth_has_its_year() -> None:
    assert formats.day_with_year(date(1948, 3, 31), JA) == "1948年3月31日"
    assert formats.day_with_year(date(1948, 3, 31), EN) == "31 March 1948"


def test_days_with_their_weekdays() -> None:
    sunday = date(2026, 12, 6)
    assert formats.day_short(sunday, JA) == "12月6日（日）"
    assert formats.day_short(sunday, EN) == "Sun 6 Dec"
    assert formats.day_long(sunday, EN) == "Sunday 6 December"
    new_year = date(2026, 12, 29), date(2027, 1, 3)
    assert formats.days(*new_year, EN).replace("\N{NO-BREAK SPACE}", " ") == "Tuesday 29 December to Sunday 3 January"
    assert formats.days(*new_year, EN, short=True).split(" ") == [
        "Tue\N{NO-BREAK SPACE}29\N{NO-BREAK SPACE}Dec",
        "to\N{NO-BREAK SPACE}Sun\N{NO-BREAK SPACE}3\N{NO-BREAK SPACE}Jan",
    ]
    assert formats.days(sunday, sunday, JA) == "12月6日（日）"


def test_hours() -> None:
    assert formats.minutes_of_day(1380) == "23:00"
    assert formats.hours(540, 1020, JA) == "9:00～17:00"
    assert formats.hours(540, 1020, EN) == "9:00–17:00"
    assert formats.time_of_day(datetime(2026, 11, 24, 9, 5, tzinfo=UTC)) == "9:05"
