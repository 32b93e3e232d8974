"""The hand-over of a card at a municipal counter: who may have it, for every row of the ministry's table; what is
missing; and that nothing but the counter's officers, on that day, lets a card go."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from certserver.applications.dated import in_force
from certserver.applications.hand_over import Lack
from certserver.applications.proxy_cases import PROXY_ROWS, Admission, ProxyCase, ProxyRow
from certserver.ports import in_japan, unix
from certserver.registers.model import RegisterDate
from certserver.registers.writing import write_resident
from certserver.service.hand_over_messages import support_word
from certserver.storage.applications import applications
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import at_counter, at_hall, entries_of, token, verified
from tests.support.hand_over import (
    ADDRESS,
    BORN,
    MADE,
    NAMES,
    PERSON,
    Brought,
    a_hand_over_server,
    activated,
    admits,
    card_waits,
    compared,
    finds,
    lacks,
)
from tests.support.registers import make_resident
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_hand_over_server(tmp_path) as made:
        yield made


def test_a_proxy_of_78_takes_the_card_and_knows_no_pin(server: ServerForTests) -> None:
    hall = card_waits(server)
    found = finds(at_hall(server), name=NAMES["hisa"], born=BORN["hisa"].isoformat()).waiting
    assert (found.name, found.address) == (NAMES["hisa"], "見本県見本市本町")
    assert (found.user_auth, found.signing, found.old_card) == (True, True, "none")
    assert hall.move("reserve") == "reserved"
    assert hall.move("deliver") == "need"
    assert hall.refusal is not None
    assert list(hall.refusal.needs) == ["taker-admitted", "activated"]
    assert activated(hall, "sealed-form") == "need"

    admitted = admits(hall, Brought()).admitted
    assert list(admitted.pin_settings) == ["sealed-form"]
    assert hall.move("deliver") == "need"
    assert activated(hall, "sealed-form") == "not-compared"
    assert compared(hall) == "reserved"
    assert activated(hall, "self") == "other-pin-setting"
    assert activated(hall, "sealed-form") == "reserved"
    assert hall.move("deliver") == "delivered"
    verified(server)


def test_the_person_takes_it_and_sets_the_pins(server: ServerForTests) -> None:
    hall = card_waits(server, "kengo")
    assert lacks(hall, replace(PERSON, of_holder=("student-card",))) == ["holder-identity"]
    admitted = admits(hall, PERSON).admitted
    assert list(admitted.pin_settings) == ["self", "helper-assisted", "staff-on-request"]
    assert compared(hall) == "notice-sent"
    assert activated(hall, "sealed-form") == "other-pin-setting"
    assert activated(hall, "self") == "notice-sent"
    assert hall.tell(old_card="to-hand-in") == "notice-sent"
    assert hall.move("reserve") == "reserved"
    assert hall.move("deliver") == "need"
    assert hall.refusal is not None
    assert list(hall.refusal.needs) == ["old-card-settled"]
    assert hall.tell(old_card="handed-in") == "reserved"
    assert hall.move("deliver") == "delivered"


def test_a_pupil_is_represented(server: ServerForTests) -> None:
    hall = card_waits(server, "mei")
    found = finds(hall, application=hall.application).waiting
    assert (found.needs_representative, found.signing) == (True, False)
    assert lacks(hall, PERSON) == ["representative"]
    assert "representative" in lacks(hall, Brought(case="pupil", brought=()))
    both = replace(PERSON, coming="with-representative", of_taker=("driving-licence", "passport"))
    assert lacks(hall, both) == ["authority"]
    admitted = admits(hall, replace(both, brought=("proof-of-authority",))).admitted
    assert list(admitted.pin_settings) == ["representative"]
    assert compared(hall) == "notice-sent"
    assert activated(hall, "self") == "other-pin-setting"
    assert activated(hall, "representative") == "notice-sent"


def test_a_card_without_pins_gets_none(server: ServerForTests) -> None:
    hall = card_waits(server, face_auth=True)
    found = finds(hall, application=hall.application).waiting
    assert (found.face_auth, found.user_auth, found.signing) == (True, False, False)
    admitted = admits(hall, replace(Brought(), sealed_pin_form=False)).admitted
    assert list(admitted.pin_settings) == ["none"]


CASES = in_force(PROXY_ROWS, in_japan(1_780_000_000).date())
AGED = {ProxyCase.PUPIL: "mei", ProxyCase.PRESCHOOL: "mei", ProxyCase.AGED_75: "hisa", ProxyCase.HIGH_SCHOOL: "rin"}


@pytest.mark.parametrize("row", CASES, ids=lambda row: row.case.value)
def test_every_row_of_the_table(tmp_path: Path, row: ProxyRow) -> None:
    """With what supports it, a case is admitted; without, it is told what would do; what is none stays none."""
    with a_hand_over_server(tmp_path) as server:
        _play(server, row)


def _play(server: ServerForTests, row: ProxyRow) -> None:
    ward = row.case is ProxyCase.ADULT_WARD
    resident = AGED.get(row.case, "kengo")
    hall = card_waits(server, resident, ward=ward)
    represented = ward or resident == "mei"
    coming = "representative" if represented else "proxy"
    authority = ("proof-of-authority",) if represented else ()
    wanted = tuple(support_word(each) for each in (*row.any_of[:1], *row.waived_by))
    brought = Brought(coming, case=row.case.value, brought=(*authority, *wanted))
    if row.admission is Admission.NO:
        assert lacks(hall, brought) == ["proxy"]
        return
    if row.admission is Admission.PARTLY:
        assert lacks(hall, brought) == ["officer"]
        assert lacks(hall, replace(brought, officer_grants=True)) == []
        return
    without = admits(hall, replace(brought, brought=authority)).lacking
    needs_paper = bool(row.any_of) or {"letter-says-hard-to-go-out", "proof-of-authority"} & set(wanted) - set(
        authority
    )
    if needs_paper:
        assert list(without.lacks) == ["proxy"]
        assert without.proxy == "not-supported"
        assert list(without.bring) == [support_word(each) for each in row.any_of]
        assert list(without.or_else_all) == [support_word(each) for each in row.waived_by]
    assert lacks(hall, brought) == []


def test_all_that_is_missing_is_told_at_once(server: ServerForTests) -> None:
    hall = card_waits(server)
    bare = Brought(brought=(), reply=False, letter_of_attorney=False, sealed_pin_form=False, of_holder=(), of_taker=())
    reply = admits(hall, bare)
    assert set(reply.lacking.lacks) == {
        *("proxy", "holder-identity", "taker-identity", "reply", "letter-of-attorney", "pin-form"),
    }
    assert list(reply.lacking.holder_would_do) == ["A+A", "A+B", "B+B+B+face"]
    assert list(reply.lacking.taker_would_do) == ["A+A", "A+B"]
    assert lacks(hall, replace(bare, case="")) == [
        each.value for each in Lack if each.value not in ("representative", "proxy", "officer", "authority")
    ]
    old = wire.HandOver()
    old.CopyFrom(Brought().message())
    old.of_taker[0].valid_until = "2020-01-01"
    asked = wire.AdmitTakerRequest(desk=hall.desk, token=token(), which=hall.which, hand_over=old)
    lacking = hall.call.AdmitTaker(asked).lacking
    assert (list(lacking.lacks), list(lacking.taker_expired)) == (["taker-identity"], ["driving-licence"])


def test_a_face_statement_supports_the_case_and_says_who_it_is(server: ServerForTests) -> None:
    hall = card_waits(server)
    stays = Brought(case="in-a-facility", brought=(), of_holder=("care-insurance-card", "pension-document"))
    assert lacks(hall, stays) == ["proxy", "holder-identity"]
    assert lacks(hall, replace(stays, brought=("facility-proof",))) == ["holder-identity"]
    assert lacks(hall, replace(stays, brought=("facility-face",))) == []


@pytest.mark.parametrize(
    ("terminal", "desk", "why"),
    [
        ("kiosk-1", {}, "never-here"),
        ("hall-1", {"place": "municipal-counter", "role": "helper", "staff": "helper-1"}, "role-not-here"),
        ("hall-1", {"place": "field-intake", "role": "officer", "staff": "officer-8"}, "never-here"),
    ],
)
def test_nobody_else_and_nowhere_else(server: ServerForTests, terminal: str, desk: dict[str, Any], why: str) -> None:
    hall = card_waits(server)
    other = at_counter(server, terminal, **desk)
    other.application, other.version = hall.application, hall.version
    found = finds(other, application=hall.application)
    assert found.refusal.reason == why
    if why == "never-here":
        assert found.refusal.instead[0].kind == "municipal-counter"
    for reply in (admits(other, Brought()).refusal.reason, other.move("reserve"), activated(other, "sealed-form")):
        assert reply in (why, "unknown-application", "other-role")
    assert entries_of(server)[-1][0] == "refused"


def test_a_taker_is_admitted_for_a_day(server: ServerForTests) -> None:
    hall = card_waits(server)
    hall.move("reserve")
    admits(hall, Brought())
    compared(hall)
    assert activated(hall, "sealed-form") == "reserved"
    server.clock.advance(86_400)
    assert hall.move("deliver") == "need"
    assert hall.refusal is not None
    assert list(hall.refusal.needs) == ["taker-admitted"]
    assert lacks(hall, Brought()) == []
    assert activated(hall, "sealed-form") == "not-compared"
    assert compared(hall) == "reserved"
    assert activated(hall, "sealed-form") == "reserved"
    assert hall.move("deliver") == "delivered"


def test_another_persons_card_is_never_handed_over(server: ServerForTests) -> None:
    hall = card_waits(server)
    hall.move("reserve")
    admits(hall, Brought())
    assert compared(hall, b"the X.509 of another's card") == "other-card"
    assert compared(hall, b"", by_eye=True) == "other-card"
    assert activated(hall, "sealed-form") == "not-compared"
    assert hall.move("deliver") == "need"
    assert ("refused", "other-card") in [(event, detail.get("reason")) for event, detail in entries_of(server)]
    assert compared(hall) == "reserved"
    assert activated(hall, "sealed-form") == "reserved"
    # The card is changed after its PINs were set: it is to be set up and compared anew.
    assert compared(hall) == "reserved"
    assert hall.move("deliver") == "need"
    with server.database.reading() as connection:
        rows = connection.execute(select(applications)).all()
    assert all(MADE not in value for row in rows for value in row if isinstance(value, bytes))


def test_a_card_that_the_maker_named_no_x509_of_is_compared_by_eye(server: ServerForTests) -> None:
    hall = card_waits(server, made=b"")
    admits(hall, Brought())
    assert compared(hall) == "by-eye"
    assert compared(hall, by_eye=True) == "notice-sent"
    assert activated(hall, "sealed-form") == "notice-sent"
    assert "compare-card-by-eye" in [detail.get("what") for _, detail in entries_of(server)]


def test_whoever_moved_away_gets_no_card(server: ServerForTests) -> None:
    hall = card_waits(server)
    with server.database.writing() as connection:
        gone = replace(make_resident("hisa", "waiting"), name=NAMES["hisa"], born=RegisterDate(BORN["hisa"]))
        write_resident(connection, MUNICIPALITY, replace(gone, moved_out=in_japan(unix(server.clock.now())).date()))
    assert admits(hall, Brought()).refusal.reason == "record-changed"
    assert hall.show().shown.standing.state == "invalidated"


def test_the_same_request_again_gets_the_same_answer(server: ServerForTests) -> None:
    hall = card_waits(server)
    asked = token()
    first, version = admits(hall, Brought(), asked), hall.version
    hall.version -= 1
    again = admits(hall, Brought(), asked)
    assert (first, version) == (again, hall.version)


def test_who_is_not_waited_for_is_not_found(server: ServerForTests) -> None:
    hall = at_hall(server)
    assert finds(hall, name="見本　kengo", born="1972-04-12").refusal.reason == "nobody-found"
    assert finds(hall, application="0" * 32).refusal.reason == "nobody-found"
    early = at_hall(server)
    early.taken_in("taro", "counter")
    refusal = finds(hall, application=early.application).refusal
    assert (refusal.reason, refusal.state) == ("not-waiting", "sent-to-municipality")


def test_i11_i12_somebody_looked_and_nothing_personal_is_noted(server: ServerForTests) -> None:
    hall = card_waits(server)
    finds(hall, application=hall.application)
    admits(hall, Brought())
    event, detail = entries_of(server)[-2]
    assert (event, detail["what"], detail["officer"]) == ("viewed", "card that waits", "officer-7")
    noted = str(entries_of(server))
    for word in (NAMES["hisa"], ADDRESS, BORN["hisa"].isoformat(), "aged-75", "care-insurance"):
        assert word not in noted
