"""How the service stands."""

from dataclasses import dataclass

from certserver.ledger.state import read_state
from certserver.office.desk import Desk
from certserver.office.rights import Right


@dataclass(frozen=True, slots=True)
class Standing:
    """Certificates issued so far, and alarms that stop it."""

    issued: int
    open_alarms: int


def standing(desk: Desk) -> Standing:
    """How it stands now; nothing was issued before a municipality was founded."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        state = read_state(connection, desk.municipality)
    return Standing(0, 0) if state is None else Standing(state.ledger_seq, state.open_alarms)
