"""The pages of the day: opening, how it stands, numbers, custody, supplies, closing."""

from collections.abc import Callable, Mapping

from kiosk.counter.day.day import Day, Stage
from kiosk.counter.day.entries import SAMPLE, CashReason, CountedCash, CountedThings, CustodyKind
from kiosk.counter.scenes import Closing, ClosingStep
from kiosk.counter.staff import Role
from kiosk.counter.touches import Deed, DeskKey, DeskPressed, DocumentChosen, KeptChosen, OwedChosen
from kiosk.screens.blocks import Block, Title, Tone
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import fields
from kiosk.screens.counter.context import DeskBody, DeskContext
from kiosk.screens.counter.parts import caption, choice, deeds, field, notice, onward, pieces, quiet, rows, text
from kiosk.screens.desk_blocks import Column, Columns, Table, TableRow
from kiosk.screens.model import Action


def day(ctx: DeskContext) -> DeskBody:
    """How the day stands, or what opens it."""
    if ctx.desk.day.stage is Stage.NONE:
        return _opening(ctx)
    title = ctx.say("counter.day.title")
    now = ctx.desk.day
    main: tuple[Block, ...] = (
        Title(text=title),
        *_accounts(ctx, now),
        *_test(ctx, now),
    )
    close = Deed.BEGIN_CLOSE
    return DeskBody(
        alerts=notice(ctx),
        scene="day",
        title=title,
        main=main,
        action=Action(back=_sign_out(ctx), primary=onward(ctx, close).primary, ends=True),
    )


def _opening(ctx: DeskContext) -> DeskBody:
    title = ctx.say("counter.day.open_title")
    return DeskBody(
        alerts=notice(ctx),
        scene="day-opening",
        title=title,
        main=(
            Title(text=title),
            quiet(ctx, "counter.day.open_text"),
            caption(ctx, "counter.day.float", 3),
            *pieces(ctx, gap=0),
            field(ctx, "sheets", "counter.day.sheets", figures=True, width=60, most=4),
            *(
                (field(ctx, "reason", "counter.day.reason", most=200),)
                if ctx.desk.day.overnight.drawer is not None
                else ()
            ),
        ),
        action=Action(back=_sign_out(ctx), primary=onward(ctx, Deed.OPEN_DAY).primary, ends=True),
    )


def _accounts(ctx: DeskContext, now: Day) -> tuple[Block, ...]:
    """Of money and of sheets: side by side, one below the other where type is large."""
    cash, paper = _cash_account(ctx, now), _paper_account(ctx, now)
    return (*cash, *paper) if ctx.desk.large else (Columns(parts=(cash, paper), between=14, gap=3),)


def _sign_out(ctx: DeskContext) -> Control:
    return Control("sign-out", ctx.say("counter.key.sign-out"), DeskPressed(DeskKey.SIGN_OUT))


def _told(ctx: DeskContext, count: CountedCash | CountedThings | None) -> bool:
    """Whoever counts at the closing is not told beforehand what should be there."""
    return count is not None or (ctx.desk.staff is not None and ctx.desk.staff.role is Role.OFFICER)


def _cash_account(ctx: DeskContext, now: Day) -> tuple[Block, ...]:
    say, yen = ctx.say, ctx.money
    return (
        caption(ctx, "counter.day.cash"),
        rows(
            (say("counter.day.float"), yen(now.opened_with.total)),
            (say("counter.day.fees"), yen(now.fees)),
            *(((say("counter.day.held"), yen(now.held)),) if now.held else ()),
            *(((say("counter.day.due"), yen(now.due)),) if now.due else ()),
            *(((say("counter.day.owed"), yen(sum(each.yen for each in now.owed))),) if now.owed else ()),
            (say("counter.day.moved"), yen(now.moved)),
            *(((say("counter.day.drawer"), yen(now.drawer.total)),) if _told(ctx, now.cash) else ()),
            gap=0,
        ),
    )


