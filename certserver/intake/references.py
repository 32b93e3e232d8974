"""Checks in a snapshot that is being loaded, table against table, that what its rows refer to is there, and that nobody
is recorded in two koseki. The files are read once more only to say where those stand."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Column, ColumnElement, Connection, Select, Table, and_, exists, false, or_, select

from certserver.intake.fields import DAMAGES, RESIDENTS, SEALS, TAXES, File
from certserver.intake.findings import LIMIT, Finding, Findings, Rule
from certserver.intake.lines import Source, Unreadable
from certserver.intake.members import KOSEKI_FILE
from certserver.intake.reading import Key, read_entries
from certserver.registers.changing import of_key
from certserver.registers.versions import SnapshotKey
from certserver.registers.withheld import is_there, same
from certserver.storage.koseki import koseki_people
from certserver.storage.lookups import residents_in_koseki
from certserver.storage.registers import households, registered_seals, residents
from certserver.storage.taxes import damages, tax_records

Where = Callable[[Path, Mapping[Key, int]], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Reference:
    """Rows of `table`, found by `key`, name in `column` a row of another table by the column of the same name."""

    table: Table
    column: Column[str]
    target: Table
    key: tuple[Column[object], ...]
    where: Where


def find_missing(connection: Connection, snapshot: SnapshotKey, folder: Path, findings: Findings) -> None:
    """Notes every reference to nothing of a snapshot that was loaded from the files in a folder."""
    for reference in REFERENCES:
        keys: dict[Key, int] = {}
        for row in connection.execute(_missing(reference, snapshot).execution_options(yield_per=LIMIT)):
            if len(keys) < LIMIT:
                keys[tuple(row)] = 0
            else:
                findings.count += 1
        _tell(reference.where, folder, keys, findings)


def find_recorded_twice(connection: Connection, snapshot: SnapshotKey, folder: Path, findings: Findings) -> None:
    """Notes every person of a koseki whose resident is recorded a second time, in another koseki or in this one."""
    keys: dict[Key, int] = {}
    people = select(koseki_people.c.koseki_id, koseki_people.c.position)
    for row in connection.execute(people.where(_recorded_twice(snapshot)).execution_options(yield_per=LIMIT)):
        if len(keys) < LIMIT:
            keys[tuple(row)] = 0
        else:
            findings.count += 1
    _tell(_in_koseki(Rule.RECORDED_TWICE), folder, keys, findings)


def _tell(where: Where, folder: Path, keys: Mapping[Key, int], findings: Findings) -> None:
    """Notes where these keys stand."""
    try:
        findings.extend(where(folder, keys) if keys else ())
    except Unreadable as unreadable:
        # It was read before; what was found is so all the same.
        findings.add(Finding(unreadable.name, 0, "", Rule.ABSENT))


def is_recorded_twice(connection: Connection, snapshot: SnapshotKey, koseki_id: str) -> bool:
    """Whether anybody of a koseki is recorded a second time."""
    people = select(koseki_people.c.person_id).where(koseki_people.c.koseki_id == koseki_id)
    return connection.execute(people.where(_recorded_twice(snapshot)).limit(1)).first() is not None


def _recorded_twice(snapshot: SnapshotKey) -> ColumnElement[bool]:
    linked, other = residents_in_koseki.alias(), koseki_people.alias()
    another = or_(
        linked.c.koseki_id != koseki_people.c.koseki_id,
        linked.c.person_id != koseki_people.c.person_id,
    )
    return and_(
        of_key(koseki_people, snapshot),
        koseki_people.c.removed == false(),
        koseki_people.c.resident_id.is_not(None),
        is_there(
            same(linked, koseki_people, "resident_id"),
            another,
            is_there(same(other, linked, "koseki_id", "person_id"), other.c.removed == false()),
        ),
    )


def _missing(reference: Reference, snapshot: SnapshotKey) -> Select[*tuple[object, ...]]:
    target = reference.target
    there = exists().where(of_key(target, snapshot), target.c[reference.column.name] == reference.column)
    return (
        select(*reference.key)
        .where(of_key(reference.table, snapshot), reference.column.is_not(None), ~there)
        .order_by(*reference.key)
    )


def _in_file(file: File, field: str, rule: Rule) -> Where:
    def where(folder: Path, keys: Mapping[Key, int]) -> Iterator[Finding]:
        for entry in read_entries(Source(folder, file.name, _pass_over), file):
            if entry.key in keys:
                yield Finding(file.name, entry.line, field, rule)

    return where


def _in_koseki(rule: Rule) -> Where:
    """Keys are koseki and place of the person."""

    def where(folder: Path, keys: Mapping[Key, int]) -> Iterator[Finding]:
        for number, found, _ in Source(folder, KOSEKI_FILE.name, _pass_over).objects():
            people = found["people"]
            assert isinstance(people, list), "it was loaded before"
            for at in range(len(people)):
                if (found["koseki_id"], at) in keys:
                    yield Finding(KOSEKI_FILE.name, number, f"people[{at}].resident_id", rule)

    return where


def _pass_over(_finding: Finding) -> None:
    """The files were checked before."""


REFERENCES = (
    Reference(
        residents,
        residents.c.household_id,
        households,
        (residents.c.resident_id,),
        _in_file(RESIDENTS, "household_id", Rule.HOUSEHOLD),
    ),
    Reference(
        registered_seals,
        registered_seals.c.resident_id,
        residents,
        (registered_seals.c.resident_id,),
        _in_file(SEALS, "resident_id", Rule.RESIDENT),
    ),
    Reference(
        tax_records,
        tax_records.c.resident_id,
        residents,
        (tax_records.c.resident_id, tax_records.c.year),
        _in_file(TAXES, "resident_id", Rule.RESIDENT),
    ),
    Reference(
        damages,
        damages.c.household_id,
        households,
        (damages.c.household_id, damages.c.damage_id),
        _in_file(DAMAGES, "household_id", Rule.HOUSEHOLD),
    ),
    Reference(
        koseki_people,
        koseki_people.c.resident_id,
        residents,
        (koseki_people.c.koseki_id, koseki_people.c.position),
        _in_koseki(Rule.RESIDENT),
    ),
)
