"""02, 03, 07 and what lies between them: the card and its PIN."""

from hardware.keypad.pin import PIN_DIGITS
from kiosk.flow.scenes import AwaitCard, EnterPin
from kiosk.screens.blocks import Alert, Block, Picture, PinDots, Rule, Title, Tries, Words
from kiosk.screens.controls import Keypad
from kiosk.screens.grid import Ground, touch_room
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context, back, primary

PICTURE_FROM = 168.0
"""Where the large picture starts on an upright panel, in mm."""


def await_card(ctx: Context, scene: AwaitCard) -> Body:
    """02."""
    key = "card.put_again" if scene.again else "card.put"
    return _pictured(
        ctx,
        key,
        step=1,
        moving="down",
        action=Action(back=back(ctx), band=Band("" if ctx.large else "card", ctx.say("card.put.waiting"))),
        ground=Ground.ACTION,
        cancellable=True,
    )


def reading_card(ctx: Context) -> Body:
    """Between 02 and 03."""
    return _pictured(ctx, "card.reading", step=1, picture="card-on-plate", action=waiting(ctx))


def checking_pin(ctx: Context) -> Body:
    """After 03."""
    return _pictured(ctx, "card.checking", step=2, picture="card-on-plate", action=waiting(ctx))


def proving_order(ctx: Context) -> Body:
    """Between 06 and 07."""
    return _pictured(ctx, "confirm.proving", step=4, picture="card-on-plate", action=waiting(ctx))


def take_card(ctx: Context) -> Body:
    """07."""
    return _pictured(
        ctx,
        "card.take",
        step=4,
        moving="up",
        action=Action(band=Band("" if ctx.large else "card", ctx.say("card.take.waiting"))),
        cancellable=True,
        text=ctx.by_fee("text"),
        voice=ctx.by_fee("voice"),
    )


def waiting(ctx: Context) -> Action:
    """The machine is at work."""
    return Action(band=Band("clock", ctx.say("frame.wait.moment")))


def _pictured(
    ctx: Context,
    key: str,
    *,
    step: int,
    action: Action,
    picture: str = "",
    moving: str = "",
    ground: Ground = Ground.WHITE,
    cancellable: bool = False,
    text: str = "text",
    voice: str = "voice",
) -> Body:
    return pictured(
        ctx,
        title=ctx.say(f"{key}.title"),
        voice=ctx.say(f"{key}.{voice}"),
        text=ctx.say(f"{key}.{text}"),
        step=step,
        action=action,
        picture=Picture(name=picture or f"card-{moving}", height=0, moving=moving),
        ground=ground,
        cancellable=cancellable,
    )


def pictured(
    ctx: Context,
    *,
    title: str,
    voice: str,
    text: str,
    step: int,
    action: Action,
    picture: Picture,
    ground: Ground = Ground.WHITE,
    cancellable: bool = False,
) -> Body:
    """Title, a sentence, and one large picture in the middle."""
    read: tuple[Block, ...] = (Title(text=title), Words(text=text, gap=6 if ctx.large else 5))
    return Body(
        title=title,
        voice=voice,
        ground=ground,
        read=read,
        rows=(picture,),
        action=action,
        step=None if ctx.for_number else step,
        cancellable=cancellable,
        lower_from=PICTURE_FROM,
    )


def enter_pin(ctx: Context, scene: EnterPin) -> Body:
    """03. Knows how many digits there are, never which."""
    asked = "number.pin" if ctx.for_number else "card.pin"
    title = ctx.say(f"{asked}.title_again" if scene.again else f"{asked}.title")
    missing = PIN_DIGITS - scene.digits
    dots = PinDots(
        digits=scene.digits,
        wrong=scene.wrong and scene.digits == 0,
        spoken=ctx.say("card.pin.dots", n=scene.digits),
        gap=6 if ctx.large else 8 if ctx.landscape else 11,
    )
    return Body(
        title=title,
        voice=ctx.say(f"{asked}.voice_again" if scene.again else f"{asked}.voice"),
        ground=Ground.SHIELD,
        read=(Title(text=title), _told(ctx, scene, asked), dots, *_tries(ctx, scene)),
        rows=(
            Keypad(
                height=touch_room(ctx.look),
                digit=ctx.say("card.pin.digit"),
                erase_all=ctx.say("card.pin.erase_all"),
                erase_one=ctx.say("card.pin.erase_one"),
            ),
        ),
        action=Action(
            back=back(ctx),
            primary=(
                primary(ctx.say("card.pin.enter"))
                if missing <= 0
                else primary(ctx.say.counted("card.pin.missing", missing), ready=False)
            ),
            ends=True,
        ),
        step=None if ctx.for_number else 2,
        cancellable=True,
    )


def _told(ctx: Context, scene: EnterPin, asked: str) -> Block:
    gap = 3 if ctx.large else 4
    if scene.wrong:
        key = "card.pin.last" if scene.tries_left == 1 else "card.pin.wrong"
        return Alert(text=ctx.say(key, n=scene.tries_left), gap=gap)
    return Words(text=ctx.say(f"{asked}.text_again" if scene.again else f"{asked}.text"), gap=gap)


def _tries(ctx: Context, scene: EnterPin) -> tuple[Block, ...]:
    tries = Tries(
        before=ctx.say("card.pin.tries_before"),
        figure=str(scene.tries_left),
        after=ctx.say.counted("card.pin.tries_after", scene.tries_left),
        discs=0 if ctx.large else scene.tries_left,
        cover="" if ctx.large else ctx.say("card.pin.cover"),
        gap=3 if ctx.large else 4 if ctx.landscape else 7,
    )
    return (tries,) if ctx.large or ctx.landscape else (Rule(gap=12), tries)
