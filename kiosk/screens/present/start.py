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
    Words,
)
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Hint
from kiosk.screens.present.board import MOST_ROWS, board_blocks
from kiosk.screens.present.context import Body, Context, primary
from kiosk.screens.present.frame import row_height
from kiosk.screens.present.number import hear_key

NATIVE = {Language.JAPANESE: "日本語", Language.ENGLISH: "English"}
"""Each language in its own script."""

_IN_ENGLISH = {Language.JAPANESE: "Japanese", Language.ENGLISH: "English"}
"""What an English voice calls a language whose script it can't read."""


def start(ctx: Context) -> Body:
    """The start screen."""
    board = ctx.terminal.board
    rows = len(board.rows) if board else 0
    title = ctx.say(_title(ctx, short=rows > MOST_ROWS))
    read: tuple[Block, ...] = (Title(text=title), *(board_blocks(ctx, board) if board else ()))
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
            NATIVE[language],
            LanguageChosen(language),
            chosen=language is ctx.terminal.presentation.language,
            spoken=NATIVE[language] if ctx.japanese else _IN_ENGLISH[language],
        )
        for language in Language
    )


def language_row(ctx: Context, height: float) -> KeyRow:
    """The language keys side by side."""
    keys = language_keys(ctx)
    return KeyRow(keys=keys, style=RowStyle.PLAIN, height=height, columns=len(keys), gap=2)


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
    rows = (
        Caption(text=ctx.say("start.settings.head")),
        *_setting_rows(ctx, (large, contrast, low, *voice)),
        Caption(text=ctx.say("start.languages.head"), gap=6),
        language_row(ctx, 21 if ctx.look.low_reach else 31),
    )
    if ctx.look.low_reach:
        return rows
    return (*rows, Notice(text=ctx.say("start.erased"), role=Role.BODY, gap=8))


def _setting_rows(ctx: Context, keys: tuple[Control, ...]) -> tuple[KeyRow, ...]:
    """Four in a row; two by two where a lying panel has the room, because four are narrow there."""
    if ctx.landscape and not ctx.look.low_reach:
        return tuple(
            KeyRow(keys=keys[at : at + 2], style=RowStyle.PLAIN, height=25, columns=2, gap=4 if at else 2)
            for at in range(0, len(keys), 2)
        )
    return (KeyRow(keys=keys, style=RowStyle.SETTING, height=row_height(ctx, 30), columns=4, gap=2),)
