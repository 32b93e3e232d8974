"""What a terminal is told before anybody shows a card: is it admitted (I8), and what can be had here now."""

from dataclasses import dataclass

from sqlalchemy import Connection

from certserver.ledger.state import read_state
from certserver.municipality import Window
from certserver.pipeline.admission import Admission, Caller, NotAdmitted, admission, admits, told
from certserver.pipeline.parts import Parts
from certserver.ports import unix
from certserver.rules.board import Board, board


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """The municipality's answer. `against` is None when the terminal is admitted; a terminal that nobody knows gets
    no board. `at` in Unix seconds."""

    against: NotAdmitted | None
    at: int
    board: Board | None


def heartbeat(parts: Parts, caller: Caller, municipality: str, build: str, wire_schema: int) -> Heartbeat:
    """Judges build and wire schema of a terminal, and keeps them when they are others than it told before."""
    now = parts.clock.now()
    at = unix(now)
    with parts.database.reading() as connection:
        admitted = admission(connection, municipality, caller)
        if isinstance(admitted, NotAdmitted):
            return Heartbeat(admitted, at, None)
        in_force = parts.settings.in_force(connection, admitted.state, admitted.outlet, at)
        shown = board(in_force, parts.settings.profile(connection, admitted.state, at), now)
        against = _against(connection, municipality, admitted, build, wire_schema)
    if (build, wire_schema) != admitted.told:
        with parts.database.writing() as connection:
            told(connection, municipality, caller.terminal, build, wire_schema, at)
    return Heartbeat(against, at, shown)


def window_of(parts: Parts, municipality: str) -> Window | None:
    """Where a refused resident can go, or None when nobody knows the municipality."""
    with parts.database.reading() as connection:
        state = read_state(connection, municipality)
        if state is None:
            return None
        return parts.settings.profile(connection, state, unix(parts.clock.now())).window


def _against(
    connection: Connection, municipality: str, admitted: Admission, build: str, wire_schema: int
) -> NotAdmitted | None:
    if admitted.state.suspended:
        return NotAdmitted.SUSPENDED
    return admits(connection, municipality, build, wire_schema)
