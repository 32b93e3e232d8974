"""Every terminal as officers see it, and one of them with all that is known: what it owes, by what it proves itself,
its log. Nothing here is of a person."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, func, select

from certserver.errors import NoSuchEntry
from certserver.ledger.terminals import KnownX509, x509s_of
from certserver.office.debts import Debt, debts_in
from certserver.office.desk import Desk
from certserver.office.rights import Right
from certserver.office.terminals.standing import (
    MOST_PRESSING_FIRST,
    X509_ENDS_SOON_S,
    Standing,
    TerminalState,
    standing_of,
)
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.terminals.codes import CodeMade, code_of, codes
from certserver.pipeline.terminals.logs import AskedLog, asked_log
from certserver.pipeline.terminals.seen import SILENT_S
from certserver.pipeline.terminals.told import KEPT_BY_ITS_OWN, Told, told_in
from certserver.ports import in_japan
from certserver.storage.admission import node_rules, terminal_x509s, terminals
from certserver.storage.issued import ledger, outcomes
from certserver.storage.reports import staff_calls

LOOKED_AT = 200
"""Documents of a terminal that are looked at for one without an outcome, the last ones."""

OUTCOME_EXPECTED_S = 15 * 60
"""A visit is over by then: a document without an outcome is one that the terminal owes a word on."""

CALLS_DAYS = 7


@dataclass(frozen=True, slots=True)
class Terminals:
    """All terminals, the most pressing first, then by outlet and name, and the least build that is served; empty before
    the municipality is set up."""

    minimum_build: str
    states: tuple[TerminalState, ...]

    def count(self, standing: Standing) -> int:
        """How many stand so."""
        return sum(each.standing is standing for each in self.states)


@dataclass(frozen=True, slots=True)
class Unreported:
    """Documents of a terminal of which nobody said what became of them, of the last `LOOKED_AT`; since when (Unix
    seconds)."""

    documents: int
    since: int | None


@dataclass(frozen=True, slots=True)
class OneTerminal:
    """A terminal. `calls` are those for staff of the last `CALLS_DAYS` days by occasion; `debts` what it owes on slips;
    `code` the last one made."""

    state: TerminalState
    x509s: tuple[KnownX509, ...]
    unreported: Unreported
    calls: tuple[tuple[str, int], ...]
    debts: tuple[Debt, ...]
    log: AskedLog | None
    code: CodeMade | None


def all_terminals(desk: Desk) -> Terminals:
    """All of them, and those that are awaited by a code alone."""
    desk.demand(Right.SEE)
    now = desk.now()
    with desk.database.reading() as connection:
        wanted = _wanted(connection, desk.municipality)
        made = codes(connection, desk.municipality)
        ends = _ends(connection, desk.municipality)
        rows = connection.execute(select(terminals).where(terminals.c.municipality == desk.municipality)).all()
    known = {row.terminal: _state(row, wanted, ends.get(row.terminal), made.get(row.terminal), now) for row in rows}
    known |= {name: _awaited(name, code) for name, code in made.items() if name not in known and _open(code, now)}
    return Terminals(wanted[0], tuple(sorted(known.values(), key=_pressing)))


def to_look_after(desk: Desk) -> tuple[int, int]:
    """How many terminals are silent, and how many will soon have nothing to prove themselves by; stopped ones are
    neither, and silent is none of another municipality's."""
    desk.demand(Right.SEE)
    now, table, of_it = desk.now(), terminals.c, terminal_x509s.c
    silent = and_(table.build != "", table.seen_at <= now - SILENT_S, table.told.like(KEPT_BY_ITS_OWN))
    served = and_(table.municipality == desk.municipality, table.withdrawn.is_(False))
    ending = (
        select(table.terminal)
        .join(terminal_x509s, and_(of_it.municipality == table.municipality, of_it.terminal == table.terminal))
        .where(served, of_it.revoked_at.is_(None), of_it.ends_at.is_not(None))
        .group_by(table.terminal)
        .having(func.max(of_it.ends_at) < now + X509_ENDS_SOON_S)
        .subquery()
    )
    with desk.database.reading() as connection:
        counted = connection.scalar(select(func.count()).select_from(terminals).where(served, silent))
        return counted or 0, connection.scalar(select(func.count()).select_from(ending)) or 0


