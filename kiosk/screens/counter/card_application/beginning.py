"""The first pages: what they came for, who it is, express issuance, and the intent to apply."""

from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application.case import CardCase
from kiosk.counter.card_application.events import Key, Touched, WaitingChosen
from kiosk.counter.card_application.identity import INTENT_PAGES, may_say_how
from kiosk.counter.card_application.ready import may_ask, may_ask_express, may_find, ready
from kiosk.counter.card_application.values import Granted, Listed
from kiosk.counter.card_application.words import Ground, How, Procedure, Route, Step
from kiosk.counter.slips import Slip
from kiosk.screens.blocks import Block, Notice, Pair, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import fields
from kiosk.screens.counter.card_application.parts import (
    SAY,
    back,
    busy,
    day,
    key,
    onward,
    page,
    question,
    say,
    shown,
    stop,
    within,
)
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.desk_blocks import Column, Entry, EntryKind, Table, TableRow
from kiosk.screens.model import Action, Band
from kiosk.texts.catalogue import BREAK
from koufu.applying.words import Comer


def begin(ctx: DeskContext, case: CardCase, scene: at.Begin) -> DeskBody:
    """A new one, or one of this office."""
    asked: tuple[Block, ...] = (
        *question(ctx, case, "procedure", [each.value for each in Procedure]),
        *question(ctx, case, "comer", [each.value for each in Comer], columns=3),
        *question(ctx, case, "residence", ["here", "elsewhere"]),
    )
    listed: tuple[Block, ...] = (
        Words(text=say(ctx, "begin.list"), role=Role.LABEL, gap=8),
        Table(
            columns=(
                Column(say(ctx, "begin.column.number"), 2),
                Column(say(ctx, "begin.column.state"), 4),
                Column(say(ctx, "begin.column.touched"), 3),
            ),
            rows=tuple(_row(ctx, each) for each in scene.listed or ()),
            empty=say(ctx, "begin.none" if scene.listed is not None else "begin.asking"),
            gap=1,
        ),
        Words(text=say(ctx, "begin.simulated"), role=Role.LABEL, tone=Tone.QUIET, gap=2),
    )
    go = primary(say(ctx, "key.next"), Touched(Key.NEXT), ready=may_ask(case))
    action = busy(ctx, "asking") if scene.busy else Action(back=key(ctx, Key.FINISH, words="leave"), primary=go)
    title = say(ctx, "title.begin")
    return DeskBody(
        scene="card-begin",
        title=title,
        main=(Title(text=title), *asked, *listed, *_express(ctx, scene)),
        alerts=(say(ctx, "begin.away"),) if scene.away else (),
        action=action,
        extra=(key(ctx, Key.AGAIN, words="list_again"),) if scene.away and not scene.busy else (),
    )


def _express(ctx: DeskContext, scene: at.Begin) -> tuple[Block, ...]:
    """Where cards of express issuance are, and about when each arrives."""
    sent = tuple(each for each in scene.listed or () if each.express and each.likely_from)
    if not sent:
        return ()
    return (
        Words(text=say(ctx, "begin.express"), role=Role.LABEL, gap=8),
        Table(
            columns=(
                Column(say(ctx, "begin.column.number"), 3),
                Column(say(ctx, "begin.column.state"), 4),
                Column(say(ctx, "begin.column.likely"), 4),
            ),
            rows=tuple(
                TableRow((_broken(_number(each)), say(ctx, f"state.{each.state}"), _range(ctx, each))) for each in sent
            ),
            gap=1,
        ),
    )


def _range(ctx: DeskContext, listed: Listed) -> str:
    since, until = (day(ctx.say, each, year=False) for each in (listed.likely_from, listed.likely_to))
    return say(ctx, "begin.likely", since=since, until=until)


def _number(listed: Listed) -> str:
    return f"{listed.application[:4]}-{listed.application[4:8]}".upper()


def _broken(number: str) -> str:
    """It may go on on the next line."""
    return number.replace("-", f"-{BREAK}")


def _row(ctx: DeskContext, listed: Listed) -> TableRow:
    state = say(ctx, f"state.{listed.state}")
    known = f"{SAY}.reason.{listed.reason}"
    if listed.reason and known in ctx.say:
        state = say(ctx, "begin.with_reason", state=state, reason=ctx.say(known))
    number = _number(listed)
    touched = f"{day(ctx.say, listed.touched[:10], year=False)} {BREAK}{listed.touched[11:16]}"
    take_up = Control(f"take-up-{number}", number, WaitingChosen(listed)) if listed.waits_here else None
    tone = Tone.ERROR if listed.state == "returned" else Tone.INK
    return TableRow((_broken(number), state, touched), take_up, tone=tone, strong=listed.waits_here)


