"""The two kinds of transaction: readers keep one snapshot, writers come one after the other."""

import threading
import traceback
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, text, update
from sqlalchemy.exc import IntegrityError

from certserver.errors import StorageError
from certserver.ledger.state import found_municipality, lock_state
from certserver.registers.rows import resident_values
from certserver.registers.versions import SnapshotKey
from certserver.storage import engine
from certserver.storage.engine import Database, open_database
from certserver.storage.metadata import metadata
from certserver.storage.registers import residents
from certserver.storage.visits import prepared_documents
from tests.support.databases import new_url
from tests.support.registers import MIHON, empty_database, enter_household, make_resident
from tests.support.server import a_server


@pytest.fixture
def database(tmp_path: Path) -> Database:
    opened = open_database(f"sqlite:///{tmp_path / 'engine.sqlite3'}")
    with opened.writing() as connection:
        connection.execute(text("CREATE TABLE counter (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)"))
        connection.execute(text("INSERT INTO counter VALUES (1, 0)"))
    return opened


def count(connection: Connection) -> int:
    return int(connection.execute(text("SELECT n FROM counter")).scalar_one())


def add_one(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(text("UPDATE counter SET n = :n"), {"n": count(connection) + 1})


def test_i3_a_reader_keeps_its_snapshot_while_others_write(database: Database) -> None:
    with database.reading() as connection:
        before = count(connection)
        add_one(database)
        assert count(connection) == before
    with database.reading() as connection:
        assert count(connection) == before + 1


def test_writers_do_not_overtake_each_other(database: Database) -> None:
    def add() -> None:
        for _ in range(25):
            add_one(database)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as connection:
        assert count(connection) == 100


def test_as_many_read_at_once_as_there_are_threads(database: Database) -> None:
    with ExitStack() as stack:
        # A console answers by forty threads.
        opened = [stack.enter_context(database.reading()) for _ in range(40)]
        assert [count(connection) for connection in opened] == [0] * 40


def test_a_writer_that_fails_leaves_nothing(database: Database) -> None:
    def fail() -> None:
        with database.writing() as connection:
            connection.execute(text("UPDATE counter SET n = 7"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with database.reading() as connection:
        assert count(connection) == 0


@pytest.mark.usefixtures("either_database")
def test_a_lock_that_never_comes_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_TIMEOUT_S", 0.01)
    url = new_url(tmp_path, "busy")
    with closing(open_database(url)) as first, closing(open_database(url)) as second:
        metadata.create_all(first.engine)
        with first.writing() as connection:
            found_municipality(connection, MIHON)
        with first.writing() as held:
            lock_state(held, MIHON)
            with pytest.raises(StorageError, match="did not answer"), second.writing() as waiting:
                lock_state(waiting, MIHON)


@pytest.mark.usefixtures("either_database")
def test_i11_no_value_is_in_the_text_of_a_fault(tmp_path: Path) -> None:
    database = empty_database(tmp_path)
    with database.writing() as connection:
        enter_household(connection, "house", "the-key-of-kengo")
    values = resident_values(SnapshotKey(MIHON, 1), make_resident("the-key-of-kengo")) | {"position": 0}
    for broken in ({"sex": None}, {}):
        with pytest.raises(IntegrityError) as fault, database.writing() as connection:
            connection.execute(insert(residents).values(**values | broken))
        whole = "".join(traceback.format_exception(fault.value))
        for name in ("name", "name_kana", "domicile", "koseki_head", "previous_address", "resident_id"):
            assert str(values[name]) not in whole


def test_power_loss_can_not_undo_a_commit(database: Database) -> None:
    full = 2
    with database.reading() as connection:
        assert connection.execute(text("PRAGMA synchronous")).scalar_one() == full
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1


def test_a_purged_key_is_overwritten_in_the_file(tmp_path: Path) -> None:
    """What prepared documents leave behind is ciphertext without its key."""
    key, ciphertext = b"the key of one document", bytes(range(256)) * 500
    with a_server(tmp_path) as server:
        visit = server.visit("kengo")
        visit.offer()
        visit.prepare(visit.order())
        with server.database.writing() as connection:
            connection.execute(update(prepared_documents).values(encrypted_key=key, encrypted=ciphertext))
        checkpoint(server.database)
        assert key in (server.home / "koufu.db").read_bytes()
        visit.report("")
        checkpoint(server.database)
        assert key not in (server.home / "koufu.db").read_bytes()


def checkpoint(database: Database) -> None:
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
