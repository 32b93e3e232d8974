"""Where a clerk hands the sheets over: the resident says whether name and number of sheets are right. The name is read
on the paper, not here."""

from kiosk.flow.scenes import LookAtSheets
from kiosk.flow.touches import Key, Pressed
from kiosk.screens.blocks import Fact, Facts, Title
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context


def look_at_sheets(ctx: Context, scene: LookAtSheets) -> Body:
    """Sheets are out, and shown, and said of them that they are right."""
    if scene.right:
        return _told(ctx, scene, "thanks")
    return _asked(ctx, scene) if scene.shown else _told(ctx, scene, "wait")


def _read(ctx: Context, scene: LookAtSheets, step: str) -> tuple[Title, Facts]:
    count = ctx.say.counted("collect.look.count", scene.sheets)
    fact = Fact("" if ctx.large else "sheet", count, ctx.say(f"collect.look.{step}.text"))
    return Title(text=ctx.say(f"collect.look.{step}.title")), Facts(facts=(fact,), gap=4)


def _told(ctx: Context, scene: LookAtSheets, step: str) -> Body:
    band = Band("" if ctx.large else "staff", ctx.say(f"collect.look.{step}.band"))
    return Body(
        title=ctx.say(f"collect.look.{step}.title"),
        voice=ctx.say(f"collect.look.{step}.voice"),
        ground=Ground.ACTION,
        read=_read(ctx, scene, step),
        action=Action(band=band),
        name=step,
    )


def _asked(ctx: Context, scene: LookAtSheets) -> Body:
    keys = (
        Control("sheets-right", ctx.say("collect.look.right"), Pressed(Key.SHEETS_RIGHT), icon="check"),
        Control("sheets-wrong", ctx.say("collect.look.wrong"), Pressed(Key.SHEETS_WRONG), icon="cross"),
    )
    height = 36.0 if ctx.large else 30.0
    return Body(
        title=ctx.say("collect.look.ask.title"),
        voice=ctx.say("collect.look.ask.voice"),
        ground=Ground.DESK,
        read=_read(ctx, scene, "ask"),
        rows=tuple(
            KeyRow(keys=(each,), style=RowStyle.PLAIN, height=height, columns=1, gap=6 if at else 0)
            for at, each in enumerate(keys)
        ),
        name="ask",
    )
