"""The check of all, sending, the receipt; and how a case ends without."""

from dataclasses import replace

from kiosk.counter.card_application import sync
from kiosk.counter.card_application.case import CardCase, at
from kiosk.counter.card_application.effects import LeaveCamera, PrintForm, PrintReceipt, ShowForm
from kiosk.counter.card_application.events import Chosen, FormPrinted, FormShown, Heard, Key, Touched
from kiosk.counter.card_application.moving import Done, to_step
from kiosk.counter.card_application.scenes import Check, PhotoScene, SentScene, Stopped
from kiosk.counter.card_application.words import OldCard, Route, Step
from kiosk.counter.case import IntoCustody
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.slips import Slip, SlipSettled


def heard(case: CardCase, event: Heard) -> Done | None:
    """What the last scenes make of it; None when it is none of their own."""
    match case.scene:
        case Check():
            return _at_check(case, case.scene, event)
        case SentScene():
            return _at_sent(case, case.scene, event)
        case Stopped():
            return _at_stopped(case, case.scene, event)
        case _:
            return None


def silent(case: CardCase) -> CardCase:
    """The form can't be fetched or printed."""
    if isinstance(case.scene, Check) and case.scene.printing is Slip.PRINTING:
        return at(case, replace(case.scene, printing=Slip.FAILED))
    return case


def stop(case: CardCase, *, declined: bool) -> Done:
    """Nothing comes of it. A draft at the server is withdrawn."""
    if isinstance(case.scene, (SentScene, Stopped)) or (case.flight is not None and not case.flight.away):
        return case, ()
    leaving = (LeaveCamera(case.number),) if isinstance(case.scene, PhotoScene) else ()
    opened = bool(case.mirror.application)
    return replace(at(case, Stopped(declined, withdrawing=opened)), sending=False, flight=None), leaving


def sent(case: CardCase) -> Done:
    """It is with the municipality."""
    case = replace(at(case, SentScene()), sending=False)
    return case, (PrintReceipt(case.number, case.mirror, case.granted, case.route.value), *_kept_here(case))


def _kept_here(case: CardCase) -> tuple[IntoCustody, ...]:
    """What the resident leaves at the counter. Of one that came back it was left the first time, but for a sealed form
    that was found wanting."""
    again = case.returned_for
    sealed = case.route is Route.MAIL and case.answer("pin-form") == "sealed" and again in ("", "pin-form")
    card = case.answer("old-card") == OldCard.HANDED_IN.value and not again
    form = (IntoCustody(CustodyKind.SEALED_PIN_FORM, case.mark),) if sealed else ()
    return (*form, IntoCustody(CustodyKind.RETURNED_CARD, case.mark)) if card else form


def _at_check(case: CardCase, scene: Check, event: Heard) -> Done | None:
    match event:
        case Touched(Key.SEND | Key.AGAIN) if not sync.missing(case):
            return replace(case, sending=True, problem=None), ()
        case Touched(Key.SEND):
            return at(case, replace(scene, missing=tuple(step.value for step in sync.missing(case)))), ()
        case Touched(Key.READ_AGAIN) if case.mirror.application:
            return case, (ShowForm(case.number, case.mirror.application, case.municipality),)
        case Touched(Key.PRINT_FORM) if case.mirror.application:
            wants = PrintForm(case.number, case.mirror.application, case.municipality)
            return at(case, replace(scene, printing=Slip.PRINTING)), (wants,)
        case FormShown(pages=pages, serial=serial, fields=fields):
            return at(case, replace(scene, pages=pages, serial=serial, unprintable=fields)), ()
        case FormPrinted(out=out):
            return at(case, replace(scene, printing=Slip.OUT if out else Slip.FAILED)), ()
        case Chosen("step", value) if value in {step.value for step in Step} and not case.sending:
            return to_step(case, Step(value))
        case _:
            return None


def _at_sent(case: CardCase, scene: SentScene, event: Heard) -> Done | None:
    match event:
        case SlipSettled():
            return at(case, replace(scene, slip=event.slip)), ()
        case Touched(Key.AGAIN) if scene.slip is not Slip.PRINTING:
            printing = PrintReceipt(case.number, case.mirror, case.granted, case.route.value)
            return at(case, SentScene()), (printing,)
        case Touched(Key.FINISH) if scene.slip is not Slip.PRINTING:
            return replace(case, over=True), ()
        case _:
            return case, ()


def _at_stopped(case: CardCase, scene: Stopped, event: Heard) -> Done | None:
    match event:
        case Touched(Key.FINISH) if not scene.withdrawing or (case.flight is not None and case.flight.away):
            return replace(case, over=True), ()
        case _:
            return case, ()
