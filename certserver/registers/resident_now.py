"""What the resident record says of one person now, for whatever hangs on name and address staying as they are."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, and_, bindparam, select

from certserver.registers.versions import hold
from certserver.storage.engine import finish
from certserver.storage.registers import households, registers_in_force, residents
from certserver.storage.statements import Query

_NOW = Query(
    select(
        residents.c.name,
        households.c.address,
        residents.c.born_day,
        residents.c.move_out_planned,
        residents.c.moved_out,
        residents.c.died,
    )
    .select_from(registers_in_force)
    .join(
        residents,
        and_(
            residents.c.municipality == registers_in_force.c.municipality,
            residents.c.snapshot == registers_in_force.c.snapshot,
        ),
    )
    .join(
        households,
        and_(
            households.c.municipality == residents.c.municipality,
            households.c.snapshot == residents.c.snapshot,
            households.c.household_id == residents.c.household_id,
        ),
    )
    .where(registers_in_force.c.municipality == bindparam("of"), residents.c.resident_id == bindparam("who"))
)


@dataclass(frozen=True, slots=True)
class ResidentNow:
    """Name, address and day of birth as the record holds them (a birth that is no day is None), and the days on which
    the person moved out, or means to, or died."""

    name: str = field(repr=False)
    address: str = field(repr=False)
    born: date | None = field(repr=False)
    move_out_planned: date | None
    moved_out: date | None
    died: date | None

    @property
    def lives_here(self) -> bool:
        """Whether the entry is in force."""
        return self.moved_out is None and self.died is None


def read_resident_now(connection: Connection, municipality: str, resident_id: str) -> ResidentNow | None:
    """What the register in force says, or None when it has no such resident."""
    finish(connection)
    row = _NOW.first(connection, {"of": municipality, "who": resident_id})
    return None if row is None else ResidentNow(*row)


def hold_resident_now(connection: Connection, municipality: str, resident_id: str) -> ResidentNow | None:
    """The same, true until the transaction ends. Only for one that opened the book."""
    hold(connection, municipality)
    return read_resident_now(connection, municipality, resident_id)
