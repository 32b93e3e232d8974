"""Keeps the three tables that stand for indexes (`storage.lookups`) true to the rows they find: filled when a snapshot
is loaded, and followed by every change in the day, in its transaction."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, and_, delete, insert, select

from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import koseki_people
from certserver.storage.lookups import household_members, residents_by_birth, residents_in_koseki
from certserver.storage.registers import residents


@dataclass(frozen=True, slots=True)
class Lookup:
    """`table` finds rows of `source` by its first column after the snapshot. Rows that have none there are not in
    it."""

    table: Table
    source: Table

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column of the lookup by name: the source has them all."""
        return tuple(column.name for column in self.table.columns)

    def entries(self, some: ColumnElement[bool]) -> Select[*tuple[Any, ...]]:
        """The entries that some rows of the source ask for, in the lookup's order."""
        columns = [self.source.c[name] for name in self.columns]
        by = columns[2]
        return select(*columns).where(some, by.is_not(None)).order_by(*columns)


LOOKUPS = (
    Lookup(household_members, residents),
    Lookup(residents_by_birth, residents),
    Lookup(residents_in_koseki, koseki_people),
)


def of_snapshot(lookup: Lookup, key: SnapshotKey) -> Select[*tuple[Any, ...]]:
    """All entries of a snapshot, in the lookup's order."""
    source = lookup.source
    return lookup.entries(and_(source.c.municipality == key.municipality, source.c.snapshot == key.number))


def fill_lookups(connection: Connection, key: SnapshotKey) -> None:
    """Fills the lookups of a snapshot whose rows are all there, at once: for a register that is small, or a database
    that goes on meanwhile."""
    for lookup in LOOKUPS:
        connection.execute(insert(lookup.table).from_select(list(lookup.columns), of_snapshot(lookup, key)))


@contextmanager
def followed(connection: Connection, table: Table, some: ColumnElement[bool]) -> Iterator[None]:
    """Lets the lookups of a table follow what is changed inside: `some` are the rows that may change, before and
    after."""
    lookups = [lookup for lookup in LOOKUPS if lookup.source is table]
    before = [_entries(connection, lookup, some) for lookup in lookups]
    yield
    for lookup, former in zip(lookups, before, strict=True):
        now = _entries(connection, lookup, some)
        for entry in former - now:
            columns = zip(lookup.table.columns, entry, strict=True)
            connection.execute(delete(lookup.table).where(*(column == value for column, value in columns)))
        added = [dict(zip(lookup.columns, entry, strict=True)) for entry in sorted(now - former)]
        if added:
            connection.execute(insert(lookup.table), added)


def _entries(connection: Connection, lookup: Lookup, some: ColumnElement[bool]) -> set[tuple[Any, ...]]:
    return {tuple(row) for row in connection.execute(lookup.entries(some))}
