"""A day as its entries add up. Every yen is in the drawer, paid out, or it is said why nobody knows of it; every
sheet is blank in the tray, handed over, destroyed, or in somebody's hand; whatever is in custody is on the list."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.day.counts import NOTHING, Counts
from kiosk.counter.day.entries import (
    Appointment,
    CaseAside,
    CountedCash,
    CountedThings,
    Kept,
    Opened,
    Overnight,
    Owed,
    Service,
)


class Stage(Enum):
    """How far a day is."""

    NONE = "none"
    """Not opened, or the last one is closed."""
    OPEN = "open"
    COUNTED = "counted"
    """The drawer is counted: no money moves any more."""


class TicketState(Enum):
    """How far whoever holds a number is."""

    WAITING = "waiting"
    CALLED = "called"
    SERVED = "served"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Ticket:
    """A number that was given out."""

    number: int
    service: Service
    at: str = ""
    state: TicketState = TicketState.WAITING


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A document at the printer of whose sheets nobody knows yet. `failed`: the device said so, or
    the power went; else it still works."""

    document: str
    sheets: int
    failed: bool = False
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Lying:
    """A document that came out whole and is in nobody's account yet. `right`: the resident who ordered it has said
    so."""

    document: str
    sheets: int
    ordered: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class NotRecorded:
    """Why an entry can't be written down, in a word that the screens have a sentence for."""

    why: str


@dataclass(frozen=True, slots=True)
class Day:
    """The sums. Money of the present resident: `held` is nobody's yet, `due` is to go back. Sheets: `blank` are in the
    tray, `lying` came out and are in nobody's account yet."""

    stage: Stage = Stage.NONE
    date: str = ""
    entries: int = 0
    opening: Opened | None = None
    drawer: Counts = NOTHING
    held: int = 0
    due: int = 0
    payouts: int = 0
    """How many were ordered."""
    last_payout: int = 0
    taken: int = 0
    paid_out: int = 0
    claimed: int = 0
    """Yen given to residents to whom they were owed from before."""
    fees: int = 0
    moved: int = 0
    """Yen into the drawer from the safe, less what went there."""
    sheets_opened: int = 0
    sheets_added: int = 0
    blank: int = 0
    lying: tuple[Lying, ...] = ()
    handed: int = 0
    destroyed: int = 0
    tests: int = 0
    test_out: bool = False
    """A test print came out, and nobody looked at it yet."""
    test_good: bool = False
    unsettled: tuple[Unsettled, ...] = ()
    tickets: tuple[Ticket, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    """Of whom nobody has come yet, as they come in time."""
    next_appointment: int = 1
    custody: tuple[Kept, ...] = ()
    next_custody: int = 1
    owed: tuple[Owed, ...] = ()
    """What lies in the drawer for residents who were gone."""
    next_owed: int = 1
    aside: tuple[CaseAside, ...] = ()
    """Cases that were put aside and are not back."""
    next_aside: int = 1
    cash: CountedCash | None = None
    things: CountedThings | None = None
    overnight: Overnight = field(default_factory=Overnight)
    """Of the day that was closed last."""
    last_deposit: Counts = NOTHING
    """Of the day that was closed last."""

    @property
    def is_open(self) -> bool:
        """Whether anything may be done."""
        return self.stage is Stage.OPEN

    @property
    def opened_with(self) -> Counts:
        """The float."""
        return NOTHING if self.opening is None else self.opening.drawer

    @property
    def appeared(self) -> tuple[int, int]:
        """(Yen, sheets) that the opening has more than the night before left; (0, 0) on the first day."""
        if self.opening is None:
            return 0, 0
        before = self.opening.before
        yen = 0 if before.drawer is None else self.opening.drawer.total - before.drawer.total
        return yen, 0 if before.sheets is None else self.opening.sheets - before.sheets

    @property
    def out(self) -> int:
        """Sheets that came out and are in nobody's account yet."""
        return sheets_of(self.lying)

    @property
    def difference(self) -> int:
        """Yen that the count has more than the account; 0 before it is counted."""
        return 0 if self.cash is None else self.cash.drawer.total - self.drawer.total

    @property
    def waiting(self) -> tuple[Ticket, ...]:
        """Numbers not called yet, as they came."""
        return tuple(each for each in self.tickets if each.state is TicketState.WAITING)

    @property
    def expected(self) -> tuple[Appointment, ...]:
        """Appointments of this day, or of one before on which nobody was here; whoever has one did not come yet."""
        return tuple(each for each in self.appointments if each.day <= self.date)

    @property
    def called(self) -> Ticket | None:
        """The number at the counter now."""
        return next((each for each in reversed(self.tickets) if each.state is TicketState.CALLED), None)

    def turn(self, now: str) -> Ticket | None:
        """Whose turn it is at this time of day (HH:MM): an appointment whose time has come, else the first who has
        none, else whoever came early."""
        waiting = self.waiting
        timed = sorted((each for each in waiting if each.at), key=lambda each: (each.at, each.number))
        come = [each for each in timed if each.at <= now]
        return next(iter((*come, *(each for each in waiting if not each.at), *timed)), None)

    def open_ends(self) -> tuple[str, ...]:
        """Words for what keeps the day from being closed, in the order in which it is seen to."""
        ends = (
            ("held", self.held > 0),
            ("due", self.due > 0),
            ("out", self.out > 0),
            ("unsettled", bool(self.unsettled)),
            ("test", self.test_out),
            ("called", self.called is not None),
        )
        return tuple(word for word, there in ends if there)


def sheets_of(documents: tuple[Lying, ...]) -> int:
    """How many sheets these are together."""
    return sum(each.sheets for each in documents)
