"""Writes the rows of a delivery into a snapshot that nobody reads yet, in short transactions with a rest between them:
a release waits for milliseconds, however long the whole takes."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, insert, literal, select

from certserver.intake.findings import Findings
from certserver.intake.groups import COLUMNS, GROUPS, Batch, Delivery, batches
from certserver.ports import Clock
from certserver.registers.changing import of_key
from certserver.registers.snapshots import SNAPSHOT_TABLES, SnapshotState, forget_some, retire_snapshot, snapshots_of
from certserver.registers.versions import SnapshotKey
from certserver.storage.engine import Database

T = TypeVar("T")

_FORGOTTEN_AT_ONCE = 500
_SHORTEST_REST_S = 0.001
_CACHE_KIB = 128 * 1024
"""Of the pages that SQLite holds for the writer: keys of people come in no order of households."""

_TABLES = {table.name: table for table in SNAPSHOT_TABLES}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an import needs of the world. `elapsed` in seconds since some moment, `rest` waits for some; `beside` yields
    what several iterators do, in processes of their own or here."""

    clock: Clock
    elapsed: Callable[[], float]
    rest: Callable[[float], None]
    beside: Callable[[Sequence[Callable[[], Iterator[Batch]]]], Iterator[Batch]]


class Loader:
    """Writes under the lock for as short as it can."""

    def __init__(self, database: Database, surroundings: Surroundings) -> None:
        self._database = database
        self._surroundings = surroundings
        self.counts: Counter[str] = Counter()

    def load(self, delivery: Delivery, findings: Findings) -> None:
        """Writes a delivery whole; from the first finding on nothing more is written, but everything is checked."""
        self._widen()
        for batch in self._surroundings.beside([partial(batches, delivery, group) for group in GROUPS]):
            findings.extend(batch.findings)
            if batch.rows and not findings:
                self._in_short(partial(self._write, batch))

    def clean_up(self, municipality: str, now: int) -> None:
        """Gives up what a crash left half loaded, and takes away the rows of all that was given up. Only for whoever
        has the turn."""
        with self._database.reading() as connection:
            entries = snapshots_of(connection, municipality)
        for entry in entries:
            if entry.state is SnapshotState.LOADING:
                with self._database.writing() as connection:
                    retire_snapshot(connection, entry.key, now)
            if entry.state is not SnapshotState.READY and self._has_rows(entry.key):
                self.forget(entry.key)

    def _has_rows(self, key: SnapshotKey) -> bool:
        with self._database.reading() as connection:
            return any(
                connection.execute(select(literal(1)).select_from(table).where(of_key(table, key)).limit(1)).first()
                for table in SNAPSHOT_TABLES
            )

    def forget(self, key: SnapshotKey) -> None:
        """Takes all rows of a snapshot away that was given up."""
        while self._in_short(lambda connection: forget_some(connection, key, _FORGOTTEN_AT_ONCE)):
            pass

    def _in_short(self, work: Callable[[Connection], T]) -> T:
        """One transaction, and a rest as long as it took: whoever waits for the lock gets it then."""
        began = self._surroundings.elapsed()
        with self._database.writing() as connection:
            done = work(connection)
        self._surroundings.rest(max(_SHORTEST_REST_S, self._surroundings.elapsed() - began))
        return done

    def _write(self, batch: Batch, connection: Connection) -> None:
        for name, rows in batch.rows.items():
            # The text of the statement, for the driver's own call: SQLAlchemy's takes as long as all else together.
            statement = insert(_TABLES[name]).compile(dialect=connection.dialect)
            if statement.positional:
                connection.exec_driver_sql(str(statement), rows)
            else:
                named = [dict(zip(COLUMNS[name], row, strict=True)) for row in rows]
                connection.exec_driver_sql(str(statement), named)
            self.counts[name] += len(rows)

    def _widen(self) -> None:
        if self._database.engine.dialect.name == "sqlite":
            with self._database.writing() as connection:
                connection.exec_driver_sql(f"PRAGMA cache_size = -{_CACHE_KIB}")
