"""Reads the registers on a connection it is given; begins and commits nothing. A reading is one statement, so it is one
snapshot on every database and at every isolation level (I3)."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Row, Select, and_, bindparam, select

from certserver.registers.model import (
    HouseholdSnapshot,
    PersonStatus,
    RegisteredSeal,
    RegisteredSealStatus,
    Resident,
    StatusNow,
    Withholding,
)
from certserver.registers.rows import RESIDENT_COLUMNS, SEAL_COLUMNS, resident_of, seal_of
from certserver.registers.snapshot import RegisterSnapshot, Wanted
from certserver.storage.registers import households, registered_seals, residents, withholdings

_ORDERER = residents.alias("orderer")


def _same(left: FromClause, right: FromClause, key: str) -> ColumnElement[bool]:
    return and_(left.c.municipality == right.c.municipality, left.c[key] == right.c[key])


def _about(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """One row for each member and each withholding of theirs, the member's id first and the withholding second;
    `registered_seals` is joined to the orderer alone. Wants `of_municipality` and `of_resident`."""
    return (
        select(residents.c.resident_id, withholdings.c.kind, *columns)
        .select_from(_ORDERER)
        .join(households, _same(households, _ORDERER, "household_id"))
        .join(residents, _same(residents, _ORDERER, "household_id"))
        .outerjoin(withholdings, _same(withholdings, residents, "resident_id"))
        .outerjoin(
            registered_seals,
            and_(
                _same(registered_seals, residents, "resident_id"),
                residents.c.resident_id == _ORDERER.c.resident_id,
            ),
        )
        .where(
            _ORDERER.c.municipality == bindparam("of_municipality"),
            _ORDERER.c.resident_id == bindparam("of_resident"),
        )
        .order_by(residents.c.position, residents.c.resident_id)
    )


_SNAPSHOT = _about(
    households.c.household_id,
    households.c.version,
    households.c.address,
    households.c.householder,
    *SEAL_COLUMNS,
    *RESIDENT_COLUMNS,
)
_SEAL_AT = 6
_RESIDENT_AT = _SEAL_AT + len(SEAL_COLUMNS)

# On PostgreSQL the share lock keeps writers out until the release is committed: they move the version first. Whoever
# waited for a writer gets the version moved by it, so a status from before that writer never passes for unchanged.
_STATUS = _about(
    households.c.household_id,
    households.c.version,
    registered_seals.c.cancelled,
    residents.c.move_out_planned,
    residents.c.moved_out,
    residents.c.died,
).with_for_update(read=True, of=households)


def read_snapshot(
    connection: Connection, municipality: str, resident_id: str, _wanted: Wanted
) -> RegisterSnapshot | None:
    """What is wanted about a resident as one snapshot, or None when the register has no such resident."""
    household = read_household(connection, municipality, resident_id)
    return None if household is None else RegisterSnapshot(household.version, household)


def read_household(connection: Connection, municipality: str, resident_id: str) -> HouseholdSnapshot | None:
    """The resident's household as one snapshot, or None when the register has no such resident."""
    rows = connection.execute(_SNAPSHOT, {"of_municipality": municipality, "of_resident": resident_id}).all()
    if not rows:
        return None
    orderer: Resident | None = None
    seal: RegisteredSeal | None = None
    members = []
    for row, withholding in _by_person(rows):
        resident = resident_of(row[_RESIDENT_AT:], withholding)
        if resident.resident_id == resident_id:
            orderer = resident
            seal = seal_of(resident_id, row[_SEAL_AT:_RESIDENT_AT])
        members.append(resident)
    assert orderer is not None, "the statement asks for the orderer's row"
    _, _, household_id, version, address, householder = rows[0][:_SEAL_AT]
    return HouseholdSnapshot(
        version=_token(household_id, version),
        address=address,
        householder=householder,
        orderer=orderer,
        members=tuple(members),
        seal=seal,
    )


def read_status(connection: Connection, municipality: str, resident_id: str) -> StatusNow | None:
    """What a release must see again (I6), or None when the register has no such resident. Only for a transaction
    that opened the book: on PostgreSQL the household is locked against change until it ends."""
    rows = connection.execute(_STATUS, {"of_municipality": municipality, "of_resident": resident_id}).all()
    if not rows:
        return None
    orderer: PersonStatus | None = None
    seal = RegisteredSealStatus.MISSING
    members = []
    for row, withholding in _by_person(rows):
        person_id, _, _, _, cancelled, move_out_planned, moved_out, died = row
        person = PersonStatus(person_id, withholding, move_out_planned, moved_out, died)
        if person_id == resident_id:
            orderer = person
            if cancelled is not None:
                seal = RegisteredSealStatus.CANCELLED if cancelled else RegisteredSealStatus.REGISTERED
        members.append(person)
    assert orderer is not None, "the statement asks for the orderer's row"
    return StatusNow(_token(*rows[0][2:4]), orderer, tuple(members), seal)


def _by_person(rows: Sequence[Row[*tuple[Any, ...]]]) -> Iterator[tuple[Row[*tuple[Any, ...]], frozenset[Withholding]]]:
    """Puts together again what several withholdings of a person have made several rows of."""
    for _, group in groupby(rows, key=lambda row: row[0]):
        same = list(group)
        yield same[0], frozenset(Withholding(row[1]) for row in same if row[1] is not None)


def _token(household_id: str, version: int) -> str:
    """The version as ledger and release compare it, at most 64 characters. It names the household, since the household
    a resident has moved to may stand at the same count."""
    return f"{household_id}/{version}"
