"""Reads the registers on a connection it is given; begins and commits nothing. Everything comes from the snapshot in
force; with more than a household wanted, only a transaction that keeps one snapshot may read (I3)."""

from sqlalchemy import Connection

from certserver.errors import StorageError
from certserver.registers.changing import household_of_resident
from certserver.registers.household_reading import (
    HouseholdRead,
    HouseholdStatus,
    household_of,
    numbers_of,
    status_of_household,
)
from certserver.registers.koseki_reading import (
    koseki_by_id,
    koseki_of_resident,
    status_of_koseki,
    status_of_residents_koseki,
)
from certserver.registers.model import PrintedAddress, RegisteredSealStatus, StatusNow
from certserver.registers.numbers import NumberVault
from certserver.registers.protected_addresses import protected_in
from certserver.registers.snapshot import HOUSEHOLD_ONLY, RegisterSnapshot, Wanted
from certserver.registers.tax_reading import damages_of, has_damage, tax_status_of, taxes_of
from certserver.registers.versions import Counted, InForce, hold, hold_in_force, read_in_force
from certserver.storage.engine import finish


def read_snapshot(
    connection: Connection,
    municipality: str,
    resident_id: str,
    wanted: Wanted = HOUSEHOLD_ONLY,
    numbers: NumberVault | None = None,
) -> RegisterSnapshot | None:
    """What is wanted about a resident as one snapshot, or None when the register has no such resident. Raises
    `StorageError` when numbers are wanted and there is nothing to open them with."""
    finish(connection)
    read = household_of(connection, municipality, resident_id)
    if read is None:
        return None
    found = koseki_of_resident(connection, read.in_force, resident_id) if wanted.koseki else None
    if wanted.numbers and numbers is None:
        raise StorageError("numbers are wanted, and nothing is at hand to open them")
    household_id, koseki_read = read.counted.key, found.counted if found else None
    protected = _protected(connection, read, koseki_read, wanted, resident_id)
    return RegisterSnapshot(
        version=read.in_force.version(read.counted, koseki_read, protected),
        household=read.household,
        koseki=found.koseki if found else None,
        taxes=taxes_of(connection, read.in_force, resident_id) if wanted.taxes else (),
        damages=damages_of(connection, read.in_force, household_id) if wanted.damages or wanted.fee_by_damage else (),
        numbers=numbers_of(connection, read.in_force, household_id, numbers) if wanted.numbers and numbers else {},
        protected=protected,
    )


def is_resident(connection: Connection, municipality: str, resident_id: str) -> bool:
    """Whether the register in force has such a resident, also one who moved out or died."""
    in_force = read_in_force(connection, municipality)
    return in_force is not None and household_of_resident(connection, in_force.key, resident_id) is not None


def read_koseki_snapshot(
    connection: Connection, municipality: str, koseki_id: str, person_id: str
) -> RegisterSnapshot | None:
    """The koseki for which somebody who lives elsewhere is enrolled, or None when it is not kept here."""
    finish(connection)
    in_force = read_in_force(connection, municipality)
    found = None if in_force is None else koseki_by_id(connection, in_force, koseki_id, person_id)
    if in_force is None or found is None:
        return None
    protected = _protected_elsewhere(connection, in_force, koseki_id)
    return RegisterSnapshot(
        in_force.version(None, found.counted, protected), household=None, koseki=found.koseki, protected=protected
    )


def read_status(
    connection: Connection, municipality: str, resident_id: str, wanted: Wanted = HOUSEHOLD_ONLY
) -> StatusNow | None:
    """What a release must see again (I6), or None when the register has no such resident: its version is that of
    `read_snapshot` where the same was wanted. Only for a transaction that opened the book: on PostgreSQL what is read
    is locked against change until it ends."""
    finish(connection)
    hold(connection, municipality)
    household = status_of_household(connection, municipality, resident_id)
    if household is None:
        return None
    in_force, counted, found = household.in_force, None, None
    if wanted.koseki:
        counted, found = status_of_residents_koseki(connection, in_force, resident_id) or (None, None)
    protected = _protected(connection, household, counted, wanted, resident_id)
    return StatusNow(
        version=in_force.version(household.counted, counted, protected),
        orderer=household.orderer,
        members=household.members,
        seal=household.seal,
        koseki=found,
        taxes=tax_status_of(connection, in_force, resident_id) if wanted.taxes else (),
        has_damage=wanted.damages and has_damage(connection, in_force, household.counted.key),
        protected=protected,
    )


def read_koseki_status(connection: Connection, municipality: str, koseki_id: str, person_id: str) -> StatusNow | None:
    """As `read_status`, for somebody who lives elsewhere, with the version of `read_koseki_snapshot`."""
    finish(connection)
    in_force = hold_in_force(connection, municipality)
    status = None if in_force is None else status_of_koseki(connection, in_force, koseki_id, person_id)
    if in_force is None or status is None:
        return None
    counted, found = status
    protected = _protected_elsewhere(connection, in_force, koseki_id)
    return StatusNow(
        version=in_force.version(None, counted, protected),
        orderer=None,
        members=(),
        seal=RegisteredSealStatus.MISSING,
        koseki=found,
        protected=protected,
    )


def _protected(
    connection: Connection,
    read: HouseholdRead | HouseholdStatus,
    koseki_read: Counted | None,
    wanted: Wanted,
    resident_id: str,
) -> frozenset[PrintedAddress]:
    koseki_id = koseki_read.key if koseki_read else None
    return read.protected | protected_in(connection, read.in_force, wanted, resident_id, read.counted.key, koseki_id)


def _protected_elsewhere(connection: Connection, in_force: InForce, koseki_id: str) -> frozenset[PrintedAddress]:
    return protected_in(connection, in_force, Wanted(koseki=True), None, None, koseki_id)
