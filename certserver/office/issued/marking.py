"""Saying of a sheet at hand that it is spoiled or voided, against what its terminal reported: whoever is shown it
then is told so."""

from sqlalchemy import insert

from certserver.ledger.audit import AuditEvent
from certserver.office.desk import Desk
from certserver.office.issued.refusing import NotDone, WhyNot
from certserver.office.issued.story import entry_of, marks_on
from certserver.office.rights import Right
from certserver.pipeline.sheet_status import SheetState
from certserver.storage.recalls import sheet_marks

BY_ONE = (SheetState.SPOILED, SheetState.VOIDED)
"""What one person may say; a recall takes two."""
LONGEST_REASON = 256


def mark(desk: Desk, document_no: str, standing: SheetState, why: str) -> None:
    """Marks a document by its number as printed; nobody takes that back. Raises `NoSuchEntry`, and `NotDone`
    without a reason or where it is marked so already."""
    desk.demand(Right.MARK_SHEETS)
    if standing not in BY_ONE:
        raise NotDone(WhyNot.NOT_BY_ONE)
    if not 0 < len(why.strip()) <= LONGEST_REASON:
        raise NotDone(WhyNot.NO_REASON)
    with desk.changing() as (connection, book):
        row = entry_of(connection, desk.municipality, document_no)
        if any(each.standing == standing.value for each in marks_on(connection, desk.municipality, row.ledger_seq)):
            raise NotDone(WhyNot.MARKED_ALREADY)
        connection.execute(
            insert(sheet_marks).values(
                municipality=desk.municipality,
                standing=standing.value,
                ledger_seq=row.ledger_seq,
                at=desk.now(),
                marked_by=desk.who.mark,
                recall_no=None,
                why=why.strip(),
            )
        )
        detail: dict[str, str | int] = {
            "officer": desk.who.mark,
            "what": standing.value,
            "document_no": row.document_no,
        }
        desk.note(book, AuditEvent.SHEET_MARKED, detail)
