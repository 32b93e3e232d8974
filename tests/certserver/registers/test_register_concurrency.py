"""Registers under concurrent writers: a snapshot is old or new, never mixed (I3). And how long a reading takes."""

import time
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest
from sqlalchemy import select

from certserver.registers.model import Household, HouseholdSnapshot, Withholding
from certserver.registers.repository import read_snapshot, read_status
from certserver.registers.writing import write_household, write_registered_seal, write_resident
from certserver.storage.engine import Database
from certserver.storage.registers import households
from tests.support.register_changes import read_household
from tests.support.registers import MIHON, empty_database, enter_household, make_resident, make_seal

pytestmark = pytest.mark.usefixtures("either_database")

MEMBERS = ("kengo", "misaki", "haruto", "kazuko")
ROUNDS = 60


def _write_round(database: Database, round_no: int) -> None:
    """Changes everything a snapshot shows, in one transaction of many statements."""
    with database.writing() as connection:
        write_household(connection, MIHON, Household("house", f"address {round_no}", f"name {round_no}"))
        for member in MEMBERS:
            held = frozenset({Withholding.ISSUANCE_HOLD} if round_no % 2 else ())
            changed = replace(make_resident(member), name=f"name {round_no}", withholding=held)
            write_resident(connection, MIHON, changed)
        write_registered_seal(connection, MIHON, make_seal("kengo", f"imprint {round_no}".encode()))


def _rounds_in(snapshot: HouseholdSnapshot) -> set[int]:
    texts = [snapshot.address, snapshot.householder, *(member.name for member in snapshot.members)]
    texts.append(snapshot.seal.imprint.decode() if snapshot.seal else "none -1")
    return {int(text.split()[1]) for text in texts}


def test_i3_a_snapshot_is_old_or_new_never_mixed(tmp_path: Path) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", *MEMBERS)
    _write_round(database, 0)
    done = Event()

    def write() -> None:
        for round_no in range(1, ROUNDS + 1):
            _write_round(database, round_no)
        done.set()

    writer = Thread(target=write)
    writer.start()
    seen: dict[str, int] = {}
    readings = 0
    while not (done.is_set() and readings >= ROUNDS):
        # The driver's autocommit: not even a transaction holds the reading together, only its being one statement.
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            snapshot = read_snapshot(connection, MIHON, "kengo")
        assert snapshot is not None
        assert snapshot.household is not None
        rounds = _rounds_in(snapshot.household)
        assert len(rounds) == 1, f"one snapshot shows the rounds {rounds}"
        (round_no,) = rounds
        assert {bool(member.withholding) for member in snapshot.household.members} == {bool(round_no % 2)}
        assert seen.setdefault(snapshot.version, round_no) == round_no, "one version stands for one content"
        readings += 1
    writer.join()
    with database.reading() as connection:
        last = read_household(connection, MIHON, "kengo")
    assert last is not None
    assert _rounds_in(last) == {ROUNDS}
    database.close()


def test_i3_two_writers_never_share_a_version(tmp_path: Path) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", *MEMBERS)

    def write(member: str) -> None:
        for round_no in range(20):
            with database.writing() as connection:
                write_resident(connection, MIHON, replace(make_resident(member), remarks=str(round_no)))

    writers = [Thread(target=write, args=(member,)) for member in MEMBERS]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with database.reading() as connection:
        counted = connection.scalar(select(households.c.version))
    assert counted == 1 + len(MEMBERS) + 20 * len(MEMBERS)
    database.close()


def test_i6_status_read_under_the_write_lock_stays_true_until_the_end(tmp_path: Path) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", *MEMBERS)
    started = Event()

    def change() -> None:
        started.set()
        with database.writing() as connection:
            write_resident(connection, MIHON, replace(make_resident("misaki"), remarks="changed"))

    with database.writing() as connection:
        before = read_status(connection, MIHON, "kengo")
        writer = Thread(target=change)
        writer.start()
        started.wait()
        for _ in range(50):
            assert read_status(connection, MIHON, "kengo") == before
    writer.join()
    with database.writing() as connection:
        assert read_status(connection, MIHON, "kengo") != before
    database.close()


def test_reading_a_household_of_four_takes_less_than_a_millisecond(tmp_path: Path) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", *MEMBERS)
        write_registered_seal(connection, MIHON, make_seal("kengo", bytes(4000)))
        read_household(connection, MIHON, "kengo")
        best = 1.0
        for _ in range(5):
            start = time.process_time()
            for _ in range(50):
                read_household(connection, MIHON, "kengo")
            best = min(best, (time.process_time() - start) / 50)
    database.close()
    assert best < 0.001
