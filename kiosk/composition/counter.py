"""Puts the clerk's desk together beside a terminal: a second flow with a window of its own on the same devices and
lanes. Decides nothing; who is told what of whom stands here."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hardware.card.model import CardReader
from hardware.keypad.password import PasswordPad
from kiosk.actions.counter.counted_pages import CountedPages, SheetsUncounted
from kiosk.actions.counter.day_actions import DayActions
from kiosk.actions.counter.day_book import DayBook, Shelf
from kiosk.actions.counter.dispatch import CaseActions, DeskActions
from kiosk.actions.counter.drawer import DrawerCash
from kiosk.actions.counter.paper_actions import PaperActions
from kiosk.actions.counter.paper_wire import WirePapers
from kiosk.actions.counter.papers import PaperPrinting
from kiosk.actions.counter.pictures import Pictures
from kiosk.actions.counter.slip_actions import CounterSlipActions
from kiosk.actions.counter.staff import StaffActions, StaffSession
from kiosk.actions.counter.staff_wire import StaffWire
from kiosk.actions.wire import UploadTransport
from kiosk.composition.threads import Lanes, WindowQueue, WindowScheduler
from kiosk.counter.day.day import Day, NotRecorded
from kiosk.counter.day.entries import FoundRight
from kiosk.counter.desk import Desk
from kiosk.counter.events import DayMoved, DeskEvent, DeskOpened, MoneyAsked, ResidentTouched, TerminalSeen
from kiosk.counter.packages import PACKAGES
from kiosk.counter.resident import seen
from kiosk.counter.rules import DeskRules
from kiosk.errors import ConfigurationError
from kiosk.flow.events import CashSeen, CounterDay, Event
from kiosk.flow.scenes import AtCounter
from kiosk.flow.state import Terminal
from kiosk.flow.touches import PinTyped, Touch
from kiosk.runner.flows import DeskRunner, TerminalRunner, desk_flow
from kiosk.runner.runner import FaultLog, Runner
from kiosk.screens.clerk_window import ClerkWindow
from kiosk.screens.counter.cases import shown_by
from kiosk.screens.narrator import Narrator
from kiosk.screens.presenter import Shown
from kiosk.screens.site import SitePresentation
from kiosk.screens.window import KioskWindow
from printers.model import PagePrinter


@dataclass(frozen=True, slots=True)
class DeskLink:
    """Between the two flows: what the resident's window shows of a case, whom a touch there is for, and what the desk
    learns of the resident's flow."""

    terminal: TerminalRunner
    runner: DeskRunner
    shown: Shown

    def touched(self, touch: Touch) -> None:
        """A touch on the resident's window. What is typed on the PIN pad is the desk's while it holds the terminal."""
        if isinstance(touch, PinTyped) and isinstance(self.terminal.state.scene, AtCounter):
            self.runner.put(touch)
        else:
            self.runner.put(ResidentTouched())
            self.terminal.put(touch)

    def sees(self, terminal: Terminal) -> None:
        """The resident's flow is somewhere else."""
        now = seen(terminal)
        if now != self.runner.state.resident:
            self.runner.put(TerminalSeen(now))


@dataclass(frozen=True, slots=True)
class Counter:
    """A clerk's desk that is put together, with its window."""

    link: DeskLink
    window: ClerkWindow

    @property
    def runner(self) -> DeskRunner:
        """The desk's flow."""
        return self.link.runner

    def start(self) -> None:
        """Starts the desk's flow."""
        self.runner.put(DeskOpened())


@dataclass(frozen=True, slots=True)
class OpenCounter:
    """A desk whose windows are not there yet."""

    link: DeskLink
    pad: PasswordPad = field(repr=False)
    pictures: Pictures = field(repr=False)

    def with_windows(
        self,
        window: KioskWindow,
        narrator: Narrator,
        site: SitePresentation,
        now: Callable[[], datetime],
        *,
        still: bool,
    ) -> Counter:
        """Opens the clerk's window beside the resident's; each is drawn anew when either flow moves."""
        link = self.link
        look = self.pictures.look
        clerk = ClerkWindow(site, self.pad, link.runner.put, now, window.image, pictures=look, still=still)

        def both(terminal: Terminal) -> None:
            clerk.show(link.runner.state, terminal, window.screen(terminal))

        def desk_moved(_desk: Desk) -> None:
            terminal = link.terminal.state
            window.show(terminal)
            narrator.sees(terminal)
            both(terminal)

        link.terminal.observe(link.sees)
        link.terminal.observe(both)
        link.runner.observe(desk_moved)
        return Counter(link, clerk)


@dataclass(frozen=True, slots=True)
class OpenDay:
    """The book of the day with what stands in it by itself: the printer that counts its sheets, and the clerk's drawer,
    None where the terminal's own device takes the money. `session` is that of whoever is signed in."""

    book: DayBook
    session: StaffSession
    pages: CountedPages
    drawer: DrawerCash | None


