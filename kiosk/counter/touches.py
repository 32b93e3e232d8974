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


DeskTouch = DeskPressed | WayChosen | FieldTyped | SecretTyped | TabChosen | CaseChosen | CaseTakenUp | CaseEvent
