"""Who works at the desk, as the server told it: a mark and a role, never a name from anywhere else."""

from dataclasses import dataclass
from enum import Enum


class Role(Enum):
    """What somebody may do at a counter. The server decides; the desk only shows it."""

    HELPER = "helper"
    CLERK = "clerk"
    OFFICER = "officer"


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who is signed in. `mark` is what is written down of them; `name` what the desk calls them."""

    mark: str
    role: Role
    name: str = ""
