"""04: what it is for, and what the municipality advises instead of paper. What is chosen below shows its result
above."""

from kiosk.flow.choices import purpose_of, suggested
from kiosk.flow.scenes import Advised, ChoosePurpose
from kiosk.flow.touches import Key, Pressed, PurposeChosen
from kiosk.flow.values.offer import Advice, Purpose
from kiosk.screens.blocks import Banner, Block, EmptyPage, Fact, Facts, Paper, Role, Summary, Title, Tone, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground, touch_room
from kiosk.screens.model import Action
from kiosk.screens.present.choose import action, scope_words, shown_words
from kiosk.screens.present.context import Body, Context, back, data, primary
from kiosk.screens.present.frame import row_height
from kiosk.screens.present.reasons import note
from kiosk.texts import formats

PICTOGRAMS = {
    "licence": "licence",
    "passport": "passport",
    "bank": "bank",
    "car": "car",
    "school": "school",
    "immigration": "residence-card",
    "pension": "pension",
    "housing": "house",
    "employer": "briefcase",
}
"""Purposes with words of the terminal's own, by code."""

_GENERAL = "sheet"
"""Pictogram of a municipality's own purpose."""

_CLOSEST = 10
"""More cards than these are turned in pages."""


def choose_purpose(ctx: Context, scene: ChoosePurpose) -> Body:
    """04. The last card chooses by name."""
    purposes = _purposes(ctx)
    chosen = next((each for each in purposes if each.code == scene.chosen), None)
    title = ctx.say("choose.purpose.title")
    return Body(
        title=title,
        voice=ctx.say("choose.purpose.voice"),
        ground=Ground.DESK,
        read=(Title(text=title), *_suggestion(ctx, chosen)),
        rows=_cards(ctx, purposes, chosen),
        action=action(ctx, ready=chosen is not None),
        step=3,
        cancellable=True,
    )


def advised(ctx: Context, scene: Advised) -> Body:
    """04, before one goes on: paper may not be needed, or a window is better."""
    visit = ctx.terminal.visit
    purpose = purpose_of(visit, scene.code) if visit is not None and visit.offer is not None else None
    advice = purpose.advice if purpose is not None else Advice.WINDOW_BETTER
    told = f"choose.advice.{advice.value}"
    title = ctx.say(f"{told}.title")
    note_of_it = _note(ctx, purpose) or ctx.say(f"{told}.text")
    head: tuple[Block, ...] = (
        *(() if ctx.large else (Banner(icon="info", text=_name(ctx, purpose), tone=Tone.INK, gap=4),)),
        Title(text=title, gap=4),
    )
    icon = "info" if advice is Advice.PAPER_NOT_NEEDED else "counter"
    why = Fact(icon, ctx.say(f"{told}.head"), note_of_it)
    where = _where(ctx) if advice is Advice.WINDOW_BETTER and not ctx.large else ()
    orders = purpose is not None and purpose.suggests is not None
    basket = visit is not None and bool(visit.basket)
    return Body(
        title=title,
        voice=ctx.say("choose.advice.voice", title=title),
        ground=Ground.ACTION,
        read=(*head, *_facts(ctx, (why,) if ctx.landscape else (why, *where))),
        rows=_beside(ctx, why, where),
        action=Action(
            back=back(ctx),
            primary=primary(ctx.say(f"choose.advice.{'order' if orders else 'basket' if basket else 'end'}")),
            ends=not orders and not basket,
        ),
        step=3,
        cancellable=True,
        lower_from=340,
    )


def _facts(ctx: Context, facts: tuple[Fact, ...]) -> tuple[Block, ...]:
    """In large type nothing but the note, on a lying panel beside its head: a municipality's own may be long."""
    if ctx.large:
        told = facts[0].head if ctx.landscape else facts[0].text
        return (Words(text=told, gap=4),)
    return (Facts(facts=facts, gap=4 if ctx.landscape else 7),)


def _beside(ctx: Context, why: Fact, where: tuple[Fact, ...]) -> tuple[Block, ...]:
    """On a lying panel, what stands right of the title."""
    if not ctx.landscape:
        return ()
    if ctx.large:
        return (Words(text=why.text),)
    return (Facts(facts=where),) if where else ()


