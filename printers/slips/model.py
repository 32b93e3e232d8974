"""What a slip is made of, without any printer. Pure. A slip never holds personal data or the content of a document."""

from dataclasses import dataclass
from enum import Enum


class Align(Enum):
    """Where a line stands."""

    LEFT = "left"
    CENTRE = "centre"
    RIGHT = "right"


class Size(Enum):
    """Times the printer's own character, 12 or 24 dots wide and 24 high: across and down."""

    NORMAL = (1, 1)
    TALL = (1, 2)
    LARGE = (2, 2)
    HUGE = (3, 3)

    @property
    def across(self) -> int:
        """Times as wide."""
        return self.value[0]

    @property
    def down(self) -> int:
        """Times as high."""
        return self.value[1]


class Rule(Enum):
    """A line across the paper."""

    THIN = "thin"
    THICK = "thick"
    DOTTED = "dotted"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph; it wraps at the paper's edge. `indent` is in half-width characters; `mark` stands before the first
    line, and the others hang under its text."""

    text: str
    size: Size = Size.NORMAL
    bold: bool = False
    align: Align = Align.LEFT
    indent: int = 0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A label at the left and a value at the right of the same line; a long label wraps above the value."""

    label: str
    value: str
    size: Size = Size.NORMAL
    bold: bool = False
    indent: int = 0


@dataclass(frozen=True, slots=True)
class Banner:
    """White letters on a black bar: what must be seen first."""

    text: str


@dataclass(frozen=True, slots=True)
class Space:
    """Empty paper, in dots."""

    dots: int


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, centred; `module` is the size of a module in dots."""

    content: str
    module: int = 6


Part = Text | Row | Banner | Rule | Space | Qr


@dataclass(frozen=True, slots=True)
class Slip:
    """Parts from top to bottom; the paper is cut after the last."""

    parts: tuple[Part, ...]


class Paper(Enum):
    """Printable width in dots at 203 dpi."""

    MM_58 = 384
    MM_80 = 576


class KanjiRom(Enum):
    """Which two-byte characters the printer has; all others go as raster."""

    CP932 = "cp932"
    """With NEC's and IBM's characters, such as 髙 and 﨑."""
    JIS_X_0208 = "shift_jis"
    """Only the standard's own."""
