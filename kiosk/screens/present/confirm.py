"""06: the basket, its fee, and what can still be changed."""

from kiosk.flow.choices import choices
from kiosk.flow.means import Means
from kiosk.flow.touches import CopiesChanged, Key, LineChanged, LineRemoved, Pressed
from kiosk.flow.values.offer import OfferedKind
from kiosk.flow.values.order import Line
from kiosk.screens.blocks import AmountRow, Amounts, Block, Notice, OrderLine, OrderLines, Role, Title, Tone, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle, Stepper
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action
from kiosk.screens.present.choose import matter_words, people
from kiosk.screens.present.context import Body, Context, back, primary
from kiosk.screens.present.frame import row_height
from kiosk.texts import formats
from kiosk.texts.catalogue import plain
from koufu.evidence.words import NUMBER_OPTIONS, Option, Scope

_DETAILED = 2
"""So many lines are told in full; more are told by name, copies and fee."""

_STATED = 2
"""Of so many options each is stated, shown or not; of more only those that are shown."""

_STATES_ON_A_LINE = 3

_SHORT = 7
"""Longer words of a year or a damage have no room in large type."""

MOST_LINES = 5


def confirm(ctx: Context) -> Body:
    """06."""
    basket = ctx.terminal.visit.basket if ctx.terminal.visit is not None else ()
    total = sum(line.total for line in basket)
    copies = ctx.say.counted("choose.copies", sum(line.copies for line in basket))
    title = ctx.say("confirm.title_short" if _is_tight(ctx, basket) or _only_above(ctx, basket) else "confirm.title")
    told = tuple(_told(ctx, line, len(basket)) for line in basket)
    if ctx.large and len(told) > _DETAILED:
        told = (*told[:_DETAILED], _others(ctx, basket[_DETAILED:]))
    rich = any(_has_many(ctx, line) for line in basket)
    lines = OrderLines(
        lines=told,
        compact=len(basket) > _DETAILED,
        gap=2 if ctx.large else 4 if len(basket) > _DETAILED or ctx.landscape or rich else 9,
    )
    amount = Amounts(rows=(AmountRow(ctx.say("confirm.total"), formats.amount(total, ctx.language)),))
    return Body(
        title=title,
        voice=ctx.say(ctx.by_fee("confirm.voice"), copies=copies, money=ctx.money(total)),
        ground=Ground.DESK,
        read=(
            Title(text=title),
            lines,
            amount,
            *_only_above(ctx, basket),
            *(() if _is_said_below(ctx, basket) else _final(ctx)),
        ),
        rows=_steppers(ctx, basket) if ctx.large else _rows(ctx, basket),
        menu=_menu(ctx, basket) if ctx.large else (),
        action=Action(back=back(ctx), primary=primary(ctx.say("confirm.order"))),
        step=4,
        cancellable=True,
    )


def _told(ctx: Context, line: Line, lines: int) -> OrderLine:
    copies = ctx.say.counted("choose.copies", line.copies)
    if ctx.large and lines > _DETAILED:
        return OrderLine(ctx.kind(line.kind), "", "", ctx.money(line.total))
    if ctx.large:
        return OrderLine(ctx.kind(line.kind), "", _large_details(ctx, line, copies), ctx.money(line.total))
    if lines > _DETAILED:
        name = ctx.kind_short(line.kind)
        if line.copies > 1:
            name = f"{name}  {copies}" if ctx.japanese else f"{name} ×{line.copies}"
        return OrderLine(name, "", "" if ctx.landscape else _brief(ctx, line), ctx.money(line.total))
    details = _brief(ctx, line) if ctx.landscape and _has_many(ctx, line) else _details(ctx, line)
    if line.copies > 1:
        details = f"{copies}\n{details}" if details else copies
    return OrderLine(
        ctx.kind(line.kind), "" if ctx.landscape else ctx.kind_aside(line.kind), details, ctx.money(line.total)
    )


def _large_details(ctx: Context, line: Line, copies: str) -> str:
    """What has room on one line: a short year, or whose in Japanese."""
    matter = matter_words(ctx, line)
    whose = ctx.say(f"choose.scope.short.{line.scope.value}", n=people(ctx, line)) if ctx.japanese else ""
    what = matter if len(matter) <= _SHORT else ""
    return "  ".join(part for part in (what or whose, copies) if part)


