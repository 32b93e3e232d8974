"""The municipality's own keys: listed, a new one begun, one revoked. Private halves stay where they are kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from certserver.errors import ConfigurationError
from certserver.ledger.keys import begin_key, key_in_force, read_keys, revoke_key
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.pipeline.signing_keys import forget_prepared
from certserver.ports import unix
from certserver.signing.signers import KeyStore
from koufu.evidence.trustlist import ListedKey, Revocation, RevocationReason

NOTICE = timedelta(hours=24)
"""How long before its beginning a key is told: terminals fetch the trust list every few hours."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Every key there ever was, and the one that signs now, None when nothing can be issued."""

    listed: tuple[ListedKey, ...]
    signs: ListedKey | None


def keys(desk: Desk) -> Keys:
    """The keys as they stand."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        listed = read_keys(connection, desk.municipality)
    return Keys(listed, key_in_force(listed, desk.now()))


def rotate(desk: Desk, store: KeyStore, begins: datetime | None) -> ListedKey:
    """Makes a new key that signs from an instant on, in 24 hours when none is named; the one before it ends then.
    Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_TERMINALS)
    now = desk.clock.now()
    since = begins or now + NOTICE
    if unix(since) < unix(now):
        raise ConfigurationError("a key never begins in the past: what it signed then nobody could know")
    made = store.make()
    with desk.changing() as (connection, book):
        return begin_key(connection, book, made.raw_public_key, unix(since), unix(now))


def revoke(desk: Desk, key_id: str, since: datetime | None, reason: RevocationReason) -> ListedKey | None:
    """Revokes a key from an instant on, never in the future; orders that wait with it are prepared anew. The key that
    signs then, None when nothing can be issued. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_TERMINALS)
    now = desk.clock.now()
    from_then = since or now
    if from_then > now:
        raise ConfigurationError("a key is revoked from now on or from earlier; to end it later, rotate")
    try:
        which = bytes.fromhex(key_id)
    except ValueError as error:
        raise ConfigurationError(f"{key_id} is no key id; `koufu-server key list` shows them") from error
    with desk.changing() as (connection, book):
        revoke_key(connection, book, which, Revocation(unix(from_then), reason), unix(now))
        forget_prepared(connection, desk.municipality)
        return key_in_force(read_keys(connection, desk.municipality), unix(now))
