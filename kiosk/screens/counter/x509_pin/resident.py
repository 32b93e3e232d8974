"""The case of X.509s and PINs on the resident's window. Here, and nowhere else, PINs are typed; the clerk's window is
told that somebody types, and no more."""

from dataclasses import replace

from hardware.card.model import Usage
from kiosk.counter.elsewhere import COUNTER_AT_HOME, Place
from kiosk.counter.pins import BoardWay
from kiosk.counter.slips import Slip
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import Did, Do, WayChosen
from kiosk.counter.x509_pin.values import Change, Reset, Settle, SwitchBack
from kiosk.screens.blocks import Alert, Block, Fact, Facts, Numbered, Picture, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.pin_pages import NEXT_WAY, enter_key, pin_dots, pin_keys, way_shown, weak_pin
from kiosk.screens.counter.x509_pin.shared import Say, wish_of
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context, data
from kiosk.texts.catalogue import plain
from kiosk.texts.formats import day_with_year

_PICTURE_FROM = 190.0


def resident(ctx: Context, case: X509PinCase) -> Body | None:
    """What the resident sees; nothing of its own while the clerk chooses. It says everywhere that parties outside are
    simulators."""
    say = Say(ctx.say)
    body = _body(ctx, say, case)
    if body is None:
        return None
    words = say("simulated_short" if ctx.large or ctx.landscape else "simulated")
    simulated = Words(text=words, role=Role.LABEL, tone=Tone.QUIET, gap=3 if ctx.large else 6)
    return replace(body, read=(*body.read, simulated))


def _body(ctx: Context, say: Say, case: X509PinCase) -> Body | None:  # noqa: C901 - one line for each scene
    match case.scene:
        case at.AskInsurance():
            return _told(ctx, say, "insurance", say("insurance.resident_title"), say("insurance.resident_text"))
        case at.Explained() as scene:
            return _explained(ctx, say, case, scene)
        case at.AwaitCard(other=other):
            return _await(ctx, say, case, other=other)
        case at.ReadingCard():
            return _waiting(ctx, say, "reading", say("reading.title"), say("reading.text"))
        case at.Typing() as scene:
            return _typing(ctx, say, case, scene)
        case at.Checking():
            return _waiting(ctx, say, "checking", say("pin.checking.title"), say("pin.checking.text"), "reading")
        case at.Weak() as scene:
            return _weak(say, scene)
        case at.Working() as scene:
            return _working(ctx, say, case, scene)
        case at.BrokenOff() as scene:
            return _broken(ctx, say, case, scene)
        case at.Declined(standing=standing):
            return _told(
                *(ctx, say, "declined", say("declined.resident_title"), say.standing(case, standing)),
                voice="broken",
            )
        case at.Settled(old=old):
            part = "" if old else "neither_"
            return _told(ctx, say, "settled", say(f"settled.{part}title"), say(f"settled.{part}text"), voice="broken")
        case at.NotHere() as scene:
            return _not_here(ctx, say, case, scene)
        case at.Finished() as scene:
            return _finished(ctx, say, case, scene)
        case _:
            return None


def _told(
    ctx: Context,
    say: Say,
    name: str,
    title: str,
    text: str,
    *more: Block,
    voice: str = "choosing",
    action: Action | None = None,
) -> Body:
    """Title, a sentence or few, and who does the next thing."""
    return Body(
        name=name,
        title=title,
        voice=plain(say(f"voice.{voice}")),
        ground=Ground.ACTION if action is not None else Ground.WHITE,
        read=(Title(text=title), Words(text=text, gap=5), *more),
        action=action or Action(band=Band("" if ctx.large else "staff", ctx.say("at-counter.band"))),
        lowered=False,
        lower_from=380,
    )


