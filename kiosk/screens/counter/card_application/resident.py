"""What the resident sees of a card application: what is asked in plain words, what stands in the form, themselves in
the camera. Names and addresses stand there to be read; none is ever said aloud (I11)."""

from collections.abc import Sequence

from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.begin import PIN_DIGITS
from kiosk.counter.card_application.case import CardCase, reception_number
from kiosk.counter.card_application.events import Key, Touched
from kiosk.counter.card_application.identity import INTENT_PAGES
from kiosk.counter.card_application.ready import replaces_card
from kiosk.counter.card_application.words import Route
from kiosk.counter.slips import Slip
from kiosk.screens.blocks import Alert, Block, Fact, Facts, Pair, PinDots, Role, Title, Words
from kiosk.screens.controls import Control, Keypad, KeyRow, RowStyle
from kiosk.screens.counter.card_application.parts import SAY, shown
from kiosk.screens.counter.card_application.photo import GUIDE
from kiosk.screens.desk_blocks import LivePicture
from kiosk.screens.grid import Ground, touch_room
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context
from kiosk.screens.present.frame import row_height
from kiosk.texts.catalogue import BREAK, plain

_CONFIRMED = (
    *("name", "name-kana", "born", "sex", "address", "phone", "email", "braille-name", "substitute-characters"),
    *("stay-status", "stay-until", "representative-name", "representative-relation", "representative-address"),
)


def resident(ctx: Context, case: CardCase) -> Body | None:  # noqa: C901 - one line for each scene that has its own
    """What they see, None where the clerk's work has nothing for them."""
    match case.scene:
        case at.NotHere():
            return _told(ctx, "not_here", (("where", "building"), ("slip", "receipt")))
        case at.ByCard() as scene:
            return _pin(ctx, scene)
        case at.Intent() as scene:
            return _intent(ctx, case, scene)
        case at.Identity():
            return _told(ctx, "identity", (("show", "licence"), ("scan", "sheet")))
        case at.Filling(confirming=True) as scene:
            return _confirm(ctx, case, scene)
        case at.X509s():
            return _told(ctx, "x509", (("auth", "card"), ("signing", "sheet")))
        case at.PhotoScene() as scene if case.photo_wanted:
            return _photo(ctx, scene)
        case at.Signing():
            return _told(ctx, "signing", (("how", "sheet"), ("other", "hand")))
        case at.PinForm() if case.route is Route.MAIL:
            return _told(ctx, "pin_form", (("write", "hand-over-keys"), ("seal", "sheet")))
        case at.Delivery():
            name, told = f"delivery.{case.route.value}", (("how", "house"), ("who", "card"))
            return _told(ctx, name, (*told, ("licence", "licence")) if replaces_card(case) else told)
        case at.Check() as scene:
            return _check(ctx, scene)
        case at.SentScene() as scene:
            return _sent(ctx, case, scene)
        case at.Stopped():
            return _told(ctx, "stopped", (("again", "counter"),))
        case _:
            return None


def _say(ctx: Context, key: str, **values: object) -> str:
    return ctx.say(f"{SAY}.resident.{key}", **values)


def _told(ctx: Context, name: str, facts: Sequence[tuple[str, str]], *, action: Action | None = None) -> Body:
    """A page that only tells: a title and a few facts with pictures."""
    title = _say(ctx, f"{name}.title")
    told = tuple(
        Fact("" if ctx.large else icon, _say(ctx, f"{name}.{fact}.head"), _say(ctx, f"{name}.{fact}.text"))
        for fact, icon in facts
    )
    above = told[:1] if ctx.landscape else told
    below = told[1:] if ctx.landscape else ()
    return Body(
        title=title,
        voice=_say(ctx, f"{name}.voice"),
        ground=Ground.ACTION,
        read=(Title(text=title, gap=4), Facts(facts=above, gap=2 if ctx.large else 6)),
        rows=(Facts(facts=below),) if below else (),
        action=action or Action(band=Band("" if ctx.large else "staff", _say(ctx, "band"))),
        lowered=False,
        lower_from=340,
        name=f"card-{name.replace('.', '-').replace('_', '-')}",
    )


