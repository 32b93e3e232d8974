"""A hand-over on the resident's window. Whoever chooses a PIN types it here and nowhere else; to a proxy, who must not
know it, nothing of a PIN is ever shown."""

from hardware.card.model import Usage
from hardware.keypad.pin import PIN_DIGITS, SIGNING_PIN_LENGTHS
from kiosk.counter.hand_over import scenes as at
from kiosk.counter.hand_over.events import Chosen, Key, Touched
from kiosk.counter.hand_over.state import HandOverCase
from kiosk.counter.pins import BoardWay, enough
from kiosk.screens.blocks import Alert, Block, Fact, Facts, Picture, PinDots, Role, Title, Tone, Words
from kiosk.screens.controls import Board, Control, Keypad, SignKeys
from kiosk.screens.counter.hand_over.parts import Say
from kiosk.screens.counter.x509_pin.shared import Say as PinSay
from kiosk.screens.grid import Ground, grid
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
    pin = PinSay(ctx.say, japanese=ctx.japanese)
    usage, part = scene.ask.usage, scene.ask.part
    signing = usage is Usage.SIGNING
    title = pin(f"pin.title.{usage.value}.{part.value}")
    gap = 3 if ctx.large else 4
    asked: Block = Words(text=pin(f"pin.text.{usage.value}.{part.value}"), gap=gap)
    if scene.differ or scene.misshapen:
        asked = Alert(text=pin("pin.differ" if scene.differ else "pin.misshapen"), gap=gap)
    dots = PinDots(
        digits=scene.typed,
        wrong=(scene.differ or scene.misshapen) and not scene.typed,
        spoken=plain(pin("pin.signs") if signing else pin.counted("pin.typed", scene.typed)),
        places=SIGNING_PIN_LENGTHS[-1] if signing else PIN_DIGITS,
        gap=4 if ctx.large else 6,
    )
    cover = () if ctx.large else (Words(text=pin("pin.cover"), role=Role.LABEL, gap=4),)
    way = _way(ctx, case, signing=signing)
    other = _NEXT_WAY[way]
    least = SIGNING_PIN_LENGTHS[0] if signing else PIN_DIGITS
    missing = Control("primary", pin.counted("pin.missing", max(1, least - scene.typed)), None)
    enter = Control("primary", pin("pin.enter"), Touched(Key.PIN_ENTERED))
    return Body(
        title=title,
        voice=plain(pin("voice.pin")),
        ground=Ground.SHIELD,
        read=(Title(text=title), asked, dots, *cover),
        rows=(_keys(ctx, pin, way, signing=signing),),
        action=Action(
            back=Control("way", pin(f"board.{other.value}"), Chosen("way", other.value)),
            primary=enter if enough(scene.ask, scene.typed) else missing,
            ends=True,
            chevron=False,
        ),
        name=f"hand-pin-{usage.value}-{part.value}",
    )


_NEXT_WAY = {BoardWay.KEYS: BoardWay.BIG, BoardWay.BIG: BoardWay.ONE_BY_ONE, BoardWay.ONE_BY_ONE: BoardWay.KEYS}


def _way(ctx: Context, case: HandOverCase, *, signing: bool) -> BoardWay:
    """As chosen; where thirty-six keys have no room for fingers, few big ones stand instead."""
    crowded = signing and ctx.landscape and (ctx.large or ctx.look.low_reach)
    return BoardWay.BIG if crowded and case.way is BoardWay.KEYS else case.way


def _keys(ctx: Context, pin: PinSay, way: BoardWay, *, signing: bool) -> Block:
    height = grid(ctx.look, Ground.SHIELD, stepped=False).lower.h
    if way is not BoardWay.KEYS:
        return Board(
            height=height,
            kind=way.value,
            signs=signing,
            sign=plain(pin("pin.signs" if signing else "pin.digits")),
            this=plain(pin("board.this")),
            other=plain(pin("board.other")),
            groups=plain(pin("board.groups")),
            erase_one=plain(pin("board.erase_one")),
        )
    if signing:
        sign, erase_all, erase_one = plain(pin("pin.signs")), pin("pin.erase_all"), pin("pin.erase_one")
        return SignKeys(height=height, sign=sign, erase_all=erase_all, erase_one=erase_one)
    return Keypad(
        height=height,
        digit=plain(pin("pin.digits")),
        erase_all=ctx.say("card.pin.erase_all"),
        erase_one=ctx.say("card.pin.erase_one"),
    )


def _weak(ctx: Context, scene: at.Weak) -> Body:
    pin = PinSay(ctx.say, japanese=ctx.japanese)
    title, other = pin("weak.title"), pin("weak.other")
    reasons = tuple(
        Words(text=pin(f"weak.reason.{each.value}"), role=Role.ITEM, gap=6)
        for each in sorted(scene.weaknesses, key=lambda each: each.value)
    )
    keep = None if scene.refused else Control("keep", pin("weak.keep"), Touched(Key.KEEP_PIN))
    return Body(
        title=title,
        voice=plain(pin("voice.weak")),
        ground=Ground.ACTION,
        read=(Title(text=title), *reasons, Words(text=pin("weak.refused" if scene.refused else "weak.text"), gap=6)),
        action=Action(
            back=keep, primary=Control("primary", other, Touched(Key.OTHER_PIN), spoken=plain(other)), chevron=False
        ),
        lowered=False,
        lower_from=380,
        name="hand-weak",
        private=True,
    )
