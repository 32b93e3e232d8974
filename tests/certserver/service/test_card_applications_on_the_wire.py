"""The life of a card application over gRPC and mutual TLS: from the counter of a post office to the municipality and
back, until the card is in the mail."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import grpc
import pytest

from certserver.applications.facts import Facts
from certserver.applications.states import Actor, EventKind, Reason, Role
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known
from koufu.v1 import applications_pb2 as wire
from koufu.v1 import applications_pb2_grpc
from tests.support.card_applications import (
    FORM,
    FORM_ID,
    LICENCE_AND_PASSPORT,
    PHOTO,
    SCAN,
    Counter,
    an_application_server,
    moved,
    officer,
    on_the_wire,
    outcome,
    parts,
    token,
    verified,
    version_of,
)
from tests.support.server import ServerForTests, WireServer
from tests.support.server_people import MUNICIPALITY


@pytest.fixture
def running(either_database: None, tmp_path: Path) -> Iterator[WireServer]:
    with an_application_server(tmp_path) as server, server.on_the_wire() as made:
        yield made


MAKER, SERVER, MAIL = Actor("maker", Role.CARD_MAKER), Actor("server", Role.SERVER), Actor("mail", Role.MAIL)


def told(server: ServerForTests, counter: Counter, actor: Actor, facts: Facts) -> str:
    which = Which(MUNICIPALITY, counter.application, version_of(server.database, counter))
    return outcome(tell(parts(server), Known(actor), which, facts))


def test_from_the_counter_to_the_door(running: WireServer) -> None:
    server, clerk = running.server, on_the_wire(running)
    assert clerk.taken_in("kengo") == "sent-to-municipality"
    assert moved(server, clerk, officer(), EventKind.TAKE) == "under-review"
    assert moved(server, clerk, officer(), EventKind.RETURN, Reason.PHOTO) == "returned"

    shown = clerk.show().shown
    assert (shown.standing.state, shown.standing.reason) == ("returned", "photo")
    assert dict(shown.whole.form.fields) == FORM
    assert clerk.move("capture") == "need"
    assert clerk.refusal is not None
    assert list(clerk.refusal.needs) == ["photo-settled"]
    another = PHOTO + b" and its shadow gone"
    assert clerk.attach(content=another) == "returned"
    assert clerk.tell(photo="fit") == "returned"
    assert clerk.read(3) == another
    assert clerk.move("capture") == "captured"
    assert clerk.move("send") == "sent-to-municipality"

    assert moved(server, clerk, officer(), EventKind.TAKE) == "under-review"
    assert moved(server, clerk, officer(), EventKind.APPROVE) == "approved"
    assert moved(server, clerk, SERVER, EventKind.ORDER_CARD) == "need"
    assert told(server, clerk, SERVER, Facts(form_id=FORM_ID)) == "approved"
    for actor, event, after in (
        (SERVER, EventKind.ORDER_CARD, "sent-to-maker"),
        (MAKER, EventKind.ACCEPT, "manufacturing"),
        (MAKER, EventKind.SHIP_TO_MUNICIPALITY, "card-at-municipality"),
        (officer(), EventKind.SET_UP, "set-up"),
    ):
        assert moved(server, clerk, actor, event) == after
    assert moved(server, clerk, officer(), EventKind.MAIL_OUT) == "need"
    assert told(server, clerk, officer(), Facts(activated=True)) == "set-up"
    assert moved(server, clerk, officer(), EventKind.MAIL_OUT) == "mailed"
    assert moved(server, clerk, MAIL, EventKind.ANNOUNCE) == "arrival-notice"
    assert moved(server, clerk, MAIL, EventKind.DELIVER) == "delivered"
    assert clerk.show().shown.standing.state == "delivered"
    assert clerk.open("kengo") == "draft"
    verified(server)


def test_the_same_request_again_gets_the_same_answer_and_is_done_once(running: WireServer) -> None:
    clerk = on_the_wire(running)
    stub = applications_pb2_grpc.ApplicationServiceStub(running.channel())
    asked = wire.OpenRequest(
        desk=clerk.desk, token=token(), municipality=MUNICIPALITY, resident="taro", comer="person", route="mail"
    )
    first, again = stub.Open(asked, timeout=20), stub.Open(asked, timeout=20)
    assert first == again
    assert clerk.took(first) == "draft"
    sent = clerk.parts("photo", PHOTO, "image/jpeg", token())
    numbers = [stub.Attach(iter(sent), timeout=20).done.attachment for _ in range(2)]
    assert numbers == [1, 1]
    other = wire.OpenRequest()
    other.CopyFrom(asked)
    other.resident = "kengo"
    assert stub.Open(other, timeout=20).refusal.reason == "token-reused"


def test_the_clerk_sees_what_waits_there_and_then_the_state_alone(running: WireServer) -> None:
    clerk = on_the_wire(running)
    clerk.taken_in("taro")
    assert clerk.read(1) == "unknown-application"
    shown = clerk.show().shown
    assert (shown.standing.state, shown.HasField("whole")) == ("sent-to-municipality", False)


def test_what_a_desk_may_do_is_asked_before_it_is_begun(running: WireServer) -> None:
    clerk = on_the_wire(running)
    hall = on_the_wire(running, "hall-1", place="municipal-counter", staff="officer-7", role="officer")
    small = on_the_wire(running, "small-1")
    for procedure in ("x509-renewal", "x509-issue", "pin-change", "pin-reset", "card-application"):
        assert clerk.may(procedure) == "", procedure
        assert small.may(procedure) == "not-commissioned: municipal-counter"
    for procedure in ("x509-revocation", "face-auth-switch", "express"):
        assert clerk.may(procedure) == "never-here: municipal-counter", procedure
        assert hall.may(procedure) == "", procedure
    assert clerk.may("x509-renewal", "proxy") == "other-comer: municipal-counter"
    assert clerk.may("x509-renewal", residence="") == "residents-only: municipal-counter"
    assert hall.may("x509-renewal", residence="") == "residents-only: municipal-counter"
    assert on_the_wire(running, role="applicant").may("x509-renewal") == "role-not-here: municipal-counter"
    helper = on_the_wire(running, "hall-1", place="municipal-counter", staff="helper-1", role="helper")
    assert helper.may("form-support") == ""
    for procedure in ("x509-renewal", "x509-issue", "x509-revocation", "pin-change", "pin-reset", "face-auth-switch"):
        assert helper.may(procedure) == "role-not-here: municipal-counter", procedure
    helping = on_the_wire(running, role="helper", staff="helper-1")
    assert helping.may("pin-reset") == "role-not-here: municipal-counter"
    shop = on_the_wire(running, "shop-1")
    assert shop.may("x509-renewal") == "not-signed-in"


WRONG: dict[str, Callable[[Counter], object]] = {
    "session": lambda clerk: replace(clerk, session=lambda *_: b"short").open(),
    "procedure": lambda clerk: clerk.may("moon"),
    "resident": lambda clerk: clerk.open(""),
    "token": lambda clerk: clerk.call.Open(wire.OpenRequest(desk=clerk.desk, municipality=MUNICIPALITY, resident="a")),
    "application": lambda clerk: clerk.move("capture"),
    "event": lambda clerk: replace(clerk, application="0" * 32).move("approve"),
}


def test_what_no_terminal_sends_is_told_plainly(running: WireServer) -> None:
    for name, send in WRONG.items():
        with pytest.raises(grpc.RpcError) as failed:
            send(on_the_wire(running))
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT, name


def test_an_upload_has_a_head_and_an_end(running: WireServer) -> None:
    clerk = on_the_wire(running)
    clerk.open("taro")
    whole = clerk.parts("photo", PHOTO, "image/jpeg", token())
    endless = [whole[0], *[wire.AttachRequest(piece=b"\xff\xd8\xff" + bytes(60_000))] * 140]
    for sent in ([], whole[1:], whole[:1], [whole[0], whole[0]], endless):
        with pytest.raises(grpc.RpcError) as failed:
            clerk.call.Attach(iter(sent))
        assert failed.value.code() is grpc.StatusCode.INVALID_ARGUMENT
    assert clerk.attach(content=SCAN) == "unfit-file"
    assert clerk.attach(content=PHOTO) == "draft"


def test_two_clerks_at_once_and_one_of_them_looks_again(running: WireServer) -> None:
    one, other = on_the_wire(running), on_the_wire(running, "kiosk-2", staff="clerk-2")
    one.open("taro")
    other.application, other.version = one.application, one.version
    assert one.tell(FORM) == "draft"
    assert other.tell(shown=LICENCE_AND_PASSPORT) == "moved-meanwhile"
    assert other.refusal is not None
    assert other.refusal.version == one.version
    other.show()
    assert other.tell(shown=LICENCE_AND_PASSPORT) == "draft"
