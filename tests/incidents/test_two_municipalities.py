"""It has not happened yet: a terminal that serves a koseki kept elsewhere talks to several municipalities in turn, and
what is for one could come to another.

Guard: every session, order, enrolment, challenge and statement names its municipality, and both sides compare it; rows
of a database that several share are read by municipality (`read_session`, `enrolled_person`)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import update

from certserver.demo.neighbour import NEIGHBOUR
from certserver.identity.enrolments import EnrolmentState, decide, read_enrolment
from certserver.registers.koseki_writing import write_koseki
from certserver.storage.enrolments import enrolments
from certserver.storage.visits import sessions
from kiosk.actions.documents import Check
from kiosk.actions.pages import read_faces
from kiosk.flow.effects import CheckDocuments
from kiosk.flow.events import DocumentsRejected
from tests.incidents.guards_of_municipalities import of_the_neighbour
from tests.support.enrolments import answered, apply, claim, offer_koseki
from tests.support.kiosk_actions import Heard, attempts_with, make
from tests.support.koseki_specimens import TSUJI_KOSEKI
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_visit import RESIDENCE, refusal


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        made.configure(offer_koseki)
        yield made


def becomes_the_neighbours(server: ServerForTests) -> None:
    """All sessions and enrolments of a shared database are the neighbour's."""
    with server.database.writing() as connection:
        for table in (sessions, enrolments):
            connection.execute(update(table).values(municipality=NEIGHBOUR))


def test_a_server_answers_for_its_own_municipality_alone(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.municipality = NEIGHBOUR
    assert visit.open().refusal.reason == "municipality-unknown"


def test_in_the_neighbours_session_nothing_is_had_here(server: ServerForTests) -> None:
    visit, newcomer = server.visit("kengo"), server.newcomer()
    visit.offer()
    answered(newcomer)
    becomes_the_neighbours(server)
    assert visit.answer_challenge().refusal.reason == "session-expired"
    assert apply(server, newcomer).refusal.reason == "session-expired"


def test_an_order_in_the_neighbours_session_is_refused(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.offer()
    order = visit.order(RESIDENCE)
    becomes_the_neighbours(server)
    assert refusal(visit.prepare(order)) == "session-expired"


def test_an_order_for_the_neighbour_is_refused(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.offer()
    assert refusal(visit.prepare(replace(visit.order(RESIDENCE), municipality=NEIGHBOUR))) == "terminal-not-admitted"


def test_an_enrolment_for_the_neighbour_is_refused(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    there = replace(claim(visit), municipality=NEIGHBOUR)
    assert apply(server, visit, there).refusal.reason == "terminal-not-admitted"


def test_whoever_is_enrolled_with_the_neighbour_is_not_enrolled_here(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    number = apply(server, visit).number
    with server.database.writing() as connection:
        write_koseki(connection, MUNICIPALITY, TSUJI_KOSEKI)
        enrolment = read_enrolment(connection, MUNICIPALITY, number)
        assert enrolment is not None
        person = (TSUJI_KOSEKI.koseki_id, TSUJI_KOSEKI.people[0].person_id)
        decide(connection, enrolment, EnrolmentState.APPROVED, "officer-1", 1_781_000_000, person=person)
    assert answered(visit) == ""
    becomes_the_neighbours(server)
    assert answered(visit) == "not-enrolled"


def test_a_document_of_the_neighbours_is_an_alarm_and_never_printed() -> None:
    made, heard = of_the_neighbour(make()), Heard()
    Check(attempts_with(made), read_faces).run(CheckDocuments(1, (made.waiting,)), heard)
    assert heard.last == DocumentsRejected(1, "signature")
