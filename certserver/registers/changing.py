"""What every change of a register in the day is made of: rows that are written only when they differ, and versions that
move only when something did (I3). It begins and commits nothing."""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, select, update

from certserver.errors import StorageError
from certserver.registers.lookups import followed
from certserver.registers.rows import Values
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


def hold_to_change(connection: Connection, municipality: str) -> InForce:
    """The snapshot in force for somebody who changes it: nobody else does, and nobody releases, until the transaction
    ends; before that, what follows from the register follows the change. Raises `StorageError` when the municipality
    has no register."""
    found = hold_if_any(connection, municipality)
    if found is None:
        raise StorageError(f"municipality {municipality} has no register in force")
    renew_at_the_end(connection, municipality)
    return found


def put(connection: Connection, table: Table, values: Values, **when_new: str | int) -> bool:
    """Writes one row, found by its primary key; whether it was not there or differed. `when_new` are columns that only
    a new row gets."""
    names = [column.name for column in table.primary_key.columns]
    key = and_(*(table.c[name] == values[name] for name in names))
    before = connection.execute(select(*(table.c[name] for name in values)).where(key)).first()
    if before is not None and tuple(before) == tuple(values.values()):
        return False
    with followed(connection, table, key):
        if before is None:
            connection.execute(insert(table).values(**values, **when_new))
        else:
            connection.execute(update(table).where(key).values(**values))
    return True


def put_all(connection: Connection, table: Table, some: ColumnElement[bool], rows: Sequence[Values]) -> bool:
    """Makes these all the rows of their kind that a table has; whether anything differed."""
    columns = list(table.c)
    before = {tuple(row) for row in connection.execute(select(*columns).where(some))}
    after = {tuple(row[column.name] for column in columns) for row in rows}
    if before == after:
        return False
    with followed(connection, table, some):
        connection.execute(delete(table).where(some))
        if rows:
            connection.execute(insert(table), list(rows))
    return True


def remove(connection: Connection, table: Table, some: ColumnElement[bool]) -> int:
    """Takes rows away; how many there were."""
    with followed(connection, table, some):
        return connection.execute(delete(table).where(some)).rowcount


def household_of_resident(connection: Connection, key: SnapshotKey, resident_id: str) -> str | None:
    """Where a resident is registered, None for nobody."""
    found = connection.scalar(select(residents.c.household_id).where(of_key(residents, key, resident_id=resident_id)))
    return None if found is None else str(found)


def require_household_of(connection: Connection, key: SnapshotKey, resident_id: str) -> str:
    """As `household_of_resident`. Raises `StorageError` for nobody."""
    found = household_of_resident(connection, key, resident_id)
    if found is None:
        raise StorageError(f"the register of {key.municipality} has no such resident")
    return found


def require_household(connection: Connection, key: SnapshotKey, household_id: str) -> None:
    """Raises `StorageError` when there is no such household."""
    one = of_key(households, key, household_id=household_id)
    if connection.scalar(select(households.c.version).where(one)) is None:
        raise StorageError(f"the register of {key.municipality} has no such household")


def next_position(connection: Connection, key: SnapshotKey, household_id: str) -> int:
    """Where somebody new to a household stands."""
    last = connection.scalar(
        select(func.max(household_members.c.position)).where(of_key(household_members, key, household_id=household_id))
    )
    return 0 if last is None else int(last) + 1


def move_household(connection: Connection, key: SnapshotKey, household_id: str) -> None:
    """Moves a household's version. Raises `StorageError` when there is no such household."""
    change = update(households).where(of_key(households, key, household_id=household_id))
    if connection.execute(change.values(version=households.c.version + 1)).rowcount == 0:
        raise StorageError(f"the register of {key.municipality} has no such household")


def move_koseki(connection: Connection, key: SnapshotKey, koseki_id: str) -> None:
    """Moves a koseki's version. Raises `StorageError` when there is no such koseki."""
    change = update(koseki).where(of_key(koseki, key, koseki_id=koseki_id))
    if connection.execute(change.values(version=koseki.c.version + 1)).rowcount == 0:
        raise StorageError(f"the register of {key.municipality} has no such koseki")
