"""Roles that begin and end by two people's word, what the log says of it, and who is made an administrator."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from certserver.errors import ConfigurationError, NotAllowed
from certserver.ledger.audit import OPERATOR
from certserver.office.deciding import decide
from certserver.office.desk import Desk, operator
from certserver.office.people import add_person, ask_end, ask_role, create_administrator, person
from certserver.office.proposals import Outcome
from certserver.office.rights import HeldRole, Officer, OfficeRole
from tests.support.card_applications import entries_of, verified
from tests.support.console import ConsoleForTests, a_console
from tests.support.staff import SINCE

DAY = timedelta(1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ConsoleForTests]:
    """aoi asks, midori approves, sora looks."""
    with a_console(tmp_path) as made:
        made.hire("aoi", OfficeRole.CONFIGURER)
        made.hire("midori", OfficeRole.APPROVER)
        made.hire("sora", OfficeRole.VIEWER)
        yield made


def operators(office: ConsoleForTests) -> Desk:
    """The desk of whoever sits at the command line."""
    return replace(office.desk("aoi"), who=operator(), actor=OPERATOR)


def test_what_waited_while_days_went_by_rewrites_none_of_them(office: ConsoleForTests) -> None:
    today = office.today()
    asking = office.desk("aoi")
    with pytest.raises(ConfigurationError, match="is over"):
        ask_role(asking, HeldRole("sora", OfficeRole.AUDITOR, today - DAY))
    granted = ask_role(asking, HeldRole("sora", OfficeRole.AUDITOR, today))
    too_late = ask_role(asking, HeldRole("sora", OfficeRole.REGISTRAR, today, today))
    ended = ask_end(asking, "sora", OfficeRole.VIEWER, SINCE, today - DAY)
    office.server.clock.advance(3 * 24 * 3600)
    for proposal in (granted, ended):
        assert decide(office.desk("midori"), proposal, approve=True).outcome is Outcome.APPROVED
    with pytest.raises(ConfigurationError, match="is over"):
        decide(office.desk("midori"), too_late, approve=True)
    held = {each.role: (each.since, each.until) for each in person(office.desk("aoi"), "sora").roles}
    assert held == {
        OfficeRole.AUDITOR: (today + 3 * DAY, None),
        OfficeRole.VIEWER: (SINCE, today + 2 * DAY),
    }


def test_an_end_that_waited_does_not_revive_what_another_end_closed(office: ConsoleForTests) -> None:
    asking, today = office.desk("aoi"), office.today()
    later, sooner = (ask_end(asking, "sora", OfficeRole.VIEWER, SINCE, today + days * DAY) for days in (5, 1))
    decide(office.desk("midori"), sooner, approve=True)
    with pytest.raises(ConfigurationError, match="only"):
        decide(office.desk("midori"), later, approve=True)


def test_only_what_two_stood_for_is_noted_as_that(office: ConsoleForTests) -> None:
    asking, today = office.desk("aoi"), office.today()
    roles = (OfficeRole.AUDITOR, OfficeRole.REGISTRAR, OfficeRole.CARD_OFFICER)
    kept, declined, withdrawn = (ask_role(asking, HeldRole("sora", role, today)) for role in roles)
    decide(office.desk("midori"), kept, approve=True)
    decide(office.desk("midori"), declined, approve=False)
    with pytest.raises(NotAllowed):
        decide(replace(asking, who=Officer("aoi", frozenset({OfficeRole.VIEWER}))), withdrawn, approve=False)
    decide(asking, withdrawn, approve=False)
    entries = entries_of(office.server)
    assert [(detail["officer"], detail["second"]) for event, detail in entries if event == "staff-confirmed"] == [
        ("aoi", "midori")
    ]
    assert [detail for event, detail in entries if event == "proposal-decided"] == [
        {"officer": "midori", "what": "grant-role declined", "about": f"asked by aoi: sora registrar {today} "},
        {"officer": "aoi", "what": "grant-role withdrawn", "about": f"asked by aoi: sora card-officer {today} "},
    ]
    verified(office.server)


def test_an_administrator_is_made_where_two_do_not_decide(office: ConsoleForTests) -> None:
    for mark in ("aoi", "midori", "ren"):
        with pytest.raises(ConfigurationError, match="administrators already"):
            create_administrator(operators(office), mark, "見本")
    asked = ask_end(office.desk("aoi"), "sora", OfficeRole.VIEWER, SINCE, office.today())
    with pytest.raises(ConfigurationError, match="nobody would decide"):
        ask_end(office.desk("aoi"), "midori", OfficeRole.APPROVER, SINCE, office.today())
    decide(office.desk("midori"), asked, approve=True)


def test_where_nobody_approves_an_administrator_is_made(tmp_path: Path) -> None:
    with a_console(tmp_path) as office:
        for mark in ("aoi", "midori", "sora"):
            office.hire(mark, OfficeRole.CONFIGURER)
        assert create_administrator(operators(office), "ren", "見本　蓮")
        # Who never came in gets another way in; they were nobody's second person yet.
        assert create_administrator(operators(office), "ren", "見本　蓮")
        with pytest.raises(ConfigurationError, match="administrators already"):
            create_administrator(operators(office), "haru", "見本　春")
        assert add_person(office.desk("aoi"), "haru", "見本　春")
