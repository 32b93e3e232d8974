"""Releasing, 09, 10, and an end without sheets: paper comes out, and nothing is left behind."""

from dataclasses import replace

from kiosk.flow.receipts import MOST_REPRINTS
from kiosk.flow.scenes import Printing, TakeBelongings, TakeSheets
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.order import Sheet
from kiosk.flow.values.service import Belonging
from kiosk.screens.blocks import (
    Block,
    Checklist,
    CheckRow,
    Notice,
    Picture,
    Printout,
    Role,
    Rule,
    SheetProgress,
    SheetsProgress,
    Title,
    Tone,
    Words,
)
from kiosk.screens.controls import Control
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.card import pictured, waiting
from kiosk.screens.present.context import Body, Context, finish
from kiosk.screens.present.pay import giving_change

_ROWS = 3
"""So many sheets are shown at once: the one being printed and its neighbours."""

_FACE, _BACK = 0.25, 0.7
"""How far the bar of a sheet is while its face or its back is printed: the device reports no finer."""

_STEP_S = 5
"""The time left is told in steps of so many seconds."""


def releasing(ctx: Context) -> Body:
    """Between 08 and 09."""
    if ctx.terminal.visit is not None and ctx.terminal.visit.changing:
        return giving_change(ctx)
    return pictured(
        ctx,
        title=ctx.say("collect.releasing.title"),
        voice=ctx.say("collect.releasing.voice"),
        text=ctx.say("cashless.releasing.text" if ctx.cashless else ctx.by_fee("collect.releasing.text")),
        step=6,
        action=waiting(ctx),
        picture=Picture(name="making", height=0),
    )


def printing(ctx: Context, scene: Printing) -> Body:
    """09."""
    if ctx.terminal.visit is not None and ctx.terminal.visit.settling:
        return _settling(ctx)
    sheets = ctx.terminal.visit.sheets if ctx.terminal.visit is not None else ()
    title = ctx.say("collect.printing.title")
    now = sheets[scene.sheet - 1] if 0 < scene.sheet <= len(sheets) else None
    head = Words(
        text=ctx.say("collect.printing.head", now=scene.sheet, of=len(sheets)),
        role=Role.ITEM,
        gap=0 if ctx.landscape or ctx.look.low_reach else 14,
    )
    words = Words(text=ctx.say("collect.printing.text"), gap=4)
    read: tuple[Block, ...] = (Title(text=title), words)
    if ctx.landscape or not (ctx.large and ctx.look.low_reach):
        page = ctx.paper_title(now.kind) if now is not None else ""
        height = 78.0 if ctx.landscape else 92.0 if ctx.large else 118.0
        read = (*read, Printout(title=page, progress=_BACK if scene.side == 2 else _FACE, height=height, gap=7))
    return Body(
        title=title,
        voice=ctx.say("collect.printing.voice", now=scene.sheet, of=len(sheets)),
        ground=Ground.WHITE,
        read=read,
        rows=(head, Rule(gap=4), SheetsProgress(sheets=_progress(ctx, scene, sheets))),
        action=Action(
            band=Band(
                "clock",
                ctx.say("collect.printing.wait_before"),
                str(_seconds_left(ctx, scene, len(sheets))),
                ctx.say("collect.printing.wait_after"),
            )
        ),
        step=6,
        lower_from=222 if ctx.look.low_reach and not ctx.large else None,
    )


def _settling(ctx: Context) -> Body:
    """All sheets are out; the money device still puts the fee away, or pays out the rest."""
    return pictured(
        ctx,
        title=ctx.say("collect.settling.title"),
        voice=ctx.say("collect.settling.voice"),
        text=ctx.say("collect.settling.text"),
        step=6,
        action=waiting(ctx),
        picture=Picture(name="making", height=0),
    )


def _seconds_left(ctx: Context, scene: Printing, sheets: int) -> int:
    sides = 2 * (sheets - scene.sheet + 1) - (scene.side - 1)
    seconds = sides * ctx.site.seconds_per_sheet / 2
    return max(1, round(seconds / _STEP_S)) * _STEP_S


def _progress(ctx: Context, scene: Printing, sheets: tuple[Sheet, ...]) -> tuple[SheetProgress, ...]:
    most = 2 if ctx.large or ctx.look.low_reach else _ROWS
    first = min(max(0, scene.sheet - 2), max(0, len(sheets) - most))
    if ctx.large:
        first, most = scene.sheet - 1, 1
    return tuple(
        SheetProgress(
            ordinal=str(number),
            unit=ctx.say("collect.printing.unit"),
            name=ctx.kind(sheet.kind) if ctx.japanese else ctx.kind_short(sheet.kind),
            state=_state(ctx, number, scene),
            progress=1.0 if number < scene.sheet else 0.0 if number > scene.sheet else (_FACE, _BACK)[scene.side - 1],
            current=number == scene.sheet,
        )
        for number, sheet in enumerate(sheets, start=1)
        if first < number <= first + most
    )


def _state(ctx: Context, number: int, scene: Printing) -> str:
    if number < scene.sheet:
        return ctx.say("collect.printing.out")
    if number > scene.sheet:
        return ctx.say("collect.printing.next" if number == scene.sheet + 1 else "collect.printing.later")
    side = "face" if scene.side == 1 else "back"
    return ctx.say(f"collect.printing.{side}{'_short' if ctx.large else ''}")


