"""Reads a resident's household on a connection it is given. A reading is one statement, so it is one snapshot on every
database and at every isolation level (I3)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, FromClause, Select, and_, bindparam, case, select

from certserver.registers.model import (
    HouseholdSnapshot,
    PersonStatus,
    RegisteredSeal,
    RegisteredSealStatus,
    Resident,
    Withholding,
)
from certserver.registers.numbers import NumberVault
from certserver.registers.protected_addresses import is_protected
from certserver.registers.rows import RESIDENT_COLUMNS, SEAL_COLUMNS, resident_of, seal_of
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.versions import Counted, InForce
from certserver.storage.registers import (
    BY_HAND,
    households,
    registered_seals,
    registers_in_force,
    residents,
    seal_cancellations,
    withholdings,
)
from certserver.storage.statements import Query

_ORDERER = residents.alias("orderer")

_Rows = Sequence[Any]


@dataclass(frozen=True, slots=True, repr=False)
class HouseholdRead:
    """A household, the snapshot it was read from, what its version counts, and whether its address is protected."""

    in_force: InForce
    counted: Counted
    household: HouseholdSnapshot
    protected: bool

    def __repr__(self) -> str:
        return "<HouseholdRead>"


@dataclass(frozen=True, slots=True, repr=False)
class HouseholdStatus:
    """What of a household can forbid a document; the rest as in `HouseholdRead`."""

    in_force: InForce
    counted: Counted
    orderer: PersonStatus
    members: tuple[PersonStatus, ...]
    seal: RegisteredSealStatus
    protected: bool

    def __repr__(self) -> str:
        return "<HouseholdStatus>"


def same_snapshot(left: FromClause, right: FromClause, key: str) -> ColumnElement[bool]:
    """Rows of one snapshot that have this key in common."""
    return and_(
        left.c.municipality == right.c.municipality, left.c.snapshot == right.c.snapshot, left.c[key] == right.c[key]
    )


def withholdings_on(resident: FromClause) -> ColumnElement[bool]:
    """The withholdings on whoever has this resident's key: those the snapshot brought, and those set by hand."""
    return and_(
        withholdings.c.municipality == resident.c.municipality,
        withholdings.c.snapshot.in_((BY_HAND, resident.c.snapshot)),
        withholdings.c.resident_id == resident.c.resident_id,
    )


