"""Whether a step has all that it asks for, so that the next may come: what the window says by its key. What is right
and what is enough, the server says. Pure."""

from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.scenes import Identity, PhotoScene, Quick
from kiosk.counter.card_application.words import Ground, Occasion, OldCard, Procedure, Route, Signature, Step
from kiosk.counter.documents import day_of
from koufu.applying.letters import fits_braille, fits_substitute
from koufu.applying.words import Comer

CODE_DIGITS = 6


def may_ask(case: CardCase) -> bool:
    """Whether the rules of the place can be asked."""
    return case.comer is not None and bool(case.answer("procedure")) and bool(case.answer("residence"))


def may_find(case: CardCase) -> bool:
    """Whether somebody can be looked for."""
    told = bool(case.answer("search-name").strip()) and bool(day_of(case.answer("search-born")))
    return told and (not case.lives_elsewhere or bool(municipality_of(case)))


def municipality_of(case: CardCase) -> str:
    """The code of 6 digits of another municipality, in whose register somebody is; empty where it is none."""
    code = case.answer("search-municipality").strip() if case.lives_elsewhere else ""
    return code if len(code) == CODE_DIGITS and code.isdecimal() and code.isascii() else ""


def ready(case: CardCase, step: Step) -> bool:
    """Whether a step is gone through."""
    match step:
        case Step.WHO:
            return _who(case)
        case Step.INTENT:
            return bool(case.answer("intent-expressed-by")) and not case.declined
        case Step.IDENTITY:
            busy = isinstance(case.scene, Identity) and bool(case.scene.scanning)
            return bool(case.documents) and all(each.scan for each in case.documents) and not busy
        case Step.FORM:
            return not wrong(case)
        case Step.PHOTO:
            return _photo(case)
        case Step.SIGNATURE:
            return _signed(case)
        case Step.PIN_FORM:
            return _pin_form(case)
        case Step.DELIVERY:
            return _delivery(case)
        case Step.X509 | Step.CHECK:
            return True


def wrong(case: CardCase) -> frozenset[str]:
    """Fields of the form that can't stay as they are."""
    found: set[str] = set()
    if case.answer("phone") and not _is_phone(case.answer("phone")):
        found.add("phone")
    if case.answer("braille-name") and not fits_braille(case.answer("braille-name")):
        found.add("braille-name")
    if case.answer("substitute-characters") and not fits_substitute(case.answer("substitute-characters")):
        found.add("substitute-characters")
    if case.young:
        found |= {name for name in ("representative-name", "representative-relation") if not case.answer(name).strip()}
    return frozenset(found)


def _is_phone(text: str) -> bool:
    return text.isascii() and all(each.isdigit() or each in "-+ ()" for each in text)


def _who(case: CardCase) -> bool:
    if case.resident is None or (not case.answer("route") and case.procedure is Procedure.ORDINARY):
        return False
    if case.procedure is Procedure.EXPRESS:
        return case.granted is not None
    return not case.young or case.comer is Comer.LEGAL_REPRESENTATIVE


def may_ask_express(case: CardCase) -> bool:
    """Whether the server can be asked about express issuance."""
    busy = isinstance(case.scene, Quick) and case.scene.busy
    last = case.answer("last-card-text")
    return (
        not busy
        and bool(case.answer("express-ground"))
        and bool(day_of(case.answer("happened-text")))
        and (not last or bool(day_of(last)))
        and bool(case.answer("change-planned"))
    )


def _photo(case: CardCase) -> bool:
    if not case.photo_wanted:
        return True
    return isinstance(case.scene, PhotoScene) and case.scene.taken is not None and not case.scene.busy


def _signed(case: CardCase) -> bool:
    kind = case.answer("signature-kind")
    if not kind:
        return False
    return kind == Signature.HANDWRITTEN.value or bool(case.answer("signature-sealed"))


def _pin_form(case: CardCase) -> bool:
    if not case.answer("old-card"):
        return False
    return case.route is Route.COUNTER or case.answer("pin-form") == "sealed"


def _delivery(case: CardCase) -> bool:
    if case.route is Route.COUNTER:
        return True
    asked = ("change-planned", "forwarding", "pin-consent", "copy-consent")
    wanted = asked if case.procedure is Procedure.EXPRESS else (*asked, "occasion")
    return all(case.answer(name) for name in wanted)


def against_mail(case: CardCase) -> tuple[str, ...]:
    """What was answered that speaks against the mail: the server decides, the window shows where it lies."""
    found: list[str] = []
    if case.route is Route.MAIL:
        found += [name for name in ("change-planned", "forwarding") if case.answer(name) == "yes"]
        found += [name for name in ("pin-consent", "copy-consent") if case.answer(name) == "no"]
        if case.answer("old-card") == OldCard.TO_HAND_IN.value:
            found.append("old-card")
    return tuple(found)


def replaces_card(case: CardCase) -> bool:
    """Whether somebody applies who has, or had, a card: what was put into its chip besides, such as a driving licence,
    the new one does not take over."""
    had_one = case.answer("old-card") not in ("", OldCard.NONE.value)
    again = case.answer("occasion") not in ("", Occasion.FIRST.value)
    return had_one or again or case.answer("express-ground") in _HAD_A_CARD


_HAD_A_CARD = {each.value for each in (Ground.LOST, Ground.NUMBER_CHANGED, Ground.DAMAGED, Ground.ANNOTATIONS_FULL)}
