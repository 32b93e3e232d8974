"""The closed sum of scenes: what is on the screen, with exactly the data that screen needs. Only `kiosk.flow.step`
decides which follows which."""

from dataclasses import dataclass
from enum import Enum

from hardware.card.model import CardFacts
from hardware.cashless.model import WhyNot
from kiosk.flow.claims import EnrolmentField
from kiosk.flow.means import Means
from kiosk.flow.slips import Receipt
from kiosk.flow.typing import Typed
from kiosk.flow.values.board import Window
from kiosk.flow.values.order import Line
from kiosk.flow.values.service import Belonging, OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultReport
from koufu.evidence.words import CertificateKind, Option, RefusalReason


@dataclass(frozen=True, slots=True)
class Closed:
    """Nobody is served, for a stated reason."""

    reasons: frozenset[OutOfService]


@dataclass(frozen=True, slots=True)
class Start:
    """01. What can be had; waits for a touch or a card."""


@dataclass(frozen=True, slots=True)
class AtCounter:
    """A clerk's desk holds the terminal for a case. What is shown is the desk's, and nothing here begins a visit."""


@dataclass(frozen=True, slots=True)
class ChooseWhere:
    """Before 02, where koseki are kept elsewhere too: where one lives, or where one's koseki is."""


@dataclass(frozen=True, slots=True)
class ChooseMunicipality:
    """Where the koseki is: which prefecture, then which municipality."""

    prefecture: str | None


@dataclass(frozen=True, slots=True)
class OfferEnrolment:
    """The koseki is kept here, its person is not enrolled: why not, and that they can apply."""

    reason: RefusalReason


@dataclass(frozen=True, slots=True)
class Enrol:
    """One of the things asked of whoever applies. `figures`: the keys give figures, not kana."""

    field: EnrolmentField
    typed: Typed
    figures: bool


@dataclass(frozen=True, slots=True)
class ReviewEnrolment:
    """All that was typed, before the card proves it."""


@dataclass(frozen=True, slots=True)
class ProvingEnrolment:
    """The card proves it, and it goes up."""


@dataclass(frozen=True, slots=True)
class Enrolled:
    """It was applied for. `slip` when one with the number came out."""

    number: str
    slip: bool


@dataclass(frozen=True, slots=True)
class AwaitCard:
    """02. Waits for a card. `again` when answers are kept and the same card is wanted back."""

    again: bool = False


@dataclass(frozen=True, slots=True)
class ReadingCard:
    """Between 02 and 03: facts are read and the session is opened."""


@dataclass(frozen=True, slots=True)
class EnterPin:
    """03. `digits` are typed so far. `wrong` after a wrong PIN; `again` when the card forgot it (6982)."""

    facts: CardFacts
    tries_left: int
    digits: int = 0
    wrong: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class CheckingPin:
    """After 03: the card verifies, the answer goes up, the offer comes back."""


@dataclass(frozen=True, slots=True)
class PlugIn:
    """Whoever wants to hear their number needs headphones. `missing`: none are plugged in; before, they are looked
    for."""

    missing: bool = False


@dataclass(frozen=True, slots=True)
class NumberReady:
    """The PIN was right: the number may be heard `times` more, 0 to 2. `cut`: the headphones were pulled out."""

    times: int
    cut: bool = False


@dataclass(frozen=True, slots=True)
class TellingNumber:
    """The number is read out through the headphones. The screen knows nothing of it."""


@dataclass(frozen=True, slots=True)
class ChoosePurpose:
    """04. `chosen` is a purpose code."""

    chosen: str | None = None


@dataclass(frozen=True, slots=True)
class ChooseKind:
    """04, by name. Kinds that can't be had show their reason."""

    chosen: CertificateKind | None = None


@dataclass(frozen=True, slots=True)
class Advised:
    """04, before a purpose is taken: paper may not be needed, or a window is better. `code` is the purpose's."""

    code: str


@dataclass(frozen=True, slots=True)
class ChooseMatter:
    """05, what it is about: which year, which damage. The reference chosen so far stands in `line.matter`, also that of
    one that can't be had, whose reason is being read. `editing` as in `ChooseOptions`."""

    line: Line
    editing: int | None


@dataclass(frozen=True, slots=True)
class ChooseOptions:
    """05. The line as it stands; `editing` is its place in the basket, or None when it is new."""

    line: Line
    editing: int | None


@dataclass(frozen=True, slots=True)
class ChooseMembers:
    """05, whom. The references chosen so far stand in `line.members`."""

    line: Line
    editing: int | None


@dataclass(frozen=True, slots=True)
class WarnNumber:
    """05, before a number is shown: who alone may be given such a page."""

    line: Line
    editing: int | None
    option: Option


