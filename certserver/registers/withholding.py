"""Sets and lifts withholdings on residents and on people of a koseki. What a person sets here stands outside the
snapshots, so that no switch takes it away; a lifted one may come back with a snapshot that still brings it."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select

from certserver.errors import StorageError
from certserver.registers.changing import (
    move_household,
    move_koseki,
    move_koseki_of,
    of_key,
    put_all,
    require_household_of,
)
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_rows import koseki_withholding_values
from certserver.registers.model import Withholding
from certserver.registers.rows import withholding_values
from certserver.registers.versions import SnapshotKey, hold_to_change
from certserver.storage.koseki import koseki_people, koseki_withholdings
from certserver.storage.registers import BY_HAND, withholdings


def write_withholding(
    connection: Connection, municipality: str, resident_id: str, withholding: frozenset[Withholding]
) -> None:
    """Puts exactly these withholdings in force for a resident; the empty set lifts all. Raises `StorageError` when
    there is no such resident."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    if _write(connection, withholdings, key, {"resident_id": resident_id}, withholding):
        move_household(connection, key, household_id)
        move_koseki_of(connection, key, resident_id)


def write_koseki_withholding(
    connection: Connection, municipality: str, koseki_id: str, person_id: str, withholding: frozenset[Withholding]
) -> None:
    """Puts exactly these withholdings in force for a person of a koseki, wherever that person lives, besides those on
    the resident. Raises `StorageError` when there is no such person."""
    key = hold_to_change(connection, municipality).key
    person = {"koseki_id": koseki_id, "person_id": person_id}
    if connection.scalar(select(koseki_people.c.person_id).where(of_key(koseki_people, key, **person))) is None:
        raise StorageError(f"the register of {municipality} has no such person in a koseki")
    if _write(connection, koseki_withholdings, key, person, withholding):
        move_koseki(connection, key, koseki_id)


def put_brought(
    connection: Connection, key: SnapshotKey, resident_id: str, withholding: frozenset[Withholding]
) -> bool:
    """Makes these the withholdings that the snapshot itself brings; whether they differed. What was set by hand
    stays."""
    by_hand = _kinds(connection, withholdings, SnapshotKey(key.municipality, BY_HAND), {"resident_id": resident_id})
    brought = _kinds(connection, withholdings, key, {"resident_id": resident_id})
    wanted = frozenset(kind for kind in withholding if kind in brought or kind not in by_hand)
    some = of_key(withholdings, key, resident_id=resident_id)
    return put_all(connection, withholdings, some, withholding_values(key, resident_id, wanted))


def put_brought_on_people(connection: Connection, key: SnapshotKey, koseki: Koseki) -> None:
    """As `put_brought`, for everybody of a koseki."""
    rows = [
        values
        for person in koseki.people
        for values in koseki_withholding_values(key, koseki.koseki_id, person.person_id, person.withholding)
    ]
    some = of_key(koseki_withholdings, key, koseki_id=koseki.koseki_id)
    if put_all(connection, koseki_withholdings, some, rows):
        move_koseki(connection, key, koseki.koseki_id)


def _write(
    connection: Connection, table: Table, key: SnapshotKey, person: dict[str, str], withholding: frozenset[Withholding]
) -> bool:
    by_hand = SnapshotKey(key.municipality, BY_HAND)
    before = _kinds(connection, table, key, person) | _kinds(connection, table, by_hand, person)
    for lifted in before - withholding:
        _delete(connection, table, (key, by_hand), person, lifted)
    added = [
        {"municipality": key.municipality, "snapshot": BY_HAND, **person, "kind": kind.value}
        for kind in withholding - before
    ]
    if added:
        connection.execute(insert(table), added)
    return before != withholding


def _kinds(connection: Connection, table: Table, key: SnapshotKey, person: dict[str, str]) -> frozenset[Withholding]:
    found = connection.scalars(select(table.c.kind).where(of_key(table, key, **person)))
    return frozenset(Withholding(kind) for kind in found)


def _delete(
    connection: Connection, table: Table, keys: Iterable[SnapshotKey], person: dict[str, str], kind: Withholding
) -> None:
    for key in keys:
        one: ColumnElement[bool] = and_(of_key(table, key, **person), table.c.kind == kind.value)
        connection.execute(delete(table).where(one))
