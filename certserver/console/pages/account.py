"""One's own account: passkeys, password, and where one is signed in."""

from collections.abc import Mapping
from http import HTTPStatus
from json import dumps

from certserver.console.pages.sign_in import PASSKEY_LONGEST
from certserver.console.routes import Answer, Gone, PageRoute, Shown, Told
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.office.signing_in import by_passkey
from certserver.office.signing_in.by_password import Typed, change_password
from certserver.office.signing_in.sessions import end_others, roles_of, sessions_of, sign_out
from certserver.pipeline.staff.outcomes import Declined
from certserver.staff.passwords import LONGEST, Unfit


def show(visit: Visit) -> Answer:
    """What there is."""
    return _shown(visit, None)


def password(visit: Visit) -> Answer:
    """Sets another password for whoever types the former one."""
    former = Typed(visit.mark, visit.form.get("former", "")[:LONGEST], visit.typed("one-time-code", 16))
    chosen = visit.form.get("password", "")[: LONGEST + 1]
    if chosen != visit.form.get("password-again", "")[: LONGEST + 1]:
        return _shown(visit, "differs")
    came = change_password(visit.parts.doors, visit.address, former, chosen, alone=visit.form.get("alone") == "yes")
    if isinstance(came, Unfit):
        return _shown(visit, came.name.lower())
    if isinstance(came, Declined):
        return _shown(visit, f"not-{came.reason.value}", held=True)
    return Gone("/account", Said.PASSWORD_CHANGED, token=came.token)


def passkey_options(visit: Visit) -> Answer:
    """What an authenticator is to make."""
    return Told(by_passkey.registration_options(visit.parts.doors, visit.site, visit.who))


def add_passkey(visit: Visit) -> Answer:
    """Keeps what an authenticator made."""
    name = visit.typed("name", by_passkey.LONGEST_NAME) or visit.texts("account.passkey")
    if not by_passkey.register(visit.parts.doors, visit.site, visit.who, name, visit.form.get("answer", "")):
        return Told(dumps({"why": visit.texts("account.passkey-refused")}), HTTPStatus.UNPROCESSABLE_ENTITY)
    return Told(dumps({"to": "/account"}), said=Said.PASSKEY_ADDED)


def drop_passkey(visit: Visit) -> Answer:
    """Lets a passkey sign nobody in any more."""
    try:
        credential_id = bytes.fromhex(visit.form.get("passkey", "")[:2048])
    except ValueError:
        credential_id = b""
    dropped = by_passkey.drop_passkey(visit.parts.doors, visit.who, credential_id)
    return Gone("/account", Said.PASSKEY_DROPPED if dropped else Said.NOTHING_DONE)


def end_sessions(visit: Visit) -> Answer:
    """Ends every other session of whoever asks."""
    end_others(visit.parts.doors, visit.mark, visit.who.session.session_hash)
    return Gone("/account", Said.SESSIONS_ENDED)


def prove_again(visit: Visit) -> Answer:
    """Ends this session, so that whoever comes back is proven anew."""
    sign_out(visit.parts.doors, visit.token)
    return Gone("/sign-in?to=/account", Said.PROVE_AGAIN, token=b"")


def _shown(visit: Visit, wrong: str | None, *, held: bool = False) -> Shown:
    doors = visit.parts.doors
    told = {
        "passkeys": by_passkey.passkeys_of(doors, visit.mark),
        "sessions": sessions_of(doors, visit.mark),
        "roles": roles_of(doors, visit.mark),
        "fresh": visit.who.session.fresh(visit.now),
        "wrong": "" if wrong is None or wrong in _AT_FIELDS else wrong,
        "faults": {} if wrong not in _AT_FIELDS else {_AT_FIELDS[wrong]: visit.texts(f"password.{wrong}")},
    }
    status = HTTPStatus.OK if wrong is None else HTTPStatus.UNPROCESSABLE_ENTITY
    return Shown("account", told, status, held)


_AT_FIELDS: Mapping[str | None, str] = {
    "differs": "password-again",
    **{each.name.lower(): "password" for each in Unfit},
}
"""In which field a mistake is; any other is in whatever was to prove who it is, and which of it nobody is told."""

PAGES = (
    PageRoute("/account", show, menu="menu.account"),
    PageRoute("/account/password", None, password, slow=True),
    PageRoute("/account/passkey-options", None, passkey_options),
    PageRoute("/account/passkeys", None, add_passkey, largest=PASSKEY_LONGEST),
    PageRoute("/account/passkeys/drop", None, drop_passkey),
    PageRoute("/account/sessions/end", None, end_sessions),
    PageRoute("/account/again", None, prove_again),
)
