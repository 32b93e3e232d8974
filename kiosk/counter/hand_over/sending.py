"""What the server is told, one thing after the other: each under a token of its own, so that what it did not answer is
sent again and done once."""

from dataclasses import replace

from kiosk.counter.case import CaseDoes, IntoCustody
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.hand_over.effects import Admit, CompareCard, Doing, Move, PrintDone, Send, TellActivated, TellOldCard
from kiosk.counter.hand_over.events import Admitted, Lacked, SendRefused, Sent, ServerSilent
from kiosk.counter.hand_over.scenes import Closing, Comparing, Delivered, Papers, Ready
from kiosk.counter.hand_over.state import Flight, HandOverCase, at
from kiosk.counter.hand_over.words import AUTHORITY, FROM_DOCUMENTS, OldCard, PinSetting

Done = tuple[HandOverCase, tuple[CaseDoes, ...]]
Answer = Sent | Admitted | Lacked | SendRefused | ServerSilent

_PINS = {each.value: each for each in PinSetting}


def judge(case: HandOverCase) -> Done:
    """Asks whether whoever came may have the card."""
    return _send(case, Admit(case.judged()))


def compare(case: HandOverCase, x509: bytes, *, by_eye: bool = False) -> Done:
    """Has the server hold the card on the desk against the application."""
    return _send(at(case, Comparing()), CompareCard(x509, by_eye))


def close(case: HandOverCase) -> Done:
    """The card bears its PINs: the server is told, and lets it go."""
    assert case.waiting is not None, "a card was found first"
    assert case.pin_setting is not None, "whoever came was admitted first"
    assert case.old_card is not None, "it was settled first"
    old_card = "none" if case.old_card is OldCard.LOST else case.old_card.value
    todo: tuple[Doing, ...] = (TellActivated(case.pin_setting.value),)
    if old_card != case.waiting.old_card:
        todo += (TellOldCard(old_card),)
    if case.waiting.state != "reserved":
        todo += (Move("reserve"),)
    return _next(replace(at(case, Closing()), todo=(*todo, Move("deliver"))))


def again(case: HandOverCase) -> Done:
    """The same once more, under the same token."""
    if case.flight is None or not case.flight.away:
        return case, ()
    flight = replace(case.flight, away=False)
    return replace(case, flight=flight), (_effect(case, flight),)


def answered(case: HandOverCase, event: Answer) -> Done:
    """The server's answer to what is on its way; one to anything else is dropped."""
    flight = case.flight
    if flight is None or event.flight != flight.number:
        return case, ()
    if isinstance(event, ServerSilent):
        return replace(case, flight=replace(flight, away=True)), ()
    landed = replace(case, flight=None)
    match event:
        case Lacked(lacking=lacking):
            named = (*lacking.or_else_all, *lacking.bring)
            offered = tuple(each for each in named if each not in (FROM_DOCUMENTS, AUTHORITY))
            kept = tuple(each for each in case.offered if each not in offered)
            return at(replace(landed, offered=(*offered, *kept)), Papers(lacking)), ()
        case SendRefused(refusal=refusal):
            return at(landed, Closing(refusal)), ()
        case Admitted(version=version, state=state, pins=pins):
            known = tuple(_PINS[each] for each in pins if each in _PINS)
            only = known[0] if len(known) == 1 else None
            return at(replace(moved(landed, version, state), pins=known, pin_setting=only), Ready()), ()
        case Sent(version=version, state=state):
            return _next(replace(moved(landed, version, state), todo=case.todo[1:]))


def _next(case: HandOverCase) -> Done:
    if case.todo:
        return _send(case, case.todo[0])
    assert case.pin_setting is not None
    slip = PrintDone(case.number, case.mark, case.pin_setting.value)
    returned = (IntoCustody(CustodyKind.RETURNED_CARD, case.mark),) if case.old_card is OldCard.HANDED_IN else ()
    return at(case, Delivered()), (slip, *returned)


def _send(case: HandOverCase, doing: Doing) -> Done:
    flight = Flight(case.flights + 1, doing)
    return replace(case, flight=flight, flights=flight.number), (_effect(case, flight),)


def _effect(case: HandOverCase, flight: Flight) -> Send:
    assert case.waiting is not None, "a card was found first"
    return Send(case.number, flight.number, flight.doing, case.waiting.application, case.waiting.version)


def moved(case: HandOverCase, version: int, state: str) -> HandOverCase:
    """The application stands there now."""
    assert case.waiting is not None
    return replace(case, waiting=replace(case.waiting, version=version, state=state))
