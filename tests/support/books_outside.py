"""What the oracles of simulated and of real terminals hold against each other: lines of the ledger with what became of
them, pages that came out, debts as staff were told, and slips as they can be read."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from certserver.storage.identity import card_links
from certserver.storage.issued import ledger, outcomes
from kiosk.actions.notes import Note
from kiosk.flow.occasions import DEBTS, Occasion
from printers.slips.reader import read_strips
from printers.slips.words import ENGLISH, JAPANESE

Page = tuple[str, int, int]
"""Document number, page, pages."""
SLIP_DOTS = 576
SLIPS_KEPT = 256
"""Each is looked at whenever the power goes and in the end: it is read once."""
_WORDS = (JAPANESE, ENGLISH)


@dataclass(frozen=True)
class Entry:
    """A line of the ledger, with what the terminal reported of it."""

    order: tuple[bytes, int, int]
    """Order, line, copy."""
    resident: str
    fee: int
    outcome: str | None
    kind: str
    seq: int


LEDGER = (
    select(
        ledger.c.document_no,
        ledger.c.order_id,
        ledger.c.line,
        ledger.c.copy,
        ledger.c.fee,
        ledger.c.kind,
        ledger.c.ledger_seq,
        card_links.c.resident_id,
        outcomes.c.outcome,
    )
    .select_from(ledger)
    .join(card_links, card_links.c.subject == ledger.c.subject)
    .outerjoin(outcomes, outcomes.c.document_no == ledger.c.document_no)
)
"""What an `Entry` is read from."""


def entries_where(connection: Connection, *conditions: ColumnElement[bool]) -> dict[str, Entry]:
    """Those lines, by document number."""
    return entries_of(connection.execute(LEDGER.where(*conditions)).all())


def entries_of(rows: Iterable[Any]) -> dict[str, Entry]:
    """Rows of `LEDGER`, by document number."""
    return {
        row.document_no: Entry(
            (row.order_id, row.line, row.copy), row.resident_id, row.fee, row.outcome, row.kind, row.ledger_seq
        )
        for row in rows
    }


def whole(pages: Collection[Page]) -> set[str]:
    """Documents all of whose pages came out."""
    counts = Counter(number for number, _, _ in set(pages))
    return {number for number, _, of in pages if counts[number] == of}


def debts(notes: Iterable[Note]) -> list[Note]:
    """What is owed by what staff were told last under each reference, less what came out after all, of which each later
    word is the whole sum."""
    found: dict[str | int, Note] = {}
    told: dict[str, int] = {}
    for number, note in enumerate(notes):
        if note.occasion in DEBTS:
            found[note.reference or number], told[note.reference] = note, note.yen
        elif note.occasion is Occasion.PAID_AFTER_ALL and note.reference in found:
            owed = told[note.reference] - note.yen
            found[note.reference] = found[note.reference].model_copy(update={"yen": owed})
    return list(found.values())


@dataclass(frozen=True)
class SlipRead:
    """What somebody reads on a slip. `owed`: yen that it promises, None when it promises none."""

    text: str
    owed: int | None

    @classmethod
    def of(cls, slip: bytes) -> "SlipRead":
        """Raises `UnreadableSlip`."""
        return _read(slip)


@lru_cache(SLIPS_KEPT)
def _read(slip: bytes) -> SlipRead:
    text = "\n".join(strip.text for strip in read_strips(slip, SLIP_DOTS))
    return SlipRead(text, _promised(text))


def _promised(text: str) -> int | None:
    for words in _WORDS:
        titles = {title.split("\n")[0] for title in (words.debt, words.doubt, words.doubt_back)}
        lines = [line.strip() for line in text.splitlines()]
        if titles & set(lines):
            before, after = words.yen.split("{:,}")
            sums = [line for line in lines if line.startswith(before) and line.endswith(after)]
            digits = "".join(each for each in sums[0] if each.isdigit()) if sums else ""
            return int(digits or 0)
    return None
