"""What most commands begin with: the home opened, its schema checked, and a transaction that notes in the audit log
what the operator changed (I12)."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection

from certserver.composition.clock import SystemClock
from certserver.composition.desks import operators_desk
from certserver.composition.settings import ServerSettings, load_settings
from certserver.composition.stores import open_storage
from certserver.errors import ConfigurationError
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import Book, open_book
from certserver.office.desk import Desk
from certserver.ports import unix
from certserver.storage.engine import Database
from certserver.storage.schema import check_schema


@dataclass(frozen=True, slots=True)
class Opened:
    """A home whose database may be worked on."""

    home: Path
    settings: ServerSettings
    database: Database

    @property
    def municipality(self) -> str:
        """The code of the municipality."""
        return self.settings.municipality

    def desk(self, mark: str = OPERATOR) -> Desk:
        """The desk of the operator, or of the officer they name."""
        return operators_desk(self.home, self.settings, self.database, SystemClock(), mark)


@contextmanager
def opened(parsed: argparse.Namespace) -> Iterator[Opened]:
    """The home that the command names. Raises `ConfigurationError` when it has another schema than this build."""
    home: Path = parsed.home
    settings = load_settings(home)
    database = open_storage(home, settings)
    try:
        check_schema(database)
        yield Opened(home, settings, database)
    finally:
        database.close()


@contextmanager
def changing(at_hand: Opened) -> Iterator[tuple[Connection, Book]]:
    """One writing transaction under the municipality's lock."""
    with at_hand.database.writing() as connection, open_book(connection, at_hand.municipality) as book:
        yield connection, book


@contextmanager
def at_desk(parsed: argparse.Namespace, mark: str = OPERATOR) -> Iterator[Desk]:
    """The desk at which the operator, or the officer they name, does what the command says."""
    with opened(parsed) as at_hand:
        yield at_hand.desk(mark)


def note(book: Book, what: str) -> None:
    """Notes what the operator changed."""
    book.note(AuditEntry(unix(SystemClock().now()), AuditEvent.CONFIGURED, OPERATOR, {"what": what}))


def read_file(path: Path) -> bytes:
    """The content of a file that the operator named. Raises `ConfigurationError`."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"can't read {path}: {error.strerror}") from error
