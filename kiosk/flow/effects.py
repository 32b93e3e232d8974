"""The closed sum of effects: what the flow wants done. Pure data; the actions do it and answer with events. An effect
of a visit carries its `attempt`, and so does every answer to it (I2)."""

from dataclasses import dataclass
from enum import Enum

from hardware.card.model import CardFacts
from hardware.sensors.model import Lamp
from kiosk.flow.cashless_effects import CashlessEffect
from kiosk.flow.claims import Claims
from kiosk.flow.counter_effects import NoteRight
from kiosk.flow.documents import AcceptedDocument, Delivery, FeeHeld, ReadyToPay, WaitingDocument
from kiosk.flow.machine_effects import MachineEffect
from kiosk.flow.number_effects import NumberEffect
from kiosk.flow.occasions import Occasion
from kiosk.flow.slips import Slip
from kiosk.flow.values import Belonging, Board, Language, Line, Offer, OutOfService
from printers.model import PrinterStatus


class AnyTimer(Enum):
    """A timer of one of the flows that a runner runs. Each flow names its own."""


class Timer(AnyTimer):
    """The timers there are. Each runs at most once at a time."""

    SCENE = "scene"
    """The scene's own patience: idle, a guard over a device, or how long a notice stays."""
    COUNTDOWN = "countdown"
    """One second of the idle warning."""
    CARD_UNTOUCHED = "card-untouched"
    ATTENTION = "attention"
    STAFF = "staff"
    RETRY = "retry"
    HEARTBEAT = "heartbeat"
    RECOVERY = "recovery"
    """The money device's patience at the start."""
    WATCHDOG = "watchdog"
    BATTERY = "battery"
    """How long a battery that ends soon is trusted."""


class ServerCall(Enum):
    """The calls of a visit that can be tried again."""

    OPEN_SESSION = "open-session"
    ANSWER_CHALLENGE = "answer-challenge"
    PREPARE = "prepare"
    RELEASE = "release"
    APPLY = "apply"


BEFORE_RESTART = 0
"""The attempt that a restart cut off. Its effects are only those that settle it."""


@dataclass(frozen=True, slots=True)
class StartTimer:
    """Answers with `TimerFired(timer, run)` after so many seconds. A running timer of that name is forgotten."""

    timer: AnyTimer
    seconds: float
    run: int


@dataclass(frozen=True, slots=True)
class StopTimer:
    """The timer of that name is forgotten."""

    timer: AnyTimer


@dataclass(frozen=True, slots=True)
class Recover:
    """Settles what a visit that was cut off by a restart left behind; answers `Recovered`, `RecoveryFailed` or
    `RecoveryWaits`."""


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
class LookAtPrinters:
    """Answers `PrintersSeen`. `awake`: a printer that sleeps, and so may hide a fault, is woken first."""

    awake: bool = False


@dataclass(frozen=True, slots=True)
class LookAtCash:
    """Answers `CashSeen`."""


@dataclass(frozen=True, slots=True)
class LookAtJournal:
    """Writes what is not on disk yet; answers `JournalSeen`."""


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """A fresh namespace for a new attempt; what an older one held is erased. Answers `VisitOpened`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class EraseVisit:
    """Wipes keys, documents, answers and the PIN pad of the attempt, resets the card. Nothing answers."""

    attempt: int


@dataclass(frozen=True, slots=True)
class CloseVisit:
    """Closes the attempt's place in the journal: everything about it is settled, and a debt stands on paper or is known
    not to be printable. Nothing answers."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ClearPad:
    """Overwrites the digits on the PIN pad."""


@dataclass(frozen=True, slots=True)
class ReadCard:
    """Answers `CardRead` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class VerifyPin:
    """Moves the PIN from the pad to the card: once. Answers `PinRight`, `PinWrong` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class AnswerChallenge:
    """Answers `ChallengeAnswered`, `PinForgotten` or `CardFailed`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ProveOrder:
    """Makes the order's bytes and has the card prove them. Answers `OrderProven`, `PinForgotten` or `CardFailed`."""

    attempt: int
    lines: tuple[Line, ...]
    fee: int
    offer: Offer