def _has_many(ctx: Context, line: Line) -> bool:
    offered = _offered(ctx, line)
    return offered is not None and len(offered.options) > _STATED


def _others(ctx: Context, lines: tuple[Line, ...]) -> OrderLine:
    return OrderLine(ctx.say("confirm.others", n=len(lines)), "", "", ctx.money(sum(line.total for line in lines)))


def _brief(ctx: Context, line: Line) -> str:
    """What tells a line from others of its kind, in a few words: year or damage, whose, and a number that is shown."""
    whose = ctx.say(f"choose.scope.short.{line.scope.value}", n=people(ctx, line))
    numbers = tuple(_state(ctx, option, True) for option in Option if option in line.options & NUMBER_OPTIONS)
    parts = (matter_words(ctx, line) or whose, *numbers)
    return "・".join(parts) if ctx.japanese else ", ".join(parts)


def _details(ctx: Context, line: Line) -> str:
    """A line in full: year or damage, whose, and each option; of many options only those that are shown."""
    offered = _offered(ctx, line)
    options = offered.options if offered is not None else ()
    if len(options) > _STATED:
        states = [_state(ctx, option, True) for option in options if option in line.options]
    else:
        states = [_state(ctx, option, option in line.options) for option in options]
    matter = matter_words(ctx, line)
    if not states:
        whose = ctx.say(f"choose.scope.whole.{line.scope.value}", n=people(ctx, line))
        return ("・" if ctx.japanese else ", ").join(part for part in (matter, whose) if part)
    if not ctx.japanese:
        whose = ctx.say(f"choose.scope.short.{line.scope.value}", n=people(ctx, line))
        return f"{f'{matter}, ' if matter else ''}{whose}. {', '.join(states)}."
    first = "・".join(part for part in (matter, f"{_whole(ctx, line)}・{states[0]}") if part)
    rows = [states[at : at + _STATES_ON_A_LINE] for at in range(1, len(states), _STATES_ON_A_LINE)]
    return "\n".join((first, *("・".join(row) for row in rows)))


def _whole(ctx: Context, line: Line) -> str:
    short = ctx.say(f"choose.scope.short.{line.scope.value}", n=people(ctx, line))
    return f"{short}（{people(ctx, line)}人）" if line.scope in (Scope.HOUSEHOLD, Scope.KOSEKI) else short


def _state(ctx: Context, option: Option, shown: bool) -> str:
    return ctx.say(f"choose.option.brief.{option.value}.{'one' if shown else 'many'}")


def _offered(ctx: Context, line: Line) -> OfferedKind | None:
    return ctx.offer.of(line.kind) if ctx.offer is not None else None


def _changeable(ctx: Context, line: Line) -> bool:
    return ctx.offer is not None and bool(choices(ctx.offer, line, None))


def _menu(ctx: Context, basket: tuple[Line, ...]) -> tuple[Block, ...]:
    edit = Control("edit", ctx.say("confirm.edit"), None, icon="list", turns=True)
    add = Control("add-line", ctx.say("confirm.add_short"), Pressed(Key.ADD_LINE), icon="plus")
    keys = (edit, add) if len(basket) < MOST_LINES else (edit,)
    rows: tuple[Block, ...] = tuple(
        KeyRow(keys=(key,), style=RowStyle.WIDE, height=row_height(ctx, 36), columns=1, gap=4 if place else 0)
        for place, key in enumerate(keys)
    )
    if not _is_said_below(ctx, basket):
        return rows
    return (*rows, Notice(text=ctx.say(_said(ctx, short=ctx.look.low_reach)), gap=4))


def _steppers(ctx: Context, basket: tuple[Line, ...]) -> tuple[Stepper, ...]:
    return tuple(_stepper(ctx, place, line) for place, line in enumerate(basket))


