"""Who may do what, and when."""

from datetime import date

import pytest

from certserver.errors import NotAllowed
from certserver.office.rights import RIGHTS, HeldRole, Officer, OfficeRole, Right, demand, demand_second, officer_on

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
