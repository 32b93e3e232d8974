"""The audit log: one command finds every change to it (I12)."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, delete, insert, select, update

from certserver.errors import AuditBroken
from certserver.ledger.anchors import keep_anchor, read_anchors
from certserver.ledger.audit import AuditEntry, AuditEvent, AuditHead, verify
from certserver.ledger.book import open_book
from certserver.ledger.state import found_municipality
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log, municipality_state
from tests.support.registers import MIHON, empty_database
from tests.support.server_keys import a_key

pytestmark = pytest.mark.usefixtures("either_database")

ENTRIES = 8


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = empty_database(tmp_path)
    with made.writing() as connection:
        found_municipality(connection, MIHON)
    for at in range(ENTRIES):
        note(made, at)
    return made


def note(database: Database, at: int) -> None:
    with database.writing() as connection, open_book(connection, MIHON) as book:
        book.note(AuditEntry(at, AuditEvent.REFUSED, "kiosk-1", {"reason": "closed", "step": "open"}))


def verified(database: Database, *anchors: AuditHead) -> AuditHead:
    with database.reading() as connection:
        return verify(connection, MIHON, anchors)


def test_i12_an_untouched_log_verifies(database: Database) -> None:
    assert verified(database).audit_seq == ENTRIES


def changed(column: str, value: object) -> Callable[[Connection], None]:
    def tamper(connection: Connection) -> None:
        connection.execute(update(audit_log).where(audit_log.c.audit_seq == 4).values({column: value}))

    return tamper


def removed(connection: Connection) -> None:
    connection.execute(delete(audit_log).where(audit_log.c.audit_seq == 4))


def put_in(connection: Connection) -> None:
    row = connection.execute(select(audit_log).where(audit_log.c.audit_seq == 4)).mappings().one()
    connection.execute(insert(audit_log).values(dict(row) | {"audit_seq": ENTRIES + 1}))


def closed_up(connection: Connection) -> None:
    removed(connection)
    for at in range(5, ENTRIES + 1):
        connection.execute(update(audit_log).where(audit_log.c.audit_seq == at).values(audit_seq=at - 1))


def swapped(connection: Connection) -> None:
    for old, new in ((4, 100), (5, 4), (100, 5)):
        connection.execute(update(audit_log).where(audit_log.c.audit_seq == old).values(audit_seq=new))


@pytest.mark.parametrize(
    ("tamper", "at"),
    [
        (changed("at", 999), 4),
        (changed("event", "issued"), 4),
        (changed("actor", "kiosk-2"), 4),
        (changed("detail", "{}"), 4),
        (changed("entry_hash", bytes(32)), 4),
        (removed, 4),
        (put_in, ENTRIES + 1),
        (closed_up, 4),
        (swapped, 4),
    ],
)
def test_i12_every_tampering_is_found_where_it_is(
    database: Database, tamper: Callable[[Connection], None], at: int
) -> None:
    with database.writing() as connection:
        tamper(connection)
    with pytest.raises(AuditBroken) as broken:
        verified(database)
    assert broken.value.at == at


def test_i12_an_end_that_was_cut_off_is_found(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(delete(audit_log).where(audit_log.c.audit_seq > 5))
    with pytest.raises(AuditBroken, match="cut off"):
        verified(database)


def rewind(database: Database, to: int) -> None:
    """Cuts the log off and makes the municipality's row fit."""
    with database.writing() as connection:
        connection.execute(delete(audit_log).where(audit_log.c.audit_seq > to))
        last = connection.execute(select(audit_log.c.entry_hash).where(audit_log.c.audit_seq == to)).scalar_one()
        connection.execute(update(municipality_state).values(audit_seq=to, audit_hash=last))


def test_i12_a_head_kept_elsewhere_finds_what_the_database_alone_hides(database: Database) -> None:
    head = verified(database)
    rewind(database, 5)
    assert verified(database).audit_seq == 5
    with pytest.raises(AuditBroken, match="cut off"):
        verified(database, head)
    for at in range(ENTRIES):
        note(database, 1000 + at)
    with pytest.raises(AuditBroken, match="written anew") as broken:
        verified(database, head)
    assert broken.value.at == ENTRIES


def test_heads_are_kept_once_and_signed(database: Database, tmp_path: Path) -> None:
    key, file = a_key(), tmp_path / "heads.log"
    first = verified(database)
    keep_anchor(file, first, key)
    keep_anchor(file, first, key)
    note(database, 99)
    second = verified(database)
    keep_anchor(file, second, key)
    assert read_anchors(file, [a_key().raw_public_key, key.raw_public_key]) == (first, second)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(AuditBroken, match="did not sign"):
        read_anchors(file, [a_key().raw_public_key])


def test_only_listed_fields_get_in(database: Database) -> None:
    with database.writing() as connection:
        book = open_book(connection, MIHON)
        with pytest.raises(ValueError, match="name"), book as opened:
            opened.note(AuditEntry(1, AuditEvent.REFUSED, "kiosk-1", {"name": "辻󠄂　健吾"}))
