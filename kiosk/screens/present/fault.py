"""12: what broke. Always three parts in this order: paper, money, please; so that nobody has to search."""

from kiosk.flow.change import lying
from kiosk.flow.means import Means
from kiosk.flow.scenes import Fault, SlipState
from kiosk.flow.values.service import Belonging
from kiosk.flow.values.trouble import FaultKind, FaultReport, MoneyOutcome
from kiosk.screens.blocks import (
    Banner,
    Block,
    MoneyLine,
    Numbered,
    Role,
    Section,
    SheetState,
    Title,
    Tone,
    Words,
)
from kiosk.screens.grid import Ground
from kiosk.screens.present.context import Body, Context, finish, to_take
from kiosk.texts import formats

_MOST_SHEETS = 3
"""More sheets than these are told as two numbers."""


def fault(ctx: Context, scene: Fault) -> Body:
    """12."""
    report = scene.report
    kind = "restarted" if report.restarted else report.kind.value
    title = ctx.say(f"fault.{kind}.title", n=report.sheets_out + report.sheets_void + 1)
    banner = Banner(icon="warning", text=ctx.say(f"fault.{kind}.banner"), tone=Tone.ERROR, gap=0 if ctx.large else 4)
    head: tuple[Block, ...] = (banner, Title(text=title, gap=0 if ctx.large else 4))
    near = ctx.large or ctx.landscape
    gap = 3 if ctx.large and ctx.landscape else 4 if near else 8
    paper = Section(label=ctx.say("fault.paper"), blocks=_paper(ctx, report), gap=4 if near else 10)
    money = Section(label=ctx.say("fault.money"), blocks=_money(ctx, scene), gap=gap)
    please = Section(label=ctx.say("fault.please"), blocks=_please(ctx, scene), gap=gap)
    slip = ctx.say("fault.slip", where=ctx.where(ctx.site.receipt_slot)) if scene.slip is SlipState.OUT else ""
    apart = ctx.landscape
    return Body(
        title=title,
        voice=ctx.say("fault.voice", banner=ctx.say(f"fault.{kind}.banner"), title=title),
        ground=Ground.ACTION,
        read=(*head, paper) if apart else (*head, paper, money, please),
        rows=(money, please) if apart else (),
        foot=() if ctx.large and ctx.landscape else to_take(ctx, slip),
        action=finish(ctx),
        lowered=False,
        lower_from=340,
    )


def _paper(ctx: Context, report: FaultReport) -> tuple[Block, ...]:
    if report.restarted:
        paper = "paper_left" if _left_in_tray(ctx, report) else "paper"
        return (Words(text=ctx.say(f"fault.restarted.{paper}"), role=_role(ctx)),)
    if not report.sheets:
        return (Words(text=ctx.say("fault.sheets.none"), role=_role(ctx)),)
    about = "sheets.void" if report.sheets_void else f"{report.kind.value}.paper"
    told = "" if ctx.large else ctx.say(f"fault.{about}")
    after = (Words(text=told, role=_role(ctx), gap=1),) if told else ()
    if len(report.sheets) > _MOST_SHEETS or ctx.large:
        return (*_counted(ctx, report), *after)
    return (
        *(
            SheetState(
                done=place < report.sheets_out,
                ordinal="" if ctx.landscape else ctx.say("fault.sheets.nth", n=place + 1),
                name=ctx.kind(sheet.kind) if ctx.japanese else ctx.kind_short(sheet.kind),
                state=ctx.say(f"fault.sheets.{_state(report, place)}"),
            )
            for place, sheet in enumerate(report.sheets)
        ),
        *after,
    )


def _left_in_tray(ctx: Context, report: FaultReport) -> bool:
    """Whether sheets lie there for the person of which none counts as out: of before the restart, or without their
    backs. A clerk keeps back what is void."""
    kept_back = report.sheets_void and ctx.site.separate
    return not (report.sheets_out or kept_back) and Belonging.SHEETS in lying(ctx.terminal)


def _counted(ctx: Context, report: FaultReport) -> tuple[Block, ...]:
    missing = len(report.sheets) - report.sheets_out - report.sheets_void
    rows = (
        (True, "some_out", report.sheets_out, "out"),
        (False, "some_missing", report.sheets_void, "not_valid"),
        (False, "some_missing", missing, _not_out(report)),
    )
    return tuple(
        SheetState(
            done=done,
            ordinal="",
            name=ctx.say.counted(f"fault.sheets.{name}", n),
            state=ctx.say(f"fault.sheets.{state}"),
        )
        for done, name, n, state in rows
        if n
    )


def _state(report: FaultReport, place: int) -> str:
    if place < report.sheets_out:
        return "out"
    return "not_valid" if place < report.sheets_out + report.sheets_void else _not_out(report)


def _not_out(report: FaultReport) -> str:
    """What is said of a sheet that does not count. One without its back may well be out."""
    return "not_valid" if report.kind is FaultKind.ONE_SIDED else "not_out"


def _money(ctx: Context, scene: Fault) -> tuple[Block, ...]:
    report = scene.report
    if report.means is Means.CASHLESS:
        return _cashless(ctx, scene)
    return _cash(ctx, scene)


