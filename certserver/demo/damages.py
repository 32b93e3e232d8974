"""Damage to dwellings of the fictional population by a fictional storm: one household for each degree."""

from collections.abc import Iterator
from datetime import date

from certserver.demo.people import DemoHousehold, Population
from certserver.registers.damage import AffectedPerson, DamageDegree, DamageRecord
from certserver.registers.model import RegisterDate

_STORM = date(2026, 7, 14)
_HOUSEHOLDS = (
    ("house-kasai", DamageDegree.HALF),
    ("house-yamazaki", DamageDegree.PARTIAL),
    ("house-mori", DamageDegree.NEAR_HALF),
    ("house-katsuragi", DamageDegree.MEDIUM_HALF),
    ("house-kuroda", DamageDegree.LARGE_HALF),
    ("house-watanabe-chieko", DamageDegree.DESTROYED),
)


def damages_of(population: Population) -> Iterator[tuple[str, DamageRecord]]:
    """(household id, assessment) of everybody who was hit."""
    households = {entry.household.household_id: entry for entry in population.households}
    for household_id, degree in _HOUSEHOLDS:
        yield household_id, _damage(households[household_id], degree)


def _damage(entry: DemoHousehold, degree: DamageDegree) -> DamageRecord:
    household = entry.household
    people = [person.resident for person in entry.people if person.resident.lives_here]
    return DamageRecord(
        damage_id=f"storm-{household.household_id}",
        disaster="令和8年7月見本台風",
        disaster_en="Typhoon Mihon, July 2026",
        householder=household.householder,
        householder_address=household.address,
        people=tuple(AffectedPerson(person.name, person.relationship, _age(person.born.day)) for person in people),
        cause="台風",
        cause_day=RegisterDate(_STORM),
        place=household.address,
        dwelling="持家",
        degree=degree,
    )


def _age(born: date | None) -> int | None:
    if born is None:
        return None
    return _STORM.year - born.year - ((_STORM.month, _STORM.day) < (born.month, born.day))
