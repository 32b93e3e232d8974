"""Opens the database and gives the two kinds of transaction there are: one that reads one snapshot, and one that holds
the write lock from its first statement. It never commits half of anything."""

import sqlite3
from collections import deque
from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoneFree
from sqlalchemy.pool import ConnectionPoolEntry

from certserver.errors import StorageError
from certserver.storage.statements import commit, say

BUSY_TIMEOUT_S = 5.0
"""How long a writer waits for another one before it gives up."""

_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    # An entry of the ledger that was answered for must survive a power cut.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # A key that was purged is overwritten; the long ciphertext behind it, useless then, is only given back.
    "PRAGMA secure_delete = FAST",
    "PRAGMA temp_store = MEMORY",
)

# Rows that are handed to the driver as they are hold dates: days of registers, few of which differ.
sqlite3.register_adapter(date, lru_cache(1 << 16)(date.isoformat))

_AT_THE_END = "koufu at the end"


class Database:
    """One database, SQLite (default) or PostgreSQL, shared by any number of processes."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._readers = self._writers = engine
        self._begin_reading, self._begin_writing = "BEGIN", "BEGIN IMMEDIATE"
        # A connection to a file can't break like one to a server: after a transaction it is kept as it is, since taking
        # it from the pool and checking it costs as much as a statement.
        self._idle: deque[Connection] | None = deque()
        if engine.dialect.name == "postgresql":
            self._idle = None
            # A reader keeps one snapshot (I3). A writer sees what was committed before it got the municipality's lock.
            self._readers = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            self._writers = engine.execution_options(isolation_level="READ COMMITTED")
            self._begin_reading = self._begin_writing = ""

    @property
    def url(self) -> str:
        """Where the database is, without a password."""
        return self.engine.url.render_as_string(hide_password=True)

    def reading(self) -> AbstractContextManager[Connection]:
        """A transaction that sees one snapshot and changes nothing."""
        return self._transaction(self._readers, self._begin_reading)

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction that holds the write lock from the start; committed at the end, undone by any exception.
        Raises `StorageError` when the lock does not come in time."""
        return self._transaction(self._writers, self._begin_writing)

    def unlocked(self) -> AbstractContextManager[Connection]:
        """A connection outside of any transaction."""
        return self._transaction(self._writers, "")

    def drop_idle(self) -> None:
        """Lets the connections go that nobody uses."""
        while self._idle:
            self._idle.pop().close()

    def close(self) -> None:
        """Lets all connections go."""
        self.drop_idle()
        self.engine.dispose()

    def _connection(self, engine: Engine) -> Connection:
        try:
            return self._idle.pop() if self._idle else engine.connect()
        except IndexError:  # another thread took the last one
            return engine.connect()

    @contextmanager
    def _transaction(self, engine: Engine, begin: str) -> Iterator[Connection]:
        try:
            connection = self._connection(engine)
            try:
                if begin:
                    say(connection, begin)
                yield connection
                finish(connection)
                commit(connection)
            except BaseException:
                connection.info.pop(_AT_THE_END, None)
                connection.close()
                raise
            if self._idle is None:
                connection.close()
            else:
                self._idle.append(connection)
        except OperationalError as error:
            raise StorageError(f"the database did not answer: {error.orig}") from error
        except NoneFree as error:
            raise StorageError("no connection to the database came free in time") from error


def at_the_end(connection: Connection, name: Hashable, work: Callable[[Connection], None]) -> None:
    """Lets something be done once, by its name, before the transaction is committed."""
    connection.info.setdefault(_AT_THE_END, {})[name] = work


def finish(connection: Connection) -> None:
    """Does now what is to be done at the end: for whoever reads what the same transaction has changed."""
    for work in connection.info.pop(_AT_THE_END, {}).values():
        work(connection)


def open_database(url: str) -> Database:
    """The database at a SQLAlchemy URL, `sqlite:////path` or `postgresql+psycopg://…`. Nothing is created yet."""
    if not url.startswith("sqlite"):
        wait = f"-c lock_timeout={round(BUSY_TIMEOUT_S * 1000)}"
        engine = create_engine(url, pool_pre_ping=True, hide_parameters=True, connect_args={"options": wait})
        event.listen(engine, "handle_error", _without_detail)
        return Database(engine)
    engine = create_engine(
        url,
        hide_parameters=True,
        # As many as there are threads: whoever waited for the pool would not see one that is kept beside it.
        max_overflow=-1,
        connect_args={"timeout": BUSY_TIMEOUT_S, "check_same_thread": False},
    )
    event.listen(engine, "connect", _prepare_sqlite)
    return Database(engine)


def _without_detail(context: ExceptionContext) -> None:
    """PostgreSQL quotes the row at hand in the detail of its faults: names are not for a fault's text (I11)."""
    fault = context.original_exception
    primary = getattr(getattr(fault, "diag", None), "message_primary", None)
    if primary is None:
        # Not from a statement: the server is away, or the driver did not like something.
        return
    fault.args = (primary,)
    if context.sqlalchemy_exception is not None:
        context.sqlalchemy_exception.args = (f"({type(fault).__name__}) {primary}",)


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:
    # Without this the driver begins transactions by itself, and later than a snapshot needs.
    connection.isolation_level = None
    for pragma in _SQLITE_PRAGMAS:
        connection.execute(pragma)
