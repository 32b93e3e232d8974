"""The case of X.509s and PINs on the clerk's window. Of a PIN it says that the resident is typing, and no more: neither
how many signs there are, nor that one was weak, wrong or typed anew."""

from datetime import date

from hardware.card.model import Usage
from kiosk.counter.pins import BoardWay, Part, PinAsk
from kiosk.counter.slips import Slip
from kiosk.counter.x509_pin import scenes as at
from kiosk.counter.x509_pin.events import Says
from kiosk.counter.x509_pin.state import X509PinCase
from kiosk.counter.x509_pin.touches import (
    Did,
    Do,
    WayChosen,
)
from kiosk.counter.x509_pin.typed import unlocks_another_way
from kiosk.counter.x509_pin.values import PairSeen
from kiosk.counter.x509_pin.working import may_be_left_open
from kiosk.screens.blocks import Block, Checklist, CheckRow, Notice, Pair, Role, Title, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import beside, question
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.counter.x509_pin.clerk_before import choosing, explained, insurance, take_up
from kiosk.screens.counter.x509_pin.clerk_parts import key, page, waits
from kiosk.screens.counter.x509_pin.shared import Say, wish_of
from kiosk.screens.desk_blocks import Column, Table, TableRow
from kiosk.screens.model import Action, Band
from kiosk.texts.formats import day_with_year


def clerk(ctx: DeskContext, case: X509PinCase) -> DeskBody:  # noqa: C901 - one line for each scene
    """What the clerk sees."""
    say = Say(ctx.say, large=ctx.desk.large)
    match case.scene:
        case at.TakeUp(cases):
            return take_up(say, cases)
        case at.Choosing() as scene:
            return choosing(ctx, say, case, scene)
        case at.AskInsurance(told):
            return insurance(say, told=told)
        case at.Explained() as scene:
            return explained(ctx, say, case, scene)
        case at.AwaitCard(other=other):
            return _await(say, case, other=other)
        case at.ReadingCard():
            return _busy(say, "reading", say("reading.title"), say("reading.text"))
        case at.Typing() | at.Checking() | at.Weak():
            return _typing(ctx, say, case)
        case at.Working() as scene:
            return _working(say, case, scene)
        case at.BrokenOff() | at.Declined() as scene:
            return _broken(say, case, scene)
        case at.Settled() as scene:
            return _settled(say, case, scene)
        case at.NotHere() as scene:
            return _not_here(ctx, say, case, scene)
        case at.Finished() as scene:
            return _finished(say, case, scene)
        case at.Over():
            return DeskBody(scene="x509-over", title=say("wish.title"), main=(Title(text=say("wish.title")),))


def _await(say: Say, case: X509PinCase, *, other: bool) -> DeskBody:
    again = case.jobs is not None
    leave: tuple[Block, ...] = ()
    if may_be_left_open(case):
        leave = beside(key(say, "leave-open", "broken.leave", Do.LEAVE_OPEN), large=say.large)
    return page(
        say,
        "await",
        say("await.again_title" if again else "await.title"),
        *(() if other else (Words(text=say("await.clerk"), gap=6),)),
        *((_mark(say, case),) if case.written else ()),
        *leave,
        action=Action(
            back=key(say, "back", "back", Do.BACK) if not case.written else None,
            primary=waits(say, "await.clerk_waits"),
        ),
        case=case,
        alert=say("await.other") if other else "",
    )


def _busy(say: Say, scene: str, title: str, text: str) -> DeskBody:
    return page(say, scene, title, Words(text=text, gap=6), action=Action(band=Band("clock", say("busy"))))


