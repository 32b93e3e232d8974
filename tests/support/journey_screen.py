"""What a person can read on a screen: all words of its model in reading order, in one piece as they are spoken,
without the breaks that only layout wants."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from enum import Enum

from kiosk.flow.state import Terminal
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import MoneyLine, Tries
from kiosk.screens.model import ScreenModel
from kiosk.screens.presenter import Shown, nothing_shown, present
from kiosk.screens.site import SitePresentation, Words
from kiosk.texts.catalogue import BREAK
from kiosk.texts.formats import Amount

SITE = SitePresentation(place=Words("見本中央郵便局", "Mihon Central Post Office"), headphones=True)
_PARTS = ("read", "pages", "foot", "action", "sheet")
_UNSEEN = frozenset({"name", "icon", "picture", "spoken", "voice", "font", "touch"})


def screen(
    terminal: Terminal, now: datetime, by_desk: Shown = nothing_shown, *, site: SitePresentation = SITE
) -> ScreenModel:
    """The screen as it is."""
    return present(terminal, site, now=now, landscape=False, by_desk=by_desk)


def words(
    terminal: Terminal,
    now: datetime,
    language: Language | None = None,
    by_desk: Shown = nothing_shown,
    *,
    site: SitePresentation = SITE,
) -> str:
    """All words on the screen; in another language where one is asked for."""
    if language is not None:
        terminal = replace(terminal, presentation=replace(terminal.presentation, language=language))
    return words_of(screen(terminal, now, by_desk, site=site), _PARTS)


def words_of(model: object, parts: tuple[str, ...]) -> str:
    """All words of these parts of a screen."""
    return in_one_piece("\N{PILCROW SIGN}".join(text for part in parts for text in _texts(getattr(model, part))))


def in_one_piece(text: str) -> str:
    """A text without its breaks and spaces."""
    return text.replace(BREAK, "").translate({ord(space): None for space in " \n\u3000\N{NO-BREAK SPACE}"})


def _texts(part: object) -> Iterator[str]:
    match part:
        case str():
            yield part
        case Enum() | None | bool() | int() | float():
            return
        case tuple():
            for each in part:
                yield from _texts(each)
        case Amount() | Tries():
            yield f"{part.before}{part.figure}{part.after}"
        case MoneyLine():
            yield f"{part.amount.text}{part.after}"
        case _ if is_dataclass(part):
            named = type(part).__name__
            for field in fields(part):
                # A control's name is for scripts; a fact, sheet or price is known to people by its name.
                hidden = _UNSEEN - {"name"} if named not in ("Control", "Picture", "Sheet") else _UNSEEN
                if field.name not in hidden:
                    yield from _texts(getattr(part, field.name))
        case _:
            return
