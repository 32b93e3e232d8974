"""The closed sum of what the desk wants done. Pure data; the actions do it and answer with events."""

from dataclasses import dataclass, field

from kiosk.counter.case import CaseEffect
from kiosk.counter.day.counts import Counts
from kiosk.counter.day.day import Day
from kiosk.counter.day.entries import Appointment, Entry, Owed, Service
from kiosk.counter.kinds import CaseKind
from kiosk.flow.effects import AnyTimer, StartTimer, StopTimer


class DeskTimer(AnyTimer):
    """The desk's timers. Each runs at most once at a time."""

    UNTOUCHED = "untouched"
    LOCKED = "locked"
    KEEP = "keep"
    """Until the server is told again that somebody is at work."""
    CASE = "case"
    CLOCK = "clock"
    """Until the time of day is looked at again: an appointment's may have come."""


@dataclass(frozen=True, slots=True)
class SignInByPassword:
    """Moves the password from the clerk's pad to the server, with the one-time code. Answers `SignedIn` or
    `NotSignedIn`."""

    attempt: int
    mark: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignInByCard:
    """Moves the PIN from the clerk's pad to the staff card on the clerk's reader, which answers the server's challenge.
    Answers `SignedIn` or `NotSignedIn`."""

    attempt: int


@dataclass(frozen=True, slots=True)
class SecondByPassword:
    """Another person stands for an operation too, done to `about`, by password and one-time code. Answers
    `SecondStands` or `NotSecond`."""

    attempt: int
    operation: str
    about: str
    mark: str = field(repr=False)
    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SecondByCard:
    """The same by their staff card."""

    attempt: int
    operation: str
    about: str


@dataclass(frozen=True, slots=True)
class LockSession:
    """The server is told that the desk is locked. Nothing answers."""


@dataclass(frozen=True, slots=True)
class SignOut:
    """The session ends here and at the server. Nothing answers."""


@dataclass(frozen=True, slots=True)
class KeepSession:
    """Somebody is at work: the session's idle time begins anew. Answers `SessionEnded` when there is none any more."""


@dataclass(frozen=True, slots=True)
class ClearSecret:
    """Overwrites what is on the clerk's pad."""


@dataclass(frozen=True, slots=True)
class TakeTerminal:
    """The resident's flow is asked for the terminal; `TerminalSeen` says when it is at the counter."""


@dataclass(frozen=True, slots=True)
class FreeTerminal:
    """The terminal goes back to the resident's flow."""


@dataclass(frozen=True, slots=True)
class ShowSheets:
    """The resident of this attempt is asked on their window whether the sheets are right. `TerminalSeen` says so."""

    attempt: int


@dataclass(frozen=True, slots=True)
class RefuseSheets:
    """The resident's flow hears that nobody is there who could say so. `TerminalSeen` says what comes of it."""

    attempt: int


@dataclass(frozen=True, slots=True)
class WriteDay:
    """An entry into the book of the day. `DayMoved` says that it stands there, `NotWritten` that it does not."""

    entry: Entry
    by: str


@dataclass(frozen=True, slots=True)
class TakeMoney:
    """The clerk took these of the resident. `DayMoved` or `NotWritten` answers."""

    pieces: Counts


@dataclass(frozen=True, slots=True)
class LookAtClock:
    """Answers `ClockSeen`."""


@dataclass(frozen=True, slots=True)
class PrintSample:
    """A test print marked 見本. `DayMoved` says what came of it, `NotWritten` when the printer did nothing."""

    by: str


@dataclass(frozen=True, slots=True)
class PrintTicket:
    """A number on paper. `NotWritten` answers when no slip came out."""

    number: int
    service: Service
    at: str
    before: int
    """How many wait before it."""


@dataclass(frozen=True, slots=True)
class PrintAppointment:
    """An appointment on paper. `NotWritten` answers when no slip came out."""

    appointment: Appointment


@dataclass(frozen=True, slots=True)
class PrintDeposit:
    """The deposit slip of a day that was counted, before it is closed. `NotWritten` answers when none came out."""

    day: Day
    stays: Counts
    deposit: Counts
    still_open: tuple[str, ...]
    by: str


@dataclass(frozen=True, slots=True)
class PrintOwed:
    """A slip about money that could not be given back: it is kept with the drawer. `NotWritten` answers when none came
    out."""

    owed: Owed
    by: str


@dataclass(frozen=True, slots=True)
class PrintAside:
    """A slip about a case that was put aside: its mark, and what would have to be done again should this terminal stop.
    `NotWritten` answers when none came out."""

    kind: CaseKind
    mark: str


@dataclass(frozen=True, slots=True)
class EraseCase:
    """Wipes all that actions keep of this case: keys, pictures, answers, what is on the PIN pads."""

    number: int


DeskEffect = (
    StartTimer
    | StopTimer
    | SignInByPassword
    | SignInByCard
    | SecondByPassword
    | SecondByCard
    | LockSession
    | SignOut
    | KeepSession
    | ClearSecret
    | TakeTerminal
    | FreeTerminal
    | ShowSheets
    | RefuseSheets
    | WriteDay
    | TakeMoney
    | LookAtClock
    | PrintSample
    | PrintTicket
    | PrintAppointment
    | PrintDeposit
    | PrintOwed
    | PrintAside
    | EraseCase
    | CaseEffect
)
