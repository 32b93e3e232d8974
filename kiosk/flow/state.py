"""The terminal's whole state between two events: one frozen value. Nothing personal of a visit outlives it."""

from dataclasses import dataclass, field
from enum import Enum

from hardware.card.model import CardFacts
from hardware.cash.model import Payout
from hardware.sensors.model import Place, Power
from hardware.voice.model import Tongue
from kiosk.flow.claims import Claims
from kiosk.flow.documents import AcceptedDocument, Delivery, FeeHeld, ReadyToPay, WaitingDocument
from kiosk.flow.effects import AnyTimer, ServerCall
from kiosk.flow.means import Means
from kiosk.flow.scenes import Closed, Overlay, Scene
from kiosk.flow.values.board import Board, Municipality, Window
from kiosk.flow.values.offer import Offer
from kiosk.flow.values.order import Line, Sheet
from kiosk.flow.values.presentation import Presentation, tongue_of
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultKind
from koufu.evidence.words import CertificateKind, RefusalReason
from printers.model import PrinterStatus


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The person stopped, or went away."""


@dataclass(frozen=True, slots=True)
class Abandoned:
    """The person went away and left something lying: the terminal closes until it is gone (I13)."""


@dataclass(frozen=True, slots=True)
class DeclinedBecause:
    """The terminal or the server can't serve this card or order."""

    reason: DeclineReason | RefusalReason
    kind: CertificateKind | None = None
    window: Window | None = None


@dataclass(frozen=True, slots=True)
class BrokenBy:
    """The machine failed. `alarm` names what differed, for an integrity alarm."""

    kind: FaultKind
    alarm: str | None = None


@dataclass(frozen=True, slots=True)
class NumberErrand:
    """A visit of somebody who wants to hear their individual number, `times` more."""

    times: int = 2


NOTHING_PAID = Payout(0, 0)

