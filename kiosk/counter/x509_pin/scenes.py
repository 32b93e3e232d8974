"""The closed sum of scenes of the case of X.509s and PINs, each with the data that its screens need and no more."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from hardware.card.model import Usage
from hardware.card.writing.steps import Step
from hardware.keypad.pin_rules import Weakness
from kiosk.counter.elsewhere import Place
from kiosk.counter.pins import PinAsk
from kiosk.counter.slips import Slip
from kiosk.counter.x509_pin.events import CardTrouble, Says, Unfinished
from kiosk.counter.x509_pin.values import Job, WhyNot


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Cases that broke off wait for their cards: go on with one, or begin another."""

    cases: tuple[Unfinished, ...]


@dataclass(frozen=True, slots=True)
class Choosing:
    """What the resident came for, and who came. `asking`: the server is being asked; `away`: it did not answer."""

    asking: bool = False
    away: bool = False


@dataclass(frozen=True, slots=True)
class NotHere:
    """It can't be done here, now, or with this card; `instead` says where, the first is printed; `since`: the first day
    on which it can."""

    why: WhyNot
    instead: tuple[Place, ...]
    slip: Slip = Slip.PRINTING
    since: date | None = None


@dataclass(frozen=True, slots=True)
class AskInsurance:
    """Before a switch to face authentication: whether the card is registered as health insurance card. `told`: it is
    not, and the resident is told to do that first."""

    told: bool = False


@dataclass(frozen=True, slots=True)
class Explained:
    """The resident reads what will be done and agrees; the clerk marks by which documents it is known who came.
    `would_do` and `expired` are what the server said of them, None before it was asked."""

    agreed: bool = False
    would_do: tuple[str, ...] | None = None
    expired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AwaitCard:
    """The card is to be put on the reader. `other`: another one than the case began with lies there."""

    other: bool = False


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """The card is read, once the server says that this desk's staff may. Before a renewal it says whether it has begun:
    `found` is what there is to do then, for X.509s with these last days."""

    found: tuple[Job, ...] = ()
    last_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Typing:
    """The resident types a PIN, alone. `typed` signs so far, for the resident's window only."""

    ask: PinAsk
    typed: int = 0
    tries_left: int | None = None
    """Told for one that is shown to the card."""
    wrong: bool = False
    misshapen: bool = False
    differ: bool = False


@dataclass(frozen=True, slots=True)
class Checking:
    """The card, or the rules of good PINs, look at what was typed."""

    ask: PinAsk


@dataclass(frozen=True, slots=True)
class Weak:
    """The resident is told that the new PIN is weak. The clerk is not told."""

    usage: Usage
    weaknesses: frozenset[Weakness]
    refused: bool


@dataclass(frozen=True, slots=True)
class Working:
    """A job is being done; None until its first step begins."""

    step: Step | None = None


class Standing(Enum):
    """In what state the card is after a break, as far as the last step tells. In every one it can be used."""

    UNTOUCHED = "untouched"
    """Nothing was written."""
    OLD_IN_USE = "old-in-use"
    """What was in use still is, and is good; the new one is not finished."""
    OLD_OR_NEW = "old-or-new"
    """The new one was just being put into use: either is in use, and good."""
    NEW_IN_USE = "new-in-use"
    """The new one is in use, and good; the old one is not revoked yet."""
    GOING_OUT = "going-out"
    """It answers no more, or is about to; it is not revoked yet."""
    PIN_OLD_OR_NEW = "pin-old-or-new"
    """A PIN was just being changed: the old or the new one is in force."""


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """The card or a party was lost in the middle. `way_back`: there still is one. `sure`: the resident, or the clerk,
    is asked once more before it is left open."""

    trouble: CardTrouble
    standing: Standing
    way_back: bool


@dataclass(frozen=True, slots=True)
class Declined:
    """Issuer, card-writing terminal or the municipality's server said no."""

    by: Says
    reason: str
    standing: Standing
    way_back: bool


@dataclass(frozen=True, slots=True)
class Settled:
    """After a change that broke off: which PIN is in force. False: the old one, or neither."""

    usage: Usage
    old: bool
    """The old one; else neither was taken."""


class Ending(Enum):
    """How a case ended."""

    DONE = "done"
    UNDONE = "undone"
    """The card is as it was before."""
    UNFIT = "unfit"
    """The new X.509 did not stand its trial; the card is as it was."""
    LEFT_OPEN = "left-open"
    """The card did not come back: an officer decides."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The end. `slip` says how it stands with the paper that tells so."""

    ending: Ending
    slip: Slip = Slip.PRINTING


@dataclass(frozen=True, slots=True)
class Over:
    """The desk may close the case; nothing of it is left."""


CaseScene = (
    TakeUp
    | Choosing
    | NotHere
    | AskInsurance
    | Explained
    | AwaitCard
    | ReadingCard
    | Typing
    | Checking
    | Weak
    | Working
    | BrokenOff
    | Declined
    | Settled
    | Finished
    | Over
)
