"""What lies over a screen: the idle warning, the question before stopping, settings, languages, staff called."""

from kiosk.flow.scenes import AskCancel, IdleWarning, Languages, Overlay, SeeingAndHearing, StaffCalled
from kiosk.flow.touches import Key, Pressed
from kiosk.screens.blocks import Block, Countdown, Title, Words
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.model import Action, Sheet
from kiosk.screens.present.context import Context, primary
from kiosk.screens.present.frame import language_key, options_key
from kiosk.screens.present.start import language_row, setting_keys

IDLE_SECONDS = 20
"""Length of the bar of the idle warning."""


def sheet(ctx: Context, overlay: Overlay) -> Sheet:
    """The overlay as a sheet."""
    match overlay:
        case IdleWarning(seconds_left):
            return _idle(ctx, seconds_left)
        case AskCancel():
            return _cancel(ctx)
        case SeeingAndHearing():
            return _settings(ctx)
        case Languages():
            return _languages(ctx)
        case StaffCalled():
            return _staff(ctx)


def _idle(ctx: Context, seconds: int) -> Sheet:
    blocks = (
        Title(text=ctx.say("overlays.idle.title")),
        Words(text=ctx.say("overlays.idle.text"), gap=4),
        Countdown(
            figure=str(seconds),
            unit=ctx.say("overlays.idle.unit"),
            left=max(0.0, min(1.0, seconds / IDLE_SECONDS)),
            gap=6,
        ),
    )
    action = Action(primary=primary(ctx.say("overlays.idle.continue"), key=Key.DISMISS), ends=True, wide=True)
    return Sheet("idle", blocks, action, ctx.say("overlays.idle.voice"))


def _cancel(ctx: Context) -> Sheet:
    visit = ctx.terminal.visit
    held = visit is not None and visit.held > 0
    blocks: tuple[Block, ...] = (
        Title(text=ctx.say("overlays.cancel.title")),
        Words(text=ctx.say("overlays.cancel.text"), gap=4),
        *((Words(text=ctx.say("overlays.cancel.money"), gap=2),) if held else ()),
    )
    action = Action(
        back=Control("cancel-yes", ctx.say("overlays.cancel.yes"), Pressed(Key.CANCEL_YES)),
        primary=primary(ctx.say("overlays.cancel.no"), key=Key.DISMISS),
        ends=True,
    )
    return Sheet("cancel", blocks, action, ctx.say("overlays.cancel.voice_money" if held else "overlays.cancel.voice"))


def _settings(ctx: Context) -> Sheet:
    keys = setting_keys(ctx)
    columns = 2 if ctx.large and not ctx.landscape else 3
    height = 30 if not ctx.large else 40 if ctx.landscape else 29 if ctx.look.low_reach else 33
    rows = tuple(
        KeyRow(
            keys=keys[at : at + columns],
            style=RowStyle.PLAIN if ctx.large and not ctx.landscape else RowStyle.SETTING,
            height=height,
            columns=columns,
            gap=4 if at else 0 if ctx.look.low_reach else 5,
        )
        for at in range(0, len(keys), columns)
    )
    blocks: tuple[Block, ...] = rows if ctx.look.low_reach else (Title(text=ctx.say("overlays.settings.title")), *rows)
    return Sheet("settings", blocks, _close(ctx, "settings"), ctx.say("overlays.settings.voice"))


def _languages(ctx: Context) -> Sheet:
    row = language_row(ctx, 33 if ctx.large else 24)
    blocks: tuple[Block, ...] = (row,) if ctx.look.low_reach else (Title(text=ctx.say("overlays.languages.title")), row)
    return Sheet("languages", blocks, _close(ctx, "languages"), ctx.say("overlays.languages.voice"))


def _staff(ctx: Context) -> Sheet:
    blocks: tuple[Block, ...] = (
        Title(text=ctx.say("overlays.staff.title")),
        Words(text=ctx.say("overlays.staff.text"), gap=4),
    )
    if ctx.large:
        keys = (options_key(ctx), language_key(ctx))
        blocks = (*blocks, KeyRow(keys=keys, style=RowStyle.PLAIN, height=33, columns=2, gap=6))
    return Sheet("staff", blocks, _close(ctx, "staff"), ctx.say("overlays.staff.voice"))


def _close(ctx: Context, name: str) -> Action:
    icon = "" if ctx.large else "chevron-left"
    return Action(back=Control("back", ctx.say(f"overlays.{name}.close"), Pressed(Key.DISMISS), icon=icon))
