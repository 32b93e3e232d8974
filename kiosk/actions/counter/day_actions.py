"""What the desk's day has done: entries into the book, money through the drawer, a test print, numbers and the deposit
slip on paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from kiosk.actions.counter.counted_pages import CountedPages
from kiosk.actions.counter.day_book import DayBook
from kiosk.actions.counter.drawer import DrawerCash
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.sample import sample
from kiosk.actions.counter.slip_actions import CounterSlipActions, SlipWords
from kiosk.counter import effects as do
from kiosk.counter.day.counts import Counts
from kiosk.counter.day.day import Day, NotRecorded
from kiosk.counter.day.entries import SAMPLE, Appointment, Opened
from kiosk.counter.day.nights import Count
from kiosk.counter.events import ClockSeen, NotWritten
from kiosk.flow.values.presentation import Language
from kiosk.texts import formats
from kiosk.texts import slips as say
from kiosk.texts.formats import money
from printers.errors import PrinterError
from printers.model import Printed, PrintJob
from printers.slips import content
from printers.slips.model import Slip

JOB_NAME_BYTES = 16
TEXTS = "counter"

DaySlip = do.PrintTicket | do.PrintAppointment | do.PrintDeposit | do.PrintOwed | do.PrintAside


@dataclass(frozen=True, slots=True)
class DayActions:
    """`drawer` is None where the terminal's own device takes the money; `pages` counts sheets. `now` gives local time,
    `entropy` names print jobs."""

    book: DayBook
    drawer: DrawerCash | None
    pages: CountedPages
    slips: CounterSlipActions
    now: Callable[[], datetime]
    entropy: Callable[[int], bytes]

    def write(self, effect: do.WriteDay, tell: DeskTell) -> None:
        """An entry; a day is opened under today's date. The book itself tells how it stands."""
        entry = effect.entry
        if isinstance(entry, Opened):
            entry = replace(entry, day=self.now().date().isoformat())
        done = self.book.write(entry, effect.by)
        if isinstance(done, NotRecorded):
            tell(NotWritten(done.why))

    def look_at_clock(self, tell: DeskTell) -> None:
        """Local time."""
        tell(ClockSeen(self.now().replace(tzinfo=None).isoformat(timespec="minutes")))

    def take_money(self, effect: do.TakeMoney, tell: DeskTell) -> None:
        """A resident's notes and coins."""
        done = NotRecorded("not-asked") if self.drawer is None else self.drawer.take(effect.pieces)
        if isinstance(done, NotRecorded):
            tell(NotWritten(done.why))

    def print_sample(self, tell: DeskTell) -> None:
        """On the paper lane: the book says what came of it."""
        document = sample(say.moment(self.now(), Language.JAPANESE), self.slips.printing.site.terminal)
        job = PrintJob(self.entropy(JOB_NAME_BYTES).hex(), document, 1)
        try:
            settled = self.pages.named(SAMPLE, job, lambda _: None, lambda: False)
        except PrinterError:
            tell(NotWritten("printer"))
            return
        if not isinstance(settled, Printed):
            tell(NotWritten("printer"))

    def print_slip(self, effect: DaySlip, tell: DeskTell) -> None:
        """On the slips lane."""
        if not self.slips.printing.print(self._slip(effect)):
            tell(NotWritten("slip"))

    def _slip(self, effect: DaySlip) -> Slip:
        match effect:
            case do.PrintTicket():
                return self._ticket(effect)
            case do.PrintAppointment(appointment):
                return self._appointment(appointment)
            case do.PrintDeposit():
                return self._deposit(effect)
            case do.PrintOwed():
                return self._owed(effect)
            case do.PrintAside():
                return self._aside(effect)

    def _ticket(self, effect: do.PrintTicket) -> Slip:
        slip = self.slips.blank_for_staff(TEXTS)
        say = slip.say
        at = say("slip.at", at=effect.at) if effect.at else say("slip.before", n=effect.before)
        section = slip.section(f"queue.service.{effect.service.value}", at, say("slip.wait"))
        return slip.note("slip.ticket", (section,), number=("slip.number", str(effect.number)))

    def _appointment(self, made: Appointment) -> Slip:
        slip = self.slips.blank_for_staff(TEXTS)
        say = slip.say
        at = say(
            "slip.appointment_at", day=formats.day_short(date.fromisoformat(made.day), Language.JAPANESE), at=made.at
        )
        section = slip.section(f"queue.service.{made.service.value}", at, say("slip.appointment_then"))
        return slip.note("slip.appointment", (section,), number=("slip.appointment_number", str(made.number)))

    def _deposit(self, effect: do.PrintDeposit) -> Slip:
        slip = self.slips.blank_for_staff(TEXTS)
        say = slip.say
        sections = (
            content.Section(say("slip.deposit_is", yen=_yen(effect.deposit.total)), _pieces(effect.deposit)),
            content.Section(say("slip.stays", yen=_yen(effect.stays.total)), _pieces(effect.stays)),
            slip.section("slip.account", *_account(say, effect.day)),
            slip.section("slip.things", *_things(say, effect.day)),
            slip.section("slip.still_open", *(effect.still_open or (say("slip.none"),))),
        )
        return slip.note("slip.deposit", sections, number=("slip.by", effect.by))

    def _owed(self, effect: do.PrintOwed) -> Slip:
        slip = self.slips.blank_for_staff(TEXTS)
        lines = (slip.say("slip.owed_is", yen=_yen(effect.owed.yen)), slip.say("slip.by_mark", mark=effect.by))
        sections = (slip.section("slip.owed_what", *lines), slip.section("slip.owed_then", slip.say("slip.owed_text")))
        return slip.note("slip.owed_title", sections, number=("slip.owed_number", str(effect.owed.number)))

    def _aside(self, effect: do.PrintAside) -> Slip:
        """For whoever waits, in their language."""
        slip = self.slips.blank(TEXTS)
        say = slip.say
        sections = (
            slip.section("slip.aside_what", say(f"cases.kind.{effect.kind.value}")),
            slip.section("slip.aside_stops", say(f"slip.aside.{effect.kind.value}")),
        )
        return slip.note("slip.aside_title", sections, number=("slip.aside_mark", effect.mark))