@dataclass(frozen=True, slots=True)
class Confirm:
    """06. The basket of the visit and its fee."""


@dataclass(frozen=True, slots=True)
class ProvingOrder:
    """Between 06 and 07: the card proves the order."""


@dataclass(frozen=True, slots=True)
class TakeCard:
    """07. The card is still on the reader; documents are prepared meanwhile."""


@dataclass(frozen=True, slots=True)
class Preparing:
    """Between 07 and 08: the card is gone, the server still prepares."""


@dataclass(frozen=True, slots=True)
class ChooseMeans:
    """Before 08, where there is a payment terminal: cash or cashless. `declined`: why nothing was debited just now."""

    declined: WhyNot | None = None


@dataclass(frozen=True, slots=True)
class Present:
    """08, cashless: what is paid with is presented to the payment terminal. `stopping`: the resident wants back to the
    choice, and the terminal has not said yet that nothing was debited."""

    stopping: bool = False


@dataclass(frozen=True, slots=True)
class AskingDebit:
    """Nobody knows yet whether it was debited; the payment terminal is being asked."""


@dataclass(frozen=True, slots=True)
class Pay:
    """08. `held` yen are in; `accepted` are the denominations the device takes now."""

    held: int
    accepted: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ReturningMoney:
    """The device gives the money back after the person asked for it or time ran out."""


@dataclass(frozen=True, slots=True)
class Releasing:
    """Between 08 and 09: statements and keys come, documents are checked before paper moves."""


@dataclass(frozen=True, slots=True)
class Printing:
    """09. Sheet `sheet` of `sheets` (from 1), side 1 face, 2 back."""

    sheet: int
    side: int


@dataclass(frozen=True, slots=True)
class LookAtSheets:
    """Between 09 and 10, where a clerk hands the sheets over: nothing is kept before the resident has said that name
    and number of sheets are right. `shown`: the clerk shows them now. `right`: they said so, and it is being written
    down."""

    sheets: int
    shown: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class TakeSheets:
    """10. What came out, and what still lies there. Without a fee there is no receipt; `missing` is one that did not
    come out."""

    sheets: int
    change: int
    waiting: frozenset[Belonging]
    receipt: bool = True
    missing: Receipt | None = None


@dataclass(frozen=True, slots=True)
class TakeBelongings:
    """An end without sheets: card, money or slip are still to be taken."""

    waiting: frozenset[Belonging]


@dataclass(frozen=True, slots=True)
class Declined:
    """11. The terminal or the server can't serve this card or order. `slip` when a guidance slip came out."""

    reason: DeclineReason | RefusalReason
    kind: CertificateKind | None
    window: Window | None
    slip: bool
    returned: int = 0
    means: Means = Means.CASH


class SlipState(Enum):
    """How it stands with the slip of a fault."""

    COMING = "coming"
    OUT = "out"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Fault:
    """12. What happened, paper, money, please. Without a visit it tells of one that a restart cut off."""

    report: FaultReport
    slip: SlipState = SlipState.COMING


Scene = (
    Closed
    | Start
    | AtCounter
    | ChooseWhere
    | ChooseMunicipality
    | OfferEnrolment
    | Enrol
    | ReviewEnrolment
    | ProvingEnrolment
    | Enrolled
    | AwaitCard
    | ReadingCard
    | EnterPin
    | CheckingPin
    | PlugIn
    | NumberReady
    | TellingNumber
    | ChoosePurpose
    | ChooseKind
    | Advised
    | ChooseMatter
    | ChooseOptions
    | ChooseMembers
    | WarnNumber
    | Confirm
    | ProvingOrder
    | TakeCard
    | Preparing
    | ChooseMeans
    | Present
    | AskingDebit
    | Pay
    | ReturningMoney
    | Releasing
    | Printing
    | LookAtSheets
    | TakeSheets
    | TakeBelongings
    | Declined
    | Fault
)


@dataclass(frozen=True, slots=True)
class IdleWarning:
    """Over a scene: nobody touched anything; `seconds_left` until everything is erased."""

    seconds_left: int


@dataclass(frozen=True, slots=True)
class AskCancel:
    """Over a scene: really stop?"""


@dataclass(frozen=True, slots=True)
class SeeingAndHearing:
    """Over a scene: large text, contrast, low reach, left hand, voice."""


@dataclass(frozen=True, slots=True)
class Languages:
    """Over a scene: the languages."""


@dataclass(frozen=True, slots=True)
class StaffCalled:
    """Over a scene: staff were called and the screen waits."""


Overlay = IdleWarning | AskCancel | SeeingAndHearing | Languages | StaffCalled
