"""Which key speaks when: one at any instant, and none comes back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from certserver.errors import ConfigurationError
from certserver.ledger.book import Book, open_book
from certserver.ledger.keys import begin_key, key_in_force, read_keys, revoke_key
from certserver.ledger.state import found_municipality, read_state
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log
from koufu.evidence.trustlist import (
    MAX_KEYS,
    KeyStanding,
    ListedKey,
    Period,
    Revocation,
    RevocationReason,
    public_key_id,
)
from tests.support.registers import MIHON, empty_database

FIRST, SECOND, THIRD = (bytes((n,)) * 32 for n in (1, 2, 3))
CEASED, LOST, COMPROMISED = RevocationReason.CEASED, RevocationReason.LOST, RevocationReason.COMPROMISED


@pytest.fixture
def database(either_database: None, tmp_path: Path) -> Database:
    made = empty_database(tmp_path)
    with made.writing() as connection:
        found_municipality(connection, MIHON)
    with changing(made) as (connection, book):
        begin_key(connection, book, FIRST, 100, 100)
    return made


@contextmanager
def changing(database: Database) -> Iterator[tuple[Connection, Book]]:
    with database.writing() as connection, open_book(connection, MIHON) as book:
        yield connection, book


def keys(database: Database) -> tuple[ListedKey, ...]:
    with database.reading() as connection:
        return read_keys(connection, MIHON)


def test_a_new_key_ends_the_one_before_it_and_every_node_hears(database: Database) -> None:
    with changing(database) as (connection, book):
        before = book.state.settings_revision
        begin_key(connection, book, SECOND, 200, 150)
    assert keys(database) == (ListedKey(FIRST, Period(100, 200)), ListedKey(SECOND, Period(200)))
    speaking = [key_in_force(keys(database), at) for at in (99, 100, 199, 200, 10_000)]
    assert [key and key.raw for key in speaking] == [None, FIRST, FIRST, SECOND, SECOND]
    with database.reading() as connection:
        state = read_state(connection, MIHON)
        noted = list(connection.execute(select(audit_log.c.detail).order_by(audit_log.c.audit_seq)).scalars())
    assert state is not None
    assert state.settings_revision > before
    assert f"key {public_key_id(FIRST).hex()} ends at 200" in noted[-2]
    assert f"key {public_key_id(SECOND).hex()} begins at 200" in noted[-1]


def test_a_key_in_haste_goes_before_one_that_was_planned(database: Database) -> None:
    with changing(database) as (connection, book):
        begin_key(connection, book, SECOND, 300, 150)
        begin_key(connection, book, THIRD, 160, 160)
    assert keys(database) == (
        ListedKey(FIRST, Period(100, 160)),
        ListedKey(THIRD, Period(160, 300)),
        ListedKey(SECOND, Period(300)),
    )


def test_a_planned_key_that_was_revoked_ends_nothing(database: Database) -> None:
    with changing(database) as (connection, book):
        begin_key(connection, book, SECOND, 300, 150)
        revoke_key(connection, book, public_key_id(SECOND), Revocation(160, LOST), 160)
    assert key_in_force(keys(database), 300) is None
    with changing(database) as (connection, book):
        begin_key(connection, book, THIRD, 300, 170)
    assert [key.raw for key in keys(database) if key.standing(300) is KeyStanding.SPEAKS] == [THIRD]


def test_a_revocation_can_only_become_worse(database: Database) -> None:
    def revoke(at: int, reason: RevocationReason) -> None:
        with changing(database) as (connection, book):
            revoke_key(connection, book, public_key_id(FIRST), Revocation(at, reason), 500)

    revoke(400, CEASED)
    assert key_in_force(keys(database), 400) is None
    assert key_in_force(keys(database), 399) is not None
    for at, reason in ((400, CEASED), (450, LOST)):
        with pytest.raises(ConfigurationError, match="revoked already"):
            revoke(at, reason)
    revoke(300, LOST)
    revoke(600, COMPROMISED)
    assert key_in_force(keys(database), 150) is None
    for at, reason in ((1, CEASED), (1, COMPROMISED)):
        with pytest.raises(ConfigurationError, match="revoked already"):
            revoke(at, reason)


def test_a_key_that_there_never_was_is_not_revoked(database: Database) -> None:
    with pytest.raises(ConfigurationError, match="key list"), changing(database) as (connection, book):
        revoke_key(connection, book, bytes(8), Revocation(1, CEASED), 1)


def test_no_more_keys_than_a_list_holds(database: Database) -> None:
    with changing(database) as (connection, book):
        for at in range(MAX_KEYS - 1):
            begin_key(connection, book, bytes((at, 9)) * 16, 200 + at, 200)
    with pytest.raises(ConfigurationError, match=str(MAX_KEYS)), changing(database) as (connection, book):
        begin_key(connection, book, SECOND, 900, 900)
