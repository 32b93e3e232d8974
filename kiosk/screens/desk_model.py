"""The clerk's window as data: everything that is drawn, and for each key the touch it means."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import Block
from kiosk.screens.controls import AnyTouch, Control, KeyRow, Stepper, Toggle
from kiosk.screens.desk_blocks import Columns, Table
from kiosk.screens.model import Action


@dataclass(frozen=True, slots=True)
class DeskHeader:
    """Whose desk, who works there, and when. Empty strings are left out."""

    emblem: bool
    municipality: str
    place: str
    staff: str
    role: str
    date: str
    time: str


@dataclass(frozen=True, slots=True)
class DeskLook:
    """How the clerk's window is drawn. `pitch` is mm of type in a pixel: smaller is larger."""

    language: Language
    pitch: float


@dataclass(frozen=True, slots=True)
class DeskModel:
    """One screen of the clerk's window: pages on the left, the matter in the middle, the resident's screen right."""

    scene: str
    title: str
    look: DeskLook
    header: DeskHeader
    tabs: tuple[Control, ...]
    keys: tuple[Control, ...]
    """Below the tabs: language, size of type, lock."""
    alerts: tuple[Block, ...]
    """Above the matter, and in sight however far that is scrolled."""
    main: tuple[Block, ...]
    aside: tuple[Block, ...]
    action: Action
    extra: tuple[Control, ...] = ()
    """Between Back and the primary key."""

    def touches(self) -> dict[str, AnyTouch]:
        """What each key means: name → touch."""
        return {control.name: control.touch for control in self.controls() if control.touch is not None}

    def controls(self) -> tuple[Control, ...]:
        """All keys, in reading order."""
        ends = tuple(key for key in (self.action.back, *self.extra, self.action.primary) if key is not None)
        return (*self.tabs, *self.keys, *_keys((*self.main, *self.aside)), *ends)


def _keys(blocks: Iterable[Block]) -> Iterator[Control]:
    for block in blocks:
        match block:
            case KeyRow() | Toggle():
                yield from block.keys
            case Stepper():
                yield from (block.fewer, block.more, block.other)
            case Table():
                yield from (row.key for row in block.rows if row.key is not None)
            case Columns():
                for part in block.parts:
                    yield from _keys(part)
            case _:
                pass
