"""Writes millions of rows beside others who read and write: through a connection of its own, whose settings are for
nobody else."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqlalchemy import Connection, Insert, Select, Table, TableClause, column, func, insert, select, table

from certserver.storage.engine import Database

_CACHE_KIB = 128 * 1024
"""Of the pages that SQLite holds for the writer."""

_SQLITE_PRAGMAS = (
    f"PRAGMA cache_size = -{_CACHE_KIB}",
    # What is lost in a power cut is loaded again. Any entry that others commit later brings all before it to the disk.
    "PRAGMA synchronous = NORMAL",
    # The log is brought into the database by `settle`, when the write lock is free.
    "PRAGMA wal_autocheckpoint = 0",
    # What is sorted is larger than what a process may hold.
    "PRAGMA temp_store = FILE",
)
_SORTED = "koufu_sorted"
_AT_ONCE = 10_000
"""Short rows, in their order: some tens of milliseconds."""

Write = Callable[[Connection], None]


class BulkDatabase(Database):
    """The same database, for one thread that writes much. What counts at once is committed through the other one."""

    def __init__(self, database: Database) -> None:
        super().__init__(database.engine)
        self._sqlite = self.engine.dialect.name == "sqlite"
        if self._sqlite:
            with self.unlocked() as connection:
                # It never goes back to the pool: nobody else gets what is set here.
                connection.detach()
                for pragma in _SQLITE_PRAGMAS:
                    connection.exec_driver_sql(pragma)

    def settle(self) -> None:
        """SQLite: brings what was committed from the log into the database, as far as readers let it. Others may write
        meanwhile."""
        if self._sqlite:
            with self.unlocked() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")

    def in_parts(self, into: Table, rows: Select[*tuple[Any, ...]]) -> Iterator[Write]:
        """What to do, each in a transaction of its own, so that a table gets the rows of a query in their order.
        Columns of both have the same names."""
        names = [column.name for column in rows.selected_columns]
        if not self._sqlite:
            # Whoever writes to other rows need not wait for this.
            yield partial(_write, insert(into).from_select(names, rows))
            return
        ordered = table(_SORTED, column("rowid"), *map(column, names), schema="temp")
        count = self._sort(rows, ordered)
        for first in range(1, count + 1, _AT_ONCE):
            part = ordered.c.rowid.between(first, first + _AT_ONCE - 1)
            some = select(*(ordered.c[name] for name in names)).where(part).order_by(ordered.c.rowid)
            yield partial(_write, insert(into).from_select(names, some))
        with self.unlocked() as connection:
            connection.exec_driver_sql(f"DROP TABLE temp.{_SORTED}")

    def close(self) -> None:
        """Lets its own connection go; those of the other one stay."""
        self.drop_idle()

    def _sort(self, rows: Select[*tuple[Any, ...]], ordered: TableClause) -> int:
        """Puts rows into a temporary table in their order; how many there are. Holds no lock."""
        with self.reading() as connection:
            sql = rows.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True})
            connection.exec_driver_sql(f"CREATE TEMP TABLE {_SORTED} AS {sql}")
            return int(connection.scalar(select(func.max(ordered.c.rowid))) or 0)


def _write(statement: Insert, connection: Connection) -> None:
    connection.execute(statement)
