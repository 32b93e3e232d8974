"""Cash or cashless, and what follows at the payment terminal. Never a word of a card or of whose it is."""

from hardware.cashless.model import WhyNot
from kiosk.flow.scenes import ChooseMeans, Present
from kiosk.flow.touches import Key, Pressed
from kiosk.screens.blocks import AmountRow, Amounts, Block, Notice, Picture, Role, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.card import pictured, waiting
from kiosk.screens.present.context import Body, Context, back
from kiosk.screens.present.frame import row_height
from kiosk.texts import formats

_AT_WORK = Picture(name="payment-alone", height=0)


def choose_means(ctx: Context, scene: ChooseMeans) -> Body:
    """Two keys; above them what it costs and, after a payment that did not come about, why. One key where no cash can
    be paid."""
    alone = "" if ctx.terminal.takes_cash else "_alone"
    title = ctx.say(f"cashless.choose.title{alone}")
    cash = Control("cash", ctx.say("cashless.choose.cash"), Pressed(Key.CASH), icon="coins")
    keys = (
        *(() if alone else (cash,)),
        Control("cashless", ctx.say("cashless.choose.cashless"), Pressed(Key.CASHLESS), icon="contactless"),
    )
    height = 45 if ctx.large else row_height(ctx, 33 if ctx.landscape else 42)
    total = AmountRow(ctx.say("cashless.choose.total"), formats.amount(_fee(ctx), ctx.language))
    amounts = Amounts(rows=(total,), gap=3 if ctx.large else 5 if ctx.landscape else 9)
    return Body(
        title=title,
        voice=ctx.say(f"cashless.choose.voice{alone}", money=ctx.money(_fee(ctx))),
        ground=Ground.DESK,
        read=(Title(text=title), amounts, *_why(ctx, scene)),
        rows=tuple(
            KeyRow(keys=(key,), style=RowStyle.WIDE, height=height, columns=1, gap=5 if place else 0)
            for place, key in enumerate(keys)
        ),
        action=Action(back=back(ctx), band=Band("", ctx.say("cashless.choose.press" if alone else "elsewhere.choose"))),
        step=5,
        cancellable=True,
    )


def _why(ctx: Context, scene: ChooseMeans) -> tuple[Block, ...]:
    role = Role.LABEL if ctx.landscape else Role.BODY
    no_cash = not ctx.terminal.takes_cash
    if scene.declined is None:
        why = "no-cash" if no_cash else ""
    else:
        why = "offline-alone" if no_cash and scene.declined is WhyNot.OFFLINE else scene.declined.value
    if not why:
        return ()
    return (Notice(text=ctx.say(f"cashless.choose.{why}"), role=role, gap=4 if ctx.landscape else 8),)


def present(ctx: Context, scene: Present) -> Body:
    """08, cashless."""
    if scene.stopping:
        return _at_work(ctx, "stopping")
    money = ctx.money(_fee(ctx))
    going = Action(back=back(ctx), band=Band("", ctx.say("cashless.present.waiting")))
    return pictured(
        ctx,
        title=ctx.say("cashless.present.title"),
        voice=ctx.say("cashless.present.voice", money=money),
        text=ctx.say("cashless.present.text", money=money),
        step=5,
        action=going,
        picture=Picture(name="payment", height=0),
        ground=Ground.ACTION,
        cancellable=True,
    )


def asking_debit(ctx: Context) -> Body:
    """Nobody knows yet."""
    return _at_work(ctx, "asking")


def returning(ctx: Context) -> Body:
    """What was debited goes back."""
    return _at_work(ctx, "returning")


def _at_work(ctx: Context, what: str) -> Body:
    return pictured(
        ctx,
        title=ctx.say(f"cashless.{what}.title"),
        voice=ctx.say(f"cashless.{what}.voice"),
        text=ctx.say(f"cashless.{what}.text"),
        step=5,
        action=waiting(ctx),
        picture=_AT_WORK,
    )


def _fee(ctx: Context) -> int:
    return ctx.terminal.visit.fee if ctx.terminal.visit is not None else 0
