"""Each import that was tried: who began it, what was found wrong by file, line and field, and what came of it. No row
says anything of a person (I11)."""

import json
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from certserver.errors import NoSuchEntry
from certserver.intake.difference import Bound, Difference
from certserver.intake.findings import Finding, Rule
from certserver.intake.importing import Outcome, Wish
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.storage.deliveries import import_runs

MOST_KEPT = 200
"""Errors of a run."""

MOST_SHOWN = 50
"""Runs."""

_LONGEST_FOLDER = 255


class Ended(Enum):
    """How a run ended."""

    TAKEN = "taken"
    """It is in force."""
    UNCHANGED = "unchanged"
    """Nothing was found wrong, and nothing was to be changed."""
    LOSSES = "losses"
    """More would go than is usual."""
    REFUSED = "refused"
    """Errors were found."""
    BROKEN_OFF = "broken-off"
    """Its process ended in the middle: the register in force is untouched."""


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One of them. Instants are Unix seconds; while it goes on there is no end, and nothing came of it. `errors` is how
    many there were; of these the first ones are in `findings`."""

    number: int
    folder: str
    begun_by: str
    begun_at: int
    dry_run: bool
    ended_at: int | None
    ended: Ended | None
    snapshot: int | None
    errors: int
    findings: tuple[Finding, ...]
    differences: tuple[Difference, ...]
    applications_ended: int


def runs(desk: Desk) -> tuple[ImportRun, ...]:
    """The newest ones, newest first."""
    desk.demand(Right.SEE)
    table = import_runs.c
    with desk.database.reading() as connection:
        rows = connection.execute(
            select(import_runs)
            .where(table.municipality == desk.municipality)
            .order_by(table.run.desc())
            .limit(MOST_SHOWN)
        )
        return tuple(map(_run, rows))


def one_run(desk: Desk, number: int) -> ImportRun:
    """One of them. Raises `NoSuchEntry`."""
    desk.demand(Right.SEE)
    with desk.database.reading() as connection:
        row = connection.execute(select(import_runs).where(_it(desk, number))).one_or_none()
    if row is None:
        raise NoSuchEntry("there is no such import")
    return _run(row)


def begin_run(desk: Desk, folder: str, wish: Wish) -> int:
    """Notes that an import begins, for whoever has the turn: one that was not ended before was broken off."""
    table, now = import_runs.c, desk.now()
    with desk.database.writing() as connection:
        left = and_(table.municipality == desk.municipality, table.outcome.is_(None))
        connection.execute(update(import_runs).where(left).values(ended_at=now, outcome=Ended.BROKEN_OFF.value))
        number = _next(connection, desk)
        connection.execute(
            insert(import_runs).values(
                municipality=desk.municipality,
                run=number,
                folder=folder[:_LONGEST_FOLDER],
                begun_by=desk.who.mark,
                begun_at=now,
                dry_run=wish.dry_run,
                errors=0,
                findings="[]",
                differences="[]",
                applications_ended=0,
            )
        )
    return number


def end_run(desk: Desk, number: int, outcome: Outcome, applications_ended: int) -> None:
    """Notes what came of it."""
    if outcome.findings:
        ended = Ended.REFUSED
    elif outcome.snapshot is not None:
        ended = Ended.TAKEN
    else:
        ended = Ended.LOSSES if outcome.losses else Ended.UNCHANGED
    findings = [asdict(each) | {"rule": each.rule.name} for each in outcome.findings.kept[:MOST_KEPT]]
    values = {
        "ended_at": desk.now(),
        "outcome": ended.value,
        "snapshot": outcome.snapshot,
        "errors": outcome.findings.count,
        "findings": json.dumps(findings),
        "differences": json.dumps([asdict(each) for each in outcome.differences]),
        "applications_ended": applications_ended,
    }
    with desk.database.writing() as connection:
        connection.execute(update(import_runs).where(_it(desk, number)).values(**values))


def _next(connection: Connection, desk: Desk) -> int:
    last = select(func.max(import_runs.c.run)).where(import_runs.c.municipality == desk.municipality)
    return (connection.scalar(last) or 0) + 1


def _run(row: Any) -> ImportRun:
    found = (each | {"rule": Rule[each["rule"]]} for each in json.loads(row.findings))
    return ImportRun(
        number=row.run,
        folder=row.folder,
        begun_by=row.begun_by,
        begun_at=row.begun_at,
        dry_run=row.dry_run,
        ended_at=row.ended_at,
        ended=None if row.outcome is None else Ended(row.outcome),
        snapshot=row.snapshot,
        errors=row.errors,
        findings=tuple(Finding(**each) for each in found),
        differences=tuple(map(_difference, json.loads(row.differences))),
        applications_ended=row.applications_ended,
    )


def _difference(kept: dict[str, Any]) -> Difference:
    return Difference(**kept | {"bound": Bound(**kept["bound"])})


def _it(desk: Desk, number: int) -> Any:
    return and_(import_runs.c.municipality == desk.municipality, import_runs.c.run == number)
