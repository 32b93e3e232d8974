"""The case of papers on the resident's window: nothing of its own, but for a paper that lies ready."""

from kiosk.counter.papers.case import CameOut, PapersCase
from kiosk.counter.papers.values import OF_ONE
from kiosk.screens.blocks import Picture, Title, Words
from kiosk.screens.grid import Ground
from kiosk.screens.model import Action, Band
from kiosk.screens.present.context import Body, Context
from kiosk.texts.catalogue import plain


def resident(ctx: Context, case: PapersCase) -> Body | None:
    """What the resident sees."""
    # A paper of one application goes to whoever it is about, who need not be here.
    if not isinstance(case.scene, CameOut) or case.scene.sheet in OF_ONE:
        return None
    title = ctx.say("counter-papers.resident.title")
    return Body(
        name="papers-out",
        title=title,
        voice=plain(title),
        ground=Ground.WHITE,
        read=(
            Title(text=title),
            Words(text=ctx.say("counter-papers.resident.text"), gap=5),
            *(() if ctx.landscape or ctx.large else (Picture(name="page-out", height=90, ratio=1.0, gap=14),)),
        ),
        action=Action(band=Band("" if ctx.large else "staff", ctx.say("at-counter.band"))),
        lowered=False,
        lower_from=380,
    )
