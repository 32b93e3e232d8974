"""A recall that a second person approved: every sheet of it is marked in the transaction that decides, so that
whoever is shown one is told."""

from sqlalchemy import Connection, and_, func, insert, literal, not_, select

from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.office.desk import Desk
from certserver.office.issued.recalls import read_recall
from certserver.office.issued.wanted import all_of
from certserver.pipeline.sheet_status import SheetState
from certserver.storage.issued import ledger
from certserver.storage.recalls import sheet_marks

_COLUMNS = ("municipality", "standing", "ledger_seq", "at", "marked_by", "recall_no")


def carry_out(desk: Desk, connection: Connection, book: Book, number: int, asked_by: str) -> int:
    """Marks the sheets of a recall; how many were not called back already. Raises `NoSuchEntry`."""
    recall = read_recall(connection, desk, number)
    before = sheet_marks.alias("before")
    stands = (
        select(before.c.ledger_seq)
        .where(
            and_(
                before.c.municipality == ledger.c.municipality,
                before.c.standing == SheetState.RECALLED.value,
                before.c.ledger_seq == ledger.c.ledger_seq,
            )
        )
        .exists()
    )
    sheets = select(
        ledger.c.municipality,
        literal(SheetState.RECALLED.value).label("standing"),
        ledger.c.ledger_seq,
        literal(desk.now()).label("at"),
        literal(asked_by).label("marked_by"),
        literal(number).label("recall_no"),
    ).where(all_of(connection, desk.municipality, recall.wanted), not_(stands))
    # Not every driver says how many rows a selection filled.
    marked = connection.scalar(select(func.count()).select_from(sheets.subquery())) or 0
    connection.execute(insert(sheet_marks).from_select(_COLUMNS, sheets))
    detail: dict[str, str | int] = {
        "officer": asked_by,
        "second": desk.who.mark,
        "about": str(number),
        "sheets": marked,
    }
    desk.note(book, AuditEvent.SHEETS_RECALLED, detail)
    return marked
