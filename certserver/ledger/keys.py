"""Which keys speak for a municipality, and when: added, ended and revoked under its lock, each noted in the audit log.
A row never goes: paper that was signed with it is still about."""

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select

from certserver.errors import ConfigurationError
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.storage.keys import municipal_keys
from certserver.storage.statements import Query
from koufu.evidence.trustlist import (
    MAX_KEYS,
    KeyStanding,
    ListedKey,
    Period,
    Revocation,
    RevocationReason,
    public_key_id,
)

_KEYS = Query(
    select(
        municipal_keys.c.public_key,
        municipal_keys.c.since,
        municipal_keys.c.until,
        municipal_keys.c.revoked_at,
        municipal_keys.c.revocation_reason,
    )
    .where(municipal_keys.c.municipality == bindparam("of"))
    .order_by(municipal_keys.c.since, municipal_keys.c.key_id)
)


def read_keys(connection: Connection, municipality: str) -> tuple[ListedKey, ...]:
    """All keys that a municipality ever had, by the instant they begin."""
    return tuple(
        ListedKey(
            row.public_key,
            Period(row.since, row.until),
            None if row.revoked_at is None else Revocation(row.revoked_at, RevocationReason(row.revocation_reason)),
        )
        for row in _KEYS.all(connection, {"of": municipality})
    )


def key_in_force(keys: Sequence[ListedKey], at: int) -> ListedKey | None:
    """The key that signs at an instant (Unix seconds), None when there is none."""
    return next((key for key in keys if key.standing(at) is KeyStanding.SPEAKS), None)


def begin_key(connection: Connection, book: Book, raw: bytes, since: int, at: int) -> ListedKey:
    """Lets a new key sign from `since` on (Unix seconds), noted at `at`. The one that would sign then ends with that
    instant; one that begins later stays, and ends the new one. Raises `ConfigurationError` when there is no room."""
    municipality = book.state.municipality
    before = read_keys(connection, municipality)
    if len(before) >= MAX_KEYS:
        raise ConfigurationError(f"{municipality} had {MAX_KEYS} keys already, which is as many as a trust list holds")
    usable = [key for key in before if key.revocation is None]
    for ending in (key for key in usable if key.standing(since) is KeyStanding.SPEAKS):
        _change(connection, municipality, ending, {"until": since})
        _note(book, f"key {ending.key_id.hex()} ends at {since}", at)
    later = [key.period.since for key in usable if key.period.since > since]
    key = ListedKey(raw, Period(since, min(later, default=None)))
    connection.execute(
        insert(municipal_keys).values(
            municipality=municipality,
            key_id=key.key_id,
            public_key=raw,
            since=key.period.since,
            until=key.period.until,
        )
    )
    _note(book, f"key {key.key_id.hex()} begins at {since}", at)
    return key


def revoke_key(connection: Connection, book: Book, key_id: bytes, revocation: Revocation, at: int) -> ListedKey:
    """Revokes a key, noted at `at`. A key that was revoked may still be found to be compromised, or to have been so
    earlier. Raises `ConfigurationError` when there is no such key or nothing would change for the worse."""
    municipality = book.state.municipality
    key = next((key for key in read_keys(connection, municipality) if key.key_id == key_id), None)
    if key is None:
        raise ConfigurationError(f"{municipality} never had a key {key_id.hex()}; `koufu-server key list` shows them")
    before = key.revocation
    worse = before is None or (
        before.reason is not RevocationReason.COMPROMISED
        and (revocation.reason is RevocationReason.COMPROMISED or revocation.at < before.at)
    )
    if not worse:
        raise ConfigurationError(f"key {key_id.hex()} is revoked already, and nobody takes that back")
    _change(
        connection,
        municipality,
        key,
        {"revoked_at": revocation.at, "revocation_reason": revocation.reason.value},
    )
    _note(book, f"key {key_id.hex()} revoked from {revocation.at}: {revocation.reason.value}", at)
    return ListedKey(key.raw, key.period, revocation)


def _change(connection: Connection, municipality: str, key: ListedKey, values: dict[str, object]) -> None:
    connection.execute(
        municipal_keys.update()
        .where(
            municipal_keys.c.municipality == municipality,
            municipal_keys.c.key_id == public_key_id(key.raw),
        )
        .values(values)
    )


def _note(book: Book, what: str, at: int) -> None:
    # Every node that has the old revision of the settings reads the keys anew.
    book.settings_changed()
    book.note(AuditEntry(at, AuditEvent.CONFIGURED, book.actor, {"what": what}))
