"""A key that takes the line being changed out of the basket: the same on every screen of a line."""

from kiosk.flow.touches import LineRemoved
from kiosk.screens.blocks import Block
from kiosk.screens.controls import Control, KeyRow, RowStyle
from kiosk.screens.present.context import Context
from kiosk.screens.present.frame import row_height


def remove(ctx: Context, editing: int | None) -> tuple[Block, ...]:
    """The key, while a line is being changed."""
    if editing is None:
        return ()
    key = Control("remove", ctx.say("choose.options.remove"), LineRemoved(editing), icon="cross")
    return (KeyRow(keys=(key,), style=RowStyle.PLAIN, height=row_height(ctx, 26), columns=1, gap=4),)
