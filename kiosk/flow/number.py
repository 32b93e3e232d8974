"""Hearing one's individual number: headphones first, then the card and the PIN of the applet that keeps the number,
then figure by figure from the card into the headphones, at most twice. The flow learns neither figure nor digit, and
no server is asked (decision 0011)."""

from dataclasses import replace

from hardware.card.model import CardFacts, CardKind, SlotEvent
from hardware.sensors.model import PersonChanged
from kiosk.flow import events as on
from kiosk.flow import overlay
from kiosk.flow.beginning import begin
from kiosk.flow.change import Step, go, left, stay, visit_of, with_visit
from kiosk.flow.effects import (
    ClearPad,
    EraseVisit,
    LookAtHeadphones,
    OpenVisit,
    ReadNumberCard,
    ResetCard,
    TellNumber,
    Timer,
    VerifyNumberPin,
)
from kiosk.flow.ending import decline, finish
from kiosk.flow.events import SceneEvent
from kiosk.flow.scenes import (
    AwaitCard,
    CheckingPin,
    EnterPin,
    NumberReady,
    PlugIn,
    ReadingCard,
    Scene,
    TellingNumber,
)
from kiosk.flow.state import Cancelled, NumberErrand, Terminal, Visit
from kiosk.flow.touches import Key, PinTyped, Pressed, Touch
from kiosk.flow.values.service import Belonging
from kiosk.flow.values.trouble import DeclineReason

PIN_DIGITS = 4


def ask(state: Terminal) -> Step:
    """A visit begins with a look at the headphones. Only for whoever has screens read out: others read the number off
    their card."""
    if not state.presentation.voice:
        return stay(state)
    begun, effects = begin(state, PlugIn())
    if begun.visit is None:
        return begun, effects
    begun = with_visit(begun, replace(begun.visit, number=NumberErrand()))
    return begun, (*effects, LookAtHeadphones(visit_of(begun).attempt))


def is_wanted(state: Terminal) -> bool:
    """Whether this visit is for it. Its last screen no longer is."""
    return state.visit is not None and state.visit.number is not None


def touched(scene: Scene, state: Terminal, event: Touch) -> Step:
    """What a person does on the way."""
    match scene, event:
        case PlugIn(missing=True), Pressed(Key.PRIMARY):
            return go(state, PlugIn(), LookAtHeadphones(visit_of(state).attempt))
        case ((PlugIn() | AwaitCard() | EnterPin()), Pressed(Key.BACK)):
            return overlay.give_up(state)
        case EnterPin(), PinTyped(digits):
            return go(state, replace(scene, digits=digits, wrong=scene.wrong and digits == 0))
        case EnterPin(digits=digits), Pressed(Key.PRIMARY) if digits == PIN_DIGITS:
            return go(state, CheckingPin(), VerifyNumberPin(visit_of(state).attempt))
        case NumberReady(times=times), Pressed(Key.PRIMARY) if times:
            return _tell(state)
        case NumberReady(), Pressed(Key.BACK | Key.PRIMARY):
            return overlay.give_up(state)
        case _:
            return stay(state)


def happened(scene: Scene, state: Terminal, event: SceneEvent) -> Step:  # noqa: C901 - a table
    """What devices and timers tell on the way."""
    match scene, event:
        case PlugIn(), on.HeadphonesSeen(plugged=plugged):
            return _to_card(state) if plugged else go(state, PlugIn(missing=True))
        case AwaitCard(), on.SlotChanged(SlotEvent.INSERTED):
            return _read(state)
        case ((PlugIn() | AwaitCard()), _):
            return stay(state)
        case ((ReadingCard() | EnterPin() | CheckingPin()), on.SlotChanged(SlotEvent.REMOVED | SlotEvent.READER_LOST)):
            return _again(state)
        case ((NumberReady() | TellingNumber()), on.SlotChanged(SlotEvent.REMOVED | SlotEvent.READER_LOST)):
            return finish(state, Cancelled())
        case TellingNumber(), PersonChanged(present=False):
            return finish(state, Cancelled())
        case NumberReady(), PersonChanged(present=False):
            return _forget(state)
        case _, on.CardFailed(problem=on.CardProblem.UNREADABLE):
            return decline(state, DeclineReason.CARD_UNREADABLE)
        case _, on.CardFailed():
            return _again(state)
        case ReadingCard(), on.NumberCardRead():
            return _card_read(state, event)
        case CheckingPin(), on.PinRight():
            return _ready(state, cut=False)
        case CheckingPin(), on.PinWrong(tries_left=tries):
            return _ask_pin(state, tries, wrong=True)
        case TellingNumber(), on.PinForgotten():
            return _read(state)
        case TellingNumber(), on.NumberTold(whole=whole):
            return _told(state, whole=whole)
        case ((ReadingCard() | CheckingPin() | TellingNumber()), on.TimerFired(timer=Timer.SCENE)):
            return decline(state, DeclineReason.CARD_UNREADABLE)
        case _:
            return stay(state)


def _errand(state: Terminal) -> NumberErrand:
    errand = visit_of(state).number
    assert errand is not None
    return errand


def _to_card(state: Terminal) -> Step:
    return _read(state) if state.card_present else go(state, AwaitCard())


def _read(state: Terminal) -> Step:
    visit = visit_of(state)
    return go(with_visit(state, replace(visit, verified=False)), ReadingCard(), ReadNumberCard(visit.attempt))


def _card_read(state: Terminal, event: on.NumberCardRead) -> Step:
    if event.tries_left is None:
        return decline(state, DeclineReason.NO_NUMBER)
    return _ask_pin(state, event.tries_left)


def _ask_pin(state: Terminal, tries: int, *, wrong: bool = False) -> Step:
    if tries <= 0:
        return decline(state, DeclineReason.NUMBER_LOCKED)
    again = not wrong and _errand(state).times < NumberErrand().times
    return go(state, EnterPin(CardFacts(CardKind.STANDARD, tries, None), tries, wrong=wrong, again=again), ClearPad())


def _ready(state: Terminal, *, cut: bool) -> Step:
    visit = visit_of(state)
    return go(with_visit(state, replace(visit, verified=True)), NumberReady(_errand(state).times, cut=cut))


def _tell(state: Terminal) -> Step:
    """Reads it out, if the card still knows its holder; else its PIN is asked for."""
    visit = visit_of(state)
    if not visit.verified:
        return _read(state)
    return go(state, TellingNumber(), TellNumber(visit.attempt, state.presentation.language))


def _told(state: Terminal, *, whole: bool) -> Step:
    """What was cut off because the headphones were pulled out may be heard whole yet."""
    if whole:
        errand = _errand(state)
        state = with_visit(state, replace(visit_of(state), number=replace(errand, times=errand.times - 1)))
    return _ready(state, cut=not whole)


def _forget(state: Terminal) -> Step:
    """Nobody is there: the card will want its PIN again."""
    visit = visit_of(state)
    return stay(with_visit(state, replace(visit, verified=False)), ResetCard(visit.attempt))


def _again(state: Terminal) -> Step:
    """Taken away before anything was heard: a visit for the same errand begins anew."""
    visit = visit_of(state)
    if left(state) - {Belonging.CARD}:
        return finish(state, Cancelled())
    attempt = state.attempts + 1
    fresh = replace(state, visit=Visit(attempt, number=visit.number), attempts=attempt)
    return go(fresh, AwaitCard(), EraseVisit(visit.attempt), OpenVisit(attempt))
