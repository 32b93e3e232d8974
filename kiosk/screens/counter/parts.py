"""What the pages of the day are put together from: fields for notes and coins, rows of keys, what went wrong."""

from kiosk.counter.day.counts import DENOMINATIONS, Counts
from kiosk.counter.form import money, piece_field
from kiosk.counter.touches import Deed, Done, Picked
from kiosk.screens.blocks import Alert, Block, Caption, Role, Tone, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.counter.context import DeskContext, primary
from kiosk.screens.desk_blocks import Account, Columns, Entry, EntryKind, Sum
from kiosk.screens.model import Action

IN_A_ROW = 5
KEY_HEIGHT = 19.0


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


def notice(ctx: DeskContext) -> tuple[Block, ...]:
    """What went wrong last. It always stands there, so that a field keeps the keyboard when it comes and goes."""
    words = ctx.say(f"counter.notice.{ctx.desk.notice}") if ctx.desk.notice else ""
    return (Alert(text=words, gap=4),) if words else ()


def deed(ctx: DeskContext, which: Deed, *, icon: str = "", ready: bool = True) -> Control:
    """A key that does something in the day."""
    return Control(which.value, ctx.say(f"counter.deed.{which.value}"), Done(which) if ready else None, icon=icon)


def deeds(ctx: DeskContext, *which: Deed, gap: float = 4, columns: int = 2) -> KeyRow:
    """Keys side by side."""
    keys = tuple(deed(ctx, each) for each in which)
    return KeyRow(keys=keys, style=RowStyle.PLAIN, height=KEY_HEIGHT, columns=columns, gap=gap)


def onward(ctx: DeskContext, which: Deed, *, back: bool = False, ready: bool = True) -> Action:
    """The primary key does it."""
    words = ctx.say(f"counter.deed.{which.value}")
    left = Control("back", ctx.say("frame.key.back"), Done(Deed.BACK), icon="chevron-left") if back else None
    return Action(back=left, primary=primary(words, Done(which), ready=ready), ends=True)


def choice(
    ctx: DeskContext, name: str, values: tuple[str, ...], group: str, *, gap: float = 3, columns: int = 0
) -> KeyRow:
    """One of few: rings in a row."""
    return KeyRow(
        keys=tuple(
            Control(
                f"{name}-{value}",
                ctx.say(f"{group}.{value}"),
                Picked(name, value),
                chosen=ctx.desk.entered(name) == value,
            )
            for value in values
        ),
        style=RowStyle.RING,
        height=KEY_HEIGHT,
        columns=columns or len(values),
        gap=gap,
    )


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
    grid = tuple(
        Columns(
            parts=tuple((_piece(ctx, yen),) for yen in DENOMINATIONS[at : at + IN_A_ROW]),
            between=5,
            gap=gap if at == 0 else 4,
        )
        for at in range(0, len(DENOMINATIONS), IN_A_ROW)
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
