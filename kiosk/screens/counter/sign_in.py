"""Signing in, at the start of the day and at a locked desk."""

from dataclasses import replace

from kiosk.counter.scenes import SignIn, SignInWay
from kiosk.counter.signing_in import CODE_DIGITS, ready
from kiosk.counter.touches import DeskKey, DeskPressed, WayChosen
from kiosk.screens.blocks import Block, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import rows_of
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.desk_blocks import Columns, Entry, EntryKind, SecretEntry
from kiosk.screens.model import Action, Band


def sign_in(ctx: DeskContext, scene: SignIn) -> DeskBody:
    """Card and PIN, or password and one-time code."""
    locked = ctx.desk.staff is not None
    title = ctx.say("counter.sign_in.locked" if locked else "counter.sign_in.title")
    told: tuple[Block, ...] = (
        Title(text=title),
        Words(
            text=ctx.say("counter.sign_in.locked_text" if locked else "counter.sign_in.text"), role=Role.LABEL, gap=3
        ),
        *((Words(text=ctx.say("counter.sign_in.open"), role=Role.LABEL, gap=4),) if ctx.desk.case is not None else ()),
        Words(text=ctx.say("counter.sign_in.audit"), role=Role.LABEL, tone=Tone.QUIET, gap=6),
    )
    action = (
        Action(band=Band("clock", ctx.say("counter.sign_in.busy")))
        if scene.busy
        else Action(
            primary=primary(ctx.say("counter.key.sign-in"), DeskPressed(DeskKey.SIGN_IN), ready=ready(scene)), ends=True
        )
    )
    return DeskBody(
        scene=f"sign-in-{scene.way.value}-{scene.round}",
        title=title,
        main=(Columns(parts=(told, form(ctx, scene)), shares=(0.9, 1.1), between=14, gap=12),),
        action=action,
        alone=True,
        alerts=problem(ctx, scene),
    )


def form(ctx: DeskContext, scene: SignIn, *, beside: bool = False) -> tuple[Block, ...]:
    """The fields of a sign-in, of the first person or the second; `beside` each other where more is on the page."""
    ways = tuple(
        Control(
            f"way-{way.value}", ctx.say(f"counter.sign_in.way.{way.value}"), WayChosen(way), chosen=scene.way is way
        )
        for way in SignInWay
    )
    return (
        *rows_of(ways, 2, large=ctx.desk.large, gap=6),
        *_fields(ctx, scene, beside=beside),
    )


def problem(ctx: DeskContext, scene: SignIn) -> tuple[str, ...]:
    """Why nobody was signed in."""
    if scene.problem is None:
        return ()
    return (ctx.say(f"counter.sign_in.problem.{scene.problem.value}", seconds=scene.wait_s),)


def _fields(ctx: DeskContext, scene: SignIn, *, beside: bool) -> tuple[Block, ...]:
    if scene.way is SignInWay.CARD:
        return _by_card(ctx, scene)
    fields = _by_password(ctx, scene)
    if not beside:
        return fields
    if ctx.desk.large:
        return fields
    return (Columns(parts=tuple((replace(each, gap=5),) for each in fields), shares=(1, 1.2, 1), gap=5),)


def _by_card(ctx: DeskContext, scene: SignIn) -> tuple[Block, ...]:
    return (
        Words(text=ctx.say("counter.sign_in.card"), role=Role.LABEL, gap=6),
        SecretEntry(
            name="secret",
            label=ctx.say("counter.sign_in.card_pin"),
            count=scene.characters,
            width=90,
            first=True,
            gap=6,
        ),
    )


def _by_password(ctx: DeskContext, scene: SignIn) -> tuple[Block, ...]:
    return (
        Entry(
            name="mark",
            label=ctx.say("counter.sign_in.mark"),
            value=scene.mark,
            most=32,
            serial=scene.round,
            first=not scene.mark,
            gap=6,
        ),
        SecretEntry(
            name="secret",
            label=ctx.say("counter.sign_in.password"),
            count=scene.characters,
            first=bool(scene.mark) and not scene.characters,
            gap=5,
        ),
        Entry(
            name="code",
            label=ctx.say("counter.sign_in.code"),
            value=scene.code,
            kind=EntryKind.FIGURES,
            most=CODE_DIGITS,
            serial=scene.round,
            width=70,
            gap=5,
        ),
    )
