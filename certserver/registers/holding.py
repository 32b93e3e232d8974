"""Whether the register in force holds households, residents and seals already as they are handed over, and which
withholdings it brings by itself. It changes nothing and takes no lock: what is left out of a change for it costs nobody
a wait."""

from sqlalchemy import Connection, select

from certserver.registers.changing import is_there, of_key, parted
from certserver.registers.model import Household, RegisteredSeal, Resident, Withholding
from certserver.registers.numbers import NumberVault
from certserver.registers.rows import household_values, resident_values, seal_values
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import koseki_withholdings
from certserver.storage.registers import households, registered_seals, residents, withholdings

_NUMBERS = ("individual_number", "resident_code")

BroughtOnPeople = frozenset[tuple[str, Withholding]]
"""Keys of people within a koseki, and how they are withheld."""


def holds_household(connection: Connection, key: SnapshotKey, household: Household) -> bool:
    """Whether `write_household` would leave everything as it is."""
    return is_there(connection, households, household_values(key, household))


def holds_resident(connection: Connection, key: SnapshotKey, resident: Resident, position: int) -> bool:
    """Whether the resident's own row says this, in this place of the household; without withholdings and numbers."""
    values, _ = parted(resident_values(key, resident), _NUMBERS)
    return is_there(connection, residents, {**values, "position": position})


def holds_numbers(
    connection: Connection, key: SnapshotKey, resident_id: str, numbers: ResidentNumbers, vault: NumberVault
) -> bool:
    """Whether a resident has these numbers. Raises `StorageError` when what is stored does not open."""
    found = connection.execute(
        select(residents.c.individual_number, residents.c.resident_code).where(
            of_key(residents, key, resident_id=resident_id)
        )
    ).first()
    return found is not None and vault.open(key.municipality, resident_id, (found[0], found[1])) == numbers


def holds_registered_seal(connection: Connection, key: SnapshotKey, seal: RegisteredSeal) -> bool:
    """Whether the registration stands so in the register itself, whatever was done to it since."""
    return is_there(connection, registered_seals, seal_values(key, seal))


def brought_on_resident(connection: Connection, key: SnapshotKey, resident_id: str) -> frozenset[Withholding]:
    """What the snapshot itself brings for a resident."""
    found = connection.scalars(select(withholdings.c.kind).where(of_key(withholdings, key, resident_id=resident_id)))
    return frozenset(map(Withholding, found))


def brought_on_people(connection: Connection, key: SnapshotKey, koseki_id: str) -> BroughtOnPeople:
    """What the snapshot itself brings for the people of a koseki."""
    found = connection.execute(
        select(koseki_withholdings.c.person_id, koseki_withholdings.c.kind).where(
            of_key(koseki_withholdings, key, koseki_id=koseki_id)
        )
    )
    return frozenset((person_id, Withholding(kind)) for person_id, kind in found)
