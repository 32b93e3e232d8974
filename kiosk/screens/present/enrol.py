"""Applying for an enrolment (利用登録申請): why, what is asked one after the other, all of it once more, the number.
What was typed is shown and never spoken (I11)."""

from kiosk.flow.claims import ENROLMENT_FIELDS, EnrolmentField
from kiosk.flow.enrol import can_be_meant, day_of, mixed, pressed
from kiosk.flow.scenes import Enrol, Enrolled, OfferEnrolment, ReviewEnrolment
from kiosk.flow.touches import Key, Pressed, Tapped
from kiosk.flow.typing import FIGURES, KANA, MARK, SPACE
from kiosk.screens.blocks import Block, Fact, Facts, Pair, Role, Title, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground, touch_room
from kiosk.screens.model import Action
from kiosk.screens.present.card import waiting
from kiosk.screens.present.context import Body, Context, back, finish, primary, to_take
from kiosk.texts.catalogue import BREAK
from koufu.evidence.numbers import printed

_COLUMNS = 5
_ROWS = 3

_ORDER = (*range(len(KANA)), MARK, SPACE)
"""As kana stand in every table of them."""


def offer_enrolment(ctx: Context, scene: OfferEnrolment) -> Body:
    """It is kept here; one has to be enrolled."""
    title = ctx.say(f"enrol.offer.{scene.reason.value}.title")
    fact = Fact("" if ctx.large else "info", ctx.say("enrol.offer.head"), ctx.say("enrol.offer.text"))
    read: tuple[Block, ...] = (
        Title(text=title),
        Words(text=ctx.say(f"enrol.offer.{scene.reason.value}.text"), gap=5),
        *(() if ctx.large else (Facts(facts=(fact,), gap=6),)),
    )
    return Body(
        title=title,
        voice=ctx.say(f"enrol.offer.{scene.reason.value}.voice"),
        ground=Ground.ACTION,
        read=read,
        action=Action(back=back(ctx), primary=primary(ctx.say("enrol.offer.apply"))),
        step=3,
        cancellable=True,
    )


def enrol(ctx: Context, scene: Enrol) -> Body:
    """One question, twelve keys."""
    key = f"enrol.ask.{scene.field.value}"
    title = ctx.say(f"{key}.title")
    ready = can_be_meant(scene.field, scene.typed.text)
    skipped = scene.field is EnrolmentField.FORMER and not scene.typed.text
    go_on = ctx.say("enrol.ask.none" if skipped else "frame.key.next" if ready else "enrol.ask.missing")
    return Body(
        title=title,
        voice=ctx.say(f"{key}.voice"),
        ground=Ground.DESK,
        read=(
            Title(text=title),
            *(() if ctx.large else (Words(text=ctx.say(f"{key}.text"), gap=4),)),
            Words(text=_written(ctx, scene), role=Role.ITEM, gap=6),
        ),
        rows=_keys(ctx, scene),
        action=Action(back=back(ctx), primary=primary(go_on, ready=ready)),
        step=3,
        cancellable=True,
    )


def review_enrolment(ctx: Context, _scene: ReviewEnrolment) -> Body:
    """All of it, before the card proves it."""
    title = ctx.say("enrol.review.title")
    claims = ctx.terminal.visit.claims if ctx.terminal.visit is not None else None
    typed = {field: claims.of(field) if claims is not None else "" for field in ENROLMENT_FIELDS}
    said = {field: _shown(field, text) for field, text in typed.items() if text}
    # Large letters on a lying panel have no room for labels: what was typed stands in the order it was asked for.
    bare = ctx.large and ctx.landscape
    rows: tuple[Block, ...] = (
        tuple(Words(text=text, gap=3) for text in said.values())
        if bare
        else tuple(Pair(label=ctx.say(f"enrol.review.{field.value}"), text=text, gap=3) for field, text in said.items())
    )
    return Body(
        title=title,
        voice=ctx.say("enrol.review.voice"),
        ground=Ground.ACTION,
        read=(Title(text=title), *rows),
        action=Action(back=back(ctx), primary=primary(ctx.say("enrol.review.apply"))),
        step=4,
        cancellable=True,
        lower_from=380,
    )


