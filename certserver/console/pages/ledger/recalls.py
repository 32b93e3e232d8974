"""Recalls: asked for by one person, decided by another on the page of what waits; the sheets of each, its files,
and the draft of the report that the law asks for."""

from collections.abc import Mapping
from http import HTTPStatus
from urllib.parse import urlencode

from certserver.console.pages.ledger.asking import before_of, criteria, kinds_to_choose, typed, wanted_of
from certserver.console.routes import Answer, Gone, PageRoute, Sent, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office.issued.recall_report import Point, deadlines
from certserver.office.issued.recall_sheets import files_of, sheets, sheets_file
from certserver.office.issued.recalls import LONGEST_REASON, Recall, all_recalls, ask, one_recall
from certserver.office.issued.refusing import NotDone
from certserver.office.rights import Right

_DIGITS = 9


def index(visit: Visit) -> Answer:
    """All recalls, and the form that asks for one."""
    return _index(visit)


def ask_one(visit: Visit) -> Answer:
    """Asks for one; nothing is marked before another person approves."""
    try:
        number = ask(visit.desk, wanted_of(typed(visit.form)), visit.typed("why", LONGEST_REASON + 1))
    except ValueError:
        return _index(visit, wrong="criteria")
    except NotDone as refused:
        return _index(visit, wrong=refused.why.value)
    return Gone(f"/ledger/recalls/{number}", Said.ASKED)


def show(visit: Visit) -> Answer:
    """One recall in numbers."""
    return Shown("ledger/recall", _told(visit, one_recall(visit.desk, _number(visit))))


def show_sheets(visit: Visit) -> Answer:
    """Its sheets, a page of them."""
    try:
        before = before_of(visit)
    except ValueError as error:
        raise NoSuchEntry("there is no such page") from error
    recall, found = sheets(visit.desk, _number(visit), before, visit.purpose)
    further = "" if found.further is None else "?" + urlencode({"before": found.further})
    told = {"found": found, "further": further, "may_look": visit.who.officer.may(Right.SEARCH_LEDGER)}
    return Shown("ledger/recall-sheets", _told(visit, recall) | told)


def send_file(visit: Visit) -> Answer:
    """Its sheets for a spreadsheet."""
    number = _number(visit)
    part = visit.typed("part")
    if not part.isdecimal() or not 0 < int(part[:_DIGITS]) <= files_of(one_recall(visit.desk, number)):
        raise NoSuchEntry("there is no such file")
    content = sheets_file(visit.desk, number, int(part), visit.purpose)
    return Sent(f"recall-{number}-{part}.csv", "text/csv; charset=utf-8", content)


def report(visit: Visit) -> Answer:
    """The draft of the report on it."""
    recall = one_recall(visit.desk, _number(visit))
    told = {"points": list(Point), "deadlines": deadlines(recall)}
    return Shown("ledger/recall-report", _told(visit, recall) | told)


def _index(visit: Visit, *, wrong: str = "") -> Shown:
    told = {
        "recalls": [(each, criteria(visit.texts, each.wanted)) for each in all_recalls(visit.desk)],
        "asked": typed(visit.form),
        "why": visit.typed("why", LONGEST_REASON + 1),
        "kinds": kinds_to_choose(visit.texts),
        "longest": LONGEST_REASON,
        "may_ask": visit.who.officer.may(Right.RECALL),
        "may_search": visit.who.officer.may(Right.SEARCH_LEDGER),
        "wrong": wrong,
    }
    return Shown("ledger/recalls", told, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _told(visit: Visit, recall: Recall) -> dict[str, object]:
    counted = recall.counted
    return {
        "recall": recall,
        "criteria": criteria(visit.texts, recall.wanted),
        "kinds": _most_first(counted.kinds),
        "terminals": _most_first(counted.terminals),
        "by_person": sorted(counted.by_person.items()),
        "files": files_of(recall),
        "may_see_sheets": visit.who.officer.may(Right.RECALL),
    }


def _most_first(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda each: (-each[1], each[0]))


def _number(visit: Visit) -> int:
    """Which recall. Raises `NoSuchEntry`."""
    told = visit.named["recall"]
    if not (told.isascii() and told.isdecimal() and len(told) <= _DIGITS):
        raise NoSuchEntry(f"there is no recall {told}")
    return int(told)


PAGES = (
    PageRoute("/ledger/recalls", index, ask_one, right=Right.SEE_RECALLS, menu="menu.recalls"),
    PageRoute("/ledger/recalls/{recall}", show, right=Right.SEE_RECALLS),
    PageRoute("/ledger/recalls/{recall}/sheets", show_sheets, right=Right.RECALL, personal=True),
    PageRoute("/ledger/recalls/{recall}/file", None, send_file, right=Right.RECALL, personal=True),
    PageRoute("/ledger/recalls/{recall}/report", report, right=Right.RECALL),
)
