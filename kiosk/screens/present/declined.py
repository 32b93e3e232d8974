"""11: a card or an order that can't be served here: why, what it is good for, and where to go. Never red."""

from kiosk.flow.means import Means
from kiosk.flow.scenes import Declined
from kiosk.flow.values.board import Window
from kiosk.screens.blocks import Banner, Block, Fact, Facts, Title, Tone
from kiosk.screens.grid import Ground
from kiosk.screens.present.context import Body, Context, data, finish, to_take
from kiosk.screens.present.reasons import WORDING, Reason, names, own_words

_ABOUT_CARD = frozenset(
    {"face-auth", "locked-or-face", "locked", "foreign", "unreadable", "other-card", "no-number", "number-locked"}
)
"""The card itself is the reason: its pictogram, and the national number."""

_TRY_AGAIN = frozenset({"changed", "no-number", "other-card", "sheets-not-right", "timed-out", "unreadable"})
"""Nobody needs to go anywhere."""


def declined(ctx: Context, scene: Declined) -> Body:
    """11."""
    wording = WORDING[scene.reason]
    told = names(ctx, scene.kind)
    title = ctx.say(f"declined.{wording}.title", **told)
    head: tuple[Block, ...] = (
        *(() if ctx.large else (Banner(icon="info", text=ctx.say("declined.banner"), tone=Tone.INK, gap=4),)),
        Title(text=title, gap=4),
    )
    why = _why(ctx, scene.reason, told)
    more = _more(ctx, wording)
    if ctx.landscape:
        why, more = (*why, *more[:1]), more[1:]
    rest = (
        *_returned(ctx, scene),
        *more,
        *_where(ctx, wording, scene.window),
        *_phone(ctx, wording, scene),
    )
    if ctx.large and (ctx.landscape or own_words(ctx, scene.reason)):
        rest = rest[:1]
    slip = ctx.say("declined.slip", where=ctx.where(ctx.site.receipt_slot)) if scene.slip else ""
    gap = 2 if ctx.large else 4 if ctx.landscape else 7
    apart = ctx.landscape
    return Body(
        title=title,
        voice=ctx.say("declined.voice", title=title),
        ground=Ground.ACTION,
        read=(*head, Facts(facts=why if apart else (*why, *rest), gap=gap)),
        rows=(Facts(facts=rest),) if apart and rest else (),
        foot=to_take(ctx, slip),
        action=finish(ctx),
        lowered=False,
        lower_from=340,
    )


def _icon(ctx: Context, name: str) -> str:
    return "" if ctx.large else name


def _why(ctx: Context, reason: Reason, told: dict[str, str]) -> tuple[Fact, ...]:
    wording = WORDING[reason]
    icon = "face-card" if wording == "face-auth" else "card" if wording in _ABOUT_CARD else "info"
    head = ctx.say(f"declined.{wording}.head", **told)
    return (Fact(_icon(ctx, icon), head, own_words(ctx, reason) or ctx.say(f"declined.{wording}.text", **told)),)


def _returned(ctx: Context, scene: Declined) -> tuple[Fact, ...]:
    if not scene.returned:
        return ()
    return (
        Fact(
            _icon(ctx, "coins"),
            ctx.say("declined.returned", money=ctx.money(scene.returned)),
            ctx.say("cashless.declined.returned")
            if scene.means is Means.CASHLESS
            else ctx.say("declined.returned_text", where=ctx.where(ctx.site.change_tray)),
        ),
    )


def _more(ctx: Context, wording: str) -> tuple[Fact, ...]:
    if ctx.large:
        return ()
    rows = (("can", "medical"), ("reset", "counter"))
    return tuple(
        Fact(icon, ctx.say(f"declined.{wording}.{name}"), ctx.say(f"declined.{wording}.{name}_text"))
        for name, icon in rows
        if f"declined.{wording}.{name}" in ctx.say
    )


def _where(ctx: Context, wording: str, window: Window | None) -> tuple[Fact, ...]:
    if window is None or wording in _TRY_AGAIN:
        return ()
    hours = window.hours if ctx.japanese else window.hours_en
    place = window.place if ctx.japanese else window.place_en
    own = f"declined.{wording}.bring"
    bring = ctx.say(own) if own in ctx.say else data(window.bring if ctx.japanese else window.bring_en)
    return (
        Fact(
            _icon(ctx, "building"),
            ctx.say(headed if (headed := f"declined.{wording}.where") in ctx.say else "declined.where"),
            "" if ctx.large else bring,
            strong=data(place),
            beside=data(hours),
        ),
    )


def _phone(ctx: Context, wording: str, scene: Declined) -> tuple[Fact, ...]:
    if wording in _TRY_AGAIN or wording == "locked-or-face" or (ctx.large and scene.window is not None):
        return ()
    if wording in _ABOUT_CARD or scene.window is None:
        return (Fact(_icon(ctx, "phone"), ctx.site.helpline, ctx.say("declined.helpline"), big=True),)
    return (
        Fact(_icon(ctx, "phone"), scene.window.phone, ctx.say("declined.ask", helpline=ctx.site.helpline), big=True),
    )
