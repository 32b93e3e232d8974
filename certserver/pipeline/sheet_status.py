"""What became of a sheet that was issued, for whoever holds it: asked by its number and the hash of one of its pages,
so that nobody learns anything of a sheet they have not seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import Connection, bindparam, select

from certserver.ledger.state import municipalities
from certserver.pipeline.outcome import SheetOutcome
from certserver.storage.issued import ledger, outcomes
from certserver.storage.recalls import sheet_marks
from certserver.storage.statements import Query
from koufu.evidence.statement import Statement

_ISSUED = Query(
    select(ledger.c.statement, ledger.c.issued_at, ledger.c.ledger_seq).where(
        ledger.c.municipality == bindparam("of"), ledger.c.document_no == bindparam("number")
    )
)
_OUTCOME = Query(
    select(outcomes.c.outcome, outcomes.c.reported_at).where(
        outcomes.c.municipality == bindparam("of"), outcomes.c.document_no == bindparam("number")
    )
)
_MARKS = Query(
    select(sheet_marks.c.standing, sheet_marks.c.at).where(
        sheet_marks.c.municipality == bindparam("of"), sheet_marks.c.ledger_seq == bindparam("entry")
    )
)


class SheetState(Enum):
    """What a sheet is now."""

    ISSUED = "issued"
    SPOILED = "spoiled"
    """It came out wrong, and another took its place or the money went back."""
    VOIDED = "voided"
    """It was never delivered, or the office took it back."""
    RECALLED = "recalled"
    """It was delivered, and the office calls it back with others: something may be wrong with it."""


WORST_FIRST = (SheetState.RECALLED, SheetState.VOIDED, SheetState.SPOILED)
_STATES = {SheetOutcome.SPOILED.value: SheetState.SPOILED, SheetOutcome.NOT_PRINTED.value: SheetState.VOIDED}


@dataclass(frozen=True, slots=True)
class SheetStatus:
    """The state and since when, in Unix seconds."""

    state: SheetState
    at: int


def sheet_status(connection: Connection, document_no: str, content_hash: bytes) -> SheetStatus | None:
    """Of the document of this number that has a page of this hash, whichever municipality of this database issued it;
    None when there is none."""
    for municipality in municipalities(connection):
        asked = {"of": municipality, "number": document_no}
        issued = _ISSUED.first(connection, asked)
        if issued is None or content_hash not in Statement.from_bytes(issued.statement).content_hashes:
            continue
        marked = marked_as(_MARKS.all(connection, {"of": municipality, "entry": issued.ledger_seq}))
        if marked is not None:
            return marked
        ended = _OUTCOME.first(connection, asked)
        if ended is not None and ended.outcome in _STATES:
            return SheetStatus(_STATES[ended.outcome], ended.reported_at)
        return SheetStatus(SheetState.ISSUED, issued.issued_at)
    return None


def marked_as(marks: Iterable[tuple[str, int]]) -> SheetStatus | None:
    """What the office's marks of one sheet, each a standing and since when, come to: the worst of them counts."""
    since = dict(marks)
    return next((SheetStatus(state, since[state.value]) for state in WORST_FIRST if state.value in since), None)
