"""Brings the sums by day up to ledger and audit log, from where they stopped. It only ever adds what was appended
since, in portions, each in a transaction of its own, so that nobody waits for it."""

import json
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from certserver.ledger.audit import AuditEvent
from certserver.office.reports.day_sums import DaySums
from certserver.office.reports.visit_steps import Entry, Step, Visit, follow
from certserver.storage.adding import add_to
from certserver.storage.admission import terminals
from certserver.storage.engine import Database
from certserver.storage.issued import audit_log, ledger, municipality_state
from certserver.storage.reports import open_visits, report_marks

PORTION = 2_000
"""Entries of each log that one transaction adds: some tens of milliseconds."""

_FOLLOWED = {
    each.value
    for each in (
        AuditEvent.SESSION_OPENED,
        AuditEvent.OFFER_SHOWN,
        AuditEvent.REFUSED,
        AuditEvent.PREPARED,
        AuditEvent.ISSUED,
        AuditEvent.OUTCOME,
    )
}


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the sums follow. `at`: the Unix second of the last entry that is in them, 0 before the first."""

    ledger_seq: int
    audit_seq: int
    at: int


@dataclass(frozen=True, slots=True)
class Followed:
    """How far the sums follow now, and how many entries are still to come."""

    mark: Mark
    behind: int


def follow_logs(database: Database, municipality: str, portions: int | None = None) -> Followed:
    """Adds what was appended, in so many portions at most; None: all of it."""
    done = 0
    while True:
        followed = _behind(database, municipality)
        if not followed.behind or done == portions:
            return followed
        with database.writing() as connection:
            _portion(connection, municipality)
        done += 1


def _behind(database: Database, municipality: str) -> Followed:
    with database.reading() as connection:
        mark = _mark(connection, municipality)
        heads = connection.execute(
            select(municipality_state.c.ledger_seq, municipality_state.c.audit_seq).where(
                municipality_state.c.municipality == municipality
            )
        ).first()
    if heads is None:
        return Followed(mark, 0)
    return Followed(mark, heads.ledger_seq - mark.ledger_seq + heads.audit_seq - mark.audit_seq)


def _mark(connection: Connection, municipality: str, *, lock: bool = False) -> Mark:
    asked = select(report_marks.c.ledger_seq, report_marks.c.audit_seq, report_marks.c.at).where(
        report_marks.c.municipality == municipality
    )
    row = connection.execute(asked.with_for_update() if lock else asked).first()
    return Mark(0, 0, 0) if row is None else Mark(*row)


def _portion(connection: Connection, municipality: str) -> None:
    # Whoever comes second waits here, and adds what is left.
    add_to(connection, report_marks, [{"municipality": municipality, "ledger_seq": 0, "audit_seq": 0, "at": 0}])
    mark = _mark(connection, municipality, lock=True)
    outlets = _outlets(connection, municipality)
    sums = DaySums(municipality, outlets)
    ledger_seq = _add_ledger(connection, municipality, mark, sums)
    visits = _open_visits(connection, municipality)
    before = dict(visits)
    audit_seq, at = _add_audit(connection, municipality, mark, sums, visits)
    sums.write(connection)
    _keep_visits(connection, municipality, before, visits)
    connection.execute(
        update(report_marks)
        .where(report_marks.c.municipality == municipality)
        .values(ledger_seq=ledger_seq, audit_seq=audit_seq, at=at)
    )


def _add_ledger(connection: Connection, municipality: str, mark: Mark, sums: DaySums) -> int:
    """Adds entries of the ledger; the last one's number."""
    rows = connection.execute(
        select(
            ledger.c.ledger_seq,
            ledger.c.terminal,
            ledger.c.kind,
            ledger.c.scope,
            ledger.c.options,
            ledger.c.fee,
            ledger.c.issued_at,
        )
        .where(ledger.c.municipality == municipality, ledger.c.ledger_seq > mark.ledger_seq)
        .order_by(ledger.c.ledger_seq)
        .limit(PORTION)
    )
    last = mark.ledger_seq
    for seq, *issued in rows:
        sums.issued(*issued)
        last = seq
    return last


def _add_audit(
    connection: Connection, municipality: str, mark: Mark, sums: DaySums, visits: dict[str, Visit]
) -> tuple[int, int]:
    """Adds entries of the audit log; number and instant of the last one."""
    rows = connection.execute(
        select(audit_log.c.audit_seq, audit_log.c.at, audit_log.c.event, audit_log.c.actor, audit_log.c.detail)
        .where(audit_log.c.municipality == municipality, audit_log.c.audit_seq > mark.audit_seq)
        .order_by(audit_log.c.audit_seq)
        .limit(PORTION)
    )
    last, at = mark.audit_seq, mark.at
    for seq, when, event, actor, told in rows:
        last, at = seq, when
        if event not in _FOLLOWED:
            continue
        detail: dict[str, str | int] = json.loads(told)
        entry = Entry(
            at,
            AuditEvent(event),
            actor,
            *(str(detail.get(name, "")) for name in ("reason", "step", "outcome")),
        )
        sums.visited(follow(visits, entry))
        if entry.event is AuditEvent.OUTCOME:
            sums.outcome(at, actor, detail)
    return last, at


def _outlets(connection: Connection, municipality: str) -> dict[str, tuple[str, str]]:
    """Where each terminal stands now."""
    rows = connection.execute(
        select(terminals.c.terminal, terminals.c.outlet, terminals.c.outlet_kind).where(
            terminals.c.municipality == municipality
        )
    )
    return {row.terminal: (row.outlet, row.outlet_kind) for row in rows}


def _open_visits(connection: Connection, municipality: str) -> dict[str, Visit]:
    rows = connection.execute(select(open_visits).where(open_visits.c.municipality == municipality))
    return {row.terminal: Visit(row.opened_at, Step(row.step)) for row in rows}


def _keep_visits(connection: Connection, municipality: str, before: dict[str, Visit], after: dict[str, Visit]) -> None:
    changed = [terminal for terminal in before if after.get(terminal) != before[terminal]]
    if changed:
        connection.execute(
            delete(open_visits).where(open_visits.c.municipality == municipality, open_visits.c.terminal.in_(changed))
        )
    fresh = [
        {"municipality": municipality, "terminal": terminal, "opened_at": visit.opened_at, "step": visit.step.value}
        for terminal, visit in after.items()
        if before.get(terminal) != visit
    ]
    if fresh:
        connection.execute(insert(open_visits), fresh)
