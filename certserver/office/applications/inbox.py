"""The inbox of card applications: those that are open, by what they wait for, where they were taken in and when they
are due, express issuance first. It tells nothing of a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, literal, select, tuple_

from certserver.applications.states import OPEN, State
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.ports import in_japan
from certserver.storage.applications import applications

PAGE = 50
NUMBER_DIGITS = 32
ELSEWHERE = "*"
"""In the place of an office: taken in by other municipalities."""

_WEEK = timedelta(days=7)
_SHOWN = (
    *(applications.c.application, applications.c.version, applications.c.state, applications.c.express),
    *(applications.c.route, applications.c.photo, applications.c.outlet, applications.c.reception_municipality),
    *(applications.c.moved_at, applications.c.due_on),
)


class Group(Enum):
    """For what applications wait."""

    DECISION = "decision"
    """For an officer's decision."""
    INTAKE = "intake"
    """For whoever takes them in, or took them in and got them back."""
    MAKER = "maker"
    """For the card maker."""
    CARD_HERE = "card-here"
    """The card is here, and has to be set up, mailed or announced."""
    TAKER = "taker"
    """For the person: at the counter, or at the door."""


STATES: Mapping[Group, frozenset[State]] = {
    Group.DECISION: frozenset({State.SENT_TO_MUNICIPALITY, State.UNDER_REVIEW}),
    Group.INTAKE: frozenset(
        {State.DRAFT, State.IDENTITY_CHECKED, State.CAPTURED, State.RETURNED, State.MAKER_DEFECT},
    ),
    Group.MAKER: frozenset({State.APPROVED, State.SENT_TO_MAKER, State.MANUFACTURING, State.SET_UP_AT_MAKER}),
    Group.CARD_HERE: frozenset({State.CARD_AT_MUNICIPALITY, State.SET_UP, State.RETURNED_TO_SENDER}),
    Group.TAKER: frozenset(
        {State.MAILED, State.ARRIVAL_NOTICE, State.NOTICE_SENT, State.RESERVED, State.EXPIRED_HOLD},
    ),
}
"""Every open state stands in one."""


class Due(Enum):
    """When they are due."""

    OVER = "over"
    """Before today."""
    TODAY = "today"
    """Today, or before."""
    WEEK = "week"
    """Within seven days, or before."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for; None asks for any. `place` is an office of the municipality, or `ELSEWHERE`; `after` is the
    last application of the page before, `most` how many stand on one."""

    states: frozenset[State] = STATES[Group.DECISION]
    place: str | None = None
    due: Due | None = None
    express: bool = False
    after: str | None = None
    most: int = PAGE


@dataclass(frozen=True, slots=True)
class Entry:
    """An application as the list shows it; `moved_at` is when it came into its state, Unix seconds."""

    application_id: str
    version: int
    state: str
    express: bool
    route: str
    photo: str
    outlet: str
    reception: str
    moved_at: int
    due_on: date | None
    over: bool


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of it; `further` is what the next one comes after, None where it is the last."""

    entries: tuple[Entry, ...]
    further: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many wait for a decision, how many of them are of express issuance, and how many should have been decided
    before today."""

    all: int
    express: int
    over: int


def inbox(desk: Desk, wanted: Wanted) -> Inbox:
    """Applications that are open, express issuance first, then by the day on which they are due."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    today = in_japan(desk.now()).date()
    with desk.database.reading() as connection:
        asked = [*_asked(desk.municipality, wanted, today), *_behind(connection, desk.municipality, wanted.after)]
        rows = connection.execute(
            select(*_SHOWN).where(*asked).order_by(*_order()).limit(wanted.most + 1),
        ).all()
    shown = tuple(_entry(row, today) for row in rows[: wanted.most])
    return Inbox(shown, shown[-1].application_id if len(rows) > wanted.most else None)


def numbered(desk: Desk, begins: str) -> tuple[str, ...]:
    """The applications, whatever became of them, whose number begins with these hex digits; a page of them at most."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    table = applications.c
    # By its two ends, so that the key finds it: LIKE would not everywhere.
    first, last = begins.ljust(NUMBER_DIGITS, "0"), begins.ljust(NUMBER_DIGITS, "f")
    of_it = and_(table.municipality == desk.municipality, table.application.between(first, last))
    with desk.database.reading() as connection:
        return tuple(connection.scalars(select(table.application).where(of_it).order_by(table.application).limit(PAGE)))


