"""The commands that look after a server: alarm, audit."""

import argparse

from certserver.cli.opened import at_desk, opened
from certserver.composition.clock import SystemClock
from certserver.composition.stores import open_key_store
from certserver.ledger.anchors import keep_anchor, read_anchors
from certserver.ledger.audit import verify
from certserver.ledger.keys import key_in_force, read_keys
from certserver.office import alarms
from certserver.ports import in_japan, unix
from certserver.signing.municipal import MunicipalKey


def alarm_list(parsed: argparse.Namespace) -> int:
    """Shows alarms."""
    with at_desk(parsed) as desk:
        known = alarms.alarms(desk)
    shown = [alarm for alarm in known if parsed.all or alarm.closed_at is None]
    for alarm in shown:
        print(f"{alarm.alarm_id.hex()}  {_told(alarm.raised_at)}  from {alarm.source}: {alarm.what}")
        if alarm.closed_at is not None:
            print(f"  closed {_told(alarm.closed_at)}: {alarm.closing_reason}")
    if not shown:
        print("No alarm is open.")
    return 0


def alarm_close(parsed: argparse.Namespace) -> int:
    """Closes an alarm."""
    with at_desk(parsed) as desk:
        alarm_id = alarms.close(desk, parsed.alarm, parsed.reason, parsed.second)
    print(f"{alarm_id.hex()} is closed.")
    return 0


def audit_verify(parsed: argparse.Namespace) -> int:
    """Verifies the audit log; exit status 1 at the first break."""
    with opened(parsed) as at_hand:
        heads = at_hand.home / at_hand.settings.audit_heads
        with at_hand.database.reading() as connection:
            listed = read_keys(connection, at_hand.municipality)
            anchors = read_anchors(heads, [key.raw for key in listed])
            head = verify(connection, at_hand.municipality, anchors)
        if not heads.exists() and head.audit_seq:
            print(f"Note: {heads} is missing, so an end that was cut off could not be found. It is made now.")
        speaking = key_in_force(listed, unix(SystemClock().now()))
        if speaking is not None:
            store = open_key_store(at_hand.home, at_hand.settings)
            keep_anchor(heads, head, MunicipalKey(store.open(speaking.raw)))
            store.close()
    print(f"{head.audit_seq} entries, unbroken, {len(anchors)} kept heads agree.")
    print(f"head {head.audit_hash.hex()}")
    return 0


def _told(at: int) -> str:
    return f"{in_japan(at):%Y-%m-%d %H:%M:%S}"
