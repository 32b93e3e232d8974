"""05: what a document shows and whose data it holds, as choices below and as a page above."""

from kiosk.flow.scenes import ChooseMembers, ChooseOptions, WarnNumber
from kiosk.flow.touches import Key, MemberToggled, OptionSet, Pressed, ScopeChosen
from kiosk.flow.values.offer import Member
from kiosk.flow.values.order import Line
from kiosk.screens.blocks import Block, Caption, Fact, Facts, Notice, Paper, PaperLine, Summary, Title, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle, Toggle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action
from kiosk.screens.present.choose import NOTED_LARGE, action, matter_words, scope_words
from kiosk.screens.present.context import Body, Context, primary
from kiosk.screens.present.frame import row_height
from kiosk.screens.present.remove import remove
from kiosk.texts import formats
from kiosk.texts.catalogue import plain
from koufu.evidence.words import FOREIGN_OPTIONS, Option, Scope

_MANY, _MANY_LYING = 4, 2
"""More options than these stand closer on the page picture, upright and lying."""

_ROOM, _ROOM_LYING = 8, 4
"""So many lines it then has room for."""

_LONG = 12
"""A longer name needs two lines in large type."""


def choose_options(ctx: Context, scene: ChooseOptions) -> Body:
    """05. A line that is being changed can also be taken out of the basket."""
    line = scene.line
    offered = ctx.offer.of(line.kind) if ctx.offer is not None else None
    scopes = offered.scopes if offered is not None else (line.scope,)
    options = offered.options if offered is not None else ()
    free = len(scopes) > 1 or bool(options)
    asks = "title" if options else "whom" if free else "plain"
    title = ctx.say(f"choose.options.{asks}", paper=_paper_name(ctx, line))
    rows = (
        *(_scopes(ctx, line, scopes) if len(scopes) > 1 else ()),
        *_toggles(ctx, line, options),
        *(() if free else (Notice(text=ctx.say("choose.options.fixed")),)),
        *remove(ctx, scene.editing),
    )
    voice = "voice" if options else "voice_whom" if free else "voice_fixed"
    return Body(
        title=title,
        voice=ctx.say(f"choose.options.{voice}"),
        ground=Ground.DESK,
        read=(Title(text=title), _page(ctx, line, options)),
        rows=rows,
        action=action(ctx, ready=True),
        step=3,
        cancellable=True,
    )


def choose_members(ctx: Context, scene: ChooseMembers) -> Body:
    """05, whom."""
    chosen = scene.line.members
    title = ctx.say("choose.members.title")
    members = ctx.offer.people(scene.line.kind) if ctx.offer is not None else ()
    height = row_height(ctx, 32 if ctx.landscape else 27)
    return Body(
        title=title,
        voice=ctx.say("choose.members.voice"),
        ground=Ground.DESK,
        read=(
            Title(text=title),
            Words(text=ctx.say("choose.members.text"), gap=4),
            *((Words(text=ctx.say("choose.members.count", n=len(chosen)), gap=4),) if chosen else ()),
        ),
        rows=tuple(
            KeyRow(
                keys=(_member_key(ctx, member, place, member.reference in chosen),),
                style=RowStyle.LISTED,
                height=NOTED_LARGE if ctx.large and (member.is_self or len(member.name) > _LONG) else height,
                columns=1,
                gap=4 if place else 0,
            )
            for place, member in enumerate(members)
        ),
        action=action(ctx, ready=bool(chosen)),
        step=3,
        cancellable=True,
    )


def _member_key(ctx: Context, member: Member, place: int, chosen: bool) -> Control:
    """A name is shown, never spoken (I11): aloud, people are counted in the order in which they stand here."""
    note = ctx.say("choose.members.self") if member.is_self else ""
    return Control(
        f"member-{member.reference}",
        member.name,
        MemberToggled(member.reference),
        chosen=chosen,
        note=note,
        spoken=ctx.say("voice.member", n=place + 1),
    )


def warn_number(ctx: Context, scene: WarnNumber) -> Body:
    """05, before a number is shown. The number itself is on no screen (I11)."""
    told = f"choose.number.{scene.option.value}"
    title = ctx.say(f"{told}.title")
    facts = tuple(
        Fact("" if ctx.large else icon, ctx.say(f"{told}.{name}"), ctx.say(f"{told}.{name}_text"))
        for name, icon in (("who", "building"), ("not", "hand"))
    )
    shown = facts[:1] if ctx.large else facts
    gap = 2 if ctx.large else 4 if ctx.landscape else 7
    return Body(
        title=title,
        voice=ctx.say("choose.number.voice", title=title),
        ground=Ground.ACTION,
        read=(Title(text=title), Facts(facts=shown[:1] if ctx.landscape else shown, gap=gap)),
        rows=(Facts(facts=shown[1:]),) if ctx.landscape and shown[1:] else (),
        action=Action(
            back=Control("back", ctx.say("choose.number.leave"), Pressed(Key.BACK)),
            primary=primary(ctx.say("choose.number.show")),
            ends=True,
        ),
        step=3,
        cancellable=True,
        lower_from=340,
    )


def _paper_name(ctx: Context, line: Line) -> str:
    return ctx.paper_title(line.kind) if ctx.japanese else ctx.kind(line.kind)


