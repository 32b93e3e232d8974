"""Snapshots: loaded unseen, switched by one update, brought back, forgotten; and what people set in the day stays in
force through all of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, insert, select

from certserver.errors import StorageError
from certserver.registers.koseki_rows import koseki_withholding_values
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import RegisteredSeal, RegisteredSealStatus, StatusNow, Withholding
from certserver.registers.repository import read_koseki_status, read_snapshot, read_status
from certserver.registers.rows import withholding_values
from certserver.registers.snapshots import (
    SNAPSHOT_TABLES,
    SnapshotState,
    begin_snapshot,
    bring_back,
    finish_snapshot,
    forget_some,
    put_in_force,
    retire_snapshot,
    snapshots_of,
)
from certserver.registers.tax_writing import write_damage, write_tax
from certserver.registers.versions import SnapshotKey, read_in_force
from certserver.registers.withholding import write_koseki_withholding, write_withholding
from certserver.registers.writing import (
    cancel_registered_seal,
    revive_registered_seal,
    write_registered_seal,
    write_resident,
)
from certserver.storage.deliveries import deliveries
from certserver.storage.koseki import koseki_withholdings
from certserver.storage.registers import withholdings
from tests.support.koseki import make_damage, make_koseki, make_tax
from tests.support.register_changes import read_household
from tests.support.registers import MIHON, empty_database, enter_household, make_resident, make_seal

pytestmark = pytest.mark.usefixtures("either_database")

FIRST, SECOND = SnapshotKey(MIHON, 1), SnapshotKey(MIHON, 2)
MEASURE = frozenset({Withholding.PROTECTIVE_MEASURE})
HOLD = frozenset({Withholding.ISSUANCE_HOLD})
LATER = make_seal("kengo", b"a new imprint", date(2026, 9, 1))


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    """Two snapshots with the same people and registered seals, the first of them in force."""
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter(connection)
        assert begin_snapshot(connection, MIHON, 100) == SECOND
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


def new_snapshot(connection: Connection, *seals: RegisteredSeal) -> SnapshotKey:
    """A third snapshot with the same people in force, and these registered seals."""
    key = begin_snapshot(connection, MIHON, 500)
    finish_snapshot(connection, key, 500, {})
    put_in_force(connection, key, 500)
    enter_household(connection, "house", "kengo", "misaki")
    for seal in seals:
        write_registered_seal(connection, MIHON, seal)
    return key


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
        bring_back(connection, key, 500)
        in_force = read_in_force(connection, MIHON)
        assert in_force is not None
        assert in_force.key == key
        seen.add(status(connection).version)
    assert len(seen) == 4


def test_nothing_of_a_snapshot_is_seen_before_it_is_in_force(connection: Connection) -> None:
    bring_back(connection, SECOND, 500)
    write_resident(connection, MIHON, replace(make_resident("haruto"), name="見本　陽翔"))
    bring_back(connection, FIRST, 600)
    assert read_household(connection, MIHON, "haruto") is None
    third = begin_snapshot(connection, MIHON, 700)
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
        bring_back(connection, key, 500)
        now = status(connection)
        assert now.seal is RegisteredSealStatus.CANCELLED
        assert [member.withholding for member in now.members] == [frozenset(), MEASURE]
        assert withheld_in_koseki(connection) == 1
    write_withholding(connection, MIHON, "misaki", frozenset())
    write_koseki_withholding(connection, MIHON, "koseki", "p1", frozenset())
    write_registered_seal(connection, MIHON, LATER)
    assert status(connection).seal is RegisteredSealStatus.REGISTERED, "another registration is not cancelled"
    for key in (FIRST, SECOND):
        bring_back(connection, key, 600)
        assert not any(member.withholding for member in status(connection).members)
        assert withheld_in_koseki(connection) == 0
    bring_back(connection, FIRST, 700)
    assert status(connection).seal is RegisteredSealStatus.CANCELLED, "that registration still is"


@pytest.mark.parametrize("day", [date(2000, 1, 4), None])
@pytest.mark.parametrize("imprint", [b"imprint", b"the same picture, packed anew"])
def test_i6_a_registration_that_is_delivered_again_stays_cancelled(
    connection: Connection, imprint: bytes, day: date | None
) -> None:
    write_registered_seal(connection, MIHON, make_seal("kengo", b"imprint", day))
    cancel_registered_seal(connection, MIHON, "kengo")
    again = replace(make_seal("kengo", imprint, day), name_katakana="ツジ　ケンゴ")
    write_registered_seal(connection, MIHON, again)
    assert status(connection).seal is RegisteredSealStatus.CANCELLED
    new_snapshot(connection, again)
    assert status(connection).seal is RegisteredSealStatus.CANCELLED


def test_a_registration_is_revived_by_a_word_alone(connection: Connection) -> None:
    cancel_registered_seal(connection, MIHON, "kengo")
    before = status(connection)
    revive_registered_seal(connection, MIHON, "kengo")
    assert (before.seal, status(connection).seal) == (RegisteredSealStatus.CANCELLED, RegisteredSealStatus.REGISTERED)
    assert status(connection).version != before.version
    for resident_id in ("kengo", "misaki"):
        with pytest.raises(StorageError, match="not cancelled here"):
            revive_registered_seal(connection, MIHON, resident_id)


def test_i6_what_a_new_registration_took_the_place_of_is_cancelled_for_good(connection: Connection) -> None:
    bring_back(connection, SECOND, 500)
    write_registered_seal(connection, MIHON, LATER)
    for key in (FIRST, SECOND, FIRST, SECOND):
        bring_back(connection, key, 500)
        found = read_snapshot(connection, MIHON, "kengo")
        assert found is not None
        assert found.household is not None
        assert found.household.seal is not None
        assert found.household.seal.cancelled == (key == FIRST), "the new one stays, the lost one stays cancelled"


@pytest.mark.parametrize("later", [(), (LATER,)], ids=["absent", "replaced"])
def test_i6_going_back_revives_no_seal_that_the_later_snapshot_does_not_have(
    connection: Connection, later: tuple[RegisteredSeal, ...]
) -> None:
    third = new_snapshot(connection, *later)
    kept = bring_back(connection, FIRST, 600)
    assert (status(connection).seal, kept.seals) == (RegisteredSealStatus.CANCELLED, 1)
    bring_back(connection, third, 700)
    assert status(connection).seal is (RegisteredSealStatus.REGISTERED if later else RegisteredSealStatus.MISSING)


def test_a_seal_that_was_not_registered_yet_is_not_cancelled_by_going_there_and_back(connection: Connection) -> None:
    third = new_snapshot(connection, make_seal("kengo"), make_seal("misaki"))
    for key in (FIRST, third, FIRST, third):
        bring_back(connection, key, 600)
    for who in ("kengo", "misaki"):
        found = read_status(connection, MIHON, who)
        assert found is not None
        assert found.seal is RegisteredSealStatus.REGISTERED


def test_the_later_snapshot_is_the_one_that_was_delivered_later(connection: Connection) -> None:
    """The third was made before the first and loaded after it: what it lacks may not have been registered yet."""
    third = new_snapshot(connection)
    for key, made_at in ((FIRST, 2_000), (third, 1_000)):
        values = {"municipality": MIHON, "snapshot": key.number, "content": "all", "digest": bytes(32), "taken_at": 1}
        connection.execute(insert(deliveries).values(**values, made_at=made_at))
    bring_back(connection, FIRST, 700)
    assert status(connection).seal is RegisteredSealStatus.REGISTERED


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
    bring_back(connection, SECOND, 500)
    connection.execute(insert(withholdings), withholding_values(SECOND, "misaki", MEASURE))
    connection.execute(insert(koseki_withholdings), koseki_withholding_values(SECOND, "koseki", "p1", HOLD))
    write_registered_seal(connection, MIHON, replace(make_seal("kengo"), cancelled=True))
    bring_back(connection, FIRST, 600)
    now = status(connection)
    assert now.members[1].withholding == MEASURE
    assert now.seal is RegisteredSealStatus.CANCELLED
    assert withheld_in_koseki(connection) == 1
    bring_back(connection, SECOND, 700)
    bring_back(connection, FIRST, 800)
    assert status(connection).members[1].withholding == MEASURE


def test_i6_going_forward_again_lifts_nothing_either(connection: Connection) -> None:
    connection.execute(insert(withholdings), withholding_values(FIRST, "misaki", MEASURE))
    connection.execute(insert(koseki_withholdings), koseki_withholding_values(FIRST, "koseki", "p1", HOLD))
    write_registered_seal(connection, MIHON, replace(make_seal("kengo"), cancelled=True))
    kept = bring_back(connection, SECOND, 600)
    now = status(connection)
    assert (now.members[1].withholding, withheld_in_koseki(connection)) == (MEASURE, 1)
    assert now.seal is RegisteredSealStatus.CANCELLED
    assert (kept.withholdings, kept.seals) == (2, 1)


def test_a_new_delivery_has_the_last_word_on_what_deliveries_brought(connection: Connection) -> None:
    connection.execute(insert(withholdings), withholding_values(FIRST, "misaki", MEASURE))
    new_snapshot(connection)
    assert status(connection).members[1].withholding == frozenset()


def test_i14_whoever_is_withheld_by_a_link_stays_so_where_it_is_not_there(connection: Connection) -> None:
    """Kengo by his row in the koseki, Misaki's person there by her row as a resident; the other links nobody."""
    write_koseki(connection, MIHON, make_koseki("koseki", "kengo", "misaki"))
    connection.execute(insert(koseki_withholdings), koseki_withholding_values(FIRST, "koseki", "p0", HOLD))
    connection.execute(insert(withholdings), withholding_values(FIRST, "misaki", MEASURE))
    before = status(connection)
    assert [member.withholding for member in before.members] == [HOLD, MEASURE]
    assert withheld_in_koseki(connection) == 2
    put_in_force(connection, SECOND, 600)
    write_koseki(connection, MIHON, make_koseki("koseki", None, None))
    put_in_force(connection, FIRST, 700)
    bring_back(connection, SECOND, 800)
    assert [member.withholding for member in status(connection).members] == [HOLD, MEASURE]
    assert withheld_in_koseki(connection) == 2


def test_a_snapshot_is_forgotten_in_small_steps_and_never_the_one_in_force(connection: Connection) -> None:
    write_tax(connection, MIHON, "kengo", make_tax())
    write_damage(connection, MIHON, "house", make_damage())
    write_withholding(connection, MIHON, "misaki", MEASURE)
    with pytest.raises(StorageError, match="in force"):
        retire_snapshot(connection, FIRST, 900)
    with pytest.raises(StorageError, match="not retired"):
        forget_some(connection, SECOND, 1)
    bring_back(connection, SECOND, 500)
    retire_snapshot(connection, FIRST, 900)
    steps = 0
    while forget_some(connection, FIRST, 1):
        steps += 1
    assert steps >= 5
    for table in SNAPSHOT_TABLES:
        assert connection.scalar(select(func.count()).where(table.c.snapshot == FIRST.number)) == 0, table.name
    with pytest.raises(StorageError, match="not ready"):
        bring_back(connection, FIRST, 950)
    assert [entry.state for entry in snapshots_of(connection, MIHON)] == [SnapshotState.RETIRED, SnapshotState.READY]
    assert snapshots_of(connection, MIHON)[1].counts == {"residents": 2}
    assert status(connection).members[1].withholding == MEASURE
