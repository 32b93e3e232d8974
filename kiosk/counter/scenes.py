"""The closed sum of the desk's scenes: what the clerk's window shows, with exactly the data that it needs."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.day.entries import CountedCash, CountedThings, Opened
from kiosk.counter.kinds import CaseKind


class SignInWay(Enum):
    """How somebody shows who they are."""

    CARD = "card"
    PASSWORD = "password"  # noqa: S105 - the name of a way, no password


class SignInProblem(Enum):
    """Why nobody is signed in. Which part was wrong is never told."""

    REFUSED = "refused"
    SERVER_AWAY = "server-away"
    CARD = "card"
    """No staff card on the clerk's reader, or it gave no answer."""
    PIN = "pin"
    """The staff card's PIN was wrong."""
    WAIT = "wait"
    """Too many tries: the server wants a pause."""
    NOT_HERE = "not-here"
    """Nobody's place of work today."""
    FIRST_ONLY_HELPS = "first-only-helps"
    """Whoever is signed in only supports: nothing that takes two is theirs to do."""
    SAME_PERSON = "same-person"
    """A second person is wanted, not the first again."""
    NOT_SERVED = "not-served"
    """The server does not serve this terminal."""
    ENDED = "ended"
    """The server has ended the session."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """Nobody is signed in, or the desk is locked (then `Desk.staff` is whoever locked it). `characters` are on the
    pad; `busy` while card and server work."""

    way: SignInWay = SignInWay.PASSWORD
    mark: str = field(default="", repr=False)
    code: str = field(default="", repr=False)
    """The one-time code as typed."""
    characters: int = 0
    busy: bool = False
    problem: SignInProblem | None = None
    wait_s: int = 0
    """For `WAIT`."""
    round: int = 0
    """Counts what was tried, so that the fields come up empty again."""


class Tab(Enum):
    """The pages of the desk."""

    DAY = "day"
    QUEUE = "queue"
    ORDER = "order"
    CASES = "cases"
    CUSTODY = "custody"
    SUPPLIES = "supplies"


@dataclass(frozen=True, slots=True)
class Home:
    """Between two residents."""

    tab: Tab = Tab.DAY


@dataclass(frozen=True, slots=True)
class AwaitTerminal:
    """A case wants the terminal, which somebody still stands at or something lies at. `wants` is the kind of a new
    case, or the number of one that was put aside."""

    wants: CaseKind | int


@dataclass(frozen=True, slots=True)
class Guiding:
    """A certificate order: the resident's own flow on the resident's window, the clerk beside it."""


@dataclass(frozen=True, slots=True)
class DestroySheets:
    """Sheets of a document are destroyed before a second person. `most` there can be."""

    document: str
    most: int


@dataclass(frozen=True, slots=True)
class DestroyNotTaken:
    """All sheets of these documents, which the resident does not take, are destroyed before a second person."""

    documents: tuple[str, ...]
    sheets: int


@dataclass(frozen=True, slots=True)
class GiveOut:
    """Something leaves custody before a second person."""

    number: int


@dataclass(frozen=True, slots=True)
class CountDiffers:
    """A count differs from the account, or at the opening from what the day before left: a second person has counted
    too."""

    count: Opened | CountedCash | CountedThings


@dataclass(frozen=True, slots=True)
class PayOwed:
    """What is owed to a resident from before is given to them before a second person, by this number of the list."""

    number: int


@dataclass(frozen=True, slots=True)
class BeforeTwo:
    """A second person signs in beside the first, for this."""

    what: DestroySheets | DestroyNotTaken | GiveOut | CountDiffers | PayOwed
    sign: SignIn = field(default_factory=SignIn)


class ClosingStep(Enum):
    """How far the closing of a day is."""

    CASH = "cash"
    THINGS = "things"
    DEPOSIT = "deposit"


@dataclass(frozen=True, slots=True)
class Closing:
    """The day is counted and closed."""

    step: ClosingStep = ClosingStep.CASH


@dataclass(frozen=True, slots=True)
class InCase:
    """The open case has the window."""


DeskScene = SignIn | Home | AwaitTerminal | Guiding | BeforeTwo | Closing | InCase
