"""What the municipality's server answers, or that it does not."""

from dataclasses import dataclass

from kiosk.flow.documents import WaitingDocument
from kiosk.flow.effects import ServerCall
from kiosk.flow.values.board import Board, Municipality, Window
from kiosk.flow.values.offer import Offer
from kiosk.flow.values.service import OutOfService
from koufu.evidence.words import CertificateKind, RefusalReason


@dataclass(frozen=True, slots=True)
class HeartbeatAnswered:
    """The server answered. `not_admitted` says why this terminal may not serve, when it may not; `koseki_at` are the
    municipalities that serve people for their koseki wherever they live."""

    board: Board | None
    not_admitted: OutOfService | None
    koseki_at: tuple[Municipality, ...] = ()


@dataclass(frozen=True, slots=True)
class HeartbeatFailed:
    """The server did not answer."""


@dataclass(frozen=True, slots=True)
class SessionOpened:
    """The server has set a challenge. `board` is that of another municipality, None for the terminal's own."""

    attempt: int
    board: Board | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """The server knows who it is and what may be had."""

    attempt: int
    offer: Offer


@dataclass(frozen=True, slots=True)
class Prepared:
    """All documents of the order are here, encrypted and whole, in the order they will be printed."""

    attempt: int
    documents: tuple[WaitingDocument, ...]


@dataclass(frozen=True, slots=True)
class EnrolmentTaken:
    """It was applied for, under this number."""

    attempt: int
    number: str


@dataclass(frozen=True, slots=True)
class Released:
    """Statements and keys are here."""

    attempt: int


@dataclass(frozen=True, slots=True)
class RegisterMoved:
    """Nothing was issued: the register moved, and the documents must be prepared again."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Refused:
    """The server refused the card or the order. `kind` is the one it is about, if it is about one."""

    attempt: int
    reason: RefusalReason
    kind: CertificateKind | None
    window: Window | None


@dataclass(frozen=True, slots=True)
class ServerFailed:
    """No answer in time, or a fault instead of one. The call may have had its effect or not."""

    attempt: int
    call: ServerCall
