"""Puts the clerk's desk together beside a terminal: a second flow with a window of its own on the same devices and
lanes. Decides nothing; who is told what of whom stands here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from hardware.card.model import CardReader
from hardware.keypad.password import PasswordPad
from kiosk.actions.counter.dispatch import CaseActions, DeskActions
from kiosk.actions.counter.paper_actions import PaperActions
from kiosk.actions.counter.paper_wire import WirePapers
from kiosk.actions.counter.papers import PaperPrinting
from kiosk.actions.counter.staff import StaffDesk, StaffSession
from kiosk.actions.counter.staff_wire import StaffWire
from kiosk.actions.wire import Transport
from kiosk.composition.threads import Lanes, WindowQueue, WindowScheduler
from kiosk.counter.desk import Desk
from kiosk.counter.events import DeskEvent, DeskOpened, TerminalSeen
from kiosk.counter.packages import PACKAGES
from kiosk.counter.resident import seen
from kiosk.counter.rules import DeskRules
from kiosk.flow.events import Event
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
        clerk = ClerkWindow(site, self.pad, link.runner.put, now, window.image, still=still)

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
class CounterParts:
    """What the desk works with: where its own municipality's server is, the reader at the clerk's side, the printer for
    pages, which both flows use on one lane, and its cases."""

    municipality: str
    terminal: str
    place: str
    connect: Callable[[], Transport]
    staff_reader: CardReader | None
    pages: PagePrinter
    entropy: Callable[[int], bytes]
    cases: Callable[[StaffSession], tuple[CaseActions, ...]] = lambda _session: ()
    """What cases can have done, in the name of whoever is signed in."""


def desk_actions(parts: CounterParts, terminal: Callable[[Event], None], pad: PasswordPad) -> DeskActions:
    """All that the desk can have done; `terminal` tells the resident's flow."""
    session = StaffSession()
    server = StaffWire(parts.connect, parts.municipality, parts.place)
    staff = StaffDesk(server, session, parts.staff_reader, parts.terminal, parts.entropy)
    return DeskActions(terminal, pad, staff, (_papers(parts, session), *parts.cases(session)))


def _papers(parts: CounterParts, session: StaffSession) -> PaperActions:
    source = WirePapers(parts.connect, parts.municipality, lambda: session.token)
    return PaperActions(source, PaperPrinting(parts.pages, parts.entropy), parts.municipality)


def open_counter(parts: CounterParts, terminal: TerminalRunner, lanes: Lanes, broke: FaultLog) -> OpenCounter:
    """A clerk's desk beside this terminal, without windows yet."""
    queue, pad = WindowQueue[DeskEvent](), PasswordPad()
    actions = desk_actions(parts, terminal.put, pad)
    flow = desk_flow(DeskRules(), PACKAGES)
    runner: DeskRunner = Runner(Desk(), flow, queue, actions, lanes.by_device(), WindowScheduler(), broke)
    queue.handled_by(runner.handle)
    return OpenCounter(DeskLink(terminal, runner, shown_by(lambda: runner.state)), pad)
