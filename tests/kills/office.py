"""A post office of real processes: terminal, server with its workers, PC/SC daemon and printer. Money, paper, card,
sensors and the line are outside of them and outlive each; so does what lies on the two disks."""

import os
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.folder import CardFolder
from hardware.card.virtual.vpcd import VpcdSlot
from hardware.cash.cctalk import headers
from hardware.cash.cctalk.layout import parse
from hardware.cash.cctalk.virtual.machine import VirtualCashMachine
from hardware.cash.cctalk.virtual.pty import PtyBus
from hardware.composition import SystemClock, spawn_thread
from hardware.sensors.board.on_pty import PtyBoard
from hardware.sensors.board.virtual import VirtualBoard
from hardware.sensors.model import Place
from hardware.sensors.virtual import VirtualSurroundings
from kiosk.actions.journal import JOURNAL, saved_in
from kiosk.actions.log_file import LogFile
from kiosk.actions.saved import Saved
from kiosk.composition.cash_report import cash_report
from kiosk.demo.stage.site import MUNICIPALITY, TERMINAL, DemoSite
from tests.kills.database import Cluster
from tests.kills.disk import Disk
from tests.kills.moments import At, FileMoments, Moments
from tests.kills.printer import KilledPrinter, Sheet
from tests.kills.processes import Program, Server, Terminal
from tests.kills.proxy import Proxy
from tests.support.databases import stand_on
from tests.support.escpos_peer import EscposDevice, on_tcp
from tests.support.ipp_printer import free_port, name_service
from tests.support.pcsc_daemon import READER, PcscDaemon, pcsc_daemon

WORKERS = 2
OTHERS = "orders-of-another-terminal"
OPENS_WITHIN_S = 200.0
HOPPER_COINS = 150
FEWEST_COINS = 30
KIOSK_DISK_MB, SERVER_DISK_MB = 16, 64
_QUESTIONS = frozenset(
    {
        headers.SIMPLE_POLL,
        headers.READ_BUFFERED_CREDIT,
        headers.READ_BUFFERED_BILL_EVENTS,
        headers.REQUEST_SERIAL_NUMBER,
        headers.REQUEST_EQUIPMENT_CATEGORY,
        headers.REQUEST_COIN_ID,
        headers.REQUEST_BILL_ID,
        headers.REQUEST_HOPPER_COIN,
        headers.REQUEST_PAYOUT_LEVEL,
        headers.REQUEST_COUNTRY_SCALING_FACTOR,
        headers.PERFORM_SELF_CHECK,
        headers.TEST_HOPPER,
    }
)
_SETTINGS = """municipality = "{municipality}"
terminal = "{terminal}"
place = "見本中央郵便局"
place_en = "Mihon Central Post Office"
server_ca = "{tls}/ca.pem"
terminal_x509 = "{tls}/terminal.pem"
terminal_key = "{tls}/terminal.key"
directory_address = "localhost:{line}"
directory_key = "{tls}/directory.pub"
journal = "{kept}/journal.json"
printer = "ipp://localhost:{printer}/ipp/print"
slip_printer = "tcp://127.0.0.1:{slips}"
cash = "{cash}"
sensors = "serial:{board}"
card_reader_name = "{reader}"
voice = "none"
"""


class TickingBus:
    """The cash machine's bus; each command that is more than a question is a moment."""

    def __init__(self, machine: VirtualCashMachine, moments: Moments) -> None:
        self._bus = machine.bus
        self._moments = moments

    def write(self, octets: bytes) -> None:
        """Before it is heard, and after."""
        counts = len(octets) > 3 and octets[3] not in _QUESTIONS
        if counts:
            self._moments.tick(At.BUS)
        self._bus.write(octets)
        if counts:
            self._moments.tick(At.BUS)

    def taken(self) -> bytes:
        """What comes back."""
        return self._bus.taken()


class TickingCard(VirtualCard):
    """A card; each command is a moment."""

    moments: Moments | None = None

    def answer(self, apdu: bytes) -> bytes:
        """Before its answer, and after."""
        if self.moments is not None:
            self.moments.tick(At.APDU)
        answer = super().answer(apdu)
        if self.moments is not None:
            self.moments.tick(At.APDU)
        return answer


class TickingSlips(EscposDevice):
    """The slip printer. A slip that was cut off lies in its slot."""

    around: VirtualSurroundings | None = None

    def take(self, data: bytes) -> bytes:
        """Bytes in, bytes out."""
        before = len(self.papers)
        answer = super().take(data)
        for slip in self.papers[before:]:
            if self.around is not None:
                self.around.put(Place.RECEIPT_SLOT, slip)
        return answer