Ending = Cancelled | Abandoned | DeclinedBecause | BrokenBy
"""Why a visit ends without everything that was ordered."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One person's visit. `attempt` fences late results: an event of another attempt is dropped (I2). From the last
    screens on only `attempt`, `board`, `reference`, `means`, `sheets` and `sheets_out` are left."""

    attempt: int
    elsewhere: Municipality | None = None
    """Where the koseki is, for whoever said so; None: the visit is with the terminal's own municipality."""
    board: Board | None = None
    """That municipality's, once a session is open there."""
    number: NumberErrand | None = None
    """Not a certificate is wanted but to hear one's number; no server is asked."""
    facts: CardFacts | None = None
    offer: Offer | None = None
    basket: tuple[Line, ...] = ()
    sheets: tuple[Sheet, ...] = ()
    """Known once prepared."""
    fee: int = 0
    """Yen, fixed when the order was proven."""
    order_id: bytes | None = None
    held: int = 0
    """The most yen that this visit is known to have put in."""
    change: Payout = NOTHING_PAID
    refund: Payout = NOTHING_PAID
    kept: int | None = None
    """Yen that the device says it kept; None until it does."""
    changing: bool = False
    """Change was ordered and nothing was heard of it yet."""
    unclear: bool = False
    """The device can't say what came out, or knows of less than went in."""
    sheets_out: int = 0
    sheets_void: int = 0
    """Sheets that came out and are no good."""
    reference: str = ""
    """A short code for staff; no document number."""
    session: bool = False
    """The server has set a challenge."""
    verified: bool = False
    """The card still knows that its PIN was right."""
    draft: Line | None = None
    """The line being chosen, kept when the person goes back."""
    origin: str | None = None
    """Code of the purpose the last line came from; None when it was chosen by name."""
    claims: Claims | None = None
    """What somebody typed who applies for an enrolment."""
    failures: int = 0
    """Server calls that failed in a row."""
    awaited: ServerCall | None = None
    """The call that is tried again when the retry timer fires."""
    rounds: int = 0
    """How often the register moved between prepare and release."""
    documents: tuple[WaitingDocument, ...] = ()
    ready: ReadyToPay | None = None
    paying: bool = False
    """The money device, or the payment terminal, works for this visit: its money must be returned or settled before the
    visit ends."""
    means: Means = Means.CASH
    fee_held: FeeHeld | None = None
    released: bool = False
    """Statements and keys came; nothing may be accepted before."""
    accepted: tuple[AcceptedDocument, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    given_up: bool = False
    """The print job was given up; the printer still has to say what came out."""
    settling: bool = False
    """What is kept is decided, and the device was told."""
    ending: Ending | None = None

    @property
    def answers_kept(self) -> bool:
        """Whether there is something that a card which was taken away too early can come back to."""
        return self.offer is not None or self.claims is not None


@dataclass(frozen=True, slots=True)
class Account:
    """The money of a visit that ended without the device's last word, as staff and server were told; kept until that
    word comes or another visit begins. Yen, as in `Visit`; `earned` for what was delivered. Nothing personal."""

    attempt: int
    reference: str
    sheets: tuple[Sheet, ...]
    sheets_out: int
    fee: int
    earned: int
    held: int
    change: Payout
    refund: Payout
    board: Board | None = None
    sheets_void: int = 0
    told: int = 0
    """What was `due` when staff were last told of it."""

    @property
    def due(self) -> int:
        """Yen that should still come out; below 0, what came out too much."""
        return self.held - self.earned - self.change.paid - self.refund.paid


class Source(Enum):
    """Who must have spoken once before the terminal opens."""

    RECOVERY = "recovery"
    SERVER = "server"
    PRINTERS = "printers"
    CASH = "cash"


class Machine(Enum):
    """The machine that the terminal runs on."""

    UP = "up"
    GOING_DOWN = "going-down"
    STAYS_UP = "stays-up"
    """It could not be switched off: it is not tried again before the mains were back."""


class CutOff(Enum):
    """What a restart cut off, and what could not be settled as the journal could not be written."""

    WAITS = "waits"
    """For the next look at the journal."""
    TRIED = "tried"
    """It is tried again."""


class Alarm(Enum):
    """An integrity alarm that this terminal raised (I9)."""

    RAISED = "raised"
    KNOWN = "known"
    """The server said itself that service is suspended: once it no longer does, a person has closed the alarm."""


_NO_CASH = frozenset({OutOfService.CASH, OutOfService.NO_CHANGE})
"""What keeps cash alone from being paid: who pays without it can be served."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """Scene, what lies over it, the visit if there is one, and what the surroundings say."""

    scene: Scene = field(default_factory=lambda: Closed(frozenset({OutOfService.STARTING})))
    overlay: Overlay | None = None
    visit: Visit | None = None
    attempts: int = 0
    """How many visits there were since the start; the next attempt's number."""
    presentation: Presentation = field(default_factory=Presentation)
    board: Board | None = None
    koseki_at: tuple[Municipality, ...] = ()
    """Municipalities that serve people for their koseki, as the signed directory names them."""
    out_of_service: frozenset[OutOfService] = field(default_factory=lambda: frozenset({OutOfService.STARTING}))
    card_present: bool = False
    occupied: frozenset[Place] = field(default_factory=frozenset)
    power: Power = Power.MAINS
    machine: Machine = Machine.UP
    mute: frozenset[Tongue] = frozenset()
    """Tongues that can't be heard: all of them from power on until the voice was tried."""
    unheard: frozenset[Source] = field(default_factory=lambda: frozenset(Source))
    missed_heartbeats: int = 0
    pages: PrinterStatus | None = None
    slips: PrinterStatus | None = None
    """Both printers, as they said last."""
    exact: bool = False
    """Change is short: whoever pays should bring the sum itself."""
    cashless: bool | None = None
    """Whether the payment terminal is ready, as it said last; None where none was heard of."""
    alarm: Alarm | None = None
    cut_off: CutOff | None = None
    """Where what a restart cut off is settled by itself, once the journal can be written."""
    unheard_money: Account | None = None
    """What the device's late word is held against."""
    owing: int | None = None
    """The attempt whose debt is not on paper yet: its place in the journal stays open, and nobody else's is opened."""
    calling: bool = False
    """Lamp and voice call for what was left behind."""
    staff_called: bool = False
    """A person was called for what was left behind."""
    armed: tuple[tuple[AnyTimer, int], ...] = ()
    """Timers that run, with the number of the run."""
    timer_runs: int = 0

    @property
    def takes_cash(self) -> bool:
        """Whether somebody could pay in cash now."""
        return not self.out_of_service & _NO_CASH

    @property
    def closed_by(self) -> frozenset[OutOfService]:
        """Why nobody is served. Where cash alone is out of order and the payment terminal is ready, that pays; not
        while the slip of a debt is being printed, whose place in the journal nobody else's visit may take."""
        if self.cashless and self.owing is None:
            return self.out_of_service - _NO_CASH
        return self.out_of_service

    @property
    def asks_where(self) -> bool:
        """Whether a visit begins with the question where: another municipality serves people for their koseki."""
        home = self.board.municipality if self.board is not None else ""
        return any(each.code != home for each in self.koseki_at)

    @property
    def board_at_hand(self) -> Board | None:
        """The board of the municipality that the visit is with, without one the terminal's own."""
        return self.board if self.visit is None or self.visit.board is None else self.visit.board

    @property
    def can_speak(self) -> bool:
        """Whether screens can be read out in the language of the person in front."""
        return tongue_of(self.presentation.language) not in self.mute
