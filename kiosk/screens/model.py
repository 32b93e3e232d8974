"""A screen as data: everything that is drawn, and for each key the touch it means. The window knows nothing else."""

from dataclasses import dataclass

from kiosk.screens.blocks import Block
from kiosk.screens.controls import AnyTouch, Control, KeyRow, Stepper, Toggle
from kiosk.screens.grid import Grid
from kiosk.screens.panel import Look


@dataclass(frozen=True, slots=True)
class Header:
    """Whose machine this is, where it stands, and when. Empty strings are left out."""

    emblem: bool
    municipality: str
    place: str
    date: str
    time: str


@dataclass(frozen=True, slots=True)
class Steps:
    """Where in the visit we are. `now` counts from 1; `large` is the one line that large type shows."""

    names: tuple[str, ...]
    now: int
    large: str
    spoken: str


@dataclass(frozen=True, slots=True)
class Band:
    """In the place of the primary key: what is waited for. `figure` and `after` follow the text."""

    icon: str
    text: str
    figure: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """In the place of Back."""

    icon: str
    text: str


@dataclass(frozen=True, slots=True)
class Action:
    """The action row. Without a touch the primary key says what is missing. `ends` has no chevron."""

    back: Control | None = None
    primary: Control | None = None
    band: Band | None = None
    hint: Hint | None = None
    ends: bool = False
    wide: bool = False
    """The primary key fills the row."""


@dataclass(frozen=True, slots=True)
class Utilities:
    """The strip at the bottom: up to four places in a fixed order, some empty, and perhaps a sentence on the left."""

    keys: tuple[Control | None, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What lies over a screen."""

    name: str
    blocks: tuple[Block, ...]
    action: Action
    voice: str


@dataclass(frozen=True, slots=True)
class ScreenModel:
    """One screen. `pages` are what can be touched, turned by keys of the screen's own when there is more than one; in a
    screen without anything to touch the only page is more to read. `foot` stands just above the action row."""

    scene: str
    title: str
    voice: str
    """Said aloud when the screen appears and whenever this changes: whole sentences, the same in every look."""
    look: Look
    grid: Grid
    header: Header | None
    steps: Steps | None
    read: tuple[Block, ...]
    pages: tuple[tuple[Block, ...], ...]
    foot: tuple[Block, ...]
    menu: bool
    """The first page only leads to the others."""
    page_keys: tuple[str, str]
    action: Action
    utilities: Utilities
    sheet: Sheet | None
    private: bool = False
    """A clerk beside the resident is shown nothing of it."""

    def touches(self) -> dict[str, AnyTouch]:
        """What each key means: name → touch. While something lies over the screen, only what lies there."""
        return {control.name: control.touch for control in self.controls() if control.touch is not None}

    def controls(self) -> tuple[Control, ...]:
        """All keys that can be reached now, in reading order."""
        if self.sheet is not None:
            return (*_keys_of(self.sheet.blocks), *_keys_of_action(self.sheet.action))
        pages = tuple(block for page in self.pages for block in page)
        utilities = tuple(key for key in self.utilities.keys if key is not None)
        return (*_keys_of(pages), *_keys_of_action(self.action), *utilities)


def _keys_of_action(action: Action) -> tuple[Control, ...]:
    return tuple(key for key in (action.primary, action.back) if key is not None)


def _keys_of(blocks: tuple[Block, ...]) -> tuple[Control, ...]:
    found: list[Control] = []
    for block in blocks:
        match block:
            case KeyRow() | Toggle():
                found.extend(block.keys)
            case Stepper():
                found.extend((block.fewer, block.more, block.other))
            case _:
                pass
    return tuple(found)
