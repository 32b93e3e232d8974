"""What a card application hears: answers of its effects, and touches of both windows. Pure data."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.card_application.values import Granted, Listed, Mirror, Resident
from kiosk.counter.case import CaseEvent
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import SlipSettled
from kiosk.photo.encode import Photo
from kiosk.photo.gates import Hint, Judgement


class CardTouch(CaseEvent):
    """Base of touches: whoever stands at a window has one case before them."""

    __slots__ = ()


class Key(Enum):
    """Keys without anything else to say."""

    NEXT = "next"
    BACK = "back"
    AGAIN = "again"
    """Tries once more what did not work."""
    FINISH = "finish"
    STOP = "stop"
    """The resident does not want it, or it is given up."""
    READ_AGAIN = "read-again"
    AFFIRM = "affirm"
    """The resident says yes on their own window."""
    DECLINE = "decline"
    READ_ON = "read-on"
    """The next page of what is to be confirmed."""
    CONFIRM = "confirm"
    """The resident confirms what stands there."""
    OBJECT = "object"
    """Something there is wrong."""
    BY_CARD = "by-card"
    """They have their card with them, and its PIN."""
    PIN_ENTERED = "pin-entered"
    SCAN = "scan"
    TAKE_PHOTO = "take-photo"
    SCAN_PRINT = "scan-print"
    RETAKE = "retake"
    PRINT_FORM = "print-form"
    SEND = "send"


@dataclass(frozen=True, slots=True)
class Touched(CardTouch):
    """A key was pressed."""

    key: Key


@dataclass(frozen=True, slots=True)
class Chosen(CardTouch):
    """One of several in a question; the same again takes it back where nothing has to be chosen."""

    name: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Marked(CardTouch):
    """One of a set: marked, or no longer."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class WaitingChosen(CardTouch):
    """An application that waits here is taken up again."""

    listed: Listed


@dataclass(frozen=True, slots=True)
class DocumentLeft(CardTouch):
    """A document is not shown after all."""

    kind: str


@dataclass(frozen=True, slots=True)
class GuideMoved(CardTouch):
    """The clerk moves the guide frame: crown and chin, in shares of the picture's height."""

    crown: float
    chin: float


@dataclass(frozen=True, slots=True)
class CardEvent(CaseEvent):
    """Base of answers."""

    number: int


@dataclass(frozen=True, slots=True)
class AllowedAnswered(CardEvent):
    """What the rules of the place say; None: it may be done."""

    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class HereListed(CardEvent):
    """The applications of this office; None when the server did not answer."""

    listed: tuple[Listed, ...] | None


@dataclass(frozen=True, slots=True)
class TakenUp(CardEvent):
    """An application as the server has it; None when it can't be had."""

    mirror: Mirror | None


@dataclass(frozen=True, slots=True)
class FindAnswered(CardEvent):
    """Who was found, or why nobody."""

    found: Resident | Refusal


@dataclass(frozen=True, slots=True)
class CardSaidNothing(CardEvent):
    """Why the resident's card does not say who it is; `tries_left` after a wrong PIN."""

    why: str
    tries_left: int = 0


@dataclass(frozen=True, slots=True)
class ExpressAnswered(CardEvent):
    """Whether it may be."""

    answer: Granted | Refusal


@dataclass(frozen=True, slots=True)
class Sent(CardEvent):
    """A step was made at the server."""

    flight: int
    application: str
    version: int
    state: str


@dataclass(frozen=True, slots=True)
class SendRefused(CardEvent):
    """It was not."""

    flight: int
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class ServerSilent(CardEvent):
    """The server did not answer what was asked; `flight` is 0 for what only looks something up."""

    flight: int = 0


@dataclass(frozen=True, slots=True)
class Scanned(CardEvent):
    """What lay on the scanner, with nothing but its pixels."""

    kind: str
    media_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ScanFailed(CardEvent):
    """Nothing lay there, or it can't be read: a word of the scanner's or of the photo intake's."""

    why: str


@dataclass(frozen=True, slots=True)
class FrameSeen(CardEvent):
    """A live picture is shown: what helps, the most helpful first."""

    serial: int
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class PhotoTaken(CardEvent):
    """A picture was taken, cut and judged; `photo` is None where nothing can be cut out."""

    judgement: Judgement = field(repr=False)
    photo: Photo | None
    scanned: bool
    serial: int


@dataclass(frozen=True, slots=True)
class CameraFailed(CardEvent):
    """No live picture: absent, gone, frozen, dark."""

    why: str


@dataclass(frozen=True, slots=True)
class FormShown(CardEvent):
    """The form's pages are on the windows; `pages` is 0 where it can't be had, for these fields (I10)."""

    pages: int
    serial: int = 0
    """Tells the pictures from those before."""
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FormPrinted(CardEvent):
    """Whether it came out."""

    out: bool


Heard = CardTouch | CardEvent | SlipSettled
"""What its scenes hear of."""
