"""Why a visit ends without what it was for: the card or the order can't be served, or the machine is broken; and what
became of paper and money then."""

from dataclasses import dataclass
from enum import Enum

from kiosk.flow.means import Means
from kiosk.flow.values.order import Sheet


class DeclineReason(Enum):
    """Why a card is declined by the terminal itself, before or after its PIN was asked for."""

    FOREIGN_CARD = "foreign-card"
    PIN_LOCKED = "pin-locked"
    LOCKED_OR_FACE_AUTH = "locked-or-face-auth"
    FACE_AUTH = "face-auth"
    CARD_UNREADABLE = "card-unreadable"
    OTHER_CARD = "other-card"
    """Another card than the one the visit began with."""
    SERVER_AWAY = "server-away"
    SHEETS_NOT_RIGHT = "sheets-not-right"
    """Sheets came out, and nobody said of them that they are right."""
    NO_NUMBER = "no-number"
    """To hear one's number: a telephone, or a card without it."""
    NUMBER_LOCKED = "number-locked"
    """The PIN that the number lies behind."""
    POWER_CUT = "power-cut"


class FaultKind(Enum):
    """What went wrong with the machine."""

    SHEET_JAM = "sheet-jam"
    PAPER_EMPTY = "paper-empty"
    PRINTER_OPEN = "printer-open"
    TONER_EMPTY = "toner-empty"
    OUTPUT_FULL = "output-full"
    ONE_SIDED = "one-sided"
    """The backs stayed white: what came out is no certificate."""
    PRINTER_AWAY = "printer-away"
    PRINTER_STOPPED = "printer-stopped"
    SLIP_PAPER = "slip-paper"
    """Nothing is sold without a receipt, and a debt needs a slip."""
    SLIPS_STOPPED = "slips-stopped"
    CASH_STOPPED = "cash-stopped"
    CASHLESS_STOPPED = "cashless-stopped"
    """It can't say what became of a payment."""
    CASHLESS_UNDONE = "cashless-undone"
    """It could not say for a time: nothing was paid, or all of it is back."""
    CASHLESS_SUM = "cashless-sum"
    """Another sum than the fee was debited."""
    CASHLESS_REFUSED = "cashless-refused"
    """It says that it does not pay back."""
    JOURNAL_STOPPED = "journal-stopped"
    """What must survive a restart can't be written down."""
    SERVER_AWAY = "server-away"
    DOCUMENT_UNREADABLE = "document-unreadable"
    """The page's own code could not be read from the raster: a fault of the terminal."""
    INTEGRITY_ALARM = "integrity-alarm"
    """A document that does not answer the order: nobody is served until a person closes it (I9)."""


class MoneyOutcome(Enum):
    """What became of the money, said on every fault screen and slip."""

    NONE_TAKEN = "none-taken"
    RETURNED = "returned"
    RETURNED_PART = "returned-part"
    """The fee of the sheets that did not come out was returned; the rest was kept."""
    OWED = "owed"
    """It could not be returned and stands as a debt with a number on a slip."""
    KEPT = "kept"


class InDoubt(Enum):
    """What nobody can say of a cashless payment."""

    DEBIT = "debit"
    """Whether it was debited."""
    PAY_BACK = "pay-back"
    """It was debited: whether what is owed of it went back."""


@dataclass(frozen=True, slots=True)
class FaultReport:
    """What happened, what about the paper, what about the money. `reference` is a short code for staff, not a
    document number. In yen: `returned` for what was not delivered, `change` for what was paid in above the fee, `owed`
    what did not come out of either. The first `sheets_out` of the sheets came out and are good, the next `sheets_void`
    came out and are void: of a document that did not come out whole, or kept back by a clerk."""

    kind: FaultKind
    sheets: tuple[Sheet, ...]
    sheets_out: int
    money: MoneyOutcome
    returned: int
    owed: int
    reference: str
    change: int = 0
    restarted: bool = False
    """A restart cut the visit off: what was ordered is no longer known."""
    means: Means = Means.CASH
    in_doubt: InDoubt | None = None
    """Of a cashless payment: what nobody can say of that which is owed."""
    sheets_void: int = 0

    @property
    def staff_comes(self) -> bool:
        """Whether whoever stands there should wait for staff: not only to try again later."""
        return self.owed > 0 or not (self.restarted or self.kind is FaultKind.SERVER_AWAY)

    @property
    def paid_out(self) -> int:
        """Yen that lie in the return tray."""
        return self.returned + self.change if self.means is Means.CASH else 0
