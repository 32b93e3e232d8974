"""One kiosk put together for a journey: real runner, flow, actions, journal file and wire over virtual devices,
each device on a lane of its own, all on one clock that stands still until the journey moves it."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from certserver.demo.people import MUNICIPALITY
from hardware.card.model import CardReader, SlotEvent
from hardware.card.virtual.reader import VirtualReader
from hardware.cash.virtual import VirtualCash
from hardware.cashless.virtual import VirtualPaymentTerminal
from hardware.keypad.pin import PinPad
from hardware.sensors.board.client import SensorBoard
from hardware.sensors.board.virtual import VirtualBoard
from hardware.sensors.model import Place, Surroundings
from hardware.sensors.virtual import VirtualSurroundings
from hardware.voice.virtual import VirtualHeadphones, VirtualVoice
from kiosk.actions.attempt import Attempt, Attempts
from kiosk.actions.card import CardActions
from kiosk.actions.cash import CashActions
from kiosk.actions.directory import SignedDirectory
from kiosk.actions.dispatch import Actions, Voices
from kiosk.actions.documents import Check
from kiosk.actions.jobs import Lane as LaneName
from kiosk.actions.journal import JOURNAL, Journal
from kiosk.actions.log_file import LogFile
from kiosk.actions.number import NumberActions
from kiosk.actions.pages import read_faces
from kiosk.actions.paper import PaperActions
from kiosk.actions.recovery import Recovery
from kiosk.actions.server import Servers
from kiosk.actions.server_side import server_actions
from kiosk.actions.site import Site
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.actions.slips import SlipActions
from kiosk.actions.voice import VoiceActions
from kiosk.actions.wire import WireServer
from kiosk.composition.counter import OpenDay, book_right, open_day
from kiosk.counter.touches import DeskTouch
from kiosk.flow import effects as do
from kiosk.flow.events import Event, PoweredOn, SlotChanged
from kiosk.flow.rules import SiteRules
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Touch
from kiosk.runner.flows import resident_flow
from kiosk.runner.runner import Runner
from kiosk.screens.narrator import Narrator
from kiosk.screens.presenter import Shown, nothing_shown
from kiosk.screens.site import SitePresentation
from koufu.evidence.facecode import FaceCode
from koufu.ground.profiles import USUAL
from printers.model import PagePrinter, PrinterStatus, PrintJob, Progress, Settled, SlipPrinter
from printers.virtual import SheetOut, VirtualPagePrinter, VirtualSlipPrinter
from tests.support.cashless import cashless_desk, settling
from tests.support.journey_screen import SITE, screen
from tests.support.journey_server import TERMINAL, TODAY, Municipality
from tests.support.journey_wire import JourneyWire
from tests.support.sensor_board import Wire
from tests.support.sim_log import a_moment
from tests.support.sim_time import Lane, SimTime
from tests.support.virtual_machine import VirtualMachine

SLIP_DOTS = 576
PLACE = ("見本中央郵便局", "Mihon Central Post Office")


@dataclass
class PostOffice:
    """Everything that stands in the post office and outlives a restart of the kiosk: devices, journal, clock, line."""

    municipality: Municipality
    folder: Path
    code: str = MUNICIPALITY
    """The municipality that the terminal is set to serve."""
    terminal: str = TERMINAL
    opens: datetime = TODAY
    """When its clock begins."""
    reader: CardReader | None = None
    pages: PagePrinter | None = None
    slip_device: SlipPrinter | None = None
    neighbour: Municipality | None = None
    """Another municipality that the directory names too."""
    printer_profile: str = USUAL.profile_id
    separate: bool = False
    """Whether the clerk takes the money there."""
    takes_cashless: bool = False
    """Whether there is a payment terminal."""
    on_board: bool = False
    """Whether sensors and lamp hang on a sensor board, at the end of its `cable`."""
    documents: list[bytes] = field(default_factory=list)
    """Each document that began to come out, as delivered."""
    sheets: list[SheetOut] = field(default_factory=list)
    slips: list[bytes] = field(default_factory=list)
    said: list[do.Announcement] = field(default_factory=list)
    staff: list[do.CallStaff] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.time = SimTime()
        self.around = VirtualSurroundings()
        self.around.arrive()
        self.board = VirtualBoard(self.around, self.time)
        self.cable = Wire(self.board, self.time)
        self.slot = VirtualReader(self.time)
        self.voice = VirtualVoice()
        self.headphones = VirtualHeadphones()
        self.cash = VirtualCash(hand_out=lambda yen: self.around.put(Place.CHANGE_TRAY, yen))
        self.cashless = VirtualPaymentTerminal(self.time)
        self.printer = VirtualPagePrinter(self.time, put_in_tray=self._sheet_out)
        self.slip_printer = VirtualSlipPrinter(put_out=self._slip_out)
        self._tell_time()
        bundle = self.municipality.wire.bundle(self.terminal)
        self.wires = {each.code: JourneyWire(each, bundle, self.time, self._tell_time) for each in self.municipalities}
        self.wire = self.wires[self.municipality.code]
        """The line to the municipality in which the post office stands; `wires` has each one's by code."""

    @property
    def shown(self) -> SitePresentation:
        """What its screens say of the place."""
        return replace(SITE, separate=self.separate, cashless=self.takes_cashless)

    @property
    def site(self) -> Site:
        """Which terminal it is."""
        return Site(self.code, self.terminal, *PLACE, self.printer_profile, SLIP_DOTS, self.separate)

    @property
    def slip_printing(self) -> SlipPrinting:
        """What both flows print slips with."""
        return SlipPrinting(self.slip_device or self.slip_printer, self.site, self.now)

    @property
    def municipalities(self) -> tuple[Municipality, ...]:
        """All that answer here, the one in which the post office stands first."""
        return (self.municipality,) if self.neighbour is None else (self.municipality, self.neighbour)

    def ledger_lengths(self) -> tuple[int, ...]:
        """How many documents each ever issued."""
        return tuple(each.ledger_length() for each in self.municipalities)

    def issued_since(self, lengths: tuple[int, ...]) -> tuple[Any, ...]:
        """The rows of all ledgers from there on."""
        ledgers = zip(self.municipalities, lengths, strict=True)
        return tuple(row for each, length in ledgers for row in each.issued_since(length))

    def now(self) -> datetime:
        """The clock on the wall."""
        return self.opens + timedelta(seconds=self.time.now)

    def _tell_time(self) -> None:
        for each in self.municipalities:
            each.tell_time(self.now())

    def _sheet_out(self, sheet: SheetOut) -> None:
        if sheet.sheet == 1:
            self.documents.append(sheet.job.document)
        self.sheets.append(sheet)
        self.around.put(Place.SHEET_TRAY, sheet)

    def _slip_out(self, slip: bytes) -> None:
        self.slips.append(slip)
        self.around.put(Place.RECEIPT_SLOT, slip)


