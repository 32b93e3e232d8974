"""What officers sign in by, hold and ask, on each database there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from certserver.ledger.audit import AuditEvent
from certserver.office.audit import Wanted, read_log
from certserver.office.deciding import decide
from certserver.office.people import add_person, ask_role, people
from certserver.office.proposals import Outcome, decided, waiting
from certserver.office.rights import HeldRole, OfficeRole
from certserver.office.signing_in import by_password
from certserver.office.signing_in.sessions import Came, end_others, present, sessions_of, sign_out
from certserver.office.signing_in.ways_in import Chosen, Opened, WayIn, come_in, look_in
from certserver.pipeline.staff.outcomes import Declined, Why
from certserver.staff.codes import STEP_S, code_at
from tests.support.card_applications import verified
from tests.support.console import ConsoleForTests, a_console
from tests.support.staff import PASSWORD

ADDRESS = "192.0.2.7"


@pytest.fixture
def office(either_database: None, tmp_path: Path) -> Iterator[ConsoleForTests]:
    with a_console(tmp_path) as made:
        made.hire("aoi", OfficeRole.CONFIGURER)
        made.hire("midori", OfficeRole.APPROVER, OfficeRole.AUDITOR)
        yield made


def sign_in(office: ConsoleForTests, mark: str, password: str = PASSWORD) -> Came | Declined:
    typed = by_password.Typed(mark, password, office.code(mark))
    return by_password.sign_in(office.doors, ADDRESS, typed)


def test_a_session_begins_is_found_and_ends(office: ConsoleForTests) -> None:
    came = sign_in(office, "aoi")
    assert isinstance(came, Came)
    found = present(office.doors, came.token)
    assert found is not None
    assert (found.officer.mark, found.officer.roles) == ("aoi", frozenset({OfficeRole.CONFIGURER}))
    office.server.clock.advance(STEP_S)
    other = sign_in(office, "aoi")
    assert isinstance(other, Came)
    assert len(sessions_of(office.doors, "aoi")) == 2
    assert end_others(office.doors, "aoi", found.session.session_hash) == 1
    assert present(office.doors, other.token) is None
    sign_out(office.doors, came.token)
    assert present(office.doors, came.token) is None


def test_failures_count_by_person_and_by_address(office: ConsoleForTests) -> None:
    for _ in range(3):
        assert sign_in(office, "aoi", "not hers") == Declined(Why.WRONG)
    assert sign_in(office, "aoi") == Declined(Why.WAIT, 15)
    assert isinstance(sign_in(office, "midori"), Came)
    for number in range(7):
        assert sign_in(office, f"nobody-{number}") == Declined(Why.WRONG)
    office.server.clock.advance(10)
    assert sign_in(office, "midori") == Declined(Why.WAIT, 5)
    office.server.clock.advance(STEP_S)
    assert isinstance(sign_in(office, "midori"), Came)
    verified(office.server)


def test_a_newcomer_comes_in_and_holds_what_two_decided(office: ConsoleForTests) -> None:
    code = add_person(office.desk("aoi"), "ren", "見本　蓮")
    way = WayIn("ren", code.lower())
    opened = look_in(office.doors, ADDRESS, way)
    assert isinstance(opened, Opened)
    asked = ask_role(office.desk("aoi"), HeldRole("ren", OfficeRole.VIEWER, office.today()))
    assert [each.proposal_id for each in waiting(office.desk("aoi"))] == [asked]
    assert decide(office.desk("midori"), asked, approve=True).outcome is Outcome.APPROVED
    assert (waiting(office.desk("aoi")), len(decided(office.desk("aoi")))) == ((), 1)
    chosen = Chosen(opened.closed, "a phrase of her own", code_at(opened.secret, office.now()))
    came = come_in(office.doors, ADDRESS, way, chosen)
    assert isinstance(came, Came)
    assert look_in(office.doors, ADDRESS, way) == Declined(Why.WRONG)
    (ren,) = (each for each in people(office.desk("aoi")) if each.mark == "ren")
    assert (ren.has_password, ren.way_in_until, [held.role for held in ren.roles]) == (True, None, [OfficeRole.VIEWER])
    found = read_log(office.desk("midori"), Wanted(event=AuditEvent.STAFF_CONFIRMED, word="ren viewer"))
    assert len(found.entries) == 1
    verified(office.server)


def test_a_way_in_closes_after_a_day(office: ConsoleForTests) -> None:
    way = WayIn("ren", add_person(office.desk("aoi"), "ren", "見本　蓮"))
    office.server.clock.advance(24 * 3600)
    assert look_in(office.doors, ADDRESS, way) == Declined(Why.WRONG)
