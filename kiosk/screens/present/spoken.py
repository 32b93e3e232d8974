"""What is said aloud of a screen: where the person is, what there is, and what to do, in whole sentences. Never a digit
of a PIN, a name of a person, a reference or the number of a document (I11): blocks are read one kind at a time."""

from collections.abc import Iterable
from dataclasses import replace
from functools import singledispatch
from types import UnionType

from kiosk.flow import scenes
from kiosk.screens.blocks import (
    Alert,
    Block,
    Checklist,
    EmptyPage,
    Facts,
    MoneyLine,
    Notice,
    Numbered,
    OrderLines,
    Places,
    Section,
    SheetState,
    SlipBand,
    Summary,
    Words,
)
from kiosk.screens.controls import Toggle
from kiosk.screens.present.context import Body, Context
from kiosk.texts.catalogue import BREAK, LayoutClass, Texts, plain

_ENDS = ("。", ".", "?", "!")
_NEXT = "  "
"""Between the parts of a row. A Japanese voice pauses there."""


def speaking(ctx: Context) -> Context:
    """The same for the ear: the full sentences of a standard screen, whatever look the eye has."""
    look = replace(ctx.look, landscape=False, large=False, low_reach=False)
    return replace(ctx, look=look, say=Texts(ctx.language, LayoutClass.PORTRAIT, by_clerk=ctx.site.separate))


def voice(ctx: Context, body: Body) -> str:
    """What is said when the screen appears, and again whenever this changes. `ctx` and `body` are those of
    `speaking`."""
    between = "" if ctx.japanese else " "
    return between.join(_sentence(ctx, part) for part in _parts(ctx, body) if part)


def _sentence(ctx: Context, text: str) -> str:
    said = text.replace(BREAK, "").replace("\n", "" if ctx.japanese else " ").strip()
    if not ctx.japanese:
        said = said.replace(_NEXT, ", ")
    return said if said.endswith(_ENDS) else said + ("。" if ctx.japanese else ".")


def _parts(ctx: Context, body: Body) -> Iterable[str]:
    below = (*body.rows, *body.foot)
    match ctx.terminal.scene:
        case scenes.EnterPin():
            return (*(block.text for block in body.read if isinstance(block, Alert)), body.voice)
        case scenes.ChoosePurpose() | scenes.ChooseKind() | scenes.ChooseMatter() if _is_chosen(body):
            return (*_told(body.read), _way_on(ctx, body))
        case scenes.Advised() | scenes.WarnNumber():
            return (body.voice, *_told((*body.read, *below)), _way_on(ctx, body))
        case scenes.ChooseMembers() | scenes.ChooseMeans():
            return (body.voice, *_told(body.read[2:]))
        case scenes.Confirm():
            return (*_told(body.read), body.voice, *_told(below))
        case scenes.Pay() as scene if scene.held:
            return (body.voice, *(_told(_only(below, Places | Notice)) if _ready(body) else ()))
        case scenes.TakeSheets() as scene:
            return (body.voice, *_told(_only(below, Checklist)), "" if scene.waiting else ctx.say("spoken.finish"))
        case scenes.AtCounter() if body.private:
            # Whoever stands beside hears as well.
            return (body.voice,)
        case scenes.ChooseOptions() | scenes.Closed() | scenes.AtCounter() | scenes.LookAtSheets():
            return (body.voice, *_told((*body.read, *below)))
        case scenes.Declined() | scenes.Fault():
            return (body.voice, *_told((*body.read, *below)), ctx.say("spoken.finish"))
        case scenes.Pay() | scenes.TakeBelongings():
            return (body.voice, *_told(below))
        case _:
            return (body.voice,)


def _only(blocks: Iterable[Block], kind: type | UnionType) -> Iterable[Block]:
    return (block for block in blocks if isinstance(block, kind))


def _is_chosen(body: Body) -> bool:
    """Whether there is more to read than where the page will be."""
    return len(body.read) > 1 and not any(isinstance(block, EmptyPage) for block in body.read)


def _way_on(ctx: Context, body: Body) -> str:
    """What the primary key does, by the words on it."""
    return ctx.say("spoken.on", words=plain(body.action.primary.text)) if _ready(body) and body.action.primary else ""


def _ready(body: Body) -> bool:
    return body.action.primary is not None and body.action.primary.touch is not None


def _told(blocks: Iterable[Block]) -> tuple[str, ...]:
    return tuple(text for block in blocks for text in read_out(block) if text)


def _row(*parts: str) -> str:
    return _NEXT.join(part for part in parts if part)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))


@singledispatch
def read_out(_block: Block) -> tuple[str, ...]:
    """A block in sentences. What is only seen, typed or pressed says nothing here: keys say their own names."""
    return ()


@read_out.register(Words)
@read_out.register(Notice)
@read_out.register(SlipBand)
@read_out.register(Numbered)
def _text(block: Words | Notice | SlipBand | Numbered) -> tuple[str, ...]:
    return _lines(block.text)


@read_out.register
def _summary(block: Summary) -> tuple[str, ...]:
    return (_row(block.intro, block.name), *block.checks, _row(block.copies, block.fee.text))


@read_out.register
def _toggle(block: Toggle) -> tuple[str, ...]:
    return (_row(block.name, *(key.text.replace("\n", " ") for key in block.keys if key.chosen)),)


@read_out.register
def _order(block: OrderLines) -> tuple[str, ...]:
    return tuple(_row(line.name, line.details.replace("\n", _NEXT).rstrip("."), line.fee) for line in block.lines)


@read_out.register
def _places(block: Places) -> tuple[str, ...]:
    return tuple(_row(place.head, place.text.replace("\n", " ")) for place in block.places)


@read_out.register
def _checklist(block: Checklist) -> tuple[str, ...]:
    return tuple(_row(row.name, row.state) for row in block.rows if not row.done)


@read_out.register
def _facts(block: Facts) -> tuple[str, ...]:
    told = (fact for fact in block.facts if not fact.big)  # a telephone number is better read than heard
    return tuple(text for fact in told for text in (fact.head, _row(fact.strong, fact.beside), *_lines(fact.text)))


@read_out.register
def _sheet(block: SheetState) -> tuple[str, ...]:
    return (_row(block.ordinal, block.name, block.state),)


@read_out.register
def _money(block: MoneyLine) -> tuple[str, ...]:
    return (f"{block.amount.text}{'' if block.amount.after else ' '}{block.after}",)


@read_out.register
def _section(block: Section) -> tuple[str, ...]:
    return _told(block.blocks)