def _paper_account(ctx: DeskContext, now: Day) -> tuple[Block, ...]:
    say, told = ctx.say, _told(ctx, now.things)

    def sheets(count: int) -> str:
        return say.counted("counter.sheets", count)

    return (
        caption(ctx, "counter.day.paper"),
        rows(
            *(((say("counter.day.blank"), sheets(now.blank)),) if told else ()),
            (say("counter.day.handed"), sheets(now.handed)),
            (say("counter.day.out"), sheets(now.out)),
            (say("counter.day.destroyed"), sheets(now.destroyed + now.tests)),
            (say("counter.day.unsettled"), sheets(sum(each.sheets for each in now.unsettled))),
            *(((say("counter.day.custody"), say.counted("counter.things", len(now.custody))),) if told else ()),
            gap=0,
        ),
    )


def _test(ctx: DeskContext, now: Day) -> tuple[Block, ...]:
    if now.stage is not Stage.OPEN:
        return (text(ctx, "counter.day.counted", 6),)
    if now.test_out:
        return (text(ctx, "counter.day.test_look", 6), *deeds(ctx, Deed.TEST_GOOD, Deed.TEST_BAD))
    words = "counter.day.test_good" if now.test_good else "counter.day.test_none"
    return (text(ctx, words, 6), *deeds(ctx, Deed.TEST_PRINT))


def custody(ctx: DeskContext) -> DeskBody:
    """What is kept, and never opened here."""
    title = ctx.say("counter.custody.title")
    kept = Table(
        columns=(
            Column(ctx.say("counter.custody.column.number"), 2),
            Column(ctx.say("counter.custody.column.kind"), 4),
            Column(ctx.say("counter.custody.column.about"), 3),
        ),
        rows=tuple(
            TableRow(
                (str(each.number), ctx.say(f"counter.custody.kind.{each.kind.value}"), each.about),
                Control(f"kept-{each.number}", str(each.number), KeptChosen(each.number)),
            )
            for each in ctx.desk.day.custody
        ),
        empty=ctx.say("counter.custody.empty"),
        gap=2,
    )
    return DeskBody(
        alerts=notice(ctx),
        scene="custody",
        title=title,
        main=(
            Title(text=title),
            quiet(ctx, "counter.custody.text"),
            kept,
            caption(ctx, "counter.custody.in", 6),
            *choice(ctx, "kind", tuple(each.value for each in CustodyKind), "counter.custody.kind", gap=0),
            field(ctx, "about", "counter.custody.about", width=120, most=40),
        ),
        action=onward(ctx, Deed.TAKE_IN),
    )


def supplies(ctx: DeskContext) -> DeskBody:
    """Paper and money put in, jammed sheets taken out."""
    title = ctx.say("counter.supplies.title")
    unsettled = ctx.desk.day.unsettled
    jammed: tuple[Block, ...] = ()
    if unsettled:
        jammed = (
            caption(ctx, "counter.supplies.jammed", 3),
            text(ctx, "counter.supplies.jammed_text", 0),
            Table(
                columns=(
                    Column(ctx.say("counter.supplies.column.document"), 5),
                    Column(ctx.say("counter.supplies.column.sheets"), 3),
                    Column(ctx.say("counter.supplies.column.state"), 4),
                ),
                rows=tuple(
                    TableRow(
                        (
                            ctx.say("counter.supplies.sample") if each.document == SAMPLE else each.document,
                            ctx.say.counted("counter.sheets", each.sheets),
                            ctx.say("counter.supplies.failed" if each.failed else "counter.supplies.working"),
                        ),
                        Control(f"document-{each.document}", each.document, DocumentChosen(each.document))
                        if each.failed
                        else None,
                        tone=Tone.ERROR if each.failed else Tone.INK,
                    )
                    for each in unsettled
                ),
                gap=2,
            ),
        )
    return DeskBody(
        alerts=notice(ctx),
        scene="supplies",
        title=title,
        main=(
            Title(text=title),
            *jammed,
            *_owed(ctx),
            caption(ctx, "counter.supplies.paper", 3),
            Columns(
                parts=(
                    (field(ctx, "sheets", "counter.supplies.sheets", figures=True, most=4, gap=0),),
                    (caption(ctx, "counter.supplies.gap"), *deeds(ctx, Deed.ADD_SHEETS, columns=1, gap=0)),
                ),
                shares=(1, 2),
            ),
            caption(ctx, "counter.supplies.cash", 5),
            *choice(ctx, "reason", tuple(each.value for each in CashReason), "counter.supplies.reason", gap=0),
            *pieces(ctx),
        ),
        action=onward(ctx, Deed.MOVE_CASH),
    )


