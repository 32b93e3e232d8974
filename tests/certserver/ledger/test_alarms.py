"""Integrity alarms stop a municipality until a person closes each (I9)."""

from pathlib import Path

import pytest

from certserver.errors import ConfigurationError
from certserver.ledger.alarms import close_alarm, list_alarms, raise_alarm
from certserver.ledger.book import open_book
from certserver.ledger.state import found_municipality, read_state
from certserver.storage.engine import Database
from tests.support.registers import MIHON, empty_database

FIRST, SECOND = bytes([1]) * 16, bytes([2]) * 16


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = empty_database(tmp_path)
    with made.writing() as connection:
        found_municipality(connection, MIHON)
    return made


def raised(database: Database, alarm_id: bytes, source: str = "kiosk-1", what: str = "proof") -> None:
    with database.writing() as connection, open_book(connection, MIHON) as book:
        raise_alarm(connection, book, alarm_id, source, what, 100)


def closed(database: Database, alarm_id: bytes) -> None:
    with database.writing() as connection, open_book(connection, MIHON) as book:
        close_alarm(connection, book, alarm_id, "looked into it", 200)


def suspended(database: Database) -> bool:
    with database.reading() as connection:
        state = read_state(connection, MIHON)
    assert state is not None
    return state.suspended


def test_i9_service_stops_until_every_alarm_is_closed(database: Database) -> None:
    assert not suspended(database)
    raised(database, FIRST)
    raised(database, SECOND, what="pages")
    closed(database, FIRST)
    assert suspended(database)
    closed(database, SECOND)
    assert not suspended(database)
    with database.reading() as connection:
        alarms = list_alarms(connection, MIHON)
    assert [alarm.closing_reason for alarm in alarms] == ["looked into it", "looked into it"]


def test_a_report_that_comes_again_raises_no_second_alarm(database: Database) -> None:
    raised(database, FIRST)
    raised(database, SECOND)
    closed(database, FIRST)
    assert not suspended(database)


def test_an_alarm_is_closed_once(database: Database) -> None:
    raised(database, FIRST)
    closed(database, FIRST)
    with pytest.raises(ConfigurationError, match="alarm list"):
        closed(database, FIRST)
    with pytest.raises(ConfigurationError, match="alarm list"):
        closed(database, SECOND)
    assert not suspended(database)
