"""Searching the ledger by number, time, terminal, kind, outcome and build. A name is no question here; whoever only
opens the form is shown nothing of anybody."""

from http import HTTPStatus
from urllib.parse import urlencode

from certserver.console.pages.ledger.asking import (
    before_of,
    criteria,
    endings_to_choose,
    kinds_to_choose,
    typed,
    wanted_of,
)
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.issued.searching import Found, search
from certserver.office.rights import Right
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number


def show(visit: Visit) -> Answer:
    """The form, and the entries that it asks for."""
    number = visit.query.get("number", "")[:64].strip()
    if number:
        try:
            return Gone(f"/ledger/documents/{parse_document_number(number)}")
        except MalformedEvidence:
            return _shown(visit, None, number=number, wrong="number")
    if "kind" not in visit.query:
        return _shown(visit, None)
    try:
        wanted = wanted_of(typed(visit.query), before_of(visit))
    except ValueError:
        return _shown(visit, None, wrong="criteria")
    return _shown(visit, search(visit.desk, wanted, visit.purpose), criteria=criteria(visit.texts, wanted))


def _shown(
    visit: Visit,
    found: Found | None,
    *,
    number: str = "",
    wrong: str = "",
    criteria: tuple[tuple[str, str], ...] = (),
) -> Shown:
    asked = typed(visit.query)
    further = found is not None and found.further is not None
    told = {
        "asked": asked,
        "criteria": criteria,
        "number": number,
        "kinds": kinds_to_choose(visit.texts),
        "endings": endings_to_choose(visit.texts),
        "found": found,
        "further": "?" + urlencode({**asked, "before": found.further}) if found is not None and further else "",
        "wrong": wrong,
    }
    return Shown("ledger/search", told, HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK)


PAGES = (PageRoute("/ledger", show, right=Right.SEARCH_LEDGER, menu="menu.ledger", personal=True),)
