"""Deliveries of a core system taken in, and the snapshots they made: listed, brought back, given up. Nobody is named
(I11). Whatever comes into force ends the card applications that can't go on by it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from certserver.intake.changing import Changes
from certserver.intake.findings import Findings
from certserver.intake.importing import Import, Outcome, Wish
from certserver.intake.loading import Loader, Surroundings
from certserver.intake.manifest import Content, read_manifest
from certserver.intake.taken import made_by_snapshot
from certserver.intake.turn import my_turn
from certserver.ledger.audit import AuditEvent
from certserver.office.desk import Desk
from certserver.office.import_runs import begin_run, end_run
from certserver.office.rights import Right
from certserver.pipeline.card_applications.records import record_changed, register_replaced
from certserver.registers.keeping_back import KeptBack
from certserver.registers.numbers import NumberVault
from certserver.registers.snapshots import SnapshotState, bring_back, retire_snapshot, snapshots_of
from certserver.registers.versions import SnapshotKey, read_in_force


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a delivery, and how many card applications ended by it."""

    outcome: Outcome
    ended: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What a snapshot that came back kept of the decisions made since, and how many card applications ended by it."""

    kept: KeptBack
    ended: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A snapshot as it is listed. `state` is 「in force」 or its own word; `made` when its delivery was made, None
    where there was none; `begun_at` in Unix seconds; `residents` how many it holds."""

    number: int
    state: str
    made: datetime | None
    begun_at: int
    residents: int
    retired: bool

    @property
    def can_return(self) -> bool:
        """Whether it is kept whole, and may come into force again."""
        return self.state == SnapshotState.READY.value and not self.retired


def take_in(desk: Desk, folder: Path, wish: Wish, surroundings: Surroundings) -> Taken:
    """Imports a delivery, whole or of changes. Raises `ConfigurationError` while another import is at work."""
    desk.demand(Right.KEEP_REGISTERS)
    code, findings = desk.municipality, Findings()
    with my_turn(desk.database, code):
        run = begin_run(desk, folder.resolve().name, wish)
        manifest = read_manifest(folder, code, findings)
        if manifest is None:
            end_run(desk, run, Outcome(findings), 0)
            return Taken(Outcome(findings), 0)
        vault = NumberVault(desk.secret(), desk.entropy)
        if manifest.content is Content.CHANGES:
            outcome = Changes(desk.database, code, vault, desk.clock).run(folder, manifest, wish)
        else:
            outcome = Import(desk.database, code, vault, surroundings).run(folder, manifest, wish)
        ended = 0 if outcome.snapshot is None else _end_applications(desk, outcome.people)
        end_run(desk, run, outcome, ended)
        return Taken(outcome, ended)


def check_turn(desk: Desk, folder: str) -> None:
    """Notes that an import of a delivery is wanted. Raises `ConfigurationError` while another one is at work."""
    desk.demand(Right.KEEP_REGISTERS)
    with my_turn(desk.database, desk.municipality), desk.changing() as (_, book):
        desk.note_set(book, f"import of the delivery {folder} begun")


def snapshots(desk: Desk) -> tuple[Snapshot, ...]:
    """All snapshots there ever were, as `snapshots_of` orders them."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        entries = snapshots_of(connection, desk.municipality)
        in_force = read_in_force(connection, desk.municipality)
        made = made_by_snapshot(connection, desk.municipality)
    return tuple(
        Snapshot(
            number=entry.key.number,
            state="in force" if in_force is not None and in_force.number == entry.key.number else entry.state.value,
            made=made.get(entry.key.number),
            begun_at=entry.begun_at,
            residents=entry.counts.get("residents", 0),
            retired=entry.retired_at is not None,
        )
        for entry in entries
    )


def restore(desk: Desk, number: int) -> Restored:
    """Brings a snapshot back. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    key = SnapshotKey(desk.municipality, number)
    with my_turn(desk.database, desk.municipality):
        # The book first, as whoever releases has it.
        with desk.changing() as (connection, book):
            kept = bring_back(connection, key, desk.now())
            kept_here = f"{kept.withholdings} withholdings and {kept.seals} cancellations kept"
            desk.note(book, AuditEvent.REGISTER_SWITCHED, {"what": f"snapshot {number} restored: {kept_here}"})
        return Restored(kept, _end_applications(desk, None))


def drop(desk: Desk, number: int, surroundings: Surroundings) -> None:
    """Gives a snapshot up. Raises `ConfigurationError`."""
    desk.demand(Right.KEEP_REGISTERS)
    key = SnapshotKey(desk.municipality, number)
    with my_turn(desk.database, desk.municipality):
        with desk.changing() as (connection, book):
            retire_snapshot(connection, key, desk.now())
            desk.note(book, AuditEvent.REGISTER_SWITCHED, {"what": f"snapshot {number} dropped"})
        Loader(desk.database, surroundings).forget(key)


def _end_applications(desk: Desk, people: frozenset[str] | None) -> int:
    """Ends the card applications of whoever moved, died or is called otherwise by what just came into force."""
    if people is None:
        return register_replaced(desk.applications, desk.municipality)
    return record_changed(desk.applications, desk.municipality, people)
