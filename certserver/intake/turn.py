"""One import at a time: whoever has the turn knows that a snapshot which is still being loaded was left by a crash. The
turn ends with the process, however it ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from sqlalchemy import text

from certserver.errors import ConfigurationError
from certserver.storage.engine import Database

_TAKEN = "another import or restore is at work on this database: wait until it has ended, then run this again"
_OWNER_ONLY = 0o600


@contextmanager
def my_turn(database: Database, municipality: str) -> Iterator[None]:
    """Holds the turn. Raises `ConfigurationError` at once when another has it."""
    url = database.engine.url
    if url.get_backend_name() == "sqlite" and url.database:
        with _locked_file(Path(f"{url.database}-import-{municipality}")):
            yield
    else:
        with _locked_number(database, municipality):
            yield


@contextmanager
def _locked_file(path: Path) -> Iterator[None]:
    """A lock of the operating system beside the database. The file stays: taking it away would let two have it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ConfigurationError(_TAKEN) from None
        yield
    finally:
        os.close(descriptor)


@contextmanager
def _locked_number(database: Database, municipality: str) -> Iterator[None]:
    """A lock of PostgreSQL, on a connection of its own."""
    number = int.from_bytes(sha256(f"koufu/import/{municipality}".encode()).digest()[:8], "big", signed=True)
    with database.engine.connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number}):
            raise ConfigurationError(_TAKEN)
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": number})
