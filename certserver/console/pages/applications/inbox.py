"""The inbox of card applications: what waits for what, narrowed down by place, deadline and express issuance. It tells
nothing of a person."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import urlencode

from certserver.console.pages.applications.numbers import beginning
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.office.applications.inbox import ELSEWHERE, STATES, Due, Group, Inbox, Wanted, counted, inbox, numbered
from certserver.office.outlet_names import outlet_names
from certserver.office.rights import Right
from certserver.office.terminals.changing import outlets

_FILTERS = ("group", "place", "due", "express")


def show(visit: Visit) -> Answer:
    """A page of it, or the application of a number."""
    number = visit.query.get("number", "")[:64].strip()
    if number:
        return _opened(visit, number)
    try:
        return _shown(visit, _wanted(visit))
    except ValueError:
        return _shown(visit, Wanted(), wrong="filter")


def _opened(visit: Visit, number: str) -> Answer:
    try:
        begin_so = numbered(visit.desk, beginning(number))
    except NoSuchEntry:
        begin_so = ()
    if len(begin_so) == 1:
        return Gone(f"/applications/{begin_so[0]}")
    return _shown(visit, Wanted(), number=number, several=begin_so, wrong="" if begin_so else "number")


def _shown(visit: Visit, wanted: Wanted, *, number: str = "", several: Sequence[str] = (), wrong: str = "") -> Shown:
    found: Inbox = inbox(visit.desk, wanted)
    asked = {name: visit.query.get(name, "")[:64] for name in _FILTERS} if not wrong else dict.fromkeys(_FILTERS, "")
    group = asked["group"] or Group.DECISION.value
    texts, counts = visit.texts, counted(visit.desk)
    called = outlet_names(visit.desk)
    more = {name: value for name, value in asked.items() if value and name != "group"}
    told = {
        "found": found,
        "group": group,
        "groups": [
            (
                each.value,
                texts("inbox.group-n", text=texts(f"inbox.group-{each.value}"), n=counts[each]),
                "?" + urlencode({"group": each.value, **more}),
            )
            for each in Group
        ],
        "asked": asked,
        "narrowed": bool(more) or wrong == "filter",
        "places": [
            ("", texts("inbox.any")),
            *((name, called.get(name, name)) for name in sorted(outlets(visit.desk))),
            (ELSEWHERE, texts("inbox.elsewhere-place")),
        ],
        "dues": [("", texts("inbox.any")), *((each.value, texts(f"inbox.due-{each.value}")) for each in Due)],
        "further": "?" + urlencode({"group": group, **more, "after": found.further}) if found.further else "",
        "here": visit.desk.municipality,
        "called": called,
        "number": number,
        "several": several,
        "wrong": wrong,
    }
    return Shown("applications/inbox", told, HTTPStatus.BAD_REQUEST if wrong else HTTPStatus.OK)


def _wanted(visit: Visit) -> Wanted:
    """What is asked for. Raises `ValueError` for words that are none."""
    asked = {name: visit.query.get(name, "")[:64].strip() for name in (*_FILTERS, "after")}
    return Wanted(
        states=STATES[Group(asked["group"] or Group.DECISION.value)],
        place=asked["place"] or None,
        due=Due(asked["due"]) if asked["due"] else None,
        express=asked["express"] == "yes",
        after=asked["after"] or None,
    )


PAGES = (PageRoute("/applications", show, right=Right.DECIDE_APPLICATIONS, menu="menu.applications"),)
