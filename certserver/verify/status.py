"""What a municipality's ledger says of a document number, for whoever wants to ask. Asking is a choice: it tells the
municipality that somebody holds this paper."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class DocumentStanding(Enum):
    """What became of a document."""

    ISSUED = "issued"
    SPOILED = "spoiled"
    """The sheet came out wrong; another took its place."""
    VOIDED = "voided"
    """It was taken back."""
    RECALLED = "recalled"
    """It was delivered, and the municipality calls it back: something may be wrong with it."""
    UNKNOWN = "unknown"
    """No such number, or not with this content."""
    NOT_ASKED = "not-asked"
    NO_ANSWER = "no-answer"
    """Asked, and nothing came back that can be read."""


@dataclass(frozen=True, slots=True)
class Status:
    """The ledger's word, and the instant it is of (Unix seconds), where it says one."""

    standing: DocumentStanding
    at: int | None = None


NOT_ASKED, NO_ANSWER = Status(DocumentStanding.NOT_ASKED), Status(DocumentStanding.NO_ANSWER)
ANSWERS = frozenset(set(DocumentStanding) - {DocumentStanding.NOT_ASKED, DocumentStanding.NO_ANSWER})
"""What a ledger may answer."""


class StatusSource(Protocol):
    """Whoever answers for a municipality's ledger."""

    def status(self, document_no: str, content_hash: bytes) -> Status:
        """Of the document with this number, a page of which has this hash (SHA-256, 32 bytes); `NO_ANSWER` rather than
        a fault."""
        ...
