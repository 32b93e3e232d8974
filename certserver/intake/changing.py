"""Applies a delivery of changes to the register in force, all in one transaction: in force for the very next release,
or not at all. Everything is read, checked and compared before, without any lock; what the register holds already is
left out, and only so much may be left that nobody who waits for the lock gives up."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, func, select

from certserver.errors import NoSuchEntry, StorageError
from certserver.intake.difference import WITHHELD, Difference
from certserver.intake.entries import HOUSEHOLDS_KIND, KINDS, KOSEKI_KIND, RESIDENTS_KIND, Kind, Register
from certserver.intake.findings import Finding, Findings, Rule
from certserver.intake.importing import Outcome, Wish
from certserver.intake.manifest import MANIFEST, Manifest
from certserver.intake.references import is_recorded_twice
from certserver.intake.sources import Sources
from certserver.intake.taken import note_delivery, out_of_turn
from certserver.intake.taking import Taken
from certserver.ledger.audit import AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.ports import Clock, unix
from certserver.registers.changing import hold_to_change, of_key
from certserver.registers.numbers import NumberVault
from certserver.registers.versions import SnapshotKey, read_in_force
from certserver.storage.engine import Database
from certserver.storage.koseki import koseki_withholdings
from certserver.storage.registers import residents, withholdings

MOST_CHANGES = 150
"""Entries that are changed in one transaction. Every prepare, release and session waits for it, and gives up after 5 s:
on two cores it takes 0.5 s for so many residents and 0.9 s for koseki on SQLite, 1.1 s and 1.5 s on PostgreSQL, twice
that when the machine is busy (`python -m tests.benchmarks.register_changes`)."""

_WITHHELD = (
    ("withholdings", withholdings, RESIDENTS_KIND),
    ("withholdings in koseki", koseki_withholdings, KOSEKI_KIND),
)


class _Undo(Exception):
    """Leaves a transaction without a trace."""


@dataclass(slots=True, repr=False)
class _Changes:
    """What differs from the register, in order; and how many withholdings come and go, by kind of entry."""

    entries: list[tuple[Kind, Taken[Any]]] = field(default_factory=list)
    coming: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    going: dict[Kind, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))

    def add(self, at: Register, kind: Kind, taken: Taken[Any]) -> None:
        """Notes an entry that differs."""
        self.entries.append((kind, taken))
        if kind.withheld is not None and kind.withholds is not None:
            before = kind.withheld(at, taken.key)
            after = frozenset() if taken.value is None else kind.withholds(at, taken.key, taken.value)
            self.coming[kind] += len(after - before)
            self.going[kind] += len(before - after)


class Changes:
    """One delivery of changes on its way in. The caller has the turn (`intake.turn`)."""

    def __init__(self, database: Database, municipality: str, vault: NumberVault, clock: Clock) -> None:
        self._database = database
        self._municipality = municipality
        self._vault = vault
        self._clock = clock

    def run(self, folder: Path, manifest: Manifest, wish: Wish) -> Outcome:
        """Applies the changes, or says why not. In a dry run everything is checked and nothing stays."""
        findings = Findings()
        with self._database.reading() as connection:
            before = read_in_force(connection, self._municipality)
            if before is None:
                raise StorageError(f"municipality {self._municipality} has no register in force")
            self._check_turn(connection, before.key, manifest, findings)
            if findings:
                return Outcome(findings)
            at = Register(connection, before.key, self._vault, manifest.files)
            changes = _differing(at, Sources(folder, manifest, findings.add), findings)
            differences = () if findings else tuple(_withheld(at, changes))
        outcome = Outcome(findings, differences)
        if findings or (outcome.losses and not wish.accept_losses and not wish.dry_run):
            return outcome
        try:
            with self._database.writing() as connection, open_book(connection, self._municipality) as book:
                if hold_to_change(connection, self._municipality) != before:
                    raise StorageError("another register came into force meanwhile: run this again")
                self._check_turn(connection, before.key, manifest, findings)
                if not findings:
                    findings.extend(_applied(Register(connection, before.key, self._vault, manifest.files), changes))
                if findings or wish.dry_run:
                    raise _Undo
                people = frozenset(_people(connection, before.key, changes))
                now = unix(self._clock.now())
                note_delivery(connection, before.key, manifest, now)
                what = f"snapshot {before.number} changed: {manifest.told()}"
                book.note(AuditEntry(now, AuditEvent.REGISTER_SWITCHED, wish.actor, {"what": what}))
        except _Undo:
            return outcome
        return Outcome(findings, differences, before.number, people)

    def _check_turn(self, connection: Connection, key: SnapshotKey, manifest: Manifest, findings: Findings) -> None:
        refused = out_of_turn(connection, key, manifest, self._clock.now())
        if refused is not None:
            findings.add(refused)


def _differing(at: Register, sources: Sources, findings: Findings) -> _Changes:
    """What a delivery says that the register does not hold, up to the bound; everything is read and checked."""
    changes = _Changes()
    for kind in KINDS:
        for taken in kind.take(sources):
            if findings or (taken.value is not None and kind.holds(at, taken.key, taken.value)):
                continue
            if len(changes.entries) == MOST_CHANGES:
                findings.add(Finding(MANIFEST, 0, "", Rule.TOO_MANY, MOST_CHANGES))
            else:
                changes.add(at, kind, taken)
    return changes


def _applied(at: Register, changes: _Changes) -> Iterator[Finding]:
    """Puts and removes; yields what forbids it."""
    for kind, taken in changes.entries:
        try:
            rule = kind.remove(at, taken.key) if taken.value is None else kind.put(at, taken.key, taken.value)
        except NoSuchEntry:
            rule = Rule.REFERENCE
        if rule is not None:
            yield Finding(taken.file, taken.line, "", rule)
    # When all are written: whoever goes from one koseki to another is in both on the way.
    for kind, taken in changes.entries:
        if kind is KOSEKI_KIND and is_recorded_twice(at.connection, at.key, *taken.key):
            yield Finding(taken.file, taken.line, "", Rule.RECORDED_TWICE)


def _people(connection: Connection, key: SnapshotKey, changes: _Changes) -> Iterator[str]:
    """Of which residents the record may say something else now: their own entry changed, or their household's."""
    for kind, taken in changes.entries:
        if kind is RESIDENTS_KIND:
            yield str(taken.key[0])
        elif kind is HOUSEHOLDS_KIND:
            of_household = of_key(residents, key, household_id=taken.key[0])
            yield from connection.scalars(select(residents.c.resident_id).where(of_household))


def _withheld(at: Register, changes: _Changes) -> Iterator[Difference]:
    """How many withholdings come and go: they alone are told, for whoever loses one by mistake may lose much (I14)."""
    for name, table, kind in _WITHHELD:
        had = at.connection.scalar(select(func.count()).select_from(table).where(of_key(table, at.key))) or 0
        coming, going = changes.coming[kind], changes.going[kind]
        if coming or going:
            yield Difference(name, had, had + coming - going, coming, 0, going, WITHHELD)