def _explained(ctx: Context, say: Say, case: X509PinCase, scene: at.Explained) -> Body:
    wish = wish_of(case)
    title = say(f"wish.{wish.value}.title")
    if scene.agreed:
        return _told(ctx, say, "agreed", title, say("explained.thanks"))
    points = tuple(
        Numbered(number=str(number), text=text, gap=3 if ctx.large else 5 if ctx.landscape else 8)
        for number, text in enumerate(say.points(wish), start=1)
    )
    agree = say("explained.agree")
    disagree = say("explained.disagree")
    return Body(
        name="explained",
        title=title,
        voice=" ".join(map(plain, (say("voice.explained"), *say.points(wish)))),
        ground=Ground.ACTION,
        read=(Title(text=title), *(points[:2] if ctx.landscape else points)),
        rows=points[2:] if ctx.landscape else (),
        action=Action(
            back=Control("disagree", disagree, Did(Do.DISAGREE)),
            primary=Control("primary", agree, Did(Do.AGREE), spoken=plain(agree)),
            ends=True,
        ),
        lowered=False,
        lower_from=384,
    )


def _await(ctx: Context, say: Say, case: X509PinCase, *, other: bool) -> Body:
    again = case.jobs is not None
    title = say("await.again_title" if again else "await.title")
    text = say("await.again_text" if again else "await.text")
    told: tuple[Block, ...] = (Alert(text=say("await.other"), gap=5),) if other else (Words(text=text, gap=5),)
    return Body(
        name="await",
        title=title,
        voice=plain(say("voice.await")),
        ground=Ground.ACTION,
        read=(Title(text=title), *told),
        rows=(Picture(name="card-down", height=0, moving="down"),),
        action=Action(band=Band("" if ctx.large else "card", say("await.waiting"))),
        lower_from=_PICTURE_FROM,
    )


def _waiting(ctx: Context, say: Say, name: str, title: str, text: str, voice: str = "", *more: Block) -> Body:
    return Body(
        name=name,
        title=title,
        voice=plain(say(f"voice.{voice or name}")),
        ground=Ground.WHITE,
        read=(Title(text=title), Words(text=text, gap=5), *more),
        rows=(Picture(name="card-on-plate", height=0),),
        action=Action(band=Band("clock", ctx.say("frame.wait.moment"))),
        lower_from=_PICTURE_FROM,
    )


def _typing(ctx: Context, say: Say, case: X509PinCase, scene: at.Typing) -> Body:
    usage, part = scene.ask.usage, scene.ask.part
    title = say(f"pin.title.{usage.value}.{part.value}")
    signing = usage is Usage.SIGNING
    dots = pin_dots(ctx, say, scene.ask, scene.typed, wrong=scene.wrong or scene.differ or scene.misshapen)
    way = way_shown(ctx, case.way, signing=signing)
    tries = scene.tries_left
    told = say.counted("pin.tries", tries) if tries is not None and not scene.wrong and not ctx.large else ""
    cover = "" if ctx.large else say("pin.cover")
    below = tuple(Words(text=text, role=Role.LABEL, gap=4) for text in (told, cover) if text)
    return Body(
        name=f"pin-{usage.value}-{part.value}",
        title=title,
        voice=plain(say("voice.pin")),
        ground=Ground.SHIELD,
        read=(Title(text=title), _asked(ctx, say, scene), dots, *below),
        rows=(pin_keys(ctx, say, way, signing=signing),),
        action=Action(
            back=_way_key(say, way),
            primary=enter_key(say, scene.ask, scene.typed, Did(Do.PIN_ENTERED)),
            ends=True,
        ),
    )


def _asked(ctx: Context, say: Say, scene: at.Typing) -> Block:
    gap = 3 if ctx.large else 4
    if scene.wrong:
        return Alert(text=say("pin.last" if scene.tries_left == 1 else "pin.wrong", n=scene.tries_left), gap=gap)
    if scene.differ or scene.misshapen:
        return Alert(text=say("pin.differ" if scene.differ else "pin.misshapen"), gap=gap)
    return Words(text=say(f"pin.text.{scene.ask.usage.value}.{scene.ask.part.value}"), gap=gap)


def _way_key(say: Say, way: BoardWay) -> Control:
    """Other keys, in the place of Back: one kind after the other."""
    following = NEXT_WAY[way]
    return Control("way", say(f"board.{following.value}"), WayChosen(following))


def _weak(say: Say, scene: at.Weak) -> Body:
    keep = None if scene.refused else Did(Do.KEEP_PIN)
    return weak_pin(say, "weak", scene.weaknesses, other=Did(Do.OTHER_PIN), keep=keep)