class _Pages:
    """Sheets stand in the book of the day where a clerk's desk is, and only there."""

    def __init__(self, kiosk: "Kiosk") -> None:
        self._kiosk = kiosk

    @property
    def _pages(self) -> PagePrinter:
        office = self._kiosk.office
        return self._kiosk.day.pages if self._kiosk.has_desk else office.pages or office.printer

    def status(self) -> PrinterStatus:
        return self._pages.status()

    def wake(self) -> PrinterStatus:
        return self._pages.wake()

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        return self._pages.print(job, tell, give_up)


class WatchedAttempts(Attempts):
    """Remembers every namespace there was, so that a test can see that nothing is left in it."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[Attempt] = []

    def open(self, number: int, reference: str) -> Attempt:
        attempt = super().open(number, reference)
        self.opened.append(attempt)
        return attempt


class Kiosk:
    """One life of the kiosk's program, from power on to a power cut."""

    def __init__(self, office: PostOffice, observer: Callable[[Terminal], None] = lambda _: None) -> None:
        self.office = office
        self.alive = True
        self.pad = PinPad()
        self.attempts = WatchedAttempts()
        self.plain: list[bytearray] = []
        self.voice = VoiceActions(office.voice)
        self.journal = Journal(LogFile(office.folder / "journal.json", JOURNAL), threading.Lock(), a_moment)
        self.lanes: dict[LaneName, Lane] = {name: office.time.lane(name.value) for name in LaneName}
        self.day = self._opened_day()
        self.has_desk = office.separate
        self.surroundings: Surroundings = office.around
        self._loops: list[Lane] = []
        if office.on_board:
            self.surroundings = SensorBoard(office.cable.open, office.time, self._beside, os.urandom)
        self.right_of_book = book_right(self.day)
        """For a test that has the power go in that moment."""
        self.runner = Runner(
            state=Terminal(),
            flow=resident_flow(SiteRules(by_hand=office.separate, cashless=office.takes_cashless)),
            queue=self,
            actions=self._actions(),
            lanes=self.lanes,
            scheduler=office.time,
            fault_log=lambda effect, fault: office.faults.append(f"{effect}: {fault!r}"),
        )
        self.by_desk: Shown = nothing_shown
        self.touched: Callable[[Touch], None] = self.put
        self.desk_touched: Callable[[DeskTouch], None] = lambda touch: None
        self.slot_heard: Callable[[SlotEvent], None] = lambda event: None
        """Of a clerk's desk beside it: see `tests.support.journey_desk`."""
        narrator = Narrator(
            lambda terminal: screen(terminal, office.now(), self.by_desk, site=office.shown),
            lambda sentences: self.runner.take(self.voice.say(sentences), "read out"),
            self.voice.hush,
        )
        self.runner.observe(observer)
        self.runner.observe(narrator.sees)
        self.feels = narrator.feels
        if office.reader is None:
            office.slot.watch(self.slot_changed)
        self.surroundings.watch(self.put)
        self.put(PoweredOn(alarmed=bool(self.journal.alarms_untold)))

    @property
    def state(self) -> Terminal:
        """What the terminal's flow knows."""
        return self.runner.state

    def slot_changed(self, event: SlotEvent) -> None:
        """The reader tells something."""
        self.put(SlotChanged(event))
        self.slot_heard(event)

    def put(self, event: Event | None) -> None:
        """Fulfils the runner's queue: what is put is handled next."""
        if event is not None and self.alive:
            self.office.time.after(0, lambda: self._handle(event))

    def get(self) -> Event | None:
        raise AssertionError("events are handed over one by one")

    def cut(self) -> None:
        """The power goes: nothing of this life ever does anything again."""
        self.alive = False
        for lane in (*self.lanes.values(), *self._loops):
            lane.cut()

    def _beside(self, name: str, run: Callable[[], None]) -> Callable[[float], bool]:
        lane = self.office.time.lane(name)
        self._loops.append(lane)
        lane(run)
        return lambda _within: True

    def _handle(self, event: Event) -> None:
        if not self.alive:
            return
        self.runner.handle(event)

    def _read_faces(self, plain: bytearray, sheets: int) -> tuple[FaceCode | None, ...] | None:
        self.plain.append(plain)
        return read_faces(plain, sheets)

    def _actions(self) -> Actions:
        office = self.office
        site = office.site
        bundle = office.municipality.wire.bundle(office.terminal)
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(bundle.directory_key.read_text().strip()))
        directory = SignedDirectory(office.wire, key, lambda: int(office.now().timestamp()))
        servers = Servers(
            office.code,
            lambda code: WireServer(code, directory.entry, directory.signatory, self._connect),
            directory.koseki_at,
        )
        slips = office.slip_device or office.slip_printer
        cash = self.day.drawer or office.cash
        return Actions(
            attempts=self.attempts,
            pad=self.pad,
            card=CardActions(office.reader or office.slot, self.attempts, site, os.urandom),
            server=server_actions(servers, self.attempts, self.journal),
            check=Check(self.attempts, self._read_faces),
            paper=PaperActions(
                _Pages(self),
                slips,
                self.attempts,
                self.journal,
                os.urandom,
                by_hand=office.separate,
                book_right=self._books_right,
            ),
            slips=SlipActions(office.slip_printing),
            cash=CashActions(cash, self.journal),
            cashless=cashless_desk(self.journal, office.time, os.urandom, office.cashless),
            recovery=Recovery(
                cash, self.journal, self._books_right, settling(self.journal, office.cashless, office.time)
            ),
            journal=self.journal,
            surroundings=self.surroundings,
            machine=VirtualMachine(self.surroundings),
            voice=self.voice,
            number=NumberActions(office.reader or office.slot, office.headphones),
            voices=Voices(lambda effect: office.said.append(effect.what), office.staff.append),
            entropy=os.urandom,
            now=office.now,
        )

    def _books_right(self, documents: tuple[str, ...]) -> None:
        self.right_of_book(documents)

    def _opened_day(self) -> OpenDay:
        office = self.office

        def document() -> str:
            return (self.journal.visit.printing or "") if self.journal.visit is not None else ""

        pages = office.pages or office.printer
        path = office.folder / "day.json"
        return open_day(path, threading.Lock(), pages, document, office.now, separate=office.separate)

    def _connect(self, address: str) -> JourneyWire:
        """The address that the signed directory names leads to the server, whichever port it has on this machine."""
        (code,) = (
            each.code for each in self.office.municipalities if each.server.node.settings.public_address == address
        )
        return self.office.wires[code]
