"""Applications of other municipalities' residents that were taken in here: handed over, then followed by their state
alone."""

from http import HTTPStatus

from certserver.console.pages.applications.numbers import application_of, small_number
from certserver.console.pages.applications.refusing import refused
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.office.applications.acting import NotDone
from certserver.office.applications.elsewhere import hand_over, taken_in_for_others
from certserver.office.neighbours import names_of
from certserver.office.outlet_names import outlet_names
from certserver.office.rights import Right


def show(visit: Visit) -> Answer:
    """All of the last weeks."""
    return _shown(visit)


def do(visit: Visit) -> Answer:
    """Hands one over."""
    number = application_of(visit)
    try:
        hand_over(visit.desk, number, small_number(visit.typed("seen")))
    except NotDone as error:
        return _shown(visit, refused(error))
    return Gone("/applications/elsewhere", Said.APPLICATION_HANDED_OVER)


def _shown(visit: Visit, wrong: object = None) -> Shown:
    taken_in = taken_in_for_others(visit.desk)
    names = names_of(visit.desk, visit.parts.papers.settings, {each.residence for each in taken_in})
    told = {"taken_in": taken_in, "names": names, "called": outlet_names(visit.desk), "wrong": wrong}
    return Shown("applications/elsewhere", told, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


PAGES = (
    PageRoute("/applications/elsewhere", show, right=Right.DECIDE_APPLICATIONS),
    PageRoute("/applications/elsewhere/{application}", None, do, right=Right.DECIDE_APPLICATIONS),
)
