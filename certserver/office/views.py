"""Looking at personal data: the audit log keeps who was shown what, and for what (I12)."""

from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.office.desk import Desk
from certserver.office.purposes import Purpose


def note_view(desk: Desk, book: Book, what: str, about: str, purpose: Purpose) -> None:
    """Notes that whoever acts is shown something, in the transaction that reads it; `about` is the number or key by
    which it was found there, never what was typed."""
    desk.note(book, AuditEvent.VIEWED, {"officer": desk.who.mark, "what": what, "reason": str(purpose), "about": about})


def note_seen(desk: Desk, what: str, about: str, purpose: Purpose) -> None:
    """The same for what was read just now in a transaction of its own, before anything of it is shown: it took too long
    for the lock under which documents are issued."""
    with desk.changing() as (_, book):
        note_view(desk, book, what, about, purpose)
