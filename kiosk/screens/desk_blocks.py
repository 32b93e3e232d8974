"""Blocks of the clerk's window, beside those of `blocks` and `controls`: what is typed by a real keyboard, lists, and
the resident's screen. One file of `qml/blocks` for each class here."""

from dataclasses import dataclass, field
from enum import Enum

from kiosk.screens.blocks import Block, Tone
from kiosk.screens.controls import Control


class EntryKind(Enum):
    """What a text field takes."""

    TEXT = "text"
    FIGURES = "figures"
    LONG = "long"
    """Several lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry(Block):
    """A text field. What is typed goes to the desk as `FieldTyped`, letter by letter. `serial` changes when the field
    is to show `value` again whatever was typed meanwhile. `width` in mm, 0 for all there is. A page whose
    shape changes (`wire.shape`) comes as new items, so keep it while somebody types."""

    name: str
    label: str
    value: str = field(repr=False)
    hint: str = ""
    problem: str = ""
    kind: EntryKind = EntryKind.TEXT
    most: int = 200
    """Characters."""
    width: float = 0
    serial: int = 0
    first: bool = False
    """Has the keyboard when the screen appears."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretEntry(Block):
    """Where a password or a staff card's PIN is typed: characters go to the clerk's pad, their count comes back."""

    name: str
    label: str
    count: int
    hint: str = ""
    width: float = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `share` of the width; figures stand right."""

    label: str
    share: float
    figure: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row; with a key the whole row can be pressed. Cells may be personal."""

    cells: tuple[str, ...] = field(repr=False)
    key: Control | None = None
    tone: Tone = Tone.INK
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Block):
    """Rows under their heads; `empty` is said where there are none."""

    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    empty: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """A name and what it comes to."""

    name: str
    value: str
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account(Block):
    """Sums one under the other."""

    rows: tuple[Sum, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(Block):
    """Blocks side by side; `shares` of the width."""

    parts: tuple[tuple[Block, ...], ...]
    shares: tuple[float, ...] = ()
    between: float = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched(Block):
    """The resident's window, small; `hidden` while a PIN is typed there. `picture` counts the pictures taken."""

    title: str
    step: str
    hidden: str
    picture: int
    portrait: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LivePicture(Block):
    """A picture that is kept in memory alone, by its name and how many there were: of a camera, of a page. `height` in
    mm, `ratio` of width to height. `guide`: where crown and chin belong, in shares of the picture's height."""

    name: str
    serial: int
    height: float
    ratio: float
    guide: tuple[float, float] | None
    label: str
    """Read out in the picture's place."""
