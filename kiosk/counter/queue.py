"""Numbers and appointments at the desk: given out, called in turn or for a reason, served."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kiosk.counter import scenes as at
from kiosk.counter.change import DeskStep, also, says
from kiosk.counter.daily import written
from kiosk.counter.day import entries as on
from kiosk.counter.desk import Desk
from kiosk.counter.effects import PrintAppointment, PrintTicket
from kiosk.counter.form import day_of, time_of_day, whole
from kiosk.counter.rules import DeskRules
from kiosk.counter.touches import Deed

MOST_NUMBER = 99_999


def draw_ticket(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The next number."""
    service = _service(desk)
    return says(desk, "service") if service is None else _drawn(desk, on.Ticketed(len(desk.day.tickets) + 1, service))


def arrived(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Whoever has the appointment that is picked is here: they get a number, with its time."""
    found = picked_appointment(desk)
    if found is None:
        return says(desk, "appointment")
    return _drawn(desk, on.Ticketed(len(desk.day.tickets) + 1, found.service, found.number), found.at)


def _drawn(desk: Desk, ticket: on.Ticketed, moment: str = "") -> DeskStep:
    step = written(desk, ticket)
    slip = PrintTicket(ticket.number, ticket.service, moment, len(desk.day.waiting))
    return also(step, slip) if step[1] else step


def appoint(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Somebody comes another time; where no day is typed, today."""
    service, typed = _service(desk), desk.entered("day").strip()
    if service is None:
        return says(desk, "service")
    moment, day = time_of_day(desk.entered("at")), day_of(typed, desk.today) if typed else desk.today
    if moment is None or day is None:
        return says(desk, "day" if day is None else "time")
    made = on.Appointment(desk.day.next_appointment, day, moment, service)
    step = written(desk, on.Appointed(made))
    return also(step, PrintAppointment(made)) if step[1] else step


def call_off(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The appointment that is picked is no more."""
    found = picked_appointment(desk)
    return says(desk, "appointment") if found is None else written(desk, on.AppointmentOff(found.number))


def call_next(desk: Desk, _rules: DeskRules) -> DeskStep:
    """Whoever's turn it is."""
    turn = desk.day.turn(desk.now)
    return says(desk, "nobody") if turn is None else written(desk, on.Called(turn.number, desk.now))


def call_picked(desk: Desk, _rules: DeskRules) -> DeskStep:
    """The number that is picked, before its turn for the reason that is picked."""
    picked = whole(desk.entered("ticket"), MOST_NUMBER)
    if picked is None:
        return says(desk, "number")
    reason = {each.value: each for each in on.TurnReason}.get(desk.entered("turn"))
    return written(desk, on.Called(picked, desk.now, reason))


def served(came: bool) -> Callable[[Desk, DeskRules], DeskStep]:
    """Whoever was called was served, or did not come. It is said on every page of the desk, and what is typed there
    stays."""

    def serve(desk: Desk, _rules: DeskRules) -> DeskStep:
        called = desk.day.called
        if called is None:
            return says(desk, "nobody")
        after, effects = written(desk, on.Served(called.number, came))
        return replace(after, form=desk.form, form_serial=desk.form_serial), effects

    return serve


def picked_appointment(desk: Desk) -> on.Appointment | None:
    """The row of the page that was pressed."""
    number = whole(desk.entered("appointment"), MOST_NUMBER)
    return next((each for each in desk.day.appointments if each.number == number), None)


def _service(desk: Desk) -> on.Service | None:
    return {each.value: each for each in on.Service}.get(desk.entered("service"))


_HOME = (at.Home,)
ROWS: Mapping[Deed, tuple[tuple[type, ...], Callable[[Desk, DeskRules], DeskStep]]] = {
    Deed.DRAW_TICKET: (_HOME, draw_ticket),
    Deed.APPOINT: (_HOME, appoint),
    Deed.ARRIVED: (_HOME, arrived),
    Deed.CALL_OFF: (_HOME, call_off),
    Deed.CALL_NEXT: (_HOME, call_next),
    Deed.CALL_PICKED: (_HOME, call_picked),
    Deed.SERVED: (_HOME, served(came=True)),
    Deed.CAME_NOT: (_HOME, served(came=False)),
}
"""Where each deed is done, and how."""
