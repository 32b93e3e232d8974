"""What stays as it is when a snapshot is brought back: whoever is withheld in the one in force is withheld afterwards,
and no registered seal comes to life again. All of it is noted where people's decisions stand, apart from the
snapshots."""

from dataclasses import dataclass

from sqlalchemy import (
    ColumnElement,
    Connection,
    Label,
    Select,
    Table,
    and_,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
)

from certserver.registers.registrations import cancelled_here, day_of
from certserver.registers.versions import SnapshotKey
from certserver.registers.withheld import is_there, on_person, on_resident
from certserver.storage.deliveries import deliveries
from certserver.storage.koseki import koseki_people, koseki_withholdings
from certserver.storage.lookups import residents_in_koseki
from certserver.storage.registers import BY_HAND, registered_seals, seal_cancellations, withholdings

_WHOLE = "all"
"""Value of `certserver.intake.manifest.Content`."""

_COUNTED = {"preserve_rowcount": True}


@dataclass(frozen=True, slots=True)
class KeptBack:
    """How many withholdings were set, and registered seals cancelled, because a snapshot came back."""

    withholdings: int
    seals: int


def keep_back(connection: Connection, left: SnapshotKey, coming: SnapshotKey) -> KeptBack:
    """For a switch from a snapshot in force to one that was so before. Only under the lock of `versions`."""
    # In this order: what is linked in one snapshot alone is found by the rows that came before.
    kept = _keep_rows(connection, withholdings, left, coming, "resident_id")
    kept += _keep_rows(connection, koseki_withholdings, left, coming, "koseki_id", "person_id")
    kept += _keep_residents(connection, left, coming)
    kept += _keep_people(connection, left, coming)
    return KeptBack(kept, _keep_cancelled(connection, left, coming))


def _keep_rows(connection: Connection, table: Table, left: SnapshotKey, coming: SnapshotKey, *names: str) -> int:
    """What one snapshot says of a person and the other does not."""
    there = table.alias()
    known = is_there(
        there.c.municipality == table.c.municipality,
        there.c.snapshot.in_((BY_HAND, coming.number)),
        *(there.c[name] == table.c[name] for name in (*names, "kind")),
    )
    missing = select(table.c.municipality, literal(BY_HAND), *(table.c[name] for name in (*names, "kind")))
    some = and_(table.c.municipality == left.municipality, table.c.snapshot == left.number, ~known)
    return _enter(connection, table, missing.where(some), *names)


def _keep_residents(connection: Connection, left: SnapshotKey, coming: SnapshotKey) -> int:
    """Who is withheld as a person of a koseki, and would no longer be linked with that person."""
    held = (
        select(*_of(coming), koseki_people.c.resident_id, koseki_withholdings.c.kind)
        .join(
            koseki_withholdings,
            and_(
                koseki_withholdings.c.municipality == koseki_people.c.municipality,
                koseki_withholdings.c.koseki_id == koseki_people.c.koseki_id,
                koseki_withholdings.c.person_id == koseki_people.c.person_id,
            ),
        )
        .where(*_linked(koseki_people, left), koseki_withholdings.c.snapshot.in_((BY_HAND, left.number)))
        .distinct()
        .subquery()
    )
    missing = select(held.c.municipality, literal(BY_HAND), held.c.resident_id, held.c.kind)
    return _enter(connection, withholdings, missing.where(~on_resident(held, held.c.kind)), "resident_id")


def _keep_people(connection: Connection, left: SnapshotKey, coming: SnapshotKey) -> int:
    """The same the other way round."""
    held = (
        select(*_of(coming), residents_in_koseki.c.koseki_id, residents_in_koseki.c.person_id, withholdings.c.kind)
        .join(
            withholdings,
            and_(
                withholdings.c.municipality == residents_in_koseki.c.municipality,
                withholdings.c.resident_id == residents_in_koseki.c.resident_id,
            ),
        )
        .where(*_linked(residents_in_koseki, left), withholdings.c.snapshot.in_((BY_HAND, left.number)))
        .distinct()
        .subquery()
    )
    missing = select(held.c.municipality, literal(BY_HAND), held.c.koseki_id, held.c.person_id, held.c.kind)
    some = missing.where(~on_person(held, held.c.kind))
    return _enter(connection, koseki_withholdings, some, "koseki_id", "person_id")


def _keep_cancelled(connection: Connection, left: SnapshotKey, coming: SnapshotKey) -> int:
    """Registrations that would come to life. Those that the snapshot in force has as cancelled, always. Where it is the
    later one also those in whose place it has another, and those that it does not have at all: nobody can say then
    whether they ended. In the earlier one they may just not have been made yet; what ended in it since is noted."""
    former = registered_seals.alias()
    of_resident = and_(
        former.c.municipality == registered_seals.c.municipality,
        former.c.snapshot == left.number,
        former.c.resident_id == registered_seals.c.resident_id,
    )
    same_day = day_of(former) == day_of(registered_seals)
    ended = is_there(of_resident, same_day, former.c.cancelled == true())
    if _is_later(connection, left, coming):
        ended = or_(ended, ~is_there(of_resident, same_day))
    ending = select(registered_seals.c.municipality, registered_seals.c.resident_id, day_of(registered_seals)).where(
        registered_seals.c.municipality == coming.municipality,
        registered_seals.c.snapshot == coming.number,
        registered_seals.c.cancelled == false(),
        ended,
        ~is_there(cancelled_here(registered_seals)),
    )
    noting = insert(seal_cancellations).from_select(["municipality", "resident_id", "registered_on"], ending)
    return connection.execute(noting, execution_options=_COUNTED).rowcount


def _is_later(connection: Connection, one: SnapshotKey, other: SnapshotKey) -> bool:
    """Whether a snapshot was delivered after another; without deliveries, whether it was loaded after it."""
    whole = and_(deliveries.c.municipality == one.municipality, deliveries.c.content == _WHOLE)

    def order(key: SnapshotKey) -> tuple[int, int]:
        made_at = connection.scalar(
            select(func.max(deliveries.c.made_at)).where(whole, deliveries.c.snapshot == key.number)
        )
        return -1 if made_at is None else int(made_at), key.number

    return order(one) > order(other)


def _of(key: SnapshotKey) -> tuple[Label[str], Label[int]]:
    """What leads a row of a snapshot, for a row that is made up."""
    return literal(key.municipality).label("municipality"), literal(key.number).label("snapshot")


def _linked(people: Table, key: SnapshotKey) -> tuple[ColumnElement[bool], ...]:
    return (
        people.c.municipality == key.municipality,
        people.c.snapshot == key.number,
        people.c.resident_id.is_not(None),
    )


def _enter(connection: Connection, table: Table, missing: Select[tuple[object, ...]], *names: str) -> int:
    into = ["municipality", "snapshot", *names, "kind"]
    return connection.execute(insert(table).from_select(into, missing), execution_options=_COUNTED).rowcount