def _pin(ctx: Context, scene: at.ByCard) -> Body:
    """The PIN of their own card. Knows how many digits there are, never which."""
    title = ctx.say("card.pin.title")
    gap = 3 if ctx.large else 4
    told: Block = Words(text=_say(ctx, "pin.text"), gap=gap)
    if scene.problem:
        wrong = ctx.say("card.pin.last" if scene.tries_left == 1 else "card.pin.wrong", n=scene.tries_left)
        told = Alert(text=wrong if scene.problem == "pin" else _say(ctx, "pin.problem"), gap=gap)
    dots = PinDots(
        digits=scene.digits,
        wrong=scene.problem == "pin" and not scene.digits,
        spoken=ctx.say("card.pin.dots", n=scene.digits),
        gap=6 if ctx.large else 8,
    )
    missing = PIN_DIGITS - scene.digits
    enter = Control("primary", ctx.say("card.pin.enter"), Touched(Key.PIN_ENTERED))
    waits = Control("primary", ctx.say.counted("card.pin.missing", max(1, missing)), None)
    return Body(
        title=title,
        voice=ctx.say("card.pin.voice"),
        ground=Ground.SHIELD,
        read=(Title(text=title), told, dots),
        rows=(
            Keypad(
                height=touch_room(ctx.look),
                digit=ctx.say("card.pin.digit"),
                erase_all=ctx.say("card.pin.erase_all"),
                erase_one=ctx.say("card.pin.erase_one"),
            ),
        ),
        action=Action(primary=enter if missing <= 0 and not scene.busy else waits, ends=True),
        name="card-pin",
    )


def _intent(ctx: Context, case: CardCase, scene: at.Intent) -> Body:
    """Three pages in plain Japanese, readable again, and two keys of the same size on the last."""
    title = _say(ctx, f"intent.page{scene.page + 1}.title")
    text = _say(ctx, f"intent.page{scene.page + 1}.text")
    last = scene.page == INTENT_PAGES - 1
    again = Control(
        "read-again", _say(ctx, "intent.again"), Touched(Key.READ_AGAIN), icon="" if ctx.large else "speaker"
    )
    rows: tuple[Block, ...] = ()
    if last:
        willing = bool(case.answer("affirmed"))
        rows = tuple(
            KeyRow(
                keys=(Control(name, _say(ctx, f"intent.{name}"), Touched(which), chosen=chosen),),
                style=RowStyle.CARD,
                height=row_height(ctx, 34),
                columns=1,
                gap=5 if at_ else 0,
            )
            for at_, (name, which, chosen) in enumerate(
                (("affirm", Key.AFFIRM, willing), ("decline", Key.DECLINE, case.declined))
            )
        )
        action = Action(back=again, band=Band("" if ctx.large else "staff", _say(ctx, "intent.band")))
    else:
        on = Control("primary", _say(ctx, "intent.next"), Touched(Key.CONFIRM), spoken=plain(_say(ctx, "intent.next")))
        action = Action(back=again, primary=on)
    return Body(
        title=title,
        voice=plain(text),
        ground=Ground.DESK if last else Ground.ACTION,
        read=(Title(text=title, gap=2), *_paragraphs(text, 4 if ctx.large else 8)),
        rows=rows,
        action=action,
        name=f"card-intent-{scene.page}",
    )


def _paragraphs(text: str, gap: float) -> tuple[Block, ...]:
    return tuple(Words(text=each, role=Role.ITEM, gap=gap) for each in text.split("\n\n"))


