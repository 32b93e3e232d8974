"""The page of numbers and appointments: who waits, who is expected, who is called. Rows are keys."""

from datetime import date

from kiosk.counter.day.day import Ticket
from kiosk.counter.day.entries import Appointment, Service, TurnReason
from kiosk.counter.queue import picked_appointment
from kiosk.counter.touches import Deed, Picked
from kiosk.screens.blocks import Block, Title, Tone
from kiosk.screens.controls import Control
from kiosk.screens.counter.answers import fields
from kiosk.screens.counter.context import DeskBody, DeskContext
from kiosk.screens.counter.parts import caption, choice, deeds, field, notice, onward, rows, text
from kiosk.screens.desk_blocks import Column, Table, TableRow
from kiosk.texts import formats


def queue(ctx: DeskContext) -> DeskBody:
    """Numbers and appointments."""
    title = ctx.say("counter.queue.title")
    return DeskBody(
        alerts=notice(ctx),
        scene="queue",
        title=title,
        main=(
            Title(text=title),
            *_now(ctx),
            caption(ctx, "counter.queue.waiting", 4),
            _waiting(ctx),
            *_before_turn(ctx),
            *_expected(ctx),
            caption(ctx, "counter.queue.draw", 5),
            *choice(ctx, "service", tuple(each.value for each in Service), "counter.queue.service", gap=0, columns=4),
            caption(ctx, "counter.queue.appoint", 5),
            fields(
                field(ctx, "day", "counter.queue.day", most=10, gap=0),
                field(ctx, "at", "counter.queue.at", most=5, gap=0),
                large=ctx.desk.large,
                gap=0,
            ),
            *deeds(ctx, Deed.APPOINT, gap=3),
        ),
        action=onward(ctx, Deed.DRAW_TICKET),
    )


def _now(ctx: DeskContext) -> tuple[Block, ...]:
    called = ctx.desk.day.called
    if called is not None:
        head = ctx.say("counter.queue.now", n=called.number)
        return (rows((head, _service(ctx, called.service))), *deeds(ctx, Deed.SERVED, Deed.CAME_NOT))
    turn = ctx.desk.day.turn(ctx.desk.now)
    if turn is None:
        return (text(ctx, "counter.queue.nobody"), *deeds(ctx, Deed.CALL_NEXT))
    head = ctx.say("counter.queue.turn", n=turn.number)
    return (rows((head, _service(ctx, turn.service))), *deeds(ctx, Deed.CALL_NEXT))


def _waiting(ctx: DeskContext) -> Table:
    picked = ctx.desk.entered("ticket")
    return Table(
        columns=(
            Column(ctx.say("counter.queue.column.number"), 3),
            Column(ctx.say("counter.queue.column.service"), 4),
            Column(ctx.say("counter.queue.column.at"), 4),
        ),
        rows=tuple(
            TableRow(
                (str(each.number), _service(ctx, each.service), _time(ctx, each)),
                Control(
                    f"ticket-{each.number}",
                    str(each.number),
                    Picked("ticket", str(each.number)),
                    chosen=picked == str(each.number),
                ),
                strong=picked == str(each.number),
            )
            for each in ctx.desk.day.waiting
        ),
        empty=ctx.say("counter.queue.empty"),
    )


def _time(ctx: DeskContext, ticket: Ticket) -> str:
    if not ticket.at:
        return "–"
    return ctx.say("counter.queue.come", at=ticket.at) if ticket.at <= ctx.desk.now else ticket.at


def _before_turn(ctx: DeskContext) -> tuple[Block, ...]:
    """Of the row that was pressed: why its number is called now."""
    day, picked = ctx.desk.day, ctx.desk.entered("ticket")
    if day.called is not None or picked not in {str(each.number) for each in day.waiting}:
        return ()
    turn = day.turn(ctx.desk.now)
    if turn is not None and str(turn.number) == picked:
        return ()
    reasons = tuple(each.value for each in TurnReason)
    return (
        text(ctx, "counter.queue.before_turn", 4, n=picked),
        *choice(ctx, "turn", reasons, "counter.queue.reason", gap=2, columns=2),
        *deeds(ctx, Deed.CALL_PICKED, gap=3),
    )


def _expected(ctx: DeskContext) -> tuple[Block, ...]:
    """Appointments of whom nobody has come yet; of the row that was pressed, what to do."""
    expected = ctx.desk.day.appointments
    if not expected:
        return ()
    picked = picked_appointment(ctx.desk)
    table = Table(
        columns=(
            Column(ctx.say("counter.queue.column.day"), 4),
            Column(ctx.say("counter.queue.column.time"), 4),
            Column(ctx.say("counter.queue.column.service"), 4),
        ),
        rows=tuple(_row(ctx, each, chosen=each is picked) for each in expected),
    )
    here = () if picked is None else deeds(ctx, *_may(ctx, picked), gap=3)
    return (caption(ctx, "counter.queue.expected", 5), table, *here)


def _row(ctx: DeskContext, made: Appointment, *, chosen: bool) -> TableRow:
    today = made.day == ctx.desk.day.date
    come = made.day < ctx.desk.day.date or (today and made.at <= ctx.desk.now)
    day = formats.day_short(date.fromisoformat(made.day), ctx.language)
    return TableRow(
        (
            ctx.say("counter.queue.today") if today else day,
            ctx.say("counter.queue.come", at=made.at) if come else made.at,
            _service(ctx, made.service),
        ),
        Control(f"appointment-{made.number}", made.at, Picked("appointment", str(made.number)), chosen=chosen),
        tone=Tone.INK if today or come else Tone.QUIET,
        strong=chosen or come,
    )


def _may(ctx: DeskContext, made: Appointment) -> tuple[Deed, ...]:
    return (Deed.ARRIVED, Deed.CALL_OFF) if made.day <= ctx.desk.day.date else (Deed.CALL_OFF,)


def _service(ctx: DeskContext, service: Service) -> str:
    return ctx.say(f"counter.queue.service.{service.value}")
