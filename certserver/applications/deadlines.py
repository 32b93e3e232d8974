"""By when somebody should have done what an application waits for: dated rows, each with the days that it leaves. They
tell officers what comes first and end nothing by themselves. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from certserver.applications.dated import Confirmed, Dated, in_force
from certserver.applications.express_codes import START
from certserver.applications.express_dates import ORDINARY
from certserver.applications.mail_delivery import MAIL_RULES
from certserver.applications.states import State
from certserver.days import is_business_day

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DeadlineRow(Dated):
    """Days from the one on which an application came into a state until the last on which it should leave it.
    `working`: Monday to Friday without holidays are counted, else every day. `express`: of express issuance or of the
    rest; None: of both."""

    state: State
    days: int
    working: bool
    express: bool | None = None


DEADLINES = (
    DeadlineRow(State.SENT_TO_MUNICIPALITY, 5, True, False, source="", confirmed=Confirmed.DESIGN),
    # A week from visit to card leaves the municipality a day.
    DeadlineRow(State.SENT_TO_MUNICIPALITY, 1, True, True, since=START, source="", confirmed=Confirmed.DESIGN),
    DeadlineRow(
        State.CARD_AT_MUNICIPALITY,
        ORDINARY.setting_up_days,
        working=False,
        source=ORDINARY.source,
        confirmed=ORDINARY.confirmed,
    ),
    DeadlineRow(
        State.ARRIVAL_NOTICE,
        MAIL_RULES.kept_days,
        working=False,
        source=MAIL_RULES.source,
        confirmed=MAIL_RULES.confirmed,
    ),
    DeadlineRow(State.RETURNED_TO_SENDER, 5, True, source="", confirmed=Confirmed.DESIGN),
)

_GOES_ON = {
    State.UNDER_REVIEW: State.SENT_TO_MUNICIPALITY,
    State.SET_UP: State.CARD_AT_MUNICIPALITY,
}
"""States that stand within the days of the one before: whoever takes an application up gets no more time by that, and
the days for setting up include asking the person to come."""

DUE_STATES = frozenset({row.state for row in DEADLINES} | _GOES_ON.keys())
"""In which there is a last day."""


def deadline_row(state: State, day: date, *, express: bool) -> DeadlineRow | None:
    """The row that counts for an application that came into a state on a day; None where nothing is due."""
    of = _GOES_ON.get(state, state)
    rows = (row for row in in_force(DEADLINES, day) if row.state is of)
    return next((row for row in rows if row.express in (None, express)), None)


def due_after(before: State, due: date | None, after: State, on: date, *, express: bool) -> date | None:
    """The last day for what an application waits for after a step on a day in Japan, where `due` was it `before`."""
    if before is after or _GOES_ON.get(after) is before:
        return due
    row = deadline_row(after, on, express=express)
    return None if row is None else _counted(on, row)


def _counted(on: date, row: DeadlineRow) -> date:
    if not row.working:
        return on + timedelta(days=row.days)
    day = on
    for _ in range(row.days):
        day += _DAY
        while not is_business_day(day):
            day += _DAY
    return day
