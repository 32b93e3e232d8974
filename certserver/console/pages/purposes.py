"""Telling for what personal data are looked at, before any are shown."""

from http import HTTPStatus

from certserver.console.paths import own_path
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.purposes import Purpose, Reason
from certserver.office.signing_in.sessions import tell_purpose


def do(visit: Visit) -> Answer:
    """Keeps the purpose with the session, and goes on to the page that wanted it."""
    onward = own_path(visit.form.get("to", ""))
    try:
        purpose = Purpose(Reason(visit.typed("reason")), visit.typed("reference"))
    except ValueError:
        told = {"to": onward, "reasons": [each.value for each in Reason], "wrong": True}
        return Shown("purpose", told, HTTPStatus.UNPROCESSABLE_ENTITY)
    tell_purpose(visit.parts.doors, visit.who.session.session_hash, purpose)
    return Gone(onward)


PAGES = (PageRoute("/purpose", None, do),)