def book_right(day: OpenDay) -> Callable[[tuple[str, ...]], None]:
    """Puts into the book that the resident has said of these documents that they are right, unless it stands there or
    they were handed over since. Raises `OSError` where it can't be written, `SheetsUncounted` where the book has them
    at the printer still."""

    def book(documents: tuple[str, ...]) -> None:
        if day.drawer is None:
            return
        now = day.book.day
        at_printer = {each.document for each in now.unsettled}
        done = {each.document for each in now.lying if each.right}
        here = at_printer | {each.document for each in now.lying}
        wanted = tuple(each for each in documents if each in here and each not in done)
        if wanted and isinstance(noted := day.book.write(FoundRight(wanted), day.session.mark), NotRecorded):
            raise SheetsUncounted(f"what the resident said of sheets can't stand in the book: {noted.why}")

    return book


def open_day(
    path: Path,
    guard: AbstractContextManager[object],
    pages: PagePrinter,
    document: Callable[[], str],
    now: Callable[[], datetime],
    *,
    separate: bool,
) -> OpenDay:
    """The book in this file. `document` says which number is printed now. Raises `ConfigurationError`."""
    book, session = DayBook(Shelf(path), guard, now), StaffSession()

    def by() -> str:
        return session.mark

    counted = CountedPages(pages, book, document, by)
    try:
        counted.after_start()
    except OSError as error:
        raise ConfigurationError("the book of the day can't be written") from error
    return OpenDay(book, session, counted, DrawerCash(book, by) if separate else None)


@dataclass(frozen=True, slots=True)
class CounterParts:
    """What the desk works with: where its own municipality's server is, the reader at the clerk's side, the slip
    desk, the day, which has the one for pages, and its cases. Both flows use each printer on one lane."""

    municipality: str
    terminal: str
    place: str
    connect: Callable[[], UploadTransport]
    staff_reader: CardReader | None
    slips: CounterSlipActions
    day: OpenDay
    entropy: Callable[[int], bytes]
    pictures: Pictures = field(default_factory=Pictures, repr=False)
    """What both windows show of an open case."""
    cases: Callable[[StaffSession], tuple[CaseActions, ...]] = lambda _session: ()
    """What cases can have done, in the name of whoever is signed in."""
    pad: PasswordPad = field(default_factory=PasswordPad, repr=False)
    """Where the clerk types what nobody may see."""


def desk_actions(parts: CounterParts, terminal: Callable[[Event], None], pad: PasswordPad) -> DeskActions:
    """All that the desk can have done; `terminal` tells the resident's flow."""
    session = parts.day.session
    server = StaffWire(parts.connect, parts.municipality, parts.place)
    staff = StaffActions(server, session, parts.staff_reader, parts.terminal, parts.entropy)
    day = DayActions(
        book=parts.day.book,
        drawer=parts.day.drawer,
        pages=parts.day.pages,
        slips=parts.slips,
        now=parts.slips.printing.now,
        entropy=parts.entropy,
    )
    return DeskActions(terminal, pad, staff, day, (_papers(parts, session), *parts.cases(session)))


def desk_rules(day: OpenDay) -> DeskRules:
    """What the desk may do at this site."""
    return DeskRules(separate=day.drawer is not None)


def tells_day(day: OpenDay, tell: Callable[[DeskEvent], None], terminal: Callable[[Event], None]) -> None:
    """Whoever writes into the book or asks for money, the desk hears of it; it begins with how the day stands. The
    resident's flow hears at once that the day is open or not."""
    drawer, was_open = day.drawer, day.book.day.is_open

    def moved(now: Day) -> None:
        nonlocal was_open
        tell(DayMoved(now))
        if now.is_open is not was_open:
            was_open = now.is_open
            terminal(CounterDay(was_open))
            if drawer is not None:
                terminal(CashSeen(drawer.status()))

    terminal(CounterDay(was_open))
    day.book.tells(moved)
    if drawer is not None:
        drawer.asks(lambda fee: tell(MoneyAsked(fee)))
    tell(DayMoved(day.book.day))


def _papers(parts: CounterParts, session: StaffSession) -> PaperActions:
    source = WirePapers(parts.connect, parts.municipality, lambda: session.token)
    return PaperActions(source, PaperPrinting(parts.day.pages, parts.entropy), parts.municipality)


def open_counter(parts: CounterParts, terminal: TerminalRunner, lanes: Lanes, broke: FaultLog) -> OpenCounter:
    """A clerk's desk beside this terminal, without windows yet."""
    queue = WindowQueue[DeskEvent]()
    actions = desk_actions(parts, terminal.put, parts.pad)
    flow = desk_flow(desk_rules(parts.day), PACKAGES)
    runner: DeskRunner = Runner(Desk(), flow, queue, actions, lanes.by_device(), WindowScheduler(), broke)
    queue.handled_by(runner.handle)
    tells_day(parts.day, runner.put, terminal.put)
    return OpenCounter(DeskLink(terminal, runner, shown_by(lambda: runner.state)), parts.pad, parts.pictures)
