"""By when officers should have done what an application waits for."""

from datetime import date

import pytest

from certserver.applications.deadlines import DUE_STATES, deadline_row, due_after
from certserver.applications.states import OPEN, State

WEDNESDAY = date(2026, 6, 10)
BEFORE_HOLIDAYS = date(2026, 4, 28)


@pytest.mark.parametrize(
    ("state", "express", "on", "due"),
    [
        (State.SENT_TO_MUNICIPALITY, False, WEDNESDAY, date(2026, 6, 17)),
        (State.SENT_TO_MUNICIPALITY, True, WEDNESDAY, date(2026, 6, 11)),
        (State.SENT_TO_MUNICIPALITY, True, date(2026, 6, 12), date(2026, 6, 15)),
        # 29 April, and 4 to 6 May, are holidays.
        (State.SENT_TO_MUNICIPALITY, False, BEFORE_HOLIDAYS, date(2026, 5, 11)),
        (State.CARD_AT_MUNICIPALITY, False, WEDNESDAY, date(2026, 6, 17)),
        (State.ARRIVAL_NOTICE, True, WEDNESDAY, date(2026, 6, 20)),
        (State.RETURNED_TO_SENDER, False, WEDNESDAY, date(2026, 6, 17)),
        (State.APPROVED, False, WEDNESDAY, None),
        (State.RETURNED, False, WEDNESDAY, None),
    ],
)
def test_days_are_counted_from_when_it_came(state: State, express: bool, on: date, due: date | None) -> None:
    assert due_after(State.DRAFT, None, state, on, express=express) == due


def test_taking_it_up_or_looking_at_it_gives_no_more_time() -> None:
    later, first = date(2026, 6, 16), date(2026, 6, 17)
    for before, after in (
        (State.SENT_TO_MUNICIPALITY, State.UNDER_REVIEW),
        (State.CARD_AT_MUNICIPALITY, State.SET_UP),
        (State.UNDER_REVIEW, State.UNDER_REVIEW),
    ):
        assert due_after(before, first, after, later, express=False) == first
    again = due_after(State.CAPTURED, None, State.SENT_TO_MUNICIPALITY, later, express=False)
    assert again == date(2026, 6, 23)


def test_express_rows_begin_with_express_issuance() -> None:
    assert deadline_row(State.SENT_TO_MUNICIPALITY, date(2024, 12, 1), express=True) is None
    row = deadline_row(State.UNDER_REVIEW, date(2024, 12, 2), express=True)
    assert row is not None
    assert (row.days, row.official) == (1, False)


def test_nothing_that_ended_is_due() -> None:
    assert DUE_STATES <= OPEN
