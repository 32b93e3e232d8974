"""Assisted mode: the clerk's own screen. So far it says what it will be for, and how to serve a resident until then."""

from kiosk.screens.blocks import Banner, Block, Fact, Facts, Title, Tone
from kiosk.screens.grid import Ground
from kiosk.screens.present.context import Body, Context, finish

_FACTS = (("later", "counter"), ("now", "sheet"), ("pin", "hand"))
"""What is said, and its pictogram."""


def assisted(ctx: Context) -> Body:
    """The clerk's screen. Whoever came here by mistake finds one large key, and it leads out."""
    title = ctx.say("assisted.title")
    head: tuple[Block, ...] = (
        *(() if ctx.large else (Banner(icon="info", text=ctx.say("assisted.banner"), tone=Tone.INK, gap=4),)),
        Title(text=title, gap=4),
    )
    facts = tuple(
        Fact("" if ctx.large else icon, ctx.say(f"assisted.{name}.head"), ctx.say(f"assisted.{name}.text"))
        for name, icon in _FACTS
    )
    gap = 2 if ctx.large else 4 if ctx.landscape else 7
    above = facts[:1] if ctx.landscape else facts
    below = facts[1:] if ctx.landscape else ()
    return Body(
        title=title,
        voice=ctx.say("assisted.voice"),
        ground=Ground.ACTION,
        read=(*head, Facts(facts=above, gap=gap)),
        rows=(Facts(facts=below),) if below else (),
        action=finish(ctx),
        lowered=False,
        lower_from=340,
    )
