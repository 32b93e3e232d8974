"""Who may take a card: what the rules of today want, and what of it is still missing. Nothing that is ticked is kept,
nor does it stand in an address."""

from http import HTTPStatus

from certserver.console.pages.applications.numbers import application_of
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.applications.looking import state_of
from certserver.office.applications.proxy import ALSO, CASES, COMINGS, Ticked, check_list, support_word
from certserver.office.rights import Right

_LONGEST = 40
_MOST = 40


def show(visit: Visit) -> Answer:
    """The list, with nothing ticked."""
    return _shown(visit, None)


def judge(visit: Visit) -> Answer:
    """What follows from what is ticked."""
    state_of(visit.desk, application_of(visit))
    ticked = Ticked(
        coming=visit.typed("coming", _LONGEST),
        case=visit.typed("case", _LONGEST),
        brought=_several(visit, "brought"),
        of_holder=_several(visit, "holder"),
        of_taker=_several(visit, "taker"),
        also=frozenset(name for name in ALSO if visit.typed(name) == "yes"),
    )
    try:
        return _shown(visit, ticked)
    except ValueError:
        return _shown(visit, None, wrong=True)


def _shown(visit: Visit, ticked: Ticked | None, *, wrong: bool = False) -> Shown:
    number = application_of(visit)
    listed = check_list(visit.desk, number, ticked, visit.purpose)
    rows = {case.case: case for case in listed.cases}
    named = {support_word(each) for case in listed.cases for each in (*case.any_of, *case.waived_by)}
    told = {
        "number": number,
        "listed": listed,
        "ticked": ticked or Ticked(coming=COMINGS[0]),
        "comings": COMINGS,
        "cases": [case for case in CASES if case in rows],
        "rows": rows,
        "papers": sorted(named - {_PROVEN_BY_ITSELF}),
        "also": ALSO,
        "word": support_word,
        "wrong": wrong,
    }
    return Shown("applications/proxy", told, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


def _several(visit: Visit, name: str) -> tuple[str, ...]:
    return tuple(each[:_LONGEST] for each in visit.form.getlist(name)[:_MOST])


_PROVEN_BY_ITSELF = "identity-document"
"""That an identity document supports a case follows from those that are ticked."""

PAGES = (PageRoute("/applications/{application}/proxy", show, judge, right=Right.DECIDE_APPLICATIONS, personal=True),)
