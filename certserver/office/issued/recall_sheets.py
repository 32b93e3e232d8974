"""The sheets of a recall: page by page, and as a file for a spreadsheet. Persons stand there as keyed hashes that
no other recall shares, so that sheets of one person are seen to be one person's, and nothing more."""

import csv
import hmac
import io
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, and_, select

from certserver.office.desk import Desk
from certserver.office.issued.recalls import Recall, read_recall
from certserver.office.issued.searching import Found, page, span_of
from certserver.office.issued.wanted import all_of
from certserver.office.purposes import Purpose
from certserver.office.reports.writing_csv import BYTE_ORDER_MARK
from certserver.office.rights import Right
from certserver.office.views import note_seen
from certserver.ports import in_japan
from certserver.signing.secrets import subkey
from certserver.storage.issued import ledger, outcomes
from koufu.evidence.numbers import printed

MOST_IN_A_FILE = 100_000
"""Sheets; what comes after them is in the next file."""

HEADINGS = (
    *("document_no", "person", "kind", "scope", "issued_at", "terminal", "terminal_build", "server_build"),
    *("outcome", "sheets_printed"),
)
_PERSON_BYTES = 8


def sheets(desk: Desk, number: int, before: int | None, purpose: Purpose) -> tuple[Recall, Found]:
    """A page of the sheets, newest first, noted as a view. Raises `NoSuchEntry`."""
    desk.demand(Right.RECALL)
    with desk.database.reading() as connection:
        recall = read_recall(connection, desk, number)
        found = page(connection, desk.municipality, replace(recall.wanted, before=before))
    if found.entries:
        note_seen(desk, f"recall {number}", span_of(found.entries), purpose)
    return recall, found


def sheets_file(desk: Desk, number: int, part: int, purpose: Purpose) -> bytes:
    """The `part`th file (from 1) of the sheets, oldest first, noted as a view. Raises `NoSuchEntry`."""
    desk.demand(Right.RECALL)
    with desk.database.reading() as connection:
        recall = read_recall(connection, desk, number)
        written = io.StringIO()
        lines = csv.writer(written, lineterminator="\r\n")
        lines.writerow(HEADINGS)
        lines.writerows(_rows(connection, desk, recall, part))
    note_seen(desk, f"recall {number}", f"file {part}", purpose)
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def files_of(recall: Recall) -> int:
    """How many files its sheets fill."""
    return -(-recall.counted.sheets // MOST_IN_A_FILE)


def person_in(desk: Desk, number: int, subject: bytes) -> str:
    """What stands for a person (by the keyed hash of their X.509) in one recall."""
    key = subkey(desk.secret(), "persons in recalls")
    told = f"{desk.municipality}/{number}/".encode() + subject
    return hmac.digest(key, told, "sha256")[:_PERSON_BYTES].hex()


def _rows(connection: Connection, desk: Desk, recall: Recall, part: int) -> Iterator[tuple[object, ...]]:
    of_it = and_(outcomes.c.municipality == ledger.c.municipality, outcomes.c.document_no == ledger.c.document_no)
    found = connection.execute(
        select(ledger, outcomes.c.outcome, outcomes.c.sheets_printed)
        .outerjoin(outcomes, of_it)
        .where(all_of(connection, desk.municipality, recall.wanted))
        .order_by(ledger.c.ledger_seq)
        .offset((part - 1) * MOST_IN_A_FILE)
        .limit(MOST_IN_A_FILE)
        .execution_options(yield_per=1_000)
    )
    for row in found:
        yield (
            printed(row.document_no),
            person_in(desk, recall.recall_no, row.subject),
            row.kind,
            row.scope,
            in_japan(row.issued_at).isoformat(),
            row.terminal,
            row.terminal_build or "",
            row.server_build or "",
            row.outcome or "",
            "" if row.sheets_printed is None else row.sheets_printed,
        )
