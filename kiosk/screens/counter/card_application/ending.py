"""The last pages: everything once more, sent, or given up."""

from kiosk.counter.card_application import scenes as at
from kiosk.counter.card_application import sync
from kiosk.counter.card_application.case import CardCase, reception_number
from kiosk.counter.card_application.events import Chosen, Key, Touched
from kiosk.counter.card_application.words import ORDER, Step
from kiosk.counter.slips import Slip
from kiosk.screens.blocks import Block, Notice, Pair, Role, Title, Tone, Words
from kiosk.screens.controls import Control
from kiosk.screens.counter.card_application.beginning import granted
from kiosk.screens.counter.card_application.parts import back, busy, key, page, say, shown, stop, within
from kiosk.screens.counter.context import DeskBody, DeskContext, primary
from kiosk.screens.desk_blocks import Column, Columns, LivePicture, Table, TableRow
from kiosk.screens.model import Action
from kiosk.texts.catalogue import BREAK

PAGE_MM = 150.0
_READ = ("name", "born", "address", "phone", "braille-name", "representative-name")


def check(ctx: DeskContext, case: CardCase, scene: at.Check) -> DeskBody:
    """Each step by name, done or not, and the form as it is printed."""
    wanting = set(sync.missing(case))
    rows = tuple(
        TableRow(
            (say(ctx, f"title.{step.value}"), say(ctx, "check.wanting" if step in wanting else "check.done")),
            Control(f"step-{step.value}", say(ctx, f"title.{step.value}"), Chosen("step", step.value)),
            tone=Tone.ERROR if step in wanting else Tone.INK,
        )
        for step in ORDER
        if step is not Step.CHECK and not (case.again and step in (Step.WHO, Step.INTENT))
    )
    table = Table(columns=(Column(say(ctx, "check.step"), 3), Column(say(ctx, "check.state"), 2)), rows=rows, gap=3)
    blocks: list[Block] = []
    if scene.pages:
        form = LivePicture(
            name="form-0",
            serial=scene.serial,
            height=PAGE_MM,
            ratio=210 / 297,
            guide=None,
            label=say(ctx, "check.form"),
        )
        blocks.append(Columns(parts=((form,), (table,)), shares=(1, 1.2), gap=3))
    else:
        blocks += [
            *(
                Pair(label=say(ctx, f"field.{name}"), text=shown(ctx.say, name, case.answer(name)), gap=1.5)
                for name in _READ
                if case.answer(name)
            ),
            table,
        ]
    alert = ""
    if scene.unprintable:
        names = ("、" + BREAK if ctx.japanese else ", ").join(say(ctx, f"field.{name}") for name in scene.unprintable)
        alert = say(ctx, "check.unprintable", fields=names)
    if scene.printing is not Slip.NONE:
        blocks.append(Notice(text=say(ctx, f"check.printing.{scene.printing.value}"), role=Role.LABEL, gap=3))
    if case.sending:
        waiting = "away" if case.flight is not None and case.flight.away else "sending"
        return page(ctx, case, blocks, busy(ctx, waiting), alert=alert)
    send = primary(say(ctx, "key.send"), Touched(Key.SEND), ready=not wanting)
    opened = bool(case.mirror.application) and case.mirror.form is not None
    printing = key(ctx, Key.PRINT_FORM, enabled=scene.printing is not Slip.PRINTING)
    shows = () if scene.pages else (key(ctx, Key.READ_AGAIN, words="show_form"),)
    blocks += within(ctx, *((*shows, printing) if opened else ()), stop(ctx))
    return page(ctx, case, blocks, Action(back=back(ctx), primary=send, ends=True), alert=alert)


def sent(ctx: DeskContext, case: CardCase, scene: at.SentScene) -> DeskBody:
    """It is with the municipality."""
    title = say(ctx, "title.sent")
    blocks: list[Block] = [
        Words(text=say(ctx, "sent.number"), role=Role.LABEL, gap=4),
        Words(text=reception_number(case.mirror.application), role=Role.ITEM, gap=1),
        Words(text=say(ctx, f"sent.next.{case.route.value}"), gap=5),
        *(granted(ctx, case.granted) if case.granted is not None else ()),
        Notice(text=say(ctx, f"sent.slip.{scene.slip.value}"), role=Role.LABEL, gap=8),
    ]
    printing = scene.slip is Slip.PRINTING
    return DeskBody(
        scene="card-sent",
        title=title,
        main=(Title(text=title), *blocks),
        action=Action(primary=primary(say(ctx, "key.finish"), Touched(Key.FINISH), ready=not printing), ends=True),
        extra=() if printing else (key(ctx, Key.AGAIN, words="print_again"),),
    )


def stopped(ctx: DeskContext, case: CardCase, scene: at.Stopped) -> DeskBody:
    """Nothing came of it."""
    title = say(ctx, "title.declined" if scene.declined else "title.stopped")
    blocks: list[Block] = [Words(text=say(ctx, "stopped.text"), gap=4)]
    away = scene.withdrawing and case.flight is not None and case.flight.away
    waiting = scene.withdrawing and not away
    go = primary(say(ctx, "key.finish"), Touched(Key.FINISH), ready=not waiting)
    return DeskBody(
        scene="card-stopped",
        title=title,
        main=(Title(text=title), *blocks),
        action=Action(primary=go, ends=True),
        alerts=(say(ctx, "stopped.away"),) if away else (),
    )
