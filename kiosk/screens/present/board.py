"""The board of the start screen: what can be had here, at what fee, now or at other hours, and when nothing can."""

from kiosk.flow.values.board import Board, BoardRow
from kiosk.screens.blocks import Block, Head, Pair, Price, Prices, Tone
from kiosk.screens.present.context import Context
from kiosk.texts import formats

MOST_ROWS = 6
"""More rows than these are set lower, below a shorter title."""

_MOST_COMPACT = 9
"""More than these stand closer still: every kind there is."""

_MOST_LARGE = 3

_FEW_ROWS = 3
"""So few rows stand further apart."""


def board_blocks(ctx: Context, board: Board) -> tuple[Block, ...]:
    """What is open now, what is not, and the next closure."""
    open_rows = tuple(row for row in board.rows if row.open_now)
    closed_rows = tuple(row for row in board.rows if not row.open_now)
    compact = len(board.rows) > MOST_ROWS
    blocks: list[Block] = []
    if open_rows:
        blocks.extend(_open(ctx, open_rows, compact))
    if closed_rows:
        blocks.extend(_closed(ctx, closed_rows, compact, after=bool(open_rows)))
    if board.closure is not None:
        blocks.append(_closure(ctx, board, compact))
    return tuple(blocks)


def _open(ctx: Context, rows: tuple[BoardRow, ...], compact: bool) -> tuple[Block, ...]:
    told = not ctx.landscape and not ctx.large
    latest = (max if told else min)(row.closes_at for row in rows)
    until = ctx.say("start.open.until", time=formats.minutes_of_day(latest))
    shown = rows[:_MOST_LARGE] if ctx.large else rows
    more = ctx.say("start.open.more", n=len(rows) - len(shown)) if len(shown) < len(rows) else ""
    return (
        Head(
            text=ctx.say("start.open.head"),
            icon="check-disc",
            right=until if not ctx.large else "" if ctx.landscape else more,
            tone=Tone.SUCCESS,
            gap=3 if ctx.large or compact else 4 if ctx.landscape else 12 if _roomy(ctx) else 8,
        ),
        Prices(
            rows=tuple(
                Price(
                    name=ctx.kind(row.kind),
                    aside=_aside(ctx, row, latest),
                    value=ctx.money(row.fee),
                )
                for row in shown
            ),
            compact=compact,
            dense=_dense(ctx),
            roomy=_roomy(ctx),
        ),
    )


def _aside(ctx: Context, row: BoardRow, latest: int) -> str:
    if row.closes_at != latest and not ctx.large and not ctx.landscape:
        return ctx.say("start.open.row", time=formats.minutes_of_day(row.closes_at))
    return "" if ctx.landscape else ctx.kind_aside(row.kind)


def _closed(ctx: Context, rows: tuple[BoardRow, ...], compact: bool, *, after: bool) -> tuple[Block, ...]:
    shown = rows[:1] if ctx.large else rows
    hours = {_hours(ctx, row) for row in rows}
    same = len(hours) == 1
    return (
        Head(
            text=ctx.say("start.closed.head"),
            icon="clock",
            right=_hours(ctx, rows[0]) if same and not ctx.large else "",
            tone=Tone.INK if ctx.large else Tone.QUIET,
            gap=3 if compact and not ctx.large else 1 if ctx.large else 8 if not after else 4 if ctx.landscape else 6,
        ),
        Prices(
            rows=tuple(
                Price(
                    name=ctx.kind(row.kind),
                    aside=("" if ctx.landscape else ctx.kind_aside(row.kind))
                    if same
                    else ""
                    if ctx.large or ctx.landscape
                    else _hours(ctx, row),
                    value=(
                        ctx.say("start.closed.large", time=formats.minutes_of_day(row.opens_at))
                        if ctx.large
                        else ctx.money(row.fee)
                    ),
                )
                for row in shown
            ),
            compact=compact,
            dense=_dense(ctx),
            roomy=_roomy(ctx),
        ),
    )


def _roomy(ctx: Context) -> bool:
    board = ctx.terminal.board
    return board is not None and len(board.rows) <= _FEW_ROWS and not ctx.large


def _dense(ctx: Context) -> bool:
    board = ctx.terminal.board
    return board is not None and len(board.rows) > _MOST_COMPACT and not ctx.large


def _hours(ctx: Context, row: BoardRow) -> str:
    hours = formats.hours(row.opens_at, row.closes_at, ctx.language)
    return ctx.say(f"start.closed.{'weekdays' if row.weekdays_only else 'daily'}", hours=hours)


def _closure(ctx: Context, board: Board, compact: bool) -> Block:
    closure = board.closure
    assert closure is not None
    if ctx.large:
        return Pair(label=ctx.say("start.closure.label"), text=formats.day_short(closure.since, ctx.language), gap=2)
    one = closure.since == closure.until
    day = formats.days(closure.since, closure.until, ctx.language, short=ctx.landscape)
    when = ctx.say(f"start.closure.{'one' if one else 'many'}", day=day)
    reason = closure.reason if ctx.japanese else closure.reason_en
    text = f"{when}|  {reason}" if ctx.japanese else f"{when} ({reason})"
    return Pair(
        label=ctx.say("start.closure.label"),
        text=text if reason else when,
        gap=2 if compact else 4 if ctx.landscape or not _roomy(ctx) else 8,
    )
