"""The case of X.509s and PINs as the desk runs it. Pure; a power cut, a pulled
card and a silent party are events like any other.

    scene         what leads on                         next scene, most of it
    ------------  ------------------------------------  -----------------------------------------------------------
    TakeUp        one that broke off / another          AwaitCard | Choosing
    Choosing      wish, who came; the server's rules    AskInsurance | Explained | NotHere
    AskInsurance  registered / told, and all the same   Explained | NotHere
    Explained     documents shown, resident agrees      AwaitCard | ReadingCard
    AwaitCard     card                                  ReadingCard
    ReadingCard   begun at the server; what the card    Typing | Working | NotHere | Declined | Explained
                  tells; renewal has begun
    Typing        a PIN is entered                      Checking
    Checking      right, held / wrong / weak            Typing | Weak | Working | NotHere
    Weak          another / kept, a second time         Typing
    Working       job ended / broke off / said no       Typing | Finished | BrokenOff | Declined | NotHere | Settled
    BrokenOff     card back, again, undo, left open     ReadingCard | AwaitCard | Finished
    Declined      again, undo                           ReadingCard | Finished
    Settled       change again / leave it               Typing | Finished
    Finished      card taken, end                       Over
    NotHere       end                                   Over
"""

from dataclasses import replace

from hardware.card.model import SlotEvent
from kiosk.counter.case import CaseEffect, CaseEffectFailed, CasePackage, FieldTyped, Happening, Resumed
from kiosk.counter.rules import DeskRules
from kiosk.counter.slips import Slip, SlipSettled
from kiosk.counter.staff import Staff
from kiosk.counter.x509_pin import carded, choosing, typed, working
from kiosk.counter.x509_pin.change import Step, go, let_go, over, stay
from kiosk.counter.x509_pin.effects import (
    AskRenewal,
    AskRules,
    BeginAtServer,
    OpenCase,
    PrintDone,
    PrintGuide,
)
from kiosk.counter.x509_pin.events import (
    BrokeOff,
    CardRead,
    CardTrouble,
    CaseNamed,
    OwnEvent,
    RenewalSaid,
    RulesAway,
    RulesSaid,
    UnfinishedSeen,
    Unproven,
)
from kiosk.counter.x509_pin.scenes import (
    AskInsurance,
    AwaitCard,
    BrokenOff,
    Choosing,
    Declined,
    Explained,
    Finished,
    NotHere,
    ReadingCard,
    Settled,
    TakeUp,
    Typing,
    Weak,
    Working,
)
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import CaseTouch, Did, Do, OwnTouch, WayChosen
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped


def begin(number: int, _staff: Staff) -> Step:
    """A new case. The desk begins none while a card lies there (I13)."""
    return stay(X509PinCase(number), OpenCase(number))


def advance(case: X509PinCase, event: Happening, _rules: DeskRules) -> Step:
    """One step. Never raises for any event in any state."""
    match event:
        case SlotChanged(what):
            return _slot(case, what)
        case TimerFired():
            return working.untouched(case)
        case Resumed():
            return stay(replace(case, card_present=False, allowed=False), *let_go(case))
        case CaseEffectFailed(effect=effect):
            return _answered(case, _broken(case, effect))
        case PinTyped() | FieldTyped():
            return _touched(case, event)
        case _ if isinstance(event, OwnTouch):
            return _touched(case, event)
        case _ if isinstance(event, OwnEvent) and event.number == case.number:
            return _answered(case, event)
        case _:
            return stay(case)


PACKAGE = CasePackage(begin, advance)


def _broken(case: X509PinCase, effect: CaseEffect) -> OwnEvent:
    """An action that broke in a way nobody foresaw, as if its party had been silent."""
    match effect:
        case AskRules():
            return RulesAway(case.number)
        case BeginAtServer(begins=begins):
            return RulesAway(case.number, begins)
        case AskRenewal():
            return BrokeOff(case.number, CardTrouble.SERVER_AWAY)
        case PrintGuide() | PrintDone():
            return SlipSettled(case.number, printed=False)
        case _:
            return BrokeOff(case.number, CardTrouble.FAULT)


def _slot(case: X509PinCase, event: SlotEvent) -> Step:
    if event is SlotEvent.INSERTED:
        case = replace(case, card_present=True)
        waits = isinstance(case.scene, AwaitCard | BrokenOff)
        return working.card_back(case) if waits else stay(case)
    if event is SlotEvent.READER_BACK:
        return stay(case)
    return working.card_taken(replace(case, card_present=False))


def _answered(case: X509PinCase, event: OwnEvent) -> Step:
    match event:
        case CaseNamed(mark=mark):
            return stay(replace(case, mark=mark))
        case UnfinishedSeen(cases=cases):
            fresh = case.scene == Choosing() and case.wish is None
            return go(case, TakeUp(cases)) if cases and fresh else stay(case)
        case RulesSaid(of=None) | RulesAway(of=None):
            return choosing.rules_said(case, event)
        case RulesSaid() | RulesAway() | Unproven():
            waits = isinstance(case.scene, ReadingCard) or (case.scene == Working() and not case.written)
            return carded.permitted(case, event) if waits else stay(case)
        case CardRead():
            return carded.card_read(case, event)
        case RenewalSaid():
            return carded.renewal_said(case, event)
        case SlipSettled():
            return _slip(case, event.slip)
        case _ if isinstance(event, typed.PinEvent):
            return typed.looked_at(case, event)
        case _:
            return working.happened(case, event)


def _slip(case: X509PinCase, slip: Slip) -> Step:
    if isinstance(case.scene, NotHere | Finished):
        return go(case, replace(case.scene, slip=slip))
    return stay(case)


def _touched(case: X509PinCase, touch: CaseTouch) -> Step:
    match case.scene:
        case Typing() | Weak() if isinstance(touch, WayChosen):
            return stay(replace(case, way=touch.way))
        case Typing() | Weak():
            return typed.touched(case, touch)
        case BrokenOff() | Declined() | Settled():
            return working.touched(case, touch)
        case AwaitCard() if touch == Did(Do.LEAVE_OPEN):
            return working.touched(case, touch)
        case TakeUp() | Choosing() | AskInsurance() | Explained() | AwaitCard() | NotHere():
            return choosing.touched(case, touch)
        case Finished() if touch == Did(Do.END) and not case.card_present:
            return over(case)
        case _:
            return stay(case)
