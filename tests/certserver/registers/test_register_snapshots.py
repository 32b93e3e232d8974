"""Snapshots: loaded unseen, switched by one update, brought back, forgotten; and what people set in the day stays in
force through all of it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from certserver.errors import StorageError
from certserver.registers.koseki_rows import koseki_withholding_values
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import RegisteredSealStatus, StatusNow, Withholding
from certserver.registers.repository import read_household, read_koseki_status, read_status
from certserver.registers.rows import withholding_values
from certserver.registers.snapshots import (
    SNAPSHOT_TABLES,
    SnapshotState,
    begin_snapshot,
    finish_snapshot,
    forget_some,
    put_in_force,
    retire_snapshot,
    snapshots_of,
)
from certserver.registers.tax_writing import write_damage, write_tax
from certserver.registers.versions import SnapshotKey, read_in_force
from certserver.registers.withholding import write_koseki_withholding, write_withholding
from certserver.registers.writing import cancel_registered_seal, write_registered_seal, write_resident
from certserver.storage.koseki import koseki_withholdings
from certserver.storage.registers import withholdings
from tests.support.koseki import make_damage, make_koseki, make_tax
from tests.support.registers import MIHON, empty_database, enter_household, make_resident, make_seal

pytestmark = pytest.mark.usefixtures("either_database")

FIRST, SECOND = SnapshotKey(MIHON, 1), SnapshotKey(MIHON, 2)
MEASURE = frozenset({Withholding.PROTECTIVE_MEASURE})
HOLD = frozenset({Withholding.ISSUANCE_HOLD})


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Two snapshots with the same people and registered seals, the first of them in force."""
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter(connection)
        assert begin_snapshot(connection, MIHON, 100, bytes(32)) == SECOND
        finish_snapshot(connection, SECOND, 200, {"residents": 2})
        put_in_force(connection, SECOND, 300)
        enter(connection)
        put_in_force(connection, FIRST, 400)
        yield connection
    database.close()


def enter(connection: Connection) -> None:
    enter_household(connection, "house", "kengo", "misaki")
    write_registered_seal(connection, MIHON, make_seal("kengo"))
    write_koseki(connection, MIHON, make_koseki("koseki", "kengo", None))


def status(connection: Connection) -> StatusNow:
    found = read_status(connection, MIHON, "kengo")
    assert found is not None
    return found


def withheld_in_koseki(connection: Connection) -> int:
    found = read_koseki_status(connection, MIHON, "koseki", "p0")
    assert found is not None
    assert found.koseki is not None
    return found.koseki.withheld


def test_a_switch_is_seen_at_once_and_is_another_version_each_time(connection: Connection) -> None:
    seen = {status(connection).version}
    for key in (SECOND, FIRST, SECOND):
        put_in_force(connection, key, 500)
        in_force = read_in_force(connection, MIHON)
        assert in_force is not None
        assert in_force.key == key
        seen.add(status(connection).version)
    assert len(seen) == 4


def test_nothing_of_a_snapshot_is_seen_before_it_is_in_force(connection: Connection) -> None:
    put_in_force(connection, SECOND, 500)
    write_resident(connection, MIHON, replace(make_resident("haruto"), name="見本　陽翔"))
    put_in_force(connection, FIRST, 600)
    assert read_household(connection, MIHON, "haruto") is None
    third = begin_snapshot(connection, MIHON, 700, None)
    assert third.number == 3, "a number is never given out again"
    with pytest.raises(StorageError, match="not ready"):
        put_in_force(connection, third, 800)
    finish_snapshot(connection, third, 800, {})
    with pytest.raises(StorageError, match="not loading"):
        finish_snapshot(connection, third, 800, {})
    put_in_force(connection, third, 900)
    assert read_household(connection, MIHON, "kengo") is None


