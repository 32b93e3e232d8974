"""01 and the closed screen: what can be had here without a card, and why nobody is served."""

from kiosk.flow.means import Means
from kiosk.flow.touches import Key, LanguageChosen, Pressed
from kiosk.flow.values.presentation import Language
from kiosk.screens.blocks import (
    Block,
    Caption,
    Notice,
    Role,
    Title,
    Tone,
    Words,
)
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Hint
from kiosk.screens.present.board import MOST_ROWS, board_blocks
from kiosk.screens.present.context import Body, Context, primary
from kiosk.screens.present.frame import row_height
from kiosk.screens.present.number import hear_key
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

_IN_ENGLISH = {
    Language.JAPANESE: "Japanese",
    Language.EASY_JAPANESE: "easy Japanese",
    Language.ENGLISH: "English",
    Language.CHINESE_SIMPLIFIED: "Chinese, simplified",
    Language.CHINESE_TRADITIONAL: "Chinese, traditional",
    Language.KOREAN: "Korean",
    Language.VIETNAMESE: "Vietnamese",
    Language.PORTUGUESE: "Portuguese",
    Language.NEPALI: "Nepali",
    Language.INDONESIAN: "Indonesian",
    Language.FILIPINO: "Filipino",
}
"""What an English voice calls a language whose script it can't read."""

_FEW = 4
"""So few languages get larger keys."""


def start(ctx: Context) -> Body:
    """The start screen."""
    board = ctx.terminal.board
    rows = len(board.rows) if board else 0
    title = ctx.say(_title(ctx, short=rows > MOST_ROWS))
    read: tuple[Block, ...] = (Title(text=title), *(board_blocks(ctx, board) if board else ()))
    if ctx.landscape and not ctx.large and rows <= MOST_ROWS and not _few_languages(ctx):
        read = (*read, Words(text=ctx.say("start.erased"), role=Role.LABEL, tone=Tone.QUIET, gap=1))
    hear = hear_key(ctx)
    return Body(
        title=title,
        voice=_voice(ctx),
        ground=Ground.DESK,
        read=read,
        rows=_start_rows(ctx),
        action=Action(
            primary=primary(ctx.say("start.start"), key=Key.START),
            back=hear,
            hint=_hint(ctx, hear),
            wide=ctx.large and hear is None,
        ),
        open_strip=True,
    )


def _title(ctx: Context, *, short: bool) -> str:
    """What can be had here; where one way to pay is out of order, that before anybody begins."""
    length = "short" if short else "title"
    return f"start.{length}" if ctx.pays_only is None else f"start.only-{ctx.pays_only.value}.{length}"


def _voice(ctx: Context) -> str:
    only = "" if ctx.pays_only is None else ctx.say(f"start.only-{ctx.pays_only.value}.voice")
    return only + ("" if ctx.japanese or not only else " ") + ctx.say("start.voice")


def _first(ctx: Context) -> str:
    """What to have at hand where change is short or cash can't be paid; else how else to begin."""
    if ctx.pays_only is Means.CASHLESS:
        return "start.only-cashless.hint"
    return "start.exact" if ctx.terminal.exact else "start.place"


_ICONS = {"start.place": "card", "start.exact": "coins", "start.only-cashless.hint": "contactless"}


def _hint(ctx: Context, hear: Control | None) -> Hint | None:
    """Beside the key that begins."""
    if ctx.large or hear:
        return None
    first = _first(ctx)
    return Hint("" if ctx.landscape else _ICONS[first], ctx.say(first))


def setting_keys(ctx: Context) -> tuple[Control, ...]:
    """Large text, contrast, low reach, voice, left hand; the active one says what it goes back to. No voice where it
    could not be heard."""
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
        if key is not Key.VOICE or ctx.terminal.can_speak
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
            spoken=plain(NATIVE[language][0]) if ctx.japanese else _IN_ENGLISH[language],
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
    large, contrast, low, *voice, _ = setting_keys(ctx)
    if ctx.large:
        languages = Control("languages", ctx.say("start.languages.key"), Pressed(Key.LANGUAGES), icon="globe")
        if ctx.landscape and not ctx.look.low_reach:
            return tuple(
                KeyRow(keys=(key,), style=RowStyle.PLAIN, height=36, columns=1, gap=4 if place else 0)
                for place, key in enumerate((large, contrast, *voice, languages))
            )
        between = 4 if ctx.landscape else 6
        rows: tuple[Block, ...] = (
            KeyRow(keys=(large, contrast), style=RowStyle.SETTING, height=40, columns=2, between=between),
            KeyRow(keys=(*voice, languages), style=RowStyle.SETTING, height=40, columns=2, between=between, gap=6),
        )
        if ctx.landscape or ctx.look.low_reach:
            return rows
        return (*rows, Words(text=f"{ctx.say(_first(ctx))}\n{ctx.say('start.erased')}", gap=4))
    few = _few_languages(ctx)
    rows = (
        Caption(text=ctx.say("start.settings.head")),
        *_setting_rows(ctx, (large, contrast, low, *voice)),
        Caption(text=ctx.say("start.languages.head"), gap=6),
        *language_rows(ctx, 31 if few and not ctx.look.low_reach else 21, 3 if ctx.landscape else 4),
    )
    if ctx.look.low_reach or (ctx.landscape and not few):
        return rows
    return (*rows, Notice(text=ctx.say("start.erased"), role=Role.BODY if few else Role.LABEL, gap=8))


def _setting_rows(ctx: Context, keys: tuple[Control, ...]) -> tuple[KeyRow, ...]:
    """Four in a row; two by two where a lying panel has the room, because four are narrow there."""
    if ctx.landscape and _few_languages(ctx) and not ctx.look.low_reach:
        return tuple(
            KeyRow(keys=keys[at : at + 2], style=RowStyle.PLAIN, height=25, columns=2, gap=4 if at else 2)
            for at in range(0, len(keys), 2)
        )
    return (KeyRow(keys=keys, style=RowStyle.SETTING, height=row_height(ctx, 30), columns=4, gap=2),)


def _few_languages(ctx: Context) -> bool:
    return len(ctx.site.languages) <= _FEW
