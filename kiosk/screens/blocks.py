"""What a screen is put together from: the closed vocabulary that presenters write in and QML draws, one file of
`qml/blocks` for each class here. Plain values, no decisions."""

from dataclasses import dataclass
from enum import Enum

from kiosk.texts.formats import Amount


class Role(Enum):
    """Sizes of type that words may have; the table of all stands in `qml/Theme.qml`."""

    LABEL = "label"
    BODY = "body"
    ITEM = "item"


class Tone(Enum):
    """What a colour says."""

    INK = "ink"
    QUIET = "quiet"
    SUCCESS = "success"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """`gap` is the room above in mm."""

    gap: float = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Title(Block):
    """One on each screen."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words(Block):
    """A paragraph."""

    text: str
    role: Role = Role.BODY
    tone: Tone = Tone.INK


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner(Block):
    """Icon and what kind of screen this is: information, a fault."""

    icon: str
    text: str
    tone: Tone


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Block):
    """A hairline, or a strong line before a sum."""

    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Head(Block):
    """Heads a list: icon, words, and something on the right, over a hairline."""

    text: str
    icon: str = ""
    right: str = ""
    tone: Tone = Tone.INK


@dataclass(frozen=True, slots=True)
class Price:
    """A row of the board."""

    name: str
    aside: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prices(Block):
    """Rows with hairlines between them. `compact` rows are lower, `dense` ones lowest, `roomy` ones higher."""

    rows: tuple[Price, ...]
    compact: bool = False
    dense: bool = False
    roomy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Block):
    """A bold label and a sentence beside it; in large type at both ends of the line. A strong rule on top."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PinDots(Block):
    """A square for each sign that a PIN may have: how many there are. Red-edged after a wrong PIN."""

    digits: int
    wrong: bool
    spoken: str
    places: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Tries(Block):
    """How many tries are left, as a figure and as discs, and the hand over the keys."""

    before: str
    figure: str
    after: str
    discs: int
    cover: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Block):
    """What is wrong with an entry, beside a triangle."""

    text: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of the page picture: always there, shown (blue) or left out (in brackets)."""

    text: str
    shown: bool
    fixed: bool


@dataclass(frozen=True, slots=True)
class Paper:
    """The picture of a page; holds no personal data. Without lines it shows grey bars. `dense` lines stand closer."""

    title: str
    lines: tuple[PaperLine, ...]
    dense: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary(Block):
    """What the choice below gives: page picture, words, copies and fee."""

    paper: Paper | None
    intro: str
    name: str
    checks: tuple[str, ...]
    text: str
    copies: str
    fee: Amount
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyPage(Block):
    """Before a choice: where the page will be."""

    text: str


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of the basket as it is read."""

    name: str
    aside: str
    details: str
    fee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLines(Block):
    """The basket. `compact` lines have their details beside the name, where there is room."""

    lines: tuple[OrderLine, ...]
    compact: bool = False


@dataclass(frozen=True, slots=True)
class AmountRow:
    """Label left, figure right."""

    label: str
    amount: Amount


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts(Block):
    """Amounts one under the other; the last, under a strong rule, is the one that matters."""

    rows: tuple[AmountRow, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A picture of where something goes in or comes out, and what is said of it."""

    picture: str
    head: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Places(Block):
    """One or two places side by side."""

    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice(Block):
    """An information disc and a sentence, no box."""

    text: str
    role: Role = Role.BODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture(Block):
    """A large picture in a room `height` mm high, 0 for all there is. `moving` is a card that moves along its arrow:
    "", "down" or "up"."""

    name: str
    height: float
    ratio: float = 1.1
    """Width to height of the drawing."""
    moving: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printout(Block):
    """A page rising from the slot as far as the device reported (0-1)."""

    title: str
    progress: float
    height: float


@dataclass(frozen=True, slots=True)
class SheetProgress:
    """One sheet and how far it is (0-1)."""

    ordinal: str
    unit: str
    name: str
    state: str
    progress: float
    current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetsProgress(Block):
    """One bar for each sheet."""

    sheets: tuple[SheetProgress, ...]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Something to take; ticked by the sensors."""

    done: bool
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Checklist(Block):
    """What a person takes along."""

    rows: tuple[CheckRow, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A pictogram, what it is about, and what is said of it. `strong` stands before the
    text, in bold, with `beside` next to it; a `big` head is a telephone number."""

    icon: str
    head: str
    text: str
    strong: str = ""
    beside: str = ""
    big: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts(Block):
    """Facts with hairlines above each."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetState(Block):
    """A sheet that came out or did not."""

    done: bool
    ordinal: str
    name: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine(Block):
    """An amount and what became of it. `after` follows on its line; where that has no room, `alone` stands below."""

    amount: Amount
    after: str
    alone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Block):
    """A step of what is asked for."""

    number: str
    text: str
    label: str = ""
    strong: str = ""
    """Below the text: a label and, in bold, what it labels."""
    big: bool = False
    """What it labels is to be copied by hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section(Block):
    """A label and what stands beside it (in large type below it), under a hairline."""

    label: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipBand(Block):
    """What is to be taken along: a slip, or before it the card. The first line is bold."""

    text: str
    icon: str = "receipt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption(Block):
    """Above a row of keys."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Countdown(Block):
    """Seconds as a figure and as a bar."""

    figure: str
    unit: str
    left: float