@dataclass(frozen=True, slots=True)
class ProveEnrolment:
    """Makes the bytes of what is applied for and has the card prove them. Answers `EnrolmentProven`, `PinForgotten` or
    `CardFailed`."""

    attempt: int
    claims: Claims


@dataclass(frozen=True, slots=True)
class SendEnrolment:
    """Applies. Answers `EnrolmentTaken`, `Refused` or `ServerFailed`; asking again gives the same number."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ResetCard:
    """Resets the card, so that it wants its PIN again, and lets it go. Nothing answers."""

    attempt: int


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
class CheckDocuments:
    """Decrypts and checks everything before paper moves. Answers `DocumentsAccepted` or `DocumentsRejected`."""

    attempt: int
    documents: tuple[WaitingDocument, ...]


@dataclass(frozen=True, slots=True)
class ReportOutcome:
    """Tells the server what became of each document that it issued, and closes the order; kept and sent again until it
    is told. Nothing answers."""

    attempt: int
    deliveries: tuple[Delivery, ...]
    captured: int
    alarm: str | None = None


@dataclass(frozen=True, slots=True)
class AcceptMoney:
    """Opens the slots. Answers `SlotsOpen` or `CashStopped`, then `MoneyTaken` for each note and coin."""

    attempt: int
    ready: ReadyToPay


@dataclass(frozen=True, slots=True)
class SecureMoney:
    """Closes the slots. Answers `MoneySecured` or `CashStopped`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class GiveChange:
    """Pays out what is held above the fee. Answers `ChangeGiven`, or `CashStopped` when less is held."""

    attempt: int
    fee: int


@dataclass(frozen=True, slots=True)
class ReturnMoney:
    """Gives everything held back. Answers `MoneyReturned`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class SettleMoney:
    """Keeps the fee of what was delivered, pays the rest out. Answers `MoneySettled`."""

    attempt: int
    captured: int


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


@dataclass(frozen=True, slots=True)
class SetLamp:
    """Sets the lamp. Nothing answers."""

    lamp: Lamp


@dataclass(frozen=True, slots=True)
class LookAtVoice:
    """Answers `VoiceSeen`."""


class Announcement(Enum):
    """What is said besides what a screen says by itself."""

    LEFT_BEHIND = "left-behind"
    STAFF_COMING = "staff-coming"


@dataclass(frozen=True, slots=True)
class Announce:
    """A sentence aloud in the language of the visit, whether or not screens are read out. Nothing answers."""

    what: Announcement
    belongings: frozenset[Belonging]
    language: Language


@dataclass(frozen=True, slots=True)
class CallStaff:
    """Calls a person and writes the occasion down. Nothing answers. Not `at_once`, the server hears of it with the next
    heartbeat or call."""

    occasion: Occasion
    reference: str = ""
    yen: int = 0
    belongings: frozenset[Belonging] = frozenset()
    at_once: bool = True


@dataclass(frozen=True, slots=True)
class WriteDown:
    """Writes the occasion down. Nothing answers."""

    occasion: Occasion
    reference: str = ""
    yen: int = 0


Effect = (
    StartTimer
    | StopTimer
    | Recover
    | SendHeartbeat
    | LookAtPrinters
    | LookAtCash
    | LookAtJournal
    | OpenVisit
    | EraseVisit
    | CloseVisit
    | ClearPad
    | ReadCard
    | VerifyPin
    | AnswerChallenge
    | ProveOrder
    | ProveEnrolment
    | SendEnrolment
    | ResetCard
    | OpenSession
    | SendAnswer
    | Prepare
    | Release
    | CheckDocuments
    | ReportOutcome
    | AcceptMoney
    | SecureMoney
    | GiveChange
    | ReturnMoney
    | SettleMoney
    | CashlessEffect
    | PrintDocument
    | NoteRight
    | GiveUpPrinting
    | PrintSlip
    | NumberEffect
    | MachineEffect
    | SetLamp
    | LookAtVoice
    | Announce
    | CallStaff
    | WriteDown
)
