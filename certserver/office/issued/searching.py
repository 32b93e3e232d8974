"""Searching the ledger: a page of entries, newest first. One question looks at so many entries at most, however long
the ledger; what comes after them is asked for with the next one. Each page that is shown is noted as a view."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, and_, select

from certserver.ledger.state import read_state
from certserver.office.desk import Desk
from certserver.office.issued.wanted import Wanted, bounds, path_to
from certserver.office.purposes import Purpose
from certserver.office.rights import Right
from certserver.office.views import note_seen
from certserver.pipeline.sheet_status import WORST_FIRST, SheetState
from certserver.storage.issued import ledger, outcomes
from certserver.storage.recalls import sheet_marks

PAGE = 50
LOOKED_AT = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An issued document, as a list shows it: nobody is named. `outcome` is what its terminal reported, None while it
    said nothing, `marks` what the office says, the worst first. Builds are empty where they are not known."""

    ledger_seq: int
    document_no: str
    kind: str
    issued_at: int
    terminal: str
    terminal_build: str
    server_build: str
    fee: int
    outcome: str | None
    marks: tuple[SheetState, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Entries, newest first; where there may be more, before which number they are asked for."""

    entries: tuple[Entry, ...]
    further: int | None


def search(desk: Desk, wanted: Wanted, purpose: Purpose) -> Found:
    """A page of the ledger, noted with the numbers that were shown."""
    desk.demand(Right.SEARCH_LEDGER)
    with desk.database.reading() as connection:
        found = page(connection, desk.municipality, wanted)
    if found.entries:
        note_seen(desk, "ledger", span_of(found.entries), purpose)
    return found


def page(connection: Connection, municipality: str, wanted: Wanted) -> Found:
    """The page, in a transaction of somebody who may see it and notes that they did."""
    state = read_state(connection, municipality)
    lowest, top = bounds(connection, municipality, wanted, 0 if state is None else state.ledger_seq)
    edge = connection.scalar(edge_query(municipality, wanted, lowest, top))
    sought = lowest if edge is None else edge
    rows = connection.execute(page_query(municipality, wanted, sought, top)).all()
    further = sought if edge is not None and edge > lowest else None
    if len(rows) > PAGE:
        rows, further = rows[:PAGE], rows[PAGE - 1].ledger_seq
    return Found(_entries(connection, municipality, rows), further)


def edge_query(municipality: str, wanted: Wanted, lowest: int, top: int) -> Select[int]:
    """The number of the last entry that is looked at, where there are more than that."""
    path = path_to(municipality, wanted)
    return (
        select(path.sequence)
        .where(path.own, path.sequence >= lowest, path.sequence <= top)
        .order_by(path.sequence.desc())
        .offset(LOOKED_AT - 1)
        .limit(1)
    )


def page_query(municipality: str, wanted: Wanted, lowest: int, top: int) -> Select[*tuple[Any, ...]]:
    """One more entry than a page shows, of those between two numbers."""
    path = path_to(municipality, wanted)
    return (
        select(
            ledger.c.ledger_seq,
            ledger.c.document_no,
            ledger.c.kind,
            ledger.c.issued_at,
            ledger.c.terminal,
            ledger.c.terminal_build,
            ledger.c.server_build,
            ledger.c.fee,
        )
        .where(path.own, path.sequence >= lowest, path.sequence <= top, path.others)
        .order_by(path.sequence.desc())
        .limit(PAGE + 1)
    )


def span_of(entries: Sequence[Entry]) -> str:
    """How the audit log calls a page: by the numbers of its first and last entry."""
    return f"{entries[-1].ledger_seq}-{entries[0].ledger_seq}"


def marks_of(
    connection: Connection, municipality: str, sequences: Sequence[int]
) -> Mapping[int, tuple[SheetState, ...]]:
    """What the office says of these entries, where it says anything: the worst first, which counts."""
    table = sheet_marks.c
    rows = connection.execute(
        select(table.ledger_seq, table.standing).where(
            table.municipality == municipality, table.ledger_seq.in_(sequences)
        )
    )
    marks: dict[int, set[str]] = {}
    for row in rows:
        marks.setdefault(row.ledger_seq, set()).add(row.standing)
    return {number: tuple(state for state in WORST_FIRST if state.value in of_it) for number, of_it in marks.items()}


def _entries(connection: Connection, municipality: str, rows: Sequence[Any]) -> tuple[Entry, ...]:
    entries = [
        Entry(
            ledger_seq=row.ledger_seq,
            document_no=row.document_no,
            kind=row.kind,
            issued_at=row.issued_at,
            terminal=row.terminal,
            terminal_build=row.terminal_build or "",
            server_build=row.server_build or "",
            fee=row.fee,
            outcome=None,
            marks=(),
        )
        for row in rows
    ]
    table = outcomes.c
    numbers = [entry.document_no for entry in entries]
    reported = connection.execute(
        select(table.document_no, table.outcome).where(
            and_(table.municipality == municipality, table.document_no.in_(numbers))
        )
    )
    ended = {row.document_no: row.outcome for row in reported}
    marked = marks_of(connection, municipality, [entry.ledger_seq for entry in entries])
    return tuple(
        replace(entry, outcome=ended.get(entry.document_no), marks=marked.get(entry.ledger_seq, ()))
        for entry in entries
    )
