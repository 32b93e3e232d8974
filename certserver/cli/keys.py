"""The commands of the municipality's keys: key list, key rotate, key revoke. Private halves stay where they are
kept."""

import argparse
from datetime import datetime, timedelta

from certserver.cli.opened import changing, opened
from certserver.composition.clock import SystemClock
from certserver.composition.stores import open_key_store
from certserver.errors import ConfigurationError
from certserver.ledger.keys import begin_key, key_in_force, read_keys, revoke_key
from certserver.pipeline.signing_keys import forget_prepared
from certserver.ports import JST, in_japan, unix
from koufu.evidence.trustlist import KeyStanding, ListedKey, Revocation, RevocationReason

NOTICE = timedelta(hours=24)
"""How long before its beginning a key is told: terminals fetch the trust list every few hours."""


def key_list(parsed: argparse.Namespace) -> int:
    """Shows every key there ever was."""
    at = unix(SystemClock().now())
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        keys = read_keys(connection, at_hand.municipality)
    for key in keys:
        until = "" if key.period.until is None else _told(key.period.until)
        print(f"{key.key_id.hex()}  {_told(key.period.since)} – {until:16}  {_state(key, at)}")
        print(f"  {key.raw.hex()}")
    if key_in_force(keys, at) is None:
        print("No key signs now: nothing is issued. `koufu-server key rotate --at-once` makes one.")
    return 0


def key_rotate(parsed: argparse.Namespace) -> int:
    """Makes a new key that signs from an instant on."""
    now = SystemClock().now()
    begins = now if parsed.at_once else parsed.since or now + NOTICE
    if begins.tzinfo is None:
        begins = begins.replace(tzinfo=JST)
    if begins < now:
        raise ConfigurationError("a key never begins in the past: what it signed then nobody could know")
    with opened(parsed) as at_hand:
        store = open_key_store(at_hand.home, at_hand.settings)
        made = store.make()
        with changing(at_hand) as (connection, book):
            key = begin_key(connection, book, made.raw_public_key, unix(begins), unix(now))
        store.close()
    print(f"{key.key_id.hex()} signs from {_told(key.period.since)} (Japan) on; the key before it ends then.")
    print("Bring it to every node before that, and hand out the new trust list (`koufu-server trust-list export`).")
    return 0


def key_revoke(parsed: argparse.Namespace) -> int:
    """Revokes a key."""
    now = SystemClock().now()
    since: datetime = parsed.since or now
    if since.tzinfo is None:
        since = since.replace(tzinfo=JST)
    if since > now:
        raise ConfigurationError("a key is revoked from now on or from earlier; to end it later, rotate")
    try:
        key_id = bytes.fromhex(parsed.key)
    except ValueError as error:
        raise ConfigurationError(f"{parsed.key} is no key id; `koufu-server key list` shows them") from error
    revocation = Revocation(unix(since), RevocationReason(parsed.reason))
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        revoke_key(connection, book, key_id, revocation, unix(now))
        forget_prepared(connection, at_hand.municipality)
        left = key_in_force(read_keys(connection, at_hand.municipality), unix(now))
    if revocation.reason is RevocationReason.COMPROMISED:
        print("Nothing that this key ever signed stands any more, once recipients have the new trust list.")
    print("Hand out the new trust list now: `koufu-server trust-list export FOLDER`.")
    if left is None:
        print("No key signs now: nothing is issued until `koufu-server key rotate --at-once`.")
    return 0


def _state(key: ListedKey, at: int) -> str:
    if key.revocation is not None:
        return f"revoked from {_told(key.revocation.at)}: {key.revocation.reason.value}"
    return {
        KeyStanding.SPEAKS: "signs now",
        KeyStanding.NOT_YET_VALID: "begins later",
        KeyStanding.EXPIRED: "ended",
        KeyStanding.REVOKED: "revoked",
    }[key.standing(at)]


def _told(at: int) -> str:
    return f"{in_japan(at):%Y-%m-%d %H:%M}"