def _where(ctx: Context) -> tuple[Fact, ...]:
    """The municipality's window."""
    board = ctx.terminal.board_at_hand
    window = board.window if board is not None else None
    if window is None:
        return ()
    place, hours = (window.place, window.hours) if ctx.japanese else (window.place_en, window.hours_en)
    return (Fact("building", ctx.say("choose.advice.where"), "", strong=data(place), beside=data(hours)),)


def _purposes(ctx: Context) -> tuple[Purpose, ...]:
    """Those with words: the terminal's own or the municipality's. Of any other its kind can be chosen by name."""
    offered = ctx.offer.purposes if ctx.offer is not None else ()
    return tuple(each for each in offered if _name(ctx, each))


def _name(ctx: Context, purpose: Purpose | None) -> str:
    if purpose is None:
        return ""
    own = purpose.name if ctx.japanese else purpose.name_en
    if own:
        return data(own)
    return ctx.say(f"choose.purpose.name.{purpose.code}") if purpose.code in PICTOGRAMS else ""


def _note(ctx: Context, purpose: Purpose | None) -> str:
    if purpose is None:
        return ""
    return data(purpose.note if ctx.japanese else purpose.note_en)


def _cards(ctx: Context, purposes: tuple[Purpose, ...], chosen: Purpose | None) -> tuple[KeyRow, ...]:
    columns = 1 if ctx.large else 2
    keys = [
        Control(
            f"purpose-{each.code}",
            _name(ctx, each),
            PurposeChosen(each.code),
            icon=PICTOGRAMS.get(each.code, _GENERAL),
            chosen=each is chosen,
        )
        for each in purposes
    ]
    alone = columns == 1 or len(keys) % 2 == 0
    text = ctx.say("choose.purpose.by_name" if alone else "choose.purpose.by_name_short")
    by_name = Control("by-name", text, Pressed(Key.BY_NAME), icon="list", leads=True)
    rows = [keys[at : at + columns] for at in range(0, len(keys), columns)]
    if not alone:
        rows[-1].append(by_name)
    height, gap = _height(ctx, len(keys) + 1)
    cards = tuple(
        KeyRow(keys=tuple(row), style=RowStyle.CARD, height=height, columns=columns, gap=gap if place else 0)
        for place, row in enumerate(rows)
    )
    wide = KeyRow(keys=(by_name,), style=RowStyle.WIDE, height=height, columns=1, gap=gap if rows else 0)
    return (*cards, wide) if alone else cards


def _height(ctx: Context, cards: int) -> tuple[float, float]:
    """Height of a row and the room between two, so that what is on one page is seen at once."""
    if ctx.large or ctx.look.low_reach or cards > _CLOSEST:
        return row_height(ctx, 33), 4
    rows = -(-cards // 2)
    gap = 4.0
    return min(36.0, (touch_room(ctx.look) - gap * (rows - 1)) / rows), gap


def _suggestion(ctx: Context, purpose: Purpose | None) -> tuple[Block, ...]:
    gap = 4 if ctx.large else 6 if ctx.landscape else 9
    if purpose is None:
        return (EmptyPage(text=ctx.say("choose.purpose.empty"), gap=gap),)
    offered = ctx.offer.of(purpose.suggests.kind) if purpose.suggests is not None and ctx.offer is not None else None
    if offered is None:
        words = "cannot" if purpose.advice is Advice.ORDER else f"{purpose.advice.value}.head"
        return (
            Words(text=ctx.say(f"choose.advice.{words}"), role=Role.ITEM, gap=gap),
            Words(text=ctx.say("choose.advice.next"), gap=3),
        )
    line = suggested(offered, purpose.suggests)
    name = _name(ctx, purpose).replace("\n", " ")
    if offered.refusal is not None:
        hint = note(ctx, offered.refusal)
    elif purpose.advice is not Advice.ORDER:
        hint = ctx.say(f"choose.advice.{purpose.advice.value}.hint")
    else:
        hint = "" if ctx.large else _note(ctx, purpose) or ctx.say("choose.purpose.hint")
    return (
        Summary(
            paper=Paper(ctx.paper_title(line.kind), ()),
            intro="" if ctx.large else ctx.say("choose.purpose.suggested", purpose=name),
            name=ctx.kind(line.kind),
            checks=(scope_words(ctx, line), *shown_words(ctx, line.options)),
            text="",
            copies=ctx.say.counted("choose.copies", 1),
            fee=formats.amount(offered.fee, ctx.language),
            hint=hint,
            gap=gap,
        ),
    )
