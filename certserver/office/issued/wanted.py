"""Which entries of the ledger somebody asks for. Names and people are no question of this: see `person`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import ColumnElement, Connection, and_, func, select

from certserver.office.by_instant import number_at
from certserver.pipeline.outcome import SheetOutcome
from certserver.pipeline.sheet_status import SheetState
from certserver.storage.issued import ledger, outcomes
from certserver.storage.recalls import sheet_marks

OUT_OF_ORDER_S = 600
"""By how much an entry may be older than one before it: instants are taken before the lock, on nodes whose clocks
differ."""


class EndedAs(Enum):
    """What became of a document: as its terminal reported, or as the office says."""

    DELIVERED = "delivered"
    SPOILED = "spoiled"
    NOT_PRINTED = "not-printed"
    UNREPORTED = "unreported"
    MARKED_SPOILED = "marked-spoiled"
    MARKED_VOIDED = "marked-voided"
    RECALLED = "recalled"


_REPORTED = {EndedAs.SPOILED: SheetOutcome.SPOILED, EndedAs.NOT_PRINTED: SheetOutcome.NOT_PRINTED}
_MARKED = {
    EndedAs.MARKED_SPOILED: SheetState.SPOILED,
    EndedAs.MARKED_VOIDED: SheetState.VOIDED,
    EndedAs.RECALLED: SheetState.RECALLED,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Entries of an instant or later, before another (Unix seconds), with these columns; `up_to` and `before` are
    numbers of the ledger. None asks for any."""

    since: int | None = None
    until: int | None = None
    kind: str | None = None
    terminal: str | None = None
    terminal_build: str | None = None
    server_build: str | None = None
    ended: EndedAs | None = None
    up_to: int | None = None
    before: int | None = None

    @property
    def columns(self) -> Mapping[str, str]:
        """What columns of the ledger have to say, the one that fewest entries share first."""
        named = {
            "terminal": self.terminal,
            "terminal_build": self.terminal_build,
            "server_build": self.server_build,
            "kind": self.kind,
        }
        return {name: value for name, value in named.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Path:
    """How entries are found: rows of the ledger, or of a table that has few rows and names the entry. `sequence` is the
    number of an entry there, by which its index is in order."""

    sequence: ColumnElement[int]
    own: ColumnElement[bool]
    """What the index answers."""
    others: ColumnElement[bool]
    """What is looked at in each entry."""


def path_to(municipality: str, wanted: Wanted) -> Path:
    """The way by which fewest entries are looked at. All else is asked so that no planner takes another index for it:
    that one might go through all entries."""
    columns = dict(wanted.columns)
    others: list[ColumnElement[bool]] = [ledger.c.municipality == municipality]
    if wanted.since is not None:
        others.append(ledger.c.issued_at >= wanted.since)
    if wanted.until is not None:
        others.append(ledger.c.issued_at < wanted.until)
    if wanted.ended in _REPORTED:
        sequence: ColumnElement[int] = outcomes.c.ledger_seq
        # The planner knows the partial index by this very text.
        failed = outcomes.c.outcome != SheetOutcome.DELIVERED.value
        own = and_(outcomes.c.municipality == municipality, outcomes.c.outcome == _REPORTED[wanted.ended].value, failed)
    elif wanted.ended in _MARKED:
        sequence = sheet_marks.c.ledger_seq
        own = and_(sheet_marks.c.municipality == municipality, sheet_marks.c.standing == _MARKED[wanted.ended].value)
    else:
        sequence = ledger.c.ledger_seq
        own = ledger.c.municipality == municipality
        if columns:
            name = next(iter(columns))
            own = and_(own, ledger.c[name] == columns.pop(name))
        if wanted.ended is not None:
            others.append(_reported(wanted.ended))
    if sequence is not ledger.c.ledger_seq:
        others.append(ledger.c.ledger_seq == func.coalesce(sequence, 0))
    others += [func.coalesce(ledger.c[name], "") == value for name, value in columns.items()]
    return Path(sequence, own, and_(*others))


def bounds(connection: Connection, municipality: str, wanted: Wanted, last: int) -> tuple[int, int]:
    """The lowest and the highest number that an entry can have, of a ledger that ends with `last`."""
    lowest, top = 1, last if wanted.up_to is None else min(last, wanted.up_to)
    if wanted.since is not None:
        lowest = _number_at(connection, municipality, wanted.since - OUT_OF_ORDER_S, last)
    if wanted.until is not None:
        top = min(top, _number_at(connection, municipality, wanted.until + OUT_OF_ORDER_S, last) - 1)
    if wanted.before is not None:
        top = min(top, wanted.before - 1)
    return lowest, top


def all_of(connection: Connection, municipality: str, wanted: Wanted) -> ColumnElement[bool]:
    """All entries at once, up to one that stands, for whoever counts or marks them: `ended` does not count here."""
    assert wanted.up_to is not None, "entries that are still to come are not counted"
    lowest, top = bounds(connection, municipality, wanted, wanted.up_to)
    asked = [ledger.c.municipality == municipality, ledger.c.ledger_seq >= lowest, ledger.c.ledger_seq <= top]
    asked += [ledger.c[name] == value for name, value in wanted.columns.items()]
    if wanted.since is not None:
        asked.append(ledger.c.issued_at >= wanted.since)
    if wanted.until is not None:
        asked.append(ledger.c.issued_at < wanted.until)
    return and_(*asked)


def _reported(ended: EndedAs) -> ColumnElement[bool]:
    # A value, not EXISTS: that may become a join with all outcomes there are.
    outcome = (
        select(outcomes.c.outcome)
        .where(outcomes.c.municipality == ledger.c.municipality, outcomes.c.document_no == ledger.c.document_no)
        .scalar_subquery()
    )
    return func.coalesce(outcome, EndedAs.UNREPORTED.value) == ended.value


def _number_at(connection: Connection, municipality: str, instant: int, last: int) -> int:
    return number_at(connection, municipality, ledger.c.ledger_seq, ledger.c.issued_at, instant, last)
