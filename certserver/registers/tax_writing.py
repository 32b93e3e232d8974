"""Changes tax and damage in the register in force, and moves the version of the household they belong to in the same
transaction (I3)."""

from sqlalchemy import Connection

from certserver.registers.changing import hold_to_change, move_household, put, require_household, require_household_of
from certserver.registers.damage import DamageRecord
from certserver.registers.tax import TaxRecord
from certserver.registers.tax_rows import damage_values, tax_values
from certserver.storage.taxes import damages, tax_records


def write_tax(connection: Connection, municipality: str, resident_id: str, tax: TaxRecord) -> None:
    """Enters a resident's tax of one year, or replaces it. Raises `StorageError` when there is no such resident."""
    key = hold_to_change(connection, municipality).key
    household_id = require_household_of(connection, key, resident_id)
    if put(connection, tax_records, tax_values(key, resident_id, tax)):
        move_household(connection, key, household_id)


def write_damage(connection: Connection, municipality: str, household_id: str, damage: DamageRecord) -> None:
    """Enters an assessed damage of a household, or replaces it. Raises `StorageError` when there is no such
    household."""
    key = hold_to_change(connection, municipality).key
    require_household(connection, key, household_id)
    if put(connection, damages, damage_values(key, household_id, damage)):
        move_household(connection, key, household_id)
