"""What can happen in a clerk's day, as it is written down: the closed sum of entries. Nothing personal stands in
any: staff are marks, residents ticket and document numbers. Paper is counted in sheets, money by piece."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.day.counts import Counts
from kiosk.counter.kinds import CaseKind

SAMPLE = "見本"
"""In the place of a document number: a test print."""


class Service(Enum):
    """What somebody draws a number for."""

    CERTIFICATE = "certificate"
    CARD_APPLICATION = "card-application"
    X509_PIN = "x509-pin"
    OTHER = "other"


class CustodyKind(Enum):
    """What is kept for the municipality or a resident, and never opened here."""

    SEALED_PIN_FORM = "sealed-pin-form"
    RETURNED_CARD = "returned-card"


class Whither(Enum):
    """Where something leaves custody to."""

    MUNICIPALITY = "municipality"
    HOLDER = "holder"


class TurnReason(Enum):
    """Why somebody is called before their turn."""

    ABSENT = "absent"
    """Whoever comes before is not there."""
    CANNOT_WAIT = "cannot-wait"
    EARLY = "early"
    """An appointment, before its time."""
    ONLY_HERE = "only-here"
    """What they came for is done by whoever is at this desk now."""


class CashReason(Enum):
    """Why money goes in or out of the drawer, besides residents'."""

    REFILL = "refill"
    """Change fetched from the safe."""
    SKIMMED = "skimmed"
    """Too much in the drawer: brought to the safe."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Something in custody. `number` is of the list and never given twice; `about` the mark of its case."""

    number: int
    kind: CustodyKind
    about: str


@dataclass(frozen=True, slots=True)
class Owed:
    """Yen of a resident who was gone before they could be given back. `number` is of the list and never given twice."""

    number: int
    yen: int


@dataclass(frozen=True, slots=True)
class Appointment:
    """Somebody comes on this day (ISO 8601) at this time (HH:MM). `number` is of the list and never given twice; who it
    is stands on their slip alone."""

    number: int
    day: str
    at: str
    service: Service


@dataclass(frozen=True, slots=True)
class Overnight:
    """What a closed day leaves to the next one, as it was counted: float and blank sheets (None before the first day),
    what lies in custody, what is owed to residents, appointments of later days, and which numbers of these lists come
    next."""

    drawer: Counts | None = None
    sheets: int | None = None
    custody: tuple[Kept, ...] = ()
    next_custody: int = 1
    owed: tuple[Owed, ...] = ()
    next_owed: int = 1
    appointments: tuple[Appointment, ...] = ()
    next_appointment: int = 1


@dataclass(frozen=True, slots=True)
class Opened:
    """The day begins: the float by piece, blank sheets in the tray, and what the day before left. Where float or sheets
    differ from that a `reason` is wanted, and a `second` who counted too."""

    day: str
    drawer: Counts
    sheets: int
    before: Overnight = field(default_factory=Overnight)
    reason: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class TestLooked:
    """Somebody looked at the test print and destroyed it."""

    good: bool


@dataclass(frozen=True, slots=True)
class Ticketed:
    """A number was given out: to whoever came for this, or with the number of their appointment."""

    number: int
    service: Service
    appointment: int = 0


@dataclass(frozen=True, slots=True)
class Called:
    """A number was called, at this time of day (HH:MM). Before its turn only for a `reason`."""

    number: int
    at: str = ""
    reason: TurnReason | None = None


@dataclass(frozen=True, slots=True)
class Served:
    """Whoever had that number was served, or did not come."""

    number: int
    came: bool = True


@dataclass(frozen=True, slots=True)
class Appointed:
    """An appointment was made, for today or a later day."""

    appointment: Appointment


@dataclass(frozen=True, slots=True)
class AppointmentOff:
    """It was called off."""

    number: int


@dataclass(frozen=True, slots=True)
class AppointmentPassed:
    """Its day is over, and nobody came."""

    number: int


@dataclass(frozen=True, slots=True)
class MoneyTaken:
    """A resident's notes and coins came into the drawer; nobody's yet."""

    pieces: Counts


