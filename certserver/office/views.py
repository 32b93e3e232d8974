"""Looking at personal data: for a purpose of this list, which the audit log keeps with every view (I12). A purpose
names a case by its reference, never a person."""

import re
from dataclasses import dataclass
from enum import Enum

from certserver.ledger.audit import AuditEvent
from certserver.ledger.book import Book
from certserver.office.desk import Desk

REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}", re.ASCII)


class Reason(Enum):
    """For what an officer looks at personal data."""

    DECISION = "decision"
    """An application or enrolment that waits."""
    INQUIRY = "inquiry"
    """The person concerned asked."""
    CORRECTION = "correction"
    """What is in a register is put right."""
    INCIDENT = "incident"
    """Something went wrong with a document."""
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Purpose:
    """A reason, and the reference of the case at hand. Raises `ValueError` for a reference that might be a name."""

    reason: Reason
    reference: str

    def __post_init__(self) -> None:
        if not REFERENCE.fullmatch(self.reference):
            raise ValueError("a reference is made of letters, digits and hyphens")

    def __str__(self) -> str:
        return f"{self.reason.value} {self.reference}"


def note_view(desk: Desk, book: Book, what: str, about: str, purpose: str) -> None:
    """Notes that whoever acts is shown something, in the transaction that reads it; `about` is the number or key by
    which it was found there, never what was typed."""
    desk.note(book, AuditEvent.VIEWED, {"officer": desk.who.mark, "what": what, "reason": purpose, "about": about})
