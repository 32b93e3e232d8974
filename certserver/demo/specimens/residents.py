"""The residents that specimens are about: those of the demonstration, by their ids."""

from certserver.demo.hard_cases import hard_cases
from certserver.demo.people import DemoHousehold, DemoPerson


def household_of(resident_id: str) -> DemoHousehold:
    """The household that a resident lives in. Raises `LookupError`."""
    for household in hard_cases():
        if any(person.resident.resident_id == resident_id for person in household.people):
            return household
    raise LookupError(f"no specimen {resident_id}")


def person_of(resident_id: str) -> DemoPerson:
    """A resident with what seal they have. Raises `LookupError`."""
    people = household_of(resident_id).people
    return next(person for person in people if person.resident.resident_id == resident_id)