def _cash(ctx: Context, scene: Fault) -> tuple[Block, ...]:
    report = scene.report
    where = ctx.where(ctx.site.change_tray)
    # A piece that sticks in the slot was never counted: the terminal can't say that it has none, or gave all back.
    stuck = report.kind is FaultKind.CASH_STOPPED and not report.restarted
    match report.money:
        case MoneyOutcome.NONE_TAKEN if stuck:
            return (Words(text=ctx.say("fault.stuck.none"), role=_role(ctx)),)
        case MoneyOutcome.NONE_TAKEN:
            return (Words(text=ctx.say("fault.none-taken.text"), role=_role(ctx)),)
        case MoneyOutcome.KEPT:
            return (Words(text=ctx.say("fault.kept.text"), role=_role(ctx)),)
        case MoneyOutcome.RETURNED if stuck:
            told = ctx.say("fault.stuck.some", where=where)
            return (_line(ctx, "returned", report.returned), Words(text=told, role=_role(ctx), gap=1))
        case MoneyOutcome.RETURNED:
            told = ctx.say("fault.restarted.money" if report.restarted else "fault.returned.all", where=where)
            return (_line(ctx, "returned", report.returned), *_said(ctx, told))
        case MoneyOutcome.RETURNED_PART:
            missing = max(1, len(report.sheets) - report.sheets_out)
            nth = ctx.say("fault.sheets.nth", n=report.sheets_out + 1)
            text = ctx.say.counted("fault.returned.part", missing, nth=nth, where=where)
            return (_line(ctx, "returned", report.returned), *_said(ctx, text))
        case MoneyOutcome.OWED:
            also = ctx.say("fault.owed.also", money=ctx.money(report.paid_out), where=where)
            return (
                _line(ctx, "owed", report.owed),
                *_said(ctx, ctx.say("fault.owed.no-slip" if scene.slip is SlipState.FAILED else "fault.owed.text")),
                *(_said(ctx, also) if report.paid_out else ()),
            )


def _cashless(ctx: Context, scene: Fault) -> tuple[Block, ...]:
    """No money is in any tray."""
    report = scene.report
    match report.money:
        case MoneyOutcome.RETURNED:
            told = ctx.say("cashless.fault.restarted" if report.restarted else "cashless.fault.all")
            return (_line(ctx, "returned", report.returned), *_said(ctx, told))
        case MoneyOutcome.RETURNED_PART:
            missing = max(1, len(report.sheets) - report.sheets_out)
            nth = ctx.say("fault.sheets.nth", n=report.sheets_out + 1)
            told = ctx.say.counted("cashless.fault.part", missing, nth=nth)
            return (_line(ctx, "returned", report.returned), *_said(ctx, told))
        case MoneyOutcome.OWED if report.in_doubt is not None:
            shown, doubt = formats.amount(report.owed, ctx.language), f"cashless.{report.in_doubt.value}"
            told = ctx.say(f"{doubt}.no_slip" if scene.slip is SlipState.FAILED else f"{doubt}.text")
            line = MoneyLine(amount=shown, after=ctx.say(f"{doubt}.after"), alone=ctx.say(f"{doubt}.alone"))
            return (line, *_said(ctx, told))
        case _:
            return _cash(ctx, scene)


def _line(ctx: Context, key: str, yen: int) -> Block:
    shown = formats.amount(yen, ctx.language)
    return MoneyLine(amount=shown, after=ctx.say(f"fault.{key}.after"), alone=ctx.say(f"fault.{key}.alone"))


def _said(ctx: Context, text: str) -> tuple[Block, ...]:
    return () if ctx.large else (Words(text=text, role=_role(ctx), gap=1),)


def _please(ctx: Context, scene: Fault) -> tuple[Block, ...]:
    report = scene.report
    # Without a slip the number on the screen is all that the person can take along.
    copy = report.staff_comes and scene.slip is SlipState.FAILED
    asked: list[tuple[str, str]] = []
    if ctx.terminal.card_present and ctx.large and ctx.landscape:
        asked.append((ctx.say("fault.ask.card"), ""))
    left = _left_in_tray(ctx, report)
    if (ctx.large or (copy and ctx.landscape)) and (report.sheets_out or left) and report.paid_out:
        asked.append((ctx.say("fault.ask.both"), ""))
    else:
        if left or (report.sheets_void and not ctx.site.separate):
            asked.append((ctx.say("fault.ask.left"), ""))
        elif report.sheets_out:
            asked.append((ctx.say.counted("fault.ask.sheets", report.sheets_out), ""))
        # Change came out before the paper and may be taken already: then only what is refunded is asked to be taken.
        lies = report.returned if report.money is MoneyOutcome.RETURNED_PART else report.paid_out
        if lies and report.paid_out:
            asked.append((ctx.say("fault.ask.money", money=ctx.money(lies)), ""))
    if ctx.large and ctx.landscape and report.owed and scene.slip is SlipState.OUT:
        # No band has room here. What is owed is repaid against the slip.
        asked.append((ctx.say("fault.ask.slip"), ""))
    last = "fault.ask.write" if copy else "fault.ask.staff" if report.staff_comes else "fault.ask.again"
    asked.append((ctx.say(last), report.reference))
    label = "" if ctx.large else ctx.say("fault.reference")
    return tuple(
        Numbered(
            number=str(number),
            text=text,
            label=label if strong else "",
            strong=strong,
            big=copy and bool(strong),
            gap=0 if number == 1 else 2,
        )
        for number, (text, strong) in enumerate(asked, start=1)
    )


def _role(ctx: Context) -> Role:
    return Role.LABEL if ctx.landscape else Role.BODY
