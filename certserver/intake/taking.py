"""Takes the values out of a delivery, kind by kind, in the order of their keys. What has a finding is left out; nothing
is held but the line at hand."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from certserver.intake import values
from certserver.intake.fields import (
    DAMAGE_PEOPLE,
    DAMAGES,
    HOUSEHOLDS,
    MEASURES,
    NUMBERS,
    RESIDENTS,
    SEALS,
    TAX_AMOUNTS,
    TAXES,
    File,
)
from certserver.intake.findings import Finding, Rule
from certserver.intake.lines import Source
from certserver.intake.members import KOSEKI_FILE, SUPPLEMENT_FILE
from certserver.intake.objects import Find, join_supplements, koseki_of, read_objects
from certserver.intake.reading import Cells, Entry, Key, Owner, join, read_entries
from certserver.intake.sources import Sources
from certserver.registers.damage import DamageRecord
from certserver.registers.koseki import Koseki
from certserver.registers.model import Household, RegisteredSeal, Resident
from certserver.registers.snapshot import ResidentNumbers
from certserver.registers.tax import TaxRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True, repr=False)
class Taken(Generic[T]):
    """One entry of a register. `value` is None where the key is to go."""

    file: str
    line: int
    key: Key
    value: T | None

    def __repr__(self) -> str:
        return f"<Taken {self.file}:{self.line}>"


@dataclass(frozen=True, slots=True, repr=False)
class TakenResident:
    """A resident, their place in the household, and their numbers."""

    resident: Resident
    position: int
    numbers: ResidentNumbers

    def __repr__(self) -> str:
        return "<TakenResident>"


def take_households(sources: Sources) -> Iterator[Taken[Household]]:
    """households.csv."""
    return _take(sources, (HOUSEHOLDS,), lambda cells, _: values.household(cells))


def take_residents(sources: Sources) -> Iterator[Taken[TakenResident]]:
    """residents.csv with numbers.csv and measures.csv."""

    def make(cells: Cells, owned: Sequence[list[Cells]]) -> TakenResident:
        numbers, measures = owned
        return TakenResident(values.resident(cells, measures), cells["position"], values.numbers(numbers))

    return _take(sources, (RESIDENTS, NUMBERS, MEASURES), make)


def take_seals(sources: Sources) -> Iterator[Taken[RegisteredSeal]]:
    """seals.csv."""
    return _take(sources, (SEALS,), lambda cells, _: values.seal(cells))


def take_taxes(sources: Sources) -> Iterator[Taken[TaxRecord]]:
    """taxes.csv with tax_amounts.csv; a key is resident and year."""
    return _take(sources, (TAXES, TAX_AMOUNTS), lambda cells, owned: values.tax(cells, owned[0]))


def take_damages(sources: Sources) -> Iterator[Taken[DamageRecord]]:
    """damages.csv with damage_people.csv; a key is household and damage."""
    return _take(sources, (DAMAGES, DAMAGE_PEOPLE), lambda cells, owned: values.damage(cells, owned[0]))


def take_koseki(sources: Sources) -> Iterator[Taken[Koseki]]:
    """koseki.jsonl with supplements.jsonl."""
    with sources.opened(KOSEKI_FILE.name, SUPPLEMENT_FILE.name) as (source, supplements):
        own = iter(()) if source is None else read_objects(source, KOSEKI_FILE, changes=sources.changes)
        others = iter(()) if supplements is None else read_objects(supplements, SUPPLEMENT_FILE)
        for entry, supplement in join_supplements(source, own, others, supplements):
            taken = _koseki(entry, supplement, source, supplements)
            if taken is not None:
                yield taken


def _koseki(
    entry: Entry, supplement: Entry | None, source: Source | None, supplements: Source | None
) -> Taken[Koseki] | None:
    assert source is not None, "an entry comes from a source"
    assert entry.key is not None, "entries without a key are passed over"
    if entry.gone:
        if supplement is not None and supplements is not None:
            supplements.find(supplement.line, "koseki_id", Rule.OWNED)
        return Taken(source.name, entry.line, entry.key, None)
    if entry.cells is None or (supplement is not None and supplement.cells is None):
        return None
    found: list[Finding] = []
    value = koseki_of(
        entry.cells,
        None if supplement is None else supplement.cells,
        _finder(found, source.name, entry.line),
        _finder(found, SUPPLEMENT_FILE.name, 0 if supplement is None else supplement.line),
    )
    for finding in found:
        source.note(finding)
    return None if found else Taken(source.name, entry.line, entry.key, value)


def _finder(found: list[Finding], file: str, line: int) -> Find:
    def find(path: str, rule: Rule, limit: int | None) -> None:
        found.append(Finding(file, line, path, rule, limit))

    return find


def _take(
    sources: Sources, files: Sequence[File], make: Callable[[Cells, Sequence[list[Cells]]], T]
) -> Iterator[Taken[T]]:
    with sources.opened(*(file.name for file in files)) as opened:
        first, *others = opened
        own = iter(()) if first is None else read_entries(first, files[0], changes=sources.changes)
        joined = [
            (source, file, _checked(source, file))
            for source, file in zip(others, files[1:], strict=True)
            if source is not None
        ]
        for owner in join(first, own, joined):
            assert first is not None, "an owner comes from a source"
            taken = _one(first, files, owner, make)
            if taken is not None:
                yield taken


def _one(
    source: Source, files: Sequence[File], owner: Owner, make: Callable[[Cells, Sequence[list[Cells]]], T]
) -> Taken[T] | None:
    entry = owner.entry
    assert entry.key is not None, "lines without a key are passed over"
    owned = [owner.owned.get(file.name, []) for file in files[1:]]
    if entry.gone:
        for file, entries in zip(files[1:], owned, strict=True):
            for one in entries:
                source.note(Finding(file.name, one.line, "", Rule.OWNED))
        return Taken(source.name, entry.line, entry.key, None)
    if entry.cells is None or any(one.cells is None for entries in owned for one in entries):
        return None
    cells: list[list[Any]] = [[one.cells for one in entries] for entries in owned]
    try:
        return Taken(source.name, entry.line, entry.key, make(entry.cells, cells))
    except values.BrokenField as broken:
        source.find(entry.line, broken.field, broken.rule)
        return None


def _checked(source: Source, file: File) -> Iterator[Entry]:
    """The lines of a file that belongs to another; those of tax_amounts.csv have rules of their own."""
    for entry in read_entries(source, file):
        if file is TAX_AMOUNTS and entry.cells is not None:
            try:
                values.check_tax_amount(entry.cells)
            except values.BrokenField as broken:
                source.find(entry.line, broken.field, broken.rule)
                yield Entry(entry.line, entry.key, None)
                continue
        yield entry
