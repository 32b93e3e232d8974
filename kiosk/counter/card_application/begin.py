"""The first step: what they came for and who came, by the rules of the place; then who it is, by the register; for
express issuance its ground. Or an application that waits here, taken up again."""

from collections.abc import Mapping
from dataclasses import replace
from enum import Enum

from kiosk.counter.card_application.case import CardCase, answered, at, with_answers
from kiosk.counter.card_application.effects import (
    AskAllowed,
    AskExpress,
    ClearPad,
    Find,
    FindByCard,
    ListHere,
    PrintGuidance,
    TakeUp,
)
from kiosk.counter.card_application.events import (
    AllowedAnswered,
    CardSaidNothing,
    Chosen,
    ExpressAnswered,
    FindAnswered,
    Heard,
    HereListed,
    Key,
    TakenUp,
    Touched,
    WaitingChosen,
)
from kiosk.counter.card_application.moving import Done, go_on, to_step
from kiosk.counter.card_application.ready import may_ask, may_ask_express, may_find, municipality_of
from kiosk.counter.card_application.scenes import Begin, ByCard, NotHere, Quick, Stopped, Who
from kiosk.counter.card_application.sync import express_answers
from kiosk.counter.card_application.values import Asked, Granted, Mirror, Resident
from kiosk.counter.card_application.words import ORDER, YES, AffirmedBy, Procedure, Route, Step
from kiosk.counter.documents import day_of
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import Slip, SlipSettled
from kiosk.counter.staff import Role
from koufu.applying.words import Comer

PIN_DIGITS = 4
ANOTHER_IS_OPEN = "another-is-open"
NEEDS_REPRESENTATIVE = "needs-representative"
"""Under 15 and alone: the counter's own word, told before the server is asked anything more."""

_HELPS = "form-support"
_OF_REASON = {
    "photo": Step.PHOTO,
    "form": Step.FORM,
    "signature": Step.SIGNATURE,
    "pin-form": Step.PIN_FORM,
    "identity": Step.IDENTITY,
    "evidence": Step.IDENTITY,
}


_WORDS: Mapping[str, type[Enum]] = {"procedure": Procedure, "comer": Comer, "route": Route}


def _is_word(name: str, value: str) -> bool:
    """Whether it is one of the words there are for this answer."""
    return name not in _WORDS or value in {each.value for each in _WORDS[name]}


def heard(case: CardCase, event: Heard) -> Done | None:
    """What this step makes of it; None when it is none of its own."""
    match case.scene, event:
        case Begin(), _:
            return _at_begin(case, case.scene, event)
        case NotHere(), SlipSettled():
            return at(case, replace(case.scene, slip=event.slip)), ()
        case NotHere(), Touched(Key.FINISH):
            return replace(case, over=True), ()
        case NotHere(), Touched(Key.AGAIN) if case.scene.slip is Slip.FAILED:
            return _slip(case, case.scene)
        case Who(), _:
            return _at_who(case, case.scene, event)
        case ByCard(), _:
            return _by_card(case, case.scene, event)
        case Quick(), _:
            return _at_quick(case, case.scene, event)
        case _:
            return None


def silent(case: CardCase) -> CardCase:
    """The server did not answer what was asked."""
    match case.scene:
        case Begin():
            return at(case, replace(case.scene, busy=False, away=True, listed=case.scene.listed or ()))
        case Who():
            return at(case, Who(problem="away"))
        case ByCard():
            return at(case, ByCard(problem="away"))
        case Quick():
            return at(case, replace(case.scene, busy=False, problem="away"))
        case _:
            return case


def asked(case: CardCase) -> Asked:
    """What the rules of the place are asked: whoever only helps takes nothing in, and fills in a draft."""
    helps = case.staff.role is Role.HELPER and case.procedure is Procedure.ORDINARY
    return Asked(_HELPS if helps else case.procedure.value, case.comer or Comer.PERSON, case.lives_elsewhere)


