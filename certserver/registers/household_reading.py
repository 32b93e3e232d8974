"""Reads a resident's household on a connection it is given. A reading is one statement, so it is one snapshot on every
database and at every isolation level (I3)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, case, select

from certserver.registers.model import (
    HouseholdSnapshot,
    PersonStatus,
    PrintedAddress,
    RegisteredSeal,
    RegisteredSealStatus,
    Resident,
    Withholding,
)
from certserver.registers.numbers import NumberVault
from certserver.registers.protected_addresses import is_protected
from certserver.registers.registrations import cancelled_here
from certserver.registers.rows import RESIDENT_COLUMNS, SEAL_COLUMNS, resident_of, seal_of
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.versions import Counted, InForce
from certserver.registers.withheld import KINDS, kinds_on_resident, named, same, withholding_of
from certserver.registers.withheld_addresses import lives_here
from certserver.storage.lookups import household_members
from certserver.storage.registers import households, registered_seals, registers_in_force, residents, seal_cancellations
from certserver.storage.statements import Query

_ORDERER = residents.alias("orderer")

_Rows = Sequence[Any]


@dataclass(frozen=True, slots=True, repr=False)
class HouseholdRead:
    """A household, the snapshot it was read from, what its version counts, and which of its addresses are protected."""

    in_force: InForce
    counted: Counted
    household: HouseholdSnapshot
    protected: frozenset[PrintedAddress]

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
    protected: frozenset[PrintedAddress]

    def __repr__(self) -> str:
        return "<HouseholdStatus>"


_OF_ORDERER = residents.c.resident_id == _ORDERER.c.resident_id

_LEADING: tuple[ColumnElement[Any], ...] = (
    residents.c.resident_id.label("who"),
    registers_in_force.c.snapshot.label("number"),
    registers_in_force.c.switches,
    households.c.household_id.label("house"),
    households.c.version,
    # Of the household, and so told by the row of the orderer alone.
    case((_OF_ORDERER, is_protected(households, "address"))).label("home_protected"),
    and_(lives_here(residents), is_protected(residents, "moved_from", "previous_address")).label("former_protected"),
    seal_cancellations.c.registered_on.is_not(None).label("cancelled_since"),
    *kinds_on_resident(residents),
)
_REST_AT = len(_LEADING)
_KINDS_AT = _REST_AT - len(KINDS)


def _about(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """One row for each member: `_LEADING`, then these columns. Seals are joined to the orderer alone. Wants
    `of_municipality` and `of_resident`."""
    return (
        select(*_LEADING, *columns)
        .select_from(registers_in_force)
        .join(
            _ORDERER,
            and_(
                _ORDERER.c.municipality == registers_in_force.c.municipality,
                _ORDERER.c.snapshot == registers_in_force.c.snapshot,
            ),
        )
        .join(households, same(households, _ORDERER, "household_id"))
        .join(household_members, same(household_members, _ORDERER, "household_id"))
        .join(residents, same(residents, household_members, "resident_id"))
        .outerjoin(registered_seals, and_(same(registered_seals, residents, "resident_id"), _OF_ORDERER))
        .outerjoin(seal_cancellations, cancelled_here(registered_seals))
        .where(
            registers_in_force.c.municipality == bindparam("of_municipality"),
            _ORDERER.c.resident_id == bindparam("of_resident"),
        )
        .order_by(household_members.c.position, household_members.c.resident_id)
    )


_SNAPSHOT = Query(_about(households.c.address, households.c.householder, *SEAL_COLUMNS, *RESIDENT_COLUMNS))
_SEAL_AT = _REST_AT + 2
_RESIDENT_AT = _SEAL_AT + len(SEAL_COLUMNS)

_STATUS = Query(
    _about(registered_seals.c.cancelled, residents.c.move_out_planned, residents.c.moved_out, residents.c.died)
)

_NUMBERS = Query(
    select(residents.c.resident_id, residents.c.individual_number, residents.c.resident_code)
    .select_from(household_members)
    .join(residents, same(residents, household_members, "resident_id"))
    .where(
        household_members.c.municipality == bindparam("of_municipality"),
        household_members.c.snapshot == bindparam("of_snapshot"),
        household_members.c.household_id == bindparam("of_household"),
    )
    .order_by(household_members.c.position)
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
    members = []
    for row in rows:
        resident = resident_of(row[_RESIDENT_AT:], withholding_of(row[_KINDS_AT:_REST_AT]))
        if resident.resident_id == resident_id:
            orderer = resident
            seal = seal_of(resident_id, row[_SEAL_AT:_RESIDENT_AT], cancelled_since=row.cancelled_since)
        members.append(resident)
    assert orderer is not None, "the statement asks for the orderer's row"
    address, householder = rows[0][_REST_AT:_SEAL_AT]
    return HouseholdRead(
        in_force=InForce(municipality, rows[0].number, rows[0].switches),
        counted=_counted(rows, ((member.resident_id, member.withholding) for member in members)),
        household=HouseholdSnapshot(
            address=address, householder=householder, orderer=orderer, members=tuple(members), seal=seal
        ),
        protected=_protected(rows),
    )


def status_of_household(connection: Connection, municipality: str, resident_id: str) -> HouseholdStatus | None:
    """What of the resident's household can forbid a document, in the snapshot in force."""
    rows = _STATUS.all(connection, {"of_municipality": municipality, "of_resident": resident_id})
    if not rows:
        return None
    orderer: PersonStatus | None = None
    seal = RegisteredSealStatus.MISSING
    members = []
    for row in rows:
        cancelled, move_out_planned, moved_out, died = row[_REST_AT:]
        withholding = withholding_of(row[_KINDS_AT:_REST_AT])
        person = PersonStatus(row.who, withholding, move_out_planned, moved_out, died)
        if row.who == resident_id:
            orderer = person
            if cancelled is not None:
                gone = cancelled or row.cancelled_since
                seal = RegisteredSealStatus.CANCELLED if gone else RegisteredSealStatus.REGISTERED
        members.append(person)
    assert orderer is not None, "the statement asks for the orderer's row"
    return HouseholdStatus(
        in_force=InForce(municipality, rows[0].number, rows[0].switches),
        counted=_counted(rows, ((member.resident_id, member.withholding) for member in members)),
        orderer=orderer,
        members=tuple(members),
        seal=seal,
        protected=_protected(rows),
    )


def numbers_of(
    connection: Connection, in_force: InForce, household_id: str, vault: NumberVault
) -> Mapping[str, ResidentNumbers]:
    """The numbers of everybody in a household, by resident id."""
    asked = {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, "of_household": household_id}
    return {
        resident_id: vault.open(in_force.municipality, resident_id, (individual_number, resident_code))
        for resident_id, individual_number, resident_code in _NUMBERS.all(connection, asked)
    }


def _counted(rows: _Rows, members: Iterable[tuple[str, frozenset[Withholding]]]) -> Counted:
    return Counted(rows[0].house, rows[0].version, named(members))


def _protected(rows: _Rows) -> frozenset[PrintedAddress]:
    found = set()
    if any(row.home_protected for row in rows):
        found.add(PrintedAddress.HOUSEHOLD)
    if any(row.former_protected for row in rows):
        found.add(PrintedAddress.FORMER)
    return frozenset(found)
