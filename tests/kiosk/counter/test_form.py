"""What a clerk types, read as times and days."""

import pytest

from kiosk.counter.form import day_of, time_of_day

TODAY = "2026-11-30"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("12/2", "2026-12-02"),
        ("1202", "2026-12-02"),
        ("１２月２日", "2026-12-02"),
        ("11/30", TODAY),
        ("1/8", "2027-01-08"),
        ("2/29", "2028-02-29"),
        ("2026-12-02", "2026-12-02"),
        ("20261202", "2026-12-02"),
        ("2026年12月2日", "2026-12-02"),
        ("13/1", None),
        ("0", None),
        ("12/2/", "2026-12-02"),
        ("tomorrow", None),
        ("", None),
    ],
)
def test_a_day_is_the_next_one_of_that_date(typed: str, day: str | None) -> None:
    assert day_of(typed, TODAY) == day


@pytest.mark.parametrize(("typed", "time"), [("930", "09:30"), ("9：30", "09:30"), ("2400", None), ("9", None)])
def test_a_time_is_of_the_day(typed: str, time: str | None) -> None:
    assert time_of_day(typed) == time
