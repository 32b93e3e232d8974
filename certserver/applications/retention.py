"""For how long what is personal in a card application is kept: dated rows, all of them this software's design until a
municipality has set its own. Nothing of the way an application took is ever deleted. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.applications.states import State


@dataclass(frozen=True, slots=True)
class KeptRow(Dated):
    """Days for which form, photo and scans are kept after an application ended; they are erased on the day after. The
    row in force on the day of the end counts, whatever comes in force later."""

    ended: State
    days: int


@dataclass(frozen=True, slots=True)
class WaitingRow(Dated):
    """Days for which an application may wait untouched before it lapses: else what somebody left half done would be
    kept for good."""

    state: State
    days: int


def _kept(ended: State, days: int) -> KeptRow:
    return KeptRow(ended, days, source="", confirmed=Confirmed.DESIGN)


def _waiting(state: State, days: int) -> WaitingRow:
    return WaitingRow(state, days, source="", confirmed=Confirmed.DESIGN)


KEPT = (
    _kept(State.DELIVERED, 90),
    _kept(State.DISPOSED, 90),
    _kept(State.INVALIDATED, 90),
    _kept(State.REJECTED, 90),
    _kept(State.WITHDRAWN, 30),
)

WAITING = (
    _waiting(State.CAPTURED, 30),
    _waiting(State.DRAFT, 30),
    _waiting(State.IDENTITY_CHECKED, 30),
    _waiting(State.MAKER_DEFECT, 180),
    _waiting(State.RETURNED, 180),
)


def kept_until(ended: State, day: date, rows: Iterable[KeptRow] = KEPT) -> date:
    """The last day on which what is personal is kept of an application that ended on a day in Japan. Raises
    `LookupError` when no row says it."""
    for row in in_force(rows, day):
        if row.ended is ended:
            return day + timedelta(days=row.days)
    raise LookupError(f"no row says how long a {ended.value} application is kept")


def waits_until(state: State, day: date, rows: Iterable[WaitingRow] = WAITING) -> date | None:
    """The last day on which an application may wait that was touched last on a day; None where it lapses never."""
    return next((day + timedelta(days=row.days) for row in in_force(rows, day) if row.state is state), None)
