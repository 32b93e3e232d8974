"""While the resident types PINs, alone: what the card and the rules of good PINs say of each. How many signs were typed
is all that is known here."""

from dataclasses import replace

from hardware.card.model import Usage
from kiosk.counter.case import CaseWaits
from kiosk.counter.pins import PATIENCE_S, Part, PinAsk, PinHeld, PinMisshapen, PinsDiffer, PinTaken, PinWeak, enough
from kiosk.counter.x509_pin.carded import begin, job_of, next_ask, typing, with_tries
from kiosk.counter.x509_pin.change import Step, finish, go, not_here, stay
from kiosk.counter.x509_pin.effects import ClearPads, HoldPin, ShowPin
from kiosk.counter.x509_pin.events import PinRight, PinWrong
from kiosk.counter.x509_pin.plan import instead_of
from kiosk.counter.x509_pin.scenes import Checking, Ending, Typing, Weak
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import CaseTouch, Did, Do
from kiosk.counter.x509_pin.values import Reset, Settle, WhyNot, Write
from kiosk.counter.x509_pin.working import undo
from kiosk.flow.touches import PinTyped

PinEvent = PinRight | PinWrong | PinTaken


def unlocks_another_way(case: X509PinCase) -> bool:
    """Whether whoever does not know this PIN can be helped by staff who know the holder."""
    return isinstance(case.scene, Typing) and case.scene.ask.part is Part.CURRENT and isinstance(job_of(case), Reset)


def touched(case: X509PinCase, touch: CaseTouch) -> Step:
    """A key while a PIN is typed or thought about."""
    match case.scene, touch:
        case Typing() as scene, PinTyped(typed):
            counted = replace(scene, typed=typed, wrong=False, misshapen=False, differ=False)
            return go(case, counted, CaseWaits(case.number, PATIENCE_S))
        case Typing(ask=ask, typed=typed), Did(Do.PIN_ENTERED) if enough(ask, typed):
            return _entered(case, ask)
        case Typing(), Did(Do.OTHER_PIN_UNKNOWN) if unlocks_another_way(case):
            job = job_of(case)
            assert isinstance(job, Reset)
            at_counter = (Reset(job.usage, at_counter=True), *(case.jobs or ())[1:])
            after, effects = begin(replace(case, jobs=at_counter))
            return after, (ClearPads(case.number), *effects)
        case ((Typing() | Weak()), Did(Do.UNDO)) if case.written and isinstance(job_of(case), Write):
            return undo(case)
        case ((Typing() | Weak()), Did(Do.END)) if not case.written:
            return finish(case, Ending.UNDONE)
        case Weak(usage=usage), Did(Do.OTHER_PIN):
            return _new_again(case, usage)
        case Weak(refused=False), Did(Do.KEEP_PIN):
            return _held(case)
        case _:
            return stay(case)


def looked_at(case: X509PinCase, event: PinEvent) -> Step:
    """What came of a PIN that was typed."""
    if not isinstance(case.scene, Checking):
        return stay(case)
    ask = case.scene.ask
    match event:
        case PinRight() | PinHeld():
            return _held(case)
        case PinWrong(tries_left=0):
            locked = with_tries(case, ask.usage, 0)
            return undo(locked) if case.written else _locked(locked)
        case PinWrong(tries_left=left):
            counted = with_tries(case, ask.usage, left)
            return go(counted, replace(typing(counted, ask), wrong=True), CaseWaits(case.number, PATIENCE_S))
        case PinMisshapen():
            return go(case, replace(typing(case, ask), misshapen=True), CaseWaits(case.number, PATIENCE_S))
        case PinsDiffer():
            after, effects = _new_again(case, ask.usage)
            return go(after, replace(typing(case, PinAsk(ask.usage, Part.NEW)), differ=True), *effects)
        case PinWeak(weaknesses=found, refused=refused):
            return go(case, Weak(ask.usage, found, refused), CaseWaits(case.number, PATIENCE_S))


def _entered(case: X509PinCase, ask: PinAsk) -> Step:
    if ask.part is Part.CURRENT:
        return go(case, Checking(ask), ShowPin(case.number, ask.usage))
    judged = ask.part is Part.NEW and not isinstance(job_of(case), Settle)
    return go(case, Checking(ask), HoldPin(case.number, ask, judged))


def _held(case: X509PinCase) -> Step:
    return next_ask(replace(case, asks=case.asks[1:]))


def _new_again(case: X509PinCase, usage: Usage) -> Step:
    new = PinAsk(usage, Part.NEW)
    rest = tuple(ask for ask in case.asks if ask.part not in (Part.NEW, Part.AGAIN) or ask.usage is not usage)
    after = replace(case, asks=(new, PinAsk(usage, Part.AGAIN), *rest))
    return go(after, typing(after, new), ClearPads(case.number), CaseWaits(case.number, PATIENCE_S))


def _locked(case: X509PinCase) -> Step:
    """It is locked now. The one that would have opened another leaves only the counter."""
    why = WhyNot.BOTH_PINS_UNKNOWN if isinstance(job_of(case), Reset) else WhyNot.PIN_LOCKED
    return not_here(case, why, instead_of(why))
