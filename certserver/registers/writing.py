"""Changes households, residents and seals of the register in force, and moves the version of all that a change touches
in the same transaction (I3): it counts for the very next release. It never normalises a value (I10)."""

from sqlalchemy import Connection, delete, select, update

from certserver.errors import NoSuchEntry
from certserver.registers.changing import (
    hold_to_change,
    household_of_resident,
    move_household,
    next_position,
    of_key,
    put,
    require_household,
    require_household_of,
)
from certserver.registers.model import Household, RegisteredSeal, Resident
from certserver.registers.numbers import NumberVault
from certserver.registers.registrations import NO_DAY, end, registration_of, take_back
from certserver.registers.rows import household_values, resident_values, seal_values
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.withholding import put_brought
from certserver.storage.registers import households, registered_seals, residents


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
    """Enters a resident, or changes the one with this id. Withholdings that the snapshot brings become those given;
    what was set by hand is lifted by hand. Without a `position` whoever is new to a household stands last in it;
    numbers stay as they are. Raises `NoSuchEntry` when there is no such household."""
    key = hold_to_change(connection, municipality).key
    require_household(connection, key, resident.household_id)
    former = household_of_resident(connection, key, resident.resident_id)
    values = resident_values(key, resident)
    del values["individual_number"], values["resident_code"]
    if position is not None:
        values["position"] = position
    elif former != resident.household_id:
        values["position"] = next_position(connection, key, resident.household_id)
    if put(connection, residents, values):
        for household_id in {resident.household_id, former or resident.household_id}:
            move_household(connection, key, household_id)
    put_brought(connection, key, resident.resident_id, resident.withholding)


def write_numbers(
    connection: Connection, municipality: str, resident_id: str, numbers: ResidentNumbers, vault: NumberVault
) -> None:
    """Enters a resident's individual number and resident-record code. Raises `NoSuchEntry` when there is no such
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
    """Registers a seal, in place of the resident's former one, which is cancelled for good. It revives none: the same
    registration again stays cancelled where it is cancelled here. Raises `NoSuchEntry` when there is no such
    resident."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, seal.resident_id)
    former = registration_of(connection, key, seal.resident_id)
    if former is not None and former != (seal.registered_on.day or NO_DAY):
        end(connection, municipality, seal.resident_id, former)
    if put(connection, registered_seals, seal_values(key, seal)):
        move_household(connection, key, household_id)


def remove_registered_seal(connection: Connection, municipality: str, resident_id: str) -> bool:
    """Takes a registration away that was made in error; it never comes back by itself. Whether there was one."""
    key = hold_to_change(connection, municipality).key
    former = registration_of(connection, key, resident_id)
    household_id = household_of_resident(connection, key, resident_id)
    if former is None or household_id is None:
        return False
    end(connection, municipality, resident_id, former)
    connection.execute(delete(registered_seals).where(of_key(registered_seals, key, resident_id=resident_id)))
    move_household(connection, key, household_id)
    return True


def cancel_registered_seal(connection: Connection, municipality: str, resident_id: str) -> None:
    """Cancels a registered seal (廃印), whichever snapshot comes into force. Raises `NoSuchEntry` when the resident
    has none."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    registered_on = registration_of(connection, key, resident_id)
    if registered_on is None:
        raise NoSuchEntry("this resident has no registered seal to cancel")
    if end(connection, municipality, resident_id, registered_on):
        move_household(connection, key, household_id)


def revive_registered_seal(connection: Connection, municipality: str, resident_id: str) -> None:
    """Takes back that the resident's registration was cancelled here; one that the register itself has as cancelled
    stays so. Raises `NoSuchEntry` when it was not cancelled here."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    registered_on = registration_of(connection, key, resident_id)
    if registered_on is None or not take_back(connection, municipality, resident_id, registered_on):
        raise NoSuchEntry("this resident's registered seal was not cancelled here")
    move_household(connection, key, household_id)
