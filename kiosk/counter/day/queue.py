"""Who waits, who is called, who comes at which time: numbers of the day, and appointments for it and later days."""

from dataclasses import replace
from datetime import date

from kiosk.counter.day import entries as on
from kiosk.counter.day.day import Day, NotRecorded, Ticket, TicketState

Recorded = Day | NotRecorded


def ticketed(day: Day, entry: on.Ticketed) -> Recorded:
    """The next number. Whoever has an appointment has its time, and is no longer expected."""
    if entry.number != len(day.tickets) + 1:
        return NotRecorded("number")
    if not entry.appointment:
        return replace(day, tickets=(*day.tickets, Ticket(entry.number, entry.service)))
    found = next((each for each in day.appointments if each.number == entry.appointment), None)
    if found is None or found.day > day.date or found.service is not entry.service:
        return NotRecorded("appointment")
    ticket = Ticket(entry.number, entry.service, found.at)
    return replace(_without(day, found), tickets=(*day.tickets, ticket))


def called(day: Day, entry: on.Called) -> Recorded:
    """In turn, or for a reason."""
    if day.called is not None:
        return NotRecorded("called")
    turn = day.turn(entry.at)
    if turn is not None and turn.number != entry.number and entry.reason is None:
        return NotRecorded("turn")
    return _moved(day, entry.number, TicketState.WAITING, TicketState.CALLED)


def served(day: Day, entry: on.Served) -> Recorded:
    """Whoever was called is done, or did not come."""
    return _moved(day, entry.number, TicketState.CALLED, TicketState.SERVED if entry.came else TicketState.GONE)


def appointed(day: Day, entry: on.Appointed) -> Recorded:
    """For today or later."""
    made = entry.appointment
    if made.number != day.next_appointment:
        return NotRecorded("number")
    if not _is_day(made.day) or made.day < day.date:
        return NotRecorded("day")
    if not made.at:
        return NotRecorded("time")
    all_made = sorted((*day.appointments, made), key=lambda each: (each.day, each.at, each.number))
    return replace(day, appointments=tuple(all_made), next_appointment=day.next_appointment + 1)


def appointment_off(day: Day, entry: on.AppointmentOff) -> Recorded:
    """Nobody is expected any more."""
    found = next((each for each in day.appointments if each.number == entry.number), None)
    return NotRecorded("appointment") if found is None else _without(day, found)


def appointment_passed(day: Day, entry: on.AppointmentPassed) -> Recorded:
    """At the close: whoever was expected by then does not come any more."""
    found = next((each for each in day.expected if each.number == entry.number), None)
    return NotRecorded("appointment") if found is None else _without(day, found)


def _without(day: Day, gone: on.Appointment) -> Day:
    return replace(day, appointments=tuple(each for each in day.appointments if each is not gone))


def _moved(day: Day, number: int, before: TicketState, after: TicketState) -> Recorded:
    found = [each for each in day.tickets if each.number == number and each.state is before]
    if not found:
        return NotRecorded("number")
    return replace(day, tickets=tuple(replace(each, state=after) if each in found else each for each in day.tickets))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
