"""Terminals: how each of them is, by what it proves itself, what it owes; codes to enrol by, and what stops one."""

from http import HTTPStatus
from urllib.parse import quote

from certserver.console.objections import told
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.ledger.terminals import renewed_since
from certserver.objections import Objected, Objection
from certserver.office.debts import LONGEST_NUMBER, pay
from certserver.office.outlet_names import outlet_names
from certserver.office.rights import Right
from certserver.office.terminals.changing import (
    LONGEST_REASON,
    allow_terminals,
    let_serve,
    offer_enrolment,
    revoke,
    want_log,
    withdraw,
)
from certserver.office.terminals.reading import CALLS_DAYS, all_terminals, one_terminal
from certserver.office.terminals.standing import MOST_PRESSING_FIRST
from certserver.outlets import LONGEST_OUTLET, Outlet, OutletKind
from certserver.terminal_names import LONGEST_NAME

_LONGEST_BUILD, _LONGEST_YEN = 20, 12
_AT_ONCE = 200
"""Terminals on one page."""


def index(visit: Visit) -> Answer:
    """All of them."""
    return _index(visit)


def make_code(visit: Visit) -> Answer:
    """A code for a terminal that enrols, shown once."""
    name, place = visit.typed("terminal", LONGEST_NAME + 1), visit.typed("outlet", LONGEST_OUTLET + 1)
    kind = visit.typed("outlet-kind")
    if kind not in {each.value for each in OutletKind}:
        return _index(visit, wrong=visit.texts("terminals.why-kind"))
    try:
        made = offer_enrolment(visit.desk, name, Outlet(place, OutletKind(kind)), anew=visit.typed("anew") == "yes")
    except Objected as met:
        return _index(visit, wrong=told(visit.texts, met))
    return Shown("terminals/code", {"made": made, "where": visit.parts.enrolment, "called": outlet_names(visit.desk)})


def set_build(visit: Visit) -> Answer:
    """The least build that is served."""
    minimum = visit.typed("minimum", _LONGEST_BUILD)
    try:
        stops = allow_terminals(visit.desk, minimum, although=visit.typed("although") == "yes")
    except Objected as met:
        return _index(visit, wrong=told(visit.texts, met), minimum=minimum)
    if stops is not None:
        wrong = visit.texts("terminals.why-would-stop", n=len(stops.terminals))
        return _index(visit, wrong=wrong, minimum=minimum, stops=stops.terminals)
    return Gone("/terminals", Said.TERMINALS_BUILD)


def show(visit: Visit) -> Answer:
    """One of them."""
    return _one(visit)


def _one(
    visit: Visit, revoking: bytes | None = None, *, stopping: bool = False, wrong: str = "", unpaid: str = ""
) -> Shown:
    """The page of one; it asks first whether an X.509 of it (its SHA-256) is to be revoked, or why it is to be stopped.
    Raises `NoSuchEntry` where that X.509 counts no more."""
    one = one_terminal(visit.desk, visit.named["terminal"])
    counting = [each.x509_hash for each in one.x509s if each.counts(visit.now)]
    if revoking is not None and revoking not in counting:
        raise NoSuchEntry("this is no X.509 of it that counts")
    with_it = {each.x509_hash for each in renewed_since(one.x509s, revoking)} if revoking is not None else set()
    values = {
        "one": one,
        "stopping": stopping,
        "wrong": wrong,
        "unpaid": unpaid,
        "why": visit.typed("why", LONGEST_REASON + 1),
        "longest": LONGEST_REASON,
        "revoking": "" if revoking is None else revoking.hex(),
        "with_it": len(with_it),
        "last": not set(counting) - {revoking} - with_it,
        "state": one.state,
        "now": visit.now,
        "days": CALLS_DAYS,
        "may_keep": visit.who.officer.may(Right.KEEP_TERMINALS),
        "kinds": [each.value for each in OutletKind],
        "enrolment": visit.parts.enrolment,
        "called": outlet_names(visit.desk),
    }
    asks = stopping or revoking is not None or bool(unpaid)
    return Shown("terminals/one", values, HTTPStatus.UNPROCESSABLE_ENTITY if asks else HTTPStatus.OK)


