"""What the fictional population is made of: residents as the register holds them, with registered seals that are yet to
be drawn. It knows no database and draws nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from certserver.registers.model import Household, Resident

MUNICIPALITY = "992011"
"""見本県見本市: prefecture code 99 does not exist; the last digit checks the others."""

DEMO_DAY = date(2026, 10, 1)
"""The register is as of this day: nobody was born and nothing was notified later."""


@dataclass(frozen=True, slots=True)
class DemoSeal:
    """A registered seal as it is to be drawn. Everybody with the same text and diameter shares one drawing; within a
    household no two seals are alike."""

    text: str
    diameter_mm: float
    registered_on: date
    cancelled: bool = False
    name_katakana: str | None = None


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A resident, and the seal where one is registered."""

    resident: Resident
    seal: DemoSeal | None = None


@dataclass(frozen=True, slots=True)
class DemoHousehold:
    """A household and its people in the register's order."""

    household: Household
    people: tuple[DemoPerson, ...]


@dataclass(frozen=True, slots=True)
class Population:
    """All households of a municipality."""

    municipality: str
    households: tuple[DemoHousehold, ...]

    def people(self) -> Iterator[DemoPerson]:
        """Everybody, household by household."""
        return (person for household in self.households for person in household.people)