def _confirm(ctx: Context, case: CardCase, scene: at.Filling) -> Body:
    """What stands in the form, page by page, to be read; two keys on the last."""
    title = _say(ctx, "confirm.title")
    pairs = tuple(
        Pair(label=ctx.say(f"{SAY}.field.{name}"), text=shown(ctx.say, name, case.answer(name)), gap=1.5)
        for name in _CONFIRMED
        if case.answer(name)
    )
    room = _ROOM[ctx.landscape, ctx.large]
    last = (len(pairs) - 1) // room
    page = min(scene.page, last)
    wrong = Control("object", _say(ctx, "confirm.object"), Touched(Key.OBJECT))
    name, which = ("confirm", Key.CONFIRM) if page == last else ("read-on", Key.READ_ON)
    on = Control(name, _say(ctx, f"confirm.{name}"), Touched(which))
    return Body(
        title=title,
        voice=_say(ctx, "confirm.voice"),
        ground=Ground.ACTION,
        read=(Title(text=title, gap=2), *pairs[page * room : (page + 1) * room]),
        action=Action(back=wrong, primary=on, ends=page == last),
        lowered=False,
        lower_from=380,
        name=f"card-confirm-{page}",
    )


_ROOM = {(False, False): 14, (False, True): 6, (True, False): 8, (True, True): 4}
"""Fields on a page: landscape, large."""


def _photo(ctx: Context, scene: at.PhotoScene) -> Body:
    """Themselves, with the guide, and what helps; or the photo that was taken."""
    if scene.taken is not None:
        title, text = _say(ctx, "photo.taken.title"), _say(ctx, "photo.taken.text")
        picture = LivePicture(
            name="taken", serial=scene.taken.serial, height=165, ratio=35 / 45, guide=None, label=title
        )
    else:
        title = _say(ctx, "photo.title")
        helps = ctx.say(f"photo.hint.{scene.hints[0].value}") if scene.hints else _say(ctx, "photo.good")
        text = helps if scene.serial else _say(ctx, "photo.starting")
        picture = LivePicture(
            name="live", serial=scene.serial, height=180, ratio=4 / 3, guide=scene.guide or GUIDE, label=title
        )
    beside = ctx.landscape
    return Body(
        title=title,
        voice=_say(ctx, "photo.voice"),
        ground=Ground.ACTION,
        read=(Title(text=title, gap=2), Words(text=text, gap=3), *(() if beside else (picture,))),
        rows=(picture,) if beside else (),
        action=Action(band=Band("" if ctx.large else "staff", _say(ctx, "band"))),
        lowered=False,
        lower_from=380,
        name="card-photo",
    )


def _check(ctx: Context, scene: at.Check) -> Body:
    """The form as it is printed."""
    if not scene.pages:
        return _told(ctx, "check", (("what", "sheet"),))
    title = _say(ctx, "check.title")
    picture = LivePicture(
        name="form-0",
        serial=scene.serial,
        height=145 if ctx.landscape else 320,
        ratio=210 / 297,
        guide=None,
        label=title,
    )
    beside = ctx.landscape
    return Body(
        title=title,
        voice=_say(ctx, "check.voice"),
        ground=Ground.ACTION,
        read=(Title(text=title, gap=2), *(() if beside else (picture,))),
        rows=(picture,) if beside else (),
        action=Action(band=Band("" if ctx.large else "staff", _say(ctx, "band"))),
        lowered=False,
        lower_from=385,
        name="card-form",
    )


def _sent(ctx: Context, case: CardCase, scene: at.SentScene) -> Body:
    """The number, and what comes next."""
    title = _say(ctx, "sent.title")
    slip = (Words(text=_say(ctx, "sent.slip"), gap=5),) if scene.slip is Slip.OUT else ()
    return Body(
        title=title,
        voice=_say(ctx, "sent.voice"),
        ground=Ground.ACTION,
        read=(
            Title(text=title, gap=4),
            # A pair is read and not heard: no number is said aloud (I11).
            Pair(
                label=_say(ctx, "sent.number"),
                text=reception_number(case.mirror.application).replace("-", f"-{BREAK}"),
                gap=5,
            ),
            Words(text=_say(ctx, f"sent.{case.route.value}"), gap=5),
            *slip,
        ),
        action=Action(band=Band("" if ctx.large else "staff", _say(ctx, "band"))),
        lowered=False,
        lower_from=340,
        name="card-sent",
    )
