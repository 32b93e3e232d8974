"""What finds the rows of a register agrees with them: after a load, and after every change in the day."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select

from certserver.registers.changing import of_key, remove
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.lookups import LOOKUPS, fill_lookups, of_snapshot
from certserver.registers.versions import SnapshotKey, read_in_force
from certserver.registers.writing import write_household, write_resident
from certserver.storage.engine import Database
from certserver.storage.registers import residents
from tests.certserver.intake.test_imports import database, take_in
from tests.support.deliveries import write_delivery
from tests.support.handovers import small_town
from tests.support.koseki import make_koseki
from tests.support.registers import MIHON, empty_database, make_household, make_resident

__all__ = ["database"]

pytestmark = pytest.mark.usefixtures("either_database")


def in_force(connection: Connection) -> SnapshotKey:
    found = read_in_force(connection, MIHON)
    assert found is not None
    return found.key


def agrees(connection: Connection, key: SnapshotKey) -> Iterator[tuple[str, int, bool]]:
    """Of each lookup its name, how many entries it has, and whether they are those that the rows ask for."""
    for lookup in LOOKUPS:
        there = {tuple(row) for row in connection.execute(select(lookup.table).where(of_key(lookup.table, key)))}
        wanted = {tuple(row) for row in connection.execute(of_snapshot(lookup, key))}
        yield lookup.table.name, len(there), there == wanted


def test_a_load_fills_them(database: Database, tmp_path: Path) -> None:
    take_in(database, write_delivery(tmp_path / "delivery", small_town(), MIHON))
    with database.reading() as connection:
        found = list(agrees(connection, in_force(connection)))
    assert all(count and agreed for _, count, agreed in found), found


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    register = empty_database(tmp_path)
    with register.writing() as connection:
        yield connection
    register.close()


_HOUSES = ("a", "b")
_PEOPLE = ("kengo", "misaki", "sayaka")
_CHANGES = st.lists(
    st.one_of(
        st.tuples(st.just("house"), st.sampled_from(_HOUSES), st.sampled_from("123")),
        st.tuples(st.just("resident"), st.sampled_from(_PEOPLE), st.sampled_from(_HOUSES)),
        st.tuples(st.just("gone"), st.sampled_from(_PEOPLE), st.none()),
        st.tuples(st.just("koseki"), st.sampled_from(("k", "l")), st.lists(st.sampled_from((*_PEOPLE, None)))),
    ),
    max_size=12,
)


def change(connection: Connection, what: str, whose: str, value: Any) -> None:
    """One change of a register."""
    if what == "house":
        write_household(connection, MIHON, make_household(whose, f"見本町{value}番地"))
    elif what == "resident":
        write_resident(connection, MIHON, make_resident(whose, value))
    elif what == "gone":
        remove(connection, residents, of_key(residents, in_force(connection), resident_id=whose))
    else:
        write_koseki(connection, MIHON, make_koseki(whose, *dict.fromkeys(value)))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=_CHANGES)
def test_every_change_in_the_day_carries_them_along(connection: Connection, changes: list[Any]) -> None:
    for house in _HOUSES:
        write_household(connection, MIHON, make_household(house))
    for one in changes:
        change(connection, *one)
        found = list(agrees(connection, in_force(connection)))
        assert all(agreed for _, _, agreed in found), (one, found)


def test_they_are_filled_at_once_where_nobody_waits(connection: Connection) -> None:
    write_household(connection, MIHON, make_household("a"))
    write_resident(connection, MIHON, make_resident("kengo", "a"))
    key = in_force(connection)
    for lookup in LOOKUPS:
        remove(connection, lookup.table, of_key(lookup.table, key))
    assert not any(count for _, count, _ in agrees(connection, key))
    fill_lookups(connection, key)
    assert all(agreed for _, _, agreed in agrees(connection, key))
