"""Telling for what personal data are looked at, before any are shown."""

import re
from http import HTTPStatus

from certserver.console.paths import own_path
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.purposes import Purpose, Reason
from certserver.office.signing_in.sessions import tell_purpose

_OF_AN_APPLICATION = re.compile(r"/applications/([0-9a-f]{4})([0-9a-f]{4})[0-9a-f]{24}(?:/.*)?", re.ASCII)


def purpose_asked(onward: str) -> Shown:
    """The question before a page of this path: an application is what most look for, and its number the reference."""
    number = _number(onward)
    return Shown("purpose", {**_told(onward, number), "reference": number}, before=_page(onward))


def do(visit: Visit) -> Answer:
    """Keeps the purpose with the session, and goes on to the page that wanted it."""
    onward = own_path(visit.form.get("to", ""))
    reason, reference = visit.typed("reason"), visit.typed("reference")
    try:
        purpose = Purpose(Reason(reason), reference)
    except ValueError:
        told = {**_told(onward, _number(onward)), "reference": reference, "chosen": reason, "wrong": True}
        return Shown("purpose", told, HTTPStatus.UNPROCESSABLE_ENTITY, before=_page(onward))
    tell_purpose(visit.parts.doors, visit.who.session.session_hash, purpose)
    return Gone(onward)


def _told(onward: str, number: str) -> dict[str, object]:
    return {"to": onward, "number": number, "reasons": [each.value for each in Reason], "chosen": "", "wrong": False}


def _page(onward: str) -> str:
    return onward.partition("?")[0]


def _number(onward: str) -> str:
    """An application's number as it stands on its slip; empty where the page is about none."""
    found = _OF_AN_APPLICATION.fullmatch(_page(onward))
    return "" if found is None else f"{found[1]}-{found[2]}".upper()


PAGES = (PageRoute("/purpose", None, do),)
