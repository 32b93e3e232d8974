"""04, by name: which kind; and the words that all screens of choosing share. What is chosen below shows its result
above."""

from kiosk.flow.scenes import ChooseKind
from kiosk.flow.touches import KindChosen
from kiosk.flow.values.offer import OfferedKind
from kiosk.flow.values.order import Line
from kiosk.screens.blocks import Block, EmptyPage, Paper, Summary, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action
from kiosk.screens.present.context import Body, Context, back, data, primary
from kiosk.screens.present.frame import row_height
from kiosk.screens.present.reasons import explained, note
from kiosk.texts import formats
from koufu.evidence.words import Option, RefusalReason, Scope

NOTED_LARGE = 50.0
"""Height in mm of a row with a note in large type."""


def choose_kind(ctx: Context, scene: ChooseKind) -> Body:
    """04, by name. Kinds that can't be had say why, and more of it once they are touched."""
    offer = ctx.offer
    kinds = offer.kinds if offer is not None else ()
    title = ctx.say("choose.kind.title")
    height = row_height(ctx, 32 if ctx.landscape else 27)
    rows = tuple(
        KeyRow(
            keys=(_kind_key(ctx, kind, kind.kind is scene.chosen),),
            style=RowStyle.LISTED,
            height=NOTED_LARGE if ctx.large and kind.refusal is not None else height,
            columns=1,
            gap=4 if place else 0,
        )
        for place, kind in enumerate(kinds)
    )
    chosen = next((each for each in kinds if each.kind is scene.chosen), None)
    return Body(
        title=title,
        voice=ctx.say("choose.kind.voice"),
        ground=Ground.DESK,
        read=(Title(text=title), *_named(ctx, chosen)),
        rows=rows,
        action=action(ctx, ready=chosen is not None, refusal=chosen.refusal if chosen is not None else None),
        step=3,
        cancellable=True,
    )


def action(ctx: Context, *, ready: bool, refusal: RefusalReason | None = None) -> Action:
    """On; or to the guidance for what can't be had, which ends a visit that has nothing in the basket."""
    if ready and refusal is not None:
        basket = ctx.terminal.visit is not None and bool(ctx.terminal.visit.basket)
        text = ctx.say(f"choose.unavailable.{'other_key' if basket else 'guide_key'}")
        return Action(back=back(ctx), primary=primary(text, ready=not basket))
    text = ctx.say("frame.key.next" if ready else "choose.purpose.choose")
    return Action(back=back(ctx), primary=primary(text, ready=ready))


def people(ctx: Context, line: Line) -> int:
    """How many persons stand on a line's document."""
    if line.scope in (Scope.HOUSEHOLD, Scope.KOSEKI) and ctx.offer is not None:
        return len(ctx.offer.people(line.kind))
    return max(1, len(line.members))


def scope_words(ctx: Context, line: Line) -> str:
    """Whose data, in words."""
    return ctx.say(f"choose.scope.whole.{line.scope.value}", n=people(ctx, line))


def shown_words(ctx: Context, options: frozenset[Option]) -> tuple[str, ...]:
    """What is shown besides what always is."""
    return tuple(ctx.say(f"choose.option.shown.{option.value}") for option in Option if option in options)


def matter_words(ctx: Context, line: Line) -> str:
    """Which year or damage, as the municipality puts it; empty for kinds that have none."""
    offered = ctx.offer.of(line.kind) if ctx.offer is not None else None
    matter = offered.about(line.matter) if offered is not None else None
    if matter is None:
        return ""
    return data(matter.label if ctx.japanese else matter.label_en or matter.label)


def _named(ctx: Context, offered: OfferedKind | None) -> tuple[Block, ...]:
    gap = 4 if ctx.large else 6 if ctx.landscape else 9
    if offered is None:
        return (EmptyPage(text=ctx.say("choose.kind.empty"), gap=gap),)
    if offered.refusal is not None:
        return explained(ctx, offered.refusal, offered.kind, gap)
    return (
        Summary(
            paper=Paper(ctx.paper_title(offered.kind), ()),
            intro="",
            name=ctx.kind(offered.kind),
            checks=(),
            text=ctx.kind_aside(offered.kind),
            copies=ctx.say.counted("choose.copies", 1),
            fee=formats.amount(offered.fee, ctx.language),
            hint="" if ctx.large else ctx.say("choose.purpose.hint"),
            gap=gap,
        ),
    )


def _kind_key(ctx: Context, offered: OfferedKind, chosen: bool) -> Control:
    had = offered.refusal is None
    return Control(
        f"kind-{offered.kind.value}",
        ctx.kind(offered.kind),
        KindChosen(offered.kind),
        chosen=chosen,
        note=note(ctx, offered.refusal),
        value=ctx.money(offered.fee) if had and not ctx.large else "",
        tells=not had,
    )
