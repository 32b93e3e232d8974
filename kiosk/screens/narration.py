"""What is said as screens come and change: a screen's own voice and its keys when it is new; while it stays, only what
fingers did and what the voice says anew. Pure. Of a PIN only the count is heard, of a person nothing (I11): it reads
`voice`, `spoken` and the words on keys, and no other part of a screen."""

from collections.abc import Iterator

from kiosk.flow.touches import MemberToggled
from kiosk.flow.values import Language
from kiosk.screens.blocks import PinDots
from kiosk.screens.controls import Control, Keypad
from kiosk.screens.model import ScreenModel
from kiosk.texts.catalogue import Texts, plain


def narrate(screen: ScreenModel, before: ScreenModel | None) -> tuple[str, ...]:
    """What is to be said when this screen comes up after that one; nothing when nothing changed that ears can use."""
    if before is None or _which(screen) != _which(before):
        return (_voice(screen), *_keys(screen))
    return tuple(_changes(screen, before))


def feel(screen: ScreenModel, name: str) -> tuple[str, ...]:
    """What is said when fingers find a key of the tactile keypad. All digits sound the same."""
    for control in screen.controls():
        if control.name == name:
            state = "dead" if control.touch is None else "is_chosen" if control.chosen else ""
            said = _named(control)
            return (_say(screen)(f"voice.{state}", name=said) if state else said,)
    pad = next((block for page in screen.pages for block in page if isinstance(block, Keypad)), None)
    return () if pad is None else ({"erase-all": pad.erase_all, "erase-one": pad.erase_one}.get(name, pad.digit),)


def _which(screen: ScreenModel) -> tuple[str, ...]:
    over = screen.sheet.name if screen.sheet is not None else ""
    return screen.scene, over, screen.look.language.value


def _say(screen: ScreenModel) -> Texts:
    return Texts(screen.look.language, screen.look.layout)


def _voice(screen: ScreenModel) -> str:
    return screen.voice if screen.sheet is None else screen.sheet.voice


def _keys(screen: ScreenModel) -> tuple[str, ...]:
    """The keys of this screen; those that are the same on every screen can be felt for, and need no saying."""
    keys = [each for each in screen.controls() if each.touch is not None and each not in screen.utilities.keys]
    if not keys:
        return ()
    between = "、" if screen.look.language is Language.JAPANESE else ", "
    return (_say(screen)("voice.keys", keys=between.join(_named(each) for each in keys)),)


def _changes(screen: ScreenModel, before: ScreenModel) -> Iterator[str]:
    say, old = _say(screen), {each.name: each for each in before.controls()}
    for control in screen.controls():
        was = old.get(control.name, control)
        if control.chosen and not was.chosen:
            yield say("voice.chosen", name=_spoken(control))
        if was.chosen and not control.chosen and isinstance(control.touch, MemberToggled):
            yield say("voice.dropped", name=_spoken(control))
    if _voice(screen) != _voice(before):
        yield _voice(screen)
    digits = _digits(screen)
    if digits != _digits(before):
        yield digits
    primary = screen.action.primary
    if primary in screen.controls() and primary.touch is not None and old.get(primary.name, primary).touch is None:
        yield say("voice.ready", name=_spoken(primary))


def _digits(screen: ScreenModel) -> str:
    return next((block.spoken for block in screen.read if isinstance(block, PinDots)), "")


def _named(control: Control) -> str:
    return " ".join(part for part in (_spoken(control), plain(control.note), control.value) if part)


def _spoken(control: Control) -> str:
    return control.spoken or plain(control.text)
