"""Takes residents out of the register in force whose entry was made in error, and moves the version of all that this
touches (I3). Whoever moved out or died is no such entry."""

from sqlalchemy import Connection

from certserver.registers.changing import hold_to_change, household_of_resident, move_household, of_key, remove
from certserver.registers.writing import remove_registered_seal
from certserver.storage.registers import residents, withholdings
from certserver.storage.taxes import tax_records


def remove_resident(connection: Connection, municipality: str, resident_id: str) -> bool:
    """Takes a resident away with all that is theirs; whether there was one. What was withheld by hand stays noted."""
    key = hold_to_change(connection, municipality).key
    household_id = household_of_resident(connection, key, resident_id)
    if household_id is None:
        return False
    remove_registered_seal(connection, municipality, resident_id)
    for table in (withholdings, tax_records, residents):
        remove(connection, table, of_key(table, key, resident_id=resident_id))
    move_household(connection, key, household_id)
    return True
