"""Coming in for the first time, or after everything was lost: by a one-time code, which is answered with the secret for
an authenticator, and then by a password and a first code of that."""

from base64 import b32encode
from http import HTTPStatus

from certserver.antiforgery.qr import QUIET_MODULES, symbols
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.office.signing_in.ways_in import Chosen, Opened, SetOnly, WayIn, come_in, look_in
from certserver.pipeline.staff.outcomes import Declined
from certserver.staff.codes import provisioning_uri
from certserver.staff.passwords import LONGEST, Unfit

_LONGEST_CLOSED = 256


def show(visit: Visit) -> Answer:
    """Asks for mark and code. A link may bring the mark; the code is never taken from one: addresses are kept by
    browsers and proxies."""
    return Shown("enter", {"mark": visit.query.get("mark", "")[:64], "code": "", "declined": None})


def do(visit: Visit) -> Answer:
    """Where the code opens, shows what an authenticator takes in."""
    way = _way(visit)
    opened = look_in(visit.parts.doors, visit.address, way)
    if isinstance(opened, Declined):
        told = {"mark": way.mark, "code": "", "declined": opened}
        return Shown("enter", told, HTTPStatus.FORBIDDEN, held=True)
    return _choose(visit, way, opened, None)


def finish(visit: Visit) -> Answer:
    """Sets what was chosen, and signs in whoever holds a role."""
    way = _way(visit)
    doors = visit.parts.doors
    try:
        closed = bytes.fromhex(visit.form.get("closed", "")[:_LONGEST_CLOSED])
    except ValueError:
        closed = b""
    password = visit.form.get("password", "")[: LONGEST + 1]
    opened = look_in(doors, visit.address, way, closed)
    if isinstance(opened, Declined):
        told = {"mark": way.mark, "code": "", "declined": opened}
        return Shown("enter", told, HTTPStatus.FORBIDDEN, held=True)
    if password != visit.form.get("password-again", "")[: LONGEST + 1]:
        return _choose(visit, way, opened, "differs")
    came = come_in(doors, visit.address, way, Chosen(closed, password, visit.typed("one-time-code", 16)))
    if isinstance(came, Unfit):
        return _choose(visit, way, opened, came.name.lower())
    if isinstance(came, Declined):
        return _choose(visit, way, opened, f"not-{came.reason.value}")
    if isinstance(came, SetOnly):
        return Gone("/enter/set")
    return Gone("/", Said.ENTERED, token=came.token)


def show_set(_visit: Visit) -> Answer:
    """Tells whoever holds no role yet that all is set."""
    return Shown("enter-set")


def _way(visit: Visit) -> WayIn:
    return WayIn(visit.typed("mark", 32), visit.typed("code", 64))


def _choose(visit: Visit, way: WayIn, opened: Opened, wrong: str | None) -> Shown:
    uri = provisioning_uri(opened.secret, way.mark, visit.parts.doors.municipality)
    secret = b32encode(opened.secret).decode()
    told = {
        "way": way,
        "closed": opened.closed.hex(),
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "symbol": _drawn(uri),
        "wrong": wrong,
    }
    return Shown("enter-choose", told, HTTPStatus.OK if wrong is None else HTTPStatus.UNPROCESSABLE_ENTITY)


def _drawn(text: str) -> dict[str, object]:
    """A QR symbol as a path of squares, with the quiet zone around it."""
    (dark,) = symbols([text.encode()])
    rows, columns = dark.nonzero()
    squares = (
        f"M{column + QUIET_MODULES},{row + QUIET_MODULES}h1v1h-1z" for row, column in zip(rows, columns, strict=True)
    )
    return {"side": len(dark) + 2 * QUIET_MODULES, "path": "".join(squares)}


PAGES = (
    PageRoute("/enter", show, do, open=True),
    PageRoute("/enter/finish", None, finish, open=True, slow=True),
    PageRoute("/enter/set", show_set, open=True),
)