def _account(say: SlipWords, day: Day) -> tuple[str, ...]:
    assert day.cash is not None
    return (
        say("slip.opened", yen=_yen(day.opened_with.total)),
        *_appeared(say, day),
        say("slip.fees", yen=_yen(day.fees)),
        say("slip.expected", yen=_yen(day.drawer.total)),
        say("slip.counted", yen=_yen(day.cash.drawer.total)),
        say("slip.difference", yen=f"{day.difference:+,}" if day.difference else "0"),
        *_why(say, day.cash),
    )


def _appeared(say: SlipWords, day: Day) -> tuple[str, ...]:
    """What the opening had more or less than the night before left."""
    yen, sheets = day.appeared
    if day.opening is None or (yen, sheets) == (0, 0):
        return ()
    return (say("slip.appeared", yen=f"{yen:+,}", sheets=f"{sheets:+}"), *_why(say, day.opening))


def _things(say: SlipWords, day: Day) -> tuple[str, ...]:
    things = day.things
    if things is None:
        return ()
    return (
        say("slip.sheets", counted=things.sheets, expected=day.blank),
        say("slip.custody", counted=things.custody, expected=len(day.custody)),
        *_why(say, things),
        *(say("slip.owed_line", n=each.number, yen=_yen(each.yen)) for each in day.owed),
    )


def _why(say: SlipWords, count: Count) -> tuple[str, ...]:
    reason = (say("slip.reason", reason=count.reason),) if count.reason else ()
    return (*reason, say("slip.second", mark=count.second)) if count.second else reason


def _yen(yen: int) -> str:
    return money(yen, Language.JAPANESE)


def _pieces(pieces: Counts) -> tuple[str, ...]:
    return tuple(f"{yen:,}円 × {count}　{_yen(yen * count)}" for yen, count in pieces)
