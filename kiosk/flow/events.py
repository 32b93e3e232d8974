"""The closed sum of events besides touches. One of a visit carries its `attempt`; one of another is dropped (I2)."""

from dataclasses import dataclass, field
from enum import Enum

from hardware.card.model import CardFacts, SlotEvent
from hardware.sensors.model import SensorEvent
from hardware.voice.model import Tongue
from kiosk.flow.cash_events import CashEvent, CashSeen
from kiosk.flow.cashless_events import CashlessEvent, CashlessSeen
from kiosk.flow.counter_events import CounterDay, CounterFreed, CounterTook, RightNoted, SheetsRefused, SheetsShown
from kiosk.flow.documents import AcceptedDocument, WaitingDocument
from kiosk.flow.effects import AnyTimer, CallStaff, Effect, ServerCall
from kiosk.flow.journal_events import JournalSeen, NotWritten, RecoveryWaits
from kiosk.flow.means import Means
from kiosk.flow.slips import Slip
from kiosk.flow.touches import Touch
from kiosk.flow.values import Board, Municipality, Offer, OutOfService, Window
from koufu.evidence.words import CertificateKind, RefusalReason
from printers.model import PrinterStatus, Settled


@dataclass(frozen=True, slots=True)
class PoweredOn:
    """The first event of all. `alarmed` when this terminal had raised an integrity alarm that nobody closed since."""

    alarmed: bool = False


@dataclass(frozen=True, slots=True)
class Recovered:
    """What a restart cut off is settled: yen that went back, yen owed, the reference of the debt's slip. `confirmed`
    unless the device could not say all that came out; `noted` yen staff were told of as owed before the restart; `kept`
    yen that count as kept for what was delivered; `means` says how it was paid, and `debited` that this is certain of a
    cashless payment that stands open."""

    returned: int
    owed: int
    reference: str
    confirmed: bool = True
    noted: int = 0
    kept: int = 0
    means: Means = Means.CASH
    debited: bool = False


@dataclass(frozen=True, slots=True)
class RecoveryFailed:
    """What a visit that was cut off by a restart left behind could not be settled. It stands open in the journal."""


@dataclass(frozen=True, slots=True)
class TimerFired:
    """A timer ran out. `run` tells this run of it from one that was stopped or started anew."""

    timer: AnyTimer
    run: int


@dataclass(frozen=True, slots=True)
class SlotChanged:
    """The card reader's watch told something."""

    what: SlotEvent


@dataclass(frozen=True, slots=True)
class VoiceSeen:
    """What the voice can do now: `mute` are the tongues that can't be heard."""

    mute: frozenset[Tongue]


@dataclass(frozen=True, slots=True)
class HeadphonesSeen:
    """Whether headphones are plugged in."""

    attempt: int
    plugged: bool


@dataclass(frozen=True, slots=True)
class NumberCardRead:
    """Tries left of the PIN that the number lies behind, 0 when it is locked; None for a card that keeps no number."""

    attempt: int
    tries_left: int | None


@dataclass(frozen=True, slots=True)
class NumberTold:
    """It was said. Not `whole`: the headphones were pulled out."""

    attempt: int
    whole: bool


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
class PrintersSeen:
    """What the page printer and the slip printer can do now."""

    pages: PrinterStatus
    slips: PrinterStatus


@dataclass(frozen=True, slots=True)
class StaffNeeded:
    """An action met what only staff can mend."""

    call: CallStaff


@dataclass(frozen=True, slots=True)
class VisitOpened:
    """A fresh namespace for this attempt exists; `reference` is its short code for staff."""

    attempt: int
    reference: str


@dataclass(frozen=True, slots=True)
class CardRead:
    """What the card tells without a PIN."""

    attempt: int
    facts: CardFacts


@dataclass(frozen=True, slots=True)
class PinRight:
    """The card took the PIN. The X.509 comes along where it could not be read before (a phone's)."""

    attempt: int
    user_auth_x509: bytes | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class PinWrong:
    """The card refused the PIN; `tries_left` is 0 when it is now locked."""

    attempt: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class PinForgotten:
    """The card wants its PIN again (6982)."""

    attempt: int


@dataclass(frozen=True, slots=True)
class ChallengeAnswered:
    """The card answered the challenge; the answer waits in the attempt's namespace."""

    attempt: int


@dataclass(frozen=True, slots=True)
class OrderProven:
    """The card proved the order; the proof waits in the attempt's namespace."""

    attempt: int
    order_id: bytes


class CardProblem(Enum):
    """Why a card could not do its step."""

    GONE = "gone"
    UNREADABLE = "unreadable"
    """Mute, or an answer that no such card gives."""
    READER_GONE = "reader-gone"


@dataclass(frozen=True, slots=True)
class CardFailed:
    """The card did not do its step."""

    attempt: int
    problem: CardProblem


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
class EnrolmentProven:
    """The card proved what is applied for."""

    attempt: int


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


@dataclass(frozen=True, slots=True)
class EffectFailed:
    """An action broke in a way nobody foresaw: its device's fault, or the server's, over whose words it broke."""

    effect: Effect
    by_server: bool = False


VisitEvent = (
    VisitOpened
    | CardRead
    | PinRight
    | PinWrong
    | PinForgotten
    | ChallengeAnswered
    | OrderProven
    | CardFailed
    | SessionOpened
    | Offered
    | Prepared
    | Released
    | RegisterMoved
    | EnrolmentProven
    | EnrolmentTaken
    | NotWritten
    | Refused
    | ServerFailed
    | DocumentsAccepted
    | DocumentsRejected
    | SheetProgress
    | DocumentSettled
    | SheetsShown
    | SheetsRefused
    | RightNoted
    | SlipSettled
    | HeadphonesSeen
    | NumberCardRead
    | NumberTold
    | CashEvent
    | CashlessEvent
)
"""Results of a visit's effects. Each carries the attempt it belongs to."""


@dataclass(frozen=True, slots=True)
class StaysUp:
    """The machine could not be switched off."""


HouseEvent = (
    PoweredOn
    | Recovered
    | RecoveryFailed
    | RecoveryWaits
    | TimerFired
    | SlotChanged
    | SensorEvent
    | StaysUp
    | VoiceSeen
    | HeartbeatAnswered
    | HeartbeatFailed
    | PrintersSeen
    | CashSeen
    | CashlessSeen
    | JournalSeen
    | StaffNeeded
    | CounterTook
    | CounterFreed
    | CounterDay
    | EffectFailed
)
"""What happens whether or not somebody is there."""

Event = Touch | HouseEvent | VisitEvent
