"""05, what it is about: which fiscal year, which damage. One that can't be had says why beside it."""

from kiosk.flow.scenes import ChooseMatter
from kiosk.flow.touches import MatterChosen
from kiosk.flow.values.offer import Matter
from kiosk.screens.blocks import Block, EmptyPage, Paper, Summary, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.present.choose import action, scope_words
from kiosk.screens.present.context import Body, Context, data
from kiosk.screens.present.frame import row_height
from kiosk.screens.present.reasons import explained, note
from kiosk.screens.present.remove import remove
from kiosk.texts import formats
from kiosk.texts.catalogue import LayoutClass, plain
from koufu.evidence.words import CertificateKind

_INCOME_KINDS = frozenset({CertificateKind.INCOME_TAX, CertificateKind.NON_TAXATION})
"""A fiscal year of these is about the income of the year before (地方税法32条・313条)."""

_ON_A_LINE = {
    LayoutClass.PORTRAIT: (20, 36),
    LayoutClass.LANDSCAPE: (15, 26),
    LayoutClass.PORTRAIT_LARGE: (10, 18),
    LayoutClass.LANDSCAPE_LARGE: (6, 11),
}
"""So many letters of a label stand on a line: Japanese and English."""


def choose_matter(ctx: Context, scene: ChooseMatter) -> Body:
    """05."""
    line = scene.line
    offered = ctx.offer.of(line.kind) if ctx.offer is not None else None
    matters = offered.matters if offered is not None else ()
    chosen = next((each for each in matters if each.reference == line.matter), None)
    what = "damage" if line.kind is CertificateKind.DISASTER_VICTIM else "year"
    title = ctx.say(f"choose.matter.{what}.title")
    rows = tuple(
        KeyRow(
            keys=(_key(ctx, scene, matter),),
            style=RowStyle.LISTED,
            height=_height(ctx, line.kind, matter),
            columns=1,
            gap=4 if place else 0,
        )
        for place, matter in enumerate(matters)
    )
    return Body(
        title=title,
        voice=ctx.say(f"choose.matter.{what}.voice"),
        ground=Ground.DESK,
        read=(Title(text=title), *_told(ctx, scene, chosen, what)),
        rows=(*rows, *remove(ctx, scene.editing)),
        action=action(ctx, ready=chosen is not None, refusal=chosen.refusal if chosen is not None else None),
        step=3,
        cancellable=True,
    )


def _told(ctx: Context, scene: ChooseMatter, chosen: Matter | None, what: str) -> tuple[Block, ...]:
    gap = 4 if ctx.large else 6 if ctx.landscape else 9
    line = scene.line
    if chosen is None:
        return (EmptyPage(text=ctx.say("choose.kind.empty"), gap=gap),)
    if chosen.refusal is not None:
        return explained(ctx, chosen.refusal, line.kind, gap)
    return (
        Summary(
            paper=Paper(ctx.paper_title(line.kind), ()),
            intro="" if ctx.large else _label(ctx, chosen),
            name=ctx.kind(line.kind),
            checks=(_label(ctx, chosen), scope_words(ctx, line)) if ctx.large else (scope_words(ctx, line),),
            text="",
            copies=ctx.say.counted("choose.copies", line.copies),
            fee=formats.amount(line.total, ctx.language),
            hint="" if ctx.large else ctx.say(f"choose.matter.{what}.hint"),
            gap=gap,
        ),
    )


def _height(ctx: Context, kind: CertificateKind, matter: Matter) -> float:
    """A label of several lines, as those of damages are, needs more."""
    lines = -(-len(plain(_label(ctx, matter))) // _ON_A_LINE[ctx.look.layout][0 if ctx.japanese else 1])
    noted = bool(_note(ctx, kind, matter))
    if ctx.large:
        return row_height(ctx, 33) if lines == 1 and not noted else 10 + 24 * lines + (16 if noted else 0)
    standard = row_height(ctx, 32 if ctx.landscape else 27)
    return standard if lines == 1 else max(standard, 4 + 14 * lines + (10 if noted else 0))


def _label(ctx: Context, matter: Matter) -> str:
    return data(matter.label if ctx.japanese else matter.label_en or matter.label)


def _key(ctx: Context, scene: ChooseMatter, matter: Matter) -> Control:
    return Control(
        f"matter-{matter.reference}",
        _label(ctx, matter),
        MatterChosen(matter.reference),
        chosen=matter.reference == scene.line.matter,
        note=_note(ctx, scene.line.kind, matter),
        tells=matter.refusal is not None,
    )


def _note(ctx: Context, kind: CertificateKind, matter: Matter) -> str:
    """Why it can't be had; else which year's income a fiscal year is about, because that is what people look for."""
    if matter.refusal is not None:
        return note(ctx, matter.refusal)
    if kind not in _INCOME_KINDS or not matter.reference.isdecimal() or ctx.large:
        return ""
    return ctx.say("choose.matter.year.income", year=formats.year(int(matter.reference) - 1, ctx.language))
