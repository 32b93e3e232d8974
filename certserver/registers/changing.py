"""What every change of a register in the day is made of: rows that are written only when they differ, and versions that
move only when something did (I3). It begins and commits nothing."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from certserver.errors import NoSuchEntry, StorageError
from certserver.registers.lookups import followed
from certserver.registers.rows import Value, Values
from certserver.registers.versions import InForce, SnapshotKey, hold_if_any
from certserver.registers.withheld_addresses import renew_at_the_end
from certserver.storage.koseki import koseki
from certserver.storage.lookups import household_members
from certserver.storage.registers import households, residents


def of_key(table: Table, key: SnapshotKey, **names: str | int) -> ColumnElement[bool]:
    """Rows of a snapshot by the names of further columns."""
    return and_(
        table.c.municipality == key.municipality,
        table.c.snapshot == key.number,
        *(table.c[name] == value for name, value in names.items()),
    )


def parted(values: Values, names: Iterable[str]) -> tuple[Values, Values]:
    """A row without some of its columns, and these."""
    apart = set(names)
    return (
        {name: value for name, value in values.items() if name not in apart},
        {name: value for name, value in values.items() if name in apart},
    )


def hold_to_change(connection: Connection, municipality: str) -> InForce:
    """The snapshot in force for somebody who changes it: nobody else does, and nobody releases, until the transaction
    ends; before that, what follows from the register follows the change. Raises `StorageError` when the municipality
    has no register."""
    found = hold_if_any(connection, municipality)
    if found is None:
        raise StorageError(f"municipality {municipality} has no register in force")
    renew_at_the_end(connection, municipality)
    return found


def put(connection: Connection, table: Table, values: Values, **when_new: Value) -> bool:
    """Writes one row, found by its primary key; whether it was not there or differed. `when_new` are columns that only
    a new row gets."""
    before = _before(connection, table, values)
    if before == tuple(values.values()):
        return False
    with followed(connection, table, and_(*(column == values[column.name] for column in table.primary_key.columns))):
        if before is None:
            connection.execute(insert(table), {**values, **when_new})
        else:
            _, changing = _of_row(table, tuple(values))
            connection.execute(changing, {**_key_of(table, values), **values})
    return True


def is_there(connection: Connection, table: Table, values: Values) -> bool:
    """Whether `put` would leave these values as they are."""
    return _before(connection, table, values) == tuple(values.values())


def _before(connection: Connection, table: Table, values: Values) -> tuple[object, ...] | None:
    reading, _ = _of_row(table, tuple(values))
    found = connection.execute(reading, _key_of(table, values)).first()
    return None if found is None else tuple(found)


@lru_cache
def _of_row(table: Table, names: tuple[str, ...]) -> tuple[Select[*tuple[object, ...]], Update]:
    """The statements that read and change columns of one row. To build one takes as long as to run it."""
    one = and_(*(column == bindparam(f"of_{column.name}") for column in table.primary_key.columns))
    return select(*(table.c[name] for name in names)).where(one), update(table).where(one)


def _key_of(table: Table, values: Values) -> Values:
    return {f"of_{column.name}": values[column.name] for column in table.primary_key.columns}


def put_all(connection: Connection, table: Table, some: ColumnElement[bool], rows: Sequence[Values]) -> bool:
    """Makes these all the rows of their kind that a table has; whether anything differed."""
    if are_all(connection, table, some, rows):
        return False
    with followed(connection, table, some):
        connection.execute(delete(table).where(some))
        if rows:
            connection.execute(insert(table), list(rows))
    return True


def are_all(connection: Connection, table: Table, some: ColumnElement[bool], rows: Sequence[Values]) -> bool:
    """Whether `put_all` would leave these rows as they are."""
    columns = list(table.c)
    before = {tuple(row) for row in connection.execute(select(*columns).where(some))}
    return before == {tuple(row[column.name] for column in columns) for row in rows}


def remove(connection: Connection, table: Table, some: ColumnElement[bool]) -> int:
    """Takes rows away; how many there were."""
    with followed(connection, table, some):
        return connection.execute(delete(table).where(some)).rowcount


def household_of_resident(connection: Connection, key: SnapshotKey, resident_id: str) -> str | None:
    """Where a resident is registered, None for nobody."""
    found = connection.scalar(select(residents.c.household_id).where(of_key(residents, key, resident_id=resident_id)))
    return None if found is None else str(found)


def require_household_of(connection: Connection, key: SnapshotKey, resident_id: str) -> str:
    """As `household_of_resident`. Raises `NoSuchEntry` for nobody."""
    found = household_of_resident(connection, key, resident_id)
    if found is None:
        raise NoSuchEntry(f"the register of {key.municipality} has no such resident")
    return found


def require_household(connection: Connection, key: SnapshotKey, household_id: str) -> None:
    """Raises `NoSuchEntry` when there is no such household."""
    one = of_key(households, key, household_id=household_id)
    if connection.scalar(select(households.c.version).where(one)) is None:
        raise NoSuchEntry(f"the register of {key.municipality} has no such household")


def next_position(connection: Connection, key: SnapshotKey, household_id: str) -> int:
    """Where somebody new to a household stands."""
    last = connection.scalar(
        select(func.max(household_members.c.position)).where(of_key(household_members, key, household_id=household_id))
    )
    return 0 if last is None else int(last) + 1


def move_household(connection: Connection, key: SnapshotKey, household_id: str) -> None:
    """Moves a household's version. Raises `NoSuchEntry` when there is no such household."""
    change = update(households).where(of_key(households, key, household_id=household_id))
    if connection.execute(change.values(version=households.c.version + 1)).rowcount == 0:
        raise NoSuchEntry(f"the register of {key.municipality} has no such household")


def move_koseki(connection: Connection, key: SnapshotKey, koseki_id: str) -> None:
    """Moves a koseki's version. Raises `NoSuchEntry` when there is no such koseki."""
    change = update(koseki).where(of_key(koseki, key, koseki_id=koseki_id))
    if connection.execute(change.values(version=koseki.c.version + 1)).rowcount == 0:
        raise NoSuchEntry(f"the register of {key.municipality} has no such koseki")
