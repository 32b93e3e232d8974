"""The six kinds of entries that a delivery of changes puts or takes away: how each is read, whether the register holds
it already, and what puts and removes it. What a file that is not listed would say stays as it is."""

from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from certserver.intake.fields import DAMAGE_PEOPLE, MEASURES, NUMBERS, SUPPLEMENTS, TAX_AMOUNTS
from certserver.intake.findings import Rule
from certserver.intake.reading import Key
from certserver.intake.sources import Sources
from certserver.intake.taking import (
    Taken,
    TakenResident,
    take_damages,
    take_households,
    take_koseki,
    take_residents,
    take_seals,
    take_taxes,
)
from certserver.registers.changing import household_of_resident, of_key
from certserver.registers.damage import DamageRecord
from certserver.registers.holding import (
    BroughtOnPeople,
    brought_on_people,
    brought_on_resident,
    holds_household,
    holds_numbers,
    holds_registered_seal,
    holds_resident,
)
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_writing import holds_koseki, write_koseki
from certserver.registers.model import Household, RegisteredSeal
from certserver.registers.numbers import NumberVault
from certserver.registers.removing import remove_resident
from certserver.registers.tax import TaxRecord
from certserver.registers.tax_writing import (
    holds_damage,
    holds_tax,
    remove_damage,
    remove_tax,
    write_damage,
    write_tax,
)
from certserver.registers.versions import SnapshotKey
from certserver.registers.withholding import put_brought_on_people
from certserver.registers.writing import (
    remove_registered_seal,
    write_household,
    write_numbers,
    write_registered_seal,
    write_resident,
)
from certserver.storage.koseki import supplement_people


@dataclass(frozen=True, slots=True)
class Register:
    """The register in force as a delivery of changes finds it. `listed` are the files that the delivery has."""

    connection: Connection
    key: SnapshotKey
    vault: NumberVault
    listed: Container[str]


@dataclass(frozen=True, slots=True)
class Kind:
    """`put` and `remove` say what forbids it, or nothing; they raise `NoSuchEntry` for what an entry refers to in vain.
    `withheld` are the withholdings that the register brings for a key, `withholds` those that a value leaves there."""

    take: Callable[[Sources], Iterator[Taken[Any]]]
    holds: Callable[[Register, Key, Any], bool]
    put: Callable[[Register, Key, Any], Rule | None]
    remove: Callable[[Register, Key], Rule | None]
    withheld: Callable[[Register, Key], frozenset[Any]] | None = None
    withholds: Callable[[Register, Key, Any], frozenset[Any]] | None = None


def _holds_household(at: Register, _key: Key, household: Household) -> bool:
    return holds_household(at.connection, at.key, household)


def _put_household(at: Register, _key: Key, household: Household) -> None:
    write_household(at.connection, at.key.municipality, household)


def _stays(_at: Register, _key: Key) -> Rule:
    return Rule.STAYS


def _holds_resident(at: Register, key: Key, taken: TakenResident) -> bool:
    (resident_id,) = key
    return (
        holds_resident(at.connection, at.key, taken.resident, taken.position)
        and _measures_after(at, key, taken) == _measures(at, key)
        and (
            NUMBERS.name not in at.listed or holds_numbers(at.connection, at.key, resident_id, taken.numbers, at.vault)
        )
    )


def _put_resident(at: Register, key: Key, taken: TakenResident) -> None:
    (resident_id,) = key
    municipality = at.key.municipality
    resident = replace(taken.resident, withholding=_measures_after(at, key, taken))
    write_resident(at.connection, municipality, resident, position=taken.position)
    if NUMBERS.name in at.listed:
        write_numbers(at.connection, municipality, resident_id, taken.numbers, at.vault)


def _remove_resident(at: Register, key: Key) -> Rule | None:
    (resident_id,) = key
    return None if remove_resident(at.connection, at.key.municipality, resident_id) else Rule.NOT_THERE


def _measures(at: Register, key: Key) -> frozenset[Any]:
    (resident_id,) = key
    return brought_on_resident(at.connection, at.key, resident_id)


def _measures_after(at: Register, key: Key, taken: TakenResident) -> frozenset[Any]:
    return taken.resident.withholding if MEASURES.name in at.listed else _measures(at, key)


