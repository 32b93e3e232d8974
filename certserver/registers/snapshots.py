"""The life of a register's snapshots: begun, loaded in transactions of any size, made ready, put in force by one
update, brought back, forgotten. Nothing reads a snapshot that is not in force."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, Table, and_, delete, func, insert, select, text, update

from certserver.errors import StorageError
from certserver.registers.keeping_back import KeptBack, keep_back
from certserver.registers.lookups import LOOKUPS
from certserver.registers.versions import InForce, SnapshotKey, hold_if_any
from certserver.registers.withheld_addresses import renew_at_the_end
from certserver.storage.koseki import (
    koseki,
    koseki_entries,
    koseki_people,
    koseki_withholdings,
    supplement_addresses,
    supplement_people,
)
from certserver.storage.metadata import own_key
from certserver.storage.registers import (
    BY_HAND,
    households,
    register_snapshots,
    registered_seals,
    registers_in_force,
    residents,
    withholdings,
)
from certserver.storage.taxes import damages, tax_records

SNAPSHOT_TABLES: tuple[Table, ...] = (
    households,
    residents,
    withholdings,
    registered_seals,
    koseki,
    koseki_people,
    koseki_entries,
    koseki_withholdings,
    supplement_people,
    supplement_addresses,
    tax_records,
    damages,
    *(lookup.table for lookup in LOOKUPS),
)
"""What a snapshot is made of: households first, what finds them last."""

_ANALYSIS_LIMIT = 1000
"""Rows of an index that SQLite looks at: enough to know how far each part of a key narrows, at any size."""


class SnapshotState(Enum):
    """How far a snapshot has come."""

    LOADING = "loading"
    READY = "ready"
    """Whole: in force, or to be put in force."""
    RETIRED = "retired"
    """Its rows are gone or going: it never comes back."""


@dataclass(frozen=True, slots=True)
class SnapshotEntry:
    """What is kept of a snapshot. Times in Unix seconds; `counts` are rows by table."""

    key: SnapshotKey
    state: SnapshotState
    begun_at: int
    ready_at: int | None
    retired_at: int | None
    counts: Mapping[str, int]


def begin_snapshot(connection: Connection, municipality: str, at: int) -> SnapshotKey:
    """A new snapshot to load, without a row yet. Its number was never given out before."""
    of_municipality = register_snapshots.c.municipality == municipality
    last = connection.scalar(select(func.max(register_snapshots.c.snapshot)).where(of_municipality))
    key = SnapshotKey(municipality, BY_HAND + 1 if last is None else int(last) + 1)
    connection.execute(
        insert(register_snapshots).values(
            municipality=municipality,
            snapshot=key.number,
            state=SnapshotState.LOADING.value,
            begun_at=at,
            counts="{}",
        )
    )
    return key


def finish_snapshot(connection: Connection, key: SnapshotKey, at: int, counts: Mapping[str, int]) -> None:
    """Says that a snapshot is loaded whole. Raises `StorageError` when it is not being loaded."""
    change = {"state": SnapshotState.READY.value, "ready_at": at, "counts": json.dumps(dict(counts), sort_keys=True)}
    _change(connection, key, SnapshotState.LOADING, change)


def analyze(connection: Connection, tables: Iterable[Table] = SNAPSHOT_TABLES) -> None:
    """Lets the database look at what tables of the register have got: without statistics SQLite takes any part of a key
    for a good one. PostgreSQL waits meanwhile for whoever cleans a table up: whoever calls this holds nothing that
    others wait for."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA analysis_limit = {_ANALYSIS_LIMIT}")
    for table in tables:
        connection.execute(text(f"ANALYZE {table.name}"))


def put_in_force(connection: Connection, key: SnapshotKey, at: int) -> None:
    """Switches to a new snapshot by one update: of what it brings, it has the last word. Raises `StorageError` when it
    is not ready."""
    _switch(connection, key, _hold_ready(connection, key), at)


def bring_back(connection: Connection, key: SnapshotKey, at: int) -> KeptBack:
    """Switches to a snapshot that was in force before: what it holds is old, and so whatever is withheld or cancelled
    in the one that it takes the place of stays so, as if set by hand. Raises `StorageError` when it is not ready."""
    before = _hold_ready(connection, key)
    kept = KeptBack(0, 0)
    if before is not None and before.number != key.number:
        kept = keep_back(connection, before.key, key)
    _switch(connection, key, before, at)
    return kept


