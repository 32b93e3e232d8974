"""The pages of the desk between two residents."""

from kiosk.counter.scenes import Tab
from kiosk.counter.touches import CaseChosen, CaseTakenUp, LostCaseNoted
from kiosk.screens.blocks import Block, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.counter import day_pages, order, queue_page
from kiosk.screens.counter.cases import OFFERED
from kiosk.screens.counter.context import DeskBody, DeskContext
from kiosk.screens.counter.parts import caption, notice, text
from kiosk.screens.desk_blocks import Column, Table, TableRow


def home(ctx: DeskContext, tab: Tab) -> DeskBody:
    """A page of the desk."""
    match tab:
        case Tab.DAY:
            return day_pages.day(ctx)
        case Tab.QUEUE:
            return queue_page.queue(ctx)
        case Tab.ORDER:
            return order.order(ctx)
        case Tab.CASES:
            return _cases(ctx)
        case Tab.CUSTODY:
            return day_pages.custody(ctx)
        case Tab.SUPPLIES:
            return day_pages.supplies(ctx)


def _cases(ctx: DeskContext) -> DeskBody:
    title = ctx.say("counter.cases.title")
    begin: tuple[Block, ...] = tuple(
        KeyRow(
            keys=(
                Control(
                    f"begin-{kind.value}",
                    ctx.say(f"counter.cases.kind.{kind.value}"),
                    CaseChosen(kind),
                    icon=icon,
                    note=ctx.say(f"counter.cases.note.{kind.value}"),
                ),
            ),
            style=RowStyle.WIDE,
            height=28,
            columns=1,
            gap=4,
        )
        for kind, icon in OFFERED.items()
    )
    held = Table(
        columns=(
            Column(ctx.say("counter.cases.column.mark"), 3),
            Column(ctx.say("counter.cases.column.kind"), 4),
            Column(ctx.say("counter.cases.column.by"), 2),
        ),
        rows=tuple(
            TableRow(
                (each.case.mark, ctx.say(f"counter.cases.kind.{each.kind.value}"), each.by),
                Control(f"held-{each.case.number}", each.case.mark, CaseTakenUp(each.case.number)),
            )
            for each in ctx.desk.held
        ),
        empty=ctx.say("counter.cases.none_held"),
        gap=2,
    )
    return DeskBody(
        scene="cases",
        title=title,
        main=(Title(text=title), *_lost(ctx), *begin, caption(ctx, "counter.cases.held", gap=8), held),
        alerts=notice(ctx),
    )


def _lost(ctx: DeskContext) -> tuple[Block, ...]:
    """Cases that this terminal had before it stopped: which of them goes on from where, and which begins anew."""
    here = {each.aside for each in ctx.desk.held}
    lost = tuple(each for each in ctx.desk.day.aside if each.number not in here)
    if not lost:
        return ()
    return (
        caption(ctx, "counter.cases.lost", gap=3),
        text(ctx, "counter.cases.lost_text", 0),
        *(
            KeyRow(
                keys=(
                    Control(
                        f"lost-{each.number}",
                        each.mark,
                        LostCaseNoted(each.number),
                        note=ctx.say(f"counter.cases.lost_now.{each.kind.value}"),
                    ),
                ),
                style=RowStyle.WIDE,
                height=28,
                columns=1,
                gap=3,
            )
            for each in lost
        ),
    )