def not_here(ctx: DeskContext, scene: at.NotHere) -> DeskBody:
    """Why not here, and where."""
    title = say(ctx, "title.not_here")
    why = f"{SAY}.refused.{scene.refusal.reason}"
    express = scene.refusal.reason == "never-here" and scene.asked.procedure == "express"
    text = say(ctx, "refused.express") if express else ctx.say(why) if why in ctx.say else say(ctx, "refused.other")
    board = ctx.around.terminal.board
    where: list[Block] = []
    if board is not None:
        window = board.window
        place = window.place if ctx.japanese else window.place_en
        hours = window.hours if ctx.japanese else window.hours_en
        where.append(Pair(label=say(ctx, "not_here.where"), text=place, gap=6))
        where.append(Pair(label=say(ctx, "not_here.hours"), text=hours, gap=2))
        where.append(Pair(label=say(ctx, "not_here.phone"), text=window.phone, gap=2))
        where.append(Pair(label=say(ctx, "not_here.helpline"), text=ctx.around.site.helpline, gap=2))
    offices = [each.name for each in scene.refusal.instead if each.kind == "post-office" and each.name]
    where += [Pair(label=say(ctx, "not_here.office"), text=name, gap=2) for name in offices]
    return DeskBody(
        scene="card-not-here",
        title=title,
        main=(
            Title(text=title),
            Words(text=text, gap=4),
            *where,
            Notice(text=say(ctx, f"not_here.slip.{scene.slip.value}"), role=Role.LABEL, gap=8),
        ),
        action=Action(primary=primary(say(ctx, "key.finish"), Touched(Key.FINISH)), ends=True),
        extra=(key(ctx, Key.AGAIN, words="print_again"),) if scene.slip is Slip.FAILED else (),
    )


def _municipality(ctx: DeskContext, case: CardCase) -> tuple[Block, ...]:
    """In whose register somebody is looked for who lives elsewhere."""
    if not case.lives_elsewhere:
        return ()
    code = Entry(
        name="search-municipality",
        label=say(ctx, "who.municipality"),
        value=case.answer("search-municipality"),
        hint=say(ctx, "who.municipality_hint"),
        kind=EntryKind.FIGURES,
        most=6,
    )
    return (fields(code, large=ctx.desk.large, gap=4),)


def who(ctx: DeskContext, case: CardCase, scene: at.Who) -> DeskBody:
    """Name and day of birth; who was found."""
    blocks: list[Block] = [
        Words(text=say(ctx, "who.text"), role=Role.LABEL, gap=3),
        *_municipality(ctx, case),
        fields(
            Entry(
                name="search-name",
                label=say(ctx, "who.name"),
                value=case.answer("search-name"),
                hint=say(ctx, "who.name_hint"),
                first=case.resident is None,
            ),
            Entry(
                name="search-born",
                label=say(ctx, "who.born"),
                value=case.answer("search-born"),
                hint=say(ctx, "who.born_hint"),
                most=10,
            ),
            large=ctx.desk.large,
            shares=(1.4, 1),
            gap=4,
        ),
        *within(
            ctx,
            key(ctx, Key.SCAN, words="search", enabled=may_find(case) and not scene.busy),
            key(ctx, Key.BY_CARD, icon="card", enabled=not scene.busy and not case.lives_elsewhere),
        ),
    ]
    if case.resident is not None:
        blocks += [
            Words(text=say(ctx, "who.found"), role=Role.LABEL, gap=8),
            *(
                Pair(label=say(ctx, f"field.{name}"), text=shown(ctx.say, name, case.answer(name)), gap=2)
                for name in ("name", "name-kana", "born", "sex", "address", "stay-status", "stay-until")
                if case.answer(name)
            ),
        ]
        if case.procedure is Procedure.ORDINARY:
            blocks += question(ctx, case, "route", [each.value for each in Route], columns=1, notes=True, gap=8)
    quick_next = case.resident is not None and case.procedure is Procedure.EXPRESS
    go = primary(say(ctx, "key.next"), Touched(Key.NEXT), ready=quick_next or ready(case, Step.WHO))
    action = busy(ctx, "searching") if scene.busy else Action(back=back(ctx), primary=go)
    return page(ctx, case, blocks, action, alert=_search_problem(ctx, scene.problem) if scene.problem else "")


