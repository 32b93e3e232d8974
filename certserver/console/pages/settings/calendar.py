"""Days without service: the month as an outlet of a kind keeps it, what terminals tell of it, and the list of closures,
which is changed as a whole."""

from datetime import date

from certserver.console.pages.settings.forms import (
    Base,
    base_of,
    largest_form,
    most_fields,
    rows,
    sent,
)
from certserver.console.pages.settings.kinds import places
from certserver.console.pages.settings.reading import Mistake, Reading
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.office.outlet_names import outlet_names
from certserver.office.rights import Right
from certserver.office.settings.calendar import month, told_closure
from certserver.office.settings.content import Content
from certserver.office.settings.drafts import stands
from certserver.office.settings.parts import ClosurePart
from certserver.outlets import OutletKind, every
from certserver.ports import JST
from koufu.evidence.words import CertificateKind

_FORM = "settings/closures"
_MOST_ROWS = 200
_ROW_FIELDS = 6 + len(CertificateKind)
_MONTHS = 12
_LEAP_DAY = "-02-29"
"""On which nothing can begin that is every year."""

_FIRST_YEAR, _LAST_YEAR = 2000, 2200


def show(visit: Visit) -> Answer:
    """A month."""
    desk = visit.desk
    now = desk.clock.now().astimezone(JST)
    kind = next((each for each in OutletKind if each.value == visit.query.get("outlet")), OutletKind.POST_OFFICE)
    year, number = _month(visit.query.get("month", ""), now.date())
    stood = stands(desk)
    told = {
        "kinds": [(each.value, visit.texts(f"word.{every(each)}")) for each in OutletKind],
        "kind": kind.value,
        "month": f"{year:04}-{number:02}",
        "weeks": month(stood, kind, year, number),
        "before": _moved(year, number, -1),
        "after": _moved(year, number, +1),
        "notice": told_closure(stood, kind, now),
        "closures": stood.content(desk.now()).closures,
        "today": now.date(),
        "called": outlet_names(desk),
        "may_draft": visit.who.officer.may(Right.DRAFT_SETTINGS),
    }
    return Shown("settings/calendar", told)


def form(visit: Visit) -> Answer:
    """The list."""
    return Shown(_FORM, _told(visit, base_of(visit)))


def do(visit: Visit) -> Answer:
    """Puts the list into a draft."""
    return sent(visit, _FORM, _told, lambda _: Content(closures=_typed(visit)))


def _told(visit: Visit, base: Base) -> dict[str, object]:
    closures = base.content.closures or ()
    return {
        **base.around(),
        "closures": rows(visit, _MOST_ROWS, "since", closures),
        "places": places(visit, [each.outlet for each in closures]),
        "kinds": [each.value for each in CertificateKind],
    }


def _typed(visit: Visit) -> tuple[ClosurePart, ...]:
    """What the form says. Raises `Wrong`."""
    reading = Reading(visit)
    found = [_closure(visit, reading, row) for row in reading.rows(_MOST_ROWS, "since", "until")]
    reading.done()
    return tuple(each for each in found if each is not None)


def _closure(visit: Visit, reading: Reading, row: int) -> ClosurePart | None:
    since, until = visit.typed(f"since-{row}", 10), visit.typed(f"until-{row}", 10)
    yearly = visit.typed(f"yearly-{row}") == "yes"
    on_leap_day = yearly and since.endswith(_LEAP_DAY)
    return reading.made(
        ClosurePart,
        {
            "since": since,
            "until": until or since,
            "yearly": yearly,
            "reason": visit.typed(f"reason-{row}"),
            "reason_en": visit.typed(f"reason_en-{row}"),
            "outlet": visit.typed(f"outlet-{row}", 64),
            "kinds": tuple(visit.form.getlist(f"kinds-{row}")),
        },
        row,
        places={"": "since" if on_leap_day else "until"},
        checked={"": Mistake.NOT_TOGETHER if on_leap_day else Mistake.ORDER, "outlet": Mistake.CHOOSE},
    )


def _month(told: str, today: date) -> tuple[int, int]:
    year, _, number = told.partition("-")
    if not (year.isdecimal() and number.isdecimal() and len(told) <= len("2026-06")):
        return today.year, today.month
    if not (_FIRST_YEAR <= int(year) <= _LAST_YEAR and 1 <= int(number) <= _MONTHS):
        return today.year, today.month
    return int(year), int(number)


def _moved(year: int, number: int, by: int) -> str:
    months = year * _MONTHS + number - 1 + by
    return f"{months // _MONTHS:04}-{months % _MONTHS + 1:02}"


PAGES = (
    PageRoute("/settings/calendar", show, right=Right.SEE, menu="settings.calendar-title"),
    PageRoute(
        "/settings/closures",
        form,
        do,
        right=Right.DRAFT_SETTINGS,
        # Two reasons and a place.
        largest=largest_form(_MOST_ROWS, fields=_ROW_FIELDS, characters=2 * 200 + 64),
        fields=most_fields(_MOST_ROWS, fields=_ROW_FIELDS),
    ),
)
