"""What the pages of the day are put together from: fields for notes and coins, keys that do something, what went
wrong."""

from kiosk.counter.day.counts import DENOMINATIONS, Counts
from kiosk.counter.form import money, piece_field
from kiosk.counter.touches import Deed, Done, Picked
from kiosk.screens.blocks import Block, Caption, Role, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import beside, rows_of
from kiosk.screens.counter.context import DeskContext, primary
from kiosk.screens.desk_blocks import Account, Columns, Entry, EntryKind, Sum
from kiosk.screens.model import Action

IN_A_ROW, IN_A_ROW_LARGE = 5, 4
"""Denominations side by side."""


def caption(ctx: DeskContext, key: str, gap: float = 0) -> Caption:
    """Heads a part of a page."""
    return Caption(text=ctx.say(key), gap=gap)


def text(ctx: DeskContext, key: str, gap: float = 3, **values: object) -> Words:
    """A paragraph."""
    return Words(text=ctx.say(key, **values), role=Role.LABEL, gap=gap)


def quiet(ctx: DeskContext, key: str, gap: float = 3, **values: object) -> Words:
    """A paragraph that only explains."""
    return Words(text=ctx.say(key, **values), role=Role.LABEL, tone=Tone.QUIET, gap=gap)


def rows(*pairs: tuple[str, str], gap: float = 3, strong: bool = False) -> Account:
    """Names and what they come to; `strong` where there is but one that matters."""
    return Account(rows=tuple(Sum(name, value, strong) for name, value in pairs), gap=gap)


def notice(ctx: DeskContext) -> tuple[str, ...]:
    """What went wrong last."""
    return (ctx.say(f"counter.notice.{ctx.desk.notice}"),) if ctx.desk.notice else ()


def deed(ctx: DeskContext, which: Deed, *, icon: str = "", ready: bool = True) -> Control:
    """A key that does something in the day."""
    return Control(which.value, ctx.say(f"counter.deed.{which.value}"), Done(which) if ready else None, icon=icon)


def deeds(ctx: DeskContext, *which: Deed, gap: float = 4, columns: int = 2) -> tuple[Block, ...]:
    """Keys side by side."""
    return beside(*(deed(ctx, each) for each in which), large=ctx.desk.large, columns=columns, gap=gap)


def onward(ctx: DeskContext, which: Deed, *, back: bool = False, ready: bool = True) -> Action:
    """The primary key does it."""
    words = ctx.say(f"counter.deed.{which.value}")
    left = Control("back", ctx.say("frame.key.back"), Done(Deed.BACK), icon="chevron-left") if back else None
    return Action(back=left, primary=primary(words, Done(which), ready=ready), ends=True)


def choice(
    ctx: DeskContext, name: str, values: tuple[str, ...], group: str, *, gap: float = 3, columns: int = 0
) -> tuple[Block, ...]:
    """One of few."""
    keys = [
        Control(
            f"{name}-{value}", ctx.say(f"{group}.{value}"), Picked(name, value), chosen=ctx.desk.entered(name) == value
        )
        for value in values
    ]
    return rows_of(keys, columns or len(values), large=ctx.desk.large, gap=gap)


def field(
    ctx: DeskContext, name: str, key: str, *, figures: bool = False, width: float = 0, most: int = 60, gap: float = 4
) -> Entry:
    """A field of this page."""
    return Entry(
        name=name,
        label=ctx.say(key),
        value=ctx.desk.entered(name),
        kind=EntryKind.FIGURES if figures else EntryKind.TEXT,
        most=most,
        width=width,
        serial=ctx.desk.form_serial,
        gap=gap,
    )


def pieces(ctx: DeskContext, *, gap: float = 3) -> tuple[Block, ...]:
    """A field for each denomination, and what they come to."""
    across = IN_A_ROW_LARGE if ctx.desk.large else IN_A_ROW
    grid = tuple(
        Columns(
            parts=tuple(
                (_piece(ctx, yen),) if yen else () for yen in _filled_up(DENOMINATIONS[at : at + across], across)
            ),
            between=5,
            gap=gap if at == 0 else 4,
        )
        for at in range(0, len(DENOMINATIONS), across)
    )
    counted = money(ctx.desk)
    total = ctx.money(counted.total) if counted is not None else ctx.say("counter.money.unreadable")
    return (*grid, rows((ctx.say("counter.money.total"), total), gap=3, strong=True))


def listed(ctx: DeskContext, counted: Counts) -> str:
    """Pieces in words: 500円×1、100円×3."""
    between = "、" if ctx.japanese else ", "
    return between.join(f"{ctx.say(f'counter.money.piece.{yen}')}×{count}" for yen, count in counted)


def _piece(ctx: DeskContext, yen: int) -> Entry:
    return Entry(
        name=piece_field(yen),
        label=ctx.say(f"counter.money.piece.{yen}"),
        value=ctx.desk.entered(piece_field(yen)),
        kind=EntryKind.FIGURES,
        most=4,
        serial=ctx.desk.form_serial,
    )


def _filled_up(row: tuple[int, ...], across: int) -> tuple[int, ...]:
    """With nothing at its end, so that what stands there is as wide as in the rows above."""
    return (*row, *(0 for _ in range(across - len(row))))
