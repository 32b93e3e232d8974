"""Until when cards and X.509s are valid: birthdays, 29 February, the end of a stay, adult age, and renewal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certserver.applications.ages import birthday, card_birthdays, needs_legal_representative
from certserver.applications.end_of_stay import Office, end_of_stay_steps
from certserver.applications.validity import (
    ISSUE_DAY,
    CardHolder,
    Expiry,
    ExpiryGround,
    RenewalStage,
    Stay,
    StayKind,
    X509Kind,
    card_expiry,
    ended_by_change,
    renewable_from,
    renewal_stage,
    x509_expiry,
    x509s_issued,
)

BORN = date(1989, 3, 31)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("born", "accepted", "birthdays"),
    [
        # 20 until 31 March 2022, 18 from 1 April.
        (date(2003, 6, 1), date(2022, 3, 31), 5),
        (date(2003, 6, 1), date(2022, 4, 1), 10),
        (date(2002, 3, 31), date(2022, 3, 30), 5),
        (date(2002, 3, 31), date(2022, 3, 31), 10),
        # The day before the eighteenth birthday, that day, the day after.
        (date(2008, 7, 10), date(2026, 7, 9), 5),
        (date(2008, 7, 10), date(2026, 7, 10), 10),
        (date(2008, 7, 10), date(2026, 7, 11), 10),
        (date(2026, 7, 10), date(2026, 7, 10), 5),
    ],
)
def test_how_many_birthdays_a_card_lasts(born: date, accepted: date, birthdays: int) -> None:
    assert card_birthdays(born, accepted) == birthdays


@pytest.mark.parametrize(
    ("day", "ward", "needed"),
    [
        (date(2026, 7, 9), False, True),
        (date(2026, 7, 10), False, False),
        (date(2026, 7, 11), False, False),
        (date(2026, 7, 11), True, True),
    ],
)
def test_under_fifteen_or_a_ward_comes_with_the_legal_representative(day: date, ward: bool, needed: bool) -> None:
    born = date(2011, 7, 10)
    assert needs_legal_representative(born, day, adult_ward=ward) is needed
    kinds = x509s_issued(CardHolder(born, adult_ward=ward), day)
    assert kinds == (frozenset({X509Kind.USER_AUTH}) if needed else frozenset(X509Kind))


@pytest.mark.parametrize(
    ("issued", "last_day"),
    [
        (date(2026, 3, 30), date(2035, 3, 31)),
        (date(2026, 3, 31), date(2035, 3, 31)),  # the birthday itself is the first
        (date(2026, 4, 1), date(2036, 3, 31)),
    ],
)
def test_a_card_lasts_to_the_tenth_birthday(issued: date, last_day: date) -> None:
    assert card_expiry(CardHolder(BORN), issued, issued) == Expiry(last_day, ExpiryGround.TENTH_BIRTHDAY)


def test_whether_the_day_of_issue_counts_is_a_switch() -> None:
    never = replace(ISSUE_DAY, card=False)
    assert card_expiry(CardHolder(BORN), date(2026, 3, 31), date(2026, 3, 31), never).last_day == date(2036, 3, 31)
    card = Expiry(date(2036, 3, 31), ExpiryGround.TENTH_BIRTHDAY)
    on_birthday = date(2026, 3, 31)
    assert x509_expiry(CardHolder(BORN), card, on_birthday).last_day == date(2031, 3, 31)
    also = replace(ISSUE_DAY, x509=True)
    assert x509_expiry(CardHolder(BORN), card, on_birthday, also).last_day == date(2030, 3, 31)
    assert not ISSUE_DAY.official


def test_the_age_is_that_of_acceptance_and_the_birthdays_those_after_issue() -> None:
    holder = CardHolder(date(2008, 7, 10))
    assert card_expiry(holder, date(2026, 7, 9), date(2026, 7, 20)).last_day == date(2031, 7, 10)
    assert card_expiry(holder, date(2026, 7, 10), date(2026, 7, 20)).last_day == date(2036, 7, 10)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2024, date(2024, 2, 29)), (2025, date(2025, 2, 28)), (2026, date(2026, 2, 28)), (2100, date(2100, 2, 28))],
)
def test_a_birthday_of_29_february(year: int, day: date) -> None:
    assert birthday(date(2000, 2, 29), year) == day


@pytest.mark.parametrize(
    ("issued", "last_day"),
    [
        (date(2026, 2, 27), date(2035, 2, 28)),
        (date(2026, 2, 28), date(2035, 2, 28)),
        (date(2026, 3, 1), date(2036, 2, 29)),
    ],
)
def test_a_card_of_somebody_born_on_29_february(issued: date, last_day: date) -> None:
    assert card_expiry(CardHolder(date(2000, 2, 29)), issued, issued).last_day == last_day


END = date(2027, 5, 14)


@pytest.mark.parametrize("kind", [StayKind.PERMANENT, StayKind.SPECIAL_PERMANENT, StayKind.HIGHLY_SKILLED_2])
def test_who_stays_without_an_end_has_a_card_like_a_national(kind: StayKind) -> None:
    day = date(2026, 5, 1)
    expiry = card_expiry(CardHolder(BORN, Stay(kind)), day, day)
    assert expiry == card_expiry(CardHolder(BORN), day, day)
    assert end_of_stay_steps(expiry) is None


def test_who_stays_to_an_end_is_told_in_which_order_to_go_where() -> None:
    day = date(2026, 5, 1)
    holder = CardHolder(BORN, Stay(StayKind.LIMITED, END))
    expiry = card_expiry(holder, day, day)
    assert expiry == Expiry(END, ExpiryGround.END_OF_STAY)
    assert x509_expiry(holder, expiry, day) == Expiry(END, ExpiryGround.CARD_EXPIRES)
    steps = end_of_stay_steps(expiry)
    assert steps is not None
    assert steps.offices == (Office.IMMIGRATION, Office.MUNICIPALITY)
    assert "2027年5月14日" in steps.text
    assert steps.text.index("出入国在留管理局") < steps.text.index("市区町村")
    assert steps.text_en.index("immigration") < steps.text_en.index("municipality")


@pytest.mark.parametrize(("kind", "end"), [(StayKind.LIMITED, None), (StayKind.PERMANENT, END)])
def test_a_stay_has_an_end_exactly_when_it_is_limited(kind: StayKind, end: date | None) -> None:
    with pytest.raises(ValueError, match="limited"):
        Stay(kind, end)


@pytest.mark.parametrize(
    ("card_ends", "expected"),
    [
        (date(2031, 3, 30), Expiry(date(2031, 3, 30), ExpiryGround.CARD_EXPIRES)),
        (date(2031, 3, 31), Expiry(date(2031, 3, 31), ExpiryGround.FIFTH_BIRTHDAY)),
        (date(2031, 4, 1), Expiry(date(2031, 3, 31), ExpiryGround.FIFTH_BIRTHDAY)),
    ],
)
def test_an_x509_never_outlives_its_card(card_ends: date, expected: Expiry) -> None:
    card = Expiry(card_ends, ExpiryGround.TENTH_BIRTHDAY)
    assert x509_expiry(CardHolder(BORN), card, date(2026, 4, 1)) == expected


def test_a_change_of_name_ends_what_bears_the_name() -> None:
    assert ended_by_change(name_or_address=True) == {X509Kind.SIGNING}
    assert not ended_by_change(name_or_address=False)


@pytest.mark.parametrize(
    ("last_day", "first"),
    [
        (date(2026, 8, 10), date(2026, 5, 11)),
        (date(2026, 3, 31), date(2026, 1, 1)),
        (date(2026, 2, 28), date(2025, 11, 29)),
        (date(2026, 5, 31), date(2026, 3, 1)),  # February has no 31st
        (date(2028, 5, 29), date(2028, 3, 1)),
        (date(2026, 5, 29), date(2026, 3, 1)),
    ],
)
def test_renewal_begins_on_the_day_after_three_months_before(last_day: date, first: date) -> None:
    assert renewable_from(last_day) == first
    assert renewal_stage(last_day, first - DAY) is RenewalStage.TOO_EARLY
    assert renewal_stage(last_day, first) is RenewalStage.RENEWAL
    assert renewal_stage(last_day, first + DAY) is RenewalStage.RENEWAL
    assert renewal_stage(last_day, last_day - DAY) is RenewalStage.RENEWAL
    assert renewal_stage(last_day, last_day) is RenewalStage.RENEWAL
    assert renewal_stage(last_day, last_day + DAY) is RenewalStage.NEW_ISSUE


@settings(deadline=None)
@given(st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.dates(date(2026, 1, 1), date(2060, 12, 31)))
def test_validity_is_a_birthday_within_its_years(born: date, issued: date) -> None:
    card = card_expiry(CardHolder(born), issued, issued)
    assert card.last_day == birthday(born, card.last_day.year)
    years = 10 if card.ground is ExpiryGround.TENTH_BIRTHDAY else 5
    assert date(issued.year + years - 1, 1, 1) <= card.last_day
    assert card.last_day <= birthday(issued, issued.year + years)
    assert x509_expiry(CardHolder(born), card, issued).last_day <= card.last_day


@settings(deadline=None)
@given(st.dates(date(2016, 1, 1), date(2060, 12, 31)))
def test_a_renewal_is_open_about_three_months(last_day: date) -> None:
    assert 88 <= (last_day - renewable_from(last_day)).days <= 91
