"""What a finger can do on a screen: keys and the rows they stand in. The closed vocabulary of touch; `blocks` is that
of reading."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.counter.touches import DeskTouch
from kiosk.flow.touches import Touch
from kiosk.screens.blocks import Block

AnyTouch = Touch | DeskTouch
"""Of the resident's flow, or of the clerk's desk, whose cases have keys in both windows."""


class RowStyle(Enum):
    """How the keys of a row look."""

    CARD = "card"
    """Pictogram left, words, ring right: a choice."""
    RING = "ring"
    """Ring and words in the middle: a choice of few."""
    SETTING = "setting"
    """Pictogram above words."""
    PLAIN = "plain"
    """Words, perhaps a pictogram before them."""
    SIGN = "sign"
    """A sign to type, or a word among such keys."""
    WIDE = "wide"
    """Pictogram and words left, chevron right: leads on to something."""
    TAB = "tab"
    """Pictogram and words from the left: a page of the clerk's window."""
    LISTED = "listed"
    """Words and note left, value and ring right: a choice in a list."""


@dataclass(frozen=True, slots=True)
class Control:
    """A key. `name` is how tests and scripted residents find it; without a `touch` it is disabled and says by its look
    that it is. `note` stands below the words, `value` right of them. The words may be a resident's name."""

    name: str
    text: str = field(repr=False)
    touch: AnyTouch | None
    icon: str = ""
    chosen: bool = False
    note: str = ""
    value: str = ""
    spoken: str = ""
    """What a screen reader says, where it is not the text."""
    leads: bool = False
    """Leads on at once: a chevron in the place of the ring."""
    tells: bool = False
    """Can't be had, and says why once it is touched: an information disc in the place of the ring."""
    turns: bool = False
    """Turns to the next page of what can be touched, and is no touch."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow(Block):
    """Keys of the same width. `columns` keeps the width when there are fewer keys."""

    keys: tuple[Control, ...]
    style: RowStyle
    height: float
    columns: int
    between: float = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Toggle(Block):
    """Something to show or to leave out: never a switch."""

    name: str
    reason: str
    keys: tuple[Control, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepper(Block):
    """A basket line: fewer, how many, more, and one thing to do with it. `details` tell it from another of its kind."""

    name: str
    details: str
    count: str
    fewer: Control
    more: Control
    other: Control


@dataclass(frozen=True, slots=True, kw_only=True)
class SignKeys(Block):
    """The capitals and the ten digits of a signing PIN. Which one was pressed goes to its pad and nowhere else."""

    height: float
    sign: str
    """What a screen reader says of each."""
    erase_all: str
    erase_one: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Board(Block):
    """A pointing board (文字盤): few large keys, or a single one. What stands on them is between the pad and whoever is
    before it; this block does not know it. `signs`: capitals and digits, else digits alone."""

    height: float
    kind: str
    """"big" or "one-by-one"."""
    signs: bool
    sign: str
    """What a screen reader says of each."""
    this: str
    other: str
    groups: str
    """Back to the groups."""
    erase_one: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Keypad(Block):
    """Twelve keys. Which digit was pressed goes to the PIN pad and nowhere else."""

    height: float
    digit: str
    erase_all: str
    erase_one: str
