"""The commands that take deliveries of a core system in and look after the snapshots they made: import, snapshots list,
snapshots restore, snapshots drop. They name nobody (I11)."""

import argparse
import sys
from pathlib import Path

from certserver.cli.opened import Opened, application_parts, changing, opened
from certserver.composition.beside import beside
from certserver.composition.clock import SystemClock, elapsed, rest, system_entropy
from certserver.composition.stores import open_keys
from certserver.intake.changing import Changes
from certserver.intake.findings import Findings
from certserver.intake.importing import Import, Outcome, Wish
from certserver.intake.loading import Loader, Surroundings
from certserver.intake.manifest import Content, Manifest, read_manifest
from certserver.intake.taken import made_by_snapshot
from certserver.intake.turn import my_turn
from certserver.ledger.audit import OPERATOR, AuditEntry, AuditEvent
from certserver.ledger.book import Book
from certserver.pipeline.card_applications.records import record_changed, register_replaced
from certserver.ports import JST, in_japan, unix
from certserver.registers.numbers import NumberVault
from certserver.registers.snapshots import bring_back, retire_snapshot, snapshots_of
from certserver.registers.versions import SnapshotKey, read_in_force


def take_in(parsed: argparse.Namespace) -> int:
    """Imports a delivery, whole or of changes."""
    folder: Path = parsed.folder
    with opened(parsed) as at_hand, my_turn(at_hand.database, at_hand.municipality):
        findings = Findings()
        manifest = read_manifest(folder, at_hand.municipality, findings)
        outcome = Outcome(findings) if manifest is None else _take_in(at_hand, parsed, folder, manifest)
        ended = 0 if outcome.snapshot is None else _end_applications(at_hand, outcome.people)
    for difference in outcome.differences:
        print(difference.told())
    if outcome.findings:
        return _refused(outcome.findings)
    if outcome.snapshot is not None:
        print(f"In force: snapshot {outcome.snapshot}.")
        _tell_ended(ended)
        return 0
    why = "this was a dry run, and " if parsed.dry_run else ""
    if outcome.losses and not parsed.accept_losses:
        print(f"Nothing was changed: {why}more would go than is usual. Look why; if it is right: --accept-losses")
        return 1
    print(f"Nothing was changed: {why}nothing was found wrong.")
    return 0


def list_snapshots(parsed: argparse.Namespace) -> int:
    """Shows the snapshots whose rows are there."""
    with opened(parsed) as at_hand, at_hand.database.reading() as connection:
        entries = snapshots_of(connection, at_hand.municipality)
        in_force = read_in_force(connection, at_hand.municipality)
        made = made_by_snapshot(connection, at_hand.municipality)
    for entry in entries:
        number = entry.key.number
        if entry.retired_at is not None and not parsed.all:
            continue
        state = "in force" if in_force is not None and in_force.number == number else entry.state.value
        delivered = f"made {made[number].astimezone(JST):%Y-%m-%d %H:%M}" if number in made else "no delivery"
        people = entry.counts.get("residents", 0)
        print(
            f"{number:5}  {state:9} {delivered:22} loaded {in_japan(entry.begun_at):%Y-%m-%d %H:%M}, {people} residents"
        )
    return 0


def restore(parsed: argparse.Namespace) -> int:
    """Brings a snapshot back."""
    with opened(parsed) as at_hand, my_turn(at_hand.database, at_hand.municipality):
        key = SnapshotKey(at_hand.municipality, parsed.snapshot)
        now = unix(SystemClock().now())
        # The book first, as whoever releases has it.
        with changing(at_hand) as (connection, book):
            kept = bring_back(connection, key, now)
            what = (
                f"snapshot {key.number} restored: {kept.withholdings} withholdings and {kept.seals} cancellations kept"
            )
            _note(book, what, now)
        ended = _end_applications(at_hand, None)
    print(f"In force: snapshot {key.number}. Who was withheld stays so; no cancelled registered seal came back.")
    print(f"Set for that: {kept.withholdings} withholdings. Registered seals cancelled for that: {kept.seals}.")
    _tell_ended(ended)
    return 0


def drop(parsed: argparse.Namespace) -> int:
    """Gives a snapshot up."""
    with opened(parsed) as at_hand, my_turn(at_hand.database, at_hand.municipality):
        key = SnapshotKey(at_hand.municipality, parsed.snapshot)
        now = unix(SystemClock().now())
        with changing(at_hand) as (connection, book):
            retire_snapshot(connection, key, now)
            _note(book, f"snapshot {key.number} dropped", now)
        Loader(at_hand.database, _surroundings()).forget(key)
    print(f"Dropped: snapshot {key.number}.")
    return 0


def _take_in(at_hand: Opened, parsed: argparse.Namespace, folder: Path, manifest: Manifest) -> Outcome:
    vault = NumberVault(open_keys(at_hand.home, at_hand.settings).secret, system_entropy)
    wish = Wish(parsed.dry_run, parsed.accept_losses)
    if manifest.content is Content.CHANGES:
        return Changes(at_hand.database, at_hand.municipality, vault, SystemClock()).run(folder, manifest, wish)
    return Import(at_hand.database, at_hand.municipality, vault, _surroundings()).run(folder, manifest, wish)


def _end_applications(at_hand: Opened, people: frozenset[str] | None) -> int:
    """Ends the card applications of whoever moved, died or is called otherwise by what just came into force."""
    parts = application_parts(at_hand)
    if people is None:
        return register_replaced(parts, at_hand.municipality)
    return record_changed(parts, at_hand.municipality, people)


def _tell_ended(ended: int) -> None:
    if ended:
        print(f"Card applications that ended by it, since somebody moved, died or is called otherwise: {ended}.")


def _note(book: Book, what: str, now: int) -> None:
    book.note(AuditEntry(now, AuditEvent.REGISTER_SWITCHED, OPERATOR, {"what": what}))


def _refused(findings: Findings) -> int:
    for finding in findings.kept:
        print(finding.told(), file=sys.stderr)
    more = findings.count - len(findings.kept)
    print(
        f"Nothing was changed: {findings.count} errors{f', {more} of them not shown' if more else ''}.", file=sys.stderr
    )
    return 1


def _surroundings() -> Surroundings:
    return Surroundings(SystemClock(), elapsed, rest, beside)
