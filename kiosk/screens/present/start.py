"""01 and the closed screen: what can be had here without a card, and why nobody is served."""

from kiosk.flow.scenes import Closed
from kiosk.flow.touches import Key, LanguageChosen, Pressed
from kiosk.flow.values import Board, BoardRow, Language, OutOfService
from kiosk.screens.blocks import (
    Block,
    Caption,
    Control,
    Fact,
    Facts,
    Head,
    KeyRow,
    Notice,
    Pair,
    Price,
    Prices,
    Role,
    RowStyle,
    Title,
    Tone,
    Words,
)
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Hint
from kiosk.screens.present.context import Body, Context, data, primary
from kiosk.screens.present.frame import row_height
from kiosk.texts import formats
from kiosk.texts.catalogue import plain

NATIVE = {
    Language.JAPANESE: ("日本語", ""),
    Language.EASY_JAPANESE: ("やさしい\nにほんご", ""),
    Language.ENGLISH: ("English", ""),
    Language.CHINESE_SIMPLIFIED: ("简体中文", "Noto Sans CJK SC"),
    Language.CHINESE_TRADITIONAL: ("繁體中文", "Noto Sans CJK TC"),
    Language.KOREAN: ("한국어", "Noto Sans CJK KR"),
    Language.VIETNAMESE: ("Tiếng Việt", "Noto Sans"),
    Language.PORTUGUESE: ("Português", ""),
    Language.NEPALI: ("नेपाली", "Noto Sans Devanagari"),
    Language.INDONESIAN: ("Bahasa\nIndonesia", ""),
    Language.FILIPINO: ("Filipino", ""),
}
"""Each language in its own script, and the font that has it where BIZ UDPGothic has not."""

_MOST_ROWS = 6
"""More rows than these are set lower, below a shorter title."""
_MOST_LARGE = 3
_FEW = 4
"""So few languages get larger keys."""


def start(ctx: Context) -> Body:
    """The start screen."""
    board = ctx.terminal.board
    rows = len(board.rows) if board else 0
    title = ctx.say("start.short" if rows > _MOST_ROWS else "start.title")
    read: tuple[Block, ...] = (Title(text=title), *(_board(ctx, board) if board else ()))
    if ctx.landscape and not ctx.large and rows <= _MOST_ROWS and not _few_languages(ctx):
        read = (*read, Words(text=ctx.say("start.erased"), role=Role.LABEL, tone=Tone.QUIET, gap=3))
    return Body(
        title=title,
        voice=ctx.say("start.voice"),
        ground=Ground.DESK,
        read=read,
        rows=_start_rows(ctx),
        action=Action(
            primary=primary(ctx.say("start.start"), key=Key.START),
            hint=None if ctx.large else Hint("" if ctx.landscape else "card", ctx.say("start.place")),
            wide=ctx.large,
        ),
        open_strip=True,
    )


def setting_keys(ctx: Context) -> tuple[Control, ...]:
    """Large text, contrast, low reach, voice, left hand; the active one says what it goes back to."""
    now = ctx.terminal.presentation
    states = (
        ("large", "text-size", Key.LARGE, now.large),
        ("contrast", "contrast", Key.CONTRAST, now.contrast),
        ("low", "wheelchair", Key.LOW_REACH, now.low_reach),
        ("voice", "speaker", Key.VOICE, now.voice),
        ("left", "hand", Key.LEFT_HAND, now.left_hand),
    )
    return tuple(
        Control(key.value, ctx.say(f"start.settings.{name}{'_off' if on else ''}"), Pressed(key), icon=icon)
        for name, icon, key, on in states
    )


def language_keys(ctx: Context) -> tuple[Control, ...]:
    """One key for each language that has texts."""
    return tuple(
        Control(
            f"language-{language.value}",
            NATIVE[language][0],
            LanguageChosen(language),
            chosen=language is ctx.terminal.presentation.language,
            font=NATIVE[language][1],
            spoken=plain(NATIVE[language][0]),
        )
        for language in ctx.site.languages
    )


def language_rows(ctx: Context, height: float, columns: int) -> tuple[KeyRow, ...]:
    """The language keys in rows."""
    keys = language_keys(ctx)
    columns = min(columns, max(len(keys), 2))
    return tuple(
        KeyRow(keys=keys[at : at + columns], style=RowStyle.PLAIN, height=height, columns=columns, gap=4 if at else 2)
        for at in range(0, len(keys), columns)
    )


