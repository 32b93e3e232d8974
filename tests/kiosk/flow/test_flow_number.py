"""Hearing one's number: nothing is asked of a server, nothing is said before it is asked for, and nothing is heard once
card or person are gone."""

import pytest

from hardware.sensors.model import PersonChanged
from kiosk.flow.effects import (
    EraseVisit,
    LookAtHeadphones,
    OpenSession,
    OpenVisit,
    ReadCard,
    ReadNumberCard,
    ResetCard,
    SendAnswer,
    TellNumber,
    Timer,
    VerifyNumberPin,
)
from kiosk.flow.events import (
    CardFailed,
    CardProblem,
    Event,
    HeadphonesSeen,
    NumberCardRead,
    NumberTold,
    PinForgotten,
    PinRight,
    PinWrong,
)
from kiosk.flow.scenes import (
    AwaitCard,
    CheckingPin,
    Declined,
    EnterPin,
    IdleWarning,
    NumberReady,
    PlugIn,
    ReadingCard,
    Start,
    TakeBelongings,
    TellingNumber,
)
from kiosk.flow.state import NumberErrand
from kiosk.flow.touches import Key, PinTyped, Pressed
from kiosk.flow.values.trouble import DeclineReason
from tests.support.kiosk_journey import (
    BACK,
    CANCEL,
    CANCEL_YES,
    INSERTED,
    PRIMARY,
    READER_LOST,
    REMOVED,
    Fires,
    Step,
    Walk,
)

VOICE, HEAR = Pressed(Key.VOICE), Pressed(Key.HEAR_NUMBER)
TO_CARD = (VOICE, Step(HEAR, PlugIn(), (LookAtHeadphones,)), Step(HeadphonesSeen(1, plugged=True), AwaitCard))
TO_PIN = (
    *TO_CARD,
    Step(INSERTED, ReadingCard, (ReadNumberCard,)),
    Step(NumberCardRead(1, 3), EnterPin),
    PinTyped(4),
)
TO_READY = (*TO_PIN, Step(PRIMARY, CheckingPin, (VerifyNumberPin,)), Step(PinRight(1, None), NumberReady(2)))


def test_twice_and_no_more_and_no_server_is_asked() -> None:
    walk = Walk().go(
        *TO_READY,
        Step(PRIMARY, TellingNumber, (TellNumber,)),
        Step(NumberTold(1, whole=True), NumberReady(1)),
        Step(PRIMARY, TellingNumber, (TellNumber,)),
        Step(NumberTold(1, whole=True), NumberReady(0)),
        Step(PRIMARY, TakeBelongings, (EraseVisit,)),
        Step(REMOVED, Start),
    )
    assert not walk.wanted(OpenSession, SendAnswer, ReadCard)
    assert len(walk.wanted(TellNumber)) == 2


def test_only_whoever_hears_the_screens_is_heard() -> None:
    assert isinstance(Walk().go(HEAR).state.scene, Start)


def test_without_headphones_no_card_is_asked_for() -> None:
    walk = Walk().go(VOICE, HEAR, Step(HeadphonesSeen(1, plugged=False), PlugIn(missing=True)))
    walk.go(Step(INSERTED, PlugIn(missing=True)))
    assert not walk.wanted(ReadNumberCard)
    walk.go(Step(PRIMARY, PlugIn(), (LookAtHeadphones,)), Step(HeadphonesSeen(1, plugged=True), ReadingCard))


def test_a_telling_that_was_cut_off_does_not_count() -> None:
    Walk().go(*TO_READY, PRIMARY, Step(NumberTold(1, whole=False), NumberReady(2, cut=True)))


@pytest.mark.parametrize("event", [REMOVED, READER_LOST, PersonChanged(present=False)])
def test_nothing_is_heard_once_card_or_person_are_gone(event: Event) -> None:
    walk = Walk().go(*TO_READY, PRIMARY, Step(event, None, (EraseVisit,)))
    assert walk.state.visit is None


def test_a_card_that_is_taken_before_leads_back_to_the_same_errand() -> None:
    walk = Walk().go(*TO_PIN, Step(REMOVED, AwaitCard, (EraseVisit(1), OpenVisit(2))))
    assert walk.state.visit is not None
    assert walk.state.visit.number == NumberErrand()
    walk.go(Step(PinRight(1, None), AwaitCard), Step(INSERTED, ReadingCard, (ReadNumberCard(2),)))


def test_an_untouched_card_forgets_its_pin_and_what_was_heard_stays_counted() -> None:
    walk = Walk().go(*TO_READY, PRIMARY, NumberTold(1, whole=True), Step(Fires(Timer.CARD_UNTOUCHED), NumberReady(1)))
    assert walk.wanted(ResetCard)
    walk.go(Step(PRIMARY, ReadingCard, (ReadNumberCard,)), Step(NumberCardRead(1, 3), EnterPin), PinTyped(4), PRIMARY)
    walk.go(Step(PinRight(1, None), NumberReady(1)))


def test_a_card_that_forgot_its_pin_meanwhile_is_read_anew() -> None:
    Walk().go(*TO_READY, PRIMARY, Step(PinForgotten(1), ReadingCard, (ReadNumberCard,)))


@pytest.mark.parametrize(
    ("event", "reason"),
    [
        (PinWrong(1, 0), DeclineReason.NUMBER_LOCKED),
        (CardFailed(1, CardProblem.UNREADABLE), DeclineReason.CARD_UNREADABLE),
    ],
)
def test_what_can_t_be_read_is_declined(event: Event, reason: DeclineReason) -> None:
    scene = Walk().go(*TO_PIN, PRIMARY, event).state.scene
    assert isinstance(scene, Declined)
    assert scene.reason is reason


def test_it_can_be_stopped_at_any_time_and_the_idle_are_warned() -> None:
    for steps in (TO_CARD, TO_PIN, TO_READY, (*TO_READY, PRIMARY)):
        assert Walk().go(*steps, CANCEL, CANCEL_YES).state.visit is None
    assert Walk().go(*TO_PIN, BACK).state.visit is None
    assert isinstance(Walk().go(*TO_CARD, Fires(Timer.SCENE)).state.overlay, IdleWarning)
