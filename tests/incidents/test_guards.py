"""Every guard against the incidents, one by one: it stops what it is there for although nothing else stands beside it,
and without it the incident happens. A guard that could be left out would be found here, and so would a test that can't
fail."""

from pathlib import Path

import pytest

from tests.incidents import (
    guards_of_keys,
    guards_of_municipalities,
    guards_of_pages,
    guards_of_seals,
    guards_of_sheets,
    guards_of_timeouts,
)
from tests.incidents.guard import Guard, Incident
from tests.support.taking_out import Line, out

GUARDS: tuple[Guard, ...] = (
    *guards_of_timeouts.GUARDS,
    *guards_of_keys.GUARDS,
    *guards_of_pages.GUARDS,
    *guards_of_seals.GUARDS,
    *guards_of_sheets.GUARDS,
    *guards_of_municipalities.GUARDS,
)

each_guard = pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)


@each_guard
def test_the_incident_is_stopped(guard: Guard, tmp_path: Path) -> None:
    assert not guard.happens_with_it(tmp_path), f"{guard.line} does not stop it alone"


@each_guard
def test_without_the_guard_it_happens(guard: Guard, tmp_path: Path) -> None:
    assert guard.happens_without_it(tmp_path), f"nothing changes without {guard.line}"


def test_every_guard_has_a_name_of_its_own() -> None:
    assert len({guard.name for guard in GUARDS}) == len(GUARDS)


@pytest.mark.parametrize("incident", list(Incident), ids=lambda incident: incident.name)
def test_every_incident_is_followed_step_by_step_and_guarded(incident: Incident) -> None:
    assert "\ndef test_" in (Path(__file__).parent / incident.value).read_text()
    assert [guard for guard in GUARDS if guard.incident is incident]


def guarded(value: int) -> str:
    return "refused" if value > 1 else "let through"


def test_a_guard_is_out_only_while_it_is_taken_out() -> None:
    with out(Line(guarded, "value > 1")):
        assert guarded(2) == "let through"
    assert guarded(2) == "refused"


def test_a_guard_that_is_not_where_it_should_be_is_told() -> None:
    with pytest.raises(LookupError, match="has 0 times: value > 2"), out(Line(guarded, "value > 2")):
        pass
