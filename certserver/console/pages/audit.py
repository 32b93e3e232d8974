"""The log of every decision: searched by time, event and word, and verified on the page, against heads kept apart from
the database."""

from datetime import datetime
from functools import partial
from http import HTTPStatus
from urllib.parse import urlencode

from certserver.console.pages.settings.entries import draft_entry
from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.errors import AuditBroken
from certserver.ledger.audit import AuditEvent, AuditHead
from certserver.office.audit import Found, Wanted, read_log, verify_log
from certserver.office.rights import Right
from certserver.ports import JST, unix

_ASKED = ("since", "until", "event", "word")


def show(visit: Visit) -> Answer:
    """A page of the log."""
    return _shown(visit)


def verify(visit: Visit) -> Answer:
    """Verifies all of it: seconds for a long log, so that it is not done again and again."""
    wait = visit.parts.verifying.wait(visit.parts.doors.municipality)
    if wait:
        return _shown(visit, verified="wait", status=HTTPStatus.TOO_MANY_REQUESTS)
    try:
        head = verify_log(visit.desk, visit.parts.heads)
    except AuditBroken as broken:
        return _shown(visit, verified="broken", broken=broken)
    return _shown(visit, verified="unbroken", head=head)


def _shown(
    visit: Visit,
    *,
    verified: str = "",
    head: AuditHead | None = None,
    broken: AuditBroken | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> Shown:
    asked = {name: visit.query.get(name, "")[:64].strip() for name in _ASKED}
    try:
        wanted: Wanted | None = _wanted(asked, visit.query.get("before", ""))
    except ValueError:
        wanted = None
    found = Found((), None) if wanted is None else read_log(visit.desk, wanted)
    further = "" if found.further is None else "?" + urlencode({**asked, "before": found.further})
    told = {
        "asked": asked,
        "events": [event.value for event in AuditEvent],
        "found": found,
        "draft_entry": partial(draft_entry, visit.texts),
        "further": further,
        "wrong": wanted is None,
        "verified": verified,
        "head": head,
        "broken": broken,
    }
    return Shown("audit", told, status)


def _wanted(asked: dict[str, str], before: str) -> Wanted:
    """Raises `ValueError` for what is no instant, event or number."""
    return Wanted(
        since=_instant(asked["since"]),
        until=_instant(asked["until"]),
        event=AuditEvent(asked["event"]) if asked["event"] else None,
        word=asked["word"],
        before=int(before[:18]) if before else None,
    )


def _instant(told: str) -> int | None:
    """An instant as browsers write those without a zone, on a Japanese clock."""
    return unix(datetime.fromisoformat(told).replace(tzinfo=JST)) if told else None


PAGES = (
    PageRoute("/audit", show, right=Right.READ_AUDIT, menu="menu.audit"),
    PageRoute("/audit/verify", None, verify, right=Right.READ_AUDIT, slow=True),
)
