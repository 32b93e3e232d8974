"""The terminal's state as a screen. Pure; decides nothing of the flow: which scene follows which is `kiosk.flow`'s."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from kiosk.flow import scenes
from kiosk.flow.state import Terminal
from kiosk.screens.blocks import Block, Picture
from kiosk.screens.grid import Ground, grid
from kiosk.screens.model import ScreenModel
from kiosk.screens.panel import look_of
from kiosk.screens.present import (
    at_counter,
    card,
    cashless,
    choose,
    closed,
    collect,
    confirm,
    declined,
    elsewhere,
    enrol,
    fault,
    looking,
    matter,
    number,
    options,
    overlays,
    pay,
    purpose,
    start,
)
from kiosk.screens.present.context import Body, Context
from kiosk.screens.present.frame import header, in_pages, steps, utilities
from kiosk.screens.present.spoken import speaking, voice
from kiosk.screens.site import SitePresentation
from kiosk.texts.catalogue import Texts, plain

Shown = Callable[[Context], Body | None]
"""What a clerk's case shows the resident while its desk holds the terminal; None where it has nothing to show."""


def nothing_shown(_ctx: Context) -> Body | None:
    """There is no clerk's desk."""
    return None


def present(
    terminal: Terminal, site: SitePresentation, *, now: datetime, landscape: bool, by_desk: Shown = nothing_shown
) -> ScreenModel:
    """The screen for a state. `now` is local time; `landscape` says which way the panel stands; `by_desk` is asked
    while a clerk's desk holds the terminal."""
    look = look_of(terminal.presentation, landscape=landscape)
    ctx = Context(terminal, site, look, Texts(look.language, look.layout, by_clerk=site.separate), now)
    body = _body(ctx, by_desk)
    heard = speaking(ctx)
    stepped = body.step is not None
    places = grid(look, body.ground, stepped=stepped, lowered=body.lowered, lower_from=body.lower_from)
    pages = in_pages(body.rows, places.lower.h, look) if body.ground is Ground.DESK else (body.rows,)
    pages = tuple(tuple(_filling(block, places.lower.h) for block in page) for page in pages)
    return ScreenModel(
        scene="-".join(filter(None, (scene_name(terminal.scene), body.name))),
        title=plain(body.title),
        voice=voice(heard, _body(heard, by_desk)),
        look=look,
        grid=places,
        header=header(ctx, stepped=stepped),
        steps=steps(ctx, body.step) if body.step is not None else None,
        read=body.read,
        pages=(body.menu, *pages) if body.menu else pages,
        foot=body.foot,
        menu=bool(body.menu),
        page_keys=(ctx.say("frame.key.earlier"), ctx.say("frame.key.later")),
        action=body.action,
        utilities=utilities(ctx, body),
        sheet=overlays.sheet(ctx, terminal.overlay) if terminal.overlay is not None else None,
        private=body.private,
    )


def _filling(block: Block, room: float) -> Block:
    """A picture without a height of its own fills its room."""
    return replace(block, height=room) if isinstance(block, Picture) and not block.height else block


def scene_name(scene: scenes.Scene) -> str:
    """Its name in small letters, as a screen bears it."""
    return name_of(type(scene))


def name_of(kind: type) -> str:
    """The name of all scenes of a kind."""
    letters = kind.__name__
    return "".join(f"-{each.lower()}" if each.isupper() else each for each in letters).lstrip("-")


def _body(ctx: Context, by_desk: Shown) -> Body:  # noqa: C901 - one line for each scene, so that none is forgotten
    match ctx.terminal.scene:
        case scenes.Closed() as scene:
            return closed.closed(ctx, scene)
        case scenes.Start():
            return start.start(ctx)
        case scenes.AtCounter():
            return by_desk(ctx) or at_counter.at_counter(ctx)
        case scenes.ChooseWhere() as scene:
            return elsewhere.choose_where(ctx, scene)
        case scenes.ChooseMunicipality() as scene:
            return elsewhere.choose_municipality(ctx, scene)
        case scenes.OfferEnrolment() as scene:
            return enrol.offer_enrolment(ctx, scene)
        case scenes.Enrol() as scene:
            return enrol.enrol(ctx, scene)
        case scenes.ReviewEnrolment() as scene:
            return enrol.review_enrolment(ctx, scene)
        case scenes.ProvingEnrolment():
            return enrol.proving_enrolment(ctx)
        case scenes.Enrolled() as scene:
            return enrol.enrolled(ctx, scene)
        case scenes.AwaitCard() as scene:
            return card.await_card(ctx, scene)
        case scenes.ReadingCard():
            return card.reading_card(ctx)
        case scenes.EnterPin() as scene:
            return card.enter_pin(ctx, scene)
        case scenes.CheckingPin():
            return card.checking_pin(ctx)
        case scenes.PlugIn() as scene:
            return number.plug_in(ctx, scene)
        case scenes.NumberReady() as scene:
            return number.number_ready(ctx, scene)
        case scenes.TellingNumber():
            return number.telling_number(ctx)
        case scenes.ChoosePurpose() as scene:
            return purpose.choose_purpose(ctx, scene)
        case scenes.Advised() as scene:
            return purpose.advised(ctx, scene)
        case scenes.ChooseKind() as scene:
            return choose.choose_kind(ctx, scene)
        case scenes.ChooseMatter() as scene:
            return matter.choose_matter(ctx, scene)
        case scenes.ChooseOptions() as scene:
            return options.choose_options(ctx, scene)
        case scenes.ChooseMembers() as scene:
            return options.choose_members(ctx, scene)
        case scenes.WarnNumber() as scene:
            return options.warn_number(ctx, scene)
        case scenes.Confirm():
            return confirm.confirm(ctx)
        case scenes.ProvingOrder():
            return card.proving_order(ctx)
        case scenes.TakeCard():
            return card.take_card(ctx)
        case scenes.Preparing():
            return pay.preparing(ctx)
        case scenes.ChooseMeans() as scene:
            return cashless.choose_means(ctx, scene)
        case scenes.Present() as scene:
            return cashless.present(ctx, scene)
        case scenes.AskingDebit():
            return cashless.asking_debit(ctx)
        case scenes.Pay() as scene:
            return pay.pay(ctx, scene)
        case scenes.ReturningMoney():
            return cashless.returning(ctx) if ctx.cashless else pay.returning_money(ctx)
        case scenes.Releasing():
            return collect.releasing(ctx)
        case scenes.Printing() as scene:
            return collect.printing(ctx, scene)
        case scenes.LookAtSheets() as scene:
            return looking.look_at_sheets(ctx, scene)
        case scenes.TakeSheets() as scene:
            return collect.take_sheets(ctx, scene)
        case scenes.TakeBelongings() as scene:
            return collect.take_belongings(ctx, scene)
        case scenes.Declined() as scene:
            return declined.declined(ctx, scene)
        case scenes.Fault() as scene:
            return fault.fault(ctx, scene)
