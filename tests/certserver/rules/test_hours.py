"""When a kind is served, on a Japanese calendar."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from certserver.ports import JST
from certserver.rules.hours import hours_of, is_open, next_closure
from certserver.rules.in_force import KindInForce
from certserver.rules.settings import Closure
from koufu.evidence.words import CertificateKind, Scope

EVERY_DAY = KindInForce(CertificateKind.RESIDENCE, 200, (Scope.SELF,), (), 5, 390, 1380, False)
WEEKDAYS = KindInForce(CertificateKind.KOSEKI_FULL, 450, (Scope.SELF,), (), 5, 540, 1020, True)
NEW_YEAR = Closure(date(2020, 12, 29), date(2021, 1, 3), True, "年末年始", "New Year")
MAINTENANCE = Closure(date(2026, 11, 21), date(2026, 11, 22), False, "点検", "Maintenance")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-06-10T06:29:59", False),
        ("2026-06-10T06:30:00", True),
        ("2026-06-10T22:59:59", True),
        ("2026-06-10T23:00:00", False),
        ("2026-12-28T12:00:00", True),
        ("2026-12-29T12:00:00", False),
        ("2027-01-01T12:00:00", False),
        ("2027-01-03T22:00:00", False),
        ("2027-01-04T06:30:00", True),
        ("2026-11-20T12:00:00", True),
        ("2026-11-21T12:00:00", False),
        ("2027-11-21T12:00:00", True),
    ],
)
def test_hours_and_closures(moment: str, expected: bool) -> None:
    assert is_open(replace(EVERY_DAY, closures=(NEW_YEAR, MAINTENANCE)), at(moment)) is expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 6, 10), (540, 1020)),  # a Wednesday
        (date(2026, 6, 13), (0, 0)),  # a Saturday
        (date(2026, 6, 14), (0, 0)),  # a Sunday
        (date(2026, 5, 4), (0, 0)),  # みどりの日, a Monday
        (date(2026, 5, 6), (0, 0)),  # 振替休日: 3 May is a Sunday
        (date(2026, 5, 7), (540, 1020)),
        (date(2026, 9, 22), (0, 0)),  # 国民の休日, between two holidays
    ],
)
def test_weekdays_only(day: date, expected: tuple[int, int]) -> None:
    assert hours_of(WEEKDAYS, day) == expected


def test_the_clock_is_japans_wherever_the_server_stands() -> None:
    assert is_open(EVERY_DAY, datetime(2026, 6, 9, 21, 30, tzinfo=UTC))
    assert not is_open(EVERY_DAY, datetime(2026, 6, 10, 14, 0, tzinfo=UTC))


def test_the_next_closure_is_told_a_month_ahead() -> None:
    closures = (NEW_YEAR, MAINTENANCE)
    assert next_closure(closures, date(2026, 10, 1)) is None
    assert next_closure(closures, date(2026, 10, 22)) == MAINTENANCE
    assert next_closure(closures, date(2026, 11, 22)) == MAINTENANCE
    coming = next_closure(closures, date(2026, 12, 1))
    assert coming is not None
    assert (coming.since, coming.until) == (date(2026, 12, 29), date(2027, 1, 3))
    assert next_closure(closures, date(2027, 1, 2)) == coming
    assert next_closure(closures, date(2027, 1, 4)) is None
