"""A kiosk as it is installed, in this process: the program's own composition with a window that nobody sees, virtual
devices, and a server of its own beside it. With a PC/SC daemon the card goes through that."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from hardware.card.pcsc import PcscReader
from hardware.card.virtual.reader import CardSlot
from hardware.card.virtual.vpcd import VpcdSlot
from hardware.composition import SystemClock, spawn_thread
from kiosk.actions.journal import Journal
from kiosk.actions.notes import NOTES_KEPT, Note
from kiosk.composition.terminal import TerminalProgram, put_together
from kiosk.demo.stage.processes import Running, running_server
from kiosk.demo.stage.settings import site_settings
from kiosk.demo.stage.site import CARDS, ERRAND_CARDS, DemoCard, DemoSite, make_site
from kiosk.demo.stage.things import Things, demo_devices
from kiosk.flow.occasions import Occasion
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Scene
from kiosk.screens.application import end_on_exception, log_qt_messages, make_application
from kiosk.screens.panel import PORTRAIT
from printers.virtual import SheetOut
from tests.benchmarks.served import admitted_at, holder_of
from tests.benchmarks.visit import visit
from tests.soak.visits import REFUSED, SERVED
from tests.support.memory import descendants
from tests.support.pcsc_bench import wait_until_empty
from tests.support.pcsc_daemon import READER, PcscDaemon, pcsc_daemon

SHORT = SiteRules(
    idle_s=0.7,
    idle_warning_s=1,
    pay_idle_s=0.7,
    card_untouched_s=0.7,
    attention_s=0.2,
    staff_s=0.3,
    abandon_s=0.6,
    notice_s=0.5,
    done_s=0.6,
    staff_wait_s=0.5,
    heartbeat_s=5,
    retry_s=0.2,
)
"""A site's waits, as short as its people are quick: what is waited for is the same."""

PAGE_S = 0.02
"""How long the virtual printer takes for a side."""


@dataclass(slots=True)
class Count:
    """What came out of the printers."""

    sheets: int = 0
    slips: int = 0

    def sheet(self, _out: SheetOut) -> None:
        """A sheet came out."""
        self.sheets += 1

    def slip(self, _out: bytes) -> None:
        """A slip came out."""
        self.slips += 1


@dataclass(frozen=True, slots=True)
class Shop:
    """One kiosk that is open, its server, and what hangs on it. `slot` is where cards are put in."""

    site: DemoSite
    application: QGuiApplication
    program: TerminalProgram
    things: Things
    slot: CardSlot
    server: Running
    came: Count
    daemon: PcscDaemon | None

    @property
    def scene(self) -> Scene:
        """What the terminal shows."""
        return self.program.runner.state.scene

    @property
    def server_processes(self) -> tuple[int, ...]:
        """The server and its workers."""
        return descendants(self.server.pid)

    @property
    def contexts_held(self) -> int:
        """Contexts of PC/SC that the kiosk holds; none without a daemon."""
        reader = self.program.devices.reader
        return reader.contexts_held if isinstance(reader, PcscReader) else 0

    @property
    def daemon_process(self) -> int | None:
        """The daemon itself: where it has a place of its own, it may be a child."""
        if self.daemon is None or self.daemon.process is None:
            return None
        return descendants(self.daemon.process.pid)[-1]


def new_site(folder: Path) -> DemoSite:
    """A site in this folder, with everybody's card."""
    known: dict[str, DemoCard] = {card.name: card for card in (*CARDS, *ERRAND_CARDS)}
    return make_site(folder, [known[name] for name in (*SERVED, *REFUSED)])


@contextmanager
def open_shop(site: DemoSite, *, pcsc: bool, still: bool, issued: int = 0) -> Iterator[Shop]:
    """The kiosk, not started yet. `still`: without motion and without the guard against double touches. `issued`:
    documents that its server has issued before."""
    application = make_application(offscreen=True)
    log_qt_messages()
    end_on_exception()
    with ExitStack() as stack:
        server = stack.enter_context(running_server(site.home, site.folder / "server.log", workers=1))
        _issue(site, server, issued)
        daemon = stack.enter_context(pcsc_daemon()) if pcsc else None
        came = Count()
        devices, things = demo_devices(site, came, pcsc=False, scripted=True)
        assert things.slot is not None
        slot: CardSlot = things.slot
        things.pages.seconds_per_side = PAGE_S
        if daemon is not None:
            wait_until_empty(daemon)
            clock = SystemClock()
            devices = replace(devices, reader=PcscReader(spawn_thread, clock, name=READER))
            slot = VpcdSlot(spawn_thread, clock, port=daemon.port)
            stack.callback(slot.pull)
        settings = site_settings(site, server.port).model_copy(update={"headphones": "virtual:"})
        program = put_together(settings, devices, SHORT, panel=PORTRAIT, still=still)
        stack.callback(program.stop)
        _in_service(program.journal)
        program.window.open(full_screen=False)
        yield Shop(site, application, program, things, slot, server, came, daemon)


def _issue(site: DemoSite, server: Running, documents: int) -> None:
    station, holder = admitted_at(site, server), holder_of(site)
    with station.channel() as channel:
        for _ in range(documents):
            visit(channel, station, holder)


def _in_service(journal: Journal) -> None:
    """As many notes as a journal keeps, as after some weeks: what fills once would be told as what grows."""
    for number in range(NOTES_KEPT):
        journal.note(Note(moment="2026-11-02T09:00:00+09:00", occasion=Occasion.STAFF_WANTED, reference=f"{number:06}"))
