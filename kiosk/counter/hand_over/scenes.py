"""The closed sum of a hand-over's scenes: what both windows show, with what they need beside the case itself."""

from dataclasses import dataclass, field

from hardware.card.model import Usage
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.hand_over.values import CardTrouble, Lacking
from kiosk.counter.pins import PinAsk
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import Slip


@dataclass(frozen=True, slots=True)
class Begin:
    """Who came. `asking`: the rules of the place are asked; `away`: the server did not answer."""

    asking: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class NotHere:
    """It may not be done here; a slip says where to go."""

    refusal: Refusal
    slip: Slip = Slip.PRINTING


@dataclass(frozen=True, slots=True)
class Find:
    """Which card waits: by the number on the notice, or by name and day of birth."""

    busy: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Why:
    """Why the person could not come."""


@dataclass(frozen=True, slots=True)
class OfHolder:
    """The person's documents."""


@dataclass(frozen=True, slots=True)
class OfTaker:
    """The documents of whoever acts for the person."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What else was brought, and the server's judgement of all of it; `lacking` is its last word."""

    lacking: Lacking | None = None


@dataclass(frozen=True, slots=True)
class Ready:
    """Admitted: the old card, and how the PINs are set."""


@dataclass(frozen=True, slots=True)
class AwaitCard:
    """The new card is to be put on the reader. After a break its PINs are set anew from the first."""

    trouble: CardTrouble | None = None


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """The card is read."""


@dataclass(frozen=True, slots=True)
class Comparing:
    """The server holds the card against the application. `pulled`: it was taken away meanwhile."""

    pulled: bool = False


@dataclass(frozen=True, slots=True)
class ByEye:
    """The card maker named no X.509 of this card: the clerk compares what is printed on it."""

    x509: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Typing:
    """A PIN is typed, on the resident's window or, from the sealed form, at the clerk's pad. `typed` signs so far."""

    ask: PinAsk
    typed: int = 0
    misshapen: bool = False
    differ: bool = False


@dataclass(frozen=True, slots=True)
class Weak:
    """Whoever chose the new PIN is told that it is weak. The clerk is not told."""

    usage: Usage
    weaknesses: frozenset[Weakness]
    refused: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """The card gets its PINs."""


@dataclass(frozen=True, slots=True)
class Closing:
    """The server is told, step by step; `problem` is what it said no to."""

    problem: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Delivered:
    """The card may leave. `resealed`: the sealed form is in custody."""

    slip: Slip = Slip.PRINTING
    resealed: bool = False


Scene = (
    Begin
    | NotHere
    | Find
    | Why
    | OfHolder
    | OfTaker
    | Papers
    | Ready
    | AwaitCard
    | ReadingCard
    | Comparing
    | ByEye
    | Typing
    | Weak
    | Setting
    | Closing
    | Delivered
)
