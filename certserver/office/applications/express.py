"""The queue of express issuance (特急発行): which applications are on their way, about when each card may arrive, and
how much the card maker takes in a day. Every day that is told is 目安, a range, made anew whenever somebody looks."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from certserver.applications.counter_settings import MakerSetting
from certserver.applications.dated import Confirmed
from certserver.applications.express_dates import PACE, arrival
from certserver.applications.express_way import likely_days
from certserver.applications.states import OPEN, State
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.pipeline.card_applications.counter_rows import read_counter_settings
from certserver.ports import in_japan
from certserver.storage.applications import applications

AT_MOST = 200
_WITH_THE_MUNICIPALITY = frozenset({State.SENT_TO_MUNICIPALITY, State.UNDER_REVIEW, State.APPROVED})


@dataclass(frozen=True, slots=True)
class Queued:
    """An application of express issuance; `likely` is the first and the last day that its card may arrive, None before
    it is sent and where it does not come by mail any more."""

    application_id: str
    state: str
    outlet: str
    moved_at: int
    due_on: date | None
    over: bool
    likely: tuple[date, date] | None
    beyond_a_week: bool


@dataclass(frozen=True, slots=True)
class Pace:
    """What the card maker takes: cards a day for the whole country, how many wait there as far as the municipality was
    told, for how many working days that is, and until when on a day; `open_today`: whether it begins cards today.
    `likely`: about when a card arrives that it takes now. `sure` is how sure the pace is."""

    a_day: int
    ahead: int
    days_ahead: int
    cut_off: time
    open_today: bool
    shortest: date
    likely: tuple[date, date]
    beyond_a_week: bool
    sure: Confirmed


@dataclass(frozen=True, slots=True)
class Queue:
    """`here` are those of the municipality that the card maker does not have yet; `further`: there are more than are
    shown."""

    pace: Pace
    queued: tuple[Queued, ...]
    here: int
    further: bool


def queue(desk: Desk) -> Queue:
    """The queue as it stands now, what is due first."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    now, table = in_japan(desk.now()), applications.c
    with desk.database.reading() as connection:
        maker = read_counter_settings(connection, desk.municipality).maker_at(desk.now()) or MakerSetting()
        states = sorted(state.value for state in OPEN)
        rows = connection.execute(
            select(table.application, table.state, table.outlet, table.moved_at, table.due_on)
            .where(table.municipality == desk.municipality, table.state.in_(states), table.express)
            .order_by(table.due_on.is_(None), table.due_on, table.moved_at, table.application)
        ).all()
    calendar, today = maker.calendar(), now.date()
    taken = arrival(now, maker.cards_ahead, calendar)
    pace = Pace(
        a_day=PACE.cards_a_day,
        ahead=maker.cards_ahead,
        days_ahead=maker.cards_ahead // PACE.cards_a_day,
        cut_off=maker.cut_off,
        open_today=calendar.is_working(today) and now.time() < maker.cut_off,
        shortest=taken.shortest,
        likely=(taken.likely_from, taken.likely_to),
        beyond_a_week=taken.beyond_a_week,
        sure=PACE.confirmed,
    )
    queued = []
    for row in rows[:AT_MOST]:
        likely = likely_days(State(row.state), in_japan(row.moved_at), now, calendar, maker.cards_ahead)
        queued.append(
            Queued(
                application_id=row.application,
                state=row.state,
                outlet=row.outlet,
                moved_at=row.moved_at,
                due_on=row.due_on,
                over=row.due_on is not None and row.due_on < today,
                likely=likely,
                beyond_a_week=likely is not None and (likely[1] - in_japan(row.moved_at).date()).days > _WEEK,
            )
        )
    here = sum(State(row.state) in _WITH_THE_MUNICIPALITY for row in rows)
    return Queue(pace, tuple(queued), here, len(rows) > AT_MOST)


_WEEK = 7
