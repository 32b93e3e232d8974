"""The closed screen: why nobody is served, and where else to go."""

from kiosk.flow.change import left
from kiosk.flow.scenes import Closed
from kiosk.flow.values.service import OutOfService
from kiosk.screens.blocks import Block, Fact, Facts, Title
from kiosk.screens.grid import Ground
from kiosk.screens.present.context import Body, Context, data
from printers.model import PrinterProblem, gravest

_IMPORTANCE = tuple(OutOfService)
_ICONS = {
    OutOfService.STARTING: "clock",
    OutOfService.ON_BATTERY: "info",
    OutOfService.DOOR: "info",
    OutOfService.NOT_OPEN: "clock",
    OutOfService.SERVER_AWAY: "globe",
    OutOfService.NOT_ADMITTED: "info",
    OutOfService.NOT_SERVED: "info",
    OutOfService.SUSPENDED: "info",
    OutOfService.PRINTER: "sheet",
    OutOfService.PAPER: "sheet",
    OutOfService.SLIPS: "sheet",
    OutOfService.SLIP_PAPER: "sheet",
    OutOfService.UNSETTLED: "coins",
    OutOfService.CASH: "coins",
    OutOfService.NO_CHANGE: "coins",
    OutOfService.JOURNAL: "info",
    OutOfService.CARD_READER: "card",
    OutOfService.SENSORS: "info",
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
            head=ctx.say(f"start.out.{_words(ctx, reason)}.head"),
            text=ctx.say(f"start.out.{_words(ctx, reason)}.{_what(ctx, reason)}"),
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
        voice=ctx.say("start.out.voice_starting" if starting else "start.out.voice"),
        ground=Ground.WHITE,
        read=read,
        rows=rows,
        lowered=False,
        lower_from=384,
        open_strip=True,
    )


def _words(ctx: Context, reason: OutOfService) -> str:
    """Of a printer, what is wrong with it: whoever comes to mend it sees it from afar."""
    seen = {OutOfService.PRINTER: ctx.terminal.pages, OutOfService.SLIPS: ctx.terminal.slips}.get(reason)
    problems = frozenset() if seen is None else seen.problems - {PrinterProblem.PAPER_EMPTY, PrinterProblem.OTHER}
    return f"{reason.value}-{gravest(problems).value}" if problems else reason.value


def _what(ctx: Context, reason: OutOfService) -> str:
    """What is said of a reason. What was left behind is named, so that whoever comes back for it knows that it is
    theirs; where several things were, the person in front sees them anyway."""
    if reason is not OutOfService.LEFT_BEHIND:
        return "text"
    things = left(ctx.terminal)
    return "several" if len(things) != 1 else next(iter(things)).value


def _where(ctx: Context) -> tuple[Fact, ...]:
    board = ctx.terminal.board
    if board is None:
        return (Fact("" if ctx.large else "phone", ctx.site.helpline, ctx.say("declined.helpline"), big=True),)
    window = board.window
    place = window.place if ctx.japanese else window.place_en
    hours = window.hours if ctx.japanese else window.hours_en
    at = Fact("" if ctx.large else "building", ctx.say("start.out.where"), "", strong=data(place), beside=data(hours))
    phone = Fact(
        "" if ctx.large else "phone", window.phone, ctx.say("start.out.ask", helpline=ctx.site.helpline), big=True
    )
    return (at,) if ctx.large and ctx.landscape else (at, phone)
