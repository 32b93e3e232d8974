"""Which deliveries a snapshot was made of, and when they were made: an older one never overtakes a newer one, and none
comes from the future, after which no other would count."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from certserver.intake.findings import Finding, Rule
from certserver.intake.manifest import MANIFEST, Manifest
from certserver.registers.versions import SnapshotKey
from certserver.storage.deliveries import deliveries

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


_MOST_AHEAD = timedelta(days=1)
"""Of the clock here. A clock that goes wrong by less does no harm: the next night's delivery is newer again."""


def out_of_turn(
    connection: Connection, before: SnapshotKey | None, manifest: Manifest, now: datetime
) -> Finding | None:
    """What is wrong with the time at which a delivery was made, beside those in the snapshot before it."""
    if manifest.made_at > now + _MOST_AHEAD:
        return Finding(MANIFEST, 0, "made_at", Rule.AHEAD)
    if before is not None and _is_stale(connection, before, manifest):
        return Finding(MANIFEST, 0, "made_at", Rule.STALE)
    return None


def _is_stale(connection: Connection, key: SnapshotKey, manifest: Manifest) -> bool:
    """Whether a snapshot holds a delivery that is as new, or newer."""
    found = connection.scalar(
        select(func.max(deliveries.c.made_at)).where(
            deliveries.c.municipality == key.municipality, deliveries.c.snapshot == key.number
        )
    )
    return found is not None and int(found) >= _microseconds(manifest.made_at)


def note_delivery(connection: Connection, key: SnapshotKey, manifest: Manifest, at: int) -> None:
    """Notes that a delivery went into a snapshot."""
    connection.execute(
        insert(deliveries).values(
            municipality=key.municipality,
            snapshot=key.number,
            made_at=_microseconds(manifest.made_at),
            content=manifest.content.value,
            digest=manifest.digest,
            taken_at=at,
        )
    )


def made_by_snapshot(connection: Connection, municipality: str) -> Mapping[int, datetime]:
    """When the newest delivery in each snapshot was made."""
    newest = (
        select(deliveries.c.snapshot, func.max(deliveries.c.made_at))
        .where(deliveries.c.municipality == municipality)
        .group_by(deliveries.c.snapshot)
    )
    return {number: _EPOCH + int(made_at) * _MICROSECOND for number, made_at in connection.execute(newest)}


def _microseconds(instant: datetime) -> int:
    return (instant - _EPOCH) // _MICROSECOND
