"""What happens to card applications is counted once each, and the sums are those of the rows."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from certserver.applications.counted import band_of, counted_at
from certserver.applications.states import EventKind, OldCard
from certserver.office.reports import card_queries
from certserver.office.reports.recounting import card_month_sums, card_sums
from certserver.storage.reports import card_events
from tests.support.hand_over import Brought, a_hand_over_server, activated, admits, card_waits, compared
from tests.support.server import ServerForTests
from tests.support.server_people import MUNICIPALITY

TODAY = date(2026, 6, 10)


@pytest.fixture
def server(either_database: None, tmp_path: Path) -> Iterator[ServerForTests]:
    with a_hand_over_server(tmp_path) as made:
        yield made


def test_an_application_counts_as_sent_accepted_and_delivered_by_age_and_sex(server: ServerForTests) -> None:
    hall = card_waits(server)
    with server.database.reading() as connection:
        assert figures(server)[:2] == (1, 0)
    assert hall.move("reserve") == "reserved"
    admits(hall, Brought())
    compared(hall)
    activated(hall, "sealed-form")
    assert hall.move("deliver") == "delivered"
    assert figures(server) == (1, 1, 0)
    with server.database.reading() as connection:
        rows = connection.execute(
            select(card_events.c.counted, card_events.c.day, card_events.c.age_from, card_events.c.sex)
        ).all()
        cells = card_queries.figures_by_age(connection, MUNICIPALITY, TODAY)
        kept, counted = card_sums(connection, MUNICIPALITY)
        by_month, by_day = card_month_sums(connection, MUNICIPALITY)
    assert sorted(tuple(row) for row in rows) == [
        (word, TODAY.isoformat(), 75, "male") for word in ("applied", "delivered", "sent")
    ]
    assert [(band, sex.value, each.held) for (band, sex), each in cells.items() if each.held] == [(75, "male", 1)]
    assert kept == counted
    assert by_month == by_day
    assert kept.total() == by_month.total() == 3


def figures(server: ServerForTests) -> tuple[int, int, int]:
    with server.database.reading() as connection:
        all_of = card_queries.figures_overall(connection, MUNICIPALITY, TODAY)
        yesterday = card_queries.figures_overall(connection, MUNICIPALITY, TODAY - timedelta(days=1))
    assert (yesterday.applied, yesterday.delivered) == (0, 0)
    return all_of.applied, all_of.delivered, all_of.ended


def test_two_people_of_the_same_band_add_up(server: ServerForTests) -> None:
    card_waits(server)
    card_waits(server, "rin")
    with server.database.reading() as connection:
        kept, counted = card_sums(connection, MUNICIPALITY)
    assert kept == counted
    assert kept["applied", TODAY.isoformat(), 15, "male"] == 1
    assert kept["applied", TODAY.isoformat(), 75, "male"] == 1


def test_a_new_card_ends_the_old_one_that_was_handed_in() -> None:
    words = [each.value for each in counted_at(EventKind.DELIVER, OldCard.HANDED_IN)]
    assert words == ["delivered", "ended"]
    assert [each.value for each in counted_at(EventKind.DELIVER, OldCard.NONE)] == ["delivered"]
    assert counted_at(EventKind.MAIL_OUT, OldCard.HANDED_IN) == ()


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2026, 6, 10), 0),
        (date(2021, 6, 11), 0),
        (date(2021, 6, 10), 5),
        (date(1946, 6, 11), 75),
        (date(1946, 6, 10), 80),
        (date(1910, 1, 1), 80),
    ],
)
def test_bands_are_of_the_age_on_the_day(born: date, band: int) -> None:
    assert band_of(born, TODAY) == band
