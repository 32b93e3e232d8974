"""Applying for an enrolment: who may, what the card proves, what is kept of it and for how long."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.errors import BadRequest
from certserver.identity.enrolments import WORDS_KEPT, DeclineReason, EnrolmentState, decide, read_enrolment
from certserver.pipeline.enrol import let_lapse
from certserver.ports import JST
from certserver.storage.enrolments import enrolments
from certserver.storage.issued import audit_log
from koufu.evidence.enrolment import Applicant, KosekiEnrolment, ProvenEnrolment
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_enrolment_number
from koufu.v1 import enrolment_pb2 as wire
from tests.support.enrolments import SAID, answered, apply, claim, offer_koseki, send, told
from tests.support.server import TERMINALS, ServerForTests, a_server
from tests.support.server_people import MUNICIPALITY


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_server(tmp_path) as made:
        made.configure(offer_koseki)
        yield made


def decided(server: ServerForTests, number: str, state: EnrolmentState, person: tuple[str, str] | None = None) -> None:
    """As an officer would decide."""
    with server.database.writing() as connection:
        enrolment = read_enrolment(connection, MUNICIPALITY, number)
        assert enrolment is not None
        reason = DeclineReason.NOT_FOUND if state is EnrolmentState.DECLINED else None
        decide(connection, enrolment, state, "officer-1", 1_781_000_000, person=person, reason=reason)


def test_whoever_lives_elsewhere_applies_and_comes_back(server: ServerForTests) -> None:
    visit = server.newcomer()
    assert answered(visit) == "not-enrolled"
    number = apply(server, visit).number
    assert parse_enrolment_number(number) == number
    assert told(server, number) == "applied"
    assert answered(visit) == "enrolment-pending"


def test_where_no_koseki_kind_is_offered_nobody_else_has_business(tmp_path: Path) -> None:
    with a_server(tmp_path) as server:
        reply = server.newcomer().open()
    assert reply.refusal.reason == "x509-unknown"


def test_one_can_apply_while_koseki_kinds_are_closed(server: ServerForTests) -> None:
    server.clock.set(datetime(2026, 6, 10, 20, 0, tzinfo=JST))
    visit = server.newcomer()
    assert answered(visit) == "not-enrolled"
    assert apply(server, visit).number


def test_bytes_that_were_sent_again_get_the_same_number(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    evidence = claim(visit).to_bytes()
    proven = ProvenEnrolment(evidence, visit.answer(evidence))
    assert send(server, visit, proven).number == send(server, visit, proven).number


def test_one_card_waits_for_one_decision_at_a_time(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    number = apply(server, visit).number
    assert answered(visit) == "enrolment-pending"
    assert apply(server, visit).refusal.reason == "enrolment-pending"
    decided(server, number, EnrolmentState.DECLINED)
    assert answered(visit) == "enrolment-declined"
    again = apply(server, visit).number
    assert again != number
    assert (told(server, number), told(server, again)) == ("declined", "applied")


def test_i1_what_another_card_proved_is_nobodys_application(server: ServerForTests) -> None:
    visit, other = server.newcomer(), server.newcomer()
    answered(visit)
    evidence = claim(visit).to_bytes()
    assert send(server, visit, ProvenEnrolment(evidence, other.answer(evidence))).refusal.reason == "challenge-failed"


def test_i1_words_of_another_session_terminal_or_municipality_count_nowhere(server: ServerForTests) -> None:
    visit, other = server.newcomer(), server.newcomer()
    answered(other)
    answered(visit)
    mine = claim(visit)
    for changed, reason in (
        (replace(mine, session_nonce=claim(other).session_nonce), "session-expired"),
        (replace(mine, terminal=TERMINALS[1]), "terminal-not-admitted"),
        (replace(mine, municipality="992029"), "terminal-not-admitted"),
    ):
        assert apply(server, visit, changed).refusal.reason == reason


def test_nobody_applies_before_the_card_answered(server: ServerForTests) -> None:
    visit = server.newcomer()
    visit.open()
    assert apply(server, visit).refusal.reason == "session-expired"


def test_nobody_applies_in_a_session_that_ran_out(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    server.clock.advance(900)
    assert apply(server, visit).refusal.reason == "session-expired"


def test_a_resident_needs_no_enrolment(server: ServerForTests) -> None:
    visit = server.visit("kengo")
    visit.offer()
    assert apply(server, visit).refusal.reason == "not-offered"


def test_i6_a_card_revoked_meanwhile_can_not_apply(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    server.revoke(visit.persona)
    assert apply(server, visit).refusal.reason == "x509-revoked"
    assert visit.open().refusal.reason == "x509-revoked"


def test_a_suspended_municipality_takes_nothing(server: ServerForTests) -> None:
    visit, witness = server.newcomer(), server.visit("kengo")
    answered(visit)
    witness.offer()
    witness.prepare(witness.order())
    witness.report("", alarm="a page of another person")
    assert apply(server, visit).refusal.reason == "suspended"


def test_a_renewed_card_is_told_to_renew_where_the_former_number_is_named(server: ServerForTests) -> None:
    visit, renewed = server.newcomer(), server.newcomer()
    answered(visit)
    number = apply(server, visit).number
    decided(server, number, EnrolmentState.APPROVED, ("koseki-1", "person-1"))
    assert answered(renewed) == "not-enrolled", "nothing links two X.509s of one person"
    assert told(server, number) == "approved"
    assert told(server, number, renewed) == "renew"
    assert apply(server, renewed, claim(renewed, former=number)).number
    decided(server, number, EnrolmentState.SUPERSEDED)
    assert answered(visit) == "enrolment-renew"


def test_what_was_withdrawn_can_be_applied_for_again(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    decided(server, apply(server, visit).number, EnrolmentState.WITHDRAWN)
    assert answered(visit) == "not-enrolled"


def test_a_number_nobody_has(server: ServerForTests) -> None:
    assert told(server, "7081063380111455") == "unknown"
    for wrong in ("7081063380111456", "12", "", "x" * 16):
        with pytest.raises(BadRequest):
            server.node.enrolment.ask_state(
                wire.AskStateRequest(municipality=MUNICIPALITY, number=wrong), server.caller()
            )


def test_i11_what_was_said_is_stored_encrypted_and_erased_when_decided(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    number = apply(server, visit).number
    with server.database.reading() as connection:
        stored = connection.execute(select(enrolments)).one()
        assert SAID.name.encode() not in stored.encrypted_said
    decided(server, number, EnrolmentState.DECLINED)
    with server.database.reading() as connection:
        assert connection.execute(select(enrolments)).one().encrypted_said is None


def test_i11_i12_the_audit_log_tells_that_and_not_what(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    number = apply(server, visit).number
    with server.database.reading() as connection:
        entries = connection.execute(select(audit_log.c.event, audit_log.c.detail)).all()
    assert [detail for event, detail in entries if event == "enrolment-applied" and number in detail]
    assert not [detail for _, detail in entries if "みほん" in detail or "\\u307f" in detail or SAID.phone in detail]


def test_what_nobody_decides_lapses(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    number = apply(server, visit).number
    server.clock.advance((WORDS_KEPT - timedelta(seconds=1)).total_seconds())
    let_lapse(server.node.parts)
    assert told(server, number) == "applied"
    server.clock.advance(1)
    let_lapse(server.node.parts)
    assert told(server, number) == "declined"
    with server.database.reading() as connection:
        row = connection.execute(select(enrolments)).one()
    assert (row.encrypted_said, row.decided_by, row.reason) == (None, "server", "lapsed")


@pytest.mark.parametrize(
    ("domicile", "head", "name", "phone"),
    [
        ("", SAID.head, SAID.name, SAID.phone),
        ("　 ", SAID.head, SAID.name, SAID.phone),
        (SAID.domicile, "み\nほん", SAID.name, SAID.phone),
        (SAID.domicile, SAID.head, "あ" * 61, SAID.phone),
        (SAID.domicile, SAID.head, SAID.name, "12345"),
        (SAID.domicile, SAID.head, SAID.name, "0990000000000"),
    ],
)
def test_what_can_not_be_meant_is_no_evidence(domicile: str, head: str, name: str, phone: str) -> None:
    with pytest.raises(ValueError, match="a "):
        Applicant(domicile, head, name, SAID.born, phone)


def test_evidence_of_something_else_is_malformed(server: ServerForTests) -> None:
    visit = server.newcomer()
    answered(visit)
    with pytest.raises(MalformedEvidence):
        send(server, visit, ProvenEnrolment(visit.challenge, visit.answer(visit.challenge)))


def test_i11_nobody_stands_in_a_repr() -> None:
    said = KosekiEnrolment(MUNICIPALITY, "kiosk-1", bytes(32), SAID)
    shown = repr((SAID, said, ProvenEnrolment(said.to_bytes(), b"")))
    assert isinstance(SAID, Applicant)
    assert "みほん" not in shown
    assert "000" not in shown
