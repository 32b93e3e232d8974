"""Preparing, 08, and money going back. The amount that matters is the last one, and it is large."""

from kiosk.flow.scenes import Pay
from kiosk.flow.touches import Key, Pressed
from kiosk.screens.blocks import AmountRow, Amounts, Block, Notice, Picture, Place, Places, Role, Rule, Title, Words
from kiosk.screens.controls import Control
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action
from kiosk.screens.present.card import pictured, waiting
from kiosk.screens.present.context import Body, Context, primary
from kiosk.texts import formats

_NOTES = (2000, 5000, 10000)
"""Notes that a person may try; those the device does not take are named."""

_NOTE_FROM = 1000

_LARGE_FROM = 168.0
"""Large amounts end higher on an upright panel: where the second part starts, in mm."""


def preparing(ctx: Context) -> Body:
    """Between 07 and 08."""
    return pictured(
        ctx,
        title=ctx.say("pay.preparing.title"),
        voice=ctx.say(ctx.by_fee("pay.preparing.voice")),
        text=ctx.say(ctx.by_fee("pay.preparing.text")),
        step=5,
        action=waiting(ctx),
        picture=Picture(name="making", height=0),
        cancellable=True,
    )


def returning_money(ctx: Context) -> Body:
    """The device gives everything back."""
    return pictured(
        ctx,
        title=ctx.say("pay.returning.title"),
        voice=ctx.say("pay.returning.voice", where=ctx.where(ctx.site.change_tray)),
        text=ctx.say("pay.returning.text", where=ctx.where(ctx.site.change_tray)),
        step=5,
        action=waiting(ctx),
        picture=Picture(name="counter" if ctx.site.separate else "money-out", height=0),
    )


def giving_change(ctx: Context) -> Body:
    """Change comes out before the paper."""
    where = ctx.where(ctx.site.change_tray)
    return pictured(
        ctx,
        title=ctx.say("pay.changing.title"),
        voice=ctx.say("pay.changing.voice", where=where),
        text=ctx.say("pay.changing.text", where=where),
        step=6,
        action=waiting(ctx),
        picture=Picture(name="counter" if ctx.site.separate else "money-out", height=0),
    )


def pay(ctx: Context, scene: Pay) -> Body:
    """08, while money is missing and when it is enough; before it, until the device has told what it takes."""
    visit = ctx.terminal.visit
    fee = visit.fee if visit is not None else 0
    if not scene.accepted and not scene.held:
        return _opening(ctx)
    return _enough(ctx, scene, fee) if scene.held >= fee else _insert(ctx, scene, fee)


def _opening(ctx: Context) -> Body:
    return pictured(
        ctx,
        title=ctx.say("pay.opening.title"),
        voice=ctx.say("pay.opening.voice"),
        text=ctx.say("pay.opening.text"),
        step=5,
        action=waiting(ctx),
        picture=Picture(name="counter" if ctx.site.separate else "cash-slots", height=0),
        cancellable=True,
    )


def _insert(ctx: Context, scene: Pay, fee: int) -> Body:
    missing = ctx.money(fee - scene.held)
    title = ctx.say("pay.insert.title")
    return Body(
        title=title,
        voice=ctx.say("pay.insert.voice", money=missing),
        ground=Ground.ACTION,
        read=(Title(text=title), _amounts(ctx, scene, fee, ctx.say("pay.insert.missing"), fee - scene.held)),
        rows=_accepted(ctx, scene),
        action=Action(
            back=_return_money(ctx),
            primary=primary(ctx.say("pay.insert.still", money=missing), ready=False),
        ),
        step=5,
        cancellable=True,
        lower_from=_LARGE_FROM if ctx.large else None,
    )


def _enough(ctx: Context, scene: Pay, fee: int) -> Body:
    change = scene.held - fee
    title = ctx.say("pay.enough.title")
    return Body(
        title=title,
        voice=ctx.say("pay.enough.voice" if change else "pay.enough.voice_even", money=ctx.money(change)),
        ground=Ground.ACTION,
        read=(Title(text=title), _amounts(ctx, scene, fee, ctx.say("pay.enough.change"), change)),
        rows=_what_follows(ctx, change),
        action=Action(back=_return_money(ctx), primary=primary(ctx.say("pay.enough.pay"))),
        step=5,
        cancellable=True,
        lower_from=_LARGE_FROM if ctx.large else None,
    )


def _return_money(ctx: Context) -> Control:
    return Control("back", ctx.say("pay.insert.return"), Pressed(Key.RETURN_MONEY))


def _amounts(ctx: Context, scene: Pay, fee: int, last: str, matters: int) -> Amounts:
    return Amounts(
        rows=(
            AmountRow(ctx.say("pay.insert.total"), formats.amount(fee, ctx.language)),
            AmountRow(ctx.say("pay.insert.held"), formats.amount(scene.held, ctx.language)),
            AmountRow(last, formats.amount(matters, ctx.language)),
        ),
        gap=3 if ctx.large else 5 if ctx.landscape else 9,
    )


def _accepted(ctx: Context, scene: Pay) -> tuple[Block, ...]:
    accepted = sorted(scene.accepted, reverse=True)
    notes = [yen for yen in accepted if yen >= _NOTE_FROM]
    coins = [yen for yen in accepted if yen < _NOTE_FROM]
    places = tuple(
        Place(
            "" if ctx.large or ctx.site.separate else picture,
            ctx.say(f"pay.insert.{name}"),
            formats.denominations(yen, ctx.language, on_a_line=line),
        )
        for name, picture, yen, line in (
            ("notes", "note-in", notes, 2 if ctx.landscape or ctx.large else 1),
            ("coins", "coin-in", coins, 2),
        )
        if yen
    )
    refused = [yen for yen in _NOTES if yen not in accepted]
    if refused:
        key = "pay.insert.refused_only" if ctx.site.cashless else "pay.insert.refused"
        notice = ctx.say(key, notes=formats.notes(refused, ctx.language))
    else:
        notice = "" if ctx.site.cashless else ctx.say("pay.insert.refused_none")
    return _told(ctx, ctx.say("pay.insert.accepted"), places, notice)


def _what_follows(ctx: Context, change: int) -> tuple[Block, ...]:
    sheets = len(ctx.terminal.visit.sheets) if ctx.terminal.visit is not None else 0
    paper = Place(
        "" if ctx.large else "page-out", ctx.say("pay.enough.paper"), ctx.say.counted("pay.enough.paper_text", sheets)
    )
    given = Place(
        "" if ctx.large else "counter" if ctx.site.separate else "coins-out",
        ctx.say("pay.enough.change"),
        ctx.say("pay.enough.change_here", money=ctx.money(change)),
    )
    places = (given, paper) if change else (paper,)
    return _told(ctx, ctx.say("pay.enough.then"), places, ctx.say("pay.enough.stop"))


def _told(ctx: Context, head: str, places: tuple[Place, ...], notice: str) -> tuple[Block, ...]:
    heading = Words(text=head, role=Role.ITEM, gap=0 if ctx.landscape else 4)
    if ctx.large or (ctx.look.low_reach and not ctx.landscape):
        return (Places(places=places, gap=0 if ctx.landscape or ctx.look.low_reach else 4),)
    spread = 4 if ctx.landscape else 8
    if not notice:
        return heading, Places(places=places, gap=spread)
    return (
        heading,
        Places(places=places, gap=spread),
        Rule(gap=spread),
        Notice(text=notice, role=Role.LABEL if ctx.landscape else Role.BODY, gap=spread),
    )
