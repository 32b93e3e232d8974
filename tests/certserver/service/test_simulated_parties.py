"""An approved application goes on at the simulated resident network, card maker and mail over gRPC: the whole way, what
they refuse, and that whatever fails midway is asked again and done once."""

import threading
from collections import Counter as Count
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from certserver.applications.facts import Facts
from certserver.applications.mail_delivery import MailKind
from certserver.applications.states import EventKind, Reason, State
from certserver.composition.worker import following
from certserver.pipeline.card_applications.following import Follower
from certserver.pipeline.card_applications.outside import Party
from certserver.pipeline.card_applications.rows import Step, read_application, steps_of
from certserver.pipeline.card_applications.stepping import Which
from certserver.pipeline.card_applications.telling import tell
from certserver.pipeline.card_applications.who import Known
from certserver.service.simulated_parties import simulated_parties
from kiosk.simulators.outside import METHODS
from kiosk.simulators.troubles import Trouble, TroubleKind
from koufu.v1 import applications_pb2 as wire
from tests.support.card_applications import (
    PHOTO,
    Counter,
    an_application_server,
    at_counter,
    at_hall,
    moved,
    officer,
    outcome,
    parts,
    verified,
    version_of,
)
from tests.support.hand_over import PERSON, admits, compared, finds
from tests.support.outside import WITHIN_S, OutsideForTests, outside_parties
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

A_DAY = timedelta(days=1)
BEARS = {"kengo-s": b"what the made card bears"}


@pytest.fixture(scope="module")
def outside() -> Iterator[OutsideForTests]:
    """A letter or an order is never another test's: both have random numbers."""
    with outside_parties(cards=BEARS) as made:
        yield made


@pytest.fixture
def server(tmp_path: Path, outside: OutsideForTests) -> Iterator[ServerForTests]:
    for method in METHODS:
        outside.control.set_trouble(method, Trouble())
    with an_application_server(tmp_path) as made:
        yield made


def approved(server: ServerForTests, route: str = "mail", resident: str = "kengo") -> Counter:
    clerk = at_counter(server)
    clerk.taken_in(resident, route)
    for event in (EventKind.TAKE, EventKind.APPROVE):
        moved(server, clerk, officer(), event)
    return clerk


def express(server: ServerForTests) -> Counter:
    hall = at_hall(server)
    claim = wire.ExpressClaim(code="lost", happened_on=server.clock.now().date().isoformat())
    asked = wire.ExpressAsked(claims=[claim], comes=True, wants_x509=True)
    assert hall.open("kengo", express=True, express_asked=asked) == "draft", hall.refusal
    assert hall.completed() == "sent-to-municipality", hall.refusal
    for event in (EventKind.TAKE, EventKind.APPROVE):
        moved(server, hall, officer(), event)
    return hall


def mailed_out(server: ServerForTests, clerk: Counter, kind: MailKind = MailKind.ADDRESSEE_ONLY_SPECIAL) -> None:
    """The card that came is set up, bears its PINs and goes into the mail."""
    assert moved(server, clerk, officer(), EventKind.SET_UP) == "set-up"
    which = Which(MUNICIPALITY, clerk.application, version_of(server.database, clerk))
    assert outcome(tell(parts(server), Known(officer()), which, Facts(activated=True, mail_kind=kind))) == "set-up"
    assert moved(server, clerk, officer(), EventKind.MAIL_OUT) == "mailed"


def steps(server: ServerForTests, clerk: Counter) -> list[Step]:
    with server.database.reading() as connection:
        return list(steps_of(connection, MUNICIPALITY, clerk.application))


def state(server: ServerForTests, clerk: Counter) -> State:
    with server.database.reading() as connection:
        stored = read_application(connection, MUNICIPALITY, clerk.application)
    assert stored is not None
    return stored.application.state


def to_the_door(server: ServerForTests, clerk: Counter, outside: OutsideForTests) -> None:
    """However often they have to be asked."""
    for _ in range(6):
        outside.follow(server, clerk.application)
        if state(server, clerk) is State.CARD_AT_MUNICIPALITY:
            mailed_out(server, clerk)
    assert state(server, clerk) is State.DELIVERED


