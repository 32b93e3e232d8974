"""Applying for an enrolment (利用登録申請): what is asked, one thing after the other, then the card proves it and the
server gives a number. What is typed stays in the visit and goes with it."""

from dataclasses import replace
from datetime import date

from kiosk.flow import typing
from kiosk.flow.change import Step, go, stay, visit_of, with_visit
from kiosk.flow.claims import ENROLMENT_FIELDS, Claims, EnrolmentField
from kiosk.flow.effects import SendEnrolment, ServerCall
from kiosk.flow.ending import decline, enrolled
from kiosk.flow.events import EnrolmentTaken, Refused
from kiosk.flow.retry import try_again
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Enrol, OfferEnrolment, ReviewEnrolment
from kiosk.flow.state import Terminal
from kiosk.flow.typing import Typed
from kiosk.flow.values.trouble import DeclineReason
from koufu.evidence.enrolment import is_phone, is_plain
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_enrolment_number
from koufu.evidence.words import RefusalReason

LIMITS = {
    EnrolmentField.DOMICILE: 60,
    EnrolmentField.HEAD: 30,
    EnrolmentField.NAME: 30,
    EnrolmentField.BORN: 8,
    EnrolmentField.PHONE: 13,
    EnrolmentField.FORMER: 19,
}
"""How many signs each may have at most."""

_KANA = frozenset({EnrolmentField.DOMICILE, EnrolmentField.HEAD, EnrolmentField.NAME})


def begin(state: Terminal) -> Step:
    """The first thing that is asked; what was typed before is there still."""
    visit = visit_of(state)
    state = with_visit(state, replace(visit, claims=visit.claims or Claims()))
    return _ask(state, ENROLMENT_FIELDS[0])


def tapped(state: Terminal, scene: Enrol, key: int) -> Step:
    """One of the twelve keys."""
    if not 0 <= key < typing.KEYS:
        return stay(state)
    return go(state, replace(scene, typed=pressed(scene, key)))


def pressed(scene: Enrol, key: int) -> Typed:
    """What is typed after that key."""
    press = typing.figure if scene.figures else typing.kana
    return press(scene.typed, key, LIMITS[scene.field])


def settled(state: Terminal, scene: Enrol) -> Step:
    """The same key again is a new sign."""
    return go(state, replace(scene, typed=typing.settled(scene.typed)))


def erased(state: Terminal, scene: Enrol) -> Step:
    """One sign less."""
    return go(state, replace(scene, typed=typing.erased(scene.typed)))


def other_signs(state: Terminal, scene: Enrol) -> Step:
    """Kana or figures, where both may stand."""
    if not mixed(scene.field):
        return stay(state)
    return go(state, replace(scene, figures=not scene.figures, typed=typing.settled(scene.typed)))


def taken(state: Terminal, scene: Enrol) -> Step:
    """On to what is asked next, once this can be meant."""
    if not can_be_meant(scene.field, scene.typed.text):
        return stay(state)
    visit = visit_of(state)
    claims = (visit.claims or Claims()).having(scene.field, scene.typed.text)
    state = with_visit(state, replace(visit, claims=claims))
    at = ENROLMENT_FIELDS.index(scene.field) + 1
    return go(state, ReviewEnrolment()) if at == len(ENROLMENT_FIELDS) else _ask(state, ENROLMENT_FIELDS[at])


def back(state: Terminal, scene: Enrol) -> Step:
    """To what was asked before; it is kept."""
    at = ENROLMENT_FIELDS.index(scene.field)
    return _ask(state, ENROLMENT_FIELDS[at - 1]) if at else go(state, OfferEnrolment(RefusalReason.NOT_ENROLLED))


def change(state: Terminal) -> Step:
    """Back from the review to the last thing that was asked."""
    return _ask(state, ENROLMENT_FIELDS[-1])


def proven(state: Terminal) -> Step:
    """It goes up."""
    return stay(state, SendEnrolment(visit_of(state).attempt))


def refused(state: Terminal, event: Refused) -> Step:
    """The server does not take it."""
    return decline(state, event.reason, event.kind, event.window)


def failed(state: Terminal, rules: SiteRules) -> Step:
    """No answer: the same bytes may go up again, and get the same number."""
    return try_again(state, ServerCall.APPLY, rules) or decline(state, DeclineReason.SERVER_AWAY)


def again(state: Terminal) -> Step:
    """The same bytes once more."""
    visit = visit_of(state)
    return stay(with_visit(state, replace(visit, awaited=None)), SendEnrolment(visit.attempt))


def numbered(state: Terminal, event: EnrolmentTaken) -> Step:
    """It stands: the number on the screen and on a slip, and everything else is erased."""
    return enrolled(state, event.number)


def mixed(field: EnrolmentField) -> bool:
    """Whether kana and figures may both stand in it."""
    return field is EnrolmentField.DOMICILE


def can_be_meant(field: EnrolmentField, text: str) -> bool:
    """Whether what was typed can be what is asked."""
    match field:
        case EnrolmentField.BORN:
            return day_of(text) is not None
        case EnrolmentField.PHONE:
            return is_phone(text)
        case EnrolmentField.FORMER:
            return not text or _is_number(text)
        case _:
            return is_plain(text, LIMITS[field])


def day_of(text: str) -> date | None:
    """A date typed as eight figures."""
    try:
        return date(int(text[:4]), int(text[4:6]), int(text[6:])) if len(text) == len("YYYYMMDD") else None
    except ValueError:
        return None


def _is_number(text: str) -> bool:
    try:
        parse_enrolment_number(text)
    except MalformedEvidence:
        return False
    return True


def _ask(state: Terminal, field: EnrolmentField) -> Step:
    claims = visit_of(state).claims or Claims()
    return go(state, Enrol(field, Typed(claims.of(field)), figures=field not in _KANA))
