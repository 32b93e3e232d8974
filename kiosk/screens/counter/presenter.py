"""The desk's state as the clerk's window. Pure; decides nothing."""

from kiosk.counter import scenes as at
from kiosk.counter.desk import Desk
from kiosk.counter.touches import Deed, DeskKey, TabChosen
from kiosk.screens.blocks import Alert, Block, Role, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter import cases, day_pages, home, order, sign_in
from kiosk.screens.counter.case_words import breakable
from kiosk.screens.counter.context import DeskBody, DeskContext, Surroundings, key
from kiosk.screens.counter.parts import caption, deeds
from kiosk.screens.desk_blocks import Watched
from kiosk.screens.desk_model import DeskHeader, DeskLook, DeskModel
from kiosk.texts import formats
from kiosk.texts.catalogue import BREAK, LayoutClass, Texts, plain

PITCH = 0.37
"""Millimetres of type in a pixel: a clerk sits nearer than a resident stands, so type is smaller than at the kiosk."""

PITCH_LARGE = 0.29

TAB_ICONS = {
    at.Tab.DAY: "clock",
    at.Tab.QUEUE: "list",
    at.Tab.ORDER: "sheet",
    at.Tab.CASES: "card",
    at.Tab.CUSTODY: "briefcase",
    at.Tab.SUPPLIES: "coins",
}
"""The pages there are, in their order, and their pictograms."""


def present_desk(desk: Desk, around: Surroundings) -> DeskModel:
    """The screen for a state."""
    ctx = DeskContext(desk, around, Texts(desk.language, LayoutClass.LANDSCAPE))
    body = _body(ctx)
    return DeskModel(
        scene=body.scene,
        title=plain(body.title),
        look=DeskLook(desk.language, PITCH_LARGE if desk.large else PITCH),
        header=_header(ctx),
        tabs=() if body.alone else _tabs(ctx),
        keys=_keys(ctx, alone=body.alone),
        alerts=tuple(Alert(text=text, gap=4 if at else 0) for at, text in enumerate(body.alerts)),
        main=body.main,
        aside=() if body.alone else (*body.aside, *_called(ctx), *_resident(ctx)),
        action=body.action,
        extra=body.extra,
    )


def _body(ctx: DeskContext) -> DeskBody:
    match ctx.desk.scene:
        case at.SignIn() as scene:
            return sign_in.sign_in(ctx, scene)
        case at.Home(tab):
            return home.home(ctx, tab)
        case at.Guiding():
            return order.guiding(ctx)
        case at.BeforeTwo() as scene:
            return order.before_two(ctx, scene)
        case at.Closing() as scene:
            return day_pages.closing(ctx, scene)
        case at.AwaitTerminal():
            return cases.await_terminal(ctx)
        case at.InCase():
            return cases.in_case(ctx)


def _header(ctx: DeskContext) -> DeskHeader:
    board = ctx.around.terminal.board
    municipality = "" if board is None else (board.municipality_name if ctx.japanese else board.municipality_name_en)
    staff = ctx.desk.staff if ctx.desk.signed_in else None
    return DeskHeader(
        emblem=board is not None,
        municipality=municipality,
        place=ctx.around.site.place.of(ctx.language),
        staff=(staff.name or staff.mark) if staff is not None else "",
        role=ctx.say(f"counter.role.{staff.role.value}") if staff is not None else "",
        date=formats.day_short(ctx.around.now.date(), ctx.language),
        time=formats.time_of_day(ctx.around.now),
    )


def _tabs(ctx: DeskContext) -> tuple[Control, ...]:
    now = ctx.desk.scene
    free = isinstance(now, at.Home)
    return tuple(
        Control(
            f"tab-{tab.value}",
            ctx.say(f"counter.tab.{tab.value}"),
            TabChosen(tab) if free else None,
            icon=icon,
            chosen=isinstance(now, at.Home) and now.tab is tab,
            value=_waiting(ctx, tab),
        )
        for tab, icon in TAB_ICONS.items()
    )


def _waiting(ctx: DeskContext, tab: at.Tab) -> str:
    """How many things wait on a page; nothing where none does."""
    day = ctx.desk.day
    # Whoever counts custody is not told beside it how much should be there.
    blind = isinstance(ctx.desk.scene, at.Closing) and day.things is None
    counts = {
        at.Tab.QUEUE: len(day.waiting),
        at.Tab.ORDER: ctx.desk.out,
        at.Tab.CASES: len(ctx.desk.held),
        at.Tab.CUSTODY: 0 if blind else len(day.custody),
        at.Tab.SUPPLIES: len(day.unsettled),
    }
    count = counts.get(tab, 0)
    return str(count) if count else ""


def _keys(ctx: DeskContext, *, alone: bool) -> tuple[Control, ...]:
    size = key(ctx, DeskKey.LARGE, icon="text-size", words=f"counter.key.{'smaller' if ctx.desk.large else 'larger'}")
    shared = (key(ctx, DeskKey.LANGUAGE, icon="globe"), size)
    return shared if alone else (*shared, key(ctx, DeskKey.LOCK, icon="hand"))


def _called(ctx: DeskContext) -> tuple[Block, ...]:
    """Who was called and is not there yet, on every page of the desk: that they did not come is said where one is."""
    called, scene = ctx.desk.day.called, ctx.desk.scene
    if called is None or not isinstance(scene, at.Home) or scene.tab is at.Tab.QUEUE:
        return ()
    return (
        Words(text=ctx.say("counter.queue.called", n=called.number), role=Role.LABEL),
        *deeds(ctx, Deed.CAME_NOT, Deed.SERVED, gap=2),
    )


def _resident(ctx: DeskContext) -> tuple[Block, ...]:
    """What the resident sees now, without a PIN's step."""
    shown = ctx.around.resident
    step = ""
    if shown.steps is not None:
        step = ctx.say("counter.watched.step", now=shown.steps.now, of=len(shown.steps.names))
    watched = Watched(
        title="" if shown.private else breakable(shown.title.replace(" ", BREAK)) if ctx.japanese else shown.title,
        step=step,
        hidden=ctx.say("counter.watched.hidden") if ctx.around.hidden else "",
        picture=ctx.around.pictures,
        portrait=not shown.look.landscape,
        gap=4,
    )
    return (caption(ctx, "counter.watched.head", gap=4), watched)
