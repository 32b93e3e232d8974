"""What was checked before paper moved, and what the printers tell."""

from dataclasses import dataclass

from kiosk.flow.documents import AcceptedDocument
from kiosk.flow.slips import Slip
from printers.model import PrinterStatus, Settled


@dataclass(frozen=True, slots=True)
class PrintersSeen:
    """What the page printer and the slip printer can do now."""

    pages: PrinterStatus
    slips: PrinterStatus


@dataclass(frozen=True, slots=True)
class DocumentsAccepted:
    """Every document answers the order, and every page shows it."""

    attempt: int
    documents: tuple[AcceptedDocument, ...]


@dataclass(frozen=True, slots=True)
class DocumentsRejected:
    """At least one does not; all are destroyed. `alarm` names what differs, or is None when a code was unreadable."""

    attempt: int
    alarm: str | None


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """Sheet `sheet` (from 1) of the document now printed; `side` is 1 for the face, 2 for the back."""

    attempt: int
    sheet: int
    side: int


@dataclass(frozen=True, slots=True)
class DocumentSettled:
    """The printer settled the document's job."""

    attempt: int
    settled: Settled


@dataclass(frozen=True, slots=True)
class SlipSettled:
    """Whether this slip or receipt came out."""

    attempt: int
    slip: Slip
    printed: bool
