"""What stands on the application form (交付申請書) beside what moves an application: fields by name, none of
which is an individual number or a PIN. Which are on the printed form is remembered, not read. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum

from certserver.applications.express_codes import ExpressCode
from certserver.applications.mail_delivery import Occasion
from certserver.applications.signatures import SignatureKind
from koufu.applying.letters import fits_braille, fits_substitute
from koufu.photo.words import ExceptionCategory

Form = Mapping[str, str]
"""Texts by the field's name; words for what is chosen. Of one person: never to be shown in a log or `repr`."""

MAX_FIELD = 400
"""Characters of one field."""

NEEDED = frozenset({"address", "born", "intent-affirmed-by", "intent-expressed-by", "name", "sex", "signature-kind"})
"""Without these a form is not complete. How the intent to apply was expressed, and by whose hand that stands there,
belongs to every application."""

FIELDS = NEEDED | {
    "adult-ward",
    "braille-name",
    "change-planned",
    "copy-consent",
    "email",
    "express-ground",
    "express-happened-on",
    "forwarding",
    "intent-witness",
    "name-kana",
    "no-signing-x509",
    "no-user-auth-x509",
    "occasion",
    "phone",
    "photo-exception",
    "photo-exception-reason",
    "photo-findings",
    "photo-overruled",
    "pin-consent",
    "representative-address",
    "representative-name",
    "representative-phone",
    "representative-relation",
    "signature-outside-box",
    "signature-sealed",
    "stay-status",
    "stay-until",
    "substitute-characters",
    "who-came",
}

YES, NO = "yes", "no"
_YES_OR_NO = frozenset({YES, NO})


class Affirmed(Enum):
    """By whose hand it stands there that somebody wants a card."""

    OWN_KEY = "own-key"
    """The person's, on their own window."""
    STAFF = "staff"
    """Staff wrote down what they saw, after the person had gone through what is said of it."""
    DECLINED = "declined"
    """The person touched No: nothing goes on before they say otherwise themselves."""


class Came(Enum):
    """Who stood at the counter."""

    PERSON = "person"
    WITH_REPRESENTATIVE = "with-representative"
    REPRESENTATIVE = "representative"
    """Alone."""


_WORDS = {
    "adult-ward": _YES_OR_NO,
    "change-planned": _YES_OR_NO,
    "copy-consent": _YES_OR_NO,
    "express-ground": {each.value for each in ExpressCode},
    "forwarding": _YES_OR_NO,
    "intent-affirmed-by": {each.value for each in Affirmed},
    "intent-expressed-by": {"gesture", "helper", "speech", "writing"},
    "no-signing-x509": _YES_OR_NO,
    "no-user-auth-x509": _YES_OR_NO,
    "occasion": {each.value for each in Occasion},
    "photo-exception": {each.value for each in ExceptionCategory},
    "pin-consent": _YES_OR_NO,
    "sex": {"female", "male"},
    "signature-kind": {each.value for each in SignatureKind},
    "signature-outside-box": _YES_OR_NO,
    "signature-sealed": _YES_OR_NO,
    "who-came": {each.value for each in Came},
}
_FITS: Mapping[str, Callable[[str], bool]] = {"braille-name": fits_braille, "substitute-characters": fits_substitute}
_DAYS = ("born", "express-happened-on", "stay-until")


def wrong_fields(form: Form) -> tuple[str, ...]:
    """Fields that are none of the form's, too long, or not what they have to be, sorted."""
    wrong = {name for name, text in form.items() if name not in FIELDS or not 0 < len(text) <= MAX_FIELD}
    wrong |= {name for name, words in _WORDS.items() if name in form and form[name] not in words}
    wrong |= {name for name in _DAYS if name in form and _day(form[name]) is None}
    wrong |= {name for name, fits in _FITS.items() if name in form and not fits(form[name])}
    return tuple(sorted(wrong))


def is_yes(form: Form, name: str) -> bool:
    """Whether a question was answered by yes; what nobody asked was not."""
    return form.get(name) == YES


def is_complete(form: Form) -> bool:
    """Whether nothing is missing, and the person has not said No."""
    return form.keys() >= NEEDED and not wrong_fields(form) and not is_declined(form)


def is_declined(form: Form) -> bool:
    """Whether the person touched No, and has not touched Yes since."""
    return form.get("intent-affirmed-by") == Affirmed.DECLINED.value


def born(form: Form) -> date | None:
    """The day of birth, None where it is not told yet."""
    return _day(form.get("born", ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