def _hold_ready(connection: Connection, key: SnapshotKey) -> InForce | None:
    """What is in force, under the lock of `versions`: nothing is released from the one snapshot while the other comes
    into force."""
    entry = read_entry(connection, key)
    if entry is None or entry.state is not SnapshotState.READY:
        raise StorageError(f"snapshot {key.number} is not ready: it can't be put in force")
    return hold_if_any(connection, key.municipality)


def _switch(connection: Connection, key: SnapshotKey, before: InForce | None, at: int) -> None:
    renew_at_the_end(connection, key.municipality)
    values = {"snapshot": key.number, "switches": 1 if before is None else before.switches + 1, "switched_at": at}
    if before is None:
        connection.execute(insert(registers_in_force).values(municipality=key.municipality, **values))
        return
    of_municipality = registers_in_force.c.municipality == key.municipality
    connection.execute(update(registers_in_force).where(of_municipality).values(**values))


def found_register(connection: Connection, municipality: str, at: int) -> SnapshotKey:
    """Puts an empty register in force, for a municipality that begins."""
    key = begin_snapshot(connection, municipality, at)
    finish_snapshot(connection, key, at, {})
    put_in_force(connection, key, at)
    return key


def retire_snapshot(connection: Connection, key: SnapshotKey, at: int) -> None:
    """Gives a snapshot up for good; `forget_some` takes its rows away afterwards. Raises `StorageError` for the one in
    force."""
    in_force = select(registers_in_force.c.snapshot).where(registers_in_force.c.municipality == key.municipality)
    if connection.scalar(in_force.with_for_update()) == key.number:
        raise StorageError(f"snapshot {key.number} is in force: it can't be retired")
    entry = read_entry(connection, key)
    if entry is None:
        raise StorageError(f"there is no snapshot {key.number}")
    _change(connection, key, entry.state, {"state": SnapshotState.RETIRED.value, "retired_at": at})


def forget_some(connection: Connection, key: SnapshotKey, limit: int) -> bool:
    """Takes away about `limit` rows of a retired snapshot; whether there may be more. Small steps let others write in
    between. Raises `StorageError` when the snapshot is not retired."""
    entry = read_entry(connection, key)
    if entry is None or entry.state is not SnapshotState.RETIRED:
        raise StorageError(f"snapshot {key.number} is not retired: its rows stay")
    for table in SNAPSHOT_TABLES:
        of_snapshot = and_(table.c.municipality == key.municipality, table.c.snapshot == key.number)
        by = table.c[own_key(table)[0]]
        last = connection.scalar(select(by).where(of_snapshot).order_by(by).offset(limit - 1).limit(1))
        some = of_snapshot if last is None else and_(of_snapshot, by <= last)
        if connection.execute(delete(table).where(some)).rowcount:
            return True
    return False


def read_entry(connection: Connection, key: SnapshotKey) -> SnapshotEntry | None:
    """What is kept of a snapshot."""
    return next((entry for entry in snapshots_of(connection, key.municipality) if entry.key == key), None)


def snapshots_of(connection: Connection, municipality: str) -> tuple[SnapshotEntry, ...]:
    """Every snapshot there ever was, oldest first."""
    of_municipality = register_snapshots.c.municipality == municipality
    rows = connection.execute(select(register_snapshots).where(of_municipality).order_by(register_snapshots.c.snapshot))
    return tuple(
        SnapshotEntry(
            key=SnapshotKey(row.municipality, row.snapshot),
            state=SnapshotState(row.state),
            begun_at=row.begun_at,
            ready_at=row.ready_at,
            retired_at=row.retired_at,
            counts=json.loads(row.counts),
        )
        for row in rows
    )


def _change(connection: Connection, key: SnapshotKey, state: SnapshotState, values: Mapping[str, object]) -> None:
    entry = and_(
        register_snapshots.c.municipality == key.municipality,
        register_snapshots.c.snapshot == key.number,
        register_snapshots.c.state == state.value,
    )
    if connection.execute(update(register_snapshots).where(entry).values(**values)).rowcount == 0:
        raise StorageError(f"snapshot {key.number} is not {state.value}")
