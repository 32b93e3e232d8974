"""Writes the rows of a delivery into a snapshot that nobody reads yet, in short transactions, far enough from each
other: a release waits for milliseconds, however long the whole takes."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from certserver.intake.findings import Findings
from certserver.intake.groups import COLUMNS, GROUPS, Batch, Delivery, batches
from certserver.ports import Clock
from certserver.registers.lookups import LOOKUPS, of_snapshot
from certserver.registers.snapshots import SNAPSHOT_TABLES, SnapshotState, forget_some, retire_snapshot, snapshots_of
from certserver.registers.versions import SnapshotKey
from certserver.storage.bulk import BulkDatabase
from certserver.storage.engine import Database

T = TypeVar("T")

_FORGOTTEN_AT_ONCE = 500
_ASKED_AT_ONCE = 500
_SHORTEST_REST_S = 0.001
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
        self._database = BulkDatabase(database)
        self._surroundings = surroundings
        self._not_before = surroundings.elapsed()
        self._statements: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def load(self, delivery: Delivery, findings: Findings) -> None:
        """Writes a delivery whole, and at last what finds its rows; from the first finding on nothing more is written,
        but everything is checked."""
        for batch in self._surroundings.beside([partial(batches, delivery, group) for group in GROUPS]):
            findings.join(batch.findings)
            if batch.rows and not findings:
                self._in_short(partial(self._write, batch))
        if not findings:
            for lookup in LOOKUPS:
                for write in self._database.in_parts(lookup.table, of_snapshot(lookup, delivery.key)):
                    self._in_short(write)

    def close(self) -> None:
        """Lets its connection to the database go."""
        self._database.close()

    def clean_up(self, municipality: str, now: int) -> None:
        """Gives up what a crash left half loaded, and takes away the rows of all that was given up. Only for whoever
        has the turn."""
        with self._database.reading() as connection:
            entries = snapshots_of(connection, municipality)
        for entry in entries:
            if entry.state is SnapshotState.LOADING:
                with self._database.writing() as connection:
                    retire_snapshot(connection, entry.key, now)
        given_up = [entry.key.number for entry in entries if entry.state is not SnapshotState.READY]
        for number in self._with_rows(municipality, given_up):
            self.forget(SnapshotKey(municipality, number))

    def _with_rows(self, municipality: str, given_up: Sequence[int]) -> list[int]:
        """Those of which rows are left. With every delivery there is one more to ask for, and nearly always nothing is
        left of any: so each table is asked once for all of them."""
        found: set[int] = set()
        with self._database.reading() as connection:
            for first in range(0, len(given_up), _ASKED_AT_ONCE):
                some = given_up[first : first + _ASKED_AT_ONCE]
                for table in SNAPSHOT_TABLES:
                    number = table.c.snapshot
                    left = select(number).where(table.c.municipality == municipality, number.in_(some)).limit(1)
                    while (one := connection.scalar(left.where(number.not_in(found)))) is not None:
                        found.add(one)
        return sorted(found)

    def forget(self, key: SnapshotKey) -> None:
        """Takes all rows of a snapshot away that was given up."""
        while self._in_short(lambda connection: forget_some(connection, key, _FORGOTTEN_AT_ONCE)):
            pass

    def _in_short(self, work: Callable[[Connection], T]) -> T:
        """One transaction. The next is not begun before the lock was free for as long as this one held it: whoever
        waits gets it then."""
        elapsed = self._surroundings.elapsed
        self._surroundings.rest(max(0.0, self._not_before - elapsed()))
        with self._database.writing() as connection:
            began = elapsed()
            done = work(connection)
        ended = elapsed()
        self._not_before = ended + max(_SHORTEST_REST_S, ended - began)
        self._database.settle()
        return done

    def _write(self, batch: Batch, connection: Connection) -> None:
        for name, rows in batch.rows.items():
            # The text of the statement, for the driver's own call: SQLAlchemy's takes as long as all else together.
            statement = self._statements.get(name)
            if statement is None:
                statement = self._statements[name] = str(insert(_TABLES[name]).compile(dialect=connection.dialect))
            if connection.dialect.positional:
                connection.exec_driver_sql(statement, rows)
            else:
                connection.exec_driver_sql(statement, [dict(zip(COLUMNS[name], row, strict=True)) for row in rows])
            self.counts[name] += len(rows)
