"""The commands that look after a server: alarm, audit."""

import argparse

from certserver.cli.opened import changing, opened
from certserver.composition.clock import SystemClock
from certserver.composition.stores import open_key_store
from certserver.errors import ConfigurationError
from certserver.ledger.alarms import Alarm, close_alarm, list_alarms
from certserver.ledger.anchors import keep_anchor, read_anchors
from certserver.ledger.audit import verify
from certserver.ledger.keys import key_in_force, read_keys
from certserver.ports import in_japan, unix
from certserver.signing.municipal import MunicipalKey


def alarm_list(parsed: argparse.Namespace) -> int:
    """Shows alarms."""
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        alarms = list_alarms(connection, at_hand.municipality)
    shown = [alarm for alarm in alarms if parsed.all or alarm.closed_at is None]
    for alarm in shown:
        print(f"{alarm.alarm_id.hex()}  {_told(alarm.raised_at)}  from {alarm.source}: {alarm.what}")
        if alarm.closed_at is not None:
            print(f"  closed {_told(alarm.closed_at)}: {alarm.closing_reason}")
    if not shown:
        print("No alarm is open.")
    return 0


def alarm_close(parsed: argparse.Namespace) -> int:
    """Closes an alarm."""
    if not parsed.reason.strip():
        raise ConfigurationError("say with --reason what was found and done")
    with opened(parsed) as at_hand, changing(at_hand) as (connection, book):
        alarm_id = _named_alarm(parsed.alarm, list_alarms(connection, at_hand.municipality))
        close_alarm(connection, book, alarm_id, parsed.reason, unix(SystemClock().now()))
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


def _named_alarm(named: str | None, alarms: tuple[Alarm, ...]) -> bytes:
    is_open = [alarm.alarm_id for alarm in alarms if alarm.closed_at is None]
    if named is None:
        if len(is_open) != 1:
            raise ConfigurationError(f"{len(is_open)} alarms are open: name one; `alarm list` shows them")
        return is_open[0]
    try:
        return bytes.fromhex(named)
    except ValueError as error:
        raise ConfigurationError(f"{named} is no alarm's id; `alarm list` shows them") from error


def _told(at: int) -> str:
    return f"{in_japan(at):%Y-%m-%d %H:%M:%S}"
