"""Applications that were under way before there were deadlines get theirs, from when they came to where they stand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from certserver.days import is_business_day
from certserver.ports import JST

revision = "0031_deadlines_filled"
down_revision = "0030_refusal_texts"
branch_labels = None
depends_on = None

_EXPRESS_SINCE = date(2024, 12, 2)
_WORKING = {("sent-to-municipality", False): 5, ("sent-to-municipality", True): 1, ("returned-to-sender", False): 5}
_ALL_DAYS = {"card-at-municipality": 7, "arrival-notice": 10}
_GOES_ON = {"under-review": "sent-to-municipality", "set-up": "card-at-municipality"}
"""These stand within the days of the state before."""

_DAY = timedelta(days=1)
_AT_ONCE = 1000

_applications = sa.table(
    "applications",
    sa.column("municipality", sa.String()),
    sa.column("application", sa.String()),
    sa.column("state", sa.String()),
    sa.column("express", sa.Boolean(create_constraint=False)),
    sa.column("moved_at", sa.BigInteger()),
    sa.column("due_on", sa.Date()),
)
_moves = sa.table(
    "application_moves",
    sa.column("municipality", sa.String()),
    sa.column("application", sa.String()),
    sa.column("before", sa.String()),
    sa.column("after", sa.String()),
    sa.column("at", sa.BigInteger()),
)


def upgrade() -> None:
    connection, table = op.get_bind(), _applications.c
    filled = (
        sa.update(_applications)
        .where(table.municipality == sa.bindparam("of"), table.application == sa.bindparam("which"))
        .values(due_on=sa.bindparam("day"))
    )
    values = list(_due(connection))
    for first in range(0, len(values), _AT_ONCE):
        connection.execute(filled, values[first : first + _AT_ONCE])


def downgrade() -> None:
    """They may stay: the schema is the same."""


def _due(connection: sa.Connection) -> Iterator[dict[str, Any]]:
    table = _applications.c
    states = sorted({state for state, _ in _WORKING} | _ALL_DAYS.keys() | _GOES_ON.keys())
    wanted = sa.select(table.municipality, table.application, table.state, table.express, table.moved_at).where(
        table.state.in_(states), table.due_on.is_(None)
    )
    for row in connection.execute(wanted).all():
        begun = _GOES_ON.get(row.state)
        came = row.moved_at if begun is None else _came(connection, row, begun) or row.moved_at
        on = datetime.fromtimestamp(came, UTC).astimezone(JST).date()
        day = _last_day(begun or row.state, row.express, on)
        if day is not None:
            yield {"of": row.municipality, "which": row.application, "day": day}


def _came(connection: sa.Connection, row: Any, state: str) -> int | None:
    """When it last came into a state, by its moves."""
    table = _moves.c
    of_it = sa.and_(table.municipality == row.municipality, table.application == row.application)
    came: int | None = connection.scalar(
        sa.select(sa.func.max(table.at)).where(of_it, table.after == state, table.before != state)
    )
    return came


def _last_day(state: str, express: bool, on: date) -> date | None:
    if state in _ALL_DAYS:
        return on + timedelta(days=_ALL_DAYS[state])
    of_express = express and state == "sent-to-municipality"
    if of_express and on < _EXPRESS_SINCE:
        return None
    day = on
    for _ in range(_WORKING[state, of_express]):
        day += _DAY
        while not is_business_day(day):
            day += _DAY
    return day
