"""Changes koseki and their supplements in the register in force, and moves their version in the same transaction (I3).
It never normalises a value (I10)."""

from collections.abc import Iterator

from sqlalchemy import Connection, Table, select

from certserver.registers.changing import are_all, hold_to_change, is_there, move_koseki, of_key, parted, put, put_all
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_rows import (
    address_values,
    entry_values,
    koseki_values,
    people_values,
    supplement_values,
)
from certserver.registers.rows import Values
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import koseki as koseki_table
from certserver.storage.koseki import koseki_entries, koseki_people, supplement_addresses, supplement_people

_OF_SUPPLEMENT = tuple(column.name for column in koseki_table.c if column.name.startswith("supplement_"))


def write_koseki(connection: Connection, municipality: str, koseki: Koseki, *, supplement: bool = True) -> None:
    """Enters a koseki with everybody in it and its supplement, or makes the one with this id exactly this; without
    `supplement` the one that is there stays. Withholdings of its people are not touched: they are set and lifted on
    their own."""
    key = hold_to_change(connection, municipality).key
    one = of_key(koseki_table, key, koseki_id=koseki.koseki_id)
    was_there = connection.scalar(select(koseki_table.c.version).where(one)) is not None
    changed = put(connection, koseki_table, _row(key, koseki, supplement=supplement), version=1)
    for table, rows in _parts(key, koseki, supplement=supplement):
        changed |= put_all(connection, table, of_key(table, key, koseki_id=koseki.koseki_id), rows)
    if changed and was_there:
        move_koseki(connection, key, koseki.koseki_id)


def holds_koseki(connection: Connection, key: SnapshotKey, koseki: Koseki, *, supplement: bool) -> bool:
    """Whether `write_koseki` would leave everything as it is."""
    return is_there(connection, koseki_table, _row(key, koseki, supplement=supplement)) and all(
        are_all(connection, table, of_key(table, key, koseki_id=koseki.koseki_id), rows)
        for table, rows in _parts(key, koseki, supplement=supplement)
    )


def _row(key: SnapshotKey, koseki: Koseki, *, supplement: bool) -> Values:
    row, _ = parted(koseki_values(key, koseki), () if supplement else _OF_SUPPLEMENT)
    return row


def _parts(key: SnapshotKey, koseki: Koseki, *, supplement: bool) -> Iterator[tuple[Table, list[Values]]]:
    yield koseki_people, people_values(key, koseki)
    yield koseki_entries, entry_values(key, koseki)
    if supplement:
        yield supplement_people, supplement_values(key, koseki)
        yield supplement_addresses, address_values(key, koseki)