def test_i6_what_people_set_in_the_day_stays_until_it_is_lifted(connection: Connection) -> None:
    write_withholding(connection, MIHON, "misaki", MEASURE)
    write_koseki_withholding(connection, MIHON, "koseki", "p1", HOLD)
    cancel_registered_seal(connection, MIHON, "kengo")
    for key in (SECOND, FIRST, SECOND):
        put_in_force(connection, key, 500)
        now = status(connection)
        assert now.seal is RegisteredSealStatus.CANCELLED
        assert [member.withholding for member in now.members] == [frozenset(), MEASURE]
        assert withheld_in_koseki(connection) == 1
    write_withholding(connection, MIHON, "misaki", frozenset())
    write_koseki_withholding(connection, MIHON, "koseki", "p1", frozenset())
    write_registered_seal(connection, MIHON, make_seal("kengo", b"a new imprint"))
    assert status(connection).seal is RegisteredSealStatus.REGISTERED, "another registration is not cancelled"
    for key in (FIRST, SECOND):
        put_in_force(connection, key, 600)
        assert not any(member.withholding for member in status(connection).members)
        assert withheld_in_koseki(connection) == 0
    put_in_force(connection, FIRST, 700)
    assert status(connection).seal is RegisteredSealStatus.CANCELLED, "that registration still is"


def test_a_registration_that_is_entered_again_is_not_cancelled_any_more(connection: Connection) -> None:
    cancel_registered_seal(connection, MIHON, "kengo")
    before = status(connection)
    write_registered_seal(connection, MIHON, make_seal("kengo"))
    assert (before.seal, status(connection).seal) == (RegisteredSealStatus.CANCELLED, RegisteredSealStatus.REGISTERED)
    assert status(connection).version != before.version


def test_what_a_snapshot_brought_may_be_lifted_in_the_day(connection: Connection) -> None:
    connection.execute(insert(withholdings), withholding_values(FIRST, "misaki", frozenset(Withholding)))
    write_withholding(connection, MIHON, "misaki", HOLD)
    assert status(connection).members[1].withholding == HOLD


def test_i6_a_change_of_a_resident_lifts_nothing_that_was_set_by_hand(connection: Connection) -> None:
    write_withholding(connection, MIHON, "misaki", MEASURE)
    write_resident(connection, MIHON, make_resident("misaki"))
    assert status(connection).members[1].withholding == MEASURE
    write_resident(connection, MIHON, replace(make_resident("misaki"), withholding=HOLD))
    assert status(connection).members[1].withholding == MEASURE | HOLD
    write_resident(connection, MIHON, make_resident("misaki"))
    assert status(connection).members[1].withholding == MEASURE


def test_i6_going_back_lifts_and_revives_nothing(connection: Connection) -> None:
    put_in_force(connection, SECOND, 500)
    connection.execute(insert(withholdings), withholding_values(SECOND, "misaki", MEASURE))
    connection.execute(insert(koseki_withholdings), koseki_withholding_values(SECOND, "koseki", "p1", HOLD))
    write_registered_seal(connection, MIHON, replace(make_seal("kengo"), cancelled=True))
    put_in_force(connection, FIRST, 600)
    now = status(connection)
    assert now.members[1].withholding == MEASURE
    assert now.seal is RegisteredSealStatus.CANCELLED
    assert withheld_in_koseki(connection) == 1
    put_in_force(connection, SECOND, 700)
    put_in_force(connection, FIRST, 800)
    assert status(connection).members[1].withholding == MEASURE


def test_a_snapshot_is_forgotten_in_small_steps_and_never_the_one_in_force(connection: Connection) -> None:
    write_tax(connection, MIHON, "kengo", make_tax())
    write_damage(connection, MIHON, "house", make_damage())
    write_withholding(connection, MIHON, "misaki", MEASURE)
    with pytest.raises(StorageError, match="in force"):
        retire_snapshot(connection, FIRST, 900)
    with pytest.raises(StorageError, match="not retired"):
        forget_some(connection, SECOND, 1)
    put_in_force(connection, SECOND, 500)
    retire_snapshot(connection, FIRST, 900)
    steps = 0
    while forget_some(connection, FIRST, 1):
        steps += 1
    assert steps >= 5
    for table in SNAPSHOT_TABLES:
        assert connection.scalar(select(func.count()).where(table.c.snapshot == FIRST.number)) == 0, table.name
    with pytest.raises(StorageError, match="not ready"):
        put_in_force(connection, FIRST, 950)
    assert [entry.state for entry in snapshots_of(connection, MIHON)] == [SnapshotState.RETIRED, SnapshotState.READY]
    assert snapshots_of(connection, MIHON)[1].counts == {"residents": 2}
    assert status(connection).members[1].withholding == MEASURE
