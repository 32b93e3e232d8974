"""What is checked and printed: documents, and slips."""

from dataclasses import dataclass

from kiosk.flow.documents import AcceptedDocument, WaitingDocument
from kiosk.flow.slips import Slip
from kiosk.flow.values.board import Board
from kiosk.flow.values.presentation import Language


@dataclass(frozen=True, slots=True)
class LookAtPrinters:
    """Answers `PrintersSeen`. `awake`: a printer that sleeps, and so may hide a fault, is woken first."""

    awake: bool = False


@dataclass(frozen=True, slots=True)
class CheckDocuments:
    """Decrypts and checks everything before paper moves. Answers `DocumentsAccepted` or `DocumentsRejected`."""

    attempt: int
    documents: tuple[WaitingDocument, ...]


@dataclass(frozen=True, slots=True)
class PrintDocument:
    """Prints one accepted document, whose fee is in yen. Tells `SheetProgress`, answers `DocumentSettled`, or
    `DocumentsRejected` when it is no longer what was checked: then nothing was sent."""

    attempt: int
    accepted: AcceptedDocument
    fee: int


@dataclass(frozen=True, slots=True)
class GiveUpPrinting:
    """The job that is being printed is cancelled and cleared; its `DocumentSettled` says what came out."""

    attempt: int


@dataclass(frozen=True, slots=True)
class PrintSlip:
    """Answers `SlipSettled`. `board` says whose terminal it is."""

    attempt: int
    slip: Slip
    language: Language
    board: Board | None


PaperEffect = LookAtPrinters | CheckDocuments | PrintDocument | GiveUpPrinting | PrintSlip