def _about(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """One row for each member and each withholding of theirs: the member's id and the withholding stand first, then
    what is the household's. Seals are joined to the orderer alone, and only that row says whether the address is
    protected. Wants `of_municipality` and `of_resident`."""
    of_orderer = residents.c.resident_id == _ORDERER.c.resident_id
    return (
        select(
            residents.c.resident_id,
            withholdings.c.kind,
            registers_in_force.c.snapshot,
            registers_in_force.c.switches,
            households.c.household_id,
            households.c.version,
            case((of_orderer, is_protected(households, households.c.address))),
            seal_cancellations.c.fingerprint,
            *columns,
        )
        .select_from(registers_in_force)
        .join(
            _ORDERER,
            and_(
                _ORDERER.c.municipality == registers_in_force.c.municipality,
                _ORDERER.c.snapshot == registers_in_force.c.snapshot,
            ),
        )
        .join(households, same_snapshot(households, _ORDERER, "household_id"))
        .join(residents, same_snapshot(residents, _ORDERER, "household_id"))
        .outerjoin(withholdings, withholdings_on(residents))
        .outerjoin(
            registered_seals,
            and_(
                same_snapshot(registered_seals, residents, "resident_id"),
                of_orderer,
            ),
        )
        .outerjoin(
            seal_cancellations,
            and_(
                seal_cancellations.c.municipality == registered_seals.c.municipality,
                seal_cancellations.c.resident_id == registered_seals.c.resident_id,
                seal_cancellations.c.fingerprint == registered_seals.c.fingerprint,
            ),
        )
        .where(
            registers_in_force.c.municipality == bindparam("of_municipality"),
            _ORDERER.c.resident_id == bindparam("of_resident"),
        )
        .order_by(residents.c.position, residents.c.resident_id)
    )


_SNAPSHOT = Query(_about(households.c.address, households.c.householder, *SEAL_COLUMNS, *RESIDENT_COLUMNS))
_SEAL_AT = 10
_RESIDENT_AT = _SEAL_AT + len(SEAL_COLUMNS)

_STATUS = Query(
    _about(registered_seals.c.cancelled, residents.c.move_out_planned, residents.c.moved_out, residents.c.died)
)

_NUMBERS = Query(
    select(residents.c.resident_id, residents.c.individual_number, residents.c.resident_code)
    .where(
        residents.c.municipality == bindparam("of_municipality"),
        residents.c.snapshot == bindparam("of_snapshot"),
        residents.c.household_id == bindparam("of_household"),
    )
    .order_by(residents.c.position)
)

STATEMENTS = (_SNAPSHOT, _STATUS, _NUMBERS)
"""Every statement, for whoever checks that each is found by its key."""


def household_of(connection: Connection, municipality: str, resident_id: str) -> HouseholdRead | None:
    """The resident's household in the snapshot in force, or None when there is no such resident."""
    rows = _SNAPSHOT.all(connection, {"of_municipality": municipality, "of_resident": resident_id})
    if not rows:
        return None
    orderer: Resident | None = None
    seal: RegisteredSeal | None = None
    protected = False
    members = []
    for row, withholding in _by_person(rows):
        resident = resident_of(row[_RESIDENT_AT:], withholding)
        if resident.resident_id == resident_id:
            orderer, protected = resident, bool(row[6])
            seal = seal_of(resident_id, row[_SEAL_AT:_RESIDENT_AT], cancelled_since=row[7] is not None)
        members.append(resident)
    assert orderer is not None, "the statement asks for the orderer's row"
    in_force, counted = InForce(municipality, *rows[0][2:4]), Counted(*rows[0][4:6])
    address, householder = rows[0][8:_SEAL_AT]
    return HouseholdRead(
        in_force=in_force,
        counted=counted,
        household=HouseholdSnapshot(
            version=in_force.version(counted),
            address=address,
            householder=householder,
            orderer=orderer,
            members=tuple(members),
            seal=seal,
        ),
        protected=protected,
    )


def status_of_household(connection: Connection, municipality: str, resident_id: str) -> HouseholdStatus | None:
    """What of the resident's household can forbid a document, in the snapshot in force."""
    rows = _STATUS.all(connection, {"of_municipality": municipality, "of_resident": resident_id})
    if not rows:
        return None
    orderer: PersonStatus | None = None
    protected = False
    seal = RegisteredSealStatus.MISSING
    members = []
    for row, withholding in _by_person(rows):
        person_id, *_, found, cancelled_since, cancelled, move_out_planned, moved_out, died = row
        person = PersonStatus(person_id, withholding, move_out_planned, moved_out, died)
        if person_id == resident_id:
            orderer, protected = person, bool(found)
            if cancelled is not None:
                gone = cancelled or cancelled_since is not None
                seal = RegisteredSealStatus.CANCELLED if gone else RegisteredSealStatus.REGISTERED
        members.append(person)
    assert orderer is not None, "the statement asks for the orderer's row"
    in_force, counted = InForce(municipality, *rows[0][2:4]), Counted(*rows[0][4:6])
    return HouseholdStatus(in_force, counted, orderer, tuple(members), seal, protected)


def numbers_of(
    connection: Connection, in_force: InForce, household_id: str, vault: NumberVault
) -> Mapping[str, ResidentNumbers]:
    """The numbers of everybody in a household, by resident id."""
    asked = {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, "of_household": household_id}
    return {
        resident_id: vault.open(in_force.municipality, resident_id, (individual_number, resident_code))
        for resident_id, individual_number, resident_code in _NUMBERS.all(connection, asked)
    }


def _by_person(rows: _Rows) -> Iterator[tuple[Any, frozenset[Withholding]]]:
    """Puts together again what several withholdings of a person, second in each row, have made several rows of."""
    for _, group in groupby(rows, key=lambda row: row[0]):
        same = list(group)
        yield same[0], frozenset(Withholding(row[1]) for row in same if row[1] is not None)
