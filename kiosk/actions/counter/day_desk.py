"""What the desk's day has done: entries into the book, money through the drawer, a test print, numbers and the deposit
slip on paper."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from kiosk.actions.counter.counted_pages import CountedPages
from kiosk.actions.counter.day_book import DayBook
from kiosk.actions.counter.drawer import DrawerCash
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.sample import sample
from kiosk.counter import effects as do
from kiosk.counter.day.counts import Counts
from kiosk.counter.day.entries import SAMPLE, Opened
from kiosk.counter.day.record import NotRecorded
from kiosk.counter.events import NotWritten
from kiosk.flow.values import Language
from kiosk.texts import slips as say
from kiosk.texts.catalogue import LayoutClass, Texts, plain
from kiosk.texts.formats import money
from printers.errors import PrinterError
from printers.model import Printed, PrintJob, SlipPrinter
from printers.slips import build, content
from printers.slips.encode import encode
from printers.slips.model import Paper

JOB_NAME_BYTES = 16
NAME = "counter.slip"


@dataclass(frozen=True, slots=True)
class DayDesk:
    """`drawer` is None where the terminal's own device takes the money; `pages` counts sheets. `now` gives local time,
    `entropy` names print jobs."""

    book: DayBook
    drawer: DrawerCash | None
    pages: CountedPages
    slips: SlipPrinter
    slip_width_dots: int
    place: str
    terminal: str
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

    def take_money(self, effect: do.TakeMoney, tell: DeskTell) -> None:
        """A resident's notes and coins."""
        done = NotRecorded("not-asked") if self.drawer is None else self.drawer.take(effect.pieces)
        if isinstance(done, NotRecorded):
            tell(NotWritten(done.why))

    def print_sample(self, tell: DeskTell) -> None:
        """On the paper lane: the book says what came of it."""
        document = sample(say.moment(self.now(), Language.JAPANESE), self.terminal)
        job = PrintJob(self.entropy(JOB_NAME_BYTES).hex(), document, 1)
        try:
            settled = self.pages.named(SAMPLE, job, lambda _: None, lambda: False)
        except PrinterError:
            tell(NotWritten("printer"))
            return
        if not isinstance(settled, Printed):
            tell(NotWritten("printer"))

    def print_ticket(self, effect: do.PrintTicket, tell: DeskTell) -> None:
        """On the slips lane."""
        words = _WORDS
        service = plain(words(f"counter.queue.service.{effect.service.value}"))
        at = (words(f"{NAME}.at", at=effect.at),) if effect.at else (words(f"{NAME}.before", n=effect.before),)
        self._print(
            content.Note(
                terminal=self._terminal(),
                title=words(f"{NAME}.ticket"),
                moment=say.moment(self.now(), Language.JAPANESE),
                sections=(content.Section(service, (*at, words(f"{NAME}.wait"))),),
                number_name=words(f"{NAME}.number"),
                number=str(effect.number),
            ),
            tell,
        )

    def print_deposit(self, effect: do.PrintDeposit, tell: DeskTell) -> None:
        """On the slips lane."""
        day, words = effect.day, _WORDS
        assert day.cash is not None
        difference = words(f"{NAME}.difference", yen=f"{day.difference:+,}" if day.difference else "0")
        reason = (words(f"{NAME}.reason", reason=day.cash.reason),) if day.cash.reason else ()
        things = day.things
        counted = (
            ()
            if things is None
            else (
                words(f"{NAME}.sheets", counted=things.sheets, expected=day.blank),
                words(f"{NAME}.custody", counted=things.custody, expected=len(day.custody)),
                *((words(f"{NAME}.reason", reason=things.reason),) if things.reason else ()),
            )
        )
        self._print(
            content.Note(
                terminal=self._terminal(),
                title=words(f"{NAME}.deposit"),
                moment=say.moment(self.now(), Language.JAPANESE),
                sections=(
                    content.Section(
                        words(f"{NAME}.deposit_is", yen=_yen(effect.deposit.total)), _pieces(effect.deposit)
                    ),
                    content.Section(words(f"{NAME}.stays", yen=_yen(effect.stays.total)), _pieces(effect.stays)),
                    content.Section(
                        words(f"{NAME}.account"),
                        (
                            words(f"{NAME}.opened", yen=_yen(day.opened_with.total)),
                            words(f"{NAME}.fees", yen=_yen(day.fees)),
                            words(f"{NAME}.expected", yen=_yen(day.drawer.total)),
                            words(f"{NAME}.counted", yen=_yen(day.cash.drawer.total)),
                            difference,
                            *reason,
                        ),
                    ),
                    content.Section(words(f"{NAME}.things"), counted),
                    content.Section(
                        words(f"{NAME}.unsent"), effect.unsent if effect.unsent else (words(f"{NAME}.none"),)
                    ),
                ),
                number_name=words(f"{NAME}.by"),
                number=effect.by,
            ),
            tell,
        )

    def _print(self, note: content.Note, tell: DeskTell) -> None:
        try:
            settled = self.slips.print(encode(build.note(note), Paper(self.slip_width_dots)))
        except PrinterError:
            tell(NotWritten("slip"))
            return
        if not isinstance(settled, Printed):
            tell(NotWritten("slip"))

    def _terminal(self) -> content.Terminal:
        return content.Terminal("", self.place, self.terminal, "")


_WORDS = Texts(Language.JAPANESE, LayoutClass.LANDSCAPE)
"""Staff's slips and numbers are in Japanese."""


def _yen(yen: int) -> str:
    return money(yen, Language.JAPANESE)


def _pieces(pieces: Counts) -> tuple[str, ...]:
    return tuple(f"{yen:,}円 × {count}　{_yen(yen * count)}" for yen, count in pieces)
