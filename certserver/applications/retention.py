"""For how long what is personal in a card application is kept: as the municipality set it, by dated rows; where it set
nothing, this software's design. Nothing of the way an application took is ever deleted. And for how long the row of a
procedure on a card is. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum

from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.applications.states import TERMINAL, State

LONGEST_DAYS = 3660
"""Ten years: a wrong number is rather a slip of the hand."""


class Span(Enum):
    """What is counted in days."""

    KEPT = "kept"
    """After the end."""
    WAITING = "waiting"
    """Untouched, before it lapses."""


@dataclass(frozen=True, slots=True)
class RetentionSetting:
    """Days that a municipality set for applications in a state, from `effective_at` (Unix seconds) until a later
    setting of the same. Raises `ValueError` for a state that has no such span, and for days out of bounds."""

    span: Span
    state: State
    effective_at: int
    days: int

    def __post_init__(self) -> None:
        if self.state not in STATES[self.span]:
            raise ValueError(f"there is no {self.span.value} of {self.state.value} applications")
        if not 1 <= self.days <= LONGEST_DAYS:
            raise ValueError(f"1 to {LONGEST_DAYS} days are expected")


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


@dataclass(frozen=True, slots=True)
class ProcedureRow(Dated):
    """Days for which the row of a procedure on a card is kept after its last day at a counter. By it an X.509 that was
    issued in it is known as its holder's before anybody links it."""

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

PROCEDURES = (
    # Five years, as long as the X.509 lasts, and a leap day more than can be in them.
    ProcedureRow(1828, source="", confirmed=Confirmed.DESIGN),
)

STATES = {Span.KEPT: TERMINAL, Span.WAITING: frozenset(row.state for row in WAITING)}
"""Of which states a municipality sets what."""


def kept_until(ended: State, at: datetime, settings: Iterable[RetentionSetting] = ()) -> date:
    """The last day on which what is personal is kept of an application that ended at an instant on a Japanese clock: by
    what counted then, whatever is set later. Raises `LookupError` when no row says it."""
    days = _set(Span.KEPT, ended, at, settings)
    if days is None:
        days = next((row.days for row in in_force(KEPT, at.date()) if row.ended is ended), None)
    if days is None:
        raise LookupError(f"no row says how long a {ended.value} application is kept")
    return at.date() + timedelta(days=days)


def days_waiting(state: State, at: datetime, settings: Iterable[RetentionSetting] = ()) -> int | None:
    """After how many untouched days an application lapses, by what counts at an instant on a Japanese clock; None where
    it lapses never."""
    days = _set(Span.WAITING, state, at, settings)
    if days is not None:
        return days
    return next((row.days for row in in_force(WAITING, at.date()) if row.state is state), None)


def procedures_kept_from(day: date) -> date:
    """The first day whose procedures are still kept on a day in Japan. Raises `LookupError` when no row says it."""
    row = next(iter(in_force(PROCEDURES, day)), None)
    if row is None:
        raise LookupError("no row says how long procedures on cards are kept")
    return day - timedelta(days=row.days)


def newest_settings(settings: Iterable[RetentionSetting], at: datetime) -> tuple[RetentionSetting, ...]:
    """Those that count at an instant, by span and state."""
    newest: dict[tuple[str, str], RetentionSetting] = {}
    for each in sorted(settings, key=lambda each: each.effective_at):
        if each.effective_at <= at.timestamp():
            newest[each.span.value, each.state.value] = each
    return tuple(newest[key] for key in sorted(newest))


def _set(span: Span, state: State, at: datetime, settings: Iterable[RetentionSetting]) -> int | None:
    counting = newest_settings((each for each in settings if (each.span, each.state) == (span, state)), at)
    return counting[0].days if counting else None
