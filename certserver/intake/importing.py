"""Imports a whole delivery: checks it, loads it beside the register in force, compares, and switches to it by one
update. Until then the register in force is untouched, whatever happens."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from certserver.intake.difference import Difference, compare
from certserver.intake.findings import Finding, Findings
from certserver.intake.groups import Delivery
from certserver.intake.loading import Loader, Surroundings
from certserver.intake.manifest import Manifest
from certserver.intake.references import find_missing, find_recorded_twice
from certserver.intake.taken import note_delivery, out_of_turn
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.ports import unix
from certserver.registers.numbers import NumberVault
from certserver.registers.snapshots import (
    SNAPSHOT_TABLES,
    analyze,
    begin_snapshot,
    finish_snapshot,
    put_in_force,
    retire_snapshot,
)
from certserver.registers.versions import InForce, SnapshotKey, hold_in_force, read_in_force
from certserver.storage.engine import Database


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants of an import: only to see the difference, or to have it though more goes than is usual; and
    who they are to the audit log."""

    dry_run: bool = False
    accept_losses: bool = False
    actor: str = OPERATOR


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a delivery. `snapshot` is the one that was put in force or changed; None when nothing changed.
    `people` are the register's keys of those of whom the record may say something else now; None: of everybody."""

    findings: Findings
    differences: tuple[Difference, ...] = ()
    snapshot: int | None = None
    people: frozenset[str] | None = field(default=None, repr=False)

    @property
    def losses(self) -> bool:
        """Whether more would go than is usual."""
        return any(difference.unusual for difference in self.differences)


class Import:
    """One whole delivery on its way in. The caller has the turn (`intake.turn`)."""

    def __init__(self, database: Database, municipality: str, vault: NumberVault, surroundings: Surroundings) -> None:
        self._database = database
        self._municipality = municipality
        self._vault = vault
        self._surroundings = surroundings

    def run(self, folder: Path, manifest: Manifest, wish: Wish) -> Outcome:
        """Takes a delivery in, or says why not. A crash leaves the old register in force; the next run cleans up."""
        findings = Findings()
        loader = Loader(self._database, self._surroundings)
        loader.clean_up(self._municipality, self._now())
        with self._database.writing() as connection:
            before = read_in_force(connection, self._municipality)
            refused = self._out_of_turn(connection, before, manifest)
            if refused is not None:
                findings.add(refused)
                return Outcome(findings)
            key = begin_snapshot(connection, self._municipality, self._now())
        loader.load(Delivery(folder, manifest, key, self._vault), findings)
        differences: tuple[Difference, ...] = ()
        if not findings:
            self._analyze()
            with self._database.reading() as connection:
                find_missing(connection, key, folder, findings)
                find_recorded_twice(connection, key, folder, findings)
                if not findings and before is not None:
                    differences = tuple(compare(connection, before.key, key))
        outcome = Outcome(findings, differences)
        if findings or wish.dry_run or (outcome.losses and not wish.accept_losses):
            self._give_up(loader, key)
            return outcome
        refused = self._switch(key, manifest, loader.counts, wish.actor)
        if refused is not None:
            findings.add(refused)
            self._give_up(loader, key)
            return outcome
        return Outcome(findings, differences, key.number)

    def _analyze(self) -> None:
        """Before the tables are held against each other, and table by table in transactions of their own: neither that
        nor the switch, for which every release waits, is to take long."""
        for table in SNAPSHOT_TABLES:
            with self._database.writing() as connection:
                analyze(connection, [table])

    def _switch(self, key: SnapshotKey, manifest: Manifest, counts: dict[str, int], actor: str) -> Finding | None:
        """Puts the snapshot in force, or says why not. Nothing newer can have come in while this import has the turn;
        it is asked once more all the same, under the lock, since nothing may ever overtake."""
        with self._database.writing() as connection, open_book(connection, self._municipality) as book:
            before = hold_in_force(connection, self._municipality)
            refused = self._out_of_turn(connection, before, manifest)
            if refused is not None:
                return refused
            now = self._now()
            finish_snapshot(connection, key, now, counts)
            note_delivery(connection, key, manifest, now)
            put_in_force(connection, key, now)
            what = f"snapshot {key.number} in force: {manifest.told()}"
            book.note(AuditEntry(now, AuditEvent.REGISTER_SWITCHED, actor, {"what": what}))
        return None

    def _out_of_turn(self, connection: Connection, before: InForce | None, manifest: Manifest) -> Finding | None:
        key = None if before is None else before.key
        return out_of_turn(connection, key, manifest, self._surroundings.clock.now())

    def _give_up(self, loader: Loader, key: SnapshotKey) -> None:
        with self._database.writing() as connection:
            retire_snapshot(connection, key, self._now())
        loader.forget(key)

    def _now(self) -> int:
        return unix(self._surroundings.clock.now())
