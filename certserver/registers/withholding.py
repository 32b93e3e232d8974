"""Sets and lifts withholdings on residents and on people of a koseki. What a person sets here stands outside the
snapshots, so that no switch takes it away; a lifted one may come back with a snapshot that still brings it. It moves no
version: each names who is withheld."""

from sqlalchemy import Connection, Table, and_, delete, insert, select

from certserver.errors import NoSuchEntry
from certserver.registers.changing import hold_to_change, of_key, put_all, require_household_of
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_rows import koseki_withholding_values
from certserver.registers.model import Withholding
from certserver.registers.rows import withholding_values
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import koseki_people, koseki_withholdings
from certserver.storage.registers import BY_HAND, withholdings


def write_withholding(
    connection: Connection, municipality: str, resident_id: str, withholding: frozenset[Withholding]
) -> None:
    """Puts exactly these withholdings in force for a resident; the empty set lifts all. What stands on the person in a
    koseki is not touched. Raises `NoSuchEntry` when there is no such resident."""
    key = hold_to_change(connection, municipality).key
    require_household_of(connection, key, resident_id)
    _write(connection, withholdings, key, {"resident_id": resident_id}, withholding)


def write_koseki_withholding(
    connection: Connection, municipality: str, koseki_id: str, person_id: str, withholding: frozenset[Withholding]
) -> None:
    """Puts exactly these withholdings in force for a person of a koseki, wherever that person lives, besides those on
    the resident. Raises `NoSuchEntry` when there is no such person."""
    key = hold_to_change(connection, municipality).key
    person = {"koseki_id": koseki_id, "person_id": person_id}
    _require_person(connection, key, person)
    _write(connection, koseki_withholdings, key, person, withholding)


def withholding_on(connection: Connection, municipality: str, resident_id: str) -> frozenset[Withholding]:
    """What stands on a resident's own rows. Raises `NoSuchEntry` when there is no such resident."""
    key = hold_to_change(connection, municipality).key
    require_household_of(connection, key, resident_id)
    return _kinds(connection, withholdings, key, {"resident_id": resident_id})


def koseki_withholding_on(
    connection: Connection, municipality: str, koseki_id: str, person_id: str
) -> frozenset[Withholding]:
    """What stands on the own rows of a person of a koseki. Raises `NoSuchEntry` when there is no such person."""
    key = hold_to_change(connection, municipality).key
    person = {"koseki_id": koseki_id, "person_id": person_id}
    _require_person(connection, key, person)
    return _kinds(connection, koseki_withholdings, key, person)


def put_brought(
    connection: Connection, key: SnapshotKey, resident_id: str, withholding: frozenset[Withholding]
) -> None:
    """Makes these the withholdings that the snapshot itself brings. What was set by hand stays."""
    some = of_key(withholdings, key, resident_id=resident_id)
    put_all(connection, withholdings, some, withholding_values(key, resident_id, withholding))


def put_brought_on_people(connection: Connection, key: SnapshotKey, koseki: Koseki) -> None:
    """As `put_brought`, for everybody of a koseki."""
    rows = [
        values
        for person in koseki.people
        for values in koseki_withholding_values(key, koseki.koseki_id, person.person_id, person.withholding)
    ]
    put_all(connection, koseki_withholdings, of_key(koseki_withholdings, key, koseki_id=koseki.koseki_id), rows)


def _require_person(connection: Connection, key: SnapshotKey, person: dict[str, str]) -> None:
    if connection.scalar(select(koseki_people.c.person_id).where(of_key(koseki_people, key, **person))) is None:
        raise NoSuchEntry(f"the register of {key.municipality} has no such person in a koseki")


def _write(
    connection: Connection, table: Table, key: SnapshotKey, person: dict[str, str], withholding: frozenset[Withholding]
) -> None:
    before = _kinds(connection, table, key, person)
    for lifted in before - withholding:
        for stands in _where_it_stands(key):
            one = and_(of_key(table, stands, **person), table.c.kind == lifted.value)
            connection.execute(delete(table).where(one))
    added = [
        {"municipality": key.municipality, "snapshot": BY_HAND, **person, "kind": kind.value}
        for kind in withholding - before
    ]
    if added:
        connection.execute(insert(table), added)


def _kinds(connection: Connection, table: Table, key: SnapshotKey, person: dict[str, str]) -> frozenset[Withholding]:
    return frozenset(
        Withholding(kind)
        for stands in _where_it_stands(key)
        for kind in connection.scalars(select(table.c.kind).where(of_key(table, stands, **person)))
    )


def _where_it_stands(key: SnapshotKey) -> tuple[SnapshotKey, SnapshotKey]:
    return key, SnapshotKey(key.municipality, BY_HAND)
