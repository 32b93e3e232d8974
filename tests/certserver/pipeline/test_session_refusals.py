"""Who gets no session, and who gets no offer."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from certserver.pipeline.admission import NotAdmitted
from certserver.pipeline.heartbeat import Heartbeat
from certserver.ports import JST
from certserver.storage.admission import terminals
from certserver.storage.identity import crls, revoked_subjects
from certserver.storage.issued import audit_log
from certserver.storage.visits import sessions
from hardware.card.virtual.persona import PersonaKind
from koufu.release import WIRE_SCHEMA
from koufu.v1 import issuance_pb2 as wire
from tests.support.cards import CardAuthority
from tests.support.heard_statements import statements
from tests.support.server import ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY, WINDOW
from tests.support.server_visit import Visit


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        yield made


def refused_at_open(visit: Visit) -> str:
    reply = visit.open()
    assert reply.HasField("refusal")
    return reply.refusal.reason


def refused_at_answer(visit: Visit, answer: bytes | None = None) -> str:
    assert visit.open().HasField("opened")
    reply = visit.answer_challenge(answer)
    assert reply.HasField("refusal")
    return reply.refusal.reason


def test_an_unknown_card(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.persona = server.authority.issue()
    assert refused_at_open(visit) == "x509-unknown"


def test_a_card_of_another_issuer(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.persona = CardAuthority(server.clock.now(), seed="impostor", generations=2).issue()
    assert refused_at_open(visit) == "x509-untrusted"


@pytest.mark.parametrize("x509", [b"\0", b"garbage" * 100, b"\x30\x82\xff\xff"])
def test_bytes_that_are_no_x509(server: ServerForTests, x509: bytes) -> None:
    reply = server.line().open_session(
        wire.OpenSessionRequest(municipality=MUNICIPALITY, user_auth_x509=x509, card_kind="standard")
    )
    assert reply.refusal.reason == "x509-untrusted"


def test_an_expired_card(server: ServerForTests) -> None:
    assert refused_at_open(server.visit("kengo", kind=PersonaKind.EXPIRED)) == "x509-expired"


def test_a_revoked_card(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    server.revoke(visit.persona)
    assert refused_at_open(visit) == "x509-revoked"


def test_without_a_fresh_list_nobody_is_served(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    server.clock.advance(49 * 3600)
    assert refused_at_open(visit) == "revocation-stale"
    with server.database.writing() as connection:
        connection.execute(delete(revoked_subjects))
        connection.execute(delete(crls))
    assert refused_at_open(visit) == "revocation-stale"


def test_a_face_authentication_card_is_known_before_any_pin(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    server.link(visit.persona, "kengo", face_auth=True)
    reply = visit.open()
    assert reply.refusal.reason == "face-auth-card"
    assert reply.refusal.window.place == WINDOW.place
    assert reply.refusal.window.bring_en == WINDOW.bring_en


def test_outside_hours(server: ServerForTests) -> None:
    server.clock.set(datetime(2026, 6, 10, 23, 0, tzinfo=JST))
    assert refused_at_open(server.visit("kengo")) == "closed"


def test_an_unknown_municipality(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.municipality = "131016"
    reply = visit.open()
    assert reply.refusal.reason == "municipality-unknown"
    assert not reply.refusal.HasField("window")


@pytest.mark.parametrize(
    ("resident_id", "reason"),
    [("mina", "moved-out"), ("jun", "move-out-planned"), ("kiyo", "deceased"), ("aoi", "under-age")],
)
def test_a_person_who_can_order_nothing_is_told_after_the_card_answered(
    server: ServerForTests, resident_id: str, reason: str
) -> None:
    assert refused_at_answer(server.visit(resident_id)) == reason


def test_a_wrong_answer_ends_the_session(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    assert refused_at_answer(visit, bytes(256)) == "challenge-failed"
    assert visit.answer_challenge().refusal.reason == "session-expired"


def test_an_answer_to_another_sessions_challenge(server: ServerForTests) -> None:
    first, second = server.visit("kengo"), server.visit("kengo")
    first.open()
    assert refused_at_answer(second, first.answer(first.challenge)) == "challenge-failed"


def test_an_answer_of_another_card(server: ServerForTests) -> None:
    visit, other = server.visit("kengo"), server.visit("taro")
    visit.open()
    assert visit.answer_challenge(other.answer(visit.challenge)).refusal.reason == "challenge-failed"


def test_a_challenge_lives_two_minutes(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.open()
    server.clock.advance(119)
    assert visit.answer_challenge().HasField("offer")
    server.clock.advance(1)
    assert visit.answer_challenge().refusal.reason == "session-expired"


def test_an_answer_that_was_lost_may_come_again(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    first = visit.offer()
    assert visit.answer_challenge().offer == first


def test_i2_a_session_belongs_to_its_terminal(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.open()
    elsewhere = server.visit("kengo", "kiosk-2")
    elsewhere.session_id, elsewhere.challenge = visit.session_id, visit.challenge
    assert elsewhere.answer_challenge().refusal.reason == "session-expired"
    assert visit.answer_challenge().HasField("offer")


def test_i8_a_terminal_is_served_after_an_admitted_heartbeat_only(tmp_path: Path) -> None:
    with a_server(tmp_path, admitted=False) as server:
        visit = server.visit("kengo")
        assert refused_at_open(visit) == "terminal-not-admitted"
        line = server.line()
        for build, schema, reason in (
            ("0.0.1", WIRE_SCHEMA, "build"),
            ("nonsense", WIRE_SCHEMA, "build"),
            ("9.0.0", WIRE_SCHEMA + 1, "schema"),
        ):
            reply = line.heartbeat(MUNICIPALITY, build, schema)
            assert (reply.admitted, reply.reason) == (False, reason)
            assert refused_at_open(visit) == "terminal-not-admitted"
        assert line.heartbeat(MUNICIPALITY, "9.0.0", WIRE_SCHEMA).admitted
        assert visit.open().HasField("opened")


def test_i8_a_withdrawn_or_unknown_terminal_is_served_nothing(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    with server.database.writing() as connection:
        connection.execute(update(terminals).where(terminals.c.terminal == "kiosk-1").values(withdrawn=True))
    assert refused_at_open(visit) == "terminal-not-admitted"
    beat = server.line().heartbeat(MUNICIPALITY)
    assert (beat.admitted, beat.reason, beat.HasField("board")) == (False, "unknown-terminal", False)


@pytest.mark.parametrize(
    ("against", "takes"),
    [
        *((each, True) for each in (NotAdmitted.SUSPENDED, NotAdmitted.BUILD, NotAdmitted.SETTINGS, None)),
        (NotAdmitted.TERMINAL, False),
        (NotAdmitted.MUNICIPALITY, False),
    ],
)
def test_i7_staff_are_called_by_every_terminal_that_is_known_also_where_no_board_can_be_read(
    against: NotAdmitted | None, takes: bool
) -> None:
    assert Heartbeat(against, 0, None).takes_calls == takes


def test_the_heartbeat_shows_the_board(server: ServerForTests) -> None:
    board = server.line().heartbeat(MUNICIPALITY).board
    assert [(row.kind, row.fee, row.open_now) for row in board.rows] == [
        ("residence", 200, True),
        ("seal-registration", 200, True),
    ]
    assert board.municipality_name_en == "Mihon City"
    server.clock.set(datetime(2026, 12, 30, 10, 0, tzinfo=JST))
    closed = server.line().heartbeat(MUNICIPALITY).board
    assert (closed.closure_from, closed.closure_to) == ("2026-12-29", "2027-01-03")
    assert {(row.open_now, row.opens_at, row.closes_at) for row in closed.rows} == {(False, 0, 0)}


def test_a_heartbeat_with_nothing_new_asks_the_database_three_times(server: ServerForTests) -> None:
    server.line().heartbeat(MUNICIPALITY)
    with statements(server) as asked:
        server.line().heartbeat(MUNICIPALITY)
    assert [each.partition(" ")[0] for each in asked] == ["BEGIN", "SELECT", "SELECT", "SELECT"]


def test_i12_every_refusal_is_in_the_log(server: ServerForTests) -> None:
    refused_at_answer(server.visit("aoi"))
    visit = server.visit("kengo")
    server.revoke(visit.persona)
    refused_at_open(visit)
    with server.database.reading() as connection:
        events = connection.execute(select(audit_log.c.event, audit_log.c.detail).order_by(audit_log.c.audit_seq)).all()
    refused = [detail for event, detail in events if event == "refused"]
    assert ["under-age" in refused[0], "x509-revoked" in refused[1]] == [True, True]


def test_a_session_keeps_no_x509_in_the_open(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.open()
    assert visit.persona.user_auth is not None
    serial = visit.persona.user_auth.x509.serial_number
    with server.database.reading() as connection:
        row = connection.execute(select(sessions)).one()
    assert serial.to_bytes((serial.bit_length() + 7) // 8, "big") not in b"".join(
        value for value in row if isinstance(value, bytes)
    )
