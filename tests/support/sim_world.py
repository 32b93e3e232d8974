"""A post office with one kiosk: the real runner, flow and actions over virtual devices, the real server use cases
behind a simulated network, all on one virtual clock. Everything that can be seen from outside is written down."""

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from certserver.ledger.alarms import close_alarm, list_alarms
from certserver.ledger.book import open_book
from certserver.ledger.state import read_state
from certserver.ports import unix
from certserver.registers.writing import cancel_registered_seal, revive_registered_seal
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.reader import VirtualReader
from hardware.sensors.model import Place, PlaceChanged, Power, SensorEvent
from hardware.sensors.virtual import VirtualSurroundings
from hardware.voice.virtual import VirtualVoice
from kiosk.actions.journal import saved_in
from kiosk.flow.effects import CallStaff, Effect
from kiosk.flow.events import Event
from kiosk.flow.occasions import Occasion
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal
from printers.model import PrinterProblem
from printers.virtual import SheetOut, VirtualSlipPrinter
from tests.support.server import START, ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.sim_board import SILENCE_KNOWN_S, TOLD_WITHIN_S, SimBoard
from tests.support.sim_books import Books
from tests.support.sim_cctalk import SimCctalk
from tests.support.sim_disk import DiskWatch
from tests.support.sim_kiosk import DOWN_AFTER_S, SITE, SimKiosk
from tests.support.sim_log import SimLog
from tests.support.sim_network import SimNetwork
from tests.support.sim_payment import SimPayment
from tests.support.sim_power import Moments
from tests.support.sim_printer import SimPrinter
from tests.support.sim_servers import SimServers
from tests.support.sim_till import SimCash, SimMoney
from tests.support.sim_time import PowerCut, SimTime

if TYPE_CHECKING:
    from tests.support.sim_person import Person

PAPER = 50
STAFF_COMES_AFTER_S = 45.0
TO_BE_STARTED_ANEW = (Occasion.UNCONFIRMED_DEBT, Occasion.PAID_AFTER_ALL, Occasion.UNSETTLED)
"""Staff look into the money and start the terminal anew."""
ON_AGAIN_S = 60.0
NOTICED_S = 0.2
"""A reader tells of a card no later."""


@dataclass(frozen=True)
class Site:
    """What stands at this post office: whether its money device hangs on a ccTalk bus, whether there is a payment
    terminal, whether sensors are on a board's line, of how many processes the server is made, and whether the money
    device (one that hangs on no bus) has change."""

    cctalk: bool = False
    workers: int = 1
    cashless: bool = False
    board: bool = False
    change: bool = True


@dataclass(frozen=True)
class Shown:
    """The screen from a moment on."""

    at: float
    scene: Scene


@dataclass(frozen=True)
class CameOut:
    """A sheet that came out: when, under which screen, and whose card had proven the order last. `unheard`: the printer
    said nothing then."""

    at: float
    sheet: SheetOut
    scene: Scene
    authenticated: str | None
    unheard: bool = False


