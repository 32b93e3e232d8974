"""Reads a koseki with its supplement, and what of it can forbid a document, from a snapshot it is given. A koseki takes
four statements: only a transaction that keeps one snapshot may read it (I3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, false, select

from certserver.registers.koseki import Koseki, KosekiPerson, KosekiSnapshot, SupplementAddress, SupplementPerson
from certserver.registers.koseki_rows import (
    KOSEKI_COLUMNS,
    PERSON_COLUMNS,
    SUPPLEMENT_COLUMNS,
    events_of,
    koseki_of,
    person_of,
    supplement_person_of,
)
from certserver.registers.model import KosekiStatus
from certserver.registers.rows import date_of
from certserver.registers.versions import Counted, InForce
from certserver.registers.withheld import KINDS, kinds_on_person, named, same, withholding_of
from certserver.storage.koseki import (
    koseki,
    koseki_entries,
    koseki_people,
    supplement_addresses,
    supplement_people,
)
from certserver.storage.lookups import residents_in_koseki
from certserver.storage.statements import Query

_Rows = Sequence[Any]


@dataclass(frozen=True, slots=True, repr=False)
class KosekiRead:
    """A koseki and what its version counts."""

    counted: Counted
    koseki: KosekiSnapshot

    def __repr__(self) -> str:
        return "<KosekiRead>"


def _linked(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """The koseki in which a resident is recorded now. Wants `of_resident` besides the snapshot. Without an order, for
    which SQLite would walk through all koseki."""
    return (
        select(koseki.c.koseki_id, koseki.c.version, koseki_people.c.person_id, *columns)
        .select_from(residents_in_koseki)
        .join(koseki_people, same(koseki_people, residents_in_koseki, "koseki_id", "person_id"))
        .join(koseki, same(koseki, residents_in_koseki, "koseki_id"))
        .where(
            residents_in_koseki.c.municipality == bindparam("of_municipality"),
            residents_in_koseki.c.snapshot == bindparam("of_snapshot"),
            residents_in_koseki.c.resident_id == bindparam("of_resident"),
            koseki_people.c.removed == false(),
        )
    )


def _whole(table: Table, *columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """Everything a table has of one koseki. Wants `of_koseki` besides the snapshot."""
    return select(*columns).where(
        table.c.municipality == bindparam("of_municipality"),
        table.c.snapshot == bindparam("of_snapshot"),
        table.c.koseki_id == bindparam("of_koseki"),
    )


def _people(*columns: ColumnElement[Any]) -> Select[*tuple[Any, ...]]:
    """One row for each person: how they are withheld, then these columns."""
    return _whole(koseki_people, *kinds_on_person(koseki_people), *columns).order_by(
        koseki_people.c.position, koseki_people.c.person_id
    )


_KOSEKI_OF_RESIDENT = Query(_linked(*KOSEKI_COLUMNS))
_KOSEKI = Query(_whole(koseki, koseki.c.koseki_id, koseki.c.version, *KOSEKI_COLUMNS))
_PEOPLE = Query(_people(*PERSON_COLUMNS))
_ENTRIES = Query(
    _whole(koseki_entries, koseki_entries.c.person_id, koseki_entries.c.title, koseki_entries.c["items"]).order_by(
        koseki_entries.c.position
    )
)
_SUPPLEMENT = Query(
    _whole(
        supplement_people,
        supplement_addresses.c.address,
        supplement_addresses.c.since_day,
        supplement_addresses.c.since_text,
        *SUPPLEMENT_COLUMNS,
    )
    .select_from(supplement_people)
    .outerjoin(supplement_addresses, same(supplement_addresses, supplement_people, "koseki_id", "person_id"))
    .order_by(supplement_people.c.position, supplement_people.c.person_id, supplement_addresses.c.position)
)
_PERSON_AT = len(KINDS)

_STATUS_COLUMNS = (koseki.c.unfit, koseki.c.pending)
_STATUS_OF_RESIDENT = Query(_linked(*_STATUS_COLUMNS))
_STATUS = Query(_whole(koseki, koseki.c.koseki_id, koseki.c.version, *_STATUS_COLUMNS))
_PEOPLE_STATUS = Query(_people(koseki_people.c.person_id, koseki_people.c.removed))
_IN_SUPPLEMENT = Query(
    _whole(supplement_people, supplement_people.c.removed).where(
        supplement_people.c.person_id == bindparam("of_person")
    )
)

STATEMENTS = (
    _KOSEKI_OF_RESIDENT,
    _KOSEKI,
    _PEOPLE,
    _ENTRIES,
    _SUPPLEMENT,
    _STATUS_OF_RESIDENT,
    _STATUS,
    _PEOPLE_STATUS,
    _IN_SUPPLEMENT,
)
"""Every statement, for whoever checks that each is found by its key."""


def koseki_of_resident(connection: Connection, in_force: InForce, resident_id: str) -> KosekiRead | None:
    """The koseki in which a resident is recorded now, or None when it is kept elsewhere, or nobody can say which."""
    row = _only(_KOSEKI_OF_RESIDENT.all(connection, _asked(in_force, of_resident=resident_id)))
    return None if row is None else _read(connection, in_force, row[:2], row[2], row[3:])


def koseki_by_id(connection: Connection, in_force: InForce, koseki_id: str, person_id: str | None) -> KosekiRead | None:
    """A koseki by its key, or None when there is none; `person_id` says who orders."""
    row = _KOSEKI.first(connection, _asked(in_force, of_koseki=koseki_id))
    return None if row is None else _read(connection, in_force, row[:2], person_id, row[2:])


def status_of_residents_koseki(
    connection: Connection, in_force: InForce, resident_id: str
) -> tuple[Counted, KosekiStatus] | None:
    """What of a resident's koseki can forbid a document."""
    row = _only(_STATUS_OF_RESIDENT.all(connection, _asked(in_force, of_resident=resident_id)))
    return None if row is None else _read_status(connection, in_force, row[:2], row[2], row[3:])