def _start_rows(ctx: Context) -> tuple[Block, ...]:
    large, contrast, low, voice, _ = setting_keys(ctx)
    if ctx.large:
        languages = Control("languages", ctx.say("start.languages.key"), Pressed(Key.LANGUAGES), icon="globe")
        between = 4 if ctx.landscape else 6
        rows: tuple[Block, ...] = (
            KeyRow(keys=(large, contrast), style=RowStyle.SETTING, height=40, columns=2, between=between),
            KeyRow(keys=(voice, languages), style=RowStyle.SETTING, height=40, columns=2, between=between, gap=6),
        )
        if ctx.landscape or ctx.look.low_reach:
            return rows
        return (*rows, Words(text=f"{ctx.say('start.place')}\n{ctx.say('start.erased')}", gap=4))
    few = _few_languages(ctx)
    rows = (
        Caption(text=ctx.say("start.settings.head")),
        KeyRow(
            keys=(large, contrast, low, voice), style=RowStyle.SETTING, height=row_height(ctx, 30), columns=4, gap=2
        ),
        Caption(text=ctx.say("start.languages.head"), gap=6),
        *language_rows(ctx, 32 if few and not ctx.look.low_reach else 21, 3 if ctx.landscape else 4),
    )
    if ctx.look.low_reach or (ctx.landscape and not few):
        return rows
    return (*rows, Notice(text=ctx.say("start.erased"), role=Role.BODY if few else Role.LABEL, gap=8))


def _few_languages(ctx: Context) -> bool:
    return len(ctx.site.languages) <= _FEW


def _board(ctx: Context, board: Board) -> tuple[Block, ...]:
    open_rows = tuple(row for row in board.rows if row.open_now)
    closed_rows = tuple(row for row in board.rows if not row.open_now)
    compact = len(board.rows) > _MOST_ROWS
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
            gap=3 if ctx.large or compact else 6 if ctx.landscape else 8,
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
        ),
    )


def _hours(ctx: Context, row: BoardRow) -> str:
    hours = formats.hours(row.opens_at, row.closes_at, ctx.language)
    return ctx.say(f"start.closed.{'weekdays' if row.weekdays_only else 'daily'}", hours=hours)


def _closure(ctx: Context, board: Board, compact: bool) -> Block:
    closure = board.closure
    assert closure is not None
    if ctx.large:
        return Pair(label=ctx.say("start.closure.label"), text=formats.day_short(closure.since, ctx.language), gap=2)
    one = closure.since == closure.until
    day = (
        formats.day_short(closure.since, ctx.language)
        if one and ctx.landscape
        else formats.days(closure.since, closure.until, ctx.language)
    )
    when = ctx.say(f"start.closure.{'one' if one else 'many'}", day=day)
    reason = closure.reason if ctx.japanese else closure.reason_en
    text = f"{when}|  {reason}" if ctx.japanese else f"{when} ({reason})"
    return Pair(
        label=ctx.say("start.closure.label"),
        text=text if reason else when,
        gap=2 if compact else 4 if ctx.landscape else 6,
    )


_IMPORTANCE = tuple(OutOfService)
_ICONS = {
    OutOfService.STARTING: "clock",
    OutOfService.SERVER_AWAY: "globe",
    OutOfService.NOT_ADMITTED: "info",
    OutOfService.SUSPENDED: "info",
    OutOfService.PRINTER: "sheet",
    OutOfService.PAPER: "sheet",
    OutOfService.CASH: "coins",
    OutOfService.CARD_READER: "card",
    OutOfService.LEFT_BEHIND: "info",
}


def closed(ctx: Context, scene: Closed) -> Body:
    """Nobody is served: why, and where else to go."""
    reasons = sorted(scene.reasons, key=_IMPORTANCE.index)
    starting = scene.reasons == {OutOfService.STARTING}
    title = ctx.say("start.out.starting.title" if starting else "start.out.title")
    shown = reasons[:1] if ctx.large else reasons[:3]
    why = tuple(
        Fact(
            icon="" if ctx.large else _ICONS[reason],
            head=ctx.say(f"start.out.{reason.value}.head"),
            text=ctx.say(f"start.out.{reason.value}.text"),
        )
        for reason in shown
    )
    where = () if starting else _where(ctx)
    read: tuple[Block, ...] = (Title(text=title), Facts(facts=why, gap=6))
    if ctx.landscape:
        rows: tuple[Block, ...] = (Facts(facts=where),) if where else ()
    else:
        read, rows = (Title(text=title), Facts(facts=(*why, *where), gap=6)), ()
    return Body(
        title=title,
        voice=ctx.say("start.out.voice"),
        ground=Ground.WHITE,
        read=read,
        rows=rows,
        lowered=False,
        lower_from=384,
        open_strip=True,
    )


def _where(ctx: Context) -> tuple[Fact, ...]:
    board = ctx.terminal.board
    if board is None:
        return (Fact("" if ctx.large else "phone", ctx.site.helpline, ctx.say("declined.helpline"), big=True),)
    window = board.window
    place = window.place if ctx.japanese else window.place_en
    hours = window.hours if ctx.japanese else window.hours_en
    at = Fact("" if ctx.large else "building", ctx.say("start.out.where"), "", strong=data(place), beside=data(hours))
    phone = Fact("" if ctx.large else "phone", window.phone, ctx.say("start.out.ask"), big=True)
    return (at,) if ctx.large and ctx.landscape else (at, phone)