def _rows(ctx: Context, basket: tuple[Line, ...]) -> tuple[Block, ...]:
    more = Control("add-line", ctx.say("confirm.add"), Pressed(Key.ADD_LINE), icon="plus")
    add = KeyRow(
        keys=(more,),
        style=RowStyle.PLAIN,
        height=row_height(ctx, 24 if ctx.landscape else 30),
        columns=1,
        gap=2 if ctx.landscape else 0 if ctx.look.low_reach else 6,
    )
    steppers: tuple[Block, ...] = _steppers(ctx, basket)
    rows = (*steppers, add) if len(basket) < MOST_LINES else steppers
    if not _is_said_below(ctx, basket):
        return rows
    role = Role.LABEL if ctx.landscape else Role.BODY
    return (*rows, Notice(text=ctx.say(_said(ctx, short=False)), role=role, gap=4 if ctx.landscape else 8))


def _is_said_below(ctx: Context, basket: tuple[Line, ...]) -> bool:
    """Whether there is room below for what is final; else it stands above. It is said in any case."""
    if ctx.large:
        return not (ctx.look.low_reach and ctx.landscape)
    return not ctx.look.low_reach and len(basket) <= _DETAILED


def _is_tight(ctx: Context, basket: tuple[Line, ...]) -> bool:
    return ctx.landscape and not ctx.large and (ctx.look.low_reach or len(basket) > _DETAILED)


def _final(ctx: Context) -> tuple[Block, ...]:
    return (Words(text=ctx.say(_said(ctx, short=True)), role=Role.LABEL, tone=Tone.QUIET),)


def _said(ctx: Context, *, short: bool) -> str:
    """The key of what is final, and what to have at hand where there is one way to pay, or change is short."""
    basket = ctx.terminal.visit.basket if ctx.terminal.visit is not None else ()
    only = _only(ctx, basket)
    if only and not _only_above(ctx, basket):
        return f"{only}_short" if short else only
    return ctx.by_fee("confirm.short" if short else "confirm.final")


def _only_above(ctx: Context, basket: tuple[Line, ...]) -> tuple[Block, ...]:
    """On a lying panel there is room under the sum alone."""
    only = _only(ctx, basket)
    if not only or not ctx.landscape or ctx.large:
        return ()
    return (Words(text=ctx.say(f"{only}_short"), role=Role.LABEL, gap=1),)


def _only(ctx: Context, basket: tuple[Line, ...]) -> str:
    """Where there is something to pay, the key of the only way to pay that is left, or of change that is short; else
    nothing."""
    if not any(line.total for line in basket):
        return ""
    if ctx.terminal.exact and ctx.pays_only is not Means.CASHLESS:
        return "confirm.exact"
    return "" if ctx.pays_only is None else f"confirm.only-{ctx.pays_only.value}"


def _about(name: str, line: str, text: str, touch: LineChanged | LineRemoved) -> Control:
    return Control(name, text, touch, spoken=f"{line} {plain(text)}")


def _stepper(ctx: Context, place: int, line: Line) -> Stepper:
    name = ctx.kind(line.kind) if ctx.japanese else ctx.kind_short(line.kind)
    offered = _offered(ctx, line)
    most = offered.max_copies if offered is not None else line.copies
    spoken = plain(name)
    return Stepper(
        name=name,
        details="" if ctx.large and ctx.look.low_reach else _brief(ctx, line),
        count=ctx.say.counted("choose.copies", line.copies) if ctx.japanese else str(line.copies),
        fewer=Control(
            f"fewer-{place}",
            "",
            CopiesChanged(place, -1) if line.copies > 1 else None,
            icon="minus",
            spoken=ctx.say("confirm.fewer", name=spoken),
        ),
        more=Control(
            f"more-{place}",
            "",
            CopiesChanged(place, +1) if line.copies < most else None,
            icon="plus",
            spoken=ctx.say("confirm.more_copies", name=spoken),
        ),
        other=(
            _about(f"change-{place}", spoken, ctx.say("confirm.change"), LineChanged(place))
            if _changeable(ctx, line)
            else _about(f"remove-{place}", spoken, ctx.say("confirm.remove"), LineRemoved(place))
        ),
        gap=4 if ctx.large and place else 3 if ctx.landscape and not place else 0,
    )
