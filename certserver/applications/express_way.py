"""About when a card of express issuance arrives from where it is: 目安, made anew whenever it moves. Pure."""

from datetime import date, datetime, timedelta

from certserver.applications.express_dates import PACE, ExpressPace, MakerCalendar, arrival
from certserver.applications.states import State
from certserver.ports import JST

_NOT_TAKEN_YET = frozenset({State.SENT_TO_MUNICIPALITY, State.UNDER_REVIEW, State.APPROVED, State.SENT_TO_MAKER})
_ON_ITS_WAY = frozenset({State.SET_UP_AT_MAKER, State.MAILED})


def likely_days(
    state: State,
    moved_at: datetime,
    now: datetime,
    calendar: MakerCalendar,
    cards_ahead: int = 0,
    pace: ExpressPace = PACE,
) -> tuple[date, date] | None:
    """The first and the last day that are likely, of an application that came to its state at an instant: as if the
    card maker took it now, from when it was taken, or from when it is ready for the mail. None before it is sent, and
    where it does not come by mail any more. `cards_ahead` wait at the card maker now."""
    if state in _NOT_TAKEN_YET or state is State.MANUFACTURING:
        # Of a card that is being made nobody is ahead any more.
        taken = state is State.MANUFACTURING
        found = arrival(moved_at if taken else now, 0 if taken else cards_ahead, calendar, pace)
        return found.likely_from, found.likely_to
    if state in _ON_ITS_WAY:
        fastest, slowest = (moved_at.astimezone(JST).date() + timedelta(days=days) for days in pace.mail_days)
        return fastest, slowest
    return None