def _holds_seal(at: Register, _key: Key, seal: RegisteredSeal) -> bool:
    return holds_registered_seal(at.connection, at.key, seal)


def _put_seal(at: Register, _key: Key, seal: RegisteredSeal) -> None:
    write_registered_seal(at.connection, at.key.municipality, seal)


def _remove_seal(at: Register, key: Key) -> Rule | None:
    (resident_id,) = key
    return None if remove_registered_seal(at.connection, at.key.municipality, resident_id) else Rule.NOT_THERE


def _holds_tax(at: Register, key: Key, tax: TaxRecord) -> bool:
    return holds_tax(at.connection, at.key, key[0], tax, amounts=TAX_AMOUNTS.name in at.listed)


def _put_tax(at: Register, key: Key, tax: TaxRecord) -> None:
    write_tax(at.connection, at.key.municipality, key[0], tax, amounts=TAX_AMOUNTS.name in at.listed)


def _remove_tax(at: Register, key: Key) -> Rule | None:
    resident_id, year = key
    return None if remove_tax(at.connection, at.key.municipality, resident_id, year) else Rule.NOT_THERE


def _holds_damage(at: Register, key: Key, damage: DamageRecord) -> bool:
    return holds_damage(at.connection, at.key, key[0], damage, people=DAMAGE_PEOPLE.name in at.listed)


def _put_damage(at: Register, key: Key, damage: DamageRecord) -> None:
    write_damage(at.connection, at.key.municipality, key[0], damage, people=DAMAGE_PEOPLE.name in at.listed)


def _remove_damage(at: Register, key: Key) -> Rule | None:
    household_id, damage_id = key
    return None if remove_damage(at.connection, at.key.municipality, household_id, damage_id) else Rule.NOT_THERE


def _holds_koseki(at: Register, key: Key, koseki: Koseki) -> bool:
    return _withheld_after(at, key, koseki) == _withheld(at, key) and holds_koseki(
        at.connection, at.key, koseki, supplement=SUPPLEMENTS in at.listed
    )


def _put_koseki(at: Register, _key: Key, koseki: Koseki) -> Rule | None:
    for person in koseki.people:
        if person.resident_id and household_of_resident(at.connection, at.key, person.resident_id) is None:
            return Rule.REFERENCE
    with_supplement = SUPPLEMENTS in at.listed
    if not with_supplement and _strands(at, koseki):
        return Rule.SUPPLEMENT
    write_koseki(at.connection, at.key.municipality, koseki, supplement=with_supplement)
    put_brought_on_people(at.connection, at.key, koseki)
    return None


def _strands(at: Register, koseki: Koseki) -> bool:
    """Whether somebody in the supplement that stays would no longer be recorded in the koseki."""
    of_koseki = of_key(supplement_people, at.key, koseki_id=koseki.koseki_id)
    found = at.connection.scalars(select(supplement_people.c.person_id).where(of_koseki))
    return not {person.person_id for person in koseki.people}.issuperset(found)


def _withheld(at: Register, key: Key) -> BroughtOnPeople:
    (koseki_id,) = key
    return brought_on_people(at.connection, at.key, koseki_id)


def _withheld_after(_at: Register, _key: Key, koseki: Koseki) -> BroughtOnPeople:
    return frozenset((person.person_id, kind) for person in koseki.people for kind in person.withholding)


RESIDENTS_KIND = Kind(take_residents, _holds_resident, _put_resident, _remove_resident, _measures, _measures_after)
KOSEKI_KIND = Kind(take_koseki, _holds_koseki, _put_koseki, _stays, _withheld, _withheld_after)

HOUSEHOLDS_KIND = Kind(take_households, _holds_household, _put_household, _stays)

KINDS = (
    HOUSEHOLDS_KIND,
    RESIDENTS_KIND,
    Kind(take_seals, _holds_seal, _put_seal, _remove_seal),
    Kind(take_taxes, _holds_tax, _put_tax, _remove_tax),
    Kind(take_damages, _holds_damage, _put_damage, _remove_damage),
    KOSEKI_KIND,
)
"""In the order in which they are applied: what others refer to comes first."""
