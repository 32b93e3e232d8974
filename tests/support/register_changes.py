"""Single changes of a register for tests: a core system delivers whole entries only. And a household as it is read."""

from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from certserver.registers.koseki_writing import write_koseki
from certserver.registers.model import HouseholdSnapshot, Resident
from certserver.registers.repository import read_koseki_snapshot, read_snapshot
from certserver.registers.withholding import withholding_on
from certserver.registers.writing import write_resident


def read_household(connection: Connection, municipality: str, resident_id: str) -> HouseholdSnapshot | None:
    """The resident's household, or None when the register has no such resident."""
    snapshot = read_snapshot(connection, municipality, resident_id)
    return None if snapshot is None else snapshot.household


def resident_now(connection: Connection, municipality: str, resident_id: str) -> Resident:
    """A resident with what stands on their own rows, to be written again."""
    household = read_household(connection, municipality, resident_id)
    assert household is not None
    return replace(household.orderer, withholding=withholding_on(connection, municipality, resident_id))


def write_move_out(
    connection: Connection,
    municipality: str,
    resident_id: str,
    *,
    planned: date | None = None,
    moved_out: date | None = None,
) -> None:
    """Enters that somebody will move out, or has; without either day both are taken back."""
    resident = resident_now(connection, municipality, resident_id)
    write_resident(connection, municipality, replace(resident, move_out_planned=planned, moved_out=moved_out))


def write_death(connection: Connection, municipality: str, resident_id: str, died: date | None) -> None:
    """Enters a death, or takes it back."""
    write_resident(connection, municipality, replace(resident_now(connection, municipality, resident_id), died=died))


def write_koseki_pending(connection: Connection, municipality: str, koseki_id: str, *, pending: bool) -> None:
    """Enters that a notification is being entered (届出中), or that it no longer is."""
    snapshot = read_koseki_snapshot(connection, municipality, koseki_id, "")
    assert snapshot is not None
    assert snapshot.koseki is not None
    write_koseki(connection, municipality, replace(snapshot.koseki.koseki, pending=pending))