def _typing(ctx: DeskContext, say: Say, case: X509PinCase) -> DeskBody:
    """The same while a PIN is typed, looked at, found weak or typed anew: nothing here tells which."""
    ask = case.asks[0] if case.asks else PinAsk(Usage.USER_AUTH, Part.CURRENT)
    which = f"{say(f'usage.{ask.usage.value}-short')}　{say('pin.part_all')}"
    ways = tuple(
        Control(f"way-{way.value}", say(f"board.{way.value}"), WayChosen(way), chosen=case.way is way)
        for way in BoardWay
    )
    undo = case.written
    back = key(say, "undo", "pin.clerk.undo", Do.UNDO) if undo else key(say, "end", "pin.clerk.stop", Do.END)
    unknown = (
        beside(key(say, "other-unknown", "pin.clerk.unknown", Do.OTHER_PIN_UNKNOWN), large=say.large)
        if unlocks_another_way(case)
        else ()
    )
    return page(
        say,
        "typing",
        say("pin.clerk.title"),
        Notice(text=say("pin.clerk.text"), gap=6),
        Pair(label=say("pin.clerk.which"), text=which, gap=8),
        *_card(ctx, say, case),
        *question(say("pin.clerk.way"), ways, 3, large=say.large, gap=8),
        *unknown,
        action=Action(back=back, primary=waits(say, "pin.clerk.band")),
        case=case,
    )


def _card(ctx: DeskContext, say: Say, case: X509PinCase) -> tuple[Block, ...]:
    """What the card tells."""
    card = case.card
    if card is None:
        return ()
    rows = tuple(
        TableRow((say(f"usage.{usage.value}-short"), _pair(ctx, say, card.pair(usage), face_auth=card.face_auth)))
        for usage in (Usage.USER_AUTH, Usage.SIGNING)
    )
    more = say("card.line_left" if card.line_left else "card.line_full")
    face = (TableRow((say("card.kind"), say("card.face_auth"))),) if card.face_auth else ()
    annotations = TableRow((say("card.annotations"), more))
    columns = (Column(say("card.head"), 3), Column(say("card.state"), 4))
    return (Table(columns=columns, rows=(*rows, *face, annotations), gap=8),)


def _pair(ctx: DeskContext, say: Say, pair: PairSeen, *, face_auth: bool) -> str:
    if not pair.in_use:
        return say("card.none")
    standing = say(f"card.standing.{pair.standing.value}") if pair.standing is not None else say("card.in_use")
    until = ""
    if pair.last_day is not None:
        until = say("card.until", day=_day(ctx, pair.last_day))
    tries = "" if face_auth else say("card.locked") if not pair.tries_left else ""
    return "　".join(word for word in (standing, until, tries) if word)


def _day(ctx: DeskContext, day: date) -> str:
    """With its year, as it stands on the card."""
    return f"{day.year}年{day.month}月{day.day}日" if ctx.japanese else f"{day.day} {day:%B} {day.year}"


def _working(say: Say, case: X509PinCase, scene: at.Working) -> DeskBody:
    return page(
        say,
        "working",
        say("working.title"),
        Words(text=say(f"step.{scene.step.value if scene.step is not None else 'begin'}"), gap=6),
        Notice(text=say("working.clerk"), gap=6),
        _mark(say, case),
        action=Action(band=Band("clock", say("busy"))),
        case=case,
    )


_DECLINED = {
    Says.ISSUER: "declined.title",
    Says.SERVER: "declined.title_server",
    Says.TERMINAL: "declined.title_terminal",
}


def _broken(say: Say, case: X509PinCase, scene: at.BrokenOff | at.Declined) -> DeskBody:
    untouched = scene.standing is at.Standing.UNTOUCHED
    if isinstance(scene, at.BrokenOff):
        title, why = say("broken.title"), say(f"trouble.{scene.trouble.value}")
    else:
        title = say(_DECLINED[scene.by])
        why = say("declined.reason", reason=scene.reason)
    hint = () if not may_be_left_open(case) else (Words(text=say("broken.leave_hint"), role=Role.LABEL, gap=5),)
    extra: list[Control] = []
    if scene.way_back:
        extra.append(key(say, "undo", "broken.undo", Do.UNDO))
    if may_be_left_open(case):
        extra.append(key(say, "leave-open", "broken.leave", Do.LEAVE_OPEN))
    end = key(say, "end", "broken.end", Do.END) if untouched and not case.card_present else None
    retry = primary(say("broken.again"), Did(Do.RETRY))
    return page(
        *(say, "broken", title),
        Pair(label=say("broken.head_card"), text=say.standing(case, scene.standing), gap=6),
        Pair(label=say("broken.head_do"), text=say("broken.do_untouched" if untouched else "broken.clerk_do"), gap=4),
        *((_mark(say, case),) if case.written else ()),
        *beside(*extra, large=say.large),
        *hint,
        action=Action(back=end, primary=retry)
        if case.card_present
        else Action(back=end, primary=waits(say, "await.clerk_waits")),
        case=case,
        alert=why,
    )


