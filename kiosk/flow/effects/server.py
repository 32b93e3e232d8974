"""What is asked of the municipality's server, and told to it."""

from dataclasses import dataclass
from enum import Enum

from hardware.card.model import CardFacts
from kiosk.flow.documents import Delivery, FeeHeld
from kiosk.flow.values.service import OutOfService
from printers.model import PrinterStatus


class ServerCall(Enum):
    """The calls of a visit that can be tried again."""

    OPEN_SESSION = "open-session"
    ANSWER_CHALLENGE = "answer-challenge"
    PREPARE = "prepare"
    RELEASE = "release"
    APPLY = "apply"


@dataclass(frozen=True, slots=True)
class SendHeartbeat:
    """Answers `HeartbeatAnswered` or `HeartbeatFailed`. `out_of_service`: why nobody is served. What both printers said
    last goes along, None before that, and whether cash and the payment terminal can be paid with; None without one."""

    out_of_service: frozenset[OutOfService]
    pages: PrinterStatus | None = None
    slips: PrinterStatus | None = None
    cash: bool = True
    cashless: bool | None = None


@dataclass(frozen=True, slots=True)
class OpenSession:
    """Opens a session at the server of a municipality, None for the terminal's own. Answers `SessionOpened`, `Refused`
    or `ServerFailed`."""

    attempt: int
    facts: CardFacts
    municipality: str | None = None


@dataclass(frozen=True, slots=True)
class SendAnswer:
    """Answers `Offered`, `Refused` or `ServerFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Prepare:
    """Sends the proven order. Answers `Prepared`, `Refused` or `ServerFailed`; asking again changes nothing."""

    attempt: int


@dataclass(frozen=True, slots=True)
class Release:
    """Asks for statements and keys. Answers `Released`, `RegisterMoved`, `Refused` or `ServerFailed`; asking again
    gives the same."""

    attempt: int
    fee: FeeHeld


@dataclass(frozen=True, slots=True)
class SendEnrolment:
    """Applies. Answers `EnrolmentTaken`, `Refused` or `ServerFailed`; asking again gives the same number."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """Tells the server what became of each document that it issued, and closes the order; kept and sent again until it
    is told. Nothing answers."""

    attempt: int
    deliveries: tuple[Delivery, ...]
    captured: int
    alarm: str | None = None


ServerEffect = SendHeartbeat | OpenSession | SendAnswer | Prepare | Release | SendEnrolment | ReportOutcome
