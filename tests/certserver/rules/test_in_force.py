"""Dated settings: what counts at an instant, and the version that names it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from certserver.rules.in_force import in_force
from certserver.rules.settings import Closure, KindRow
from koufu.evidence.words import Scope
from tests.support.server_settings import APRIL, OCTOBER, POST_OFFICE, RESIDENCE, SEAL, SETTINGS, SHOP, TOWN_HALL


def test_a_fee_changes_at_its_second() -> None:
    before, after = in_force(SETTINGS, SHOP, OCTOBER - 1), in_force(SETTINGS, SHOP, OCTOBER)
    assert [kind.fee for kind in before.kinds] == [200]
    assert {kind.kind: kind.fee for kind in after.kinds} == {RESIDENCE: 300, SEAL: 200}
    assert before.version != after.version
    assert (before.until, after.until) == (OCTOBER, None)


def test_nothing_is_offered_before_the_first_row() -> None:
    assert in_force(SETTINGS, SHOP, APRIL - 1).kinds == ()


def test_an_outlet_with_hours_of_its_own_keeps_them() -> None:
    here = in_force(SETTINGS, POST_OFFICE, OCTOBER).of(RESIDENCE)
    there = in_force(SETTINGS, TOWN_HALL, OCTOBER).of(RESIDENCE)
    assert here is not None
    assert there is not None
    assert (here.opens_at, here.closes_at, here.weekdays_only) == (540, 1020, True)
    assert (there.opens_at, there.closes_at, there.weekdays_only) == (390, 1380, False)


def test_the_hours_of_an_outlet_are_part_of_its_version() -> None:
    assert in_force(SETTINGS, POST_OFFICE, APRIL).version != in_force(SETTINGS, TOWN_HALL, APRIL).version


def test_a_kind_without_fee_or_hours_or_withdrawn_is_not_offered() -> None:
    no_fee = replace(SETTINGS, fees=SETTINGS.fees[:2])
    no_hours = replace(SETTINGS, hours=SETTINGS.hours[:1])
    withdrawn = replace(SETTINGS, kinds=(*SETTINGS.kinds, KindRow(SEAL, OCTOBER + 1, False, (Scope.SELF,), (), 5)))
    for settings in (no_fee, no_hours, withdrawn):
        assert in_force(settings, SHOP, OCTOBER + 1).of(SEAL) is None


def test_a_purpose_without_its_kind_is_not_asked() -> None:
    assert [purpose.code for purpose in in_force(SETTINGS, SHOP, APRIL).purposes] == ["pension"]
    assert [purpose.code for purpose in in_force(SETTINGS, SHOP, OCTOBER).purposes] == ["bank", "pension"]


@pytest.mark.parametrize(
    "change",
    [
        {"scopes": (Scope.SELF,)},
        {"options": ()},
        {"max_copies": 4},
    ],
)
def test_every_choice_is_part_of_the_version(change: dict[str, Any]) -> None:
    other = replace(SETTINGS, kinds=(replace(SETTINGS.kinds[0], **change), SETTINGS.kinds[1]))
    assert in_force(other, SHOP, APRIL).version != in_force(SETTINGS, SHOP, APRIL).version


def test_a_closure_holds_together() -> None:
    with pytest.raises(ValueError, match="before it begins"):
        Closure(date(2026, 1, 3), date(2025, 12, 29), False, "", "")
    with pytest.raises(ValueError, match="29 February"):
        Closure(date(2024, 2, 29), date(2024, 2, 29), True, "", "")
