"""Every lookup is by its whole key, on both databases, in a table that has many rows: with statistics, and on SQLite
also without, where the planner takes the first two columns of a key for a good one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Select, insert

from certserver.registers import (
    births,
    hidden,
    household_reading,
    koseki_reading,
    protected_addresses,
    tax_reading,
    withheld_addresses,
)
from certserver.registers.koseki_rows import (
    address_values,
    entry_values,
    koseki_values,
    koseki_withholding_values,
    people_values,
    supplement_values,
)
from certserver.registers.lookups import fill_lookups
from certserver.registers.model import Household, RegisterDate, Resident, Withholding
from certserver.registers.rows import household_values, resident_values, seal_values, withholding_values
from certserver.registers.snapshots import analyze, found_register
from certserver.registers.tax_rows import damage_values, tax_values
from certserver.registers.versions import SnapshotKey
from certserver.storage import lookups
from certserver.storage.engine import Database
from certserver.storage.koseki import (
    koseki,
    koseki_entries,
    koseki_people,
    koseki_withholdings,
    supplement_addresses,
    supplement_people,
)
from certserver.storage.metadata import metadata
from certserver.storage.registers import households, registered_seals, residents, seal_cancellations, withholdings
from certserver.storage.taxes import damages, tax_records
from tests.support.databases import Kind, copied_database, kind
from tests.support.koseki import make_damage, make_koseki, make_tax
from tests.support.registers import MIHON, make_resident, make_seal

pytestmark = pytest.mark.usefixtures("either_database")

MANY = 1_200
FIRST_BORN = date(1972, 4, 12)
KEY = SnapshotKey(MIHON, 1)
ASKED = {
    "of_municipality": MIHON,
    "of_snapshot": 1,
    "of_resident": "r7",
    "of_household": "h7",
    "of_koseki": "k7",
    "of_person": "p0",
    "of_day": FIRST_BORN,
    "of_address": "nowhere",
}
STATEMENTS = (
    *(query.clause for query in births.STATEMENTS),
    *(query.clause for query in hidden.STATEMENTS),
    *(query.clause for query in household_reading.STATEMENTS),
    *(query.clause for query in koseki_reading.STATEMENTS),
    *(query.clause for query in tax_reading.STATEMENTS),
    *(query.clause for query in protected_addresses.STATEMENTS),
)
NARROW = ("resident_id", "household_id", "koseki_id", "address", "born_day")
"""What a lookup must name besides municipality and snapshot."""


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    with copied_database(tmp_path, "registers", enter).writing() as connection:
        yield connection


def enter(database: Database) -> None:
    """Many households of one, each with everything."""
    metadata.create_all(database.engine)
    with database.writing() as connection:
        found_register(connection, MIHON, 0)
    with database.writing() as connection:
        _enter(connection)


def _somebody(at: int) -> Resident:
    """Each born on a day of their own."""
    return replace(make_resident(f"r{at}", f"h{at}"), born=RegisterDate(FIRST_BORN + timedelta(days=at)))


def _enter(connection: Connection) -> None:
    everybody = range(MANY)
    held = frozenset({Withholding.ISSUANCE_HOLD})
    registers = [make_koseki(f"k{at}", f"r{at}", None) for at in everybody]
    rows: list[tuple[Any, list[Any]]] = [
        (
            households,
            [household_values(KEY, Household(f"h{at}", f"{at}番地", "主")) | {"version": 1} for at in everybody],
        ),
        (residents, [resident_values(KEY, _somebody(at)) | {"position": 0} for at in everybody]),
        (withholdings, [row for at in everybody for row in withholding_values(KEY, f"r{at}", held)]),
        (registered_seals, [seal_values(KEY, make_seal(f"r{at}")) for at in everybody]),
        (
            seal_cancellations,
            [{"municipality": MIHON, "resident_id": f"r{at}", "registered_on": date(2000, 1, 4)} for at in everybody],
        ),
        (
            koseki,
            [koseki_values(KEY, one) | {"version": 1} for one in registers],
        ),
        (koseki_people, [row for one in registers for row in people_values(KEY, one)]),
        (koseki_entries, [row for one in registers for row in entry_values(KEY, one)]),
        (
            koseki_withholdings,
            [row for one in registers for row in koseki_withholding_values(KEY, one.koseki_id, "p1", held)],
        ),
        (supplement_people, [row for one in registers for row in supplement_values(KEY, one)]),
        (
            supplement_addresses,
            [row | {"address": f"{at}番地"} for at, one in enumerate(registers) for row in address_values(KEY, one)],
        ),
        (tax_records, [tax_values(KEY, f"r{at}", make_tax()) for at in everybody]),
        (damages, [damage_values(KEY, f"h{at}", make_damage()) for at in everybody]),
        (
            lookups.withheld_addresses,
            [{"municipality": MIHON, "snapshot": 1, "address": f"{at}番地"} for at in everybody],
        ),
    ]
    for table, values in rows:
        connection.execute(insert(table), values)
    fill_lookups(connection, KEY)


def plan(connection: Connection, statement: Select[*tuple[Any, ...]]) -> list[str]:
    """The steps of a statement as the database would take them."""
    asked = statement.params(ASKED).compile(connection.engine, compile_kwargs={"literal_binds": True})
    explain = "EXPLAIN QUERY PLAN" if kind() is Kind.SQLITE else "EXPLAIN (COSTS OFF)"
    return [str(row[-1]).strip() for row in connection.exec_driver_sql(f"{explain} {asked}")]


def check_sqlite(steps: list[str]) -> None:
    apart = ("TEMP B-TREE", "SUBQUERY", "SCAN CONSTANT ROW")
    searched = [step for step in steps if not any(words in step for words in apart)]
    assert searched
    for step in searched:
        assert step.startswith("SEARCH"), steps
        assert any(f"{name}=?" in step for name in NARROW) or "registers_in_force" in step, steps


def check_postgresql(steps: list[str]) -> None:
    scans = [step for step in steps if "Scan" in step]
    assert scans
    # A table of one row is read as it is.
    assert [step for step in scans if "Seq Scan" in step and "registers_in_force" not in step] == [], steps
    # Addresses are few beside all else: PostgreSQL may read those of a snapshot whole.
    small = ("registers_in_force", "withheld_addresses")
    conditions = [
        condition for scan, condition in pairwise(steps) if "Scan" in scan and not any(name in scan for name in small)
    ]
    for condition in conditions:
        assert any(f"({name})::text" in condition or f"{name} = " in condition for name in NARROW), "\n".join(steps)


@pytest.mark.parametrize("statistics", [False, True], ids=["never analyzed", "analyzed"])
def test_every_lookup_is_by_its_whole_key(connection: Connection, statistics: bool) -> None:
    if kind() is Kind.POSTGRESQL and not statistics:
        pytest.skip("PostgreSQL is always analyzed: by a load, and by itself")
    if statistics:
        analyze(connection)
    for statement in STATEMENTS:
        steps = plan(connection, statement)
        if kind() is Kind.SQLITE:
            check_sqlite(steps)
        else:
            check_postgresql(steps)


@pytest.mark.parametrize("statistics", [False, True], ids=["never analyzed", "analyzed"])
def test_where_withheld_people_live_is_found_from_the_withholdings(connection: Connection, statistics: bool) -> None:
    if kind() is Kind.POSTGRESQL:
        pytest.skip("PostgreSQL joins by what it knows of the tables' sizes")
    if statistics:
        analyze(connection)
    for statement in withheld_addresses.STATEMENTS:
        for step in plan(connection, statement):
            if step.startswith(("SEARCH", "SCAN")) and "withholdings" not in step:
                assert any(f"{name}=?" in step for name in NARROW), plan(connection, statement)
