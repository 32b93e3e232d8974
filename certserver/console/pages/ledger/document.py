"""One issued document: its whole story without its content; whoever holds it at a counter marks it as spoiled or
voided."""

from http import HTTPStatus

from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office.issued.marking import BY_ONE, LONGEST_REASON, mark
from certserver.office.issued.refusing import NotDone
from certserver.office.issued.story import story
from certserver.office.rights import Right
from certserver.pipeline.sheet_status import SheetState
from koufu.evidence.errors import MalformedEvidence
from koufu.evidence.numbers import parse_document_number, printed


def show(visit: Visit) -> Answer:
    """The story."""
    return _shown(visit)


def mark_it(visit: Visit) -> Answer:
    """Marks it."""
    number = _number(visit)
    try:
        standing = SheetState(visit.typed("standing"))
        mark(visit.desk, number, standing, visit.typed("why", LONGEST_REASON + 1))
    except ValueError:
        return _shown(visit, wrong="not-by-one")
    except NotDone as refused:
        return _shown(visit, wrong=refused.why.value)
    return Gone(f"/ledger/documents/{number}", Said.SHEET_MARKED)


def _shown(visit: Visit, *, wrong: str = "") -> Shown:
    told = story(visit.desk, _number(visit), visit.purpose)
    marked = {each.standing for each in told.marks}
    may_mark = visit.who.officer.may(Right.MARK_SHEETS)
    shown = {
        "number": printed(told.document_no),
        "story": told,
        "standings": [each.value for each in BY_ONE if each.value not in marked] if may_mark else [],
        "longest": LONGEST_REASON,
        "typed": visit.typed("why", LONGEST_REASON + 1),
        "wrong": wrong,
        "may_recall": visit.who.officer.may(Right.SEE_RECALLS),
    }
    return Shown("ledger/document", shown, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _number(visit: Visit) -> str:
    """The number as it is kept. Raises `NoSuchEntry`."""
    try:
        return parse_document_number(visit.named["document"])
    except MalformedEvidence as error:
        raise NoSuchEntry("this is no document number") from error


PAGES = (PageRoute("/ledger/documents/{document}", show, mark_it, right=Right.SEARCH_LEDGER, personal=True),)
