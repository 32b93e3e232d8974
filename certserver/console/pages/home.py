"""The first page: what waits for whoever is signed in, and how the service stands."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.ledger.state import read_state
from certserver.office.rights import OfficeRole
from certserver.office.signing_in.by_passkey import passkeys_of


@dataclass(frozen=True, slots=True)
class Waiting:
    """Something that waits for a person, and where it is done."""

    path: str
    text: str


def show(visit: Visit) -> Answer:
    """What waits, and how it stands."""
    doors = visit.parts.doors
    with doors.database.reading() as connection:
        state = read_state(connection, doors.municipality)
    roles = visit.who.officer.roles
    told = {
        "waiting": [each for look in LOOKS for each in look(visit)],
        "open_alarms": 0 if state is None else state.open_alarms,
        "issued": 0 if state is None else state.ledger_seq,
        "roles": [role.value for role in OfficeRole if role in roles],
        "code": doors.municipality,
    }
    return Shown("home", told)


def _passkey(visit: Visit) -> Sequence[Waiting]:
    if passkeys_of(visit.parts.doors, visit.mark):
        return ()
    return (Waiting("/account", visit.texts("home.lacks-passkey")),)


LOOKS: tuple[Callable[[Visit], Sequence[Waiting]], ...] = (_passkey,)
"""What tells of something that waits for whoever is signed in."""

PAGES = (PageRoute("/", show, menu="menu.home"),)
