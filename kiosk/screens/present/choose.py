"""04: what for, or which kind by name. What is chosen below shows its result above."""

from kiosk.flow.scenes import ChooseKind, ChoosePurpose
from kiosk.flow.touches import Key, KindChosen, Pressed, PurposeChosen
from kiosk.flow.values import OfferedKind, Purpose
from kiosk.screens.blocks import Block, EmptyPage, Paper, Summary, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action
from kiosk.screens.present.context import Body, Context, back, primary
from kiosk.screens.present.frame import row_height
from kiosk.texts import formats
from koufu.evidence.words import CertificateKind, Option, RefusalReason, Scope

PICTOGRAMS = {
    "bank": "bank",
    "driving": "car",
    "employer": "briefcase",
    "housing": "house",
    "school": "school",
    "pension": "pension",
}
"""Purposes by code. A purpose without a text is not shown: its kind can still be chosen by name."""

NOTED_LARGE = 50.0
"""Height in mm of a row with a note in large type."""

_TOLD = frozenset({"closed", "under-age", "no-seal", "seal-cancelled"})
"""Refusals told on a key; all others read alike (I14)."""


def choose_purpose(ctx: Context, scene: ChoosePurpose) -> Body:
    """04."""
    purposes = _purposes(ctx)
    chosen = next((each for each in purposes if each.code == scene.chosen), None)
    title = ctx.say("choose.purpose.title")
    return Body(
        title=title,
        voice=ctx.say("choose.purpose.voice"),
        ground=Ground.DESK,
        read=(Title(text=title), _suggestion(ctx, chosen)),
        rows=(*_cards(ctx, purposes, chosen), _by_name(ctx)),
        action=_action(ctx, ready=chosen is not None),
        step=3,
        cancellable=True,
    )


def choose_kind(ctx: Context, scene: ChooseKind) -> Body:
    """04, by name. Kinds that can't be had say why."""
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
        read=(Title(text=title), _named(ctx, chosen)),
        rows=rows,
        action=_action(ctx, ready=chosen is not None),
        step=3,
        cancellable=True,
    )


def scope_words(ctx: Context, scope: Scope, members: int) -> str:
    """Whose data, in words."""
    people = len(ctx.offer.members) if ctx.offer is not None and scope is Scope.HOUSEHOLD else members
    return ctx.say(f"choose.scope.whole.{scope.value}", n=people)


def shown_words(ctx: Context, options: frozenset[Option]) -> tuple[str, ...]:
    """What is shown besides what always is."""
    return tuple(ctx.say(f"choose.option.shown.{option.value}") for option in Option if option in options)


def _purposes(ctx: Context) -> tuple[Purpose, ...]:
    offered = ctx.offer.purposes if ctx.offer is not None else ()
    return tuple(each for each in offered if each.code in PICTOGRAMS)


def _cards(ctx: Context, purposes: tuple[Purpose, ...], chosen: Purpose | None) -> tuple[KeyRow, ...]:
    columns = 1 if ctx.large else 2
    keys = [
        Control(
            f"purpose-{each.code}",
            ctx.say(f"choose.purpose.name.{each.code}"),
            PurposeChosen(each.code),
            icon=PICTOGRAMS[each.code],
            chosen=each is chosen,
        )
        for each in purposes
    ]
    height = row_height(ctx, 33 if ctx.landscape else 36)
    return tuple(
        KeyRow(
            keys=tuple(keys[at : at + columns]),
            style=RowStyle.CARD,
            height=height,
            columns=columns,
            gap=_between(ctx, at),
        )
        for at in range(0, len(keys), columns)
    )


def _between(ctx: Context, at: int) -> float:
    if not at:
        return 0
    return 4 if ctx.large or ctx.look.low_reach or ctx.landscape else 5


def _by_name(ctx: Context) -> KeyRow:
    key = Control("by-name", ctx.say("choose.purpose.by_name"), Pressed(Key.BY_NAME), icon="list")
    return KeyRow(
        keys=(key,),
        style=RowStyle.WIDE,
        height=row_height(ctx, 29 if ctx.landscape else 27),
        columns=1,
        gap=_between(ctx, 1),
    )


def _action(ctx: Context, *, ready: bool) -> Action:
    text = ctx.say("frame.key.next" if ready else "choose.purpose.choose")
    return Action(back=back(ctx), primary=primary(text, ready=ready))


def _suggestion(ctx: Context, purpose: Purpose | None) -> Block:
    gap = 4 if ctx.large else 6 if ctx.landscape else 9
    suggested = purpose.suggests if purpose is not None else None
    offered = ctx.offer.of(suggested.kind) if suggested is not None and ctx.offer is not None else None
    if purpose is None or suggested is None or offered is None:
        return EmptyPage(text=ctx.say("choose.purpose.empty"), gap=gap)
    name = ctx.say(f"choose.purpose.name.{purpose.code}").replace("\n", " ")
    members = 1 if suggested.scope is Scope.SELF else len(ctx.offer.members) if ctx.offer else 1
    return Summary(
        paper=Paper(ctx.paper_title(suggested.kind), ()),
        intro="" if ctx.large else ctx.say("choose.purpose.suggested", purpose=name),
        name=ctx.kind(suggested.kind),
        checks=(scope_words(ctx, suggested.scope, members), *shown_words(ctx, suggested.options)),
        text="",
        copies=ctx.say.counted("choose.copies", 1),
        fee=formats.amount(offered.fee, ctx.language),
        hint=(
            _why_not(ctx, offered.refusal)
            if offered.refusal is not None
            else ""
            if ctx.large
            else ctx.say("choose.purpose.hint")
        ),
        gap=gap,
    )


def _named(ctx: Context, offered: OfferedKind | None) -> Block:
    gap = 4 if ctx.large else 6 if ctx.landscape else 9
    if offered is None:
        return EmptyPage(text=ctx.say("choose.kind.empty"), gap=gap)
    return Summary(
        paper=Paper(ctx.paper_title(offered.kind), ()),
        intro="",
        name=ctx.kind(offered.kind),
        checks=(),
        text=ctx.kind_aside(offered.kind),
        copies=ctx.say.counted("choose.copies", 1),
        fee=formats.amount(offered.fee, ctx.language),
        hint="" if ctx.large else ctx.say("choose.purpose.hint"),
        gap=gap,
    )


def _kind_key(ctx: Context, offered: OfferedKind, chosen: bool) -> Control:
    had = offered.refusal is None
    return Control(
        f"kind-{offered.kind.value}",
        ctx.kind(offered.kind),
        KindChosen(offered.kind) if had else None,
        chosen=chosen,
        note=_why_not(ctx, offered.refusal) if offered.refusal is not None else "",
        value=ctx.money(offered.fee) if had and not ctx.large else "",
    )


def _why_not(ctx: Context, reason: RefusalReason) -> str:
    return ctx.say(f"choose.unavailable.{reason.value if reason.value in _TOLD else 'other'}")


def has_seal(kind: CertificateKind) -> bool:
    """Whether the page shows a registered seal."""
    return kind is CertificateKind.SEAL_REGISTRATION
