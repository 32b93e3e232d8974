"""What a person does on the clerk's window, and what a case's keys mean on either. A character of a password or PIN is
none of these: it goes to the pad, the desk learns a count."""

from dataclasses import dataclass
from enum import Enum

from kiosk.counter.case import CaseEvent, FieldTyped
from kiosk.counter.kinds import CaseKind
from kiosk.counter.scenes import SignInWay, Tab


class DeskKey(Enum):
    """Keys without anything else to say."""

    SIGN_IN = "sign-in"
    LOCK = "lock"
    SIGN_OUT = "sign-out"
    HOLD = "hold"
    """Puts the open case aside."""
    DISMISS = "dismiss"
    """What was told is read."""
    LANGUAGE = "language"
    LARGE = "large"


@dataclass(frozen=True, slots=True)
class DeskPressed:
    """A key without anything else to say."""

    key: DeskKey


@dataclass(frozen=True, slots=True)
class WayChosen:
    """How somebody signs in."""

    way: SignInWay


@dataclass(frozen=True, slots=True)
class SecretTyped:
    """How many characters are on the clerk's pad now; never which."""

    count: int


@dataclass(frozen=True, slots=True)
class TabChosen:
    """A page of the desk."""

    tab: Tab


@dataclass(frozen=True, slots=True)
class CaseChosen:
    """A case of this kind is to be opened."""

    kind: CaseKind


@dataclass(frozen=True, slots=True)
class CaseTakenUp:
    """A case that was put aside, by its number."""

    number: int


class Deed(Enum):
    """What a clerk does in the day. What it is done with stands in the page's fields."""

    OPEN_DAY = "open-day"
    TEST_PRINT = "test-print"
    TEST_GOOD = "test-good"
    TEST_BAD = "test-bad"
    DRAW_TICKET = "draw-ticket"
    CALL_NEXT = "call-next"
    CALL_PICKED = "call-picked"
    """Somebody before their turn, for a reason."""
    APPOINT = "appoint"
    ARRIVED = "arrived"
    """Whoever has the appointment that is picked is here."""
    CALL_OFF = "call-off"
    SERVED = "served"
    CAME_NOT = "came-not"
    BEGIN_ORDER = "begin-order"
    LEAVE_ORDER = "leave-order"
    TAKE_MONEY = "take-money"
    GIVE_CHANGE = "give-change"
    ASK_RESIDENT = "ask-resident"
    HAND_OVER = "hand-over"
    RESIDENT_GONE = "resident-gone"
    """Nobody is there who could take what is due, or say of the sheets that they are right."""
    NOT_TAKEN = "not-taken"
    """The resident does not take sheets that came out: they are destroyed by two."""
    ADD_SHEETS = "add-sheets"
    MOVE_CASH = "move-cash"
    TAKE_IN = "take-in"
    TWO_STAND = "two-stand"
    """The second person shows who they are."""
    BEGIN_CLOSE = "begin-close"
    COUNT_CASH = "count-cash"
    COUNT_THINGS = "count-things"
    CLOSE_DAY = "close-day"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Done:
    """One of them."""

    deed: Deed


@dataclass(frozen=True, slots=True)
class Picked:
    """A choice of the page: stands among its fields."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class DocumentChosen:
    """A document whose sheets are to be destroyed."""

    document: str


@dataclass(frozen=True, slots=True)
class KeptChosen:
    """Something in custody, by its number of the list."""

    number: int


@dataclass(frozen=True, slots=True)
class OwedChosen:
    """What is owed to a resident from before, by its number of the list."""

    number: int


@dataclass(frozen=True, slots=True)
class LostCaseNoted:
    """A case that was put aside before the terminal stopped, by its number of the day: somebody read it."""

    number: int


DeskTouch = (
    DeskPressed
    | WayChosen
    | FieldTyped
    | SecretTyped
    | TabChosen
    | CaseChosen
    | CaseTakenUp
    | CaseEvent
    | Done
    | Picked
    | DocumentChosen
    | KeptChosen
    | OwedChosen
    | LostCaseNoted
)
