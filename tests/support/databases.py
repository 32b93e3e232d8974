"""Which database tests stand on: SQLite, or a PostgreSQL of their own where its programs and driver are installed. One
cluster for a process, in a folder of its own, on a Unix socket; it goes with the process, a database with its test."""

import atexit
import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from certserver.composition.settings import SETTINGS_FILE
from certserver.storage.engine import Database, open_database
from certserver.storage.metadata import metadata
from tests.support import fast_files, postgresql

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

_numbers = count(1)
_opened: list[Database] = []
_made: list[str] = []


class Kind(Enum):
    """What stores."""

    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"


_kind = Kind.SQLITE
_in_memory = False


def kind() -> Kind:
    """What the test at hand stands on."""
    return _kind


@contextmanager
def on(wanted: Kind, *, in_memory: bool = False) -> Iterator[None]:
    """Tests inside stand on this one; what they opened is closed after them, and databases of PostgreSQL are dropped.
    Each is a thousand files: `in_memory`, where there is room, its cluster makes them there."""
    global _kind, _in_memory
    before, _kind, _in_memory = _kind, wanted, in_memory
    try:
        yield
    finally:
        _kind = before
        while _opened:
            _opened.pop().close()
        while _made:
            _administration().execute(f"DROP DATABASE {_made.pop()} WITH (FORCE)".encode())


def kinds() -> list[object]:
    """Both as parameters of a fixture; SQLite alone where there is no PostgreSQL."""
    other = pytest.param(Kind.POSTGRESQL, id="postgresql", marks=pytest.mark.xdist_group("postgresql"))
    return [pytest.param(Kind.SQLITE, id="sqlite"), *([other] if postgresql.installed() else [])]


def new_url(folder: Path, name: str, template: str = "template0", *, kept: bool = False) -> str:
    """The URL of a new database: a file of this name in a folder, or a copy of a PostgreSQL `template`. `kept`, it
    outlives the test at hand."""
    if _kind is Kind.SQLITE:
        return f"sqlite:///{folder / name}.sqlite3"
    made = f"koufu_{next(_numbers)}"
    statement = f"CREATE DATABASE {made} TEMPLATE {template} STRATEGY file_copy ENCODING 'UTF8'"
    _administration().execute(statement.encode())
    if not kept:
        _made.append(made)
    return postgresql.url_of(made, _cluster())


def stand_on(home: Path, database: str) -> None:
    """Puts a server's home on the database of this URL."""
    file = home / SETTINGS_FILE
    lines = file.read_text().splitlines()
    file.write_text("\n".join(f'database = "{database}"' if at.startswith("database =") else at for at in lines) + "\n")


def new_database(folder: Path, name: str) -> Database:
    """A new database without any table."""
    database = open_database(new_url(folder, name))
    _opened.append(database)
    return database


def copied_database(folder: Path, name: str, fill: Callable[[Database], None]) -> Database:
    """A new database that holds what `fill` enters: made once in this process, with the tables there are by then, and
    copied."""
    model = _model(_kind, fill, len(metadata.tables))
    if _kind is Kind.SQLITE:
        shutil.copyfile(model, folder / f"{name}.sqlite3")
        database = open_database(f"sqlite:///{folder / name}.sqlite3")
    else:
        database = open_database(new_url(folder, name, model))
    _opened.append(database)
    return database


@functools.cache
def _model(_of: Kind, fill: Callable[[Database], None], _tables: int) -> str:
    """A SQLite file, or the name of a PostgreSQL database."""
    folder = Path(tempfile.mkdtemp(prefix="koufu-model-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    url = new_url(folder, "model", kept=True)
    database = open_database(url)
    fill(database)
    database.close()
    return url.removeprefix("sqlite:///") if _of is Kind.SQLITE else name_of(url)


def name_of(url: str) -> str:
    """The name that a PostgreSQL URL gives its database, to be used as a template."""
    return url.partition("@/")[2].partition("?")[0]


@functools.cache
def _administration() -> "Connection[TupleRow]":
    import psycopg

    return psycopg.connect(f"host={_cluster()} user={postgresql.OWNER} dbname=postgres", autocommit=True)


@functools.cache
def _cluster() -> Path:
    """The folder of the cluster that runs, with its socket in it."""
    # A socket's path must be short.
    folder = Path(tempfile.mkdtemp(prefix="koufu-pg-", dir=fast_files.folder() if _in_memory else "/tmp"))
    data = postgresql.owned(folder) / "data"
    postgresql.make_cluster(data)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    postgresql.start(data, folder, folder / "log")
    atexit.register(postgresql.stop, data, "immediate")
    return folder
