"""A hand-over on the resident's window. Whoever chooses a PIN types it here and nowhere else; to a proxy, who must not
know it, nothing of a PIN is ever shown."""

from hardware.card.model import Usage
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.events import Chosen, Key, Touched
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.screens.blocks import Alert, Block, Fact, Facts, Picture, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.hand_over.parts import Say
from kiosk.screens.counter.pin_pages import NEXT_WAY, enter_key, pin_dots, pin_keys, pin_words, way_shown, weak_pin
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context
from kiosk.texts.catalogue import plain

_PICTURE_FROM = 190.0


def resident(ctx: Context, case: HandOverCase) -> Body | None:
    """What they see; nothing of its own while the clerk asks who came and whose card it is."""
    say = Say(ctx.say)
    match case.scene:
        case at.NotHere():
            return _facts(ctx, say, "not_here_alone" if case.alone else "not_here", ("building", "receipt"))
        case at.OfHolder() | at.OfTaker() | at.Papers():
            return _facts(ctx, say, "papers_alone" if case.alone else "papers", ("licence", "sheet"))
        case at.Ready():
            return _facts(ctx, say, "ready_form" if case.from_form else "ready", ("card", "hand"))
        case at.AwaitCard() | at.ReadingCard() | at.Comparing() | at.ByEye():
            return _waiting(ctx, say, "await")
        case at.Typing() | at.Weak() | at.Setting() if case.from_form:
            return _waiting(ctx, say, "from_form")
        case at.Typing() as scene:
            return _typing(ctx, case, scene)
        case at.Weak() as scene:
            return _weak(ctx, scene)
        case at.Setting():
            return _waiting(ctx, say, "setting")
        case at.Closing():
            return _waiting(ctx, say, "closing")
        case at.Delivered():
            return _facts(ctx, say, "delivered_alone" if case.from_form else "delivered", ("card", "receipt"))
        case _:
            return None


def _facts(ctx: Context, say: Say, name: str, icons: tuple[str, str]) -> Body:
    """A page that only tells: a title and two facts with pictures."""
    title = say(f"resident.{name}.title")
    told = tuple(
        Fact("" if ctx.large else icon, say(f"resident.{name}.head{at_}"), say(f"resident.{name}.text{at_}"))
        for at_, icon in enumerate(icons, start=1)
    )
    above = told[:1] if ctx.landscape else told
    below = told[1:] if ctx.landscape else ()
    return Body(
        title=title,
        voice=plain(say(f"resident.{name}.voice")),
        ground=Ground.ACTION,
        read=(Title(text=title, gap=4), Facts(facts=above, gap=2 if ctx.large else 6)),
        rows=(Facts(facts=below),) if below else (),
        action=Action(band=Band("" if ctx.large else "staff", ctx.say("at-counter.band"))),
        lowered=False,
        lower_from=340,
        name=f"hand-{name.replace('_', '-')}",
    )


def _waiting(ctx: Context, say: Say, name: str) -> Body:
    """The clerk, the card or the server is at work."""
    title = say(f"resident.{name}.title")
    simulated = Words(
        text=say("simulated_short" if ctx.large or ctx.landscape else "simulated"),
        role=Role.LABEL,
        tone=Tone.QUIET,
        gap=3 if ctx.large else 6,
    )
    return Body(
        title=title,
        voice=plain(say(f"resident.{name}.voice")),
        ground=Ground.WHITE,
        read=(Title(text=title), Words(text=say(f"resident.{name}.text"), gap=5), simulated),
        rows=(Picture(name="card-on-plate", height=0),),
        action=Action(band=Band("clock", ctx.say("frame.wait.moment"))),
        lower_from=_PICTURE_FROM,
        name=f"hand-{name.replace('_', '-')}",
    )


def _typing(ctx: Context, case: HandOverCase, scene: at.Typing) -> Body:
    """One PIN, in the words in which the counter asks for any new PIN."""
    pin, ask = pin_words(ctx.say), scene.ask
    signing = ask.usage is Usage.SIGNING
    title = pin(f"pin.title.{ask.usage.value}.{ask.part.value}")
    gap = 3 if ctx.large else 4
    asked: Block = Words(text=pin(f"pin.text.{ask.usage.value}.{ask.part.value}"), gap=gap)
    if scene.differ or scene.misshapen:
        asked = Alert(text=pin("pin.differ" if scene.differ else "pin.misshapen"), gap=gap)
    dots = pin_dots(ctx, pin, ask, scene.typed, wrong=scene.differ or scene.misshapen)
    cover = () if ctx.large else (Words(text=pin("pin.cover"), role=Role.LABEL, gap=4),)
    way = way_shown(ctx, case.way, signing=signing)
    other = NEXT_WAY[way]
    return Body(
        title=title,
        voice=plain(pin("voice.pin")),
        ground=Ground.SHIELD,
        read=(Title(text=title), asked, dots, *cover),
        rows=(pin_keys(ctx, pin, way, signing=signing),),
        action=Action(
            back=Control("way", pin(f"board.{other.value}"), Chosen("way", other.value)),
            primary=enter_key(pin, ask, scene.typed, Touched(Key.PIN_ENTERED)),
            ends=True,
        ),
        name=f"hand-pin-{ask.usage.value}-{ask.part.value}",
    )


def _weak(ctx: Context, scene: at.Weak) -> Body:
    keep = None if scene.refused else Touched(Key.KEEP_PIN)
    return weak_pin(pin_words(ctx.say), "hand-weak", scene.weaknesses, other=Touched(Key.OTHER_PIN), keep=keep)
