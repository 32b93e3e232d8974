"""06: the basket, its fee, and what can still be changed."""

from kiosk.flow.touches import CopiesChanged, Key, LineChanged, LineRemoved, Pressed
from kiosk.flow.values import Line, OfferedKind
from kiosk.screens.blocks import AmountRow, Amounts, Block, Notice, OrderLine, OrderLines, Role, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle, Stepper
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action
from kiosk.screens.present.context import Body, Context, back, primary
from kiosk.screens.present.frame import row_height
from kiosk.texts import formats
from kiosk.texts.catalogue import plain
from koufu.evidence.words import Option, Scope

_DETAILED = 2
"""So many lines are told in full; more are told by name, copies and fee."""

MOST_LINES = 5


def confirm(ctx: Context) -> Body:
    """06."""
    basket = ctx.terminal.visit.basket if ctx.terminal.visit is not None else ()
    total = sum(line.total for line in basket)
    copies = sum(line.copies for line in basket)
    title = ctx.say("confirm.title")
    told = tuple(_told(ctx, line, len(basket)) for line in basket)
    if ctx.large and len(told) > _DETAILED:
        told = (*told[:_DETAILED], _others(ctx, basket[_DETAILED:]))
    lines = OrderLines(
        lines=told,
        compact=len(basket) > _DETAILED,
        gap=2 if ctx.large else 4 if len(basket) > _DETAILED or ctx.landscape else 9,
    )
    amount = Amounts(rows=(AmountRow(ctx.say("confirm.total"), formats.amount(total, ctx.language)),))
    return Body(
        title=title,
        voice=ctx.say("confirm.voice", copies=ctx.say.counted("choose.copies", copies), money=ctx.money(total)),
        ground=Ground.DESK,
        read=(Title(text=title), lines, amount),
        rows=_steppers(ctx, basket) if ctx.large else _rows(ctx, basket),
        menu=_menu(ctx, basket) if ctx.large else (),
        action=Action(back=back(ctx), primary=primary(ctx.say("confirm.order"))),
        step=4,
        cancellable=True,
    )


def _told(ctx: Context, line: Line, lines: int) -> OrderLine:
    copies = ctx.say.counted("choose.copies", line.copies)
    scope = ctx.say(f"choose.scope.short.{line.scope.value}", n=_people(ctx, line))
    if ctx.large and lines > _DETAILED:
        return OrderLine(ctx.kind(line.kind), "", "", ctx.money(line.total))
    if ctx.large:
        return OrderLine(
            ctx.kind(line.kind), "", f"{scope}  {copies}" if ctx.japanese else copies, ctx.money(line.total)
        )
    if lines > _DETAILED:
        name = ctx.kind_short(line.kind)
        if line.copies > 1:
            name = f"{name}  {copies}" if ctx.japanese else f"{name} ×{line.copies}"
        return OrderLine(name, "", "", ctx.money(line.total))
    details = _details(ctx, line, scope)
    if line.copies > 1:
        details = f"{copies}\n{details}" if details else copies
    return OrderLine(
        ctx.kind(line.kind), "" if ctx.landscape else ctx.kind_aside(line.kind), details, ctx.money(line.total)
    )


def _others(ctx: Context, lines: tuple[Line, ...]) -> OrderLine:
    return OrderLine(ctx.say("confirm.others", n=len(lines)), "", "", ctx.money(sum(line.total for line in lines)))


def _details(ctx: Context, line: Line, scope: str) -> str:
    options = _options(ctx, line)
    if not options:
        return ctx.say(f"choose.scope.whole.{line.scope.value}", n=_people(ctx, line))
    briefs = [_brief(ctx, option, option in line.options) for option in options]
    if ctx.japanese:
        first, *others = (f"{_household(ctx, line)}・{briefs[0]}", *briefs[1:])
        return "\n".join((first, "・".join(others))) if others else first
    return f"{scope}. {', '.join(brief for brief in briefs)}."


def _household(ctx: Context, line: Line) -> str:
    if line.scope is Scope.HOUSEHOLD:
        return f"{ctx.say('choose.scope.name.household')}（{_people(ctx, line)}人）"
    return ctx.say(f"choose.scope.short.{line.scope.value}", n=_people(ctx, line))


def _brief(ctx: Context, option: Option, shown: bool) -> str:
    return ctx.say(f"choose.option.brief.{option.value}.{'one' if shown else 'many'}")


def _people(ctx: Context, line: Line) -> int:
    if line.scope is Scope.HOUSEHOLD and ctx.offer is not None:
        return len(ctx.offer.members)
    return max(1, len(line.members))


def _offered(ctx: Context, line: Line) -> OfferedKind | None:
    return ctx.offer.of(line.kind) if ctx.offer is not None else None


def _options(ctx: Context, line: Line) -> tuple[Option, ...]:
    offered = _offered(ctx, line)
    return offered.options if offered is not None else ()


def _changeable(ctx: Context, line: Line) -> bool:
    offered = _offered(ctx, line)
    return offered is not None and (len(offered.scopes) > 1 or bool(offered.options))


def _menu(ctx: Context, basket: tuple[Line, ...]) -> tuple[Block, ...]:
    edit = Control("edit", ctx.say("confirm.edit"), None, icon="list", turns=True)
    add = Control("add-line", ctx.say("confirm.add_short"), Pressed(Key.ADD_LINE), icon="plus")
    keys = (edit, add) if len(basket) < MOST_LINES else (edit,)
    rows: tuple[Block, ...] = tuple(
        KeyRow(keys=(key,), style=RowStyle.WIDE, height=row_height(ctx, 36), columns=1, gap=4 if place else 0)
        for place, key in enumerate(keys)
    )
    return rows if ctx.look.low_reach else (*rows, Notice(text=ctx.say("confirm.final"), gap=5))


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
    if ctx.look.low_reach or len(basket) > _DETAILED:
        return rows
    role = Role.LABEL if ctx.landscape else Role.BODY
    return (*rows, Notice(text=ctx.say("confirm.final"), role=role, gap=4 if ctx.landscape else 8))


def _about(name: str, line: str, text: str, touch: LineChanged | LineRemoved) -> Control:
    return Control(name, text, touch, spoken=f"{line} {plain(text)}")


def _stepper(ctx: Context, place: int, line: Line) -> Stepper:
    name = ctx.kind(line.kind)
    offered = _offered(ctx, line)
    most = offered.max_copies if offered is not None else line.copies
    spoken = plain(name)
    return Stepper(
        name=name,
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
