"""Imports of the registers: deliveries that wait, each import that was tried, and what was wrong with it by file, line
and field."""

from http import HTTPStatus

from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import ConfigurationError, NoSuchEntry
from certserver.office.deliveries import check_turn
from certserver.office.import_runs import one_run, runs
from certserver.office.rights import Right

_DIGITS = 9
_LONGEST_NAME = 255


def index(visit: Visit) -> Answer:
    """What waits, and what was tried."""
    return _index(visit)


def start(visit: Visit) -> Answer:
    """Begins an import."""
    name = visit.typed("delivery", _LONGEST_NAME)
    if name not in (visit.parts.imports.names() or ()):
        return _index(visit, "no-delivery")
    try:
        check_turn(visit.desk, name)
    except ConfigurationError:
        return _index(visit, "goes-on")
    dry_run = visit.typed("how") != "take-in"
    visit.parts.imports.start(name, visit.mark, dry_run=dry_run, accept_losses=visit.typed("accept-losses") == "yes")
    return Gone("/registers/imports", Said.IMPORT_BEGUN)


def show(visit: Visit) -> Answer:
    """One that was tried."""
    told = visit.named["run"]
    if not (told.isascii() and told.isdecimal()) or len(told) > _DIGITS:
        raise NoSuchEntry("there is no such import")
    return Shown("imports/one", {"run": one_run(visit.desk, int(told))})


def _index(visit: Visit, wrong: str = "") -> Shown:
    may_keep = visit.who.officer.may(Right.KEEP_REGISTERS)
    told = {
        "deliveries": visit.parts.imports.names() if may_keep else None,
        "runs": runs(visit.desk),
        "may_keep": may_keep,
        "wrong": wrong,
    }
    return Shown("imports/index", told, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


PAGES = (
    PageRoute("/registers/imports", index, right=Right.SEE, menu="menu.imports"),
    PageRoute("/registers/imports/start", None, start, right=Right.KEEP_REGISTERS),
    PageRoute("/registers/imports/{run}", show, right=Right.SEE),
)
