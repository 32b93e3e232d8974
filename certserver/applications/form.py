"""What stands on the application form (交付申請書) beside what moves an application: fields by name, none of
which is an individual number or a PIN. Which are on the printed form is remembered, not read. Pure."""

from collections.abc import Mapping
from datetime import date

from certserver.applications.signatures import SignatureKind
from koufu.photo.words import ExceptionCategory

Form = Mapping[str, str]
"""Texts by the field's name. Of one person: never to be shown in a log or `repr`."""

MAX_FIELD = 400
"""Characters of one field."""

NEEDED = frozenset({"address", "born", "intent-expressed-by", "name", "sex", "signature-kind"})
"""Without these a form is not complete. How the intent to apply was expressed belongs to every application."""

FIELDS = NEEDED | {
    "braille-name",
    "email",
    "intent-witness",
    "name-kana",
    "no-signing-x509",
    "no-user-auth-x509",
    "phone",
    "photo-exception",
    "photo-exception-reason",
    "representative-address",
    "representative-name",
    "representative-phone",
    "representative-relation",
    "stay-status",
    "stay-until",
    "substitute-characters",
}

_WORDS = {
    "photo-exception": {each.value for each in ExceptionCategory},
    "sex": {"female", "male"},
    "signature-kind": {each.value for each in SignatureKind},
}
_DAYS = ("born", "stay-until")


def wrong_fields(form: Form) -> tuple[str, ...]:
    """Fields that are none of the form's, too long, or not what they have to be, sorted."""
    wrong = {name for name, text in form.items() if name not in FIELDS or not 0 < len(text) <= MAX_FIELD}
    wrong |= {name for name, words in _WORDS.items() if name in form and form[name] not in words}
    wrong |= {name for name in _DAYS if name in form and _day(form[name]) is None}
    return tuple(sorted(wrong))


def is_complete(form: Form) -> bool:
    """Whether nothing is missing."""
    return form.keys() >= NEEDED and not wrong_fields(form)


def born(form: Form) -> date | None:
    """The day of birth, None where it is not told yet."""
    return _day(form.get("born", ""))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
