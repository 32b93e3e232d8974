"""What the resident's window shows while a clerk's desk holds the terminal and the case has nothing of its own to show
there."""

from kiosk.screens.blocks import Fact, Facts, Title
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context

_FACTS = (("together", "counter"), ("pin", "hand"))
"""What is said, and its pictogram."""


def at_counter(ctx: Context) -> Body:
    """The clerk is at work; the resident need do nothing here."""
    title = ctx.say("at-counter.title")
    facts = tuple(
        Fact("" if ctx.large else icon, ctx.say(f"at-counter.{name}.head"), ctx.say(f"at-counter.{name}.text"))
        for name, icon in _FACTS
    )
    above = facts[:1] if ctx.landscape else facts
    below = facts[1:] if ctx.landscape else ()
    return Body(
        title=title,
        voice=ctx.say("at-counter.voice"),
        ground=Ground.ACTION,
        read=(Title(text=title, gap=4), Facts(facts=above, gap=2 if ctx.large else 4 if ctx.landscape else 7)),
        rows=(Facts(facts=below),) if below else (),
        action=Action(band=Band("" if ctx.large else "staff", ctx.say("at-counter.band"))),
        lowered=False,
        lower_from=340,
    )
