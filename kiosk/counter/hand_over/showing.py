"""Who came, whose card it is, and what was brought: everything that is asked before the server judges."""

from dataclasses import replace

from kiosk.counter.case import FieldTyped
from kiosk.counter.documents import UNTIL, Document, dated, day_of, marked, wrong_days
from kiosk.counter.hand_over import sending
from kiosk.counter.hand_over.effects import AskAllowed, FindCard, PrintGuide
from kiosk.counter.hand_over.events import (
    AllowedAnswered,
    Chosen,
    FindAnswered,
    HandOverEvent,
    HandOverTouch,
    Key,
    Marked,
    Touched,
)
from kiosk.counter.hand_over.scenes import Begin, Find, NotHere, OfHolder, OfTaker, Papers, Why
from kiosk.counter.hand_over.sending import Done
from kiosk.counter.hand_over.state import HandOverCase, at, not_admitted
from kiosk.counter.hand_over.values import Waiting
from kiosk.counter.hand_over.words import AUTHORITY, CASES, COMERS, FLAGS, Coming
from kiosk.counter.numbers import number_of
from kiosk.counter.pins import PinTaken
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import Slip, SlipSettled

Heard = HandOverEvent | PinTaken | SlipSettled | HandOverTouch | FieldTyped

_COMING = {each.value: each for each in Coming}


def heard(case: HandOverCase, event: Heard) -> Done | None:
    """What these steps make of it; None when it is none of their own."""
    match case.scene:
        case Begin() as scene:
            return _at_begin(case, scene, event)
        case NotHere() as scene:
            return _at_not_here(case, scene, event)
        case Find() as scene:
            return _at_find(case, scene, event)
        case Why():
            return _at_why(case, event)
        case OfHolder() | OfTaker():
            return _at_documents(case, event)
        case Papers():
            return _at_papers(case, event)
        case _:
            return None


def may_search(case: HandOverCase) -> bool:
    """Whether enough was typed to look for a card."""
    by_name = case.searched("search-name").strip() and day_of(case.searched("search-born"))
    return bool(number_of(case.searched("search-number")) or by_name)


def may_judge(case: HandOverCase) -> bool:
    """Whether there is something to judge."""
    wrong = wrong_days((*case.of_holder, *case.of_taker))
    return case.flight is None and not wrong and (not case.alone or bool(case.why))


def _at_begin(case: HandOverCase, scene: Begin, event: Heard) -> Done | None:
    match event:
        case Chosen("coming", value) if value in _COMING and not scene.asking:
            return at(replace(case, coming=_COMING[value]), Begin()), ()
        case Touched(Key.NEXT | Key.AGAIN) if case.coming is not None and not scene.asking:
            procedure, comer = COMERS[case.coming]
            return at(case, Begin(asking=True)), (AskAllowed(case.number, procedure, comer),)
        case AllowedAnswered(refusal=Refusal() as refusal) if scene.asking:
            return _not_here(case, refusal)
        case AllowedAnswered(away=away) if scene.asking:
            return at(case, Begin(away=True) if away else Find()), ()
        case Touched(Key.FINISH | Key.BACK) if not scene.asking:
            return replace(case, over=True), ()
        case _:
            return None


def _not_here(case: HandOverCase, refusal: Refusal) -> Done:
    return at(case, NotHere(refusal)), (PrintGuide(case.number, refusal, case.alone),)


def _at_not_here(case: HandOverCase, scene: NotHere, event: Heard) -> Done | None:
    match event:
        case SlipSettled():
            return at(case, replace(scene, slip=event.slip)), ()
        case Touched(Key.AGAIN) if scene.slip is Slip.FAILED:
            return _not_here(case, scene.refusal)
        case Touched(Key.FINISH):
            return replace(case, over=True), ()
        case _:
            return None


def _at_find(case: HandOverCase, scene: Find, event: Heard) -> Done | None:
    match event:
        case FieldTyped(name, text) if name.startswith("search-") and not scene.busy:
            return replace(case, search=tuple(sorted({**dict(case.search), name: text}.items()))), ()
        case Touched(Key.SEARCH | Key.AGAIN) if may_search(case) and not scene.busy:
            number = number_of(case.searched("search-number"))
            name, born = case.searched("search-name").strip(), day_of(case.searched("search-born"))
            wants = FindCard(case.number, number, "" if number else name, "" if number else born)
            return replace(not_admitted(at(case, Find(busy=True))), waiting=None), (wants,)
        case FindAnswered(found=Waiting() as found) if scene.busy:
            ward = frozenset({"adult-ward"}) if found.adult_ward else frozenset()
            return replace(at(case, Find()), waiting=found, flags=case.flags | ward), ()
        case FindAnswered(found=Refusal() as refusal) if scene.busy:
            if refusal.instead:
                return _not_here(case, refusal)
            return at(case, Find(problem=refusal.reason)), ()
        case FindAnswered() if scene.busy:
            return at(case, Find(problem="away")), ()
        case Touched(Key.NEXT) if case.waiting is not None and not scene.busy:
            return at(case, Why() if case.alone else OfHolder()), ()
        case Touched(Key.BACK) if not scene.busy:
            return at(case, Begin()), ()
        case _:
            return None


def _at_why(case: HandOverCase, event: Heard) -> Done | None:
    match event:
        case Chosen("case", value) if value in CASES:
            return replace(not_admitted(case), why=value, offered=(), brought=case.brought & {AUTHORITY}), ()
        case Marked("flag", value):
            return _flag(case, value)
        case Touched(Key.NEXT) if case.why:
            return at(case, OfHolder()), ()
        case Touched(Key.BACK):
            return at(case, Find()), ()
        case _:
            return None


def _at_documents(case: HandOverCase, event: Heard) -> Done | None:
    holder = isinstance(case.scene, OfHolder)
    shown = case.of_holder if holder else case.of_taker
    match event:
        case Marked("document", kind):
            return _documents(case, marked(shown, kind), holder=holder), ()
        case FieldTyped(name, text) if name.startswith(UNTIL):
            return _documents(case, dated(shown, name, text), holder=holder), ()
        case Touched(Key.NEXT) if not wrong_days(shown):
            return at(case, OfTaker() if holder and case.acts_for_another else Papers()), ()
        case Touched(Key.BACK) if holder:
            return at(case, Why() if case.alone else Find()), ()
        case Touched(Key.BACK):
            return at(case, OfHolder()), ()
        case _:
            return None


def _documents(case: HandOverCase, shown: tuple[Document, ...], *, holder: bool) -> HandOverCase:
    case = not_admitted(case)
    return replace(case, of_holder=shown) if holder else replace(case, of_taker=shown)


def _at_papers(case: HandOverCase, event: Heard) -> Done | None:
    if case.flight is not None:
        waits = case.flight.away and event == Touched(Key.AGAIN)
        return sending.again(case) if waits else None
    match event:
        case Marked("flag", value):
            return _flag(case, value)
        case Marked("brought", value) if value in (*case.offered, AUTHORITY):
            return replace(not_admitted(case), brought=case.brought ^ {value}), ()
        case Touched(Key.JUDGE | Key.NEXT) if may_judge(case):
            return sending.judge(case)
        case Touched(Key.BACK):
            return at(case, OfTaker() if case.acts_for_another else OfHolder()), ()
        case _:
            return None


def _flag(case: HandOverCase, value: str) -> Done | None:
    return (replace(not_admitted(case), flags=case.flags ^ {value}), ()) if value in FLAGS else None
