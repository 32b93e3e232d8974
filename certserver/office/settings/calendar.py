"""A month as one kind of outlet keeps it: which days are closed, and for what reason; and the closure that terminals
tell on their start screen. Pure."""

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time

from certserver.days import is_business_day
from certserver.office.settings.content import Standing
from certserver.outlets import Outlet, OutletKind
from certserver.ports import JST, unix
from certserver.rules.hours import hours_of, next_closure
from certserver.rules.in_force import InForce, in_force
from certserver.rules.settings import Closure

_NOON = time(12)
_ANY = "any"
"""The name of no outlet: only rows of its kind and of everywhere count."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day: how many kinds are offered, how many of them are open at some hour, and the closures that cover it."""

    day: date
    offered: int
    open: int
    closures: tuple[Closure, ...]
    business: bool


def month(stood: Standing, kind: OutletKind, year: int, number: int) -> tuple[tuple[Day | None, ...], ...]:
    """The weeks of a month, Sunday first; None for days of other months."""
    weeks = Calendar(firstweekday=6).monthdatescalendar(year, number)
    return tuple(tuple(_day(stood, kind, day) if day.month == number else None for day in week) for week in weeks)


def told_closure(stood: Standing, kind: OutletKind, now: datetime) -> Closure | None:
    """What a terminal at such an outlet tells on its start screen now, None when nothing is near."""
    counting = in_force(stood.settings, Outlet(_ANY, kind), unix(now))
    return next_closure((each for each in counting.closures if not each.kinds), now.astimezone(JST).date())


def _day(stood: Standing, kind: OutletKind, day: date) -> Day:
    counting = in_force(stood.settings, Outlet(_ANY, kind), unix(datetime.combine(day, _NOON, JST)))
    open_ones = [row for row in counting.kinds if hours_of(row, day) != (0, 0)]
    return Day(day, len(counting.kinds), len(open_ones), _covering(counting, day), is_business_day(day))


def _covering(counting: InForce, day: date) -> tuple[Closure, ...]:
    return tuple(
        each for each in counting.closures if (one := next_closure([each], day)) is not None and one.since <= day
    )