def _scopes(ctx: Context, line: Line, scopes: tuple[Scope, ...]) -> tuple[Block, ...]:
    keys = tuple(
        Control(
            f"scope-{scope.value}",
            ctx.say(f"choose.scope.name.{scope.value}"),
            ScopeChosen(scope),
            chosen=scope is line.scope,
        )
        for scope in scopes
    )
    caption = Caption(text=ctx.say("choose.scope.head"))
    if ctx.large:
        height = row_height(ctx, 33)
        return tuple(
            KeyRow(keys=(key,), style=RowStyle.LISTED, height=height, columns=1, gap=4 if place else 0)
            for place, key in enumerate(keys)
        )
    row = KeyRow(
        keys=keys,
        style=RowStyle.RING,
        height=row_height(ctx, 34),
        columns=len(keys),
        gap=2,
        between=4 if ctx.landscape else 6,
    )
    return (row,) if ctx.look.low_reach else (caption, row)


def _toggles(ctx: Context, line: Line, options: tuple[Option, ...]) -> tuple[Block, ...]:
    """One row for each; what only foreign residents' entries have stands under a caption of its own."""
    ours = tuple(option for option in options if option not in FOREIGN_OPTIONS)
    foreign = tuple(option for option in options if option in FOREIGN_OPTIONS)
    caption = Caption(text=ctx.say("choose.option.foreign"), gap=6)
    captioned = bool(ours and foreign) and not ctx.look.low_reach and not ctx.large
    return (
        *(_toggle(ctx, line, option, place) for place, option in enumerate(ours)),
        *((caption,) if captioned else ()),
        *(_toggle(ctx, line, option, place + len(ours)) for place, option in enumerate(foreign)),
    )


def _toggle(ctx: Context, line: Line, option: Option, place: int) -> Toggle:
    shown = option in line.options
    name = ctx.say(f"choose.option.name.{option.value}")
    return Toggle(
        name=name,
        reason="" if ctx.large else ctx.say(f"choose.option.reason.{option.value}"),
        keys=(
            _show_key(ctx, "leave", name, option, chosen=not shown),
            _show_key(ctx, "show", name, option, chosen=shown),
        ),
        gap=0 if ctx.look.low_reach else 4 if ctx.large else 0 if place else 4 if ctx.landscape else 7,
    )


def _show_key(ctx: Context, what: str, name: str, option: Option, *, chosen: bool) -> Control:
    text = ctx.say(f"choose.option.{what}")
    return Control(
        f"{what}-{option.value}", text, OptionSet(option, what == "show"), chosen=chosen, spoken=plain(f"{name} {text}")
    )


def _page(ctx: Context, line: Line, options: tuple[Option, ...]) -> Summary:
    many = len(options) > (_MANY_LYING if ctx.landscape else _MANY)
    always = PaperLine(ctx.say(f"choose.options.always.{line.kind.value}"), shown=True, fixed=True)
    lines = _few_lines(line, options, _ROOM_LYING if ctx.landscape else _ROOM) if many else _lines(line, options)
    matter = matter_words(ctx, line)
    return Summary(
        paper=Paper(ctx.paper_title(line.kind), (always, *lines), dense=many),
        intro="" if ctx.large else matter or ctx.say("choose.options.intro"),
        name=scope_words(ctx, line),
        checks=_checks(ctx, line, options) if ctx.large else (),
        text=ctx.say("choose.options.legend") if options and not ctx.large else "",
        copies=ctx.say.counted("choose.copies", line.copies),
        fee=formats.amount(line.total, ctx.language),
        hint="",
        gap=4 if ctx.large else 6 if ctx.landscape else 9,
    )


def _lines(line: Line, options: tuple[Option, ...]) -> tuple[PaperLine, ...]:
    return tuple(PaperLine(_PAPER[option], shown=option in line.options, fixed=False) for option in options)


def _few_lines(line: Line, options: tuple[Option, ...], room: int) -> tuple[PaperLine, ...]:
    """As many as the page has room for: first those that are shown, in the order of the choices."""
    first = sorted(options, key=lambda option: option not in line.options)[:room]
    return _lines(line, tuple(option for option in options if option in first))


def _checks(ctx: Context, line: Line, options: tuple[Option, ...]) -> tuple[str, ...]:
    if len(options) > _MANY_LYING:
        return (ctx.say("choose.option.count", n=len(line.options)),)
    return tuple(
        ctx.say(f"choose.option.brief.{option.value}.{'one' if option in line.options else 'many'}")
        for option in options
    )


_PAPER = {
    Option.RELATIONSHIP: "世帯主・続柄",
    Option.DOMICILE: "本籍・筆頭者",
    Option.INDIVIDUAL_NUMBER: "個人番号",
    Option.RESIDENT_CODE: "住民票コード",
    Option.NATIONALITY: "国籍・地域",
    Option.RESIDENCE_STATUS: "在留資格",
    Option.PERIOD_OF_STAY: "在留期間等",
    Option.CARD_NUMBER: "在留カード番号",
    Option.OVERSEAS_VOTER: "在外選挙人",
}
"""As on the paper, which is Japanese in every language."""
