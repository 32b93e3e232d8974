"""Whether somebody is withheld, or an address is where somebody withheld lives: what `births` leaves out, asked of one
person who was found before and whose case goes on (I14). A measure that was set since hides them from then on."""

from sqlalchemy import Connection, bindparam, or_, select

from certserver.registers.protected_addresses import is_protected
from certserver.registers.versions import InForce, hold_in_force, read_in_force
from certserver.registers.withheld import is_there, on_resident, same
from certserver.storage.engine import finish
from certserver.storage.lookups import withheld_addresses
from certserver.storage.registers import BY_HAND, households, residents, withholdings
from certserver.storage.statements import Query

_HIDDEN = Query(
    select(
        is_there(
            residents.c.municipality == bindparam("of_municipality"),
            residents.c.snapshot == bindparam("of_snapshot"),
            residents.c.resident_id == bindparam("of_resident"),
            same(households, residents, "household_id"),
            or_(on_resident(residents), is_protected(households, "address")),
        ),
        # Whoever left the register may be withheld as before: what was set by hand stands outside of it.
        is_there(
            withholdings.c.municipality == bindparam("of_municipality"),
            withholdings.c.snapshot == BY_HAND,
            withholdings.c.resident_id == bindparam("of_resident"),
        ),
        is_there(
            withheld_addresses.c.municipality == bindparam("of_municipality"),
            withheld_addresses.c.snapshot == bindparam("of_snapshot"),
            withheld_addresses.c.address == bindparam("of_address"),
        ),
    )
)

STATEMENTS = (_HIDDEN,)
"""Every statement, for whoever checks that each is found by its key."""


def read_hidden(connection: Connection, municipality: str, resident_id: str, address: str) -> bool:
    """Whether the resident is withheld or lives with somebody who is, or somebody withheld lives at the address (as a
    register wrote it)."""
    finish(connection)
    return _hidden(connection, read_in_force(connection, municipality), resident_id, address)


def hold_hidden(connection: Connection, municipality: str, resident_id: str, address: str) -> bool:
    """The same, true until the transaction ends. Only for one that opened the book."""
    finish(connection)
    return _hidden(connection, hold_in_force(connection, municipality), resident_id, address)


def _hidden(connection: Connection, in_force: InForce | None, resident_id: str, address: str) -> bool:
    if in_force is None:
        return False
    asked = {"of_resident": resident_id, "of_address": address}
    key = {"of_municipality": in_force.municipality, "of_snapshot": in_force.number}
    (row,) = _HIDDEN.all(connection, {**key, **asked})
    return any(row)
