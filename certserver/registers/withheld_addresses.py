"""Where people live who are withheld, as a table (I14): whether an address is one of these is asked many times in every
visit, and the answer hangs on everybody's withholdings, moves and supplements. It is made anew whenever a register was
changed or switched, in that transaction."""

from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    String,
    bindparam,
    delete,
    insert,
    select,
    true,
    tuple_,
    union,
)

from certserver.registers.versions import read_in_force
from certserver.registers.withheld import is_there, same
from certserver.storage.engine import at_the_end
from certserver.storage.koseki import koseki_people, koseki_withholdings, supplement_addresses
from certserver.storage.lookups import residents_in_koseki, withheld_addresses
from certserver.storage.registers import BY_HAND, households, residents, withholdings

_MUNICIPALITY = bindparam("of_municipality", type_=String())
_SNAPSHOT = bindparam("of_snapshot", type_=Integer())


def lives_here(resident: FromClause) -> ColumnElement[bool]:
    """As `Resident.lives_here`."""
    return resident.c.moved_out.is_(None) & resident.c.died.is_(None)


def renew_at_the_end(connection: Connection, municipality: str) -> None:
    """Makes the table anew before the transaction is committed, or anything of a register is read in it."""
    at_the_end(connection, ("withheld addresses", municipality), partial(_renew, municipality))


def _renew(municipality: str, connection: Connection) -> None:
    in_force = read_in_force(connection, municipality)
    table = withheld_addresses
    there = {
        (snapshot, address)
        for snapshot, address in connection.execute(
            select(table.c.snapshot, table.c.address).where(table.c.municipality == municipality)
        )
    }
    wanted: set[tuple[int, str]] = set()
    if in_force is not None:
        asked = {"of_municipality": municipality, "of_snapshot": in_force.number}
        found = (address for statement in STATEMENTS for (address,) in connection.execute(statement, asked))
        wanted = {(in_force.number, address) for address in found}
    for snapshot, address in there - wanted:
        connection.execute(
            delete(table).where(
                table.c.municipality == municipality, table.c.snapshot == snapshot, table.c.address == address
            )
        )
    added = [
        {"municipality": municipality, "snapshot": snapshot, "address": address}
        for snapshot, address in sorted(wanted - there)
    ]
    if added:
        connection.execute(insert(table), added)


def _of_snapshot(table: FromClause) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return table.c.municipality == _MUNICIPALITY, table.c.snapshot == _SNAPSHOT


def _counting(table: FromClause) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Withholdings that count: brought by the snapshot, or set by hand."""
    return table.c.municipality == _MUNICIPALITY, table.c.snapshot.in_((BY_HAND, _SNAPSHOT))


def _homes() -> Select[*tuple[Any, ...]]:
    """The addresses of the households in which somebody withheld lives. Each question lies in the one before, so that
    every database begins with the withholdings."""
    own = select(withholdings.c.resident_id).where(*_counting(withholdings))
    in_koseki = select(koseki_people.c.resident_id).where(
        *_of_snapshot(koseki_people),
        tuple_(koseki_people.c.koseki_id, koseki_people.c.person_id).in_(
            select(koseki_withholdings.c.koseki_id, koseki_withholdings.c.person_id).where(
                *_counting(koseki_withholdings)
            )
        ),
        koseki_people.c.resident_id.is_not(None),
    )
    living = select(residents.c.household_id).where(
        *_of_snapshot(residents), residents.c.resident_id.in_(union(own, in_koseki)), lives_here(residents)
    )
    return select(households.c.address).where(*_of_snapshot(households), households.c.household_id.in_(living))


def _withheld_people() -> tuple[Select[*tuple[Any, ...]], Select[*tuple[Any, ...]]]:
    """People of koseki by koseki and person: withheld themselves, and as the residents they are."""
    own = select(koseki_withholdings.c.koseki_id, koseki_withholdings.c.person_id)
    linked = select(residents_in_koseki.c.koseki_id, residents_in_koseki.c.person_id).where(
        *_of_snapshot(residents_in_koseki),
        residents_in_koseki.c.resident_id.in_(select(withholdings.c.resident_id).where(*_counting(withholdings))),
    )
    return own.where(*_counting(koseki_withholdings)), linked


def _last_addresses(people: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Their last addresses in their supplements. Not of those who were removed from it and live in this municipality:
    there it is a former one, mostly that of their parents, and where they live the resident register says."""
    last, later = supplement_addresses.alias(), supplement_addresses.alias()
    removed, resident = koseki_people.alias(), residents.alias()
    left_for_home_here = is_there(
        same(removed, last, "koseki_id", "person_id"),
        removed.c.removed == true(),
        is_there(same(resident, removed, "resident_id"), lives_here(resident)),
    )
    return select(last.c.address).where(
        *_of_snapshot(last),
        tuple_(last.c.koseki_id, last.c.person_id).in_(people),
        ~is_there(same(later, last, "koseki_id", "person_id"), later.c.position > last.c.position),
        ~left_for_home_here,
    )


# One for each, since SQLite looks for a pair of a union by no key.
STATEMENTS = (_homes(), *map(_last_addresses, _withheld_people()))
"""Every statement, for whoever checks that each is found by its key."""
