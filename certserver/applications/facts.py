"""What becomes known of an application between its moves: who may tell it and when, and what it makes of the
application. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import Enum

from certserver.applications.form import Form, born, is_complete, wrong_fields
from certserver.applications.form_today import wrong_today
from certserver.applications.identity import IdentityPolicy, Proven, ShownDocument, prove_identity
from certserver.applications.mail_delivery import MailKind
from certserver.applications.moving import Sight, sight, waits_at_reception
from certserver.applications.photo_measures import wants_photo
from certserver.applications.states import Actor, CardApplication, OldCard, PhotoState, Reason, Role, State
from koufu.applying.words import Comer


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told; None leaves it as it was. `form` is all of it anew. `card_pin_right`: the card that the applicant
    has now was there and its PIN right."""

    form: Form | None = field(default=None, repr=False)
    shown: tuple[ShownDocument, ...] | None = None
    card_pin_right: bool = False
    photo: PhotoState | None = None
    pin_form_sealed: bool | None = None
    old_card: OldCard | None = None
    mail_kind: MailKind | None = None
    taker: Comer | None = None
    activated: bool | None = None
    form_id: str | None = field(default=None, repr=False)


class FactRefusal(Enum):
    """Why something is not taken as known."""

    NOT_NOW = "not-now"
    """Not by this role, or not where the application stands."""
    WRONG_FIELDS = "wrong-fields"
    NOT_PROVEN = "not-proven"
    """The documents that were shown prove nobody's identity here."""
    NO_PHOTO = "no-photo"
    """None is attached."""
    NO_PHOTO_WANTED = "no-photo-wanted"
    """Under one year."""
    PHOTO_WANTED = "photo-wanted"
    """Not under one year, or the day of birth is not told yet."""
    NO_EXCEPTION = "no-exception"
    """A photo by an exception, and the form names no category of it."""


@dataclass(frozen=True, slots=True)
class NotTaken:
    """The application stays as it is; `wrong` are the fields of the form that are."""

    reason: FactRefusal
    wrong: tuple[str, ...] = ()


_AT_INTAKE = frozenset({"form", "photo", "pin_form_sealed", "old_card", "mail_kind"})
_IDENTITY = frozenset({"shown", "card_pin_right"})
_AT_HAND_OVER = frozenset({"old_card", "mail_kind", "taker", "activated"})
_HANDED_OVER_FROM = frozenset(
    {*(State.CARD_AT_MUNICIPALITY, State.SET_UP, State.RETURNED_TO_SENDER, State.NOTICE_SENT, State.RESERVED)}
)


def told(facts: Facts) -> frozenset[str]:
    """Which facts are told."""
    said = {each.name for each in fields(facts) if getattr(facts, each.name) is not None}
    return frozenset(said if facts.card_pin_right else said - {"card_pin_right"})


def may_tell(application: CardApplication, actor: Actor) -> frozenset[str]:
    """Which facts somebody may tell now. Only helpers never tell what proves an identity."""
    if actor.role is Role.SERVER:
        return frozenset({"form_id"}) if application.state is State.APPROVED else frozenset()
    if actor.role is Role.CARD_MAKER:
        set_up = application.state is State.SET_UP_AT_MAKER
        return frozenset({"activated", "mail_kind"}) if set_up else frozenset()
    if sight(application, actor) is not Sight.ALL:
        return frozenset()
    may: frozenset[str] = frozenset()
    if waits_at_reception(application, actor):
        may |= _AT_INTAKE if actor.role is Role.HELPER else _AT_INTAKE | _IDENTITY
    by_residence = actor.role is Role.OFFICER and actor.municipality == application.residence_municipality
    if by_residence and application.state in _HANDED_OVER_FROM:
        may |= _AT_HAND_OVER
    return may


def known(
    application: CardApplication,
    form: Form,
    facts: Facts,
    actor: Actor,
    day: date,
    *,
    has_photo: bool,
    policy: IdentityPolicy | None = None,
) -> CardApplication | NotTaken:
    """The application after facts were told on a day in Japan, or why they are not taken. `form` is what stood there;
    `has_photo` whether a photo is attached."""
    names = told(facts)
    if not names or not names <= may_tell(application, actor):
        return NotTaken(FactRefusal.NOT_NOW)
    after = form if facts.form is None else facts.form
    if wrong := wrong_fields(after) or (wrong_today(after, day) if facts.form is not None else ()):
        return NotTaken(FactRefusal.WRONG_FIELDS, wrong)
    if facts.photo is not None:
        refusal = _PHOTO[facts.photo](after, day, has_photo)
        if refusal is not None:
            return NotTaken(refusal)
    combination = application.combination
    if facts.shown is not None:
        found = prove_identity(facts.shown, policy or IdentityPolicy(), day, card_pin_right=facts.card_pin_right)
        if not isinstance(found, Proven):
            return NotTaken(FactRefusal.NOT_PROVEN)
        combination = found.by
    return replace(
        application,
        combination=combination,
        form_complete=application.form_complete if facts.form is None else is_complete(after),
        photo=facts.photo or application.photo,
        pin_form_sealed=application.pin_form_sealed if facts.pin_form_sealed is None else facts.pin_form_sealed,
        old_card=facts.old_card or application.old_card,
        mail_kind=facts.mail_kind or application.mail_kind,
        taker=facts.taker or application.taker,
        activated=application.activated if facts.activated is None else facts.activated,
        form_id=facts.form_id or application.form_id,
    )


def missing_again(application: CardApplication, reason: Reason | None) -> CardApplication:
    """What came back is not there any more until it is told anew: what was found wanting passes no second time
    unseen."""
    change = _MISSING.get(reason) if reason is not None else None
    return application if change is None else change(application)


def _fit(form: Form, day: date, has_photo: bool) -> FactRefusal | None:
    birth = born(form)
    if birth is not None and not wants_photo(birth, day):
        return FactRefusal.NO_PHOTO_WANTED
    return None if has_photo else FactRefusal.NO_PHOTO


def _exception(form: Form, day: date, has_photo: bool) -> FactRefusal | None:
    refusal = _fit(form, day, has_photo)
    return FactRefusal.NO_EXCEPTION if refusal is None and "photo-exception" not in form else refusal


def _none_wanted(form: Form, day: date, _has_photo: bool) -> FactRefusal | None:
    birth = born(form)
    return FactRefusal.PHOTO_WANTED if birth is None or wants_photo(birth, day) else None


_PHOTO: Mapping[PhotoState, Callable[[Form, date, bool], FactRefusal | None]] = {
    PhotoState.MISSING: lambda _form, _day, _has_photo: None,
    PhotoState.FIT: _fit,
    PhotoState.EXCEPTION: _exception,
    PhotoState.NONE_WANTED: _none_wanted,
}


def _unknown_again(application: CardApplication) -> CardApplication:
    return replace(application, combination=None, identity=None)


_MISSING: Mapping[Reason, Callable[[CardApplication], CardApplication]] = {
    Reason.PHOTO: lambda application: replace(application, photo=PhotoState.MISSING),
    Reason.FORM: lambda application: replace(application, form_complete=False),
    Reason.SIGNATURE: lambda application: replace(application, form_complete=False),
    Reason.PIN_FORM: lambda application: replace(application, pin_form_sealed=False),
    Reason.IDENTITY: _unknown_again,
    # Whoever comes again with a paper is somebody who is known there by documents.
    Reason.EVIDENCE: _unknown_again,
}
