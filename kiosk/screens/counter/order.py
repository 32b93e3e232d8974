"""A certificate order beside the resident: how far they are, the money that the clerk takes, the sheets that the clerk
hands over; and what takes two."""

from kiosk.counter.day.counts import NOTHING, change_for
from kiosk.counter.day.entries import CountedCash, Kept, Opened
from kiosk.counter.day.nights import Count
from kiosk.counter.desk import Desk
from kiosk.counter.resident import ResidentStage
from kiosk.counter.scenes import BeforeTwo, DestroyNotTaken, DestroySheets, GiveOut, PayOwed
from kiosk.counter.signing_in import ready
from kiosk.counter.touches import Deed, Done
from kiosk.screens.blocks import Block, Fact, Facts, Title
from kiosk.screens.controls import Control
from kiosk.screens.counter import sign_in
from kiosk.screens.counter.context import DeskBody, DeskContext
from kiosk.screens.counter.parts import (
    caption,
    choice,
    deeds,
    field,
    listed,
    notice,
    onward,
    pieces,
    quiet,
    rows,
    text,
)
from kiosk.screens.model import Action, Band


def order(ctx: DeskContext) -> DeskBody:
    """Before an order."""
    title = ctx.say("counter.order.title")
    return DeskBody(
        scene="order",
        title=title,
        alerts=notice(ctx),
        main=(
            Title(text=title),
            text(ctx, "counter.order.text"),
            Facts(
                facts=tuple(
                    Fact(icon, ctx.say(f"counter.order.{name}.head"), ctx.say(f"counter.order.{name}.text"))
                    for name, icon in (("card", "card"), ("pin", "hand"), ("paper", "sheet"))
                ),
                gap=4,
            ),
        ),
        action=onward(ctx, Deed.BEGIN_ORDER),
    )


def guiding(ctx: DeskContext) -> DeskBody:
    """During one: what is for the clerk to do comes first."""
    desk = ctx.desk
    now = _step(ctx)
    title = ctx.say(f"counter.guide.{now}.title")
    match now:
        case "change":
            main, action = _change(ctx)
        case "money":
            main, action = _money(ctx)
        case "sheets":
            main, action = _sheets(ctx)
        case step:
            left = deeds(ctx, Deed.NOT_TAKEN) if desk.out and desk.resident.stage is ResidentStage.LEFT else ()
            main, action = (text(ctx, f"counter.guide.{step}.text"), *left), Action()
    leave = Control(Deed.LEAVE_ORDER.value, ctx.say("counter.deed.leave-order"), Done(Deed.LEAVE_ORDER))
    return DeskBody(
        scene=f"guiding-{now}-{_word(desk)}",
        title=title,
        main=(Title(text=title), *main),
        alerts=notice(ctx),
        action=Action(back=leave, primary=action.primary, band=action.band, ends=True),
    )


def _step(ctx: DeskContext) -> str:
    desk = ctx.desk
    if desk.day.due:
        return "change"
    if desk.asked is not None:
        return "money"
    if desk.out and ctx.around.site.separate and desk.resident.stage is not ResidentStage.VISIT:
        return "sheets"
    match desk.resident.stage:
        case ResidentStage.VISIT:
            return "visit"
        case ResidentStage.DONE | ResidentStage.LEFT:
            return "done"
        case ResidentStage.FREE | ResidentStage.COUNTER:
            return "start"
        case _:
            return "closed"


def _money(ctx: DeskContext) -> tuple[tuple[Block, ...], Action]:
    fee, held = ctx.desk.asked or 0, ctx.desk.day.held
    missing = max(0, fee - held)
    return (
        rows(
            (ctx.say("counter.guide.money.fee"), ctx.money(fee)),
            (ctx.say("counter.guide.money.held"), ctx.money(held)),
            (ctx.say("counter.guide.money.missing"), ctx.money(missing)),
        ),
        text(ctx, "counter.guide.money.text" if missing else "counter.guide.money.enough"),
        *pieces(ctx),
    ), onward(ctx, Deed.TAKE_MONEY)


def _change(ctx: DeskContext) -> tuple[tuple[Block, ...], Action]:
    due = ctx.desk.day.due
    suggested = change_for(due, ctx.desk.day.drawer)
    words = (
        text(ctx, "counter.guide.change.text", pieces=listed(ctx, suggested))
        if suggested is not None
        else text(ctx, "counter.guide.change.none")
    )
    return (
        rows((ctx.say("counter.guide.change.due"), ctx.money(due)), strong=True),
        words,
        quiet(ctx, "counter.guide.change.other"),
        *pieces(ctx),
        *deeds(ctx, Deed.RESIDENT_GONE, columns=2),
    ), onward(ctx, Deed.GIVE_CHANGE)


def _sheets(ctx: DeskContext) -> tuple[tuple[Block, ...], Action]:
    desk = ctx.desk
    count = ctx.say.counted("counter.sheets", desk.out)
    shown = (rows((ctx.say("counter.guide.sheets.out"), count), strong=True),)
    match _word(desk):
        case "tray":
            gone = deeds(ctx, Deed.RESIDENT_GONE, columns=2)
            return (*shown, text(ctx, "counter.guide.sheets.text"), *gone), onward(ctx, Deed.ASK_RESIDENT)
        case "waiting":
            gone = deeds(ctx, Deed.RESIDENT_GONE, columns=2)
            band = Band("clock", ctx.say("counter.guide.sheets.asked"))
            return (*shown, text(ctx, "counter.guide.sheets.waiting"), *gone), Action(band=band)
        case "right":
            left = deeds(ctx, Deed.NOT_TAKEN, columns=2)
            return (*shown, text(ctx, "counter.guide.sheets.right"), *left), onward(ctx, Deed.HAND_OVER)
        case _:
            return (*shown, text(ctx, "counter.guide.sheets.wrong")), onward(ctx, Deed.NOT_TAKEN)


