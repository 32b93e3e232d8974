"""What a snapshot changes against the one in force: entries added, changed and gone, by kind, and whether more would go
than is usual. It names no entry."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, and_, false, func, or_, select

from certserver.registers.changing import of_key
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import (
    koseki,
    koseki_entries,
    koseki_people,
    koseki_withholdings,
    supplement_addresses,
    supplement_people,
)
from certserver.storage.metadata import OF_SNAPSHOT, own_key
from certserver.storage.registers import households, registered_seals, residents, withholdings
from certserver.storage.taxes import damages, tax_records


@dataclass(frozen=True, slots=True)
class Bound:
    """How many entries of a kind may go in a night: `few` from any register, however small, or a `share` of those
    there are."""

    few: int
    share: float


USUAL = Bound(20, 0.02)
"""Nobody's register loses more."""

WITHHELD = Bound(3, 0.01)
"""A small town has a few dozen withholdings, and each that goes by mistake may cost somebody dear (I14)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """What is counted: rows of a table."""

    name: str
    table: Table
    bound: Bound = USUAL


KINDS = (
    Kind("households", households),
    Kind("residents", residents),
    Kind("withholdings", withholdings, WITHHELD),
    Kind("registered seals", registered_seals),
    Kind("tax records", tax_records),
    Kind("damages", damages),
    Kind("koseki", koseki),
    Kind("people of koseki", koseki_people),
    Kind("withholdings in koseki", koseki_withholdings, WITHHELD),
    Kind("entries of koseki", koseki_entries),
    Kind("people of supplements", supplement_people),
    Kind("addresses of supplements", supplement_addresses),
)
"""Every table of a snapshot, the most important first."""

_NOT_COMPARED = frozenset(("version", "individual_number", "resident_code", "imprint"))
"""Versions count changes, a number looks different each time it is encrypted, a fingerprint stands for the imprint."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind: how many entries there were, how many there will be, and how many of them are added, changed, gone."""

    kind: str
    before: int
    after: int
    added: int
    changed: int
    gone: int
    bound: Bound = USUAL

    @property
    def unusual(self) -> bool:
        """Whether more would go than is usual: more than the bound, or all there are."""
        most = max(self.bound.few, self.before * self.bound.share)
        return self.gone > most or self.before > 0 == self.after

    def told(self) -> str:
        """One line for an operator."""
        warning = "   MORE GO THAN IS USUAL" if self.unusual else ""
        return (
            f"{self.kind:25}{self.before:>10} -> {self.after:>10}   "
            f"added {self.added}, changed {self.changed}, gone {self.gone}{warning}"
        )


def compare(connection: Connection, before: SnapshotKey, after: SnapshotKey) -> Iterator[Difference]:
    """Every kind, the most important first."""
    for kind in KINDS:
        table = kind.table
        old, new = table.alias("old"), table.alias("new")
        keys = own_key(table)
        told = [column.name for column in table.c if column.name not in {*OF_SNAPSHOT, *keys, *_NOT_COMPARED}]
        same = and_(
            old.c.municipality == before.municipality,
            old.c.snapshot == before.number,
            *(old.c[name] == new.c[name] for name in keys),
        )
        there = old.c[keys[0]].is_not(None)
        differs = or_(false(), *(old.c[name].is_distinct_from(new.c[name]) for name in told))
        counted = (
            select(
                func.count().label("has"),
                func.count().filter(there).label("kept"),
                func.count().filter(and_(there, differs)).label("changed"),
            )
            .select_from(new.outerjoin(old, same))
            .where(new.c.municipality == after.municipality, new.c.snapshot == after.number)
        )
        found = connection.execute(counted).one()
        had = connection.scalar(select(func.count()).select_from(table).where(of_key(table, before))) or 0
        yield Difference(
            kind=kind.name,
            before=had,
            after=found.has,
            added=found.has - found.kept,
            changed=found.changed,
            gone=had - found.kept,
            bound=kind.bound,
        )
