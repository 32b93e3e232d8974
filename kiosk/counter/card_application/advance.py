"""One event of a card application: its next value, and what is to be done. Never raises; what it does not expect
changes nothing."""

from dataclasses import replace

from kiosk.counter.card_application import begin, filling, identity, last, photo, sync
from kiosk.counter.card_application.case import SCENES, CardCase, at, with_answers
from kiosk.counter.card_application.effects import CardEffect, ListHere, Move, Send, ShowForm, TakeUp, Tell, WatchCamera
from kiosk.counter.card_application.events import (
    CardEvent,
    CardTouch,
    Chosen,
    Heard,
    Key,
    SendRefused,
    Sent,
    ServerSilent,
    Touched,
)
from kiosk.counter.card_application.moving import Done, go_back, go_on, step_of, to_step
from kiosk.counter.card_application.scenes import Begin, Check, Intent, PhotoScene, SentScene, Stopped
from kiosk.counter.card_application.words import Step
from kiosk.counter.case import (
    CaseDoes,
    CaseEffectFailed,
    CasePackage,
    CaseWaits,
    FieldTyped,
    Happening,
    Resumed,
)
from kiosk.counter.rules import DeskRules
from kiosk.counter.slips import SlipSettled
from kiosk.counter.staff import Staff
from kiosk.flow.events import TimerFired
from kiosk.flow.touches import PinTyped

MOVED_MEANWHILE = "moved-meanwhile"


def begin_case(number: int, staff: Staff) -> tuple[CardCase, tuple[CaseDoes, ...]]:
    """A new one, before anything is known: the office's list is asked for."""
    return CardCase(number, staff), (ListHere(number),)


def advance(case: CardCase, event: Happening, _rules: DeskRules) -> tuple[CardCase, tuple[CaseDoes, ...]]:
    """The next value; then whatever the server lacks is sent, unless something is on its way."""
    if case.over or (isinstance(event, CardEvent | SlipSettled) and event.number != case.number):
        return case, ()
    case, does = _advance(case, event)
    if case.over:
        return case, does
    case, sends = sync.begin_next(case)
    return case, (*does, *sends)


def _advance(case: CardCase, event: Happening) -> Done:
    match event:
        case Sent() | SendRefused() | ServerSilent():
            return _of_server(case, event)
        case TimerFired():
            return _again(case)
        case Resumed(staff):
            return _resumed(case, staff)
        case CaseEffectFailed(effect):
            return _broke(case, effect)
        case FieldTyped(name, text):
            return _typed(case, name, text)
        case PinTyped(count):
            return begin.pin_typed(case, count), ()
        case CardTouch() | CardEvent() | SlipSettled():
            return _of_scene(case, event)
        case _:
            return case, ()


def _of_scene(case: CardCase, event: Heard) -> Done:
    match event:
        case Touched(Key.BACK) if case.flight is None or case.flight.away:
            return go_back(case)
        case Touched(Key.STOP):
            return last.stop(case, declined=isinstance(case.scene, Intent) and case.declined)
        case _:
            pass
    for heard in (begin.heard, identity.heard, filling.heard, photo.heard, last.heard):
        done = heard(case, event)
        if done is not None:
            return done
    match event:
        case Touched(Key.NEXT):
            return go_on(case)
        case Chosen(name, value):
            return _chosen(case, name, value)
        case _:
            return case, ()


def _typed(case: CardCase, name: str, text: str) -> Done:
    if name not in filling.TYPED:
        return case, ()
    return filling.unconfirmed(with_answers(case, {name: text})), ()


def _chosen(case: CardCase, name: str, value: str) -> Done:
    if name not in filling.CHOSEN:
        return case, ()
    taken_back = case.answer(name) == value and name in filling.OPTIONAL
    return filling.unconfirmed(with_answers(case, {name: "" if taken_back else value})), ()


def _of_server(case: CardCase, event: Sent | SendRefused | ServerSilent) -> Done:
    flight = case.flight
    if isinstance(event, ServerSilent) and not event.flight:
        return begin.silent(case), ()
    if flight is None or event.flight != flight.number:
        return case, ()
    match event:
        case Sent():
            case = sync.made(case, flight.doing, event.application, event.version, event.state)
            if case.mirror.state == sync.SENT and not isinstance(case.scene, SentScene):
                return last.sent(case)
            if isinstance(case.scene, Check) and isinstance(flight.doing, Tell) and flight.doing.form is not None:
                # What was just told is what is printed.
                return case, (ShowForm(case.number, case.mirror.application, case.municipality),)
            if isinstance(case.scene, Stopped) and case.mirror.state == "withdrawn":
                return at(case, replace(case.scene, withdrawing=False)), ()
            return case, ()
        case SendRefused(refusal=refusal) if refusal.reason == MOVED_MEANWHILE and flight.doing != Move("withdraw"):
            # Somebody went on with it at another terminal: what they did counts, and is taken up as it stands now.
            again = TakeUp(case.number, case.municipality, case.mirror.application)
            return CardCase(case.number, case.staff, Begin((), busy=True), municipality=case.municipality), (again,)
        case SendRefused():
            case, step = sync.refused(case, flight.doing, event.refusal)
            if isinstance(case.scene, Stopped):
                return at(case, replace(case.scene, withdrawing=False)), ()
            return _sent_back(case, step)
        case ServerSilent():
            return replace(case, flight=replace(flight, away=True)), (CaseWaits(case.number, sync.AGAIN_S),)


def _sent_back(case: CardCase, step: Step) -> Done:
    """To the step that the server said no about, unless it is shown already."""
    if step_of(case.scene) is step:
        return case, ()
    if step is Step.CHECK and not isinstance(case.scene, Check):
        return at(case, SCENES[Step.CHECK]), ()
    return to_step(case, step)


def _again(case: CardCase) -> Done:
    flight = case.flight
    if flight is None or not flight.away:
        return case, ()
    case = replace(case, flight=replace(flight, away=False))
    return case, (sync.sent_as(case, flight.number, flight.doing),)


def _resumed(case: CardCase, staff: Staff) -> Done:
    case = replace(case, staff=staff)
    does: tuple[CaseDoes, ...] = ()
    if case.flight is not None:
        # Its answer may have come while nobody listened. The same again is done once.
        case = replace(case, flight=replace(case.flight, away=False))
        assert case.flight is not None
        does = (sync.sent_as(case, case.flight.number, case.flight.doing),)
    match case.scene:
        case Begin():
            return at(case, Begin()), (*does, ListHere(case.number))
        case PhotoScene(taken=None):
            return at(case, PhotoScene()), (*does, WatchCamera(case.number))
        case Check():
            # The form is fetched anew: whoever sits here now reads it as the server has it.
            case, shows = to_step(case, Step.CHECK)
            return case, (*does, *shows)
        case _:
            return case, does


def _broke(case: CardCase, effect: object) -> Done:
    match effect:
        case Send(flight=number) if case.flight is not None and case.flight.number == number:
            return replace(case, flight=replace(case.flight, away=True)), (CaseWaits(case.number, sync.AGAIN_S),)
        case CardEffect():
            return begin.silent(identity.silent(photo.silent(last.silent(case)))), ()
        case _:
            return case, ()


PACKAGE = CasePackage(begin_case, advance)