def _owed(ctx: DeskContext) -> tuple[Block, ...]:
    """What lies in the drawer for residents who were gone."""
    owed = ctx.desk.day.owed
    if not owed:
        return ()
    table = Table(
        columns=(Column(ctx.say("counter.owed.number"), 3), Column(ctx.say("counter.owed.yen"), 4)),
        rows=tuple(
            TableRow(
                (str(each.number), ctx.money(each.yen)),
                Control(f"owed-{each.number}", str(each.number), OwedChosen(each.number)),
            )
            for each in owed
        ),
        gap=2,
    )
    return (caption(ctx, "counter.owed.title", 3), quiet(ctx, "counter.owed.text", 0), table)


def closing(ctx: DeskContext, scene: Closing) -> DeskBody:
    """The day is counted, step by step. What should be there is said only after the count."""
    title = ctx.say(f"counter.close.{scene.step.value}.title")
    shown, deed = _CLOSING[scene.step]
    main = shown(ctx)
    return DeskBody(
        alerts=notice(ctx),
        scene=f"closing-{scene.step.value}",
        title=title,
        main=(Title(text=title), *main),
        action=onward(ctx, deed, back=True),
    )


def _count_cash(ctx: DeskContext) -> tuple[Block, ...]:
    return (
        quiet(ctx, "counter.close.cash.text"),
        *pieces(ctx),
        field(ctx, "reason", "counter.close.reason", most=200),
    )


def _count_things(ctx: DeskContext) -> tuple[Block, ...]:
    return (
        quiet(ctx, "counter.close.things.text"),
        fields(
            field(ctx, "sheets", "counter.close.things.sheets", figures=True, most=4),
            field(ctx, "custody", "counter.close.things.custody", figures=True, most=4),
            large=ctx.desk.large,
            gap=4,
        ),
        field(ctx, "reason", "counter.close.reason", most=200),
    )


def _deposit(ctx: DeskContext) -> tuple[Block, ...]:
    now = ctx.desk.day
    counted = now.cash.drawer.total if now.cash is not None else 0
    outside = ((each.case.mark, each.kind) for each in ctx.desk.held if each.case.unsent and not each.aside)
    still_open = (*((each.mark, each.kind) for each in now.aside), *outside)
    cases = Table(
        columns=(
            Column(ctx.say("counter.cases.column.mark"), 3),
            Column(ctx.say("counter.cases.column.kind"), 6),
        ),
        rows=tuple(TableRow((mark, ctx.say(f"counter.cases.kind.{kind.value}"))) for mark, kind in still_open),
        empty=ctx.say("counter.close.deposit.none_open"),
    )
    sign = "+" if now.difference > 0 else "−" if now.difference < 0 else ""
    return (
        rows(
            (ctx.say("counter.close.deposit.expected"), ctx.money(now.drawer.total)),
            (ctx.say("counter.close.deposit.counted"), ctx.money(counted)),
            (ctx.say("counter.close.deposit.difference"), sign + ctx.money(abs(now.difference))),
        ),
        caption(ctx, "counter.close.deposit.stays", 4),
        *pieces(ctx, gap=0),
        caption(ctx, "counter.close.deposit.still_open", 4),
        cases,
    )


_CLOSING: Mapping[ClosingStep, tuple[Callable[[DeskContext], tuple[Block, ...]], Deed]] = {
    ClosingStep.CASH: (_count_cash, Deed.COUNT_CASH),
    ClosingStep.THINGS: (_count_things, Deed.COUNT_THINGS),
    ClosingStep.DEPOSIT: (_deposit, Deed.CLOSE_DAY),
}
