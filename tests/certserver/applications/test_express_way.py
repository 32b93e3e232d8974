"""About when an express card arrives, from where it is: always a range, never before it is sent nor once it came."""

from datetime import date, datetime

import pytest

from certserver.applications.express_dates import MakerCalendar
from certserver.applications.express_way import likely_days
from certserver.applications.states import State
from certserver.ports import JST

MONDAY, WEDNESDAY = datetime(2026, 6, 1, 10, tzinfo=JST), datetime(2026, 6, 3, 10, tzinfo=JST)


@pytest.mark.parametrize(
    ("state", "since", "until"),
    [
        # As if the card maker took it today, on Wednesday: made on the 7th.
        (State.SENT_TO_MUNICIPALITY, date(2026, 6, 8), date(2026, 6, 9)),
        (State.UNDER_REVIEW, date(2026, 6, 8), date(2026, 6, 9)),
        # Taken on Monday: made on the 5th.
        (State.MANUFACTURING, date(2026, 6, 6), date(2026, 6, 7)),
        # Ready for the mail since Monday.
        (State.SET_UP_AT_MAKER, date(2026, 6, 2), date(2026, 6, 3)),
        (State.MAILED, date(2026, 6, 2), date(2026, 6, 3)),
    ],
)
def test_a_range_from_where_it_is(state: State, since: date, until: date) -> None:
    assert likely_days(state, MONDAY, WEDNESDAY, MakerCalendar()) == (since, until)


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.CAPTURED, State.RETURNED, State.RETURNED_TO_SENDER, State.DELIVERED, State.WITHDRAWN]
)
def test_nothing_is_told_of_what_does_not_come(state: State) -> None:
    assert likely_days(state, MONDAY, WEDNESDAY, MakerCalendar()) is None
