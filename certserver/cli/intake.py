"""The commands that take deliveries of a core system in and look after the snapshots they made: import, snapshots list,
snapshots restore, snapshots drop. They name nobody (I11)."""

import argparse
import sys

from certserver.cli.opened import at_desk
from certserver.composition.beside import beside
from certserver.composition.clock import SystemClock, elapsed, rest
from certserver.intake.findings import Findings
from certserver.intake.importing import Wish
from certserver.intake.loading import Surroundings
from certserver.ledger.audit import OPERATOR
from certserver.office import deliveries
from certserver.ports import JST, in_japan


def take_in(parsed: argparse.Namespace) -> int:
    """Imports a delivery, whole or of changes."""
    with at_desk(parsed, parsed.officer or OPERATOR) as desk:
        wish = Wish(parsed.dry_run, parsed.accept_losses, desk.actor)
        taken = deliveries.take_in(desk, parsed.folder, wish, _surroundings())
    outcome = taken.outcome
    for difference in outcome.differences:
        print(difference.told())
    if outcome.findings:
        return _refused(outcome.findings)
    if outcome.snapshot is not None:
        print(f"In force: snapshot {outcome.snapshot}.")
        _tell_ended(taken.ended)
        return 0
    why = "this was a dry run, and " if parsed.dry_run else ""
    if outcome.losses and not parsed.accept_losses:
        print(f"Nothing was changed: {why}more would go than is usual. Look why; if it is right: --accept-losses")
        return 1
    print(f"Nothing was changed: {why}nothing was found wrong.")
    return 0


def list_snapshots(parsed: argparse.Namespace) -> int:
    """Shows the snapshots whose rows are there."""
    with at_desk(parsed) as desk:
        found = deliveries.snapshots(desk)
    for each in found:
        if each.retired and not parsed.all:
            continue
        delivered = "no delivery" if each.made is None else f"made {each.made.astimezone(JST):%Y-%m-%d %H:%M}"
        loaded = f"loaded {in_japan(each.begun_at):%Y-%m-%d %H:%M}"
        print(f"{each.number:5}  {each.state:9} {delivered:22} {loaded}, {each.residents} residents")
    return 0


def restore(parsed: argparse.Namespace) -> int:
    """Brings a snapshot back."""
    with at_desk(parsed) as desk:
        restored = deliveries.restore(desk, parsed.snapshot)
    kept = restored.kept
    print(f"In force: snapshot {parsed.snapshot}. Who was withheld stays so; no cancelled registered seal came back.")
    print(f"Set for that: {kept.withholdings} withholdings. Registered seals cancelled for that: {kept.seals}.")
    _tell_ended(restored.ended)
    return 0


def drop(parsed: argparse.Namespace) -> int:
    """Gives a snapshot up."""
    with at_desk(parsed) as desk:
        deliveries.drop(desk, parsed.snapshot, _surroundings())
    print(f"Dropped: snapshot {parsed.snapshot}.")
    return 0


def _tell_ended(ended: int) -> None:
    if ended:
        print(f"Card applications that ended by it, since somebody moved, died or is called otherwise: {ended}.")


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
