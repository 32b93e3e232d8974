"""The one row of a municipality that says whether it serves, which settings count, and where ledger and audit log end.
Whoever appends to either holds its lock."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, insert, select

from certserver.errors import StorageError
from certserver.storage.issued import municipality_state
from certserver.storage.statements import Query

AUDIT_START = bytes(32)
"""The hash before the first entry of an audit log."""

_SELECT = select(municipality_state).where(municipality_state.c.municipality == bindparam("municipality"))
_STATE = Query(_SELECT)
_LOCKED_STATE = Query(_SELECT.with_for_update())


@dataclass(frozen=True, slots=True)
class State:
    """A municipality's state row."""

    municipality: str
    settings_revision: int
    open_alarms: int
    ledger_seq: int
    audit_seq: int
    audit_hash: bytes

    @property
    def suspended(self) -> bool:
        """Whether an integrity alarm is open (I9)."""
        return self.open_alarms > 0


def read_state(connection: Connection, municipality: str) -> State | None:
    """The state as this transaction sees it, or None when this server does not answer for the municipality."""
    row = _STATE.first(connection, {"municipality": municipality})
    return None if row is None else State(*row)


def lock_state(connection: Connection, municipality: str) -> State:
    """The state, locked until the transaction ends. SQLite's writers hold the lock anyway; PostgreSQL's take it here,
    and what they read afterwards is what was committed before."""
    row = _LOCKED_STATE.first(connection, {"municipality": municipality})
    if row is None:
        raise StorageError(f"municipality {municipality} is not set up in this database")
    return State(*row)


def found_municipality(connection: Connection, municipality: str) -> None:
    """Adds the state row of a municipality that begins."""
    connection.execute(
        insert(municipality_state).values(
            municipality=municipality,
            settings_revision=0,
            open_alarms=0,
            ledger_seq=0,
            audit_seq=0,
            audit_hash=AUDIT_START,
        )
    )


def municipalities(connection: Connection) -> tuple[str, ...]:
    """Codes of all municipalities of this database."""
    rows = connection.execute(select(municipality_state.c.municipality).order_by(municipality_state.c.municipality))
    return tuple(rows.scalars())