def test_from_the_approval_to_the_door(server: ServerForTests, outside: OutsideForTests) -> None:
    clerk = approved(server)
    followed = outside.follow(server, clerk.application)
    assert (followed.state, followed.waits) == (State.CARD_AT_MUNICIPALITY, None)
    mailed_out(server, clerk)
    assert outside.follow(server, clerk.application, State.ARRIVAL_NOTICE).state is State.ARRIVAL_NOTICE
    assert outside.follow(server, clerk.application).state is State.DELIVERED
    outsiders = [(step.event, step.actor_id) for step in steps(server, clerk) if step.municipality is None]
    assert outsiders == [
        ("tell", "server"),
        ("order-card", "server"),
        ("accept", "simulated-card-maker"),
        ("ship-to-municipality", "simulated-card-maker"),
        ("announce", "simulated-mail"),
        ("deliver", "simulated-mail"),
    ]
    verified(server)


def test_registered_mail_comes_to_the_door_without_a_notice(server: ServerForTests, outside: OutsideForTests) -> None:
    clerk = approved(server)
    outside.follow(server, clerk.application)
    mailed_out(server, clerk, MailKind.REGISTERED)
    assert outside.follow(server, clerk.application).state is State.DELIVERED
    assert "announce" not in {step.event for step in steps(server, clerk)}


def test_an_express_card_is_set_up_and_mailed_by_the_card_maker(
    server: ServerForTests, outside: OutsideForTests
) -> None:
    hall = express(server)
    assert outside.follow(server, hall.application, State.SET_UP_AT_MAKER).state is State.SET_UP_AT_MAKER
    assert outside.follow(server, hall.application).state is State.DELIVERED
    assert [step.actor_id for step in steps(server, hall) if step.event in ("set-up", "mail-out")] == [
        "simulated-card-maker"
    ] * 2


def test_the_card_that_the_maker_named_is_the_one_that_is_handed_over(
    server: ServerForTests, outside: OutsideForTests
) -> None:
    hall = at_hall(server)
    hall.taken_in("kengo", "counter")
    for event in (EventKind.TAKE, EventKind.APPROVE):
        moved(server, hall, officer(), event)
    outside.control.set_next_card("kengo-s")
    outside.follow(server, hall.application)
    for event in (EventKind.SET_UP, EventKind.NOTIFY):
        moved(server, hall, officer(), event)
    finds(hall, application=hall.application)
    assert admits(hall, PERSON).HasField("admitted")
    assert compared(hall, b"another card") == "other-card"
    assert compared(hall, BEARS["kengo-s"]) == "notice-sent"


@pytest.mark.parametrize("kind", [TroubleKind.FAIL, TroubleKind.SILENT, TroubleKind.SILENT_BUT_DONE])
@pytest.mark.parametrize("method", sorted(METHODS))
def test_whatever_fails_midway_is_asked_again_and_done_once(
    server: ServerForTests, outside: OutsideForTests, method: str, kind: TroubleKind
) -> None:
    clerk = approved(server)
    outside.trouble(method, kind)
    to_the_door(server, clerk, outside)
    made = Count(step.event for step in steps(server, clerk) if step.municipality is None)
    assert made == Count(["tell", "order-card", "accept", "ship-to-municipality", "announce", "deliver"])
    verified(server)


@pytest.mark.parametrize("method", sorted(METHODS))
def test_what_is_refused_waits_and_goes_on(server: ServerForTests, outside: OutsideForTests, method: str) -> None:
    clerk = approved(server)
    outside.trouble(method, TroubleKind.REFUSE)
    followed = outside.follow(server, clerk.application)
    if followed.waits is None:
        mailed_out(server, clerk)
        followed = outside.follow(server, clerk.application)
    assert (followed.refused, followed.answered) == ("closed-today", True)
    assert state(server, clerk) is followed.state, "it stays where it was"
    to_the_door(server, clerk, outside)


def test_a_delay_is_silence_and_nothing_is_lost(tmp_path: Path) -> None:
    released = threading.Event()

    class Held:
        def monotonic(self) -> float:
            return 0.0

        def wait(self, _seconds: float) -> None:
            released.wait(WITHIN_S)

    with outside_parties(line_clock=Held()) as outside, an_application_server(tmp_path) as server:
        clerk = approved(server)
        outside.control.set_trouble("OrderCard", Trouble(delay_s=90.0, times=1))
        followed = outside.follow(server, clerk.application, within_s=0.3)
        assert (followed.state, followed.waits, followed.answered) == (State.SENT_TO_MAKER, Party.CARD_MAKER, False)
        released.set()
        assert outside.follow(server, clerk.application).state is State.CARD_AT_MUNICIPALITY


