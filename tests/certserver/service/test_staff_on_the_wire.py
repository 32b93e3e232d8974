"""Staff sign in at a counter over gRPC and mutual TLS: by password and one-time code, by a staff card, and a second
person beside the first."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import grpc
import pytest
from sqlalchemy import func, select

from certserver.applications.permissions import SiteKind
from certserver.applications.states import Role
from certserver.composition.home import add_terminal
from certserver.composition.worker import keep_house
from certserver.ledger.alarms import raise_alarm
from certserver.ledger.book import open_book
from certserver.pipeline.staff.registry import end_engagements
from certserver.ports import unix
from certserver.staff.codes import STEP_S, code_at
from certserver.storage.staff import staff, staff_challenges, staff_failures, staff_sessions
from koufu.evidence.staff_challenge import StaffPurpose
from koufu.v1 import applications_pb2, issuance_pb2
from koufu.v1 import staff_pb2 as wire
from tests.support.card_applications import Counter, an_application_server, at_counter, entries_of, verified
from tests.support.server import ServerForTests, WireServer, a_server
from tests.support.server_people import MUNICIPALITY
from tests.support.server_settings import SHOP, TOWN_HALL
from tests.support.staff import (
    PASSWORD,
    StaffDesk,
    give_card,
    hire,
    secret_of,
    staff_desk,
    staff_desk_on_the_wire,
)


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        for name, outlet in (("hall-1", TOWN_HALL), ("shop-1", SHOP)):
            add_terminal(made.home, made.node.settings, name, outlet, made.clock)
            made.line(name).heartbeat(MUNICIPALITY)
        hire(made, "clerk-1")
        hire(made, "clerk-2")
        hire(made, "helper-1", Role.HELPER)
        hire(made, "officer-1", Role.OFFICER, TOWN_HALL.name, SiteKind.MUNICIPAL_COUNTER)
        yield made


@pytest.fixture
def running(server: ServerForTests) -> Iterator[WireServer]:
    with server.on_the_wire() as made:
        yield made


def test_a_clerk_signs_in_works_on_and_signs_out(running: WireServer) -> None:
    desk = staff_desk_on_the_wire(running)
    assert desk.sign_in(desk.typed("clerk-1")) == "clerk"
    assert desk.signed_in is not None
    assert (desk.signed_in.mark, desk.signed_in.idle_s) == ("clerk-1", 600)
    running.server.clock.advance(599)
    assert desk.extend() == "extended"
    running.server.clock.advance(599)
    assert desk.extend() == "extended"
    assert desk.sign_out() == "signed out"
    assert desk.extend() == "no-session"
    told = [(event, detail) for event, detail in entries_of(running.server) if event.startswith("staff")]
    assert told == [
        ("staff-signed-in", {"officer": "clerk-1", "role": "clerk", "what": "password"}),
        ("staff-signed-out", {"officer": "clerk-1", "what": "sign-out"}),
    ]
    verified(running.server)


def test_a_staff_card_signs_its_holder_in(running: WireServer) -> None:
    desk, card = staff_desk_on_the_wire(running), running.server.authority.issue()
    assert desk.sign_in(desk.by_card(card)) == "wrong-credentials"
    give_card(running.server, "clerk-1", card)
    credentials = desk.by_card(card)
    assert desk.sign_in(credentials) == "clerk"
    assert desk.sign_in(credentials) == "wrong-credentials", "an answer counts once"
    running.server.revoke(card)
    assert desk.sign_in(desk.by_card(card)) == "wrong-credentials"


def test_a_card_answers_for_what_it_was_asked_and_nothing_else(server: ServerForTests) -> None:
    desk, card = staff_desk(server), server.card("kengo")
    give_card(server, "clerk-1", card)
    asked = issuance_pb2.OpenSessionRequest(
        municipality=MUNICIPALITY, user_auth_x509=card.user_auth_x509, card_kind="standard"
    )
    residents = server.line().open_session(asked).opened.challenge
    assert desk.sign_in(desk.by_card(card, evidence=residents)) == "wrong-credentials", "a resident's answer"
    assert desk.sign_in(desk.by_card(card, StaffPurpose.SECOND_PERSON)) == "wrong-credentials", "for something else"
    elsewhere = staff_desk(server, "kiosk-2")
    assert elsewhere.sign_in(desk.by_card(card)) == "wrong-credentials", "asked at another terminal"
    late = desk.by_card(card)
    server.clock.advance(120)
    assert desk.sign_in(late) == "wrong-credentials"
    assert desk.sign_in(desk.by_card(card)) == "clerk"


def test_a_card_without_pin_signs_nobody_in(server: ServerForTests) -> None:
    desk, card = staff_desk(server), server.card("kengo", face_auth=True)
    give_card(server, "clerk-1", card)
    assert desk.sign_in(desk.by_card(card)) == "wrong-credentials"


def wrong(desk: StaffDesk) -> dict[str, wire.Credentials]:
    other = code_at(secret_of("clerk-2"), unix(desk.server.clock.now()))
    return {
        "nobody": desk.typed("nobody"),
        "password": desk.typed("clerk-1", "incorrect horse battery"),
        "code": desk.typed("clerk-1", code=other),
        "a code of before": desk.typed(
            "clerk-1", code=code_at(secret_of("clerk-1"), unix(desk.server.clock.now()) - 2 * STEP_S)
        ),
    }


@pytest.mark.parametrize("what", ["nobody", "password", "code", "a code of before"])
def test_whatever_is_wrong_is_told_alike(server: ServerForTests, what: str) -> None:
    desk = staff_desk(server)
    assert desk.sign_in(wrong(desk)[what]) == "wrong-credentials"
    event, detail = entries_of(server)[-1]
    assert (event, detail["reason"], detail["step"]) == ("refused", "wrong-credentials", "staff sign-in")
    assert detail.get("officer") == (None if what == "nobody" else "clerk-1")


def test_the_same_code_is_taken_once(server: ServerForTests) -> None:
    desk = staff_desk(server)
    typed = desk.typed("clerk-1")
    assert desk.sign_in(typed) == "clerk"
    assert desk.sign_in(typed) == "wrong-credentials"
    server.clock.advance(STEP_S)
    assert desk.sign_in(desk.typed("clerk-1")) == "clerk"


@pytest.mark.parametrize("mark", ["clerk-1", "nobody"])
def test_who_guesses_waits_whether_there_is_such_a_person_or_not(server: ServerForTests, mark: str) -> None:
    desk, elsewhere = staff_desk(server), staff_desk(server, "kiosk-2")
    for _ in range(3):
        assert desk.sign_in(desk.typed(mark, "a guess of somebody")) == "wrong-credentials"
    assert elsewhere.sign_in(elsewhere.typed(mark)) == "wait", "wherever they try"
    assert elsewhere.wait_s == 15
    assert elsewhere.sign_in(elsewhere.typed("clerk-2")) == "clerk", "nobody else waits"
    server.clock.advance(15)
    assert elsewhere.sign_in(elsewhere.typed(mark)) == ("clerk" if mark == "clerk-1" else "wrong-credentials")


def test_a_terminal_where_many_guess_waits(server: ServerForTests) -> None:
    desk, card = staff_desk(server), server.authority.issue()
    for number in range(10):
        assert desk.sign_in(desk.typed(f"nobody-{number}")) == "wrong-credentials"
    assert desk.sign_in(desk.typed("clerk-1")) == "wait"
    asked = wire.StaffChallengeRequest(municipality=MUNICIPALITY, user_auth_x509=card.user_auth_x509, purpose="sign-in")
    assert desk.call.Challenge(asked).refusal.reason == "wait"
    assert entries_of(server)[-1] == ("refused", {"reason": "wait", "step": "staff"})
    elsewhere = staff_desk(server, "kiosk-2")
    assert elsewhere.sign_in(elsewhere.typed("clerk-1")) == "clerk"


def at_once(work: list[Callable[[], str]]) -> list[str]:
    with ThreadPoolExecutor(len(work)) as threads:
        return sorted(each.result() for each in [threads.submit(one) for one in work])


def test_a_code_that_several_send_at_once_signs_one_in(server: ServerForTests) -> None:
    desks = [staff_desk(server, f"kiosk-{at % 2 + 1}") for at in range(3)]
    told = at_once([partial(desk.sign_in, desk.typed("clerk-1")) for desk in desks])
    assert told == ["clerk", "wrong-credentials", "wrong-credentials"]


def test_of_guesses_that_come_at_once_no_more_are_looked_at_than_one_by_one(server: ServerForTests) -> None:
    desks = [staff_desk(server, f"kiosk-{at % 2 + 1}") for at in range(8)]
    told = at_once([partial(desk.sign_in, desk.typed("clerk-1", "a guess of somebody")) for desk in desks])
    assert told == ["wait"] * 5 + ["wrong-credentials"] * 3


def test_nobody_is_kept_from_work_for_good(server: ServerForTests) -> None:
    desk = staff_desk(server)
    for _ in range(40):
        desk.sign_in(desk.typed("clerk-1", "a guess of somebody"))
        server.clock.advance(desk.wait_s)
        desk.wait_s = 0
    server.clock.advance(900)
    assert desk.sign_in(desk.typed("clerk-1")) == "clerk"


@pytest.mark.parametrize(
    ("terminal", "place", "mark", "told"),
    [
        ("kiosk-1", "post-office", "helper-1", "helper"),
        ("kiosk-1", "post-office", "officer-1", "not-here"),
        ("kiosk-1", "municipal-counter", "officer-1", "not-here"),
        ("hall-1", "municipal-counter", "officer-1", "officer"),
        ("hall-1", "field-intake", "officer-1", "not-here"),
        ("hall-1", "municipal-counter", "clerk-1", "not-here"),
        ("shop-1", "post-office", "clerk-1", "not-here"),
    ],
)
def test_everybody_works_where_they_are_engaged(
    server: ServerForTests, terminal: str, place: str, mark: str, told: str
) -> None:
    desk = staff_desk(server, terminal, place=place)
    assert desk.sign_in(desk.typed(mark)) == told


def test_an_engagement_that_ended_ends_the_session_too(server: ServerForTests) -> None:
    desk = staff_desk(server)
    desk.enter("clerk-1")
    today, now = date(2026, 6, 10), unix(server.clock.now())
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        assert end_engagements(connection, book, "clerk-1", date(2026, 6, 9), today, now) == 1
    assert desk.extend() == "no-session"
    server.clock.advance(STEP_S)
    assert desk.sign_in(desk.typed("clerk-1")) == "not-here"


def test_a_session_is_good_at_its_own_terminal_alone(server: ServerForTests) -> None:
    desk, elsewhere = staff_desk(server), staff_desk(server, "kiosk-2")
    elsewhere.session = desk.enter("clerk-1")
    assert elsewhere.extend() == "no-session"
    assert elsewhere.sign_out() == "signed out"
    assert desk.extend() == "extended", "nor is it ended from elsewhere"


def test_who_touches_nothing_is_signed_out_and_that_is_noted(server: ServerForTests) -> None:
    desk = staff_desk(server)
    desk.enter("clerk-1")
    server.clock.advance(600)
    assert desk.extend() == "no-session"
    keep_house(server.node)
    assert entries_of(server)[-1] == ("staff-signed-out", {"officer": "clerk-1", "what": "ran-out"})
    with server.database.reading() as connection:
        assert connection.scalar(select(func.count()).select_from(staff_sessions)) == 0


def test_nobody_stays_signed_in_for_ever(server: ServerForTests) -> None:
    desk = staff_desk(server)
    desk.enter("clerk-1")
    for _ in range(86):
        server.clock.advance(500)
        assert desk.extend() == "extended"
    server.clock.advance(500)
    assert desk.extend() == "no-session"


def test_an_alarm_that_stops_the_service_stops_no_sign_in(server: ServerForTests) -> None:
    with server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
        raise_alarm(connection, book, bytes(16), "kiosk-1", "statement", unix(server.clock.now()))
    desk = staff_desk(server)
    assert desk.sign_in(desk.typed("clerk-1")) == "clerk"


def test_a_terminal_that_is_not_admitted_signs_nobody_in(server: ServerForTests) -> None:
    desk = staff_desk(server)
    desk.municipality = "999999"
    assert desk.sign_in(desk.typed("clerk-1")) == "municipality-unknown"


def test_two_stand_for_what_one_may_not_do_alone(running: WireServer) -> None:
    desk = staff_desk_on_the_wire(running)
    desk.enter("clerk-1")
    token = bytes(range(16))
    running.server.clock.advance(STEP_S)
    assert desk.second(desk.typed("clerk-1"), token) == "same-person"
    assert desk.second(desk.typed("helper-1"), token) == "not-here", "who only supports answers for nothing"
    assert desk.second(desk.typed("clerk-2", "a guess of somebody"), token) == "wrong-credentials"
    assert desk.second(desk.typed("clerk-2"), token) == "clerk-2"
    assert desk.second(desk.typed("clerk-2"), token) == "clerk-2", "the same again needs no new code"
    assert desk.second(desk.typed("clerk-2"), token, about="sheet 13") == "token-reused"
    confirmed = [detail for event, detail in entries_of(running.server) if event == "staff-confirmed"]
    both = {"officer": "clerk-1", "second": "clerk-2"}
    assert confirmed == [{**both, "what": "destroy-sheet", "about": "sheet 12"}]
    verified(running.server)


def test_whoever_only_helps_is_no_first_either(server: ServerForTests) -> None:
    desk = staff_desk(server)
    desk.enter("helper-1")
    assert (
        desk.second(desk.typed("clerk-2"), operation="count-difference", about="cash 100 short") == "first-only-helps"
    )
    told = {"officer": "helper-1", "reason": "first-only-helps"}
    assert entries_of(server)[-1] == ("refused", {**told, "step": "staff second-person"})


def test_a_second_person_comes_with_a_card_too_and_there_must_be_a_first(server: ServerForTests) -> None:
    desk, card = staff_desk(server), server.authority.issue()
    give_card(server, "clerk-2", card)
    desk.session = bytes(32)
    assert desk.second(desk.by_card(card, StaffPurpose.SECOND_PERSON)) == "no-session"
    assert entries_of(server)[-1] == ("refused", {"reason": "no-session", "step": "staff second-person"})
    desk.enter("clerk-1")
    assert desk.second(desk.by_card(card)) == "wrong-credentials", "it answered for signing in"
    assert desk.second(desk.by_card(card, StaffPurpose.SECOND_PERSON), operation="remove-from-custody") == "clerk-2"


WRONG: dict[str, wire.SignInRequest] = {
    "nothing": wire.SignInRequest(),
    "place": wire.SignInRequest(municipality=MUNICIPALITY, place="moon"),
    "credentials": wire.SignInRequest(municipality=MUNICIPALITY, place="post-office"),
    "code": wire.SignInRequest(
        municipality=MUNICIPALITY,
        place="post-office",
        credentials=wire.Credentials(password=wire.PasswordAndCode(mark="a", password=PASSWORD, code="12345x")),
    ),
    "password": wire.SignInRequest(
        municipality=MUNICIPALITY,
        place="post-office",
        credentials=wire.Credentials(password=wire.PasswordAndCode(mark="a", password="long" * 40, code="123456")),
    ),
    "answer": wire.SignInRequest(
        municipality=MUNICIPALITY,
        place="post-office",
        credentials=wire.Credentials(card=wire.StaffCardAnswer(challenge_id=b"short", answer=b"a")),
    ),
}


def test_what_no_terminal_sends_is_told_plainly_and_without_what_was_typed(running: WireServer) -> None:
    desk = staff_desk_on_the_wire(running)
    for name, asked in WRONG.items():
        with pytest.raises(grpc.RpcError) as failed:
            desk.call.SignIn(asked)
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT, name
        assert PASSWORD not in str(failed.value.details())


def test_i11_nothing_that_was_typed_or_handed_out_is_stored_as_it_is(server: ServerForTests) -> None:
    desk, card = staff_desk(server), server.authority.issue()
    give_card(server, "clerk-2", card)
    session = desk.enter("clerk-1")
    desk.by_card(card)
    typed_wrong = "my password in the wrong field"
    assert desk.sign_in(desk.typed(typed_wrong[:32])) == "wrong-credentials"
    with server.database.reading() as connection:
        kept = b"".join(
            value if isinstance(value, bytes) else str(value).encode()
            for table in (staff, staff_sessions, staff_challenges, staff_failures)
            for row in connection.execute(select(table))
            for value in row
        )
        told = repr(entries_of(server)).encode()
    for never in (PASSWORD.encode(), session, secret_of("clerk-1"), card.user_auth_x509, typed_wrong[:32].encode()):
        assert never not in kept
        assert never not in told


def test_challenges_and_failures_are_forgotten(server: ServerForTests) -> None:
    desk, card = staff_desk(server), server.authority.issue()
    desk.by_card(card)
    desk.sign_in(desk.typed("nobody"))
    server.clock.advance(6 * 3600)
    server.refresh_crl()
    keep_house(server.node)
    with server.database.reading() as connection:
        for table in (staff_challenges, staff_failures):
            assert connection.scalar(select(func.count()).select_from(table)) == 0


@pytest.fixture
def counters(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        hire(made, "clerk-1")
        hire(made, "clerk-2")
        yield made


def counter_of(desk: StaffDesk, terminal: str = "kiosk-1", **more: Any) -> Counter:
    """A counter where whoever is signed in at a desk takes applications in."""
    return replace(at_counter(desk.server, terminal, **more), session=lambda *_: desk.session)


def test_an_application_is_taken_in_by_whoever_is_signed_in(counters: ServerForTests) -> None:
    desk = staff_desk(counters)
    desk.enter("clerk-1")
    counter = counter_of(desk, staff="somebody else", role="officer")
    assert counter.open() == "draft"
    moves = [detail for event, detail in entries_of(counters) if event == "application-moved"]
    assert [(each["officer"], each["role"]) for each in moves] == [("clerk-1", "clerk")]


def test_nobody_acts_by_a_session_that_ended_or_is_of_another_terminal(counters: ServerForTests) -> None:
    desk = staff_desk(counters)
    desk.enter("clerk-1")
    assert counter_of(desk, "small-1").open() == "not-signed-in"
    assert counter_of(desk, "kiosk-2").open() == "not-signed-in"
    desk.sign_out("lock")
    assert counter_of(desk).open() == "not-signed-in"


def test_work_keeps_a_session_alive_and_looking_what_is_allowed_does_not(counters: ServerForTests) -> None:
    desk = staff_desk(counters)
    desk.enter("clerk-1")
    counter = counter_of(desk)
    for resident in ("kengo", "taro"):
        counters.clock.advance(590)
        assert counter.open(resident) == "draft"
    counters.clock.advance(590)
    assert counter.may("card-application") == ""
    counters.clock.advance(10)
    assert counter.may("card-application") == "not-signed-in"


def test_the_same_request_in_a_new_session_of_the_same_clerk_is_done_once(counters: ServerForTests) -> None:
    desk = staff_desk(counters)
    desk.enter("clerk-1")
    asked = applications_pb2.OpenRequest(
        desk=counter_of(desk).desk,
        token=bytes(16),
        municipality=MUNICIPALITY,
        resident="kengo",
        comer="person",
        route="mail",
    )
    counter = counter_of(desk)
    first = counter.call.Open(asked)
    desk.sign_out("lock")
    desk.enter("clerk-1")
    asked.desk.CopyFrom(counter_of(desk).desk)
    assert counter.call.Open(asked) == first
    desk.sign_out("lock")
    desk.enter("clerk-2")
    asked.desk.CopyFrom(counter_of(desk).desk)
    assert counter.call.Open(asked).refusal.reason == "token-reused"


def test_what_an_applicant_does_is_noted_with_who_was_beside(counters: ServerForTests) -> None:
    desk = staff_desk(counters)
    desk.enter("clerk-1")
    counter = counter_of(desk)
    assert counter.open() == "draft"
    assert replace(counter, role="applicant").move("withdraw") == "withdrawn"
    detail = entries_of(counters)[-1][1]
    assert (detail["officer"], detail["role"], detail["beside"]) == ("applicant", "applicant", "clerk-1")
