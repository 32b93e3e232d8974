"""What the flow knows of board, offer, basket and documents: the terminal's own values, free of wire and window."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from hardware.voice.model import Tongue
from kiosk.flow.means import Means
from koufu.evidence.words import CertificateKind, Circle, Option, RefusalReason, Scope, circle_of, told_as


class Language(Enum):
    """Languages of the screens, by BCP 47 tag. Those without texts yet show English; `LANGUAGES_READY` says which."""

    JAPANESE = "ja"
    EASY_JAPANESE = "ja-easy"
    ENGLISH = "en"
    CHINESE_SIMPLIFIED = "zh-Hans"
    CHINESE_TRADITIONAL = "zh-Hant"
    KOREAN = "ko"
    VIETNAMESE = "vi"
    PORTUGUESE = "pt"
    NEPALI = "ne"
    INDONESIAN = "id"
    FILIPINO = "fil"


LANGUAGES_READY = (Language.JAPANESE, Language.ENGLISH)

_SPOKEN_IN_JAPANESE = (Language.JAPANESE, Language.EASY_JAPANESE)


def tongue_of(language: Language) -> Tongue:
    """The tongue that a language's screens are read out in: that of the words they show."""
    return Tongue.JAPANESE if language in _SPOKEN_IN_JAPANESE else Tongue.ENGLISH


@dataclass(frozen=True, slots=True)
class Presentation:
    """How the screens look and sound for the person in front."""

    language: Language = Language.JAPANESE
    large: bool = False
    contrast: bool = False
    low_reach: bool = False
    voice: bool = False
    left_hand: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A window (窓口) that can help where the terminal can't."""

    place: str
    hours: str
    phone: str
    bring: str
    place_en: str
    hours_en: str
    bring_en: str


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One kind on the start screen: fee in yen, hours today in minutes of the day."""

    kind: CertificateKind
    fee: int
    open_now: bool
    opens_at: int
    closes_at: int
    weekdays_only: bool


@dataclass(frozen=True, slots=True)
class Closure:
    """The next days without service; `until` is the last of them."""

    since: date
    until: date
    reason: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class RefusalText:
    """What a municipality says beside a reason: to the resident in both languages, to whoever is shown the slip at a
    counter. What is empty is left to the terminal."""

    reason: RefusalReason
    text: str
    text_en: str
    counter: str


@dataclass(frozen=True, slots=True)
class Board:
    """What can be had here without a card being shown."""

    municipality: str
    municipality_name: str
    municipality_name_en: str
    rows: tuple[BoardRow, ...]
    closure: Closure | None
    window: Window
    refusal_texts: tuple[RefusalText, ...] = ()

    def refusal_text(self, reason: object) -> RefusalText | None:
        """What the municipality says beside a reason; of what is withheld as of what is not offered (I14)."""
        as_told = told_as(reason) if isinstance(reason, RefusalReason) else None
        return next((each for each in self.refusal_texts if each.reason is as_told), None)


@dataclass(frozen=True, slots=True)
class Municipality:
    """Another municipality that serves people for their koseki, as the signed directory names it. `kana` is its name in
    hiragana."""

    code: str
    name: str
    name_en: str
    kana: str
    prefecture: str
    prefecture_en: str


@dataclass(frozen=True, slots=True, repr=False)
class Matter:
    """What a document can be about besides whom: a fiscal year, or which damage. `refusal` says why not, when not."""

    reference: str
    label: str
    label_en: str
    refusal: RefusalReason | None = None

    def __repr__(self) -> str:
        return "<Matter>"


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """What this resident may order of one kind. `refusal` says why not, when not; `matters` only of kinds that have
    any."""

    kind: CertificateKind
    fee: int
    scopes: tuple[Scope, ...]
    options: tuple[Option, ...]
    max_copies: int
    refusal: RefusalReason | None
    matters: tuple[Matter, ...] = ()

    def about(self, reference: str) -> Matter | None:
        """The matter of a reference."""
        return next((matter for matter in self.matters if matter.reference == reference), None)


@dataclass(frozen=True, slots=True, repr=False)
class Member:
    """A person whom the resident may choose, among those of the household or of the koseki. `reference` is good in this
    session only."""

    reference: str
    name: str
    is_self: bool
    circle: Circle = Circle.HOUSEHOLD

    def __repr__(self) -> str:
        return "<Member>"


class Advice(Enum):
    """What a municipality advises for a purpose."""

    ORDER = "order"
    PAPER_NOT_NEEDED = "paper-not-needed"
    """Whoever asks for it looks it up by itself."""
    WINDOW_BETTER = "window-better"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to order for a purpose."""

    kind: CertificateKind
    scope: Scope
    options: frozenset[Option]


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a certificate is for and what the municipality suggests for it: None when there is nothing to order, and the
    advice says what to do instead. `code` names texts and pictogram; `name` and `note` are the municipality's own
    words, empty where the terminal's stand."""

    code: str
    suggests: Suggestion | None
    advice: Advice = Advice.ORDER
    name: str = ""
    name_en: str = ""
    note: str = ""
    note_en: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """What the server offers this resident in this session. `expires_at` in Unix seconds."""

    version: str
    session_nonce: bytes
    expires_at: int
    kinds: tuple[OfferedKind, ...]
    members: tuple[Member, ...]
    purposes: tuple[Purpose, ...]

    def of(self, kind: CertificateKind) -> OfferedKind | None:
        """What is offered of a kind."""
        return next((offered for offered in self.kinds if offered.kind is kind), None)

    def people(self, kind: CertificateKind) -> tuple[Member, ...]:
        """Among whom the persons of a kind are chosen."""
        circle = circle_of(kind)
        return tuple(member for member in self.members if member.circle is circle)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the basket as it stands now. `fee` is in yen for one copy."""

    kind: CertificateKind
    scope: Scope
    options: frozenset[Option]
    members: tuple[str, ...]
    copies: int
    fee: int
    matter: str = ""
    """Reference of what it is about, for kinds that have that."""

    @property
    def total(self) -> int:
        """Yen for all copies."""
        return self.fee * self.copies


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet that will come out: which kind, which page of how many."""

    kind: CertificateKind
    page: int
    pages: int


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


class OutOfService(Enum):
    """Why the terminal serves nobody now."""

    STARTING = "starting"
    ON_BATTERY = "on-battery"
    DOOR = "door"
    NOT_OPEN = "not-open"
    """A clerk's desk stands beside it, and its day is not open: sheets would come out that stand in no book."""
    SERVER_AWAY = "server-away"
    NOT_ADMITTED = "not-admitted"
    NOT_SERVED = "not-served"
    """The signed directory names no server for this terminal's municipality."""
    SUSPENDED = "suspended"
    PRINTER = "printer"
    PAPER = "paper"
    SLIPS = "slips"
    """The printer of receipts and slips."""
    SLIP_PAPER = "slip-paper"
    """Its roll is at its end, or so near it that no sale begins."""
    UNSETTLED = "unsettled"
    """Money of which nobody knows what became: staff must look into it and start the terminal anew."""
    CASH = "cash"
    NO_CHANGE = "no-change"
    """The money device has too little change for anybody to pay."""
    JOURNAL = "journal"
    """What must survive a restart can't be written down."""
    CARD_READER = "card-reader"
    SENSORS = "sensors"
    """Nobody knows what lies in tray and slots."""
    LEFT_BEHIND = "left-behind"
    """A sheet, a card or money of the last person was not taken (I13)."""


class Belonging(Enum):
    """What a person takes along at the end."""

    CARD = "card"
    CHANGE = "change"
    SHEETS = "sheets"
    RECEIPT = "receipt"
