"""What is said as screens come and change: a screen's own voice and its keys when it is new; while it stays, only what
fingers did and the sentences that are new. Pure. It reads `voice`, `spoken` and the words on keys, and no other part of
a screen; of a PIN only the count is heard (I11)."""

from collections.abc import Iterator

from kiosk.flow.touches import MemberToggled
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import PinDots
from kiosk.screens.controls import Board, Control, Keypad, SignKeys
from kiosk.screens.model import ScreenModel
from kiosk.texts.catalogue import Texts, plain
from kiosk.texts.spoken import sentences_of


def narrate(now: ScreenModel, before: ScreenModel | None) -> tuple[str, ...]:
    """What is to be said when this comes after that; nothing when nothing changed that ears can use."""
    told = _told(now)
    if before is None or _which(now) != _which(before):
        return (*told, *_keys(now))
    done, known = tuple(_done(now, before)), _told(before)
    news = (each for each in told if each not in known and not any(_bare(each) in _bare(said) for said in done))
    return (*done, *news, *_ready(now, before))


def feel(screen: ScreenModel, name: str) -> tuple[str, ...]:
    """What is said when fingers find a key of the tactile keypad. All digits sound the same."""
    for control in screen.controls():
        if control.name == name:
            state = "dead" if control.touch is None else "is_chosen" if control.chosen else ""
            said = _named(control)
            return (_say(screen)(f"voice.{state}", name=said) if state else said,)
    pads = (block for page in screen.pages for block in page if isinstance(block, Keypad | SignKeys | Board))
    pad = next(pads, None)
    return () if pad is None else (_on_pad(pad, name).replace("\n", " "),)


def _on_pad(pad: Keypad | SignKeys | Board, name: str) -> str:
    """What a key of a pad is called; never which sign it is."""
    match pad:
        case Keypad():
            return {"erase-all": pad.erase_all, "erase-one": pad.erase_one}.get(name, pad.digit)
        case SignKeys():
            return {"erase-all": pad.erase_all, "erase-one": pad.erase_one}.get(name, pad.sign)
        case Board():
            named = {"board-this": pad.this, "board-other": pad.other, "board-groups": pad.groups}
            return {**named, "erase-one": pad.erase_one}.get(name, pad.sign)


def _bare(text: str) -> str:
    return " ".join(text.rstrip("。.").split())


def _which(screen: ScreenModel) -> tuple[str, ...]:
    over = screen.sheet.name if screen.sheet is not None else ""
    return screen.scene, over, screen.look.language.value


def _say(screen: ScreenModel) -> Texts:
    return Texts(screen.look.language, screen.look.layout)


def _told(screen: ScreenModel) -> tuple[str, ...]:
    """The screen's own voice, sentence by sentence; of a PIN, how many digits there are."""
    if screen.sheet is not None:
        return sentences_of(screen.sheet.voice, screen.look.language)
    dots = (block.spoken for block in screen.read if isinstance(block, PinDots))
    return (*sentences_of(screen.voice, screen.look.language), *dots)


def _keys(screen: ScreenModel) -> tuple[str, ...]:
    """The keys of this screen; those that are the same on every screen can be felt for, and need no saying."""
    keys = [each for each in screen.controls() if each.touch is not None and each not in screen.utilities.keys]
    if not keys:
        return ()
    between = "、" if screen.look.language is Language.JAPANESE else ", "
    return (_say(screen)("voice.keys", keys=between.join(_named(each) for each in keys)),)


def _done(screen: ScreenModel, before: ScreenModel) -> Iterator[str]:
    """What fingers chose, and whom they left out again."""
    say, old = _say(screen), {each.name: each for each in before.controls()}
    for control in screen.controls():
        was = old.get(control.name, control)
        if control.chosen and not was.chosen:
            yield say("voice.chosen", name=_spoken(control))
        if was.chosen and not control.chosen and isinstance(control.touch, MemberToggled):
            yield say("voice.dropped", name=_spoken(control))


def _ready(screen: ScreenModel, before: ScreenModel) -> tuple[str, ...]:
    """The key that takes one on can be pressed from now on."""
    primary, was = screen.action.primary, before.action.primary
    if screen.sheet is not None or primary is None or primary.touch is None or was is None or was.touch is not None:
        return ()
    return (_say(screen)("voice.ready", name=_spoken(primary)),)


def _named(control: Control) -> str:
    return "  ".join(part for part in (_spoken(control), control.note, control.value) if part)


def _spoken(control: Control) -> str:
    return control.spoken or plain(control.text)
