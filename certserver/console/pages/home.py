"""The first page: what waits for whoever is signed in, and how the service stands."""

from certserver.console.routes import Answer, PageRoute, Shown
from certserver.console.visit import Visit
from certserver.ledger.state import read_state
from certserver.office.signing_in.by_passkey import passkeys_of


def show(visit: Visit) -> Answer:
    """What waits, and how it stands."""
    doors = visit.parts.doors
    with doors.database.reading() as connection:
        state = read_state(connection, doors.municipality)
    lacks_passkey = not passkeys_of(doors, visit.mark)
    return Shown("home", {"state": state, "lacks_passkey": lacks_passkey})


PAGES = (PageRoute("/", show, menu="menu.home"),)
