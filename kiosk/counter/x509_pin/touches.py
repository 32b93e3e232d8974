"""What clerk and resident do in the case of X.509s and PINs. What is typed of a PIN is none of these."""

from dataclasses import dataclass
from enum import Enum

from hardware.card.model import Usage
from kiosk.counter.case import CaseEvent, FieldTyped
from kiosk.counter.pins import BoardWay
from kiosk.counter.x509_pin.values import Wish
from kiosk.flow.touches import PinTyped
from koufu.applying.words import Comer


class Do(Enum):
    """Keys without anything else to say. The first group is the clerk's, the second the resident's."""

    GO_ON = "go-on"
    BACK = "back"
    """One question back; nothing was done to the card."""
    RETRY = "retry"
    UNDO = "undo"
    """Back to how the card was, as far as there is a way back."""
    LEAVE_OPEN = "leave-open"
    """The card does not come back: the case stays open for an officer."""
    END = "end"
    OTHER_PIN_UNKNOWN = "other-pin-unknown"
    INSURANCE_DONE = "insurance-done"
    INSURANCE_NOT_DONE = "insurance-not-done"
    ALL_THE_SAME = "all-the-same"
    """The resident wants the switch though the card is not registered."""

    AGREE = "agree"
    DISAGREE = "disagree"
    PIN_ENTERED = "pin-entered"
    OTHER_PIN = "other-pin"
    """The resident chooses another than the weak one."""
    KEEP_PIN = "keep-pin"
    """The resident keeps the weak one: the second confirmation."""


@dataclass(frozen=True, slots=True)
class Did(CaseEvent):
    """A key without anything else to say."""

    what: Do


@dataclass(frozen=True, slots=True)
class WishChosen(CaseEvent):
    """What the resident came for."""

    wish: Wish


@dataclass(frozen=True, slots=True)
class UsageToggled(CaseEvent):
    """Which X.509 it is about."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class ComerChosen(CaseEvent):
    """Who came."""

    comer: Comer


@dataclass(frozen=True, slots=True)
class LivesHere(CaseEvent):
    """Whether the holder lives in the municipality that this desk works for."""

    here: bool


@dataclass(frozen=True, slots=True)
class DocumentMarked(CaseEvent):
    """A document that whoever came shows, or shows no more."""

    kind: str


@dataclass(frozen=True, slots=True)
class WayChosen(CaseEvent):
    """How the resident types, chosen by either."""

    way: BoardWay


@dataclass(frozen=True, slots=True)
class CaseTakenUp(CaseEvent):
    """A case that broke off goes on."""

    mark: str


OwnTouch = Did | WishChosen | UsageToggled | ComerChosen | LivesHere | DocumentMarked | WayChosen | CaseTakenUp
"""Keys of both windows."""

CaseTouch = OwnTouch | PinTyped | FieldTyped
"""Everything that is touched."""
