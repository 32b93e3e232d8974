"""Puts the fictional municipality into a database: its population as a snapshot of the register, and its settings. A
register in use is changed through `certserver.registers.writing`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Connection, Table, insert, select

from certserver.demo.artwork import registered_seal
from certserver.demo.chance import SeededSource
from certserver.demo.people import MUNICIPALITY, DemoPerson, Population
from certserver.demo.population import generate
from certserver.demo.settings import enter_settings
from certserver.errors import ConfigurationError
from certserver.ports import unix
from certserver.registers.model import RegisterDate, RegisteredSeal
from certserver.registers.rows import Values, household_values, resident_values, seal_values, withholding_values
from certserver.registers.snapshots import begin_snapshot, finish_snapshot, put_in_force
from certserver.registers.versions import SnapshotKey
from certserver.storage.registers import households, registered_seals, residents, withholdings

DrawSeal = Callable[[str, float], bytes]
"""From text and diameter in mm to a 1-bit PNG at 600 dpi."""

SEED = "見本市"


def load_demo(connection: Connection, municipality: str, now: datetime, draw_seal: DrawSeal = registered_seal) -> int:
    """Loads the population and the settings, in force from now on; returns the number of residents. Raises
    `ConfigurationError` for any other municipality, and for one that has residents."""
    if municipality != MUNICIPALITY:
        raise ConfigurationError(f"the fictional residents belong to municipality {MUNICIPALITY}, not {municipality}")
    if connection.execute(select(residents.c.resident_id).where(residents.c.municipality == municipality)).first():
        raise ConfigurationError("this municipality has residents already: fictional ones may not mix with them")
    population = generate(SeededSource(SEED))
    load(connection, population, draw_seal, unix(now))
    enter_settings(connection, now)
    return sum(1 for _ in population.people())


def load(
    connection: Connection, population: Population, draw_seal: DrawSeal = registered_seal, at: int = 0
) -> SnapshotKey:
    """Puts a snapshot in force that has all households, residents and seals of a population; equal seals are drawn
    once."""
    key = begin_snapshot(connection, population.municipality, at, None)
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
                    resident_values(key, person.resident) | {"position": position}
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
        )
    }
    finish_snapshot(connection, key, at, counts)
    put_in_force(connection, key, at)
    return key


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