def _working(ctx: Context, say: Say, case: X509PinCase, scene: at.Working) -> Body:
    job = (case.jobs or (None,))[0]
    of_pin = isinstance(job, Change | Reset | Settle | SwitchBack)
    title = say("working.pin_title" if of_pin else "working.title")
    step = (
        ()
        if of_pin
        else (Words(text=say(f"step.{scene.step.value if scene.step else 'begin'}"), role=Role.BODY, gap=6),)
    )
    return _waiting(ctx, say, "working", title, say("working.text"), "working", *step)


def _broken(ctx: Context, say: Say, case: X509PinCase, scene: at.BrokenOff) -> Body:
    title = say("broken.title")
    untouched = scene.standing is at.Standing.UNTOUCHED
    do = say("broken.do_untouched" if untouched else "broken.do")
    facts = Facts(
        facts=(
            Fact("" if ctx.large else "card", say("broken.head_card"), say.standing(case, scene.standing)),
            Fact("" if ctx.large else "hand", say("broken.head_do"), do),
        ),
        gap=4,
    )
    return Body(
        name="broken",
        title=title,
        voice=" ".join(map(plain, (say("voice.broken"), say.standing(case, scene.standing), do))),
        ground=Ground.ACTION,
        read=(Title(text=title), facts),
        rows=() if ctx.large else (Picture(name="card-down", height=0, moving="down"),),
        action=Action(band=Band("" if ctx.large else "card", say("broken.waiting"))),
        lower_from=380 if ctx.large else 300,
        lowered=False,
    )


def _not_here(ctx: Context, say: Say, case: X509PinCase, scene: at.NotHere) -> Body:
    where = tuple(
        Fact("" if ctx.large else "building", say("not-here.where"), _where(ctx, say, case, place))
        for place in scene.instead[:2]
    )
    # Beside a day there is no room for more words in the largest type; the clerk hands the slip over.
    crowded = scene.since is not None and ctx.large and ctx.landscape
    slip = () if scene.slip is not Slip.OUT or crowded else (Words(text=say("not-here.take"), gap=5),)
    card = () if not case.card_present else (Words(text=say("not-here.bring_card"), gap=5),)
    phone = () if ctx.large else (Words(text=say("not-here.phone"), role=Role.LABEL, gap=6),)
    if scene.since is not None:
        day = day_with_year(scene.since, ctx.language)
        where = (Fact("" if ctx.large else "clock", say("not-here.since"), day),)
    facts = (Facts(facts=where, gap=5),) if where else ()
    return _told(
        *(ctx, say, "not-here", say(f"why.{scene.why.value}.title"), say(f"why.{scene.why.value}.text")),
        *(*facts, *slip, *card, *phone),
        voice="not-here",
    )


def _where(ctx: Context, say: Say, case: X509PinCase, place: Place) -> str:
    """The place, and where it is: as far as it is this municipality's own."""
    board = ctx.terminal.board
    if ctx.large or ctx.landscape or place.kind != COUNTER_AT_HOME.kind or not case.lives_here or board is None:
        return say.place(place)
    window = board.window
    lines = (window.place, window.hours) if ctx.japanese else (window.place_en, window.hours_en)
    where, when = map(data, lines)
    return "\n".join((say.place(place), where, window.phone, when))


def _finished(ctx: Context, say: Say, case: X509PinCase, scene: at.Finished) -> Body:
    wish, ending = wish_of(case), scene.ending
    done = ending is at.Ending.DONE
    title = say(f"ending.{ending.value}.title")
    text = say(f"ending.done.text.{wish.value}" if done else f"ending.{ending.value}.text")
    after = say(f"next.{wish.value if done else ending.value}")
    card = (Words(text=say("ending.card"), role=Role.ITEM, gap=6),) if case.card_present else ()
    return Body(
        name="finished",
        title=title,
        voice=" ".join(map(plain, (title, text, *((say("voice.finished"),) if case.card_present else ())))),
        ground=Ground.WHITE,
        read=(Title(text=title), Words(text=text, gap=5), Words(text=after, gap=5), *card),
        rows=(Picture(name="card-up", height=0, moving="up"),) if case.card_present and not ctx.large else (),
        action=Action(band=Band("" if ctx.large else "staff", ctx.say("at-counter.band"))),
        lower_from=380 if ctx.large else 300,
        lowered=False,
    )
