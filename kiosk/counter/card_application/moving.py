"""From one step of a card application to the next, and back. Pure."""

from dataclasses import replace

from kiosk.counter.card_application.case import SCENES, CardCase, at
from kiosk.counter.card_application.effects import ClearPad, LeaveCamera, ShowForm, WatchCamera
from kiosk.counter.card_application.ready import ready
from kiosk.counter.card_application.scenes import (
    Begin,
    ByCard,
    Check,
    Delivery,
    Filling,
    Identity,
    Intent,
    NotHere,
    PhotoScene,
    PinForm,
    Quick,
    Scene,
    SentScene,
    Signing,
    Stopped,
    Who,
    X509s,
)
from kiosk.counter.card_application.words import ORDER, Step
from kiosk.counter.case import CaseDoes

Done = tuple[CardCase, tuple[CaseDoes, ...]]
"""The case as it is next, and what is to be done."""


def step_of(scene: Scene) -> Step | None:
    """To which step a scene belongs."""
    match scene:
        case Begin() | NotHere() | Who() | ByCard() | Quick():
            return Step.WHO
        case Intent():
            return Step.INTENT
        case Identity():
            return Step.IDENTITY
        case Filling():
            return Step.FORM
        case X509s():
            return Step.X509
        case PhotoScene():
            return Step.PHOTO
        case Signing():
            return Step.SIGNATURE
        case PinForm():
            return Step.PIN_FORM
        case Delivery():
            return Step.DELIVERY
        case Check():
            return Step.CHECK
        case SentScene() | Stopped():
            return None


def to_step(case: CardCase, step: Step) -> Done:
    """A step begins, or is looked at again."""
    case = at(case, SCENES[step])
    if step is Step.PHOTO:
        return (case, (WatchCamera(case.number),)) if case.photo_wanted else (case, ())
    if step is Step.CHECK and case.mirror.form is not None and case.mirror.form == case.form():
        return case, (ShowForm(case.number, case.mirror.application, case.municipality),)
    return case, ()


def go_on(case: CardCase) -> Done:
    """The step is done when it has what it asks for; then comes the next that is not, or the check of all."""
    step = step_of(case.scene)
    if step is None or step is Step.CHECK or not ready(case, step):
        return case, ()
    case = replace(case, done=case.done | {step}, problem=None)
    later = ORDER[ORDER.index(step) + 1 :]
    following = next((each for each in later if each not in case.done), Step.CHECK)
    return to_step(case, following)


def go_back(case: CardCase) -> Done:
    """The step before; what was answered stays."""
    match case.scene:
        case Begin() | NotHere() | SentScene() | Stopped():
            return case, ()
        case Intent(page=page) if page:
            return at(case, Intent(page - 1)), ()
        case Filling(confirming=True):
            return at(case, Filling()), ()
        case Quick():
            return at(case, Who()), ()
        case ByCard(busy=busy):
            return (case, ()) if busy else (at(case, Who()), (ClearPad(case.number),))
        case Who():
            return (case, ()) if case.mirror.application else (at(case, Begin(listed=())), ())
        case _:
            pass
    step = step_of(case.scene)
    assert step is not None, "every other scene belongs to one"
    leaving = (LeaveCamera(case.number),) if isinstance(case.scene, PhotoScene) else ()
    before = ORDER[max(0, ORDER.index(step) - 1)]
    case, does = to_step(case, before)
    return case, (*leaving, *does)