def proving_enrolment(ctx: Context) -> Body:
    """The card proves it, and it goes up."""
    title = ctx.say("enrol.proving.title")
    return Body(
        title=title,
        voice=ctx.say("enrol.proving.voice"),
        ground=Ground.WHITE,
        read=(Title(text=title), Words(text=ctx.say("enrol.proving.text"), gap=5)),
        action=waiting(ctx),
        step=4,
    )


def enrolled(ctx: Context, scene: Enrolled) -> Body:
    """The number, and what comes next."""
    title = ctx.say("enrol.done.title")
    slip = ctx.say("declined.slip", where=ctx.where(ctx.site.receipt_slot)) if scene.slip else ""
    return Body(
        title=title,
        voice=ctx.say("enrol.done.voice"),
        ground=Ground.ACTION,
        read=(
            Title(text=title),
            Words(text=ctx.say("enrol.done.number"), gap=5),
            Words(text=printed(scene.number).replace("-", f"-{BREAK}"), role=Role.ITEM, gap=2),
            Words(text=ctx.say("enrol.done.text"), gap=5),
        ),
        foot=to_take(ctx, slip),
        action=finish(ctx),
        lowered=False,
        lower_from=340,
    )


def _written(ctx: Context, scene: Enrol) -> str:
    shown = _shown(scene.field, scene.typed.text)
    return shown or ctx.say("enrol.ask.empty")


def _shown(field: EnrolmentField, text: str) -> str:
    """As it stands on the screen; it may break anywhere among kana, and after hyphens."""
    born = day_of(text) if field is EnrolmentField.BORN else None
    if born is not None:
        return born.isoformat()
    if field is EnrolmentField.PHONE:
        return text.replace("-", f"-{BREAK}")
    step = 4 if field is EnrolmentField.FORMER else 1
    return BREAK.join(text[at : at + step] for at in range(0, len(text), step))


def _keys(ctx: Context, scene: Enrol) -> tuple[KeyRow, ...]:
    """Three rows in every look: a finger's room on each key. What would do nothing has no touch."""
    signs = [key for key in _ORDER if key != MARK or not scene.figures]
    keys = [_key(ctx, scene, key) for key in signs] + _helpers(ctx, scene)
    between = 4.0
    height = (touch_room(ctx.look) - between * (_ROWS - 1)) / _ROWS
    return tuple(
        KeyRow(
            keys=tuple(keys[at : at + _COLUMNS]),
            style=RowStyle.SIGN,
            height=height,
            columns=_COLUMNS,
            between=between,
            gap=between if at else 0,
        )
        for at in range(0, len(keys), _COLUMNS)
    )


def _key(ctx: Context, scene: Enrol, key: int) -> Control:
    alive = pressed(scene, key) != scene.typed
    return Control(f"key-{key}", _sign(ctx, scene, key), Tapped(key) if alive else None, spoken=_said(ctx, scene, key))


def _helpers(ctx: Context, scene: Enrol) -> list[Control]:
    """Erase, and where kana are typed: the next sign, and figures."""
    erase = Control(
        "erase",
        ctx.say("enrol.key.erase"),
        Pressed(Key.ERASE) if scene.typed.text else None,
        spoken=ctx.say("enrol.key.erase_spoken"),
    )
    going_on = scene.typed.last is not None and not scene.figures
    following = Control(
        "next-sign",
        ctx.say("enrol.key.next"),
        Pressed(Key.NEXT_SIGN) if going_on else None,
        spoken=ctx.say("enrol.key.next_spoken"),
    )
    if not mixed(scene.field):
        return [erase] if scene.figures else [erase, following]
    other = ctx.say("enrol.key.kana" if scene.figures else "enrol.key.figures")
    return [erase, following, Control("other-signs", other, Pressed(Key.OTHER_SIGNS))]


def _sign(ctx: Context, scene: Enrol, key: int) -> str:
    if key == MARK:
        return ctx.say("enrol.key.mark")
    if key == SPACE:
        return "-" if scene.figures else ctx.say("enrol.key.space")
    return FIGURES[key] if scene.figures else KANA[key][0]


def _said(ctx: Context, scene: Enrol, key: int) -> str:
    if key == MARK:
        return ctx.say("enrol.key.mark_spoken")
    if key == SPACE:
        return ctx.say("enrol.key.hyphen_spoken" if scene.figures else "enrol.key.space_spoken")
    return ctx.say("enrol.key.figure_spoken", sign=FIGURES[key]) if scene.figures else KANA[key][0]