@dataclass
class Office:
    """All of it. `sheets` and `slips.papers` are everything that ever came out."""

    site: DemoSite
    kept: Path
    settings: Path
    moments: Moments
    around: VirtualSurroundings
    machine: VirtualCashMachine
    money_guard: threading.RLock
    slips: TickingSlips
    slot: VpcdSlot
    daemon: PcscDaemon
    printer: KilledPrinter
    proxy: Proxy
    server: Server
    terminal: Terminal
    others: Program
    """Another terminal, at the same server."""
    files: FileMoments
    disks: dict[str, Disk]
    database: str
    """Its address."""
    cluster: Cluster | None
    """Where the server stands on PostgreSQL."""
    logs: Path
    sheets: list[Sheet] = field(default_factory=list)
    on_reader: str = ""
    shows: Mapping[str, object] | None = None
    """The screen that was seen last."""

    def open(self) -> None:
        """Waits until the terminal serves the first person."""
        self.count()
        self.server.await_service()
        until = time.monotonic() + OPENS_WITHIN_S
        while self.shows is None or self.shows["scene"] != "Start":
            _, self.shows = self.terminal.told.get(timeout=max(0.0, until - time.monotonic()))

    def watch_files(self) -> None:
        """Their writes are moments."""
        self.files.watch(self.kept, {"journal-": At.JOURNAL, "till.json": At.TILL})
        self.files.watch(self.site.home, {"koufu.db": At.DATABASE})

    # What a person does

    def put_card(self, resident: str) -> None:
        """A card onto the reader."""
        card = TickingCard(CardFolder(self.site.cards).card(resident), os.urandom)
        card.moments = self.moments
        self.on_reader = resident
        self.slot.insert(card)

    def take_card(self) -> None:
        """Off the reader."""
        if self.on_reader:
            self.on_reader = ""
            self.slot.pull()

    def insert(self, yen: int) -> bool:
        """A coin or a note; whether it stayed in."""
        with self.money_guard:
            return self.machine.insert(yen)

    def take_everything(self) -> None:
        """All that lies there, and the card."""
        self.take_card()
        for place in Place:
            self.around.take(place)

    # What nobody does

    def passes(self) -> None:
        """Coins fall and notes move while nobody asks."""
        with self.money_guard:
            for hopper in self.machine.hoppers.values():
                hopper.fall()
            self.machine.notes.hear(headers.SIMPLE_POLL, b"")

    def tend(self) -> None:
        """The service manager: what is gone is started again."""
        if not self.printer.alive:
            self.printer.start(self.printer.port)
        if not self.daemon.alive:
            self.daemon.start()
        if not self.server.alive:
            self.server.start()
        if not self.terminal.alive:
            self.terminal.start()

    @property
    def money_rests(self) -> bool:
        """Nothing is on its way in the machine."""
        with self.money_guard:
            busy = any(hopper.hear(headers.REQUEST_HOPPER_STATUS, b"")[1:2] != b"\0" for hopper in self._hoppers)
            return not busy and not self.machine.notes.in_escrow

    @property
    def _hoppers(self) -> "Iterator[_Heard]":
        return iter(_Heard(each) for each in self.machine.hoppers.values())

    def journal(self) -> Saved:
        """What the terminal wrote down."""
        return saved_in(LogFile(self.kept / "journal.json", JOURNAL))

    @property
    def low_on_coins(self) -> bool:
        """Whether staff should fill up."""
        return any(hopper.coins < FEWEST_COINS for hopper in self.machine.hoppers.values())

    def count(self) -> list[str]:
        """Staff stop the terminal, empty the box, fill the hoppers and begin the account anew. The report's lines."""
        self.terminal.stop()
        with self.money_guard:
            found = {yen: count for yen, count in self.machine.box.items() if yen and count}
            self.machine.box.clear()
            for hopper in self.machine.hoppers.values():
                hopper.coins = HOPPER_COINS
            filled = {yen: hopper.coins for yen, hopper in self.machine.hoppers.items()}
        now = datetime.now().astimezone()
        lines = list(cash_report(self.settings, now, found=found, filled=filled, on_slip=False))
        self.terminal.start()
        return lines


