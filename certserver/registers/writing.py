"""Changes households, residents and seals of the register in force, and moves the version of all that a change touches
in the same transaction (I3): it counts for the very next release. It never normalises a value (I10)."""

from datetime import date

from sqlalchemy import Connection, and_, delete, select, update

from certserver.errors import StorageError
from certserver.registers.changing import (
    household_of_resident,
    move_household,
    move_koseki_of,
    next_position,
    of_key,
    put,
    require_household,
    require_household_of,
)
from certserver.registers.model import Household, RegisteredSeal, Resident
from certserver.registers.numbers import NumberVault
from certserver.registers.rows import (
    household_values,
    key_values,
    resident_values,
    seal_fingerprint,
    seal_values,
)
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.versions import hold_to_change
from certserver.registers.withholding import put_brought
from certserver.storage.registers import households, registered_seals, residents, seal_cancellations


def write_household(connection: Connection, municipality: str, household: Household) -> None:
    """Enters a household, or changes the one with this id."""
    key = hold_to_change(connection, municipality).key
    was_there = connection.scalar(
        select(households.c.version).where(of_key(households, key, household_id=household.household_id))
    )
    changed = put(connection, households, household_values(key, household), version=1)
    if changed and was_there is not None:
        move_household(connection, key, household.household_id)


def write_resident(
    connection: Connection, municipality: str, resident: Resident, *, position: int | None = None
) -> None:
    """Enters a resident, or changes the one with this id. Withholdings become those given, but for what was set by
    hand: that is lifted by hand. Without a `position` whoever is new to a household stands last in it; numbers stay as
    they are. Raises `NoSuchEntry` when there is no such household."""
    key = hold_to_change(connection, municipality).key
    require_household(connection, key, resident.household_id)
    former = household_of_resident(connection, key, resident.resident_id)
    values = resident_values(key, resident)
    del values["individual_number"], values["resident_code"]
    if position is not None:
        values["position"] = position
    elif former != resident.household_id:
        values["position"] = next_position(connection, key, resident.household_id)
    changed = put(connection, residents, values)
    withheld = put_brought(connection, key, resident.resident_id, resident.withholding)
    if changed or withheld:
        for household_id in {resident.household_id, former or resident.household_id}:
            move_household(connection, key, household_id)
    if withheld:
        move_koseki_of(connection, key, resident.resident_id)


def write_move_out(
    connection: Connection,
    municipality: str,
    resident_id: str,
    *,
    planned: date | None = None,
    moved_out: date | None = None,
) -> None:
    """Enters that somebody will move out, or has; without either day both are taken back. Raises `StorageError` when
    there is no such resident."""
    _change(connection, municipality, resident_id, move_out_planned=planned, moved_out=moved_out)


def write_death(connection: Connection, municipality: str, resident_id: str, died: date | None) -> None:
    """Enters a death, or takes it back. Raises `StorageError` when there is no such resident."""
    _change(connection, municipality, resident_id, died=died)


def write_numbers(
    connection: Connection, municipality: str, resident_id: str, numbers: ResidentNumbers, vault: NumberVault
) -> None:
    """Enters a resident's individual number and resident-record code. Raises `StorageError` when there is no such
    resident."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    one = of_key(residents, key, resident_id=resident_id)
    individual_number, resident_code = connection.execute(
        select(residents.c.individual_number, residents.c.resident_code).where(one)
    ).one()
    if vault.open(municipality, resident_id, (individual_number, resident_code)) == numbers:
        return
    individual_number, resident_code = vault.close(municipality, resident_id, numbers)
    change = {"individual_number": individual_number, "resident_code": resident_code}
    connection.execute(update(residents).where(one).values(**change))
    move_household(connection, key, household_id)


def write_registered_seal(connection: Connection, municipality: str, seal: RegisteredSeal) -> None:
    """Registers a seal, in place of the resident's former one; the same registration again takes its cancellation in
    the day back. Raises `StorageError` when there is no such resident."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, seal.resident_id)
    revived = False
    if not seal.cancelled:
        cancellation = and_(
            seal_cancellations.c.municipality == municipality,
            seal_cancellations.c.resident_id == seal.resident_id,
            seal_cancellations.c.fingerprint == seal_fingerprint(seal),
        )
        revived = connection.execute(delete(seal_cancellations).where(cancellation)).rowcount > 0
    if put(connection, registered_seals, seal_values(key, seal)) or revived:
        move_household(connection, key, household_id)


def remove_registered_seal(connection: Connection, municipality: str, resident_id: str) -> bool:
    """Takes a registration away that was made in error; whether there was one."""
    key = hold_to_change(connection, municipality).key
    household_id = household_of_resident(connection, key, resident_id)
    one = of_key(registered_seals, key, resident_id=resident_id)
    if household_id is None or connection.execute(delete(registered_seals).where(one)).rowcount == 0:
        return False
    move_household(connection, key, household_id)
    return True


def cancel_registered_seal(connection: Connection, municipality: str, resident_id: str) -> None:
    """Cancels a registered seal (廃印), whichever snapshot comes into force. Raises `StorageError` when the resident
    has none."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    fingerprint = connection.scalar(
        select(registered_seals.c.fingerprint).where(of_key(registered_seals, key, resident_id=resident_id))
    )
    if fingerprint is None:
        raise StorageError("this resident has no registered seal to cancel")
    values = {"municipality": municipality, "resident_id": resident_id, "fingerprint": fingerprint}
    if put(connection, seal_cancellations, values):
        move_household(connection, key, household_id)


def _change(connection: Connection, municipality: str, resident_id: str, **days: date | None) -> None:
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    if put(connection, residents, {**key_values(key), "resident_id": resident_id, **days}):
        move_household(connection, key, household_id)
