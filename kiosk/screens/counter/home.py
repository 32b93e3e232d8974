"""The pages of the desk between two residents."""

from kiosk.counter.scenes import Tab
from kiosk.counter.touches import CaseChosen, CaseTakenUp
from kiosk.screens.blocks import Block, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.counter import day_pages, order
from kiosk.screens.counter.cases import OFFERED
from kiosk.screens.counter.context import DeskBody, DeskContext
from kiosk.screens.counter.parts import caption
from kiosk.screens.desk_blocks import Column, Table, TableRow


def home(ctx: DeskContext, tab: Tab) -> DeskBody:
    """A page of the desk."""
    match tab:
        case Tab.DAY:
            return day_pages.day(ctx)
        case Tab.QUEUE:
            return day_pages.queue(ctx)
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
        main=(Title(text=title), *begin, caption(ctx, "counter.cases.held", gap=8), held),
    )
