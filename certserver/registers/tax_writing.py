"""Changes tax and damage in the register in force, and moves the version of the household they belong to in the same
transaction (I3)."""

from sqlalchemy import Connection, delete

from certserver.registers.changing import (
    hold_to_change,
    household_of_resident,
    is_there,
    move_household,
    of_key,
    parted,
    put,
    require_household,
    require_household_of,
)
from certserver.registers.damage import DamageRecord
from certserver.registers.tax import TaxRecord
from certserver.registers.tax_rows import damage_values, tax_values
from certserver.registers.versions import SnapshotKey
from certserver.storage.taxes import damages, tax_records

_OF_AMOUNTS = ("incomes", "deductions", "dependants", "taxes", "payments")
_OF_PEOPLE = ("people",)


def write_tax(
    connection: Connection, municipality: str, resident_id: str, tax: TaxRecord, *, amounts: bool = True
) -> None:
    """Enters a resident's tax of one year, or replaces it; without `amounts` those that are there stay. Raises
    `NoSuchEntry` when there is no such resident."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    values, rest = parted(tax_values(key, resident_id, tax), () if amounts else _OF_AMOUNTS)
    if put(connection, tax_records, values, **rest):
        move_household(connection, key, household_id)


def holds_tax(connection: Connection, key: SnapshotKey, resident_id: str, tax: TaxRecord, *, amounts: bool) -> bool:
    """Whether `write_tax` would leave everything as it is."""
    values, _ = parted(tax_values(key, resident_id, tax), () if amounts else _OF_AMOUNTS)
    return is_there(connection, tax_records, values)


def remove_tax(connection: Connection, municipality: str, resident_id: str, year: int) -> bool:
    """Takes a year away that was entered in error; whether it was there."""
    key = hold_to_change(connection, municipality).key
    household_id = household_of_resident(connection, key, resident_id)
    one = of_key(tax_records, key, resident_id=resident_id, year=year)
    if household_id is None or connection.execute(delete(tax_records).where(one)).rowcount == 0:
        return False
    move_household(connection, key, household_id)
    return True


def write_damage(
    connection: Connection, municipality: str, household_id: str, damage: DamageRecord, *, people: bool = True
) -> None:
    """Enters an assessed damage of a household, or replaces it; without `people` those that are there stay. Raises
    `NoSuchEntry` when there is no such household."""
    key = hold_to_change(connection, municipality).key
    require_household(connection, key, household_id)
    values, rest = parted(damage_values(key, household_id, damage), () if people else _OF_PEOPLE)
    if put(connection, damages, values, **rest):
        move_household(connection, key, household_id)


def holds_damage(
    connection: Connection, key: SnapshotKey, household_id: str, damage: DamageRecord, *, people: bool
) -> bool:
    """Whether `write_damage` would leave everything as it is."""
    values, _ = parted(damage_values(key, household_id, damage), () if people else _OF_PEOPLE)
    return is_there(connection, damages, values)


def remove_damage(connection: Connection, municipality: str, household_id: str, damage_id: str) -> bool:
    """Takes an assessment away that was entered in error; whether it was there."""
    key = hold_to_change(connection, municipality).key
    one = of_key(damages, key, household_id=household_id, damage_id=damage_id)
    if connection.execute(delete(damages).where(one)).rowcount == 0:
        return False
    move_household(connection, key, household_id)
    return True