class _Heard:
    """A hopper that always has an answer."""

    def __init__(self, hopper: object) -> None:
        self._hopper = hopper

    def hear(self, header: int, data: bytes) -> bytes:
        """The answer's data."""
        answer: bytes | None = self._hopper.hear(header, data)  # type: ignore[attr-defined]
        return answer or b"\0\0"


@contextmanager
def an_office(folder: Path, made: DemoSite, *, with_others: bool, cluster: Cluster | None = None) -> Iterator[Office]:
    """Opens it in this folder, with a copy of the site, on SQLite or in a cluster. Everything in it ends with it."""
    settings, kept, logs, site = folder / "kiosk.toml", folder / "kiosk", folder / "logs", DemoSite(folder / "site")
    logs.mkdir(parents=True)
    with ExitStack() as stack:
        disks = _disks(stack, folder, kept, made, site)
        database = f"sqlite:///{site.home / 'koufu.db'}" if cluster is None else cluster.fresh()
        if cluster is not None:
            stand_on(site.home, database)
        moments, around = Moments(), VirtualSurroundings()
        clock, guard = SystemClock(), threading.RLock()
        machine = VirtualCashMachine(
            clock,
            dict.fromkeys((10, 50, 100, 500), HOPPER_COINS),
            layout=parse("cctalk:/dev/none?refills=1"),
            hand_out=lambda yen: around.put(Place.CHANGE_TRAY, yen),
        )
        bus = PtyBus(TickingBus(machine, moments), spawn_thread, guard)  # type: ignore[arg-type]
        stack.callback(bus.stop)
        board = PtyBoard(VirtualBoard(around, clock), folder / "board", spawn_thread)
        stack.callback(board.stop)
        slips = TickingSlips()
        slips.around = around
        slip_port = stack.enter_context(on_tcp(slips))
        daemon = stack.enter_context(pcsc_daemon())
        names = folder / "names"
        names.mkdir()
        name_environment = stack.enter_context(name_service(names))
        sheets: list[Sheet] = []

        def put_out(sheet: Sheet) -> None:
            sheets.append(sheet)
            around.put(Place.SHEET_TRAY, sheet)

        paper = folder / "paper"
        paper.mkdir()
        printer = KilledPrinter(paper, name_environment, moments.tick, put_out)
        stack.callback(printer.kill)
        printer.start(free_port())
        port = free_port()
        proxy = stack.enter_context(Proxy(port, lambda: moments.tick(At.WIRE)))
        address = {"KOUFU_SERVER_PUBLIC_ADDRESS": f"localhost:{proxy.port}"}
        server = Server(site.home, port, WORKERS, address, logs / "server.log")
        stack.callback(server.kill)
        server.start()
        cash = f"cctalk:{bus.port}?refills=1"
        settings.write_text(
            _SETTINGS.format(
                municipality=MUNICIPALITY,
                terminal=TERMINAL,
                tls=site.terminal,
                line=proxy.port,
                kept=kept,
                printer=printer.port,
                slips=slip_port,
                cash=cash,
                board=folder / "board",
                reader=READER,
            )
        )
        terminal = Terminal(settings, folder / "glass", daemon.environment, logs / "kiosk.log")
        stack.callback(terminal.close)
        stack.callback(terminal.kill)
        others = Program(["tests.kills.load", str(site.folder), str(port), str(logs / OTHERS)], {}, logs / "load.log")
        stack.callback(others.kill)
        (logs / OTHERS).touch()
        slot = VpcdSlot(spawn_thread, clock, port=daemon.port)
        stack.callback(slot.pull)
        files = stack.enter_context(FileMoments(moments.tick))
        office = Office(
            site,
            kept,
            settings,
            moments,
            around,
            machine,
            guard,
            slips,
            slot,
            daemon,
            printer,
            proxy,
            server,
            terminal,
            others,
            files,
            disks,
            database,
            cluster,
            logs,
            sheets,
        )
        office.watch_files()
        office.open()
        if with_others:
            others.start()
        yield office


def _disks(stack: ExitStack, folder: Path, kept: Path, made: DemoSite, site: DemoSite) -> dict[str, Disk]:
    images = folder / "images"
    images.mkdir()
    disks = {
        "kiosk": Disk(images / "kiosk", kept, KIOSK_DISK_MB),
        "server": Disk(images / "server", site.home, SERVER_DISK_MB),
    }
    for disk in disks.values():
        stack.callback(disk.drop)
    shutil.copytree(made.cards, site.cards)
    shutil.copytree(made.home, site.home, dirs_exist_ok=True)
    return disks
