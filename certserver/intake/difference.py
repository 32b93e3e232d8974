"""What a snapshot changes against the one in force: entries added, changed and gone, by kind, and whether more would go
than is usual. It names no entry."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Table, and_, false, func, or_, select

from certserver.registers.changing import of_key
from certserver.registers.versions import SnapshotKey
from certserver.storage.koseki import koseki, koseki_entries, koseki_people, supplement_addresses, supplement_people
from certserver.storage.registers import households, registered_seals, residents, withholdings
from certserver.storage.taxes import damages, tax_records

UNUSUAL_SHARE = 0.02
"""Of the entries of a kind; nobody's register loses that many in a night."""

FEW = 20
"""So many may go from any register, however small."""

_KINDS: tuple[tuple[str, Table], ...] = (
    ("households", households),
    ("residents", residents),
    ("withholdings", withholdings),
    ("registered seals", registered_seals),
    ("tax records", tax_records),
    ("damages", damages),
    ("koseki", koseki),
    ("people of koseki", koseki_people),
    ("entries of koseki", koseki_entries),
    ("people of supplements", supplement_people),
    ("addresses of supplements", supplement_addresses),
)

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

    @property
    def unusual(self) -> bool:
        """Whether more would go than is usual."""
        return self.gone > max(FEW, self.before * UNUSUAL_SHARE)

    def told(self) -> str:
        """One line for an operator."""
        warning = "   MORE GO THAN IS USUAL" if self.unusual else ""
        return (
            f"{self.kind:25}{self.before:>10} -> {self.after:>10}   "
            f"added {self.added}, changed {self.changed}, gone {self.gone}{warning}"
        )


def compare(connection: Connection, before: SnapshotKey, after: SnapshotKey) -> Iterator[Difference]:
    """Every kind, the most important first."""
    for kind, table in _KINDS:
        old, new = table.alias("old"), table.alias("new")
        keys = [column.name for column in table.primary_key.columns][2:]
        told = [column.name for column in table.columns if column.name not in {*_NOT_COMPARED, *keys}][2:]
        same = and_(
            old.c.municipality == new.c.municipality,
            old.c.snapshot == before.number,
            *(old.c[name] == new.c[name] for name in keys),
        )
        there = old.c[keys[0]].is_not(None)
        differs = or_(false(), *(old.c[name].is_distinct_from(new.c[name]) for name in told))
        counted = (
            select(func.count(), func.count().filter(there), func.count().filter(and_(there, differs)))
            .select_from(new.outerjoin(old, same))
            .where(new.c.municipality == after.municipality, new.c.snapshot == after.number)
        )
        has, kept, changed = connection.execute(counted).one()
        had = connection.scalar(select(func.count()).select_from(table).where(of_key(table, before))) or 0
        yield Difference(kind, had, has, has - kept, changed, had - kept)
