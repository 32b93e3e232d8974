"""The commands of the municipality's keys: key list, key rotate, key revoke."""

import argparse
from datetime import datetime

from certserver.cli.opened import at_desk, opened
from certserver.composition.stores import open_key_store
from certserver.office import keys
from certserver.ports import JST, in_japan
from koufu.evidence.trustlist import KeyStanding, ListedKey, RevocationReason


def key_list(parsed: argparse.Namespace) -> int:
    """Shows every key there ever was."""
    with at_desk(parsed) as desk:
        known = keys.keys(desk)
        at = desk.now()
    for key in known.listed:
        until = "" if key.period.until is None else _told(key.period.until)
        print(f"{key.key_id.hex()}  {_told(key.period.since)} – {until:16}  {_state(key, at)}")
        print(f"  {key.raw.hex()}")
    if known.signs is None:
        print("No key signs now: nothing is issued. `koufu-server key rotate --at-once` makes one.")
    return 0


def key_rotate(parsed: argparse.Namespace) -> int:
    """Makes a new key that signs from an instant on."""
    with opened(parsed) as at_hand:
        desk = at_hand.desk()
        store = open_key_store(at_hand.home, at_hand.settings)
        begins = desk.clock.now() if parsed.at_once else _in_japan(parsed.since)
        key = keys.rotate(desk, store, begins)
        store.close()
    print(f"{key.key_id.hex()} signs from {_told(key.period.since)} (Japan) on; the key before it ends then.")
    print("Bring it to every node before that, and hand out the new trust list (`koufu-server trust-list export`).")
    return 0


def key_revoke(parsed: argparse.Namespace) -> int:
    """Revokes a key."""
    reason = RevocationReason(parsed.reason)
    with at_desk(parsed) as desk:
        left = keys.revoke(desk, parsed.key, _in_japan(parsed.since), reason)
    if reason is RevocationReason.COMPROMISED:
        print("Nothing that this key ever signed stands any more, once recipients have the new trust list.")
    print("Hand out the new trust list now: `koufu-server trust-list export FOLDER`.")
    if left is None:
        print("No key signs now: nothing is issued until `koufu-server key rotate --at-once`.")
    return 0


def _in_japan(instant: datetime | None) -> datetime | None:
    """As it was typed; without a zone it is Japan's."""
    return instant if instant is None or instant.tzinfo is not None else instant.replace(tzinfo=JST)


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