def stop(visit: Visit) -> Answer:
    """Serves it no more, once it is said why: whoever is at it can't go on."""
    if "why" not in visit.form:
        return _one(visit, stopping=True)
    try:
        withdraw(visit.desk, visit.named["terminal"], visit.typed("why", LONGEST_REASON + 1))
    except Objected as met:
        if met.why is not Objection.STOPPING_LENGTH:
            raise
        return _one(visit, stopping=True, wrong=told(visit.texts, met))
    return _back(visit, Said.TERMINAL_STOPPED)


def serve(visit: Visit) -> Answer:
    """Serves it again."""
    let_serve(visit.desk, visit.named["terminal"])
    return _back(visit, Said.TERMINAL_SERVES)


def ask_log(visit: Visit) -> Answer:
    """Asks it for its log."""
    want_log(visit.desk, visit.named["terminal"])
    return _back(visit, Said.TERMINAL_LOG)


def revoke_x509(visit: Visit) -> Answer:
    """Lets it prove itself by one of its X.509s no more, once that is meant: there is no way back."""
    try:
        x509_hash = bytes.fromhex(visit.typed("x509"))
    except ValueError as error:
        raise NoSuchEntry("this is no X.509 of it") from error
    if visit.typed("although") != "yes":
        return _one(visit, x509_hash)
    revoke(visit.desk, visit.named["terminal"], x509_hash)
    return _back(visit, Said.TERMINAL_REVOKED)


def pay_debt(visit: Visit) -> Answer:
    """Notes that what is owed on a slip of it was paid back."""
    number, looked = visit.typed("number", LONGEST_NUMBER), visit.typed("looked") == "yes"
    seen = visit.typed("yen", _LONGEST_YEN)
    try:
        # By the sum that stood on the page: whoever paid another one has to know.
        pay(visit.desk, number, int(seen) if seen.isdecimal() else 0, visit.named["terminal"], looked=looked)
    except Objected as met:
        return _one(visit, unpaid=told(visit.texts, met))
    return _back(visit, Said.DEBT_PAID)


def _back(visit: Visit, said: Said) -> Gone:
    return Gone(f"/terminals/{quote(visit.named['terminal'])}", said)


def _index(visit: Visit, wrong: str = "", *, minimum: str = "", stops: tuple[str, ...] = ()) -> Shown:
    known = all_terminals(visit.desk)
    asked = visit.query.get("standing", "")
    shown = [each for each in known.states if asked in ("", each.standing.value)]
    page = visit.query.get("page", "1")
    number = int(page) if page.isascii() and page.isdecimal() and 0 < len(page) < 5 else 1
    pages = max(1, -(-len(shown) // _AT_ONCE))
    number = min(max(number, 1), pages)
    first = (number - 1) * _AT_ONCE
    values = {
        "known": known,
        "shown": shown[first : first + _AT_ONCE],
        "asked": asked,
        "number": number,
        "pages": pages,
        "counts": [(each.value, known.count(each)) for each in MOST_PRESSING_FIRST if known.count(each)],
        "now": visit.now,
        "may_keep": visit.who.officer.may(Right.KEEP_TERMINALS),
        "kinds": [each.value for each in OutletKind],
        "outlets": sorted({each.outlet.name for each in known.states}),
        "called": outlet_names(visit.desk),
        "enrolment": visit.parts.enrolment,
        "longest_name": LONGEST_NAME,
        "longest_outlet": LONGEST_OUTLET,
        "minimum": minimum or known.minimum_build,
        "stops": stops,
        "wrong": wrong,
    }
    return Shown("terminals/index", values, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


PAGES = (
    PageRoute("/terminals", index, right=Right.SEE, menu="menu.terminals"),
    PageRoute("/terminals/codes", None, make_code, right=Right.KEEP_TERMINALS),
    PageRoute("/terminals/build", None, set_build, right=Right.KEEP_TERMINALS),
    PageRoute("/terminals/{terminal}", show, right=Right.SEE),
    PageRoute("/terminals/{terminal}/stop", None, stop, right=Right.KEEP_TERMINALS),
    PageRoute("/terminals/{terminal}/serve", None, serve, right=Right.KEEP_TERMINALS),
    PageRoute("/terminals/{terminal}/log", None, ask_log, right=Right.KEEP_TERMINALS),
    PageRoute("/terminals/{terminal}/debts", None, pay_debt, right=Right.KEEP_TERMINALS),
    PageRoute("/terminals/{terminal}/x509", None, revoke_x509, right=Right.KEEP_TERMINALS),
)
