"""The rules of staff: who works where, how long who failed waits, which code counts, when a session ends."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.outlets import Outlet, OutletKind
from certserver.ports import JST, unix
from certserver.staff.backoff import FORGOTTEN_S, LONGEST_WAIT_S, OF_A_PERSON, OF_A_TERMINAL, Failures
from certserver.staff.codes import NEVER, STEP_S, accepted_step, code_at, provisioning_uri
from certserver.staff.engagements import ROLES_AT, Engagement, engaged
from certserver.staff.passwords import hashed, matches, unfit
from certserver.staff.sessions import SessionLimits, StaffSession, expiry

OFFICE = Outlet("post-office", OutletKind.POST_OFFICE)
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
SECRET = bytes(range(20))
NOW = 1_780_000_000


def clerk(since: date = FIRST, until: date | None = LAST, outlet: str = "post-office") -> Engagement:
    return Engagement("clerk-1", Role.CLERK, outlet, SiteKind.POST_OFFICE, since, until)


@pytest.mark.parametrize(
    ("day", "works"),
    [(date(2026, 5, 31), False), (FIRST, True), (LAST, True), (date(2026, 7, 1), False)],
)
def test_an_engagement_counts_from_its_first_day_to_its_last(day: date, works: bool) -> None:
    assert (engaged([clerk()], OFFICE, SiteKind.POST_OFFICE, day) is not None) is works


def test_an_engagement_counts_at_its_own_place_alone() -> None:
    elsewhere = Outlet("other-office", OutletKind.POST_OFFICE)
    hall = Outlet("post-office", OutletKind.MUNICIPAL)
    assert engaged([clerk()], elsewhere, SiteKind.POST_OFFICE, FIRST) is None
    assert engaged([clerk()], hall, SiteKind.POST_OFFICE, FIRST) is None
    assert engaged([clerk()], OFFICE, SiteKind.MUNICIPAL_COUNTER, FIRST) is None


@pytest.mark.parametrize("place", SiteKind)
@pytest.mark.parametrize("role", Role)
def test_nobody_is_engaged_in_a_role_that_a_place_has_not(role: Role, place: SiteKind) -> None:
    possible = any(role in roles for (_, each), roles in ROLES_AT.items() if each is place)
    if possible:
        Engagement("a", role, "hall", place, FIRST)
        return
    with pytest.raises(ValueError, match="nobody works as"):
        Engagement("a", role, "hall", place, FIRST)


@pytest.mark.parametrize(
    ("since", "until", "meets"),
    [
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
        (date(2026, 5, 1), date(2026, 6, 1), True),
        (date(2026, 5, 1), date(2026, 5, 31), False),
        (date(2026, 5, 1), None, True),
    ],
)
def test_two_engagements_at_one_place_have_no_day_in_common(since: date, until: date | None, meets: bool) -> None:
    assert clerk().meets(clerk(since, until)) is meets
    assert clerk(since, until).meets(clerk()) is meets
    assert not clerk().meets(clerk(since, until, "other-office"))


def test_the_third_failure_is_waited_for_and_each_further_one_twice_as_long() -> None:
    failures, waits = Failures(), []
    for _ in range(12):
        failures = failures.counted(NOW)
        waits.append(failures.wait_s(OF_A_PERSON, NOW))
    assert waits == [0, 0, 15, 30, 60, 120, 240, 480, 900, 900, 900, 900]
    assert failures.wait_s(OF_A_PERSON, NOW + 899) == 1
    assert failures.wait_s(OF_A_PERSON, NOW + 900) == 0


def test_failures_are_forgotten_after_hours_without_another() -> None:
    failures = Failures(50, NOW)
    assert failures.counted(NOW + FORGOTTEN_S - 1).count == 51
    assert failures.counted(NOW + FORGOTTEN_S).count == 1


@given(count=st.integers(0, 10**9), later=st.integers(0, 10**6))
def test_nobody_ever_waits_longer_than_the_longest_wait(count: int, later: int) -> None:
    for rule in (OF_A_PERSON, OF_A_TERMINAL):
        assert 0 <= Failures(count, NOW).wait_s(rule, NOW + later) <= max(0, LONGEST_WAIT_S - later)


@pytest.mark.parametrize(("steps", "counts"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_a_step_early_or_late(steps: int, counts: bool) -> None:
    code = code_at(SECRET, NOW + steps * STEP_S)
    assert (accepted_step(SECRET, code, NOW, NEVER) is not None) is counts


def test_no_code_counts_twice_nor_after_a_later_one() -> None:
    early, late = code_at(SECRET, NOW), code_at(SECRET, NOW + STEP_S)
    taken = accepted_step(SECRET, late, NOW, NEVER)
    assert taken is not None
    assert accepted_step(SECRET, late, NOW, taken) is None
    assert accepted_step(SECRET, early, NOW, taken) is None


def test_codes_are_those_of_rfc_6238() -> None:
    # Appendix B, SHA-1, its 8 digits cut to 6.
    secret = b"12345678901234567890"
    assert [code_at(secret, at) for at in (59, 1_111_111_109, 1_234_567_890)] == ["287082", "081804", "005924"]


def test_an_authenticator_is_told_everything_by_its_address() -> None:
    uri = provisioning_uri(SECRET, "clerk-1", "990001")
    assert uri.startswith("otpauth://totp/koufu:clerk-1%40990001?secret=AAAQEAYEAUDAOCAJBIFQYDIOB4IBCEQT")


def test_a_password_is_the_same_in_full_width_and_is_never_told() -> None:
    kept = hashed("Ｋｏｕｆｕ　counter 12", bytes(16))
    assert kept.startswith("$argon2id$")
    assert matches(kept, "Koufu counter 12")
    assert not matches(kept, "koufu counter 12")
    assert not matches(None, "")
    assert not matches("no hash", "Koufu counter 12")


@pytest.mark.parametrize(
    ("password", "fits"),
    [("short", False), ("aaaaaaaaaaaaaaaa", False), ("my clerk-1 password", False), ("correct horse battery", True)],
)
def test_what_is_easy_to_guess_is_no_password(password: str, fits: bool) -> None:
    assert (unfit(password, "clerk-1") is None) is fits


def test_a_session_ends_untouched_or_at_its_latest_or_with_the_engagement() -> None:
    limits = SessionLimits(idle_s=600, longest_s=43_200)
    evening = unix(datetime(2026, 6, 30, 20, 0, tzinfo=JST))
    assert expiry(evening, limits, None) == evening + 43_200
    assert expiry(evening, limits, LAST) == unix(datetime(2026, 7, 1, tzinfo=JST))
    session = StaffSession("a", Role.CLERK, "o", SiteKind.POST_OFFICE, "t", evening, 600, evening + 900)
    assert [session.alive(evening + s) for s in (0, 599, 600)] == [True, True, False]
