"""Who may do what, and when."""

from datetime import date

import pytest

from certserver.errors import ConfigurationError, NotAllowed
from certserver.office.rights import (
    RIGHTS,
    HeldRole,
    Officer,
    OfficeRole,
    Right,
    demand,
    demand_second,
    officer_on,
    two_decide,
)
from certserver.office.roles import check_end

FIRST, LAST = date(2026, 4, 1), date(2026, 9, 30)


def test_a_role_counts_from_its_first_day_to_its_last() -> None:
    held = [HeldRole("aoi", OfficeRole.AUDITOR, FIRST, LAST), HeldRole("midori", OfficeRole.VIEWER, FIRST)]
    on = {day: officer_on(day, "aoi", held).may(Right.READ_AUDIT) for day in (date(2026, 3, 31), FIRST, LAST)}
    assert on == {date(2026, 3, 31): False, FIRST: True, LAST: True}
    assert not officer_on(date(2026, 10, 1), "aoi", held).rights


def test_whoever_holds_no_role_may_nothing() -> None:
    for right in Right:
        with pytest.raises(NotAllowed, match=right.value):
            demand(Officer("aoi", frozenset()), right)


def test_each_right_is_opened_by_a_role_and_no_role_opens_all() -> None:
    assert frozenset().union(*RIGHTS.values()) == set(Right)
    assert all(rights < set(Right) for rights in RIGHTS.values())


def test_who_drafts_does_not_approve_by_the_same_role_and_only_an_auditor_reads_the_log() -> None:
    assert not RIGHTS[OfficeRole.CONFIGURER] & {Right.APPROVE, Right.READ_AUDIT}
    assert [role for role, rights in RIGHTS.items() if Right.READ_AUDIT in rights] == [OfficeRole.AUDITOR]


def test_nobody_is_the_second_person_beside_themselves() -> None:
    aoi = Officer("aoi", frozenset({OfficeRole.CONFIGURER, OfficeRole.APPROVER}))
    demand_second("midori", aoi)
    with pytest.raises(NotAllowed, match="another person"):
        demand_second("aoi", aoi)
    with pytest.raises(NotAllowed, match="approver"):
        demand_second("aoi", Officer("midori", frozenset({OfficeRole.CONFIGURER})))


def test_a_role_that_ends_before_it_begins_is_none() -> None:
    with pytest.raises(ValueError, match="ends before"):
        HeldRole("aoi", OfficeRole.VIEWER, LAST, FIRST)


@pytest.mark.parametrize(("since", "meets"), [(LAST, True), (date(2026, 10, 1), False)])
def test_one_role_is_held_once_on_a_day(since: date, meets: bool) -> None:
    first = HeldRole("aoi", OfficeRole.VIEWER, FIRST, LAST)
    assert first.meets(HeldRole("aoi", OfficeRole.VIEWER, since)) is meets
    assert not first.meets(HeldRole("aoi", OfficeRole.AUDITOR, since))


@pytest.mark.parametrize(
    ("held", "decide"),
    [
        ((), False),
        ((("aoi", OfficeRole.CONFIGURER), ("aoi", OfficeRole.APPROVER)), False),
        ((("aoi", OfficeRole.CONFIGURER), ("midori", OfficeRole.CONFIGURER), ("ren", OfficeRole.AUDITOR)), False),
        ((("aoi", OfficeRole.CONFIGURER), ("midori", OfficeRole.APPROVER)), True),
    ],
    ids=["nobody", "one-for-both", "three-without-an-approver", "two"],
)
def test_it_takes_one_who_asks_and_another_who_approves(held: tuple[tuple[str, OfficeRole], ...], decide: bool) -> None:
    assert two_decide([HeldRole(mark, role, FIRST) for mark, role in held], LAST) is decide
    assert not two_decide([HeldRole(mark, role, FIRST, FIRST) for mark, role in held], LAST)


TODAY, YESTERDAY = date(2026, 6, 10), date(2026, 6, 9)


@pytest.mark.parametrize(
    ("until", "last", "why"),
    [
        (LAST, date(2099, 12, 31), "until 2026-09-30 only"),
        (LAST, LAST, "until 2026-09-30 only"),
        (date(2026, 6, 8), TODAY, "until 2026-06-08 only"),
        (date(2026, 6, 8), YESTERDAY, "until 2026-06-08 only"),
        (None, date(2026, 6, 8), "is over"),
    ],
    ids=["prolonged", "the-same", "revived", "revived-for-a-day", "days-gone-by"],
)
def test_an_end_shortens_a_role_and_rewrites_no_day(until: date | None, last: date, why: str) -> None:
    held = HeldRole("sora", OfficeRole.VIEWER, FIRST, until)
    with pytest.raises(ConfigurationError, match=why):
        check_end((held,), held, last, TODAY)


@pytest.mark.parametrize("last", [YESTERDAY, TODAY, date(2026, 9, 29)])
def test_a_role_ends_sooner_than_it_would(last: date) -> None:
    for until in (LAST, None):
        held = HeldRole("sora", OfficeRole.VIEWER, FIRST, until)
        check_end((held,), held, last, TODAY)


def test_the_last_who_approves_is_not_ended() -> None:
    aoi = HeldRole("aoi", OfficeRole.CONFIGURER, FIRST)
    midori = HeldRole("midori", OfficeRole.APPROVER, FIRST)
    for last in (YESTERDAY, date(2026, 12, 31)):
        with pytest.raises(ConfigurationError, match="nobody would decide"):
            check_end((aoi, midori), midori, last, TODAY)
    check_end((aoi, midori), midori, date.max, TODAY)
    ren = HeldRole("ren", OfficeRole.APPROVER, FIRST)
    check_end((aoi, midori, ren), midori, YESTERDAY, TODAY)
    for_now = HeldRole("ren", OfficeRole.APPROVER, FIRST, LAST)
    with pytest.raises(ConfigurationError, match="nobody would decide on 2026-10-01"):
        check_end((aoi, midori, for_now), midori, YESTERDAY, TODAY)
