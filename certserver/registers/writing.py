"""Changes entries of the registers on a connection it is given, and moves the version of every household a change
touches in the same transaction (I3). It begins and commits nothing, and never normalises a value (I10)."""

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, func, insert, select, update

from certserver.errors import StorageError
from certserver.registers.model import Household, RegisteredSeal, Resident, Withholding
from certserver.registers.rows import household_values, resident_values, seal_values, withholding_values
from certserver.storage.registers import households, registered_seals, residents, withholdings


def write_household(connection: Connection, municipality: str, household: Household) -> None:
    """Enters a household, or changes the one with this id."""
    values = household_values(municipality, household)
    key = _key(households, municipality, "household_id", household.household_id)
    change = update(households).where(key).values(**values, version=households.c.version + 1)
    if connection.execute(change).rowcount == 0:
        connection.execute(insert(households).values(**values, version=1))


def write_resident(connection: Connection, municipality: str, resident: Resident) -> None:
    """Enters a resident, or changes the one with this id; withholdings become exactly those given. Whoever is new to
    a household stands last in it. Raises `StorageError` when there is no such household."""
    former = _household_of(connection, municipality, resident.resident_id)
    # In one order, so that two people who swap households can't wait for each other.
    for household_id in sorted({resident.household_id, former or resident.household_id}):
        _move_version(connection, municipality, household_id)
    values = resident_values(municipality, resident)
    if former != resident.household_id:
        values["position"] = _next_position(connection, municipality, resident.household_id)
    if former is None:
        connection.execute(insert(residents).values(**values))
    else:
        key = _key(residents, municipality, "resident_id", resident.resident_id)
        connection.execute(update(residents).where(key).values(**values))
    _replace_withholdings(connection, municipality, resident.resident_id, resident.withholding)


def write_withholding(
    connection: Connection, municipality: str, resident_id: str, withholding: frozenset[Withholding]
) -> None:
    """Puts exactly these withholdings in force for a resident; the empty set lifts all. Raises `StorageError` when
    there is no such resident."""
    _move_version_of(connection, municipality, resident_id)
    _replace_withholdings(connection, municipality, resident_id, withholding)


def write_registered_seal(connection: Connection, municipality: str, seal: RegisteredSeal) -> None:
    """Registers a seal, in place of the resident's former one. Raises `StorageError` when there is no such resident."""
    _move_version_of(connection, municipality, seal.resident_id)
    values = seal_values(municipality, seal)
    key = _key(registered_seals, municipality, "resident_id", seal.resident_id)
    if connection.execute(update(registered_seals).where(key).values(**values)).rowcount == 0:
        connection.execute(insert(registered_seals).values(**values))


def cancel_registered_seal(connection: Connection, municipality: str, resident_id: str) -> None:
    """Cancels a registered seal (廃印). Raises `StorageError` when the resident has none."""
    _move_version_of(connection, municipality, resident_id)
    key = _key(registered_seals, municipality, "resident_id", resident_id)
    if connection.execute(update(registered_seals).where(key).values(cancelled=True)).rowcount == 0:
        raise StorageError("this resident has no registered seal to cancel")


def _key(table: Table, municipality: str, name: str, value: str) -> ColumnElement[bool]:
    return and_(table.c.municipality == municipality, table.c[name] == value)


def _household_of(connection: Connection, municipality: str, resident_id: str) -> str | None:
    """Where the resident is registered until now. PostgreSQL holds the row, so that it stays true until the end."""
    key = _key(residents, municipality, "resident_id", resident_id)
    found = connection.scalar(select(residents.c.household_id).where(key).with_for_update(key_share=True))
    return None if found is None else str(found)


def _move_version(connection: Connection, municipality: str, household_id: str) -> None:
    key = _key(households, municipality, "household_id", household_id)
    if connection.execute(update(households).where(key).values(version=households.c.version + 1)).rowcount == 0:
        raise StorageError(f"the register of {municipality} has no such household")


def _move_version_of(connection: Connection, municipality: str, resident_id: str) -> None:
    household_id = _household_of(connection, municipality, resident_id)
    if household_id is None:
        raise StorageError(f"the register of {municipality} has no such resident")
    _move_version(connection, municipality, household_id)


def _next_position(connection: Connection, municipality: str, household_id: str) -> int:
    last = connection.scalar(
        select(func.max(residents.c.position)).where(_key(residents, municipality, "household_id", household_id))
    )
    return 0 if last is None else int(last) + 1


def _replace_withholdings(
    connection: Connection, municipality: str, resident_id: str, withholding: frozenset[Withholding]
) -> None:
    connection.execute(delete(withholdings).where(_key(withholdings, municipality, "resident_id", resident_id)))
    rows = withholding_values(municipality, resident_id, withholding)
    if rows:
        connection.execute(insert(withholdings), rows)
