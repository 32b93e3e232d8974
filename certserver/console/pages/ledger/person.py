"""Who issued or looked at somebody's data, for that person: found by what they show or say, told on a page to be
printed. What was typed stands in no address."""

from datetime import date
from http import HTTPStatus

from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.issued.person import Asked, history
from certserver.office.issued.refusing import NotDone
from certserver.office.rights import Right


def show(visit: Visit) -> Answer:
    """The question."""
    return _asking(visit)


def look(visit: Visit) -> Answer:
    """The answer."""
    try:
        born = visit.typed("born")
        asked = Asked(
            document_no=visit.typed("document"),
            resident_id=visit.typed("resident", 64),
            name=visit.typed("name"),
            born=date.fromisoformat(born) if born else None,
        )
        told = history(visit.desk, asked, visit.purpose)
    except ValueError:
        return _asking(visit, "no-question")
    except NotDone as refused:
        return _asking(visit, refused.why.value)
    return _asking(visit, "nobody-found") if told is None else Shown("ledger/history", {"history": told})


def _asking(visit: Visit, wrong: str = "") -> Shown:
    # A name that was typed is not shown again: it stands in no page that a browser keeps.
    told = {"document": visit.typed("document"), "wrong": wrong}
    return Shown("ledger/person", told, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


PAGES = (PageRoute("/ledger/person", show, look, right=Right.SEARCH_LEDGER, menu="menu.person", personal=True),)