def listed(desk: Desk, states: frozenset[State]) -> tuple[Entry, ...]:
    """All that stand in these states, who waited longest first; nothing of a person."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    table, today = applications.c, in_japan(desk.now()).date()
    of_states = and_(table.municipality == desk.municipality, table.state.in_(_words(states)))
    with desk.database.reading() as connection:
        rows = connection.execute(select(*_SHOWN).where(of_states).order_by(table.moved_at, table.application)).all()
    return tuple(_entry(row, today) for row in rows)


def counted(desk: Desk) -> Mapping[Group, int]:
    """How many wait for what."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    table = applications.c
    of_open = and_(table.municipality == desk.municipality, table.state.in_(_words(OPEN)))
    with desk.database.reading() as connection:
        rows = connection.execute(select(table.state, func.count()).where(of_open).group_by(table.state)).all()
    counts = {State(row[0]): int(row[1]) for row in rows}
    return {group: sum(counts.get(state, 0) for state in states) for group, states in STATES.items()}


def waiting(desk: Desk) -> Waiting:
    """What waits for a decision."""
    desk.demand(Right.DECIDE_APPLICATIONS)
    table, today = applications.c, in_japan(desk.now()).date()
    waits = and_(table.municipality == desk.municipality, table.state.in_(_words(STATES[Group.DECISION])))
    with desk.database.reading() as connection:
        row = connection.execute(
            select(
                func.count(),
                func.coalesce(func.sum(case((table.express, 1), else_=0)), 0),
                func.coalesce(func.sum(case((table.due_on < today, 1), else_=0)), 0),
            ).where(waits)
        ).one()
    return Waiting(*(int(each) for each in row))


def _asked(municipality: str, wanted: Wanted, today: date) -> list[ColumnElement[bool]]:
    table = applications.c
    asked = [table.municipality == municipality, table.state.in_(_words(wanted.states & OPEN))]
    if wanted.express:
        asked.append(table.express)
    # Few are open and an office took in many: asked so that no planner looks at all of the office's.
    reception, outlet = func.coalesce(table.reception_municipality, ""), func.coalesce(table.outlet, "")
    if wanted.place == ELSEWHERE:
        asked.append(reception != municipality)
    elif wanted.place is not None:
        asked.append(and_(reception == municipality, outlet == wanted.place))
    match wanted.due:
        case Due.OVER:
            asked.append(table.due_on < today)
        case Due.TODAY:
            asked.append(table.due_on <= today)
        case Due.WEEK:
            asked.append(table.due_on <= today + _WEEK)
        case None:
            pass
    return asked


def _order() -> tuple[ColumnElement[Any], ...]:
    table = applications.c
    ordinary = case((table.express, 0), else_=1)
    return ordinary, func.coalesce(table.due_on, date.max), table.moved_at, table.application


def _behind(connection: Connection, municipality: str, after: str | None) -> list[ColumnElement[bool]]:
    """Behind the last application of the page before, wherever it has gone meanwhile."""
    if after is None:
        return []
    table = applications.c
    row = connection.execute(
        select(table.express, table.due_on, table.moved_at).where(
            table.municipality == municipality, table.application == after
        )
    ).first()
    if row is None:
        return []
    last = (int(not row.express), row.due_on or date.max, row.moved_at, after)
    return [tuple_(*_order()) > tuple_(*(literal(each) for each in last))]


def _words(states: frozenset[State]) -> list[str]:
    return sorted(state.value for state in states)


def _entry(row: Any, today: date) -> Entry:
    return Entry(
        application_id=row.application,
        version=row.version,
        state=row.state,
        express=row.express,
        route=row.route,
        photo=row.photo,
        outlet=row.outlet,
        reception=row.reception_municipality,
        moved_at=row.moved_at,
        due_on=row.due_on,
        over=row.due_on is not None and row.due_on < today,
    )
