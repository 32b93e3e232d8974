"""One version stands for one content: whatever is changed in whatever order, the version moves exactly when what it is
the version of does (I3), and never comes back with something else behind it."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection

from certserver.errors import StorageError
from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import Withholding
from certserver.registers.numbers import NumberVault
from certserver.registers.repository import read_koseki_snapshot, read_koseki_status, read_snapshot, read_status
from certserver.registers.snapshot import HOUSEHOLD_ONLY, RegisterSnapshot, ResidentNumbers, Wanted
from certserver.registers.snapshots import begin_snapshot, bring_back, finish_snapshot, put_in_force
from certserver.registers.tax_writing import write_damage, write_tax
from certserver.registers.versions import SnapshotKey
from certserver.registers.withholding import write_koseki_withholding, write_withholding
from certserver.registers.writing import (
    cancel_registered_seal,
    revive_registered_seal,
    write_household,
    write_numbers,
    write_registered_seal,
    write_resident,
)
from tests.support.koseki import make_damage, make_koseki, make_tax
from tests.support.register_changes import write_death, write_koseki_pending, write_move_out
from tests.support.registers import MIHON, empty_database, enter_household, make_household, make_resident, make_seal

pytestmark = pytest.mark.usefixtures("either_database")

PEOPLE = ("a", "b", "c")
HOMES = {"a": "north", "b": "north", "c": "south"}
VAULT = NumberVault(bytes(32), lambda length: bytes(length))
EVERYTHING = Wanted(koseki=True, taxes=True, damages=True, numbers=True)

Change = Callable[[Connection, str, int], None]
"""Changes something about one of the people, in one of three ways."""

_MEASURES = (frozenset[Withholding](), frozenset({Withholding.ISSUANCE_HOLD}), frozenset(Withholding))


def move_house(connection: Connection, who: str, how: int) -> None:
    resident = make_resident(who, ("north", "south", "north")[how])
    write_resident(connection, MIHON, replace(resident, name=f"見本　{who}"))


def rename(connection: Connection, who: str, how: int) -> None:
    snapshot = read_snapshot(connection, MIHON, who)
    assert snapshot is not None
    assert snapshot.household is not None
    write_resident(connection, MIHON, replace(snapshot.household.orderer, name=f"見本　{how}"))


def measure(connection: Connection, who: str, how: int) -> None:
    write_withholding(connection, MIHON, who, _MEASURES[how])


def measure_elsewhere(connection: Connection, _who: str, how: int) -> None:
    write_koseki_withholding(connection, MIHON, "first", "p1", _MEASURES[how])


def measure_in_koseki(connection: Connection, _who: str, how: int) -> None:
    """On the person of the koseki who is the resident a."""
    write_koseki_withholding(connection, MIHON, "first", "p0", _MEASURES[how])


def switch(connection: Connection, _who: str, how: int) -> None:
    bring_back(connection, SnapshotKey(MIHON, 1 + how % 2), how)


def revive(connection: Connection, who: str, _how: int) -> None:
    with suppress(StorageError):
        revive_registered_seal(connection, MIHON, who)


CHANGES: dict[str, Change] = {
    "house": lambda connection, who, how: write_household(
        connection, MIHON, make_household(HOMES[who], f"見本県見本市本町{how}番地")
    ),
    "move house": move_house,
    "rename": rename,
    "measure": measure,
    "measure elsewhere": measure_elsewhere,
    "measure in koseki": measure_in_koseki,
    "seal": lambda connection, who, how: write_registered_seal(
        connection, MIHON, make_seal(who, bytes([how]), date(2000, 1, 4 + how))
    ),
    "cancel": lambda connection, who, _how: cancel_registered_seal(connection, MIHON, who),
    "revive": revive,
    "move out": lambda connection, who, how: write_move_out(
        connection, MIHON, who, planned=(None, date(2026, 7, 1), date(2026, 8, 1))[how]
    ),
    "die": lambda connection, who, how: write_death(connection, MIHON, who, (None, date(2026, 7, 1), None)[how]),
    "numbers": lambda connection, who, how: write_numbers(
        connection, MIHON, who, ResidentNumbers(f"{how}" * 12, None if how else "1" * 11), VAULT
    ),
    "tax": lambda connection, who, how: write_tax(connection, MIHON, who, make_tax(declared=how > 0, tax=how)),
    "damage": lambda connection, who, how: write_damage(
        connection, MIHON, HOMES[who], make_damage("rain", date(2026, 6, 1 + how))
    ),
    "koseki": lambda connection, _who, how: write_koseki(
        connection, MIHON, make_koseki("first", "a", None, surname=("辻󠄂", "辻󠄃", "辻")[how])
    ),
    "koseki link": lambda connection, who, how: write_koseki(
        connection, MIHON, make_koseki("second", *("c", who)[: 1 + how % 2])
    ),
    "pending": lambda connection, _who, how: write_koseki_pending(connection, MIHON, "first", pending=how > 0),
    "switch": switch,
}


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter(connection)
        # A second snapshot with the same people in it, which is in force to begin with.
        key = begin_snapshot(connection, MIHON, 1)
        finish_snapshot(connection, key, 1, {})
        put_in_force(connection, key, 1)
        enter(connection)
        yield connection
    database.close()


def enter(connection: Connection) -> None:
    for household_id in ("north", "south"):
        enter_household(connection, household_id, *(who for who in PEOPLE if HOMES[who] == household_id))
    for who in PEOPLE:
        write_registered_seal(connection, MIHON, make_seal(who))
    write_koseki(connection, MIHON, make_koseki("first", "a", None))
    write_koseki(connection, MIHON, make_koseki("second", "c"))


def everything(connection: Connection) -> dict[str, tuple[str, RegisterSnapshot]]:
    """What each can be told, by who and what is wanted, with its version apart from the rest."""
    found = {}
    for who in PEOPLE:
        for name, wanted in (("household", HOUSEHOLD_ONLY), ("everything", EVERYTHING)):
            snapshot = read_snapshot(connection, MIHON, who, wanted, VAULT)
            status = read_status(connection, MIHON, who, wanted)
            assert snapshot is not None
            assert status is not None
            found[f"{name} of {who}"] = told(snapshot, status.version)
    elsewhere = read_koseki_snapshot(connection, MIHON, "first", "p1")
    status = read_koseki_status(connection, MIHON, "first", "p1")
    assert elsewhere is not None
    assert status is not None
    found["koseki from elsewhere"] = told(elsewhere, status.version)
    return found


def told(snapshot: RegisterSnapshot, version: str) -> tuple[str, RegisterSnapshot]:
    assert snapshot.version == version, "the status has the version of the snapshot"
    assert len(version) <= 64
    return version, replace(snapshot, version="")


@settings(
    deadline=None,
    max_examples=10,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    changes=st.lists(
        st.tuples(st.sampled_from(sorted(CHANGES)), st.sampled_from(PEOPLE), st.integers(0, 2)), min_size=8, max_size=16
    )
)
def test_i3_a_version_moves_exactly_when_its_content_does(
    connection: Connection, changes: list[tuple[str, str, int]]
) -> None:
    with connection.begin_nested() as undo:
        seen: dict[tuple[str, str], RegisterSnapshot] = {}
        before = everything(connection)
        for change, who, how in changes:
            CHANGES[change](connection, who, how)
            after = everything(connection)
            for name, (version, content) in after.items():
                assert seen.setdefault((name, version), content) == content, f"{name}: one version, two contents"
                moved = version != before[name][0]
                # A switch is another version, whatever it brought.
                assert moved == (change == "switch" or counted(name, before) != counted(name, after)), (name, change)
            before = after
        undo.rollback()


def counted(name: str, told: dict[str, tuple[str, RegisterSnapshot]]) -> list[RegisterSnapshot]:
    """Whatever a version counts: what is told, and what is told to the others of the household but for their koseki and
    what is protected elsewhere."""
    _, content = told[name]
    house = set() if content.household is None else {member.resident_id for member in content.household.members}
    return [
        content,
        *(replace(told[f"everything of {who}"][1], koseki=None, protected=frozenset()) for who in sorted(house)),
    ]


@pytest.mark.parametrize(
    "change", sorted(set(CHANGES) - {"koseki link", "switch", "cancel", "revive", "rename", "move house"})
)
def test_the_same_again_moves_nothing(connection: Connection, change: str) -> None:
    CHANGES[change](connection, "a", 2)
    before = everything(connection)
    CHANGES[change](connection, "a", 2)
    assert everything(connection) == before
