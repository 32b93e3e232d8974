"""Whoever leaves Japan and keeps the card (国外転出者の継続利用): asked for by the day before leaving, not on the day.
The municipality of such a person is the one that keeps the supplement to the koseki. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from certserver.applications.dated import Confirmed, Dated
from certserver.applications.validity import X509Kind


@dataclass(frozen=True, slots=True)
class ContinuedUseRow(Dated):
    """Continued use while the row counts. `days_before`: by how many days before leaving it is asked for, at the
    latest; `left_since`: whoever left earlier stands on no supplement in time."""

    days_before: int
    left_since: date
    lapses: frozenset[X509Kind]


CONTINUED_USE = ContinuedUseRow(
    1,
    date(2015, 10, 5),
    frozenset({X509Kind.SIGNING}),
    since=date(2024, 5, 27),
    source="municipal pages (katano, shiga-konan); the first day: slides",
    confirmed=Confirmed.SEEN,
)


class ContinuedUse(Enum):
    """What becomes of a card."""

    KEPT = "kept"
    NO_SUCH_RULE = "no-such-rule"
    """Asked for before there was continued use."""
    NATIONALS_ONLY = "nationals-only"
    NOT_IN_SUPPLEMENT = "not-in-supplement"
    TOO_LATE = "too-late"


@dataclass(frozen=True, slots=True)
class ContinuedUseVerdict:
    """What becomes of a card, by which day it had to be asked for, and which of its X.509s lapse on leaving."""

    outcome: ContinuedUse
    ask_by: date
    lapses: frozenset[X509Kind]


def continued_use(*, asked_on: date, leaves_on: date, national: bool, in_supplement: bool) -> ContinuedUseVerdict:
    """What becomes of the card of somebody who leaves Japan on a day."""
    row = CONTINUED_USE
    ask_by = leaves_on - timedelta(days=row.days_before)
    reasons = (
        (not row.counts(asked_on), ContinuedUse.NO_SUCH_RULE),
        (not national, ContinuedUse.NATIONALS_ONLY),
        (not in_supplement, ContinuedUse.NOT_IN_SUPPLEMENT),
        (asked_on > ask_by, ContinuedUse.TOO_LATE),
    )
    against = next((reason for holds, reason in reasons if holds), None)
    if against is not None:
        return ContinuedUseVerdict(against, ask_by, frozenset(X509Kind))
    return ContinuedUseVerdict(ContinuedUse.KEPT, ask_by, row.lapses)


def may_have_card_abroad(*, left_on: date, national: bool, in_supplement: bool, day: date) -> bool:
    """Whether somebody who lives abroad can apply at a consulate on a day."""
    row = CONTINUED_USE
    return row.counts(day) and national and in_supplement and left_on >= row.left_since
