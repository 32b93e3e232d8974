"""Individual numbers and resident-record codes for the fictional population. They begin with seven zeros, so that
nobody can take one for a person's."""

from collections.abc import Iterator

from certserver.check_digits import individual_number_digit
from certserver.demo.people import Population
from certserver.registers.snapshot import ResidentNumbers

_ZEROS = "0" * 7


def numbers_of(population: Population) -> Iterator[tuple[str, ResidentNumbers]]:
    """(resident id, numbers) of everybody, in the order of the population."""
    for place, person in enumerate(population.people(), start=1):
        eleven = f"{_ZEROS}{place:04d}"
        yield (
            person.resident.resident_id,
            ResidentNumbers(f"{eleven}{individual_number_digit(eleven)}", f"{_ZEROS}{place:04d}"),
        )
