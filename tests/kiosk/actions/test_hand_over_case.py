"""A hand-over from the first question to the card that leaves: the case, what it has done, a virtual card, and a real
server in this process that judges who came."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.card.model import Usage
from hardware.card.virtual.persona import PersonaKind
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.effects import DeskTimer
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.events import Key
from kiosk.counter.hand_over.values import CardTrouble
from kiosk.counter.hand_over.words import PinSetting
from kiosk.counter.slips import Slip
from kiosk.flow.events import TimerFired
from kiosk.flow.touches import PinTyped
from tests.support.card_applications import entries_of, verified
from tests.support.card_writing import WritingBench
from tests.support.hand_over import BORN, NAMES, a_hand_over_server, card_waits
from tests.support.hand_over_counter import CHOSEN, HandOverCounter
from tests.support.server import ServerForTests

HISA = (NAMES["hisa"], BORN["hisa"].isoformat())
HOLDER, TAKER = ("care-insurance-card", "disability-book"), ("driving-licence", "passport")
PAPERS = ("reply", "letter-of-attorney", "sealed-pin-form")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ServerForTests]:
    with a_hand_over_server(tmp_path) as made:
        yield made


def waits(server: ServerForTests) -> None:
    card_waits(server, made=WritingBench().persona.user_auth_x509)


def to_papers(counter: HandOverCounter) -> HandOverCounter:
    """A proxy of somebody of 78, up to what they brought."""
    counter.begins().finds(*HISA).does(Key.NEXT).chooses(case="aged-75").does(Key.NEXT)
    return counter.shows(HOLDER, TAKER)


def admitted(counter: HandOverCounter) -> HandOverCounter:
    to_papers(counter).marks("flag", *PAPERS).does(Key.JUDGE).marks("brought", "letter-says-hard-to-go-out")
    return counter.does(Key.JUDGE)


def at_card(counter: HandOverCounter) -> HandOverCounter:
    return admitted(counter).chooses(old_card="none").does(Key.NEXT)


def state_of(server: ServerForTests) -> str:
    return str([detail for event, detail in entries_of(server) if event == "application-moved"][-1]["state"])


def test_a_proxy_takes_the_card_of_somebody_of_78(server: ServerForTests) -> None:
    waits(server)
    counter = to_papers(HandOverCounter(server))
    counter.does(Key.JUDGE)
    assert counter.lacking().lacks == ("proxy", "reply", "letter-of-attorney", "pin-form")
    assert counter.case.offered == ("letter-says-hard-to-go-out",)

    counter.marks("flag", *PAPERS).marks("brought", "letter-says-hard-to-go-out").does(Key.JUDGE)
    assert counter.now() == at.Ready()
    assert counter.case.pin_setting is PinSetting.SEALED_FORM
    counter.chooses(old_card="lost").does(Key.NEXT).puts_card().enters_all()
    assert counter.now() == at.Delivered(Slip.OUT)
    assert state_of(server) == "delivered"
    assert all(counter.takes(usage, chosen) for usage, chosen in CHOSEN.items())
    assert "代理の方には、お知らせしていません" in counter.printed()

    counter.does(Key.FINISH)
    assert not counter.over()
    counter.pulls_card().does(Key.FINISH)
    assert not counter.over()
    assert not counter.custody
    counter.does(Key.RESEALED, Key.RESEALED, Key.FINISH)
    assert counter.over()
    assert [(each.kind, each.about) for each in counter.custody] == [(CustodyKind.SEALED_PIN_FORM, counter.case.mark)]
    verified(server)


def test_another_persons_card_is_left_as_it_is(server: ServerForTests) -> None:
    waits(server)
    counter = at_card(HandOverCounter(server))
    own, others = counter.bench.card, WritingBench(PersonaKind.CHILD).card
    counter.bench.card = others
    counter.puts_card()
    assert counter.now() == at.AwaitCard(CardTrouble.OTHERS)
    assert state_of(server) == "notice-sent"
    assert ("refused", "other-card") in [(event, detail.get("reason")) for event, detail in entries_of(server)]
    counter.pulls_card()
    assert not counter.takes(Usage.USER_AUTH, "8305")
    counter.bench.card = own
    counter.puts_card().enters_all()
    assert isinstance(counter.now(), at.Delivered)


def test_a_server_that_is_silent_about_a_card_is_asked_again(server: ServerForTests) -> None:
    waits(server)
    counter = at_card(HandOverCounter(server))
    counter.line.away = 1
    counter.puts_card()
    assert counter.now() == at.Comparing()
    # Taken away before the answer: it may be another that is put there next.
    counter.pulls_card().does(Key.AGAIN)
    assert counter.now() == at.AwaitCard(CardTrouble.GONE)
    counter.puts_card().enters_all()
    assert isinstance(counter.now(), at.Delivered)


def test_a_card_that_the_maker_did_not_name_is_looked_at(server: ServerForTests) -> None:
    card_waits(server, made=b"")
    counter = at_card(HandOverCounter(server)).puts_card()
    assert isinstance(counter.now(), at.ByEye)
    counter.does(Key.BACK)
    assert counter.now() == at.AwaitCard(CardTrouble.OTHERS)
    counter.pulls_card().puts_card().does(Key.LOOKS_RIGHT).enters_all()
    assert isinstance(counter.now(), at.Delivered)


def test_at_a_post_office_it_is_refused_with_where_to_go(server: ServerForTests) -> None:
    waits(server)
    counter = HandOverCounter(server, "kiosk-1").begins()
    scene = counter.now()
    assert isinstance(scene, at.NotHere)
    assert (scene.refusal.reason, scene.slip) == ("never-here", Slip.OUT)
    assert [each.kind for each in scene.refusal.instead] == ["municipal-counter"]
    assert "お住まいの市区町村の窓口" in counter.printed()
    assert counter.does(Key.FINISH).over()


def test_the_person_chooses_pins_that_nobody_else_sees(server: ServerForTests) -> None:
    waits(server)
    counter = HandOverCounter(server).begins("person").finds(*HISA).does(Key.NEXT).shows(("passport",))
    counter.does(Key.JUDGE)
    assert [each.value for each in counter.case.pins] == ["self", "helper-assisted", "staff-on-request"]
    counter.does(Key.NEXT)
    assert counter.now() == at.Ready()
    counter.chooses(old_card="none", pin_setting="self").does(Key.NEXT).puts_card()
    counter.enters("1234")
    assert isinstance(counter.now(), at.Weak)
    counter.does(Key.OTHER_PIN).enters("8305").enters("8306")
    scene = counter.now()
    assert isinstance(scene, at.Typing)
    assert scene.differ
    counter.enters_all()
    assert isinstance(counter.now(), at.Delivered)
    assert counter.takes(Usage.USER_AUTH, "8305")


@pytest.mark.parametrize("after", range(3))
def test_a_card_pulled_away_is_asked_for_back_and_set_anew(server: ServerForTests, after: int) -> None:
    """Before any PIN, between two, or when all are typed: whichever was set, all are set again."""
    waits(server)
    counter = at_card(HandOverCounter(server)).puts_card()
    for _ in range(after):
        counter.enters("8305")
    counter.pulls_card()
    assert counter.now() == at.AwaitCard(CardTrouble.GONE)
    assert repr(counter.pads.held) == "<HeldPins >"
    assert state_of(server) == "notice-sent"
    counter.puts_card().enters_all()
    assert counter.now() == at.Delivered(Slip.OUT)
    assert counter.takes(Usage.SIGNING, CHOSEN[Usage.SIGNING])


def test_i11_what_was_typed_waits_for_nobody(server: ServerForTests) -> None:
    waits(server)
    counter = at_card(HandOverCounter(server)).puts_card().enters("8305").enters("8305")
    counter.clerk_pad.press("P")
    counter.hears(PinTyped(1), TimerFired(DeskTimer.CASE, 1))
    assert counter.now() == at.AwaitCard(CardTrouble.UNTOUCHED)
    assert (repr(counter.pads.held), repr(counter.clerk_pad)) == ("<HeldPins >", "<PasswordPad 0 characters>")
    counter.does(Key.AGAIN)
    assert counter.enters_all().now() == at.Delivered(Slip.OUT)


def test_power_lost_between_two_pins(server: ServerForTests) -> None:
    waits(server)
    counter = at_card(HandOverCounter(server)).puts_card()
    counter.enters("8305").enters("8305").enters(CHOSEN[Usage.SIGNING])
    counter.slot.pull()
    counter.enters(CHOSEN[Usage.SIGNING])
    assert counter.now() == at.AwaitCard(CardTrouble.GONE)
    assert counter.pulls_card().puts_card().enters_all().now() == at.Delivered(Slip.OUT)


def test_a_silent_card_writing_terminal(server: ServerForTests) -> None:
    waits(server)
    counter = at_card(HandOverCounter(server))
    counter.terminal_away = True
    counter.puts_card()
    assert counter.now() == at.AwaitCard(CardTrouble.TERMINAL_AWAY)
    counter.terminal_away = False
    counter.does(Key.AGAIN)
    assert isinstance(counter.now(), at.Typing)


@pytest.mark.parametrize("silent", [1, 2])
def test_a_silent_server_is_told_again_and_does_it_once(server: ServerForTests, silent: int) -> None:
    waits(server)
    counter = at_card(HandOverCounter(server)).puts_card()
    counter.line.away = silent
    counter.enters_all()
    assert isinstance(counter.now(), at.Closing)
    assert counter.case.flight is not None
    assert counter.case.flight.away
    assert (counter.case.unsent, counter.case.holdable) == (True, False)
    while isinstance(counter.now(), at.Closing):
        counter.does(Key.AGAIN)
    assert counter.now() == at.Delivered(Slip.OUT)
    steps = [detail["what"] for event, detail in entries_of(server) if event == "application-moved"]
    assert steps[-5:] == ["admit-taker", "compare-card", "activate", "reserve", "deliver"]


def test_what_was_typed_stays_when_the_server_is_silent(server: ServerForTests) -> None:
    waits(server)
    counter = HandOverCounter(server)
    counter.line.away = 1
    counter.begins()
    assert counter.now() == at.Begin(away=True)
    counter.does(Key.NEXT)
    counter.line.away = 1
    counter.finds(*HISA)
    assert counter.now() == at.Find(problem="away")
    counter.does(Key.SEARCH)
    assert counter.case.waiting is not None
    assert counter.types(search_name="誰か").does(Key.SEARCH).now() == at.Find(problem="nobody-found")


def test_a_last_day_that_is_no_day_is_asked_for_again(server: ServerForTests) -> None:
    waits(server)
    counter = HandOverCounter(server).begins("person").finds(*HISA).does(Key.NEXT).marks("document", "passport")
    counter.types(until_passport="2031").does(Key.NEXT)
    assert counter.now() == at.OfHolder()
    counter.types(until_passport="20200101").does(Key.NEXT, Key.JUDGE)
    assert counter.lacking().expired == ("passport",)


def test_i11_no_pin_is_anywhere_but_on_its_pad_and_the_card(server: ServerForTests) -> None:
    waits(server)
    counter = at_card(HandOverCounter(server)).puts_card().enters_all()
    assert isinstance(counter.now(), at.Delivered)
    told = repr(counter.seen) + str(entries_of(server)) + repr(counter.line.asked) + counter.printed()
    for planted in (*CHOSEN.values(), NAMES["hisa"]):
        assert planted not in repr(counter.seen)
    for planted in CHOSEN.values():
        assert planted not in told
    for pad in (counter.pads.user_auth, counter.pads.signing, counter.clerk_pad, counter.pads.held):
        assert " 0 " in repr(pad) or repr(pad) == "<HeldPins >"
