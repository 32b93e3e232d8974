"""What a hand-over hears: answers of its effects, and touches of both windows. Every answer carries the
case's number."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.case import CaseEvent
from kiosk.counter.hand_over.values import CardTrouble, Lacking, Waiting
from kiosk.counter.refusal import Refusal


@dataclass(frozen=True, slots=True)
class HandOverEvent(CaseEvent):
    """Base of all answers."""

    number: int


@dataclass(frozen=True, slots=True)
class AllowedAnswered(HandOverEvent):
    """The rules of the place: None allows it. `away`: nothing was answered."""

    refusal: Refusal | None = None
    away: bool = False


@dataclass(frozen=True, slots=True)
class FindAnswered(HandOverEvent):
    """The card, or why none; None when the server did not answer."""

    found: Waiting | Refusal | None


@dataclass(frozen=True, slots=True)
class Sent(HandOverEvent):
    """A step was made."""

    flight: int
    version: int
    state: str


@dataclass(frozen=True, slots=True)
class Admitted(HandOverEvent):
    """Whoever came may have the card; `pins` are the ways in which its PINs may be set."""

    flight: int
    version: int
    state: str
    pins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lacked(HandOverEvent):
    """Something is missing."""

    flight: int
    lacking: Lacking


@dataclass(frozen=True, slots=True)
class SendRefused(HandOverEvent):
    """A step was not made."""

    flight: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class ServerSilent(HandOverEvent):
    """The server did not answer: it may have been done."""

    flight: int


@dataclass(frozen=True, slots=True)
class CardRead(HandOverEvent):
    """It can be written, where that is wanted. `x509` is what it shows without a PIN, empty where it bears none."""

    x509: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class CardLost(HandOverEvent):
    """The card, or a party that its PINs need, was lost. A PIN may be set already or not."""

    trouble: CardTrouble


@dataclass(frozen=True, slots=True)
class PinsSet(HandOverEvent):
    """The card bears its PINs."""


class Key(Enum):
    """Keys without anything else to say."""

    NEXT = "next"
    BACK = "back"
    SEARCH = "search"
    JUDGE = "judge"
    """The server judges what was brought."""
    AGAIN = "again"
    """The same once more: asked, sent, printed."""
    RESEALED = "resealed"
    """The sealed form lies in custody."""
    LOOKS_RIGHT = "looks-right"
    """The clerk compared what is printed on the card."""
    FINISH = "finish"
    PIN_ENTERED = "pin-entered"
    OTHER_PIN = "other-pin"
    """The resident chooses another than the weak one."""
    KEEP_PIN = "keep-pin"


@dataclass(frozen=True, slots=True)
class Touched(CaseEvent):
    """A key without anything else to say."""

    key: Key


@dataclass(frozen=True, slots=True)
class Chosen(CaseEvent):
    """One of several answers. Why somebody could not come says much of them."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Marked(CaseEvent):
    """One of several things that are there or not."""

    name: str
    value: str = field(repr=False)


HandOverTouch = Touched | Chosen | Marked