def by_card(ctx: DeskContext, case: CardCase, scene: at.ByCard) -> DeskBody:
    """The resident types the PIN of their own card; nobody sees it."""
    blocks: list[Block] = [Words(text=say(ctx, "by_card.text"), gap=4)]
    problem = say(ctx, f"by_card.problem.{scene.problem}") if scene.problem else ""
    left = say(ctx, "by_card.left", n=scene.tries_left) if scene.problem == "pin" else ""
    action = (
        busy(ctx, "searching") if scene.busy else Action(back=back(ctx), band=Band("hand", say(ctx, "by_card.band")))
    )
    return page(ctx, case, blocks, action, alert=problem + left)


def _search_problem(ctx: DeskContext, problem: str) -> str:
    known = f"{SAY}.who.problem.{problem}"
    return ctx.say(known) if known in ctx.say else say(ctx, "refused.other")


def quick(ctx: DeskContext, case: CardCase, scene: at.Quick) -> DeskBody:
    """Express issuance: its ground, and what the server says."""
    blocks: list[Block] = [
        Words(text=say(ctx, "quick.text"), role=Role.LABEL, gap=3),
        *question(ctx, case, "express-ground", [each.value for each in Ground], columns=3),
        fields(
            Entry(
                name="happened-text",
                label=say(ctx, "quick.happened"),
                value=case.answer("happened-text"),
                hint=say(ctx, "who.born_hint"),
                most=10,
            ),
            Entry(
                name="last-card-text",
                label=say(ctx, "quick.last_card"),
                value=case.answer("last-card-text"),
                hint=say(ctx, "quick.last_card_hint"),
                most=10,
            ),
            large=ctx.desk.large,
            gap=5,
        ),
        *question(ctx, case, "change-planned", ["no", "yes"]),
        *within(ctx, key(ctx, Key.AGAIN, words="ask", enabled=may_ask_express(case))),
    ]
    alert = say(ctx, "begin.away") if scene.problem else ""
    if scene.refusal is not None:
        known = f"{SAY}.quick.refused.{scene.refusal.reason}"
        text = ctx.say(known) if known in ctx.say else say(ctx, "refused.other")
        late = say(ctx, "quick.late", days=scene.refusal.days_late) if scene.refusal.days_late else ""
        alert = text + late
    if scene.granted is not None:
        blocks += granted(ctx, scene.granted)
    action = busy(ctx, "asking") if scene.busy else onward(ctx, case, Step.WHO)
    return page(ctx, case, blocks, action, alert=alert)


def granted(ctx: DeskContext, told: Granted) -> list[Block]:
    """What it costs, until when, and about when it arrives: a range, 目安."""
    days = say(ctx, "quick.days", first=day(ctx.say, told.likely_from), last=day(ctx.say, told.likely_to))
    beyond = say(ctx, "quick.beyond") if told.beyond_a_week else ""
    return [
        Words(text=say(ctx, "quick.granted"), tone=Tone.SUCCESS, gap=6),
        Pair(label=say(ctx, "quick.fee"), text=ctx.money(told.yen), gap=2),
        Pair(label=say(ctx, "quick.arrives"), text=days + beyond, gap=2),
        Pair(label=say(ctx, "quick.deadline"), text=day(ctx.say, told.deadline), gap=2),
        Pair(label=say(ctx, "quick.shown_by"), text=told.shown_by, gap=2),
    ]


def intent(ctx: DeskContext, case: CardCase, scene: at.Intent) -> DeskBody:
    """The resident reads and says whether they want a card; the clerk writes down how."""
    blocks: list[Block] = [
        Words(text=say(ctx, "intent.text"), role=Role.LABEL, gap=3),
        Words(text=say(ctx, "intent.page", now=scene.page + 1, of=INTENT_PAGES), role=Role.LABEL, gap=4),
    ]
    if case.answer("affirmed"):
        blocks.append(Words(text=say(ctx, "intent.affirmed"), tone=Tone.SUCCESS, gap=4))
    blocks += question(
        *(ctx, case, "intent-expressed-by", [each.value for each in How]),
        columns=2,
        notes=True,
        enabled=may_say_how(case, scene),
        gap=8,
    )
    blocks.append(Words(text=say(ctx, "intent.witness", mark=case.staff.mark), role=Role.LABEL, tone=Tone.QUIET, gap=5))
    blocks[2:2] = within(ctx, key(ctx, Key.READ_AGAIN, icon="speaker"), stop(ctx))
    return page(ctx, case, blocks, alert=say(ctx, "intent.declined") if case.declined else "")
