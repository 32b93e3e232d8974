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
from certserver.office.people import (
    add_person,
    ask_end,
    ask_reset,
    ask_role,
    create_administrator,
    end_sessions,
    person,
)
from certserver.office.proposals import WAITS_S, Outcome, decided, waiting
from certserver.office.rights import HeldRole, Officer, OfficeRole
from certserver.office.signing_in.parts import hash_of
from certserver.office.signing_in.sessions import stands
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


def in_session(office: ConsoleForTests, mark: str) -> Desk:
    """The desk of somebody who came by the console."""
    session_hash = hash_of(office.token(mark))
    return replace(office.desk(mark), stands=lambda connection: stands(office.doors, connection, session_hash))


def test_what_was_lost_while_somebody_waited_for_their_turn_counts_no_more(office: ConsoleForTests) -> None:
    today = office.today()
    asked = ask_role(office.desk("aoi"), HeldRole("sora", OfficeRole.AUDITOR, today))
    office.hire("ren", OfficeRole.APPROVER)
    without_session, without_role, still = (in_session(office, mark) for mark in ("midori", "ren", "midori"))
    end_sessions(office.desk("aoi"), "midori")
    decide(
        office.desk("midori"), ask_end(office.desk("aoi"), "ren", OfficeRole.APPROVER, SINCE, today - DAY), approve=True
    )
    for desk in (without_session, without_role, still):
        with pytest.raises(NotAllowed, match="less than a moment ago"):
            decide(desk, asked, approve=True)
    assert decide(in_session(office, "midori"), asked, approve=True).outcome is Outcome.APPROVED


def test_nobody_approves_what_its_asker_might_not_ask_any_more(office: ConsoleForTests) -> None:
    today = office.today()
    office.hire("ren", OfficeRole.CONFIGURER)
    asked = ask_role(office.desk("ren"), HeldRole("sora", OfficeRole.AUDITOR, today))
    ended = ask_end(office.desk("aoi"), "ren", OfficeRole.CONFIGURER, SINCE, today - DAY)
    decide(office.desk("midori"), ended, approve=True)
    with pytest.raises(ConfigurationError, match="decline it"):
        decide(office.desk("midori"), asked, approve=True)
    assert decide(office.desk("midori"), asked, approve=False).outcome is Outcome.DECLINED


def test_a_reset_takes_back_what_its_person_had_asked(office: ConsoleForTests) -> None:
    office.hire("ren", OfficeRole.CONFIGURER)
    asked = ask_role(office.desk("ren"), HeldRole("sora", OfficeRole.AUDITOR, office.today()))
    others = ask_role(office.desk("aoi"), HeldRole("sora", OfficeRole.REGISTRAR, office.today()))
    decide(office.desk("midori"), ask_reset(office.desk("aoi"), "ren"), approve=True)
    assert [each.proposal_id for each in waiting(office.desk("midori"))] == [others]
    with pytest.raises(ConfigurationError, match="withdrawn"):
        decide(office.desk("midori"), asked, approve=True)


def test_what_nobody_decides_is_over_after_thirty_days(office: ConsoleForTests) -> None:
    asked = ask_role(office.desk("aoi"), HeldRole("sora", OfficeRole.AUDITOR, office.today()))
    office.server.clock.advance(WAITS_S - 1)
    assert [each.proposal_id for each in waiting(office.desk("midori"))] == [asked]
    office.server.clock.advance(1)
    assert waiting(office.desk("midori")) == ()
    assert [each.outcome for each in decided(office.desk("midori"))] == [Outcome.EXPIRED]
    for approve in (True, False):
        with pytest.raises(ConfigurationError, match="asked anew"):
            decide(office.desk("midori"), asked, approve=approve)
    ask_role(office.desk("aoi"), HeldRole("sora", OfficeRole.AUDITOR, office.today()))