def _at_begin(case: CardCase, scene: Begin, event: Heard) -> Done | None:
    match event:
        case HereListed(listed=listed):
            return at(case, replace(scene, listed=listed or (), away=listed is None)), ()
        case Chosen(("procedure" | "comer" | "residence") as name, value) if not scene.busy and _is_word(name, value):
            return with_answers(case, {name: value}), ()
        case Touched(Key.NEXT) if may_ask(case) and not scene.busy:
            return at(case, replace(scene, busy=True, away=False)), (AskAllowed(case.number, asked(case)),)
        case Touched(Key.AGAIN):
            return at(case, replace(scene, listed=None, away=False)), (ListHere(case.number),)
        case Touched(Key.FINISH):
            return replace(case, over=True), ()
        case AllowedAnswered(refusal=None) if scene.busy:
            return at(case, Who()), ()
        case AllowedAnswered(refusal=refusal) if scene.busy and refusal is not None:
            return refused_here(case, refusal)
        case WaitingChosen(listed) if listed.waits_here and not scene.busy:
            wants = TakeUp(case.number, listed.municipality, listed.application)
            case = replace(case, municipality=listed.municipality)
            return at(case, replace(scene, busy=True, away=False)), (wants,)
        case TakenUp(mirror=mirror) if scene.busy:
            return _taken_up(case, mirror)
        case _:
            return case, ()


def refused_here(case: CardCase, refusal: Refusal) -> Done:
    """It may not be done here: where to go, on a slip."""
    return _slip(case, NotHere(refusal, asked(case)))


def _slip(case: CardCase, scene: NotHere) -> Done:
    return at(case, replace(scene, slip=Slip.PRINTING)), (PrintGuidance(case.number, scene.refusal, scene.asked),)


def _at_who(case: CardCase, scene: Who, event: Heard) -> Done | None:
    match event:
        case Touched(Key.AGAIN | Key.SCAN) if may_find(case) and not scene.busy:
            case = answered(case, by_own_card="")
            case = replace(case, municipality=municipality_of(case))
            name, born = case.answer("search-name").strip(), day_of(case.answer("search-born"))
            wants = Find(case.number, name, born, case.municipality)
            return replace(at(case, Who(busy=True)), resident=None, granted=None), (wants,)
        case FindAnswered(found=Resident() as found) if scene.busy:
            return _found(case, found)
        case FindAnswered(found=Refusal() as refusal) if scene.busy:
            if refusal.instead:
                return refused_here(case, refusal)
            return at(case, Who(problem=refusal.reason)), ()
        case Touched(Key.NEXT) if case.resident is not None and not scene.busy:
            if case.procedure is Procedure.EXPRESS:
                return at(case, Quick(granted=case.granted)), ()
            return go_on(case)
        case Touched(Key.BY_CARD) if not scene.busy and not case.lives_elsewhere:
            return replace(at(case, ByCard()), resident=None, granted=None), (ClearPad(case.number),)
        case Chosen("route", value) if _is_word("route", value):
            return answered(case, route=value), ()
        case _:
            return None


def pin_typed(case: CardCase, count: int) -> CardCase:
    """So many digits are on the resident's pad."""
    if isinstance(case.scene, ByCard) and not case.scene.busy:
        return at(case, replace(case.scene, digits=count, problem="" if count else case.scene.problem))
    return case


def _by_card(case: CardCase, scene: ByCard, event: Heard) -> Done | None:
    match event:
        case Touched(Key.PIN_ENTERED) if scene.digits == PIN_DIGITS and not scene.busy:
            return at(case, ByCard(busy=True)), (FindByCard(case.number),)
        case CardSaidNothing(why=why, tries_left=tries_left) if scene.busy:
            return at(case, ByCard(problem=why, tries_left=tries_left)), ()
        case FindAnswered(found=Resident() as found) if scene.busy:
            return _found(answered(case, by_own_card=YES), found)
        case FindAnswered(found=Refusal() as refusal) if scene.busy:
            if refusal.instead:
                return refused_here(case, refusal)
            return at(case, Who(problem=refusal.reason)), ()
        case Touched(Key.NEXT):
            return case, ()
        case _:
            return None


def _found(case: CardCase, found: Resident) -> Done:
    if found.open_application:
        return refused_here(case, Refusal(ANOTHER_IS_OPEN, state=found.open_state))
    if found.needs_representative and case.comer is not Comer.LEGAL_REPRESENTATIVE:
        return refused_here(case, Refusal(NEEDS_REPRESENTATIVE))
    case = with_answers(case, dict(found.fields))
    if found.move_planned:
        case = answered(case, change_planned="yes")
    return replace(at(case, Who()), resident=found, photo="missing" if found.photo_wanted else "none-wanted"), ()


