"""Turns a whole delivery into rows of a snapshot, a few thousand at a time. It reads and computes but knows no
database, so it may run in a process of its own beside the one that writes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from certserver.intake.findings import LIMIT, Finding, Findings
from certserver.intake.manifest import Manifest
from certserver.intake.sources import Sources
from certserver.intake.taking import (
    take_damages,
    take_households,
    take_koseki,
    take_residents,
    take_seals,
    take_taxes,
)
from certserver.registers import koseki_rows, rows, tax_rows
from certserver.registers.numbers import NumberVault
from certserver.registers.rows import Values
from certserver.registers.snapshots import SNAPSHOT_TABLES
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import (
    koseki,
    koseki_entries,
    koseki_people,
    koseki_withholdings,
    supplement_addresses,
    supplement_people,
)
from certserver.storage.registers import households, registered_seals, residents, withholdings
from certserver.storage.taxes import damages, tax_records

BATCH_BYTES = 1 << 20
"""About how much is written at once, so that nobody waits long for the write lock."""

_ROW_BYTES = 300
COLUMNS = {table.name: tuple(column.name for column in table.columns) for table in SNAPSHOT_TABLES}
"""By table, in the order that rows have."""

_VERSION: Values = {"version": 1}

Row = tuple[str, Values]
"""A table's name and a row of it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A whole delivery on its way into a snapshot."""

    folder: Path
    manifest: Manifest
    key: SnapshotKey
    vault: NumberVault


@dataclass(slots=True, repr=False)
class Batch:
    """Rows by table, in the order of the table's columns, and what was found meanwhile, of which no more is held than
    will be shown. `size` is about how many bytes."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    findings: Findings = field(default_factory=Findings)
    size: int = 0

    def add(self, row: Row) -> None:
        """Adds a row to its table's."""
        table, values = row
        self.rows.setdefault(table, []).append(tuple(map(values.__getitem__, COLUMNS[table])))
        imprint = values.get("imprint")
        self.size += _ROW_BYTES + (len(imprint) if isinstance(imprint, bytes) else 0)

    def __repr__(self) -> str:
        return f"<Batch of {sum(map(len, self.rows.values()))} rows, {self.findings.count} findings>"


Group = Callable[[Delivery, Sources], Iterator[Row]]
"""The rows of some of the files, in an order that the database likes: by the keys of its tables."""


def household_rows(delivery: Delivery, sources: Sources) -> Iterator[Row]:
    """Households."""
    for taken in take_households(sources):
        assert taken.value is not None, "a whole delivery takes nothing away"
        yield households.name, rows.household_values(delivery.key, taken.value) | _VERSION


def resident_rows(delivery: Delivery, sources: Sources) -> Iterator[Row]:
    """Residents with their numbers and withholdings."""
    key, close = delivery.key, delivery.vault.close
    for taken in take_residents(sources):
        assert taken.value is not None, "a whole delivery takes nothing away"
        resident = taken.value.resident
        closed = close(key.municipality, resident.resident_id, taken.value.numbers)
        yield residents.name, rows.resident_values(key, resident, closed) | {"position": taken.value.position}
        if resident.withholding:
            for values in rows.withholding_values(key, resident.resident_id, resident.withholding):
                yield withholdings.name, values


def seal_rows(delivery: Delivery, sources: Sources) -> Iterator[Row]:
    """Registered seals."""
    for taken in take_seals(sources):
        assert taken.value is not None, "a whole delivery takes nothing away"
        yield registered_seals.name, rows.seal_values(delivery.key, taken.value)


def tax_record_rows(delivery: Delivery, sources: Sources) -> Iterator[Row]:
    """Tax."""
    for taken in take_taxes(sources):
        assert taken.value is not None, "a whole delivery takes nothing away"
        yield tax_records.name, tax_rows.tax_values(delivery.key, taken.key[0], taken.value)


def damage_rows(delivery: Delivery, sources: Sources) -> Iterator[Row]:
    """Damage."""
    for taken in take_damages(sources):
        assert taken.value is not None, "a whole delivery takes nothing away"
        yield damages.name, tax_rows.damage_values(delivery.key, taken.key[0], taken.value)


def koseki_and_supplement_rows(delivery: Delivery, sources: Sources) -> Iterator[Row]:
    """Koseki with their supplements."""
    key = delivery.key
    for taken in take_koseki(sources):
        one = taken.value
        assert one is not None, "a whole delivery takes nothing away"
        yield koseki.name, koseki_rows.koseki_values(key, one) | _VERSION
        parts: tuple[tuple[str, list[Values]], ...] = (
            (koseki_people.name, koseki_rows.people_values(key, one)),
            (koseki_entries.name, koseki_rows.entry_values(key, one)),
            (supplement_people.name, koseki_rows.supplement_values(key, one)),
            (supplement_addresses.name, koseki_rows.address_values(key, one)),
        )
        for table, of_table in parts:
            for values in of_table:
                yield table, values
        for person in one.people:
            if person.withholding:
                found = koseki_rows.koseki_withholding_values(key, one.koseki_id, person.person_id, person.withholding)
                for values in found:
                    yield koseki_withholdings.name, values


GROUPS: tuple[Group, ...] = (
    koseki_and_supplement_rows,
    resident_rows,
    tax_record_rows,
    seal_rows,
    household_rows,
    damage_rows,
)
"""Everything a delivery holds; what takes longest is begun first."""


def batches(delivery: Delivery, group: Group) -> Iterator[Batch]:
    """The rows of a group in batches. After the first finding there are no more rows, only findings."""
    batch = Batch()
    found = False

    def note(finding: Finding) -> None:
        nonlocal found
        found = True
        batch.findings.add(finding)

    for row in group(delivery, Sources(delivery.folder, delivery.manifest, note)):
        if not found:
            batch.add(row)
        if batch.size >= BATCH_BYTES or batch.findings.count >= LIMIT:
            yield batch
            batch = Batch()
    yield batch
