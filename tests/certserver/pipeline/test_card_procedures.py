"""Procedures of X.509s and PINs as steps of the server: who began what on whose card stands in the audit log, before
anything is done; nobody begins whom documents and register do not name."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from certserver.pipeline.card_applications.procedure_rows import forget_procedures, read_procedure
from hardware.card.virtual.persona import Persona
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    Counter,
    an_application_server,
    at_counter,
    at_hall,
    entries_of,
    parts,
    verified,
)
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.staff import hire

CASE, SIGNING = "a1" * 16, "b2" * 16
CARD = "individual-number-card"
AT = 1_780_000_000


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        yield made


@pytest.fixture
def card(server: ServerForTests) -> Persona:
    return server.card("kengo")


def begin(
    counter: Counter, card: Persona | None, procedure: str = "pin-reset", shown: tuple[str, ...] = (CARD,), **more: Any
) -> str:
    """Empty once it is begun; else what it was refused for, and where to go, or what would say who came."""
    case = more.pop("case", CASE)
    until = more.pop("until", "")
    request = wire.BeginProcedureRequest(
        desk=counter.desk,
        numbers=[wire.CaseNumber(usage="user-auth", number=case), wire.CaseNumber(usage="signing", number=SIGNING)],
        procedure=procedure,
        about=["user-auth"],
        comer=more.pop("comer", "person"),
        shown=[wire.ShownDocument(kind=each, valid_until=until) for each in shown],
        user_auth_x509=b"" if card is None else card.user_auth_x509,
        **more,
    )
    reply: wire.BeginProcedureReply = counter.call.BeginProcedure(request)
    match reply.WhichOneof("outcome"):
        case "begun":
            return ""
        case "unproven":
            return "unproven: " + " ".join((*reply.unproven.would_do, *reply.unproven.expired))
        case _:
            return ": ".join((reply.refusal.reason, *(each.kind for each in reply.refusal.instead[:1])))


def end(counter: Counter, outcome: str, reason: str = "", case: str = CASE, at: int = AT, of: str = "clerk-1") -> str:
    """Empty once it is noted."""
    request = wire.EndProcedureRequest(
        desk=counter.desk, case_number=case, outcome=outcome, reason=reason, told_at=at, told_of=of
    )
    reply: wire.EndProcedureReply = counter.call.EndProcedure(request)
    return reply.refusal.reason


def noted(server: ServerForTests) -> list[tuple[str, dict[str, Any]]]:
    of_it = ("procedure-begun", "procedure-ended", "refused")
    return [(event, detail) for event, detail in entries_of(server) if event in of_it]


def test_i12_beginning_and_end_stand_in_the_audit_log_with_who_and_what(server: ServerForTests, card: Persona) -> None:
    hire(server, "clerk-1")
    assert begin(at_counter(server), card) == ""
    assert end(at_counter(server, staff="clerk-2"), "done") == ""
    (begun, first), (ended, last) = noted(server)
    assert len(first.pop("resident")) == 64
    assert (begun, first) == (
        "procedure-begun",
        {
            "about": "user-auth",
            "case": f"{CASE} {SIGNING}",
            "identity": "A",
            "kind": "pin-reset",
            "officer": "clerk-1",
            "role": "clerk",
            "what": "begin",
        },
    )
    assert (ended, last) == (
        "procedure-ended",
        {
            "case": CASE,
            "kind": "pin-reset",
            "officer": "clerk-2",
            "outcome": "done",
            "role": "clerk",
            "told_at": AT,
            "told_of": "clerk-1",
        },
    )
    verified(server)


def test_i12_who_was_refused_stands_there_too(server: ServerForTests, card: Persona) -> None:
    assert (
        begin(at_counter(server, "kiosk-1", staff="helper-2", role="helper"), card)
        == "role-not-here: municipal-counter"
    )
    assert begin(at_counter(server), card, shown=()) == "unproven: A B+B"
    assert at_counter(server).may("x509-revocation") == "never-here: municipal-counter"
    told = [(detail["officer"], detail["reason"], detail["kind"]) for event, detail in noted(server)]
    assert told == [
        ("helper-2", "role-not-here", "pin-reset"),
        ("clerk-1", "not-proven", "pin-reset"),
        ("clerk-1", "never-here", "x509-revocation"),
    ]


def test_what_is_told_again_is_done_once(server: ServerForTests, card: Persona) -> None:
    clerk = at_counter(server)
    assert begin(clerk, card) == ""
    assert [end(clerk, "undone"), end(clerk, "undone")] == ["", ""]
    assert end(clerk, "done") == "case-ended"
    assert begin(clerk, card) == "case-ended"
    assert end(clerk, "done", case=SIGNING) == "no-such-case"
    assert begin(clerk, card, case=SIGNING) == ""
    assert end(clerk, "done", case=SIGNING, of="見本　花子") == ""
    assert "told_of" not in noted(server)[-1][1], "nobody of that mark works here"
    assert [event for event, _ in noted(server)][:2] == ["procedure-begun", "procedure-ended"]
    assert sum(event == "procedure-ended" for event, _ in noted(server)) == 2


def test_what_was_left_open_goes_on_in_the_name_of_whoever_is_there(server: ServerForTests, card: Persona) -> None:
    assert begin(at_counter(server), card) == ""
    assert end(at_counter(server), "left-open") == ""
    assert begin(at_counter(server, staff="clerk-2"), card, shown=()) == ""
    assert noted(server)[-1][1]["what"] == "go-on"
    assert noted(server)[-1][1]["officer"] == "clerk-2"
    assert begin(at_hall(server), card, shown=()) == "no-such-case", "at another terminal"
    assert begin(at_counter(server), card, "pin-change", shown=()) == "no-such-case", "another procedure"
    assert begin(at_counter(server), server.card("misaki")) == "other-card"
    server.clock.advance(24 * 3600)
    assert begin(at_counter(server), card, shown=()) == "unproven: A B+B", "on another day it is shown again"
    assert begin(at_counter(server), card) == ""


@pytest.mark.parametrize(
    ("shown", "more", "told"),
    [
        (("driving-licence",), {}, ""),
        (("student-card",), {}, "unproven: A B+B"),
        (("student-card", "care-insurance-card"), {}, ""),
        (("driving-licence",), {"until": "2026-06-09"}, "unproven: A B+B driving-licence"),
        (("driving-licence",), {"until": "2026-06-10"}, ""),
        # A health insurance card counted until 2025-12-01.
        (("health-insurance-card", "student-card"), {}, "unproven: A B+B"),
    ],
)
def test_documents_say_who_came_by_the_rules_of_the_day(
    server: ServerForTests, card: Persona, shown: tuple[str, ...], more: dict[str, Any], told: str
) -> None:
    assert begin(at_counter(server), card, shown=shown, **more) == told


def test_who_acts_for_another_shows_more(server: ServerForTests, card: Persona) -> None:
    hall = at_hall(server)
    assert begin(hall, card, comer="proxy") == "unproven: A+A A+B"
    assert begin(hall, card, comer="proxy", shown=("driving-licence", "passport")) == ""
    assert begin(at_counter(server), card, comer="proxy", case=SIGNING) == "other-comer: municipal-counter"


def test_a_pin_that_is_set_without_any_other_is_noted_as_such(server: ServerForTests, card: Persona) -> None:
    hall = at_hall(server)
    assert begin(hall, card) == ""
    assert begin(hall, card, without_pin=True) == "unproven: A+A A+B"
    assert begin(hall, card, shown=(CARD, "student-card"), without_pin=True) == ""
    told = [(detail.get("what"), detail.get("identity")) for _, detail in noted(server)]
    assert told == [("begin", "A"), (None, None), ("without-pin", "A+B")]
    more = begin(at_counter(server), card, shown=(CARD, "passport"), without_pin=True, case=SIGNING)
    assert more == "never-here: municipal-counter", "only where the municipality's own officers are"


def test_the_register_says_whose_card_it_is(server: ServerForTests) -> None:
    clerk = at_counter(server)
    stranger = server.authority.issue()
    assert begin(clerk, stranger) == "residents-only: municipal-counter"
    assert begin(clerk, server.card("mina")).startswith("residents-only"), "moved out"
    expired = server.card("kengo")
    server.revoke(expired)
    assert begin(clerk, expired, "x509-issue") == "", "a revoked X.509 still says whose card it is"
    assert begin(at_counter(server), None, case=SIGNING) == "card-tells-nobody"
    assert begin(at_hall(server), None, case=SIGNING) == "", "an officer of the municipality goes by documents"


def test_what_was_issued_in_a_case_is_its_holder_s_before_it_is_linked(server: ServerForTests, card: Persona) -> None:
    clerk, fresh = at_counter(server), server.authority.issue()
    assert begin(clerk, card, "x509-renewal") == ""
    assert end(clerk, "done") == ""
    assert begin(clerk, fresh, case="c3" * 16).startswith("residents-only")
    assert begin(clerk, fresh, case="c3" * 16, issued_in="d4" * 16).startswith("residents-only"), "no such case"
    assert begin(clerk, fresh, case="c3" * 16, issued_in=CASE) == ""
    assert end(clerk, "done", case="c3" * 16) == ""
    (_, first), *_, (_, last), _ = noted(server)
    assert first["resident"] == last["resident"]
    again = server.authority.issue()
    assert begin(clerk, again, case="e5" * 16, issued_in="c3" * 16) == "", "nor after that"


def test_a_procedure_s_row_goes_when_its_days_are_over_and_the_log_keeps_it(
    server: ServerForTests, card: Persona
) -> None:
    clerk = at_counter(server)
    assert begin(clerk, card, "x509-renewal") == ""
    assert end(clerk, "done") == ""
    assert begin(clerk, card, case="c3" * 16) == ""
    before = noted(server)
    for days, kept in ((1827, True), (2, False)):
        server.clock.advance(days * 86_400)
        forget_procedures(parts(server))
        with server.database.reading() as connection:
            found = [read_procedure(connection, MUNICIPALITY, each) for each in (CASE, "c3" * 16)]
        assert [each is not None for each in found] == [kept, kept]
    assert noted(server) == before
    verified(server)


def test_i14_whoever_is_withheld_is_told_what_a_stranger_is_told(server: ServerForTests) -> None:
    clerk = at_counter(server)
    for who in ("ren", "yui", "umi"):
        assert begin(clerk, server.card(who)) == begin(clerk, server.authority.issue())
    told = [detail for event, detail in noted(server)]
    assert all(detail == told[0] for detail in told), "nor does the log tell them apart"


def test_nobody_begins_or_ends_who_is_not_signed_in(server: ServerForTests, card: Persona) -> None:
    clerk = at_counter(server)
    nobody = wire.Desk(municipality=clerk.desk.municipality, session=bytes(32))
    request = wire.EndProcedureRequest(desk=nobody, case_number=CASE, outcome="done", told_at=AT, told_of="clerk-1")
    assert clerk.call.EndProcedure(request).refusal.reason == "not-signed-in"
    assert begin(at_counter(server, "shop-1"), card) == "not-signed-in"
