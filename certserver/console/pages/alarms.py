"""Integrity alarms: each stops the service; one person says what was found and done, another one closes it with that
(I9)."""

from http import HTTPStatus

from certserver.console.objections import told
from certserver.console.routes import Answer, Gone, PageRoute, Shown
from certserver.console.said import Said
from certserver.console.visit import Visit
from certserver.errors import NoSuchEntry
from certserver.objections import Objected, Objection
from certserver.office import alarms, proposals
from certserver.office.proposals import ProposalKind
from certserver.office.rights import Right


def show(visit: Visit) -> Answer:
    """Open ones, then those that were closed, newest first."""
    return _shown(visit)


def ask_closing(visit: Visit) -> Answer:
    """Asks that one is closed."""
    try:
        alarm_id = bytes.fromhex(visit.named["alarm"])
    except ValueError as error:
        raise NoSuchEntry("no open alarm has this id") from error
    reason = visit.typed("reason", alarms.LONGEST_REASON + 1)
    try:
        alarms.ask_closing(visit.desk, alarm_id, reason)
    except Objected as met:
        if met.why is not Objection.FINDING_LENGTH:
            raise
        return _shown(visit, alarm_id.hex(), reason, told(visit.texts, met))
    return Gone("/alarms", Said.ASKED)


def _shown(visit: Visit, at: str = "", typed: str = "", wrong: str = "") -> Shown:
    """With what was typed for one alarm, and what is wrong with it."""
    known = alarms.alarms(visit.desk)
    asked = {
        each.about["alarm"]: each for each in proposals.waiting(visit.desk) if each.kind is ProposalKind.CLOSE_ALARM
    }
    shown = {
        "is_open": [each for each in known if each.closed_at is None],
        "closed": [each for each in reversed(known) if each.closed_at is not None],
        "asked": asked,
        "may_close": visit.who.officer.may(Right.CLOSE_ALARMS),
        "longest": alarms.LONGEST_REASON,
        "at": at,
        "typed": typed,
        "wrong": wrong,
    }
    return Shown("alarms", shown, HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK)


PAGES = (
    PageRoute("/alarms", show, right=Right.SEE, menu="menu.alarms"),
    PageRoute("/alarms/{alarm}", None, ask_closing, right=Right.CLOSE_ALARMS),
)
