"""When a card of express issuance may arrive: always a range, always 目安, never one day that somebody could hold the
municipality to; made anew whenever the application moves. How its days are counted is this software's choice. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from certserver.applications.dated import Confirmed, Dated
from certserver.applications.express_codes import START
from certserver.days import is_business_day
from certserver.ports import JST

ROUGHLY = "目安"
BEYOND_A_WEEK = "1週間を超える見込み"

_DAY = timedelta(days=1)
_WEEK = 7


@dataclass(frozen=True, slots=True)
class ExpressPace(Dated):
    """How fast the card maker and the mail are: cards a day, days to make and set up one, days in the mail, and the
    shortest time of all from acceptance, in calendar days."""

    cards_a_day: int
    making_days: int
    mail_days: tuple[int, int]
    shortest_days: int


PACE = ExpressPace(
    10_000, 4, (1, 2), 5, since=START, source="slides, 特急発行・交付について", confirmed=Confirmed.MINISTRY
)


@dataclass(frozen=True, slots=True)
class OrdinaryPace(Dated):
    """How long the ordinary way takes: days to make a card, days to set it up and ask the person to come."""

    making_days: int
    setting_up_days: int


ORDINARY = OrdinaryPace(12, 7, source="slides, 特急発行・交付について (現在)", confirmed=Confirmed.MINISTRY)


@dataclass(frozen=True, slots=True)
class MakerCalendar:
    """When the card maker works. Before `cut_off` (Japan) an application is taken on the same day."""

    cut_off: time = time(15, 0)
    maintenance: frozenset[date] = frozenset()

    def is_open(self, day: date) -> bool:
        """Whether anything moves on a day: not at the turn of the year (29 December to 3 January), nor in
        maintenance."""
        return (1, 3) < (day.month, day.day) < (12, 29) and day not in self.maintenance

    def is_working(self, day: date) -> bool:
        """Whether new cards are begun on a day: none on weekends, holidays and days when it is not open."""
        return is_business_day(day) and self.is_open(day)


@dataclass(frozen=True, slots=True)
class ArrivalRange:
    """When a card may arrive. `shortest`: 最短, with nobody ahead; then the range that is likely."""

    shortest: date
    likely_from: date
    likely_to: date
    beyond_a_week: bool

    @property
    def text(self) -> str:
        """The range in Japanese, marked 目安."""
        beyond = f"（{BEYOND_A_WEEK}）" if self.beyond_a_week else ""
        return f"{ROUGHLY}：{_told(self.likely_from)}～{_told(self.likely_to)}頃{beyond}"


def arrival(accepted_at: datetime, cards_ahead: int, calendar: MakerCalendar, pace: ExpressPace = PACE) -> ArrivalRange:
    """When a card may arrive that was accepted at an instant with so many cards ahead of it. Cards ahead cost working
    days. The making then goes on over weekends, without which five days would never be met, but not while the maker is
    shut. Raises `ValueError` for an instant without a time zone or a negative queue."""
    if accepted_at.tzinfo is None or cards_ahead < 0:
        raise ValueError("an arrival wants an instant with a time zone, and a queue that is not negative")
    here = accepted_at.astimezone(JST)
    accepted_on = here.date()
    begun = accepted_on if here.time() < calendar.cut_off else accepted_on + _DAY
    begun = _first(begun, calendar.is_working)
    for _ in range(cards_ahead // pace.cards_a_day):
        begun = _first(begun + _DAY, calendar.is_working)
    made = begun
    for _ in range(pace.making_days):
        made = _first(made + _DAY, calendar.is_open)
    fastest, slowest = (made + timedelta(days=days) for days in pace.mail_days)
    return ArrivalRange(
        shortest=accepted_on + timedelta(days=pace.shortest_days),
        likely_from=fastest,
        likely_to=slowest,
        beyond_a_week=(slowest - accepted_on).days > _WEEK,
    )


def _first(day: date, fits: Callable[[date], bool]) -> date:
    while not fits(day):
        day += _DAY
    return day


def _told(day: date) -> str:
    return f"{day.month}月{day.day}日"