def _mark(say: Say, case: X509PinCase) -> Block:
    return Pair(label=say("slip.mark"), text=case.mark, gap=6)


def _settled(say: Say, case: X509PinCase, scene: at.Settled) -> DeskBody:
    part = "" if scene.old else "neither_"
    again = primary(say("settled.again"), Did(Do.RETRY)) if scene.old else None
    return page(
        say,
        "settled",
        say(f"settled.{part}title"),
        Words(text=say(f"settled.{part}text"), gap=6),
        action=Action(back=key(say, "end", "broken.end", Do.END), primary=again),
        case=case,
    )


def _since(ctx: DeskContext, say: Say, scene: at.NotHere) -> tuple[Block, ...]:
    if scene.since is None:
        return ()
    return (Pair(label=say("not-here.since"), text=day_with_year(scene.since, ctx.desk.language), gap=6),)


def _not_here(ctx: DeskContext, say: Say, case: X509PinCase, scene: at.NotHere) -> DeskBody:
    why = scene.why.value
    where = tuple(
        Pair(label=say("not-here.where") if not number else "", text=say.place(place), gap=6 if not number else 2)
        for number, place in enumerate(scene.instead[:3])
    )
    window = ctx.around.terminal.board.window if ctx.around.terminal.board is not None else None
    told: tuple[Block, ...] = ()
    if scene.instead and case.lives_here and window is not None:
        text = f"{window.place}　{window.phone}" if ctx.japanese else f"{window.place_en}  {window.phone}"
        told = (Words(text=text, role=Role.LABEL, gap=2),)
    return page(
        say,
        "not-here",
        say(f"why.{why}.title"),
        Words(text=say(f"why.{why}.text"), gap=6),
        *_since(ctx, say, scene),
        *where,
        *told,
        *_card(ctx, say, case),
        _slip(say, scene.slip),
        *_phone(say),
        action=_end(say, case, back=True),
        case=case,
    )


def _phone(say: Say) -> tuple[Block, ...]:
    return (Words(text=say("not-here.phone"), role=Role.LABEL, gap=4),)


def _slip(say: Say, slip: Slip) -> Block:
    return Checklist(rows=(CheckRow(slip is Slip.OUT, say("not-here.slip"), say(f"not-here.{slip.value}")),), gap=8)


def _end(say: Say, case: X509PinCase, *, back: bool = False) -> Action:
    """Once the card is back with its holder."""
    if case.card_present:
        return Action(primary=waits(say, "ending.take_card"))
    return Action(
        back=key(say, "back", "back", Do.BACK) if back else None,
        primary=primary(say("ending.end"), Did(Do.END)),
        ends=True,
    )


def _finished(say: Say, case: X509PinCase, scene: at.Finished) -> DeskBody:
    wish, ending = wish_of(case), scene.ending
    done = ending is at.Ending.DONE
    text = say(f"ending.done.text.{wish.value}" if done else f"ending.{ending.value}.text")
    return page(
        say,
        "finished",
        say(f"ending.{ending.value}.title"),
        Words(text=text, gap=6),
        Words(text=say(f"next.{wish.value if done else ending.value}"), role=Role.LABEL, gap=4),
        _mark(say, case),
        _slip_done(say, scene.slip),
        action=_end(say, case),
        case=case,
    )


def _slip_done(say: Say, slip: Slip) -> Block:
    return Checklist(rows=(CheckRow(slip is Slip.OUT, say("slip.done"), say(f"not-here.{slip.value}")),), gap=8)
