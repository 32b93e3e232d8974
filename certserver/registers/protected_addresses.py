"""Where a document would print the present address of somebody withheld, in whichever household or koseki that person
stands (I14). An address is one as it is written: text is compared as it stands and never normalised (I10)."""

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    and_,
    bindparam,
    exists,
    literal_column,
    or_,
    select,
)

from certserver.registers.model import PrintedAddress
from certserver.registers.snapshot import Wanted
from certserver.registers.versions import InForce
from certserver.storage.koseki import koseki_withholdings, supplement_addresses
from certserver.storage.registers import BY_HAND, households, residents, withholdings
from certserver.storage.statements import Query
from certserver.storage.taxes import damages, tax_records

_NOBODY = ""
"""Stands for a key where a register is not asked: no row has it."""


def is_protected(table: FromClause, address: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether an address in a row of a snapshot is that of a household in which somebody withheld lives, or the last
    one of somebody withheld in a supplement. Each question lies in the one before, so that every database begins with
    the address."""
    home, somebody, measure = households.alias("home"), residents.alias("somebody"), withholdings.alias("measure")
    in_household = _is_there(
        _same(home, table),
        home.c.address == address,
        _is_there(
            _same(somebody, home, "household_id"),
            somebody.c.moved_out.is_(None),
            somebody.c.died.is_(None),
            _is_there(_covers(measure, somebody, "resident_id")),
        ),
    )
    last, later = supplement_addresses.alias("last"), supplement_addresses.alias("later")
    hold = koseki_withholdings.alias("hold")
    in_supplement = _is_there(
        _same(last, table),
        last.c.address == address,
        _is_there(_covers(hold, last, "koseki_id", "person_id")),
        ~_is_there(_same(later, last, "koseki_id", "person_id"), later.c.position > last.c.position),
    )
    return or_(in_household, in_supplement)


def _is_there(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    # Asking for no column, so that an index holds all that is asked for: else SQLite without statistics prefers the
    # first two columns of the key to it.
    return exists(select(literal_column("1")).where(*conditions))


def _same(one: FromClause, other: FromClause, *names: str) -> ColumnElement[bool]:
    return and_(*(one.c[name] == other.c[name] for name in ("municipality", "snapshot", *names)))


def _covers(measure: FromClause, person: FromClause, *names: str) -> ColumnElement[bool]:
    return and_(
        measure.c.municipality == person.c.municipality,
        measure.c.snapshot.in_((BY_HAND, person.c.snapshot)),
        *(measure.c[name] == person.c[name] for name in names),
    )


def _printed(table: FromClause, key: str, parameter: str, *addresses: str) -> ColumnElement[bool]:
    """Whether any of these columns has a protected address, in any row of a table with this key."""
    return _is_there(
        table.c.municipality == bindparam("of_municipality"),
        table.c.snapshot == bindparam("of_snapshot"),
        table.c[key] == bindparam(parameter),
        or_(*(is_protected(table, table.c[name]) for name in addresses)),
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
