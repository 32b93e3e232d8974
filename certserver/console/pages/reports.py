"""Reports: a list of them, and a page for each with its chart, its table and its file for a spreadsheet. Whoever may
see small numbers can have them kept back all the same, as they have to be in what is published."""

from dataclasses import replace
from datetime import date, timedelta
from http import HTTPStatus

from markupsafe import Markup

from certserver.console.objections import told
from certserver.console.routes import Answer, PageRoute, Sent, Shown
from certserver.console.visit import Fields, Visit
from certserver.errors import NoSuchEntry
from certserver.objections import Objected
from certserver.office.reports.catalogue import AT_A_DAY, NATIONWIDE, REPORTS, WITHHOLDING
from certserver.office.reports.making import Wanted, make_report
from certserver.office.reports.months import first_of_fiscal_year, fiscal_year
from certserver.office.reports.words import Language, words_in
from certserver.office.reports.writing_csv import as_csv
from certserver.office.reports.writing_html import as_html
from certserver.office.rights import Right
from certserver.ports import in_japan

MOST_ROWS = 400
"""On a page; the file has them all."""

_PORTIONS = 1
"""How much a page adds to the sums before it is made."""

_GROUPS = {
    "certificates": tuple(name for name in REPORTS if name.startswith("certificates")),
    "money": ("fees", "contract-claims", "subsidy-claims", "cost-per-certificate"),
    "service": ("time-to-paper", "abandonment", "refusals", "faults"),
    "cards": tuple(name for name in REPORTS if name in NATIONWIDE),
}


def index(_visit: Visit) -> Answer:
    """The list."""
    return Shown("reports", {"groups": _GROUPS})


def show(visit: Visit) -> Answer:
    """One report, between the days that were asked for."""
    name = _name(visit)
    try:
        wanted = _wanted(visit, name, visit.query)
        table = make_report(visit.desk, wanted)
    except (ValueError, Objected) as error:
        return _wrong(visit, name, error)
    left_out = max(len(table.rows) - MOST_ROWS, 0)
    words = words_in(wanted.language)
    # Everything in it was escaped where it was put together.
    report = Markup(as_html(replace(table, rows=table.rows[:MOST_ROWS]), words))  # noqa: S704
    shown = {"name": name, "wanted": wanted, "wrong": "", "report": report, "left_out": left_out}
    return Shown("report", shown | _form(visit, name))


def file(visit: Visit) -> Answer:
    """The same as a file for a spreadsheet."""
    name = _name(visit)
    try:
        wanted = _wanted(visit, name, visit.form)
        content = b"".join(as_csv(make_report(visit.desk, wanted)))
    except (ValueError, Objected) as error:
        # Never the usual span instead, nor without what is kept back: whoever sends it on thinks it is what they asked.
        return _wrong(visit, name, error)
    days = f"{wanted.until}" if name in AT_A_DAY else f"{wanted.since}-{wanted.until}"
    return Sent(f"{name}-{days}.csv", "text/csv; charset=utf-8", content)


def _wrong(visit: Visit, name: str, error: ValueError | Objected) -> Shown:
    """The form of a report, and why there is none."""
    why = told(visit.texts, error) if isinstance(error, Objected) else visit.texts("reports.wrong")
    shown = {"name": name, "wanted": _usual(visit, name), "wrong": why, "report": None, "left_out": 0}
    return Shown("report", shown | _form(visit, name), HTTPStatus.BAD_REQUEST)


def _name(visit: Visit) -> str:
    """Which report. Raises `NoSuchEntry`."""
    name = visit.named["name"]
    if name not in REPORTS:
        raise NoSuchEntry(f"there is no report {name}")
    return name


def _wanted(visit: Visit, name: str, asked: Fields) -> Wanted:
    """What is asked for. Raises `ValueError` for days that are none."""
    usual = _usual(visit, name)
    since, until = (date.fromisoformat(asked[each]) if asked.get(each) else None for each in ("since", "until"))
    until = until or usual.until
    since = until if name in AT_A_DAY else since or usual.since
    if since > until:
        raise ValueError("it ends before it begins")
    return replace(usual, since=since, until=until, public="public" in asked)


def _usual(visit: Visit, name: str) -> Wanted:
    """The fiscal year so far; of fees, whose rows are by day, the month; for whoever may not see small numbers, until
    the end of the last month."""
    until = in_japan(visit.now).date()
    if name in WITHHOLDING and not visit.who.officer.may(Right.SEE_SMALL_NUMBERS):
        until = until.replace(day=1) - timedelta(days=1)
    since = until.replace(day=1) if name == "fees" else first_of_fiscal_year(fiscal_year(until))
    return Wanted(name, since, until, Language(visit.texts.language.value), portions=_PORTIONS)


def _form(visit: Visit, name: str) -> dict[str, object]:
    may = name in WITHHOLDING and visit.who.officer.may(Right.SEE_SMALL_NUMBERS)
    return {"small_numbers": may, "at_a_day": name in AT_A_DAY}


PAGES = (
    PageRoute("/reports", index, right=Right.SEE, menu="menu.reports"),
    PageRoute("/reports/{name}", show, file, right=Right.SEE),
)
