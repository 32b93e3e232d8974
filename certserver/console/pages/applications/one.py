"""One card application: what its form says beside its documents, what is checked by the rules of today, and what is
decided. All of it is personal: nobody sees it who has not said for what."""

from http import HTTPStatus

from certserver.console.pages.applications.numbers import application_of
from certserver.console.pages.applications.refusing import Wrong, refused
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.office.applications.acting import NotDone
from certserver.office.applications.deciding import CARRYING, MAIL_OUT, carrying, decide, decision_of, mail_out
from certserver.office.applications.looking import look, state_of
from certserver.office.outlet_names import outlet_names
from certserver.office.rights import Right

ORDER = (
    *("name", "name-kana", "born", "sex", "address", "phone", "email", "stay-status", "stay-until", "adult-ward"),
    *("representative-name", "representative-relation", "representative-address", "representative-phone"),
    *("no-signing-x509", "no-user-auth-x509", "braille-name", "substitute-characters"),
    *("signature-kind", "signature-sealed", "signature-outside-box"),
    *("intent-affirmed-by", "intent-expressed-by", "intent-witness"),
    *("who-came", "occasion", "change-planned", "forwarding", "pin-consent", "copy-consent"),
    *("express-ground", "express-happened-on"),
    *("photo-exception", "photo-exception-reason", "photo-findings", "photo-overruled"),
)
"""Fields of the form as they are read."""

_WORDS = frozenset(
    {
        *("sex", "adult-ward", "no-signing-x509", "no-user-auth-x509", "signature-kind", "signature-sealed"),
        *("signature-outside-box", "intent-affirmed-by", "intent-expressed-by", "who-came", "occasion"),
        *("change-planned", "forwarding", "pin-consent", "copy-consent", "express-ground"),
        *("photo-exception", "photo-findings", "photo-overruled"),
    }
)
"""Fields whose content is a word, or several."""


_SEEN = ("photo", "form", "identity-document", "evidence")
"""Kinds of documents in the order in which they are looked at."""


def _in_order(kind: str, number: int) -> tuple[int, int]:
    """Photos first, the newest one of them, which counts; other papers as they were attached."""
    return _SEEN.index(kind), -number if kind == "photo" else number


def show(visit: Visit) -> Answer:
    """All of it."""
    return shown(visit)


def do(visit: Visit) -> Answer:
    """Decides it, or goes on with its card."""
    number = application_of(visit)
    state_of(visit.desk, number)
    event = visit.typed("event")
    try:
        decision = decision_of(event, visit.typed("seen"), visit.typed("reason"))
    except ValueError:
        return shown(visit, Wrong("no-seen"))
    try:
        if event == MAIL_OUT:
            kind = carrying(visit.typed("kind"))
            if kind is None:
                return shown(visit, Wrong("no-kind"))
            mail_out(visit.desk, number, kind, decision.seen)
        else:
            decide(visit.desk, number, decision)
    except NotDone as error:
        return shown(visit, refused(error))
    return Gone(f"/applications/{number}", Said(f"application-{event}"))


def shown(visit: Visit, wrong: Wrong | None = None) -> Shown:
    """The page, with what went wrong."""
    looked = look(visit.desk, application_of(visit), visit.purpose)
    found = looked.shown
    form = {} if found.personal is None else found.personal.form
    photos = [each.number for each in found.attachments if each.kind.value == "photo"]
    told = {
        "looked": looked,
        "shown": found,
        "application": found.application,
        "here": visit.desk.municipality,
        "called": outlet_names(visit.desk),
        "fields": [(name, _told(visit, name, form[name])) for name in ORDER if name in form],
        "attachments": sorted(found.attachments, key=lambda each: _in_order(each.kind.value, each.number)),
        "counting": photos[-1] if photos else None,
        "kinds": [each.value for each in CARRYING],
        "mail_out": MAIL_OUT,
        "say": lambda about: _said(visit, about),
        "wrong": wrong,
    }
    return Shown("applications/one", told, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _told(visit: Visit, name: str, text: str) -> str:
    if name not in _WORDS:
        return text
    keys = [f"form.value-{word}" for word in text.split()]
    return visit.texts("frame.comma").join(visit.texts(key) if key in visit.texts else text for key in keys)


def _said(visit: Visit, about: str) -> str:
    """What a check says more, in words where it is one."""
    keys = (f"check.about-{about}", f"inbox.reason-{about}", f"form.value-{about}")
    return next((visit.texts(key) for key in keys if key in visit.texts), about)


PAGES = (PageRoute("/applications/{application}", show, do, right=Right.DECIDE_APPLICATIONS, personal=True),)
