"""Who somebody is who comes to a counter: one resident or none, noted without a name, and never a way to browse."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from certserver.applications.finding import MOST_AN_HOUR
from certserver.applications.states import EventKind, Reason
from certserver.registers.model import Household, RegisterDate
from certserver.registers.writing import write_household, write_resident
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    FORM,
    NEIGHBOUR,
    Counter,
    an_application_server,
    at_counter,
    at_hall,
    entries_of,
    moved,
    officer,
    verified,
)
from tests.support.registers import make_resident
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

BORN = "1972-04-12"


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with an_application_server(tmp_path) as made:
        with made.database.writing() as connection:
            write_household(connection, MUNICIPALITY, Household("twins", "見本県見本市双子町1番地", "双子　一"))
            for name in ("twin-1", "twin-2"):
                twin = replace(make_resident(name, "twins"), name="双子　同名", name_kana="フタゴ　ドウメイ")
                write_resident(connection, MUNICIPALITY, replace(twin, born=RegisterDate(date(2001, 2, 3))))
            baby = replace(make_resident("baby", "twins"), name="双子　赤子", name_kana="フタゴ　アカゴ")
            write_resident(connection, MUNICIPALITY, replace(baby, born=RegisterDate(date(2026, 2, 1))))
        yield made


def find(counter: Counter, name: str = "", born: str = BORN, session: bytes = b"") -> wire.FindResidentReply:
    asked = wire.FindResidentRequest(
        desk=counter.desk, municipality=counter.residence, name=name, born=born, session=session
    )
    reply: wire.FindResidentReply = counter.call.FindResident(asked)
    return reply


def test_one_is_found_with_what_the_form_is_filled_from(server: ServerForTests) -> None:
    found = find(at_counter(server), "見本 kengo").found
    assert found.resident == "kengo"
    assert dict(found.form.fields) == {
        "name": "見本　kengo",
        "name-kana": "ツジ　ケンゴ",
        "address": "見本県見本市common町1番地",
        "born": BORN,
        "sex": "male",
    }
    assert (found.photo_wanted, found.needs_representative, found.HasField("open")) == (True, False, False)
    verified(server)


def test_a_baby_needs_its_parents_and_no_photo(server: ServerForTests) -> None:
    found = find(at_hall(server), "ふたご あかご", "2026-02-01").found
    assert (found.resident, found.needs_representative, found.photo_wanted) == ("baby", True, False)


@pytest.mark.parametrize(
    ("name", "born"),
    [
        ("見本 kengo", "1972-04-13"),
        ("見本", BORN),
        ("ツジ　ケンゴ", BORN),  # many are called so
        ("双子　同名", "2001-02-03"),  # two are
        ("見本 mina", BORN),  # moved out
        ("見本 kiyo", BORN),  # died
        ("見本 ren", BORN),  # withheld
        ("見本 yui", BORN),  # lives with one who is
        ("見本 umi", BORN),
    ],
)
def test_i14_no_other_is_told_from_nobody(server: ServerForTests, name: str, born: str) -> None:
    reply = find(at_counter(server), name, born)
    nobody = find(at_counter(server), "だれも いない", born)
    assert reply.refusal.reason == "nobody-found"
    assert reply == nobody


def test_i11_what_was_asked_for_is_noted_nowhere(server: ServerForTests) -> None:
    clerk = at_counter(server)
    find(clerk, "見本 kengo")
    find(clerk, "見本 だれか")
    noted = entries_of(server)
    assert [event for event, _ in noted][-2:] == ["viewed", "refused"]
    assert noted[-2][1]["officer"] == "clerk-1"
    assert all(word not in str(noted) for word in ("見本", "kengo", BORN))


@pytest.mark.parametrize(
    ("terminal", "desk", "why"),
    [
        ("shop-1", {}, "not-signed-in"),
        ("kiosk-1", {"role": "applicant"}, "role-not-here"),
        ("kiosk-1", {"residence": NEIGHBOUR}, "residents-only"),
    ],
)
def test_who_may_not_look(server: ServerForTests, terminal: str, desk: dict[str, Any], why: str) -> None:
    assert find(at_counter(server, terminal, **desk), "見本 kengo").refusal.reason == why


def test_nobody_browses(server: ServerForTests) -> None:
    clerk = at_counter(server)
    for _ in range(MOST_AN_HOUR):
        find(clerk, "見本 だれか")
    assert find(clerk, "見本 kengo").refusal.reason == "too-often"
    assert find(at_hall(server), "見本 kengo").HasField("found")
    server.clock.advance(3600)
    assert find(clerk, "見本 kengo").HasField("found")


def test_a_session_that_no_card_answered_finds_nobody(server: ServerForTests) -> None:
    assert find(at_counter(server), session=b"0" * 16).refusal.reason == "nobody-found"


def test_the_office_sees_its_own_and_takes_up_what_came_back(server: ServerForTests) -> None:
    clerk = at_counter(server)
    assert clerk.taken_in("kengo") == "sent-to-municipality"
    assert find(clerk, "見本 kengo").found.open.state == "sent-to-municipality"
    assert (
        list(
            at_counter(server, "small-1", role="helper", staff="helper-1")
            .call.ListHere(wire.ListHereRequest(desk=at_counter(server, role="helper", staff="helper-1").desk))
            .listed
        )
        == []
    )
    assert moved(server, clerk, officer(), EventKind.TAKE) == "under-review"
    assert moved(server, clerk, officer(), EventKind.RETURN, Reason.PHOTO) == "returned"
    server.clock.advance(60)
    other = at_counter(server, "kiosk-2")
    other.open("taro")
    listed = other.call.ListHere(wire.ListHereRequest(desk=other.desk)).listed
    assert [(each.standing.state, each.standing.reason, each.waits_here) for each in listed] == [
        ("draft", "", True),
        ("returned", "photo", True),
    ]
    assert "見本" not in str(listed)


def test_at_another_office_it_is_unknown_whatever_number_somebody_has(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.open("kengo")
    clerk.attach()
    clerk.tell(FORM, ("driving-licence", "passport"), photo="fit")
    elsewhere = at_counter(server, "small-1", role="helper", staff="helper-1")
    beside = at_counter(server, "kiosk-2", staff="clerk-2")
    here = at_counter(server, role="helper", staff="helper-2")
    for counter in (elsewhere, beside, here, at_hall(server)):
        counter.application, counter.version = clerk.application, clerk.version
    assert elsewhere.show().refusal.reason == "unknown-application"
    assert elsewhere.read(1) == "unknown-application"
    assert elsewhere.move("withdraw") == "unknown-application"
    assert beside.show().shown.HasField("whole"), "another clerk of the same office, at another terminal"
    assert here.show().shown.HasField("whole"), "who helps there fills the form in"
    assert here.tell(FORM) == "draft"
    hall = at_hall(server)
    hall.application, hall.version = here.application, here.version
    assert hall.show().shown.HasField("whole"), "an officer of residence"


def test_mail_is_asked_when_it_is_sent(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.open("kengo")
    clerk.attach()
    said = FORM | {"forwarding": "yes", "copy-consent": "no"}
    assert clerk.tell(said, ("driving-licence", "passport"), photo="fit", pin_form_sealed=True) == "draft"
    assert clerk.move("check-identity") == "identity-checked"
    assert clerk.move("capture") == "need"
    assert clerk.refusal is not None
    assert list(clerk.refusal.needs) == ["mail-conditions"]
    assert list(clerk.refusal.mail) == ["no-forwarding", "copy-consent"]
    assert clerk.tell(FORM) == "identity-checked"
    assert clerk.move("capture") == "captured"


def test_who_said_no_is_held_until_they_say_otherwise(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.open("kengo")
    clerk.attach()
    assert clerk.tell(FORM, ("driving-licence", "passport"), photo="fit", pin_form_sealed=True) == "draft"
    assert clerk.move("check-identity") == "identity-checked"
    assert clerk.move("capture") == "captured"
    said_no = {name: text for name, text in FORM.items() if name != "intent-expressed-by"}
    assert clerk.tell(said_no | {"intent-affirmed-by": "declined"}) == "captured"
    assert entries_of(server)[-1][1]["what"] == "decline"
    assert clerk.move("send") == "need"
    assert clerk.refusal is not None
    assert list(clerk.refusal.needs) == ["form-complete"]
    assert clerk.tell({**said_no, "intent-affirmed-by": "maybe"}) == "wrong-fields"
    assert clerk.tell(FORM) == "captured"
    assert clerk.show().shown.whole.form.fields["intent-affirmed-by"] == "own-key"
    assert clerk.move("send") == "sent-to-municipality"


@pytest.mark.parametrize(("said", "why"), [("declined", "no-intent"), ("own-key", "applicant-asked")])
def test_why_it_was_withdrawn_stands_with_it(server: ServerForTests, said: str, why: str) -> None:
    clerk = at_counter(server)
    clerk.open("kengo")
    assert clerk.tell(FORM | {"intent-affirmed-by": said}) == "draft"
    assert clerk.move("withdraw") == "withdrawn"
    assert clerk.show().shown.standing.reason == why


def test_by_mail_nothing_passes_that_nobody_asked(server: ServerForTests) -> None:
    clerk = at_counter(server)
    clerk.open("kengo")
    clerk.attach()
    unasked = {name: text for name, text in FORM.items() if name not in ("who-came", "occasion", "forwarding")}
    clerk.tell(unasked, ("driving-licence", "passport"), photo="fit", pin_form_sealed=True)
    clerk.move("check-identity")
    assert clerk.move("capture") == "need"
    assert clerk.refusal is not None
    assert {"person-came", "occasion", "no-forwarding"} <= set(clerk.refusal.mail)


def test_a_child_has_no_signing_x509_and_a_braille_name_its_seal(server: ServerForTests) -> None:
    hall = at_hall(server)
    hall.open("aoi", comer="legal-representative")
    child = FORM | {"born": "2012-05-01", "signature-kind": "braille"}
    assert hall.tell(child) == "wrong-fields"
    assert hall.refusal is not None
    assert list(hall.refusal.fields) == [
        *("no-signing-x509", "representative-name", "representative-relation", "signature-sealed"),
    ]
    right = {"representative-name": "見本　主", "representative-relation": "母", "no-signing-x509": "yes"}
    assert hall.tell(child | right | {"signature-sealed": "yes"}) == "draft"


def express(counter: Counter, resident: str, code: str, day: str, **said: Any) -> wire.AskExpressReply:
    claim = wire.ExpressClaim(code=code, happened_on=day)
    asked = wire.ExpressAsked(claims=[claim], comes=True, wants_x509=True, **said)
    question = wire.AskExpressRequest(desk=counter.desk, municipality=MUNICIPALITY, resident=resident, asked=asked)
    reply: wire.AskExpressReply = counter.call.AskExpress(question)
    return reply


def test_express_is_asked_of_the_server_and_promises_no_day(server: ServerForTests) -> None:
    hall = at_hall(server)
    granted = express(hall, "kengo", "lost", "2026-06-10").granted
    assert (granted.code, granted.yen, granted.deadline) == ("lost", 2000, "2026-07-09")
    assert granted.likely_from < granted.likely_to
    late = express(hall, "kengo", "lost", "2026-05-01").refusal
    assert (late.reason, late.nearest, late.days_late) == ("window-over", "lost", 11)
    assert express(hall, "baby", "infant", "2026-02-01").granted.yen == 0
    assert express(hall, "jun", "lost", "2026-06-10").refusal.reason == "move-planned"
    hall.open("kengo")
    assert express(hall, "kengo", "lost", "2026-06-10").refusal.reason == "open-application"
    refused = express(at_counter(server), "kengo", "lost", "2026-06-10").refusal
    assert (refused.reason, refused.instead[0].kind) == ("never-here", "municipal-counter")
    assert hall.open("taro", express=True) == "must-come"
