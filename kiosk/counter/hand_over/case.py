"""The case of a hand-over as the desk runs it. Pure; what the server decides and what befalls a card are events.

scene         what leads on                                next scene, most of it
------------  -------------------------------------------  ----------------------------------------------------
Begin         who came; the rules of the place             Find | NotHere
Find          the card that waits                          Why (nobody but a representative or proxy) | OfHolder
Why           why the person could not come                OfHolder
OfHolder      the person's documents                       OfTaker | Papers
OfTaker       those of whoever acts for the person         Papers
Papers        the server judges: admitted / what is missing  Ready | Papers
Ready         old card, how the PINs are set               AwaitCard
AwaitCard     card                                         ReadingCard
ReadingCard   it can be written                            Comparing
Comparing     the server: this application's / another's   Typing | Closing | ByEye | AwaitCard
ByEye         the clerk compared what is printed on it     Comparing
Typing        each PIN twice / weak                        Typing | Weak | Setting
Setting       the card bears its PINs / it was lost        Closing | AwaitCard
Closing       the server lets the card go / says no        Delivered | Find
Delivered     card taken, form in custody, end             over
"""

from dataclasses import replace

from hardware.card.model import SlotEvent
from kiosk.counter.case import CaseEffect, CaseEffectFailed, CasePackage, FieldTyped, Happening, Resumed
from kiosk.counter.hand_over import sending, showing, writing
from kiosk.counter.hand_over.effects import (
    AskAllowed,
    CompareCard,
    FindCard,
    HoldPin,
    PrintDone,
    PrintGuide,
    ReadCard,
    Send,
    SetPins,
)
from kiosk.counter.hand_over.events import (
    Admitted,
    AllowedAnswered,
    CardLost,
    FindAnswered,
    HandOverEvent,
    HandOverTouch,
    Lacked,
    SendRefused,
    Sent,
    ServerSilent,
)
from kiosk.counter.hand_over.sending import Done
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.counter.hand_over.values import CardTrouble
from kiosk.counter.pins import PinMisshapen, PinTaken
from kiosk.counter.rules import DeskRules
from kiosk.counter.slips import SlipSettled
from kiosk.counter.staff import Staff
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped


def begin(number: int, staff: Staff) -> Done:
    """A new hand-over. The desk begins none while a card lies there (I13)."""
    return HandOverCase(number, staff), ()


def advance(case: HandOverCase, event: Happening, _rules: DeskRules) -> Done:
    """One step. Never raises for any event in any state."""
    match event:
        case SlotChanged(what):
            return _slot(case, what)
        case TimerFired():
            return writing.untouched(case)
        case Resumed(staff):
            return replace(case, staff=staff, card_present=False), writing.let_go(case)
        case CaseEffectFailed(effect=effect):
            answer = _broken(case, effect)
            return (case, ()) if answer is None else advance(case, answer, _rules)
        case Sent() | Admitted() | Lacked() | SendRefused() | ServerSilent():
            return _answered(case, event) if event.number == case.number else (case, ())
        case _ if isinstance(event, Heard) and event.number != case.number:
            return case, ()
        case _ if isinstance(event, Heard | HandOverTouch):
            return showing.heard(case, event) or writing.heard(case, event) or (case, ())
        case FieldTyped():
            return showing.heard(case, event) or (case, ())
        case PinTyped():
            return writing.heard(case, event) or (case, ())
        case _:
            return case, ()


Heard = HandOverEvent | PinTaken | SlipSettled
"""What comes back of its effects."""

PACKAGE = CasePackage(begin, advance)


def _answered(case: HandOverCase, event: sending.Answer) -> Done:
    flight = case.flight
    if flight is None or flight.number != event.flight:
        return case, ()
    return (writing.compared if isinstance(flight.doing, CompareCard) else sending.answered)(case, event)


def _slot(case: HandOverCase, event: SlotEvent) -> Done:
    if event is SlotEvent.INSERTED:
        return writing.card_put(replace(case, card_present=True))
    if event is SlotEvent.READER_BACK:
        return case, ()
    return writing.card_taken(replace(case, card_present=False))


def _broken(case: HandOverCase, effect: CaseEffect) -> Heard | None:
    """An action that broke in a way nobody foresaw, as if its party had been silent."""
    match effect:
        case AskAllowed():
            return AllowedAnswered(case.number, away=True)
        case FindCard():
            return FindAnswered(case.number, None)
        case Send(flight=flight):
            return ServerSilent(case.number, flight)
        case ReadCard() | SetPins():
            return CardLost(case.number, CardTrouble.FAULT)
        case HoldPin():
            return PinMisshapen(case.number)
        case PrintGuide() | PrintDone():
            return SlipSettled(case.number, printed=False)
        case _:
            return None
