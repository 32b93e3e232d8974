"""What stands against the incidents of 2020 to 2024: each guard by name and place, a way to take it out, and what
happens then. `test_guards.py` tries every one."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from tests.support.taking_out import Line, out


class Incident(Enum):
    """What happened, and the regression test that follows it step by step."""

    TIMEOUT_RELEASES_A_LOCK = "test_timeout_releases_a_lock.py"
    """Yokohama, 2023-03-27; at the terminal: `test_kiosk_timeout_releases_lock.py`."""
    TWO_TERMINALS_IN_ONE_SECOND = "test_two_terminals_in_one_second.py"
    """Kawasaki, 2023-05-02; at the terminal: `test_kiosk_mixed_up_documents.py`."""
    PAGE_TWO_OF_ANOTHER_PERSON = "test_page_two_of_another_person.py"
    """Tokushima, 2023-03."""
    CANCELLED_SEAL = "test_cancelled_seal.py"
    """Niigata, Saitama, Kumamoto, 2020-12 to 2023-05."""
    PREVIOUS_USERS_SHEET = "test_previous_users_sheet.py"
    """Munakata, 2023-06-28; at the terminal: `test_kiosk_previous_users_sheet.py`."""
    TWO_MUNICIPALITIES = "test_two_municipalities.py"
    """Nowhere yet: it could come with terminals that serve several municipalities."""


Happens = Callable[[Path], bool]
"""Lets an incident come up in an empty folder; says whether it happened."""


@dataclass(frozen=True)
class Guard:
    """One guard. `beside` are the others that hold as well against what `happens` tries: they are out in both tests, so
    that this one is seen to hold alone."""

    name: str
    incident: Incident
    line: Line
    happens: Happens
    beside: tuple[Line, ...] = ()

    def happens_with_it(self, folder: Path) -> bool:
        """Whether it happened while this guard stood alone."""
        with out(*self.beside):
            return self.happens(folder)

    def happens_without_it(self, folder: Path) -> bool:
        """Whether it happened when this guard was out too."""
        with out(*self.beside, self.line):
            return self.happens(folder)


def each_alone(incident: Incident, happens: Happens, **lines: Line) -> tuple[Guard, ...]:
    """Guards that hold one behind the other against the same: any of them is enough."""
    return tuple(
        Guard(
            name.replace("_", " "), incident, line, happens, tuple(other for other in lines.values() if other != line)
        )
        for name, line in lines.items()
    )


def all_needed(incident: Incident, happens: Happens, **lines: Line) -> tuple[Guard, ...]:
    """Guards that hold only together: without any one of them it happens."""
    return tuple(Guard(name.replace("_", " "), incident, line, happens) for name, line in lines.items())