@dataclass
class World:
    """Everything there is. `entropy` and every choice come from the seed."""

    servers: SimServers
    seed: int
    number: int = 0
    """Tells worlds of one seed over the same server apart: no two may make the same order ids."""
    site: Site = field(default_factory=Site)
    rules: SiteRules = field(default_factory=SiteRules)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._entropy = random.Random(f"{self.seed}/{self.number}")
        self.time = SimTime()
        self.rules = replace(self.rules, cashless=self.rules.cashless or self.site.cashless)
        self.server.clock.set(START)
        self.wall_off = self.server_off = 0.0
        """Seconds by which the clocks of kiosk and server are ahead of what they were at first."""
        self.servers.begin(self.site.workers)
        self.network = SimNetwork(self.time, self.servers, self.server.caller(SITE.terminal), self._tell_server_time)
        self.moments = Moments()
        self.surroundings = VirtualSurroundings()
        self._changed_at: dict[str, float] = {}
        """When each of what sensors see changed last."""
        self.surroundings.watch(self._sensed)
        self.board = SimBoard(self.time, self.surroundings, self.chance, self._cycled) if self.site.board else None
        self.reader = VirtualReader(self.time)
        self.cash = self._money()
        self.payment = SimPayment(self.time)
        self.printer = SimPrinter(self.time, PAPER, self._sheet_out)
        self.voice = VirtualVoice()
        self.slip_printer = VirtualSlipPrinter(put_out=lambda slip: self.surroundings.put(Place.RECEIPT_SLOT, slip))
        self.store = SimLog()
        self.disk = DiskWatch(self.store, lambda: not self.state.attempts)
        self.moments.watch = self.network.asked = self.disk.begins
        self.people: list[Person] = []
        self.screen: list[Shown] = []
        self.sheets: list[CameOut] = []
        self.staff_calls: list[CallStaff] = []
        self.faults: list[tuple[str, BaseException]] = []
        self.watchers: list[Callable[[], None]] = []
        self.about_to: Callable[[Event | Effect], None] = lambda _: None
        """Told of each event before it is handled, of each effect before it is done; may raise `PowerCut`."""
        self.on_reader: str | None = None
        self.authenticated: str | None = None
        self.stuck = self.power_cuts = 0
        self.struck: Counter[str] = Counter()
        """What went wrong, and how often."""
        self.cash_always_spoke = True
        self.slips_not_on_disk: list[str] = []
        """That promised money as the power went."""
        self.seal_cancelled_at: int | None = None
        """The last number of the ledger before the first one's seal was cancelled."""
        self.cut_over: set[str] = set()
        """Numbers of documents that were at the printer when the power went: nobody saw them come out."""
        self.notes_may_stick = self.site.cctalk
        self.slips_always_came = True
        self._start_wanted = False
        self.begun: list[Books] = []
        """Where all money was when each visit began."""
        self.visits_over_things_left = 0
        self.visits_not_to_begin = 0
        self.money_over_a_card = 0
        self._card_since = 0.0
        self.ledger_before = self._ledger_end()
        self.kiosk = SimKiosk(self)

    def _money(self) -> SimMoney:
        def put(yen: int) -> None:
            self.surroundings.put(Place.CHANGE_TRAY, yen)

        if self.site.cctalk:
            return SimCctalk(self.time, put, self.chance)
        cash = SimCash(self.time, put)
        if not self.site.change:
            cash.empty_hoppers()
        return cash

    @property
    def server(self) -> ServerForTests:
        return self.servers.server

    @property
    def state(self) -> Terminal:
        return self.kiosk.state

    @property
    def scene(self) -> Scene:
        return self.kiosk.state.scene

    def entropy(self, length: int) -> bytes:
        return self._entropy.randbytes(length)

    def local_time(self) -> datetime:
        """As the kiosk's clock shows it."""
        return START + timedelta(seconds=self.time.now + self.wall_off)

    # What people do

    def put_card(self, resident: str, card: VirtualCard) -> None:
        """Somebody puts that resident's card on the reader."""
        self.on_reader = resident
        self._card_since = self.time.now
        self.reader.insert(card)

    def take_card(self) -> None:
        """Somebody takes the card that lies there."""
        self.on_reader = None
        self.reader.pull()

    def cut_power(self, seconds: float) -> None:
        """The kiosk's power goes, and comes back so much later. Devices keep what they hold; slots close. Of a slip
        that a broken disk did not take nothing would know: over one the power stays."""
        if not self.kiosk.alive or self.disk.unwritten(self.slip_printer.printed):
            return
        self._power_goes()
        self.time.after(seconds, self._power_on)

    def cut_here(self, seconds: float) -> None:
        """The same, for what the kiosk's program itself is doing now: raises `PowerCut` where the power did go."""
        self.cut_power(seconds)
        if not self.kiosk.alive:
            raise PowerCut

    def kill_here(self, seconds: float) -> None:
        """The same, whatever is on disk: a full disk has taken all that there was room for."""
        if self.kiosk.alive:
            self._power_goes()
            self.time.after(seconds, self._power_on)
            raise PowerCut

    def machine_down(self) -> None:
        """Switched off in order, but over a slip that a broken disk did not take. It is switched on with the mains."""
        if not self.kiosk.alive:
            return
        if self.disk.unwritten(self.slip_printer.printed):
            self.time.after(DOWN_AFTER_S, self.machine_down)
            return
        self._power_goes()
        self.time.after(ON_AGAIN_S, self._on_with_mains)

    def _power_goes(self) -> None:
        self.power_cuts += 1
        visit = saved_in(self.store).visit
        if visit is not None and visit.printing is not None:
            self.cut_over.add(visit.printing)
        # What came out or was kept unwritten is in doubt from then on.
        self.cash_always_spoke = self.cash_always_spoke and not self.disk.in_doubt(self.cash.state().held)
        self.slips_not_on_disk += self.disk.unwritten(self.slip_printer.printed)
        self.kiosk.cut()
        self.cash.power_went()

    def _on_with_mains(self) -> None:
        if self.surroundings.power is not Power.MAINS:
            self.time.after(ON_AGAIN_S, self._on_with_mains)
        elif not self.kiosk.alive:
            self._power_on()

    def _power_on(self) -> None:
        self.kiosk = SimKiosk(self)

    # What is seen

    def screen_shows(self, state: Terminal) -> None:
        """The screen changed."""
        last = self.screen[-1].scene if self.screen else None
        if type(last).__name__ == "Start" and state.visit is not None:
            self._visit_begins()
        if type(state.scene).__name__ == "Pay" and type(last).__name__ != "Pay":
            lies = self.reader.card is not None and self.time.now - self._card_since > NOTICED_S
            self.money_over_a_card += lies
        if state.scene != last:
            self.screen.append(Shown(self.time.now, state.scene))
        if type(state.scene).__name__ == "TakeCard" and type(last).__name__ == "ProvingOrder":
            self.authenticated = self.on_reader

    def _visit_begins(self) -> None:
        around = self.surroundings
        trays = (Place.SHEET_TRAY, Place.CHANGE_TRAY)
        self.visits_over_things_left += any(around.lying(each) and self._known(f"{each}") for each in trays)
        unsafe = (
            around.door_open and self._known("DoorChanged"),
            around.power is not Power.MAINS and self._known("PowerChanged"),
            around.silent and self._known("SensorsChanged", SILENCE_KNOWN_S),
            self.board is not None and self.board.down and self.time.now > self.board.down_at + SILENCE_KNOWN_S,
        )
        self.visits_not_to_begin += any(unsafe)
        self.begun.append(self.books())

    def _known(self, what: str, within_s: float = TOLD_WITHIN_S) -> bool:
        """Whether the terminal must know of it by now: over a board's line that takes its time, or never comes."""
        if self.board is None:
            return True
        heard = not self.surroundings.silent and not self.board.troubled
        return (heard or what == "SensorsChanged") and self.time.now - self._changed_at.get(what, 0.0) > within_s

    def books(self) -> Books:
        """Where all money is now."""
        cash = self.cash.state()
        stuck, notes = self.stuck + cash.stuck, tuple(self.kiosk.journal.notes)
        return Books(self.time.now, len(self.sheets), cash, self.payment.state(), stuck, self.cash.set_aside, notes)

    def staff_called(self, call: CallStaff) -> None:
        """Staff come a little later and put everything right."""
        self.staff_calls.append(call)
        self._start_wanted = self._start_wanted or call.occasion in TO_BE_STARTED_ANEW
        self.time.after(STAFF_COMES_AFTER_S, self.staff_come)

    def staff_come(self) -> None:
        """Takes away what was left, mends what is broken. Nobody starts it anew before its journal is on disk."""
        if self.kiosk.alive and self.state.visit is not None and self.state.visit.paying:
            self.time.after(STAFF_COMES_AFTER_S, self.staff_come)
            return
        for place in Place:
            self.surroundings.take(place)
        if self.reader.card is not None:
            self.take_card()
        self.mend()
        if not self.kiosk.alive:
            return
        self._start_wanted = self._start_wanted or self.cash.must_count
        if self._start_wanted:
            if not self.kiosk.journal.works:
                self.time.after(STAFF_COMES_AFTER_S, self.staff_come)
                return
            self._start_wanted = False
            self.cut_power(5)
            self.cash.count()

    def mend_cash(self) -> None:
        """What stuck in the machine is taken out of it."""
        self.stuck += self.cash.state().stuck
        self.cash.mend()

    def mend(self) -> None:
        """Every device works again."""
        self.printer.answer_again()
        self.printer.print_one_side(False)
        for problem in PrinterProblem:
            self.printer.mend(problem)
            self.slip_printer.mend(problem)
        self.printer.refill(PAPER)
        self.printer.wake_up()
        self.slip_printer.run_low(False)
        self.store.broken = self.store.disk_full = False
        self.store.failing.clear()
        self.mend_cash()
        self.reader.slow(0)
        self.reader.restore()
        if self.board is not None:
            self.board.mend()
        self.surroundings.speak_again()
        self.surroundings.shut_door()

    def close_alarms(self) -> int:
        """A person at the municipality looks into every alarm and closes it; how many there were."""
        with self.server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
            found = [alarm for alarm in list_alarms(connection, MUNICIPALITY) if alarm.closed_at is None]
            for alarm in found:
                close_alarm(connection, book, alarm.alarm_id, "looked into", unix(self.server.clock.now()))
        return len(found)

    def cancel_seal(self, resident: str) -> None:
        """The seal's registration is deleted, in this instant."""
        with self.server.database.writing() as connection:
            cancel_registered_seal(connection, MUNICIPALITY, resident)
        self.seal_cancelled_at = self._ledger_end()

    def revive_seal(self, resident: str) -> None:
        """That is taken back, for the next ones."""
        if self.seal_cancelled_at is not None:
            with self.server.database.writing() as connection:
                revive_registered_seal(connection, MUNICIPALITY, resident)

    def _ledger_end(self) -> int:
        with self.server.database.reading() as connection:
            state = read_state(connection, MUNICIPALITY)
        assert state is not None
        return state.ledger_seq

    def _sheet_out(self, sheet: SheetOut) -> None:
        unheard = self.printer.silent or self.printer.alone
        self.sheets.append(CameOut(self.time.now, sheet, self.scene, self.authenticated, unheard))
        self.surroundings.put(Place.SHEET_TRAY, sheet)

    def _sensed(self, event: SensorEvent) -> None:
        what = f"{event.place}" if isinstance(event, PlaceChanged) else type(event).__name__
        self._changed_at[what] = self.time.now

    def _cycled(self) -> None:
        """The board's watchdog was not fed; one that was switched off is switched on by `_on_with_mains`."""
        self.time.after(0, lambda: self.cut_power(5))

    def _tell_server_time(self) -> None:
        self.server.clock.set(START + timedelta(seconds=self.time.now + self.server_off))