def status_of_koseki(
    connection: Connection, in_force: InForce, koseki_id: str, person_id: str
) -> tuple[Counted, KosekiStatus] | None:
    """As `status_of_residents_koseki`, by key."""
    row = _STATUS.first(connection, _asked(in_force, of_koseki=koseki_id))
    return None if row is None else _read_status(connection, in_force, row[:2], person_id, row[2:])


def _only(rows: _Rows) -> Any | None:
    """Whoever stands in two koseki, or twice in one, is in none for sure: a guess would print somebody else's."""
    return rows[0] if len(rows) == 1 else None


def _asked(in_force: InForce, **about: str) -> dict[str, str | int]:
    return {"of_municipality": in_force.municipality, "of_snapshot": in_force.number, **about}


def _read(
    connection: Connection, in_force: InForce, counted: Sequence[Any], person_id: str | None, row: Sequence[Any]
) -> KosekiRead:
    koseki_id, version = counted
    asked = _asked(in_force, of_koseki=koseki_id)
    events = events_of(_ENTRIES.all(connection, asked))
    people = tuple(
        person_of(found[_PERSON_AT:], events.get(found.person_id, ()), withholding_of(found[:_PERSON_AT]))
        for found in _PEOPLE.all(connection, asked)
    )
    supplement = tuple(_supplement_people(_SUPPLEMENT.all(connection, asked)))
    whole = koseki_of(koseki_id, row, events.get(None, ()), people, supplement)
    withheld = named((person.person_id, person.withholding) for person in people)
    return KosekiRead(Counted(koseki_id, version, withheld), KosekiSnapshot(whole, _orderer(whole, person_id)))


def _orderer(whole: Koseki, person_id: str | None) -> KosekiPerson | None:
    return next((person for person in whole.people if person.person_id == person_id), None)


def _read_status(
    connection: Connection, in_force: InForce, counted: Sequence[Any], person_id: str, row: Sequence[Any]
) -> tuple[Counted, KosekiStatus]:
    koseki_id, version = counted
    unfit, pending = row
    asked = _asked(in_force, of_koseki=koseki_id)
    people = [
        (found.person_id, found.removed, withholding_of(found[:_PERSON_AT]))
        for found in _PEOPLE_STATUS.all(connection, asked)
    ]
    gone_from_supplement = _IN_SUPPLEMENT.scalar(connection, {**asked, "of_person": person_id})
    withheld = [removed for _, removed, withheld in people if withheld]
    status = KosekiStatus(
        recorded=any(who == person_id and not removed for who, removed, _ in people),
        in_supplement=gone_from_supplement is not None and not gone_from_supplement,
        unfit=unfit,
        pending=pending,
        withheld=withheld.count(False),
        withheld_removed=withheld.count(True),
    )
    return Counted(koseki_id, version, named((who, withholding) for who, _, withholding in people)), status


def _supplement_people(rows: _Rows) -> Iterator[SupplementPerson]:
    for _, group in groupby(rows, key=lambda row: row[3]):
        same = list(group)
        addresses = tuple(
            SupplementAddress(address, date_of(day, text)) for address, day, text, *_ in same if address is not None
        )
        yield supplement_person_of(same[0][3:], addresses)