def _word(desk: Desk) -> str:
    """How it stands with the resident's word about what lies there."""
    match desk.resident.stage:
        case ResidentStage.SHEETS:
            return "tray"
        case ResidentStage.LOOKS:
            return "waiting"
        case _:
            return "right" if all(each.right for each in desk.sheets_of_order) else "wrong"


def before_two(ctx: DeskContext, scene: BeforeTwo) -> DeskBody:
    """What takes two: what is done, and the second person's sign-in."""
    what = scene.what
    if isinstance(what, DestroySheets):
        name, done = "destroy", _destroy(ctx, what.document, what.most)
    elif isinstance(what, DestroyNotTaken):
        name, done = "destroy", _destroy_not_taken(ctx, what)
    elif isinstance(what, PayOwed):
        name, done = "pay_owed", _pay_owed(ctx, what.number)
    elif isinstance(what, GiveOut):
        name, done = "give_out", _give_out(ctx, what.number)
    else:
        name, done = "differs", _differs(ctx, what.count)
    title = ctx.say(f"counter.two.{name}.title")
    sign = sign_in.form(ctx, scene.sign, beside=True)
    main: tuple[Block, ...] = (
        Title(text=title),
        *done,
        caption(ctx, "counter.two.second", 5),
        quiet(ctx, "counter.two.text", 0),
        *sign,
    )
    action = onward(ctx, Deed.TWO_STAND, back=True, ready=ready(scene.sign))
    if scene.sign.busy:
        action = Action(band=Band("clock", ctx.say("counter.sign_in.busy")))
    return DeskBody(
        scene=f"two-{name}-{scene.sign.way.value}-{scene.sign.round}",
        title=title,
        main=main,
        action=action,
        alerts=(*notice(ctx), *sign_in.problem(ctx, scene.sign)),
    )


def _destroy(ctx: DeskContext, document: str, most: int) -> tuple[Block, ...]:
    return (
        rows((ctx.say("counter.two.destroy.document"), document), strong=not ctx.desk.large),
        text(ctx, "counter.two.destroy.text"),
        field(ctx, "sheets", "counter.two.destroy.sheets", figures=True, width=60, most=4),
        quiet(ctx, "counter.two.destroy.most", 0, n=most),
    )


def _destroy_not_taken(ctx: DeskContext, what: DestroyNotTaken) -> tuple[Block, ...]:
    documents = ((ctx.say("counter.two.destroy.document"), document) for document in what.documents)
    return (
        rows(*documents, (ctx.say("counter.guide.sheets.out"), ctx.say.counted("counter.sheets", what.sheets))),
        text(ctx, "counter.two.destroy.text"),
    )


def _give_out(ctx: DeskContext, number: int) -> tuple[Block, ...]:
    kept = next((each for each in ctx.desk.day.custody if each.number == number), None)
    return (
        rows(_kept(ctx, kept) if kept is not None else (str(number), "")),
        *choice(ctx, "whither", ("municipality", "holder"), "counter.custody.whither"),
    )


def _pay_owed(ctx: DeskContext, number: int) -> tuple[Block, ...]:
    yen = sum(each.yen for each in ctx.desk.day.owed if each.number == number)
    return (
        rows((ctx.say("counter.owed.row", n=number), ctx.money(yen))),
        quiet(ctx, "counter.two.pay_owed.text"),
        *pieces(ctx),
    )


def _kept(ctx: DeskContext, kept: Kept) -> tuple[str, str]:
    return str(kept.number), f"{ctx.say(f'counter.custody.kind.{kept.kind.value}')}  {kept.about}"


def _differs(ctx: DeskContext, count: Count) -> tuple[Block, ...]:
    day = ctx.desk.day
    account: tuple[tuple[str, str], ...]
    things: tuple[Block, ...] = ()
    if isinstance(count, Opened):
        left = count.before
        account = (
            (ctx.say("counter.two.differs.left"), ctx.money((left.drawer or NOTHING).total)),
            (ctx.say("counter.close.deposit.counted"), ctx.money(count.drawer.total)),
            (ctx.say("counter.close.things.sheets"), _of_expected(ctx, count.sheets, left.sheets or 0)),
        )
    elif isinstance(count, CountedCash):
        account = (
            (ctx.say("counter.close.deposit.expected"), ctx.money(day.drawer.total)),
            (ctx.say("counter.close.deposit.counted"), ctx.money(count.drawer.total)),
        )
    else:
        account = (
            (ctx.say("counter.close.things.sheets"), _of_expected(ctx, count.sheets, day.blank)),
            (ctx.say("counter.close.things.custody"), _of_expected(ctx, count.custody, len(day.custody))),
        )
        kept = (_kept(ctx, each) for each in day.custody)
        things = (rows(*kept),) if day.custody else ()
    return (
        text(ctx, "counter.two.differs.text"),
        rows(*account, (ctx.say("counter.close.reason"), count.reason)),
        *things,
    )


def _of_expected(ctx: DeskContext, counted: int, expected: int) -> str:
    return ctx.say("counter.two.differs.counted", counted=counted, expected=expected)
