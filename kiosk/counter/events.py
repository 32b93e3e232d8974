"""The closed sum of what the desk hears besides touches."""

from dataclasses import dataclass

from kiosk.counter.case import CaseEvent
from kiosk.counter.day.day import Day
from kiosk.counter.effects import DeskEffect
from kiosk.counter.resident import ResidentSeen
from kiosk.counter.scenes import SignInProblem
from kiosk.counter.staff import Staff
from kiosk.counter.touches import DeskTouch
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped


@dataclass(frozen=True, slots=True)
class DeskOpened:
    """The first event of all."""


@dataclass(frozen=True, slots=True)
class TerminalSeen:
    """The resident's flow is somewhere else now."""

    resident: ResidentSeen


@dataclass(frozen=True, slots=True)
class ResidentTouched:
    """Somebody is at work on the resident's window; at what is the flow's business."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The server knows who it is."""

    attempt: int
    staff: Staff


@dataclass(frozen=True, slots=True)
class NotSignedIn:
    """Nobody is signed in by this attempt."""

    attempt: int
    problem: SignInProblem
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class SecondStands:
    """A second person stands for what was asked; their mark."""

    attempt: int
    mark: str


@dataclass(frozen=True, slots=True)
class NotSecond:
    """No second person stands for it by this attempt."""

    attempt: int
    problem: SignInProblem
    wait_s: int = 0


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The server let the session end: who is there must sign in again."""


@dataclass(frozen=True, slots=True)
class DayMoved:
    """The book of the day, as it stands after an entry of whoever made it."""

    day: Day


@dataclass(frozen=True, slots=True)
class NotWritten:
    """Something was not done, and does not stand in the book: why, in a word that the window has a sentence for."""

    why: str


@dataclass(frozen=True, slots=True)
class MoneyAsked:
    """The resident's flow wants a fee taken by the clerk; None: no more."""

    fee: int | None


@dataclass(frozen=True, slots=True)
class ClockSeen:
    """Local time to the minute, ISO 8601 without a zone."""

    moment: str


@dataclass(frozen=True, slots=True)
class DeskEffectFailed:
    """An action broke in a way nobody foresaw: its device's fault, or the server's."""

    effect: DeskEffect
    by_server: bool = False


DeskEvent = (
    DeskOpened
    | DeskTouch
    | PinTyped
    | TerminalSeen
    | ResidentTouched
    | SignedIn
    | NotSignedIn
    | SecondStands
    | NotSecond
    | SessionEnded
    | DayMoved
    | NotWritten
    | MoneyAsked
    | ClockSeen
    | SlotChanged
    | TimerFired
    | CaseEvent
    | DeskEffectFailed
)