def test_a_card_and_a_letter_take_their_time(tmp_path: Path) -> None:
    with outside_parties(takes=A_DAY) as outside, an_application_server(tmp_path) as server:
        clerk = approved(server)
        for _ in range(3):
            followed = outside.follow(server, clerk.application)
            assert (followed.state, followed.waits, followed.answered) == (
                *(State.MANUFACTURING, Party.CARD_MAKER, True),
            )
        outside.clock.advance(A_DAY.total_seconds())
        assert outside.follow(server, clerk.application).state is State.CARD_AT_MUNICIPALITY
        mailed_out(server, clerk)
        for after in (State.MAILED, State.ARRIVAL_NOTICE, State.DELIVERED):
            assert outside.follow(server, clerk.application).state is after
            outside.clock.advance(A_DAY.total_seconds())


@pytest.mark.parametrize("announced", [False, True])
def test_a_letter_that_nobody_takes_comes_back_and_waits_at_the_counter(
    server: ServerForTests, outside: OutsideForTests, announced: bool
) -> None:
    clerk = approved(server)
    outside.follow(server, clerk.application)
    mailed_out(server, clerk)
    if announced:
        outside.follow(server, clerk.application, State.ARRIVAL_NOTICE)
    outside.trouble("AskLetter", TroubleKind.REFUSE, reason="brought-back")
    assert outside.follow(server, clerk.application).state is State.RETURNED_TO_SENDER
    assert moved(server, clerk, officer(), EventKind.NOTIFY) == "notice-sent"


def test_a_defect_goes_back_and_what_is_sent_again_is_another_order(
    server: ServerForTests, outside: OutsideForTests
) -> None:
    clerk = approved(server)
    outside.trouble("OrderCard", TroubleKind.REFUSE, reason="photo")
    assert outside.follow(server, clerk.application).state is State.MAKER_DEFECT
    assert [(step.reason, step.actor_id) for step in steps(server, clerk) if step.event == "report-defect"] == [
        (Reason.PHOTO, "simulated-card-maker")
    ]
    clerk.show()
    clerk.attach(content=PHOTO + b" taken anew")
    clerk.tell(photo="fit")
    for word in ("capture", "send"):
        clerk.move(word)
    for event in (EventKind.TAKE, EventKind.APPROVE):
        moved(server, clerk, officer(), event)
    assert outside.follow(server, clerk.application).state is State.CARD_AT_MUNICIPALITY


@pytest.mark.parametrize("change", ["moved-out", "died", "name-changed", "address-changed"])
def test_who_is_not_registered_so_any_more_gets_no_card(
    server: ServerForTests, outside: OutsideForTests, change: str
) -> None:
    clerk = approved(server)
    outside.trouble("ConfirmResident", TroubleKind.REFUSE, reason=change)
    assert outside.follow(server, clerk.application).state is State.INVALIDATED
    last = steps(server, clerk)[-1]
    assert (last.reason, last.actor_id) == (Reason(change), "simulated-resident-network")


def test_whoever_is_away_is_asked_once_a_round(server: ServerForTests, outside: OutsideForTests) -> None:
    first, second = approved(server), approved(server, resident="taro")
    outside.trouble("OrderCard", TroubleKind.FAIL, times=2)
    with simulated_parties(outside.address, WITHIN_S) as parties:
        follower = Follower(parts(server), parties)
        for _ in range(2):
            assert follower.round().away == {Party.CARD_MAKER}
        assert {state(server, each) for each in (first, second)} == {State.SENT_TO_MAKER}
        assert not follower.round().away
    assert {state(server, each) for each in (first, second)} == {State.CARD_AT_MUNICIPALITY}


def test_a_server_whose_settings_name_them_goes_on_by_itself(server: ServerForTests, outside: OutsideForTests) -> None:
    clerk = approved(server)
    node = server.node
    named = replace(node, settings=node.settings.model_copy(update={"simulated_parties": outside.address}))
    with ExitStack() as stack:
        unnamed, another = (stack.enter_context(following(*each)) for each in ((node, 0), (named, 1)))
        for go_on in (unnamed, another):
            go_on()
            assert state(server, clerk) is State.APPROVED
        stack.enter_context(following(named))()
        assert state(server, clerk) is State.CARD_AT_MUNICIPALITY
