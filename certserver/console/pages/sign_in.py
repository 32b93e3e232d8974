"""Signing in by password and code or by passkey, and signing out."""

from http import HTTPStatus
from json import dumps

from certserver.console.paths import own_path
from certserver.console.routes import Answer, Gone, PageRoute, Shown, Told
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.office.signing_in import by_passkey, sessions
from certserver.office.signing_in.by_password import Typed, sign_in
from certserver.pipeline.staff.outcomes import Declined
from certserver.staff.passwords import LONGEST

PASSKEY_LONGEST = 16 * 1024

_LONGEST_MARK = 32


def show(visit: Visit) -> Answer:
    """The form; whoever is in already goes on."""
    if visit.present is not None:
        return Gone("/")
    return Shown("sign-in", {"to": own_path(visit.query.get("to", "")), "declined": None})


def do(visit: Visit) -> Answer:
    """Tries what was typed."""
    typed = Typed(visit.typed("mark", _LONGEST_MARK), visit.form.get("password", "")[:LONGEST], visit.typed("code", 16))
    came = sign_in(visit.parts.doors, visit.address, typed)
    to = own_path(visit.form.get("to", ""))
    if isinstance(came, Declined):
        return Shown("sign-in", {"to": to, "declined": came}, HTTPStatus.FORBIDDEN, held=True)
    return Gone(to, token=came.token)


def passkey_options(visit: Visit) -> Answer:
    """What an authenticator is to answer."""
    return Told(by_passkey.sign_in_options(visit.parts.doors, visit.site))


def passkey(visit: Visit) -> Answer:
    """Tries what an authenticator answered."""
    came = by_passkey.sign_in(visit.parts.doors, visit.site, visit.address, visit.form.get("answer", ""))
    if isinstance(came, Declined):
        why = visit.texts(f"why.{came.reason.value}", wait_s=came.wait_s)
        return Told(dumps({"why": why}), HTTPStatus.FORBIDDEN, held=True)
    return Told(dumps({"to": own_path(visit.form.get("to", ""))}), token=came.token)


def sign_out(visit: Visit) -> Answer:
    """Ends the session at hand."""
    sessions.sign_out(visit.parts.doors, visit.token)
    return Gone("/sign-in", Said.SIGNED_OUT, token=b"")


PAGES = (
    PageRoute("/sign-in", show, do, open=True, slow=True),
    PageRoute("/sign-in/passkey-options", None, passkey_options, open=True),
    PageRoute("/sign-in/passkey", None, passkey, open=True, largest=PASSKEY_LONGEST),
    PageRoute("/sign-out", None, sign_out),
)
