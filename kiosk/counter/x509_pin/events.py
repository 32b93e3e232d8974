"""What happens to the case of X.509s and PINs besides touches. Every answer carries the case's `number`; one of
another case is dropped (I2). None holds a PIN."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from hardware.card.model import Usage
from hardware.card.writing.steps import Step
from kiosk.counter.case import CaseEvent
from kiosk.counter.elsewhere import Place
from kiosk.counter.pins import PinTaken
from kiosk.counter.slips import SlipSettled
from kiosk.counter.x509_pin.values import Begins, CardSeen, WhyNot, Wish


@dataclass(frozen=True, slots=True)
class RulesSaid(CaseEvent):
    """The server's rules: allowed, or why not and where instead. `of` is what was begun, None where it was only asked
    about."""

    number: int
    why_not: WhyNot | None = None
    instead: tuple[Place, ...] = ()
    of: Begins | None = None


@dataclass(frozen=True, slots=True)
class RulesAway(CaseEvent):
    """The server did not answer."""

    number: int
    of: Begins | None = None


@dataclass(frozen=True, slots=True)
class Unproven(CaseEvent):
    """The server: what was shown does not say who came. Which combinations would, and what was past its last day."""

    number: int
    of: Begins
    would_do: tuple[str, ...]
    expired: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RenewalSaid(CaseEvent):
    """Whether X.509s with these last days are renewed today; why not, and the first day on which they are."""

    number: int
    last_days: tuple[date, ...]
    why_not: WhyNot | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CardRead(CaseEvent):
    """What the card tells."""

    number: int
    card: CardSeen


class CardTrouble(Enum):
    """Why a card can't be used, or was lost in the middle."""

    GONE = "gone"
    """Taken away, or its field lost."""
    MUTE = "mute"
    READER_GONE = "reader-gone"
    REFUSED = "refused"
    """It answered what nobody expected."""
    FOREIGN = "foreign"
    OTHER_CARD = "other-card"
    """Not the card that the case began with: nothing was done to it."""
    ISSUER_AWAY = "issuer-away"
    """Issuer or card-writing terminal were silent; it may have been done all the same."""
    UNTOUCHED = "untouched"
    """Nobody typed for long: what was typed is wiped, and the card is let go."""
    SERVER_AWAY = "server-away"
    """The municipality's server did not say whether it may be done."""
    FAULT = "fault"
    """The program itself broke."""


@dataclass(frozen=True, slots=True)
class BrokeOff(CaseEvent):
    """Reading or a job broke off. What was going on may have been done or not."""

    number: int
    trouble: CardTrouble


class Says(Enum):
    """Who says no."""

    ISSUER = "issuer"
    TERMINAL = "terminal"
    """The card-writing terminal: this operator is not let on for that."""
    SERVER = "server"
    """The municipality's server: not whoever is at the desk now."""


@dataclass(frozen=True, slots=True)
class SaidNo(CaseEvent):
    """A party outside refused; the card is as the last step left it. `reason` is its short word."""

    number: int
    by: Says
    reason: str


@dataclass(frozen=True, slots=True)
class TerminalAllows(CaseEvent):
    """The card-writing terminal lets this operator set a PIN without any other."""

    number: int


@dataclass(frozen=True, slots=True)
class PinRight(CaseEvent):
    """The card took the PIN that was shown."""

    number: int


@dataclass(frozen=True, slots=True)
class PinWrong(CaseEvent):
    """It did not; `tries_left` is 0 when it is locked now."""

    number: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class StepBegun(CaseEvent):
    """A step of a job begins."""

    number: int
    step: Step


class Result(Enum):
    """How a job ended. In every case the card is usable."""

    DONE = "done"
    PIN_WANTED = "pin-wanted"
    """The holder's PIN of the job's usage has to be shown first."""
    UNFIT = "unfit"
    """The new X.509 did not stand its trial: it was revoked and erased; what was in use still is."""
    NO_LINE_LEFT = "no-line-left"
    IS_FACE_AUTH = "is-face-auth"
    NO_USER_AUTH_X509 = "no-user-auth-x509"
    UNCLEAR = "unclear"
    """The card was lost in the very command that changes a PIN."""
    NEW_STAYS = "new-stays"
    """There was no way back any more: the new X.509 is in use, and the one before is revoked."""
    NEW_IN_FORCE = "new-in-force"
    OLD_IN_FORCE = "old-in-force"
    NEITHER_IN_FORCE = "neither-in-force"


@dataclass(frozen=True, slots=True)
class JobEnded(CaseEvent):
    """A job came to its end."""

    number: int
    result: Result


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A case that broke off and was not brought to its end: by its short code, with what it was about."""

    mark: str
    wish: Wish
    usages: tuple[Usage, ...]
    began: str
    """Day and time, as they are told."""


@dataclass(frozen=True, slots=True)
class UnfinishedSeen(CaseEvent):
    """Cases that wait for their cards, oldest first."""

    number: int
    cases: tuple[Unfinished, ...]


@dataclass(frozen=True, slots=True)
class CaseNamed(CaseEvent):
    """The short code of this case."""

    number: int
    mark: str


OwnEvent = (
    RulesSaid
    | RulesAway
    | Unproven
    | RenewalSaid
    | CardRead
    | BrokeOff
    | SaidNo
    | TerminalAllows
    | PinRight
    | PinWrong
    | PinTaken
    | StepBegun
    | JobEnded
    | SlipSettled
    | UnfinishedSeen
    | CaseNamed
)
"""Answers to the case's effects."""
