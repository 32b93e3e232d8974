"""When is a kind served: hours, weekdays, national holidays and closures, all on a Japanese calendar. Pure."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta

from certserver.days import is_business_day
from certserver.ports import JST
from certserver.rules.in_force import KindInForce
from certserver.rules.settings import Closure

CLOSURE_TOLD_DAYS = 31
"""How many days ahead the start screen tells a closure."""


def hours_of(kind: KindInForce, day: date) -> tuple[int, int]:
    """Opening and closing minute of a kind on a day, (0, 0) when it is closed all day."""
    if any(_covers(closure, day) for closure in kind.closures):
        return 0, 0
    if kind.weekdays_only and not is_business_day(day):
        return 0, 0
    return kind.opens_at, kind.closes_at


def is_open(kind: KindInForce, now: datetime) -> bool:
    """Whether a kind is served at this instant."""
    here = now.astimezone(JST)
    opens_at, closes_at = hours_of(kind, here.date())
    return opens_at <= here.hour * 60 + here.minute < closes_at


def next_closure(closures: Iterable[Closure], day: date) -> Closure | None:
    """The closure that covers this day or begins next, with the dates of this time round; None when none is near."""
    horizon = day + timedelta(days=CLOSURE_TOLD_DAYS)
    coming = [
        replace(closure, since=since, until=until, yearly=False)
        for closure in closures
        for since, until in _occurrences(closure, day)
        if since <= horizon and until >= day
    ]
    return min(coming, key=lambda closure: closure.since, default=None)


def _covers(closure: Closure, day: date) -> bool:
    return any(since <= day <= until for since, until in _occurrences(closure, day))


def _occurrences(closure: Closure, day: date) -> Iterable[tuple[date, date]]:
    """First and last day of each time round that a day may be near to."""
    if not closure.yearly:
        return ((closure.since, closure.until),)
    length = closure.until - closure.since
    firsts = (closure.since.replace(year=day.year + years) for years in (-1, 0, 1))
    return [(first, first + length) for first in firsts]
