"""What every presenter of the clerk's window is given, and what it gives back: the matter between tabs and keys."""

from dataclasses import dataclass, field
from datetime import datetime

from kiosk.counter.desk import Desk
from kiosk.counter.touches import DeskKey, DeskPressed
from kiosk.flow.state import Terminal
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import Block, PinDots
from kiosk.screens.controls import AnyTouch, Control
from kiosk.screens.model import Action, ScreenModel
from kiosk.screens.site import SitePresentation
from kiosk.texts import formats
from kiosk.texts.catalogue import Texts, plain


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What lies around the desk: the resident's flow and screen, the site, local time, how many pictures were taken."""

    terminal: Terminal
    resident: ScreenModel
    site: SitePresentation
    now: datetime
    pictures: int = 0

    @property
    def hidden(self) -> bool:
        """Whether a PIN is typed on the resident's screen, or thought about: then the clerk sees nothing of it."""
        return self.resident.private or any(
            isinstance(block, PinDots) for part in (self.resident.read, *self.resident.pages) for block in part
        )


@dataclass(frozen=True, slots=True)
class DeskContext:
    """Everything a presenter of the clerk's window may look at."""

    desk: Desk
    around: Surroundings
    say: Texts

    @property
    def language(self) -> Language:
        """The language written on the window."""
        return self.desk.language

    @property
    def japanese(self) -> bool:
        """Whether Japanese is written."""
        return self.desk.language is Language.JAPANESE

    def money(self, yen: int) -> str:
        """An amount."""
        return formats.money(yen, self.language)


@dataclass(frozen=True, slots=True)
class DeskBody:
    """A page of the clerk's window. `scene` tells it from other pages, also from another step of the same case. The
    first block of `main` is its `Title`. `aside` stands above the resident's screen; `extra` keys between Back and the
    primary one; `alone`: no tabs, nobody is signed in."""

    scene: str
    title: str
    main: tuple[Block, ...]
    aside: tuple[Block, ...] = ()
    action: Action = field(default_factory=Action)
    extra: tuple[Control, ...] = ()
    alone: bool = False
    alerts: tuple[str, ...] = ()
    """What went wrong last: always in sight, however far the page is scrolled."""


def primary(text: str, touch: AnyTouch, *, ready: bool = True) -> Control:
    """The key that takes one on; not ready, it says what is missing."""
    return Control("primary", text, touch if ready else None, spoken=plain(text))


def key(ctx: DeskContext, which: DeskKey, *, icon: str = "", words: str = "") -> Control:
    """A key of the desk's own."""
    return Control(which.value, ctx.say(words or f"counter.key.{which.value}"), DeskPressed(which), icon=icon)
