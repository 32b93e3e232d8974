"""Express issuance: nine grounds at the ends of their windows, fees, what stands against it, when a card arrives."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.applications.express import (
    Claim,
    ExpressGranted,
    ExpressRefusal,
    ExpressRefused,
    ExpressRequest,
    FeeWeighed,
    eligibility,
)
from certserver.applications.express_codes import EXPRESS_ROWS, ORDINARY_REISSUE, ExpressCode, FeeVaries
from certserver.applications.express_dates import ORDINARY, PACE, MakerCalendar, arrival
from certserver.ports import JST

DAY = timedelta(days=1)
HAPPENED = date(2026, 6, 10)
ADULT = date(1990, 1, 1)
Code = ExpressCode
THIRTY_DAYS = sorted(set(Code) - {Code.INFANT}, key=lambda code: code.value)
FEES = {Code.LOST: (2000, 1800), Code.DAMAGED: (2000, 1800)}


def asking(*claims: Claim, born: date = ADULT) -> ExpressRequest:
    return ExpressRequest(claims, born)


@pytest.mark.parametrize("code", THIRTY_DAYS)
@pytest.mark.parametrize(("days", "late"), [(0, 0), (1, 0), (28, 0), (29, 0), (30, 1), (31, 2)])
def test_thirty_days_are_counted_from_the_day_itself(code: ExpressCode, days: int, late: int) -> None:
    judged = eligibility(asking(Claim(code, HAPPENED)), HAPPENED + days * DAY)
    if late:
        assert judged == ExpressRefused(ExpressRefusal.WINDOW_OVER, code, late)
    else:
        assert isinstance(judged, ExpressGranted)
        assert (judged.code, judged.deadline) == (code, date(2026, 7, 9))
        assert judged.fee == FEES.get(code, (0, 0))[0]


@pytest.mark.parametrize("code", THIRTY_DAYS)
def test_what_has_not_happened_yet_is_no_ground(code: ExpressCode) -> None:
    judged = eligibility(asking(Claim(code, HAPPENED)), HAPPENED - DAY)
    assert judged == ExpressRefused(ExpressRefusal.NOT_YET, code)


@pytest.mark.parametrize(
    ("born", "day", "granted"),
    [
        (date(2026, 6, 10), date(2026, 6, 9), False),
        (date(2026, 6, 10), date(2026, 6, 10), True),
        (date(2026, 6, 10), date(2027, 6, 8), True),
        (date(2026, 6, 10), date(2027, 6, 9), True),  # the day before the first birthday
        (date(2026, 6, 10), date(2027, 6, 10), False),
        (date(2026, 6, 10), date(2027, 6, 11), False),
        (date(2028, 2, 29), date(2029, 2, 28), True),
        (date(2028, 2, 29), date(2029, 3, 1), False),
    ],
)
def test_an_infant_until_the_day_before_the_first_birthday(born: date, day: date, granted: bool) -> None:
    judged = eligibility(asking(Claim(Code.INFANT, born), born=born), day)
    assert isinstance(judged, ExpressGranted) is granted
    if isinstance(judged, ExpressGranted):
        assert judged.fee == 0
        assert judged.shown_by == "出生届"


@pytest.mark.parametrize(
    ("day", "granted"), [(date(2024, 12, 1), False), (date(2024, 12, 2), True), (date(2024, 12, 3), True)]
)
def test_there_is_express_issuance_since_december_2024(day: date, granted: bool) -> None:
    judged = eligibility(asking(Claim(Code.LOST, date(2024, 11, 25))), day)
    assert isinstance(judged, ExpressGranted) is granted
    assert granted or judged == ExpressRefused(ExpressRefusal.NO_SUCH_RULE)


def test_a_first_application_or_an_ordinary_renewal_is_none() -> None:
    assert eligibility(asking(), HAPPENED) == ExpressRefused(ExpressRefusal.NO_GROUND)


@pytest.mark.parametrize("code", Code)
def test_only_the_first_card_since_it_happened(code: ExpressCode) -> None:
    born = HAPPENED if code is Code.INFANT else ADULT
    asked = asking(Claim(code, HAPPENED), born=born)
    for last, first in ((HAPPENED, False), (HAPPENED + DAY, False), (HAPPENED - DAY, code is not Code.INFANT)):
        judged = eligibility(replace(asked, last_card_on=last), HAPPENED + 2 * DAY)
        assert isinstance(judged, ExpressGranted) is first
        assert first or judged == ExpressRefused(ExpressRefusal.NOT_FIRST_SINCE, code)


LOST = (Claim(Code.LOST, HAPPENED),)


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        (ExpressRequest(LOST, ADULT, comes=False), ExpressRefusal.MUST_COME),
        (ExpressRequest(LOST, ADULT, open_application=True), ExpressRefusal.OPEN_APPLICATION),
        (ExpressRequest(LOST, ADULT, move_planned=True), ExpressRefusal.MOVE_PLANNED),
    ],
)
def test_what_stands_against_every_ground(asked: ExpressRequest, reason: ExpressRefusal) -> None:
    assert eligibility(asked, HAPPENED) == ExpressRefused(reason)


def test_a_child_need_not_come_whose_birth_is_notified() -> None:
    newborn = ExpressRequest((Claim(Code.INFANT, HAPPENED),), HAPPENED, comes=False, with_birth_notice=True)
    assert isinstance(eligibility(newborn, HAPPENED + 3 * DAY), ExpressGranted)
    without = replace(newborn, with_birth_notice=False)
    assert eligibility(without, HAPPENED) == ExpressRefused(ExpressRefusal.MUST_COME)
    other = replace(newborn, claims=(Claim(Code.LOST, HAPPENED),))
    assert eligibility(other, HAPPENED) == ExpressRefused(ExpressRefusal.MUST_COME)
    both = replace(newborn, claims=(Claim(Code.LOST, HAPPENED), Claim(Code.INFANT, HAPPENED)))
    judged = eligibility(both, HAPPENED)
    assert isinstance(judged, ExpressGranted)
    assert (judged.code, judged.others) == (Code.INFANT, ())


def test_who_has_a_valid_card_of_the_time_abroad_keeps_it() -> None:
    asked = replace(asking(Claim(Code.FROM_ABROAD, HAPPENED)), card_from_abroad_valid=True)
    assert eligibility(asked, HAPPENED) == ExpressRefused(ExpressRefusal.CARD_STILL_VALID, Code.FROM_ABROAD)


def test_of_several_grounds_the_cheapest() -> None:
    claims = (Claim(Code.LOST, HAPPENED), Claim(Code.ANNOTATIONS_FULL, HAPPENED), Claim(Code.NEW_RECORD, HAPPENED))
    judged = eligibility(asking(*claims), HAPPENED)
    assert isinstance(judged, ExpressGranted)
    assert (judged.code, judged.fee) == (Code.NEW_RECORD, 0)
    assert judged.others == (Code.ANNOTATIONS_FULL, Code.LOST)


def test_of_several_that_fail_the_nearest() -> None:
    claims = (Claim(Code.NEW_RECORD, HAPPENED - 40 * DAY), Claim(Code.LOST, HAPPENED - 31 * DAY))
    judged = eligibility(asking(*claims), HAPPENED)
    assert judged == ExpressRefused(ExpressRefusal.WINDOW_OVER, Code.LOST, 2)


@pytest.mark.parametrize(
    ("code", "weighed", "fee", "without_x509"),
    [
        (Code.LOST, FeeWeighed.AS_THE_ROW, 2000, 1800),
        (Code.DAMAGED, FeeWeighed.AS_THE_ROW, 2000, 1800),
        (Code.DAMAGED, FeeWeighed.FREE, 0, 0),
        (Code.FROM_ABROAD, FeeWeighed.AS_THE_ROW, 0, 0),
        (Code.FROM_ABROAD, FeeWeighed.CHARGED, 2000, 1800),
        (Code.NUMBER_CHANGED, FeeWeighed.AS_THE_ROW, 0, 0),
        (Code.NUMBER_CHANGED, FeeWeighed.CHARGED, 2000, 1800),
    ],
)
def test_fees(code: ExpressCode, weighed: FeeWeighed, fee: int, without_x509: int) -> None:
    asked = asking(Claim(code, HAPPENED, weighed))
    for wants, yen in ((True, fee), (False, without_x509)):
        judged = eligibility(replace(asked, wants_x509=wants), HAPPENED)
        assert isinstance(judged, ExpressGranted)
        assert judged.fee == yen


def test_express_costs_more_than_the_ordinary_time() -> None:
    assert (ORDINARY_REISSUE.with_x509, ORDINARY_REISSUE.without_x509) == (1000, 800)
    assert all(row.fee.of(x509=True) in (0, 2000) for row in EXPRESS_ROWS)


@pytest.mark.parametrize("code", [row.code for row in EXPRESS_ROWS if row.varies is FeeVaries.NEVER])
def test_a_fee_that_does_not_vary_is_not_weighed(code: ExpressCode) -> None:
    born = HAPPENED if code is Code.INFANT else ADULT
    with pytest.raises(ValueError, match="does not vary"):
        eligibility(asking(Claim(code, HAPPENED, FeeWeighed.FREE), born=born), HAPPENED)


def test_all_nine_are_there_and_none_is_told_as_the_ministrys() -> None:
    assert [row.code for row in EXPRESS_ROWS] == list(Code)
    assert len(EXPRESS_ROWS) == 9
    assert not any(row.official for row in EXPRESS_ROWS)


CALENDAR = MakerCalendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=JST)


@pytest.mark.parametrize(
    ("accepted", "ahead", "first", "last", "beyond"),
    [
        # Monday to Friday of an ordinary week.
        ("2026-06-08T10:00", 0, date(2026, 6, 13), date(2026, 6, 14), False),
        ("2026-06-08T14:59:59", 0, date(2026, 6, 13), date(2026, 6, 14), False),
        ("2026-06-08T15:00", 0, date(2026, 6, 14), date(2026, 6, 15), False),
        ("2026-06-12T10:00", 0, date(2026, 6, 17), date(2026, 6, 18), False),
        # Friday after the cut-off waits for Monday.
        ("2026-06-12T15:00", 0, date(2026, 6, 20), date(2026, 6, 21), True),
        # The queue: a day for each full 10,000.
        ("2026-06-08T10:00", 9_999, date(2026, 6, 13), date(2026, 6, 14), False),
        ("2026-06-08T10:00", 10_000, date(2026, 6, 14), date(2026, 6, 15), False),
        ("2026-06-08T10:00", 10_001, date(2026, 6, 14), date(2026, 6, 15), False),
        ("2026-06-08T10:00", 25_000, date(2026, 6, 15), date(2026, 6, 16), True),
        # Two working days from a Friday are Tuesday.
        ("2026-06-12T10:00", 25_000, date(2026, 6, 21), date(2026, 6, 22), True),
        # The turn of the year: nothing is begun or made from 29 December to 3 January.
        ("2026-12-24T10:00", 0, date(2026, 12, 29), date(2026, 12, 30), False),
        ("2026-12-28T10:00", 0, date(2027, 1, 8), date(2027, 1, 9), True),
        ("2026-12-29T10:00", 0, date(2027, 1, 9), date(2027, 1, 10), True),
        ("2027-01-03T10:00", 0, date(2027, 1, 9), date(2027, 1, 10), False),
        ("2027-01-04T10:00", 0, date(2027, 1, 9), date(2027, 1, 10), False),
        # A public holiday in the week (海の日, 20 July 2026) begins nothing.
        ("2026-07-20T10:00", 0, date(2026, 7, 26), date(2026, 7, 27), False),
    ],
)
def test_when_a_card_may_arrive(accepted: str, ahead: int, first: date, last: date, beyond: bool) -> None:
    told = arrival(at(accepted), ahead, CALENDAR)
    assert (told.likely_from, told.likely_to, told.beyond_a_week) == (first, last, beyond)
    assert told.shortest == at(accepted).date() + 5 * DAY


@pytest.mark.parametrize("cards", [0, 10_000])
def test_maintenance_stops_the_making(cards: int) -> None:
    stopped = MakerCalendar(maintenance=frozenset({date(2026, 6, 9), date(2026, 6, 10)}))
    plain, told = (arrival(at("2026-06-08T10:00"), cards, each) for each in (CALENDAR, stopped))
    assert told.likely_from == plain.likely_from + 2 * DAY


def test_the_day_is_japans() -> None:
    in_utc = datetime.fromisoformat("2026-06-07T23:00+00:00")
    assert arrival(in_utc, 0, CALENDAR) == arrival(at("2026-06-08T08:00"), 0, CALENDAR)


def test_it_is_told_as_a_range_and_as_rough() -> None:
    assert arrival(at("2026-06-08T10:00"), 0, CALENDAR).text == "目安：6月13日～6月14日頃"
    assert arrival(at("2026-06-12T15:00"), 0, CALENDAR).text == "目安：6月20日～6月21日頃（1週間を超える見込み）"


@settings(deadline=None)
@given(st.dates(date(2024, 12, 2), date(2030, 12, 31)), st.times(), st.integers(0, 200_000))
def test_no_card_is_quicker_than_the_shortest_time_or_by_a_longer_queue(day: date, when: time, ahead: int) -> None:
    here = datetime.combine(day, when, JST)
    told = arrival(here, ahead, CALENDAR)
    assert told.shortest <= told.likely_from < told.likely_to
    longer = arrival(here, ahead + 10_000, CALENDAR)
    assert longer.likely_from > told.likely_from


@pytest.mark.parametrize(("when", "ahead"), [(at("2026-06-08").replace(tzinfo=None), 0), (at("2026-06-08"), -1)])
def test_what_is_no_instant_or_no_queue(when: datetime, ahead: int) -> None:
    with pytest.raises(ValueError, match="arrival"):
        arrival(when, ahead, CALENDAR)


def test_the_figures_of_the_slides() -> None:
    assert (PACE.cards_a_day, PACE.making_days, PACE.mail_days, PACE.shortest_days) == (10_000, 4, (1, 2), 5)
    assert PACE.cards_a_day * 360 == 3_600_000
    assert (ORDINARY.making_days, ORDINARY.setting_up_days) == (12, 7)
    assert PACE.official
    assert ORDINARY.official
