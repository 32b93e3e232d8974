"""What a screen says aloud: read whole when it is new, and only what changed while it stays. Pure. Never a name, an
address or a number of a person, and no digit of a PIN (I11): only blocks that hold none are read, named one by one."""

from collections.abc import Iterable, Iterator

from kiosk.screens.blocks import (
    Alert,
    Block,
    Checklist,
    Facts,
    Head,
    MoneyLine,
    Notice,
    Numbered,
    OrderLines,
    Pair,
    PinDots,
    Places,
    Prices,
    Section,
    SheetsProgress,
    SheetState,
    SlipBand,
    Summary,
    Words,
)
from kiosk.screens.controls import Control, Keypad, Stepper, Toggle
from kiosk.screens.model import ScreenModel
from kiosk.texts.catalogue import Texts, plain


def narrate(screen: ScreenModel, before: ScreenModel | None) -> tuple[str, ...]:
    """What is to be said when this screen comes up after that one; nothing when nothing changed that ears can use."""
    if before is None or _which(screen) != _which(before):
        return _whole(screen)
    return tuple(_changes(screen, before))


def feel(screen: ScreenModel, name: str) -> tuple[str, ...]:
    """What is said when fingers find a key of the tactile keypad. All digits sound the same."""
    for control in screen.controls():
        if control.name == name:
            return (_key(screen, control),)
    pad = next((block for page in screen.pages for block in page if isinstance(block, Keypad)), None)
    if pad is None:
        return ()
    return ({"erase-all": pad.erase_all, "erase-one": pad.erase_one}.get(name, pad.digit),)


def _which(screen: ScreenModel) -> tuple[str, ...]:
    over = screen.sheet.name if screen.sheet is not None else ""
    return screen.scene, over, screen.look.language.value


def _say(screen: ScreenModel) -> Texts:
    return Texts(screen.look.language, screen.look.layout)


def _whole(screen: ScreenModel) -> tuple[str, ...]:
    keys = tuple(each for each in screen.controls() if each not in screen.utilities.keys)
    offered = (_name(each) for each in keys if each.touch is not None)
    between = "、" if screen.look.language.value == "ja" else ", "
    listed = _say(screen)("voice.keys", keys=between.join(offered))
    if screen.sheet is not None:
        told: Iterable[str] = (screen.sheet.voice,)
    else:
        alerts = (block.text for block in _blocks(screen) if isinstance(block, Alert))
        told = (*alerts, screen.voice, *_facts(_blocks(screen)))
    return (*told, *((listed,) if any(each.touch is not None for each in keys) else ()))


def _changes(screen: ScreenModel, before: ScreenModel) -> Iterator[str]:
    say, old = _say(screen), {each.name: each for each in before.controls()}
    for control in screen.controls():
        was = old.get(control.name)
        if was is not None and control.chosen and not was.chosen:
            yield say("voice.chosen", name=_spoken(control))
    for control in screen.controls():
        was = old.get(control.name)
        if was is not None and was.chosen and not control.chosen and control.name.startswith("member-"):
            yield say("voice.dropped", name=_spoken(control))
    if screen.voice != before.voice:
        yield screen.voice
    known = set(_lively(before))
    yield from (text for text in _lively(screen) if text not in known)
    primary = screen.action.primary if screen.sheet is None else None
    was_primary = before.action.primary
    if primary is not None and primary.touch is not None and (was_primary is None or was_primary.touch is None):
        yield say("voice.ready", name=_spoken(primary))


def _lively(screen: ScreenModel) -> Iterator[str]:
    """What may change while a screen stays, and is worth hearing when it does."""
    for block in _blocks(screen):
        match block:
            case PinDots():
                yield block.spoken
            case Alert():
                yield block.text
            case Summary() | Checklist() | SlipBand():
                yield from _facts((block,))
            case SheetsProgress():
                yield from (f"{each.ordinal}{each.unit}" for each in block.sheets if each.current)
            case _:
                pass


def _blocks(screen: ScreenModel) -> tuple[Block, ...]:
    lower = (block for page in screen.pages for block in page)
    return (*screen.read, *lower, *screen.foot)


def _facts(blocks: Iterable[Block]) -> Iterator[str]:  # noqa: C901 - one line for each block that is read
    for block in blocks:
        match block:
            case Section():
                yield block.label
                for each in block.blocks:
                    yield from (each.text,) if isinstance(each, Words) else _facts((each,))
            case Head():
                yield f"{block.text} {block.right}"
            case Prices():
                yield from (f"{row.name} {row.value}" for row in block.rows)
            case Pair():
                yield f"{block.label} {block.text}"
            case Facts():
                for fact in block.facts:
                    yield from (fact.head, f"{fact.strong} {fact.text}")
            case SheetState():
                yield f"{block.ordinal} {block.name} {block.state}"
            case MoneyLine():
                yield f"{block.amount.text}{block.after}"
            case Numbered() | Notice() | SlipBand():
                yield block.text
            case Checklist():
                yield from (f"{row.name} {row.state}" for row in block.rows)
            case Places():
                yield from (f"{place.head} {_listed(place.text)}" for place in block.places)
            case OrderLines():
                yield from (f"{line.name} {_listed(line.details)} {line.fee}" for line in block.lines)
            case Summary():
                yield " ".join((block.intro, block.name, *block.checks, block.copies, block.fee.text))
            case Toggle():
                yield f"{block.name} {' '.join(plain(key.text) for key in block.keys if key.chosen)}"
            case Stepper():
                yield f"{block.name} {block.count}"
            case _:
                pass


def _listed(text: str) -> str:
    """Lines that are items of their own."""
    return text.replace("\n", " ")


def _key(screen: ScreenModel, control: Control) -> str:
    state = "dead" if control.touch is None else "is_chosen" if control.chosen else ""
    return _say(screen)(f"voice.{state}", name=_spoken(control)) if state else _name(control)


def _name(control: Control) -> str:
    return " ".join(part for part in (_spoken(control), control.note, control.value) if part)


def _spoken(control: Control) -> str:
    return control.spoken or plain(control.text)
