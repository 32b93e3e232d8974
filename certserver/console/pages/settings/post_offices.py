"""Post offices, and others' places, that the municipality designated: with which procedures, from which day on, and
what stands behind it. The notice to be posted there is drawn from the same."""

from datetime import date
from urllib.parse import urlencode

from certserver.console.pages.settings.forms import Base, base_of, largest_form, most_fields, rows, sent
from certserver.console.pages.settings.reading import Mistake, Reading
from certserver.console.routes import Answer, PageRoute, Sent, Shown
from certserver.console.visit import Visit
from certserver.office.posted_notices import posted_notice
from certserver.office.rights import Right
from certserver.office.settings.content import Content
from certserver.office.settings.counter_parts import COMMISSIONED, CommissionPart, PaperPart, openable
from certserver.office.settings.drafts import stands
from certserver.office.terminals.changing import outlets
from certserver.outlets import is_code
from certserver.ports import in_japan

_TEMPLATE = "settings/post-offices-form"
_MOST_ROWS = 60
_PAPERS = ("resolution", "contract", "notice")
_LONGEST = 200
_ROW_FIELDS = 5 + 2 * len(_PAPERS) + len(openable())


def show_all(visit: Visit) -> Answer:
    """What stands, with what is missing behind each, and its notice."""
    desk = visit.desk
    today = in_japan(desk.now()).date()
    listed = stands(desk).content(desk.now()).commissions or ()
    told = {
        "offices": [
            (
                each,
                missing(each, desk.municipality, today),
                is_code(each.called or each.office),
                urlencode({"office": each.office, "place": each.place.value}),
            )
            for each in listed
        ],
        "today": today,
        "may_draft": visit.who.officer.may(Right.DRAFT_SETTINGS),
    }
    return Shown("settings/post-offices", told)


def missing(part: CommissionPart, municipality: str, today: date) -> list[str]:
    """What is missing behind an office: today, or on its first day while that is still to come; nothing behind one that
    is over."""
    if part.until is not None and part.until < today:
        return []
    return [each.value for each in part.row(municipality).missing(max(today, part.since))]


def notice(visit: Visit) -> Answer:
    """The notice of one office, to be printed and posted."""
    office, place = visit.query.get("office", "")[:64], visit.query.get("place", "")[:32]
    return Sent("notice.pdf", "application/pdf", posted_notice(visit.desk, visit.parts.papers, office, place).file)


def form(visit: Visit) -> Answer:
    """The list as it can be changed."""
    return Shown(_TEMPLATE, _told(visit, base_of(visit)))


def do(visit: Visit) -> Answer:
    """Puts the list into a draft."""
    return sent(visit, _TEMPLATE, _told, lambda _: Content(commissions=_typed(visit)))


def _told(visit: Visit, base: Base) -> dict[str, object]:
    t = visit.texts
    return {
        **base.around(),
        "offices": rows(visit, _MOST_ROWS, "office", base.content.commissions or (), spare=1),
        "places": [(each.value, t(f"opened.{each.value}")) for each in COMMISSIONED],
        "procedures": [each.value for each in openable()],
        "papers": _PAPERS,
        "known": sorted(outlets(visit.desk)),
    }


def _typed(visit: Visit) -> tuple[CommissionPart, ...]:
    """What the form says. Raises `Wrong`."""
    reading = Reading(visit)
    typed = reading.rows(_MOST_ROWS, "office")
    found = [_commission(visit, reading, row) for row in typed]
    names = ("office", "place", "since")
    reading.different("office", [(row, tuple(visit.typed(f"{name}-{row}", 64) for name in names)) for row in typed])
    reading.done()
    return tuple(each for each in found if each is not None)


def _commission(visit: Visit, reading: Reading, row: int) -> CommissionPart | None:
    until = visit.typed(f"until-{row}", 10)
    values = {
        "office": visit.typed(f"office-{row}", 65),
        "called": visit.typed(f"called-{row}", 65),
        "place": visit.typed(f"place-{row}", 32),
        "since": visit.typed(f"since-{row}", 10),
        "until": until or None,
        "procedures": tuple(visit.form.getlist(f"procedures-{row}")),
        **{name: _paper(visit, reading, name, row) for name in _PAPERS},
    }
    ends_early = bool(until) and until < visit.typed(f"since-{row}", 10)
    return reading.made(
        CommissionPart,
        values,
        row,
        places={"": "until" if ends_early else "procedures"},
        checked={"": Mistake.ORDER if ends_early else Mistake.NOT_TOGETHER},
    )


def _paper(visit: Visit, reading: Reading, name: str, row: int) -> PaperPart | None:
    cited, day = visit.typed(f"{name}-{row}", _LONGEST + 1), visit.typed(f"{name}_day-{row}", 10)
    if not cited and not day:
        return None
    places = {"cited": name, "day": f"{name}_day"}
    return reading.made(PaperPart, {"cited": cited, "day": day or None}, row, places=places)


PAGES = (
    PageRoute("/settings/post-offices", show_all, right=Right.SEE),
    PageRoute(
        "/settings/post-offices/list",
        form,
        do,
        right=Right.DRAFT_SETTINGS,
        largest=largest_form(_MOST_ROWS, fields=_ROW_FIELDS, characters=3 * _LONGEST + 2 * 64),
        fields=most_fields(_MOST_ROWS, fields=_ROW_FIELDS),
    ),
    PageRoute("/settings/post-offices/notice.pdf", notice, right=Right.SEE, file=True),
)
