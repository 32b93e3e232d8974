"""Hearing one's individual number: headphones, and when it may be heard. No screen knows a figure of it, and while it
is read out the loudspeaker says nothing (decision 0011)."""

from kiosk.flow.scenes import NumberReady, PlugIn
from kiosk.flow.touches import Key, Pressed
from kiosk.screens.blocks import Picture, Title, Words
from kiosk.screens.controls import Control
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.card import PICTURE_FROM, waiting
from kiosk.screens.present.context import Body, Context, back, primary


def hear_key(ctx: Context) -> Control | None:
    """The key that asks for it: only for whoever has screens read out, where there is a jack."""
    if not (ctx.site.headphones and ctx.terminal.presentation.voice):
        return None
    return Control("hear-number", ctx.say("number.key"), Pressed(Key.HEAR_NUMBER), spoken=ctx.say("number.key_spoken"))


def plug_in(ctx: Context, scene: PlugIn) -> Body:
    """Looks for headphones, or asks for them."""
    if not scene.missing:
        return _said(ctx, "number.look", waiting(ctx))
    return _said(ctx, "number.plug", Action(back=back(ctx), primary=primary(ctx.say("number.plug.on"))))


def number_ready(ctx: Context, scene: NumberReady) -> Body:
    """It may be heard, once more, or no longer."""
    end = Control("back", ctx.say("frame.key.finish"), Pressed(Key.BACK))
    if not scene.times:
        action = Action(primary=primary(ctx.say("frame.key.finish")), ends=True, wide=ctx.large)
        return _said(ctx, "number.over", action)
    key = "number.cut" if scene.cut else "number.ready" if scene.times > 1 else "number.once_more"
    return _said(ctx, key, Action(back=end, primary=primary(ctx.say(f"{key}.on")), ends=True))


def telling_number(ctx: Context) -> Body:
    """Says nothing aloud: what is to be heard is in the headphones."""
    action = Action(band=Band("" if ctx.large else "speaker", ctx.say("number.telling.waiting")))
    return _said(ctx, "number.telling", action, silent=True)


def _said(ctx: Context, key: str, action: Action, *, silent: bool = False) -> Body:
    title = ctx.say(f"{key}.title")
    return Body(
        title=title,
        voice="" if silent else ctx.say(f"{key}.voice"),
        ground=Ground.ACTION,
        read=(Title(text=title), Words(text=ctx.say(f"{key}.text"), gap=6 if ctx.large else 5)),
        rows=(Picture(name="headphones", height=0),),
        action=action,
        cancellable=True,
        lower_from=PICTURE_FROM,
        name="" if silent else key.removeprefix("number."),
    )