def one_terminal(desk: Desk, name: str) -> OneTerminal:
    """One of them. Raises `NoSuchEntry`."""
    desk.demand(Right.SEE)
    now, table = desk.now(), terminals.c
    with desk.database.reading() as connection:
        of_it = and_(table.municipality == desk.municipality, table.terminal == name)
        row = connection.execute(select(terminals).where(of_it)).one_or_none()
        code = code_of(connection, desk.municipality, name)
        if row is None and (code is None or not _open(code, now)):
            raise NoSuchEntry(f"there is no terminal {name}")
        x509s = x509s_of(connection, desk.municipality, name)
        counting = [each for each in x509s if each.counts(now)]
        ends_at = max((each.ends_at for each in counting if each.ends_at is not None), default=None)
        wanted = _wanted(connection, desk.municipality)
        if row is None:
            assert code is not None
            state = _awaited(name, code)
        else:
            state = _state(row, wanted, ends_at, code, now)
        return OneTerminal(
            state=state,
            x509s=x509s,
            unreported=_unreported(connection, desk.municipality, name, now),
            calls=_calls(connection, desk.municipality, name, now),
            debts=debts_in(connection, desk.municipality, name),
            log=asked_log(connection, desk.municipality, name),
            code=code,
        )


def _pressing(state: TerminalState) -> tuple[int, str, str]:
    return MOST_PRESSING_FIRST.index(state.standing), state.outlet.name, state.terminal


def _wanted(connection: Connection, municipality: str) -> tuple[str, int]:
    rules = node_rules.c
    asked = select(rules.minimum_terminal_build, rules.wire_schema).where(rules.municipality == municipality)
    row = connection.execute(asked).one_or_none()
    return ("", 0) if row is None else (row.minimum_terminal_build, row.wire_schema)


def _ends(connection: Connection, municipality: str) -> dict[str, int]:
    """The latest end of what each terminal proves itself by."""
    table = terminal_x509s.c
    asked = (
        select(table.terminal, func.max(table.ends_at).label("ends_at"))
        .where(table.municipality == municipality, table.revoked_at.is_(None), table.ends_at.is_not(None))
        .group_by(table.terminal)
    )
    return {row.terminal: row.ends_at for row in connection.execute(asked)}


def _state(
    row: Row[Any], wanted: tuple[str, int], ends_at: int | None, code: CodeMade | None, now: int
) -> TerminalState:
    told = told_in(row.told)
    return TerminalState(
        terminal=row.terminal,
        outlet=Outlet(row.outlet, OutletKind(row.outlet_kind)),
        standing=standing_of(
            withdrawn=row.withdrawn,
            seen_at=row.seen_at,
            build=(row.build, row.wire_schema),
            wanted=wanted,
            told=told,
            now=now,
        ),
        build=row.build,
        seen_at=row.seen_at or None,
        told=told,
        x509_ends_at=ends_at,
        code_until=code.expires_at if code is not None and _open(code, now) else None,
    )


def _awaited(name: str, code: CodeMade) -> TerminalState:
    return TerminalState(name, code.outlet, Standing.AWAITED, "", None, Told(), None, code.expires_at)


def _open(code: CodeMade, now: int) -> bool:
    return code.used_at is None and now < code.expires_at


def _unreported(connection: Connection, municipality: str, terminal: str, now: int) -> Unreported:
    last = (
        select(ledger.c.document_no, ledger.c.issued_at)
        .where(ledger.c.municipality == municipality, ledger.c.terminal == terminal)
        .order_by(ledger.c.ledger_seq.desc())
        .limit(LOOKED_AT)
        .subquery()
    )
    of_it = and_(outcomes.c.municipality == municipality, outcomes.c.document_no == last.c.document_no)
    asked = (
        select(func.count(), func.min(last.c.issued_at))
        .select_from(last.outerjoin(outcomes, of_it))
        .where(outcomes.c.document_no.is_(None), last.c.issued_at <= now - OUTCOME_EXPECTED_S)
    )
    return Unreported(*connection.execute(asked).one())


def _calls(connection: Connection, municipality: str, terminal: str, now: int) -> tuple[tuple[str, int], ...]:
    today, table = in_japan(now).date(), staff_calls.c
    since = (today - timedelta(days=CALLS_DAYS - 1)).isoformat()
    asked = select(table.occasion, table.times).where(
        table.municipality == municipality,
        table.day.between(since, today.isoformat()),
        table.terminal == terminal,
    )
    counted: dict[str, int] = defaultdict(int)
    for occasion, times in connection.execute(asked):
        counted[occasion] += times
    return tuple(sorted(counted.items()))
