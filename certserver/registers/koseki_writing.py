"""Changes koseki and their supplements in the register in force, and moves their version in the same transaction (I3).
It never normalises a value (I10)."""

from sqlalchemy import Connection, select

from certserver.registers.changing import hold_to_change, move_koseki, of_key, put, put_all
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_rows import (
    address_values,
    entry_values,
    koseki_values,
    people_values,
    supplement_values,
)
from certserver.storage.koseki import koseki as koseki_table
from certserver.storage.koseki import koseki_entries, koseki_people, supplement_addresses, supplement_people


def write_koseki(connection: Connection, municipality: str, koseki: Koseki) -> None:
    """Enters a koseki with everybody in it and its supplement, or makes the one with this id exactly this. Withholdings
    of its people are not touched: they are set and lifted on their own."""
    key = hold_to_change(connection, municipality).key
    one = of_key(koseki_table, key, koseki_id=koseki.koseki_id)
    was_there = connection.scalar(select(koseki_table.c.version).where(one)) is not None
    changed = put(connection, koseki_table, koseki_values(key, koseki), version=1)
    for table, rows in (
        (koseki_people, people_values(key, koseki)),
        (koseki_entries, entry_values(key, koseki)),
        (supplement_people, supplement_values(key, koseki)),
        (supplement_addresses, address_values(key, koseki)),
    ):
        changed |= put_all(connection, table, of_key(table, key, koseki_id=koseki.koseki_id), rows)
    if changed and was_there:
        move_koseki(connection, key, koseki.koseki_id)
