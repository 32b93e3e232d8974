"""The closed sum of a card application's scenes: what both windows show, with what they need beside the case itself."""

from dataclasses import dataclass, field

from kiosk.counter.card_application.values import Asked, Granted, Listed
from kiosk.counter.refusal import Refusal
from kiosk.counter.slips import Slip
from kiosk.photo.encode import Photo
from kiosk.photo.gates import Hint, Judgement


@dataclass(frozen=True, slots=True)
class Begin:
    """A new one, or one that waits here. `listed` is None before the server answered; `away`: it did not."""

    listed: tuple[Listed, ...] | None = None
    away: bool = False
    busy: bool = False


@dataclass(frozen=True, slots=True)
class NotHere:
    """It may not be done here; a slip says where to go."""

    refusal: Refusal
    asked: Asked
    slip: Slip = Slip.NONE


@dataclass(frozen=True, slots=True)
class Who:
    """Who it is: name and day of birth. `answered`: the server was asked and found nobody."""

    busy: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class ByCard:
    """The resident's card lies on the reader and its PIN is typed on their window; how many digits, never which."""

    digits: int = 0
    busy: bool = False
    problem: str = ""
    tries_left: int = 0


@dataclass(frozen=True, slots=True)
class Quick:
    """Grounds of express issuance."""

    busy: bool = False
    refusal: Refusal | None = None
    granted: Granted | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Intent:
    """The resident reads what is asked, page by page, and says whether they want a card."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class Identity:
    """Documents are seen and scanned. `scanning` is the one on the scanner now."""

    scanning: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Filling:
    """The form is filled in, read on both windows, and confirmed by the resident. `confirming`: it is their turn;
    `objected`: they say something is wrong."""

    confirming: bool = False
    page: int = 0
    """How far the resident has read: how much stands on a page, their window knows."""
    objected: bool = False


@dataclass(frozen=True, slots=True)
class X509s:
    """Which X.509s the card gets."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A picture that was taken, or a print that was scanned."""

    judgement: Judgement = field(repr=False)
    photo: Photo | None
    scanned: bool
    serial: int


@dataclass(frozen=True, slots=True)
class PhotoScene:
    """The photo. Without `taken` the live picture is shown: `serial` counts its frames, 0 before the first; `guide` is
    where the clerk put crown and chin, in shares of the picture's height."""

    serial: int = 0
    hints: tuple[Hint, ...] = ()
    taken: Taken | None = None
    busy: bool = False
    problem: str = ""
    guide: tuple[float, float] | None = None
    overruled: frozenset[str] = frozenset()
    sees: frozenset[str] = frozenset()
    refused: tuple[str, ...] = ()
    """Findings that stand against it."""


@dataclass(frozen=True, slots=True)
class Signing:
    """How the name came into the box."""


@dataclass(frozen=True, slots=True)
class PinForm:
    """The sealed 暗証番号設定依頼書, and the old card."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """By mail or at the counter; the mail's questions."""


@dataclass(frozen=True, slots=True)
class Check:
    """All of it once more. `pages` of the printed form are shown; `sending` once it is on its way."""

    pages: int = 0
    serial: int = 0
    unprintable: tuple[str, ...] = ()
    """Fields that the form can't be printed with."""
    missing: tuple[str, ...] = ()
    printing: Slip = Slip.NONE


@dataclass(frozen=True, slots=True)
class SentScene:
    """It is with the municipality; the receipt."""

    slip: Slip = Slip.PRINTING


@dataclass(frozen=True, slots=True)
class Stopped:
    """The resident does not want it, or it was given up: nothing is kept but a withdrawal. `withdrawing`: the server is
    told."""

    declined: bool
    withdrawing: bool = False


Scene = (
    Begin
    | NotHere
    | Who
    | ByCard
    | Quick
    | Intent
    | Identity
    | Filling
    | X509s
    | PhotoScene
    | Signing
    | PinForm
    | Delivery
    | Check
    | SentScene
    | Stopped
)
