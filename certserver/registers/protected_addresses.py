"""Where a document would print the present address of somebody withheld, in whichever household or koseki that person
stands (I14). An address is one as it is written: text is compared as it stands and never normalised (I10)."""

from sqlalchemy import ColumnElement, Connection, FromClause, bindparam, select

from certserver.registers.model import PrintedAddress
from certserver.registers.snapshot import Wanted
from certserver.registers.versions import InForce
from certserver.registers.withheld import is_there, same
from certserver.storage.koseki import supplement_addresses
from certserver.storage.lookups import withheld_addresses
from certserver.storage.statements import Query
from certserver.storage.taxes import damages, tax_records

_NOBODY = ""
"""Stands for a key where a register is not asked: no row has it."""


def is_protected(table: FromClause, *names: str) -> ColumnElement[bool]:
    """Whether an address in one of these columns of a row of a snapshot is that of a household in which somebody
    withheld lives, or the last one of somebody withheld in a supplement."""
    withheld = withheld_addresses.alias()
    return is_there(same(withheld, table), withheld.c.address.in_([table.c[name] for name in names]))


def _printed(table: FromClause, key: str, parameter: str, *names: str) -> ColumnElement[bool]:
    """Whether any of these columns has a protected address, in any row of a table with this key."""
    return is_there(
        table.c.municipality == bindparam("of_municipality"),
        table.c.snapshot == bindparam("of_snapshot"),
        table.c[key] == bindparam(parameter),
        is_protected(table, *names),
    )


_PRINTED = Query(
    select(
        _printed(tax_records, "resident_id", "of_resident", "address_on_january_1"),
        _printed(damages, "household_id", "of_household", "householder_address", "place"),
        _printed(supplement_addresses, "koseki_id", "of_koseki", "address"),
    )
)
_REGISTERS = (PrintedAddress.TAX, PrintedAddress.DAMAGE, PrintedAddress.SUPPLEMENT)

STATEMENTS = (_PRINTED,)
"""Every statement, for whoever checks that each is found by its key."""


def protected_in(
    connection: Connection,
    in_force: InForce,
    wanted: Wanted,
    resident_id: str | None,
    household_id: str | None,
    koseki_id: str | None,
) -> frozenset[PrintedAddress]:
    """Which of the wanted registers have a protected address in what they say of a resident, household or koseki."""
    asked = {
        "of_resident": resident_id if wanted.taxes else None,
        "of_household": household_id if wanted.damages else None,
        "of_koseki": koseki_id,
    }
    if not any(asked.values()):
        return frozenset()
    keys = {name: key or _NOBODY for name, key in asked.items()}
    (row,) = _PRINTED.all(
        connection, {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, **keys}
    )
    return frozenset(register for register, found in zip(_REGISTERS, row, strict=True) if found)
