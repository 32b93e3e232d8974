"""Puts the fictional municipality into a database: its population with koseki, taxes, damages and numbers as a snapshot
of the register, and its settings. A register in use is changed through `certserver.registers.writing`."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Table, insert, select

from certserver.demo.artwork import registered_seal
from certserver.demo.chance import SeededSource
from certserver.demo.damages import damages_of
from certserver.demo.koseki import kosekis_of
from certserver.demo.numbers import numbers_of
from certserver.demo.people import MUNICIPALITY, DemoPerson, Population
from certserver.demo.population import generate
from certserver.demo.settings import enter_settings, fiscal_years
from certserver.demo.taxes import taxes_of
from certserver.errors import ConfigurationError
from certserver.ports import JST, unix
from certserver.registers.damage import DamageRecord
from certserver.registers.koseki import Koseki
from certserver.registers.koseki_rows import (
    address_values,
    entry_values,
    koseki_values,
    koseki_withholding_values,
    people_values,
    supplement_values,
)
from certserver.registers.lookups import fill_lookups
from certserver.registers.model import RegisterDate, RegisteredSeal
from certserver.registers.numbers import NO_NUMBERS, ClosedNumbers, NumberVault
from certserver.registers.rows import Values, household_values, resident_values, seal_values, withholding_values
from certserver.registers.snapshots import analyze, begin_snapshot, finish_snapshot, put_in_force
from certserver.registers.tax import TaxRecord
from certserver.registers.tax_rows import damage_values, tax_values
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import (
    koseki,
    koseki_entries,
    koseki_people,
    koseki_withholdings,
    supplement_addresses,
    supplement_people,
)
from certserver.storage.registers import households, registered_seals, residents, withholdings
from certserver.storage.taxes import damages, tax_records

DrawSeal = Callable[[str, float], bytes]
"""From text and diameter in mm to a 1-bit PNG at 600 dpi."""

SEED = "見本市"


@dataclass(frozen=True, slots=True, repr=False)
class Besides:
    """What a municipality holds of its population besides the resident register and seals: taxes by resident, damages
    by household, and numbers, closed already."""

    kosekis: tuple[Koseki, ...] = ()
    taxes: tuple[tuple[str, TaxRecord], ...] = ()
    damages: tuple[tuple[str, DamageRecord], ...] = ()
    numbers: Mapping[str, ClosedNumbers] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Besides {len(self.kosekis)} koseki>"


NOTHING_BESIDES = Besides()


def load_demo(
    connection: Connection,
    municipality: str,
    now: datetime,
    vault: NumberVault,
    draw_seal: DrawSeal = registered_seal,
) -> int:
    """Loads the population and the settings, in force from now on; returns the number of residents. Raises
    `ConfigurationError` for any other municipality, and for one that has residents."""
    if municipality != MUNICIPALITY:
        raise ConfigurationError(f"the fictional residents belong to municipality {MUNICIPALITY}, not {municipality}")
    if connection.execute(select(residents.c.resident_id).where(residents.c.municipality == municipality)).first():
        raise ConfigurationError("this municipality has residents already: fictional ones may not mix with them")
    population = generate(SeededSource(SEED))
    load(connection, population, draw_seal, unix(now), besides_of(population, now, vault))
    enter_settings(connection, now)
    return sum(1 for _ in population.people())


def besides_of(population: Population, now: datetime, vault: NumberVault) -> Besides:
    """Koseki, the taxes of the years around now, damages and numbers of a population."""
    return Besides(
        kosekis=kosekis_of(population),
        taxes=tuple(taxes_of(population, fiscal_years(now.astimezone(JST).date()))),
        damages=tuple(damages_of(population)),
        numbers={who: vault.close(population.municipality, who, numbers) for who, numbers in numbers_of(population)},
    )


def load(
    connection: Connection,
    population: Population,
    draw_seal: DrawSeal = registered_seal,
    at: int = 0,
    besides: Besides = NOTHING_BESIDES,
) -> SnapshotKey:
    """Puts a snapshot in force that has all households, residents and seals of a population, and what else is given;
    equal seals are drawn once."""
    key = begin_snapshot(connection, population.municipality, at)
    draw = cache(draw_seal)
    everybody = list(population.people())
    counts = {
        table.name: _enter(connection, table, rows)
        for table, rows in (
            (
                households,
                [household_values(key, entry.household) | {"version": 1} for entry in population.households],
            ),
            (
                residents,
                [
                    resident_values(key, person.resident, besides.numbers.get(person.resident.resident_id, NO_NUMBERS))
                    | {"position": position}
                    for entry in population.households
                    for position, person in enumerate(entry.people)
                ],
            ),
            (
                withholdings,
                [
                    values
                    for person in everybody
                    for values in withholding_values(key, person.resident.resident_id, person.resident.withholding)
                ],
            ),
            (registered_seals, [seal_values(key, seal) for seal in _seals(everybody, draw)]),
            *_koseki_rows(key, besides.kosekis),
            (tax_records, [tax_values(key, who, tax) for who, tax in besides.taxes]),
            (damages, [damage_values(key, whose, damage) for whose, damage in besides.damages]),
        )
    }
    fill_lookups(connection, key)
    analyze(connection)
    finish_snapshot(connection, key, at, counts)
    put_in_force(connection, key, at)
    return key


def _koseki_rows(key: SnapshotKey, kosekis: Sequence[Koseki]) -> Iterator[tuple[Table, list[Values]]]:
    yield koseki, [koseki_values(key, each) | {"version": 1} for each in kosekis]
    for table, values in (
        (koseki_people, people_values),
        (koseki_entries, entry_values),
        (supplement_people, supplement_values),
        (supplement_addresses, address_values),
    ):
        yield table, [row for each in kosekis for row in values(key, each)]
    withheld = [
        row
        for each in kosekis
        for person in each.people
        for row in koseki_withholding_values(key, each.koseki_id, person.person_id, person.withholding)
    ]
    yield koseki_withholdings, withheld


def _enter(connection: Connection, table: Table, rows: Sequence[Values]) -> int:
    if rows:
        connection.execute(insert(table), rows)
    return len(rows)


def _seals(people: Iterable[DemoPerson], draw: DrawSeal) -> Iterator[RegisteredSeal]:
    for person in people:
        if person.seal is not None:
            yield RegisteredSeal(
                resident_id=person.resident.resident_id,
                imprint=draw(person.seal.text, person.seal.diameter_mm),
                registered_on=RegisterDate(person.seal.registered_on),
                cancelled=person.seal.cancelled,
                name_katakana=person.seal.name_katakana,
            )
