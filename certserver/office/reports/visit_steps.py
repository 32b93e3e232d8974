"""How a visit at a terminal went, told from what the audit log says of it, entry by entry. A visit is counted once:
when paper is out, or when the next one begins at its terminal. Pure."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from certserver.ledger.audit import AuditEvent
from certserver.ports import in_japan


class Step(Enum):
    """The last step that a visit came to."""

    OPENED = "opened"
    """A card was shown; it has not answered yet."""
    OFFERED = "offered"
    PREPARED = "prepared"
    ISSUED = "issued"
    REFUSED = "refused"


class Ended(Enum):
    """How a visit ended, in the order in which it could."""

    NO_ANSWER = "no-answer"
    """Nobody typed the PIN, or the card did not answer."""
    NO_ORDER = "no-order"
    NOT_PAID = "not-paid"
    NOT_PRINTED = "not-printed"
    """Issued, and no sheet of it came out whole."""
    REFUSED = "refused"
    DELIVERED = "delivered"


class Measure(Enum):
    """What is counted by day."""

    ENDED = "ended"
    REFUSED = "refused"
    PAPER_WITHIN = "paper-within"


WITHIN_S = (30, 45, 60, 75, 90, 105, 120, 150, 180, 240, 300, 420, 600, 900)
"""Bounds of the time from the card to the report that paper is out."""
LATER = "later"

_LEFT_AT = {
    Step.OPENED: Ended.NO_ANSWER,
    Step.OFFERED: Ended.NO_ORDER,
    Step.PREPARED: Ended.NOT_PAID,
    Step.ISSUED: Ended.NOT_PRINTED,
    Step.REFUSED: Ended.REFUSED,
}
_REACHES = {
    AuditEvent.OFFER_SHOWN: Step.OFFERED,
    AuditEvent.PREPARED: Step.PREPARED,
    AuditEvent.ISSUED: Step.ISSUED,
}
_DELIVERED = "delivered"
_AT_THE_CARD = "open"
_OF_STAFF = ("console", "staff")
"""How steps begin by which whoever works here, and no resident, was refused a sign-in."""
_OF_A_VISIT = frozenset({"answer", "prepare", "release"})


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit that is not counted yet. `opened_at` in Unix seconds."""

    opened_at: int
    step: Step


@dataclass(frozen=True, slots=True)
class Entry:
    """Of an entry of the audit log what says how visits went: `reason` and `step` of a refusal, `outcome` of a
    document."""

    at: int
    event: AuditEvent
    terminal: str
    reason: str = ""
    step: str = ""
    outcome: str = ""


Counts = Counter[tuple[Measure, date, str]]


def follow(visits: dict[str, Visit], entry: Entry) -> Counts:
    """What an entry adds; the visits under way, by terminal, are brought along."""
    counts: Counts = Counter()
    visit = visits.get(entry.terminal)
    if entry.event is AuditEvent.SESSION_OPENED:
        if visit is not None:
            _end(counts, visit.opened_at, _LEFT_AT[visit.step])
        visits[entry.terminal] = Visit(entry.at, Step.OPENED)
    elif entry.event is AuditEvent.REFUSED:
        _refused(counts, visits, entry)
    elif visit is not None and entry.event in _REACHES:
        visits[entry.terminal] = replace(visit, step=_REACHES[entry.event])
    elif visit is not None and entry.outcome == _DELIVERED:
        _end(counts, visit.opened_at, Ended.DELIVERED)
        counts[Measure.PAPER_WITHIN, _day(visit.opened_at), within(entry.at - visit.opened_at)] += 1
        del visits[entry.terminal]
    return counts


def within(seconds: int) -> str:
    """The bound that a time keeps within, with leading zeros, so that bounds sort as texts."""
    return next((f"{bound:04}" for bound in WITHIN_S if seconds <= bound), LATER)


def refusal_word(step: str, reason: str) -> str:
    """Step and reason as one word."""
    return f"{step}/{reason}"


def _refused(counts: Counts, visits: dict[str, Visit], entry: Entry) -> None:
    if entry.step.startswith(_OF_STAFF):
        return
    counts[Measure.REFUSED, _day(entry.at), refusal_word(entry.step, entry.reason)] += 1
    visit = visits.get(entry.terminal)
    if entry.step == _AT_THE_CARD:
        # There is no session: whoever came is turned away at once, and who came before has left.
        _end(counts, entry.at, Ended.REFUSED)
        if visit is not None:
            _end(counts, visit.opened_at, _LEFT_AT[visit.step])
            del visits[entry.terminal]
    elif visit is not None and entry.step in _OF_A_VISIT:
        # Whoever is refused one thing may still order another.
        visits[entry.terminal] = replace(visit, step=Step.REFUSED)


def _end(counts: Counts, opened_at: int, ended: Ended) -> None:
    counts[Measure.ENDED, _day(opened_at), ended.value] += 1


def _day(at: int) -> date:
    return in_japan(at).date()