def _at_quick(case: CardCase, scene: Quick, event: Heard) -> Done | None:
    match event:
        case Chosen(("express-ground" | "express-weighed" | "change-planned") as name, value) if not scene.busy:
            return replace(at(with_answers(case, {name: value}), Quick()), granted=None), ()
        case Touched(Key.AGAIN) if may_ask_express(case):
            case = answered(
                case,
                express_happened_on=day_of(case.answer("happened-text")),
                express_last_card=day_of(case.answer("last-card-text")),
            )
            assert case.resident is not None, "whose card it is was found before"
            return at(case, Quick(busy=True)), (AskExpress(case.number, case.resident.key, express_answers(case)),)
        case ExpressAnswered(answer=Granted() as granted) if scene.busy:
            return replace(at(case, Quick(granted=granted)), granted=granted), ()
        case ExpressAnswered(answer=Refusal() as refusal) if scene.busy:
            if refusal.instead:
                return refused_here(case, refusal)
            return at(case, Quick(refusal=refusal)), ()
        case _:
            return None


def _taken_up(case: CardCase, mirror: Mirror | None) -> Done:
    if mirror is None:
        # It went on somewhere else: where it stands, the list says.
        return at(case, Begin()), (ListHere(case.number),)
    form = dict(mirror.form or ())
    comer = Comer.LEGAL_REPRESENTATIVE if form.get("who-came") == "with-representative" else Comer.PERSON
    case = with_answers(case, form)
    case = answered(
        case,
        procedure=(Procedure.EXPRESS if mirror.express else Procedure.ORDINARY).value,
        comer=comer.value,
        old_card=mirror.old_card,
        pin_form="sealed" if mirror.pin_form_sealed else "",
        route=mirror.route,
        affirmed=YES if form.get("intent-affirmed-by") == AffirmedBy.OWN_KEY.value else "",
        declined=YES if form.get("intent-affirmed-by") == AffirmedBy.DECLINED.value else "",
    )
    resident = Resident("", (), mirror.needs_representative, mirror.photo_wanted)
    came_back = mirror.reason if mirror.state in ("returned", "maker-defect") else ""
    case = replace(case, mirror=mirror, resident=resident, photo=mirror.photo, again=True, returned_for=came_back)
    if mirror.form is None or not {"name", "born"} <= form.keys():
        # Left before the form was told: nothing of what was typed is at the server. It is withdrawn and begun anew.
        return replace(at(case, Stopped(declined=case.declined, withdrawing=True)), done=frozenset()), ()
    wanting = _OF_REASON.get(came_back)
    # Whoever said No is asked before anything else goes on.
    held = frozenset({Step.INTENT}) if case.declined else frozenset[Step]()
    gone = _gone_through(mirror, form) - held
    first = next(iter(held), None) or wanting or next((each for each in ORDER if each not in gone), Step.CHECK)
    if first is Step.PHOTO:
        # Of another picture everything is decided anew.
        case = answered(case, photo_exception="", photo_exception_reason="", photo_findings="", photo_overruled="")
    done = frozenset(ORDER) - held - {Step.CHECK, wanting} if wanting else gone
    return to_step(replace(case, done=done), first)


def _gone_through(mirror: Mirror, form: Mapping[str, str]) -> frozenset[Step]:
    """Steps of which the server has all that they settle. Others are gone through again, with what was typed there."""
    if mirror.state not in ("draft", "identity-checked"):
        return frozenset(ORDER) - {Step.CHECK}
    photo, signed = mirror.photo != "missing", "signature-kind" in form
    evidence = {
        Step.WHO: True,
        Step.INTENT: "intent-expressed-by" in form,
        Step.IDENTITY: mirror.identity_checked,
        Step.FORM: photo or signed,
        Step.X509: photo or signed,
        Step.PHOTO: photo,
        Step.SIGNATURE: signed,
        Step.PIN_FORM: mirror.pin_form_sealed,
        Step.DELIVERY: "copy-consent" in form,
    }
    return frozenset(step for step, there in evidence.items() if there)