@dataclass(frozen=True, slots=True)
class PayoutOrdered:
    """So many yen of the resident's money are to go back: change, or all of it."""

    yen: int


@dataclass(frozen=True, slots=True)
class PaidOut:
    """The clerk handed these over."""

    pieces: Counts


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """All that is due can't be given back: the resident is gone. It stays in the drawer, owed under a number of the
    list until they come for it."""

    number: int


@dataclass(frozen=True, slots=True)
class Claimed:
    """Whom that was owed to came and got it, before a second person: these notes and coins."""

    number: int
    pieces: Counts
    second: str


@dataclass(frozen=True, slots=True)
class FeeKept:
    """So much of the resident's money is the fee now."""

    yen: int


@dataclass(frozen=True, slots=True)
class CashMoved:
    """The drawer was filled or skimmed."""

    pieces: Counts
    reason: CashReason


@dataclass(frozen=True, slots=True)
class SheetsAdded:
    """Blank sheets were put into the tray."""

    sheets: int


@dataclass(frozen=True, slots=True)
class PrintBegun:
    """A document, or a test print, goes to the page printer. `ordered`: on the resident's own window, for a fee or
    free."""

    document: str
    sheets: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class PrintSettled:
    """What the device says: all of it came out; or it failed, and nothing was fed (`unfed`), or nobody knows without
    looking into the printer."""

    document: str
    whole: bool
    unfed: bool = False


@dataclass(frozen=True, slots=True)
class FoundRight:
    """The resident looked at these documents in the clerk's hand and said that name and number of sheets are right.
    Stands here before the fee is kept."""

    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HandedOver:
    """All sheets of these documents went to the resident: by hand, or from the tray. Those of an order by hand only
    after the resident has said that they are right; those of a case with its end."""

    documents: tuple[str, ...]
    by_hand: bool


@dataclass(frozen=True, slots=True)
class Destroyed:
    """So many sheets of a document were taken out face-down and destroyed, before a second person. None: nothing had
    been fed."""

    document: str
    sheets: int
    second: str


@dataclass(frozen=True, slots=True)
class NotTaken:
    """All sheets of these documents came out whole, the resident does not take them (not right, or left behind), and
    they were destroyed before a second person."""

    documents: tuple[str, ...]
    second: str


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Something came into custody."""

    kept: Kept


@dataclass(frozen=True, slots=True)
class GivenOut:
    """Something left custody, before a second person."""

    number: int
    whither: Whither
    second: str


@dataclass(frozen=True, slots=True)
class CaseAside:
    """A case was put aside, under a number of the day that is never given twice; `mark` is how the desk calls it."""

    number: int
    kind: CaseKind
    mark: str


@dataclass(frozen=True, slots=True)
class CaseBack:
    """One that was put aside is at the desk again. `lost`: the terminal that had it stopped, and it begins anew."""

    number: int
    lost: bool = False


@dataclass(frozen=True, slots=True)
class CountedCash:
    """The drawer was counted at the end. Where it differs a `reason` is wanted, and a `second` who counted too."""

    drawer: Counts
    reason: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class CountedThings:
    """Blank sheets in the tray and things in custody were counted at the end. Where either differs a `reason` is
    wanted, and a `second` who counted too."""

    sheets: int
    custody: int
    reason: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """The day ends: what stays as the next day's float, what goes to the bank, cases that are still open by their
    marks."""

    stays: Counts
    deposit: Counts
    still_open: tuple[str, ...] = ()


Entry = (
    Opened
    | TestLooked
    | Ticketed
    | Called
    | Served
    | Appointed
    | AppointmentOff
    | AppointmentPassed
    | MoneyTaken
    | PayoutOrdered
    | PaidOut
    | Unclaimed
    | Claimed
    | FeeKept
    | CashMoved
    | SheetsAdded
    | PrintBegun
    | PrintSettled
    | FoundRight
    | HandedOver
    | Destroyed
    | NotTaken
    | TakenIn
    | GivenOut
    | CaseAside
    | CaseBack
    | CountedCash
    | CountedThings
    | Closed
)
