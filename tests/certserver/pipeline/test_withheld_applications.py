"""A measure that is set after a draft was opened hides it at every terminal, whatever is asked and by whichever number:
as an application that never was. Officers at the command line go on with it (I14)."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from certserver.applications.states import EventKind
from certserver.ledger.audit import AuditEvent
from certserver.papers.kinds import PaperKind
from certserver.pipeline.card_applications.viewing import Shown, show
from certserver.pipeline.card_applications.who import Known
from certserver.registers.model import RegisterDate, Withholding
from certserver.registers.withholding import write_withholding
from certserver.registers.writing import write_resident
from certserver.service.pace import is_refusal
from certserver.storage.issued import audit_log
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    FORM,
    PHOTO,
    Counter,
    at_counter,
    at_hall,
    moved,
    officer,
    parts,
    token,
    verified,
)
from tests.support.hand_over import BORN, NAMES, Brought, a_hand_over_server, activated, admits, card_waits, compared
from tests.support.registers import make_resident
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

NONE = "0" * 32
"""The number of no application."""
EVENTS = ("check-identity", "capture", "send", "withdraw", "reserve", "miss", "deliver")
FILLED = (PaperKind.APPLICATION_FORM, PaperKind.DELIVERY_NOTICE, PaperKind.LETTER_OF_ATTORNEY)


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_hand_over_server(tmp_path) as made:
        yield made


def measure(connection: Connection, resident: str) -> None:
    write_withholding(connection, MUNICIPALITY, resident, frozenset({Withholding.PROTECTIVE_MEASURE}))


def protect(server: ServerForTests, resident: str) -> None:
    with server.database.writing() as connection:
        measure(connection, resident)


def lift(server: ServerForTests, resident: str) -> None:
    with server.database.writing() as connection:
        write_withholding(connection, MUNICIPALITY, resident, frozenset())


def a_draft(server: ServerForTests) -> Counter:
    clerk = at_counter(server)
    assert clerk.open("hisa") == "draft"
    assert clerk.attach() == "draft"
    return clerk


def a_notice(server: ServerForTests) -> Counter:
    return card_waits(server)


def an_admission(server: ServerForTests) -> Counter:
    hall = card_waits(server)
    hall.move("reserve")
    assert admits(hall, Brought()).HasField("admitted")
    assert compared(hall) == "reserved"
    assert activated(hall, "sealed-form") == "reserved"
    return hall


STAGES = {"draft": a_draft, "notice": a_notice, "admission": an_admission}


def everything(counter: Counter, number: str) -> dict[str, Any]:
    """What a terminal is answered to all that can be asked of an application."""
    desk, call = counter.desk, counter.call
    which = wire.WhichApplication(municipality=MUNICIPALITY, application=number, version=counter.version)
    step: dict[str, Any] = {"desk": desk, "which": which}
    head = wire.AttachHead(**step, token=token(), kind="photo", media_type="image/jpeg")
    photo = (wire.AttachRequest(head=head), wire.AttachRequest(piece=PHOTO[:60_000]))
    answers: dict[str, Any] = {
        "number": call.FindWaiting(wire.FindWaitingRequest(desk=desk, municipality=MUNICIPALITY, application=number)),
        "show": call.Show(wire.ShowRequest(**step)),
        "attachment": list(call.ReadAttachment(wire.ReadAttachmentRequest(**step, number=1))),
        "admit": call.AdmitTaker(wire.AdmitTakerRequest(**step, token=token(), hand_over=Brought().message())),
        "compare": call.CompareCard(wire.CompareCardRequest(**step, token=token(), user_auth_x509=b"any")),
        "activated": call.Activated(wire.ActivatedRequest(**step, token=token(), pin_setting="sealed-form")),
        "tell": call.Tell(wire.TellRequest(**step, token=token(), form=wire.Form(fields=FORM))),
        "attach": call.Attach(iter(photo)),
    }
    for event in EVENTS:
        answers[event] = call.Move(wire.MoveRequest(**step, token=token(), event=event))
    for kind in FILLED:
        answers[kind.value] = list(call.Paper(wire.PaperRequest(**step, kind=kind.value)))
    return answers


def is_hidden(counter: Counter) -> None:
    """Every answer is that of a number which nobody ever drew, and none says where the application stands."""
    there, nowhere = everything(counter, counter.application), everything(counter, NONE)
    assert there == nowhere
    assert "version" not in str(there)
    for answer in there.values():
        first = answer[0] if isinstance(answer, list) else answer
        assert is_refusal(first), "the edge paces it"
    assert there["show"] == wire.ShowReply(refusal=wire.ApplicationRefusal(reason="unknown-application"))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("resident", ["hisa", "rin"], ids=["withheld", "lives with one who is"])
def test_i14_a_measure_set_after_the_draft_hides_it(server: ServerForTests, stage: str, resident: str) -> None:
    counter = STAGES[stage](server)
    assert counter.show().HasField("shown")
    before = counter.version
    protect(server, resident)
    is_hidden(counter)
    listed = counter.call.ListHere(wire.ListHereRequest(desk=counter.desk))
    assert not listed.HasField("refusal")
    assert list(listed.listed) == []
    verified(server)

    lift(server, resident)
    assert counter.show().HasField("shown")
    assert counter.version == before


@pytest.mark.parametrize("by", ["name", "number"])
def test_i14_the_notice_finds_nobody_whom_the_name_does_not(server: ServerForTests, by: str) -> None:
    hall = a_notice(server)
    said = {"name": NAMES["hisa"], "born": BORN["hisa"].isoformat()}
    asked = said if by == "name" else {"application": hall.application}
    request = wire.FindWaitingRequest(desk=hall.desk, municipality=MUNICIPALITY, **asked)
    assert hall.call.FindWaiting(request).HasField("waiting")
    protect(server, "rin")
    nobody = wire.FindWaitingReply(refusal=wire.ApplicationRefusal(reason="nobody-found"))
    assert hall.call.FindWaiting(request) == nobody


def test_i14_what_was_answered_before_is_not_answered_again(server: ServerForTests) -> None:
    hall = a_notice(server)
    asked = wire.MoveRequest(desk=hall.desk, token=token(), which=hall.which, event="reserve")
    assert hall.call.Move(asked).done.state == "reserved"
    assert hall.call.Move(asked).done.state == "reserved"
    protect(server, "hisa")
    assert hall.call.Move(asked) == wire.StepReply(refusal=wire.ApplicationRefusal(reason="unknown-application"))


def test_i14_nothing_is_opened_for_whoever_would_not_be_found(server: ServerForTests) -> None:
    """The measure comes between finding and opening."""
    hall = at_hall(server)
    protect(server, "hisa")
    claim = wire.ExpressClaim(code="lost", happened_on="2026-06-10")
    lost = wire.ExpressAsked(claims=[claim], comes=True)
    for resident in ("hisa", "rin", "nobody-at-all"):
        assert hall.open(resident) == "no-such-resident"
        question = wire.AskExpressRequest(desk=hall.desk, municipality=MUNICIPALITY, resident=resident, asked=lost)
        assert hall.call.AskExpress(question).refusal == wire.ApplicationRefusal(reason="no-such-resident")


def test_i14_who_left_is_hidden_as_whoever_stays_there(server: ServerForTests) -> None:
    """The form bears the address as it was, and somebody withheld lives there."""
    clerk = a_draft(server)
    gone = replace(make_resident("hisa", "waiting"), name=NAMES["hisa"], born=RegisterDate(BORN["hisa"]))
    with server.database.writing() as connection:
        write_resident(connection, MUNICIPALITY, replace(gone, moved_out=date(2026, 6, 1)))
        measure(connection, "rin")
    is_hidden(clerk)


def test_i14_an_address_that_is_typed_tells_nothing(server: ServerForTests) -> None:
    """Else whoever types addresses into a form would learn where somebody withheld lives."""
    protect(server, "hisa")
    clerk = at_counter(server)
    clerk.open("kengo")
    assert clerk.tell({**FORM, "address": "見本県見本市待町1番地"}) == "draft"
    assert clerk.show().HasField("shown")


def test_i14_officers_at_the_command_line_go_on(server: ServerForTests) -> None:
    hall = at_hall(server)
    assert hall.taken_in("hisa", "counter") == "sent-to-municipality"
    protect(server, "hisa")
    assert hall.show().HasField("refusal")
    assert isinstance(show(parts(server), Known(officer()), MUNICIPALITY, hall.application), Shown)
    assert moved(server, hall, officer(), EventKind.TAKE) == "under-review"


ROUNDS = 3


def _viewed(connection: Connection) -> int:
    of_views = audit_log.c.event == AuditEvent.VIEWED.value
    return int(connection.scalar(select(func.count()).select_from(audit_log).where(of_views)) or 0)


ASKED: dict[str, Callable[[Counter], wire.ApplicationRefusal]] = {
    "show": lambda counter: counter.show().refusal,
    "number": lambda counter: (
        counter.call.FindWaiting(
            wire.FindWaitingRequest(desk=counter.desk, municipality=MUNICIPALITY, application=counter.application)
        ).refusal
    ),
}


@pytest.mark.parametrize("question", ASKED)
def test_i14_a_measure_that_was_first_is_in_force(server: ServerForTests, question: str) -> None:
    """Whoever sets it and whoever looks begin at once, or it is set and not committed yet when they look: nobody has
    looked after it was set."""
    hall = a_notice(server)
    for was_set in (True, False) * ROUNDS:
        lift(server, "rin")
        with server.database.reading() as connection:
            began = _viewed(connection)
        start = Barrier(2, timeout=30)
        seen: list[int] = []

        def change(start: Barrier = start, seen: list[int] = seen, was_set: bool = was_set) -> None:
            if not was_set:
                start.wait()
            with server.database.writing() as connection:
                measure(connection, "rin")
                if was_set:
                    start.wait()
                seen.append(_viewed(connection))

        changing = Thread(target=change)
        changing.start()
        start.wait()
        refusal = ASKED[question](hall)
        changing.join()
        with server.database.reading() as connection:
            assert _viewed(connection) == seen[0], "nobody looks after the measure"
        assert bool(refusal.reason) == (seen[0] == began)
        assert refusal.reason or not was_set
    verified(server)