def take_sheets(ctx: Context, scene: TakeSheets) -> Body:
    """10. Rows tick themselves."""
    title = ctx.say.counted("collect.sheets.title", scene.sheets)
    rows = _checklist(ctx, scene)
    head = Words(text=ctx.say("collect.sheets.head"), role=Role.ITEM, gap=0)
    wrong = Notice(text=ctx.say("collect.sheets.wrong"), role=Role.LABEL if ctx.landscape else Role.BODY, gap=4)
    below: tuple[Block, ...] = (Checklist(rows=rows),) if ctx.large else (head, Checklist(rows=rows, gap=3), wrong)
    read: tuple[Block, ...] = (Title(text=title),)
    low = ctx.look.low_reach and not ctx.landscape
    if not low:
        height = 84 if ctx.landscape else 96 if ctx.large else 104
        read = (
            *read,
            Picture(
                name="counter" if ctx.site.separate else "tray",
                height=height,
                ratio=1.67,
                gap=14 if not (ctx.landscape or ctx.large) else 10,
            ),
        )
    return Body(
        title=title,
        voice=ctx.say.counted("collect.sheets.voice", scene.sheets),
        ground=Ground.ACTION,
        read=read,
        rows=below,
        action=_action(ctx, scene),
        step=6,
        lower_from=126 if low and ctx.large else 108 if low else 236 if ctx.large else None,
    )


def _action(ctx: Context, scene: TakeSheets) -> Action:
    """A receipt that did not come out is printed again by the key on the left."""
    if scene.missing is None or scene.missing.reprint >= MOST_REPRINTS:
        return finish(ctx)
    again = Control("reprint", ctx.say("collect.sheets.reprint"), Pressed(Key.REPRINT))
    return replace(finish(ctx), back=again, wide=False)


def _checklist(ctx: Context, scene: TakeSheets) -> tuple[CheckRow, ...]:
    say = ctx.say
    change = say("collect.sheets.change_at", where=ctx.where(ctx.site.change_tray).capitalize())
    rows = [
        (Belonging.CARD, say("collect.sheets.card"), say("collect.sheets.on_reader")),
        (Belonging.CHANGE, say("collect.sheets.change", money=ctx.money(scene.change)), change),
        (
            Belonging.SHEETS,
            say.counted("collect.sheets.sheets", scene.sheets),
            say("collect.sheets.in_tray"),
        ),
    ]
    if not scene.change and Belonging.CHANGE not in scene.waiting:
        del rows[1]
    by_clerk = {Belonging.CHANGE, Belonging.SHEETS} if ctx.site.separate else set[Belonging]()
    taken = tuple(_row(ctx, which in scene.waiting or which in by_clerk, name, where) for which, name, where in rows)
    receipt = scene.receipt or Belonging.RECEIPT in scene.waiting
    return (*taken, _receipt(ctx, scene)) if receipt else taken


def _receipt(ctx: Context, scene: TakeSheets) -> CheckRow:
    """The receipt comes a little later than the sheets: it is not said to be taken while anything else still lies
    there."""
    where = ctx.where(ctx.site.receipt_slot).capitalize()
    name = ctx.say("collect.sheets.receipt")
    if scene.missing is not None:
        ask = scene.missing.reprint >= MOST_REPRINTS
        return CheckRow(False, name, ctx.say("collect.sheets.receipt_ask" if ask else "collect.sheets.receipt_missing"))
    if Belonging.RECEIPT in scene.waiting:
        return CheckRow(False, name, ctx.say("collect.sheets.receipt_at", where=where))
    if scene.waiting:
        return CheckRow(False, name, ctx.say("collect.sheets.receipt_comes", where=where))
    return CheckRow(True, name, ctx.say("collect.sheets.taken"))


def _row(ctx: Context, waits: bool, name: str, where: str) -> CheckRow:
    return CheckRow(not waits, name, where if waits else ctx.say("collect.sheets.taken"))


def take_belongings(ctx: Context, scene: TakeBelongings) -> Body:
    """An end without sheets: what lies there is named, and only that."""
    title = ctx.say("collect.belongings.title")
    say = ctx.say
    names = {
        Belonging.CARD: (say("collect.sheets.card"), say("collect.sheets.on_reader")),
        Belonging.CHANGE: (
            say("collect.belongings.money"),
            say("collect.sheets.change_at", where=ctx.where(ctx.site.change_tray).capitalize()),
        ),
        Belonging.SHEETS: (ctx.say("fault.paper"), say("collect.sheets.in_tray")),
        Belonging.RECEIPT: (
            say("collect.belongings.slip"),
            say("collect.sheets.receipt_at", where=ctx.where(ctx.site.receipt_slot).capitalize()),
        ),
    }
    rows = tuple(_row(ctx, True, *names[which]) for which in Belonging if which in scene.waiting)
    text = Words(text=ctx.say("collect.belongings.text"), tone=Tone.INK, gap=5)
    return Body(
        title=title,
        voice=ctx.say("collect.belongings.voice"),
        ground=Ground.WHITE,
        read=(Title(text=title), text),
        rows=(Checklist(rows=rows),) if rows else (),
        action=Action(band=Band("clock", ctx.say("collect.belongings.waiting"))),
        lowered=False,
        lower_from=128 if ctx.large else 120,
    )
