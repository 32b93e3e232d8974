"""Drafts: the list of all, one with the difference it makes, and what becomes of it."""

from datetime import datetime
from http import HTTPStatus

from certserver.console.objections import told
from certserver.console.pages.settings.forms import number_in
from certserver.console.pages.settings.words import tell
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.objections import Objected, Objection
from certserver.office.rights import Right
from certserver.office.settings import approving, drafts
from certserver.office.settings.draft_rows import UNDECIDED, Draft, DraftState
from certserver.office.settings.making import LONGEST_WHY, Kept
from certserver.ports import JST, in_japan, unix


def show_all(visit: Visit) -> Answer:
    """The list."""
    before = visit.query.get("before", "")
    decided = drafts.drafts(visit.desk, frozenset(DraftState) - UNDECIDED, number_in(before) if before else None)
    shown = {
        "undecided": drafts.drafts(visit.desk, UNDECIDED),
        "decided": decided,
        "earlier": decided[-1].number if len(decided) == drafts.AT_ONCE else None,
        "may_draft": visit.who.officer.may(Right.DRAFT_SETTINGS),
    }
    return Shown("settings/drafts", shown)


def show(visit: Visit) -> Answer:
    """One draft."""
    return Shown("settings/draft", _told(visit))


def when(visit: Visit) -> Answer:
    """Sets from when a draft is to count, and why; on what stands then."""
    number = _number(visit)
    try:
        drafts.reschedule(visit.desk, number, visit.typed("why", LONGEST_WHY + 1), _effective(visit))
    except Objected as met:
        return _again(visit, met)
    return Gone(_path(number), Said.DRAFT_KEPT)


def propose(visit: Visit) -> Answer:
    """Hands it to whoever approves."""
    drafts.propose(visit.desk, _number(visit))
    return Gone(_path(_number(visit)), Said.DRAFT_PROPOSED)


def approve(visit: Visit) -> Answer:
    """Puts it in force."""
    number = _number(visit)
    came = approving.approve(visit.desk, number, visit.typed("seen", 64))
    if isinstance(came, Kept):
        return Gone(_path(number), Said(f"kept-{came.why.value}"))
    return Gone(_path(number), Said.DRAFT_APPROVED)


def decline(visit: Visit) -> Answer:
    """Says no, and why."""
    number = _number(visit)
    try:
        approving.decline(visit.desk, number, visit.typed("decline-why", LONGEST_WHY + 1))
    except Objected as met:
        return _again(visit, met)
    return Gone(_path(number), Said.DRAFT_DECLINED)


def drop(visit: Visit) -> Answer:
    """Gives it up."""
    drafts.drop(visit.desk, _number(visit))
    return Gone(_path(_number(visit)), Said.DRAFT_DROPPED)


def roll_back(visit: Visit) -> Answer:
    """Begins the draft that takes it back."""
    try:
        back = approving.roll_back(visit.desk, _number(visit), visit.typed("why", LONGEST_WHY + 1))
    except Objected as met:
        return _again(visit, met)
    return Gone(_path(back.number), Said.DRAFT_KEPT)


def _again(visit: Visit, met: Objected) -> Answer:
    """The draft once more, with what is wrong at its field. Raises it again where it is in none."""
    if met.why not in _PLACES:
        raise met
    typed = {
        "why": visit.typed("why", LONGEST_WHY + 1),
        "effective": visit.typed("effective", 32),
        "declining": visit.typed("decline-why", LONGEST_WHY + 1),
    }
    place = _PLACES[met.why]
    wrong = [(place, visit.texts(f"settings.{place}"), told(visit.texts, met))]
    around = {**typed, "faults": {place: wrong[0][2]}, "wrong": wrong}
    return Shown("settings/draft", {**_told(visit), **around}, HTTPStatus.UNPROCESSABLE_ENTITY)


def _told(visit: Visit) -> dict[str, object]:
    looked = drafts.look(visit.desk, _number(visit))
    draft, may = looked.draft, visit.who.officer.rights
    undecided, own = draft.state in UNDECIDED, draft.drafted_by == visit.mark
    kept = looked.hindered
    meanwhile = () if kept is None else tell(visit.texts, kept.meanwhile, looked.spans)
    return {
        "draft": draft,
        # Since when something stands is told beside what stands: not beside what stood when this was drafted.
        "told": tell(visit.texts, draft.difference, {} if meanwhile else looked.spans),
        "hindered": kept,
        "meanwhile": meanwhile,
        "own": own,
        "may_change": undecided and own and not draft.unread and Right.DRAFT_SETTINGS in may,
        "may_approve": draft.state is DraftState.PROPOSED and not own and Right.APPROVE in may and kept is None,
        "may_decline": undecided and not own and Right.APPROVE in may,
        "may_drop": undecided and own and Right.DRAFT_SETTINGS in may,
        "may_roll_back": draft.state is DraftState.APPROVED and not draft.unread and Right.DRAFT_SETTINGS in may,
        "why": "" if draft.state is DraftState.APPROVED else draft.why,
        "declining": "",
        "effective": _typed_instant(draft),
        "faults": {},
        "wrong": (),
        "longest": LONGEST_WHY,
    }


_PLACES = {
    Objection.DECLINING_LENGTH: "decline-why",
    Objection.INSTANT_PAST: "effective",
    Objection.INSTANT_TOO_FAR: "effective",
    Objection.NO_INSTANT: "effective",
    Objection.WHY_LENGTH: "why",
}
"""The fields that an objection is in."""


def _number(visit: Visit) -> int:
    return number_in(visit.named["number"])


def _path(number: int) -> str:
    return f"/settings/drafts/{number}"


def _typed_instant(draft: Draft) -> str:
    """As a field for an instant shows it."""
    return "" if draft.effective_at is None else f"{in_japan(draft.effective_at):%Y-%m-%dT%H:%M:%S}"


def _effective(visit: Visit) -> int | None:
    """The instant that was typed, on a Japanese clock. Raises `ConfigurationError`."""
    typed = visit.typed("effective", 32)
    if not typed:
        return None
    try:
        instant = datetime.fromisoformat(typed)
    except ValueError as error:
        raise Objected(Objection.NO_INSTANT, typed=typed) from error
    return unix(instant if instant.tzinfo is not None else instant.replace(tzinfo=JST))


PAGES = (
    PageRoute("/settings/drafts", show_all, right=Right.SEE, menu="settings.menu-drafts"),
    PageRoute("/settings/drafts/{number}", show, right=Right.SEE),
    PageRoute("/settings/drafts/{number}/when", None, when, right=Right.DRAFT_SETTINGS),
    PageRoute("/settings/drafts/{number}/propose", None, propose, right=Right.DRAFT_SETTINGS),
    PageRoute("/settings/drafts/{number}/approve", None, approve, right=Right.APPROVE),
    PageRoute("/settings/drafts/{number}/decline", None, decline, right=Right.APPROVE),
    PageRoute("/settings/drafts/{number}/drop", None, drop, right=Right.DRAFT_SETTINGS),
    PageRoute("/settings/drafts/{number}/roll-back", None, roll_back, right=Right.DRAFT_SETTINGS),
)
