"""What becomes of an order, one type for each stage. What a later stage needs can only be had from the stage before:
a document that was not accepted can't be printed, a fee that is not held releases nothing (I1, I7)."""

from dataclasses import dataclass, replace
from enum import Enum

from koufu.evidence.words import CertificateKind
from printers.model import Printed, PrintFailed, Settled


@dataclass(frozen=True, slots=True)
class WaitingDocument:
    """A prepared document that waits encrypted. `line` and `copy` count from 0; one sheet has face and back."""

    line: int
    copy: int
    kind: CertificateKind
    document_no: str
    sheets: int


@dataclass(frozen=True, slots=True)
class ReadyToPay:
    """Documents whose bytes are whole, for which there is paper, and whose orderer has taken the card."""

    documents: tuple[WaitingDocument, ...]
    fee: int

    @property
    def sheets(self) -> int:
        """How many sheets will come out."""
        return sum(document.sheets for document in self.documents)


@dataclass(frozen=True, slots=True)
class FeeHeld:
    """The slots are closed and the device holds at least the fee; all of it can still go back."""

    fee: int
    held: int

    def __post_init__(self) -> None:
        if self.held < self.fee:
            raise ValueError(f"{self.held} yen are no fee of {self.fee} yen")


@dataclass(frozen=True, slots=True)
class AcceptedDocument:
    """A document whose statement answers the order and whose pages show it, by their own codes. Made only by the check
    before paper (`kiosk.actions.documents`)."""

    document: WaitingDocument


class Outcome(Enum):
    """What became of a document."""

    DELIVERED = "delivered"
    SPOILED = "spoiled"
    """Some of its sheets are out, or one jammed: its number is no longer good."""
    NOT_PRINTED = "not-printed"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What became of one document, and how many of its sheets came out whole."""

    document: WaitingDocument
    outcome: Outcome
    sheets: int


def delivery(document: WaitingDocument, settled: Settled) -> Delivery:
    """What became of a document by the printer's word. Another number of sheets than the document has counts for none:
    nobody knows which of them are whole."""
    match settled:
        case Printed(sheets) if sheets == document.sheets:
            return Delivery(document, Outcome.DELIVERED, sheets)
        case Printed():
            return Delivery(document, Outcome.SPOILED, 0)
        case PrintFailed(unsent=True):
            return Delivery(document, Outcome.NOT_PRINTED, 0)
        case PrintFailed(sheets=sheets):
            return Delivery(document, Outcome.SPOILED, min(sheets, document.sheets))


def void(delivered: Delivery) -> Delivery:
    """What came out whole and is nobody's after all: its number is no longer good."""
    return replace(delivered, outcome=Outcome.SPOILED) if delivered.outcome is Outcome.DELIVERED else delivered
