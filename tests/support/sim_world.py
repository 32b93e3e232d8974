"""A post office with one kiosk: the real runner, flow and actions over virtual devices, the real server use cases
behind a simulated network, all on one virtual clock. Everything that can be seen from outside is written down."""

import random
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from certserver.ledger.alarms import close_alarm, list_alarms
from certserver.ledger.book import open_book
from certserver.ledger.state import read_state
from certserver.ports import unix
from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.reader import VirtualReader
from hardware.cashless.virtual import VirtualPaymentTerminal
from hardware.keypad.pin import PinPad
from hardware.sensors.model import Place, Power, SensorEvent
from hardware.sensors.virtual import VirtualSurroundings
from hardware.voice.headphones import NoHeadphones
from hardware.voice.virtual import VirtualVoice
from kiosk.actions.attempt import Attempts
from kiosk.actions.calls import ServerDesk
from kiosk.actions.card import CardDesk
from kiosk.actions.cash import CashDesk
from kiosk.actions.cashless import CashlessDesk
from kiosk.actions.dispatch import Actions, Voices
from kiosk.actions.documents import Check
from kiosk.actions.jobs import Job, Tell
from kiosk.actions.jobs import Lane as LaneName
from kiosk.actions.journal import Journal
from kiosk.actions.number import NumberDesk
from kiosk.actions.pages import read_faces
from kiosk.actions.paper import PaperDesk
from kiosk.actions.recovery import Recovery
from kiosk.actions.site import Site
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.actions.slips import SlipDesk
from kiosk.actions.voice import VoiceDesk
from kiosk.actions.wire import WireServer
from kiosk.flow.effects import CallStaff, Effect
from kiosk.flow.events import Event, PoweredOn, SlotChanged
from kiosk.flow.occasions import Occasion
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal
from kiosk.runner.flows import resident_flow
from kiosk.runner.runner import Runner
from koufu.evidence.trustlist import Signatory
from koufu.ground.profiles import USUAL
from printers.model import PrinterProblem
from printers.virtual import SheetOut, VirtualPagePrinter, VirtualSlipPrinter
from tests.support.cashless import settling
from tests.support.directory_entries import an_entry
from tests.support.kiosk_actions import only
from tests.support.server import START, TERMINALS, ServerForTests
from tests.support.server_people import MUNICIPALITY
from tests.support.sim_network import SimNetwork
from tests.support.sim_till import SimCash, SimStore
from tests.support.sim_time import Lane, PowerCut, SimTime
from tests.support.trust_lists import a_signatory

SITE = Site(
    municipality=MUNICIPALITY,
    terminal=TERMINALS[0],
    place="見本中央郵便局",
    place_en="Mihon Central Post Office",
    printer_profile=USUAL.profile_id,
    slip_width_dots=576,
)
PAPER = 50
STAFF_COMES_AFTER_S = 45.0
TO_BE_STARTED_ANEW = (Occasion.UNCONFIRMED_DEBT, Occasion.PAID_AFTER_ALL, Occasion.UNSETTLED)
"""Staff look into the money and start the terminal anew."""
DOWN_AFTER_S = 3.0
"""A machine takes so long to stop."""
ON_AGAIN_S = 60.0
NOTICED_S = 0.2
"""A reader tells of a card no later."""


@dataclass(frozen=True)
class Shown:
    """The screen from a moment on."""

    at: float
    scene: Scene


@dataclass(frozen=True)
class CameOut:
    """A sheet that came out: when, under which screen, and whose card had proven the order last."""

    at: float
    sheet: SheetOut
    scene: Scene
    authenticated: str | None


@dataclass(frozen=True)
class Watched:
    """Actions that are told of each effect before it is done."""

    actions: Actions
    about_to: Callable[[Effect], None]

    def start(self, effect: Effect, tell: Tell) -> Job | None:
        self.about_to(effect)
        return self.actions.start(effect, tell)


@dataclass(frozen=True)
class SimMachine:
    """Fulfils the terminal's `Machine`."""

    world: "World"

    def feed(self) -> None:
        self.world.surroundings.feed()

    def shut_down(self) -> None:
        self.world.surroundings.going_down()
        self.world.time.after(DOWN_AFTER_S, self.world.machine_down)


class SimKiosk:
    """One life of the kiosk's program: from power on to a power cut."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.alive = True
        self.pad = PinPad()
        self.journal = Journal(world.store, nullcontext())
        self._lanes: dict[LaneName, Lane] = {name: world.time.lane(name.value) for name in LaneName}
        attempts = Attempts()
        entry = an_entry(MUNICIPALITY, "server")

        def keys(municipality: str, *, anew: bool = False) -> Signatory:
            return a_signatory(municipality, world.server.municipal_key.raw_public_key)

        server = WireServer(MUNICIPALITY, lambda _: entry, keys, lambda _: world.network)
        actions = self._actions(attempts, server)
        self.runner = Runner(
            state=Terminal(),
            flow=resident_flow(world.rules),
            queue=self,
            actions=Watched(actions, lambda effect: self.world.about_to(effect)),
            lanes=self._lanes,
            scheduler=world.time,
            fault_log=self._fault,
        )
        self.runner.observe(self._shown)
        world.reader.watch(lambda event: self.put(SlotChanged(event)))
        world.surroundings.watch(self._sensed)
        self.put(PoweredOn(alarmed=bool(self.journal.alarms_untold)))

    def _actions(self, attempts: Attempts, server: WireServer) -> Actions:
        settled = settling(self.journal, self.world.payment, self.world.time)
        return Actions(
            attempts=attempts,
            pad=self.pad,
            card=CardDesk(self.world.reader, attempts, SITE, self.world.entropy),
            server=ServerDesk(only(server), attempts, self.journal),
            check=Check(attempts, read_faces),
            paper=PaperDesk(self.world.printer, self.world.slip_printer, attempts, self.journal, self.world.entropy),
            slips=SlipDesk(SlipPrinting(self.world.slip_printer, SITE, self.world.local_time)),
            cash=CashDesk(self.world.cash, self.journal),
            cashless=CashlessDesk(settled, self.world.entropy),
            recovery=Recovery(self.world.cash, self.journal, cashless=settled),
            journal=self.journal,
            surroundings=self.world.surroundings,
            machine=SimMachine(self.world),
            voice=VoiceDesk(VirtualVoice()),
            number=NumberDesk(self.world.reader, NoHeadphones()),
            voices=Voices(announce=lambda _: None, call_staff=self.world.staff_called),
            entropy=self.world.entropy,
            now=self.world.local_time,
        )

    @property
    def state(self) -> Terminal:
        return self.runner.state

    def put(self, event: Event | None) -> None:
        """Fulfils the runner's queue: everything that is put is handled next."""
        if event is not None and self.alive:
            self.world.time.after(0, lambda: self._handle(event))

    def get(self) -> Event | None:
        raise AssertionError("the simulation hands events over by itself")

    def cut(self) -> None:
        """The power goes."""
        self.alive = False
        for lane in self._lanes.values():
            lane.cut()

    def _handle(self, event: Event) -> None:
        if self.alive:
            try:
                self.world.about_to(event)
                self.runner.handle(event)
            except PowerCut:
                return
            for watcher in list(self.world.watchers):
                watcher()

    def _sensed(self, event: SensorEvent) -> None:
        self.put(event)

    def _shown(self, state: Terminal) -> None:
        self.world.screen_shows(state)

    def _fault(self, effect: str, fault: BaseException) -> None:
        self.world.faults.append((effect, fault))


@dataclass
class World:
    """Everything there is. `entropy` and every choice come from the seed."""

    server: ServerForTests
    seed: int
    number: int = 0
    """Tells worlds of one seed over the same server apart: no two may make the same order ids."""
    rules: SiteRules = field(default_factory=SiteRules)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self._entropy = random.Random(f"{self.seed}/{self.number}")
        self.time = SimTime()
        self.server.clock.set(START)
        self.server.refresh_crl()
        self.network = SimNetwork(
            self.time, self.server.node.issuance, self.server.caller(SITE.terminal), self._tell_server_time
        )
        self.surroundings = VirtualSurroundings()
        self.reader = VirtualReader(self.time)
        self.cash = SimCash(self.time, lambda yen: self.surroundings.put(Place.CHANGE_TRAY, yen))
        self.payment = VirtualPaymentTerminal(self.time)
        self.printer = VirtualPagePrinter(self.time, sheets_available=PAPER, put_in_tray=self._sheet_out)
        self.slip_printer = VirtualSlipPrinter(put_out=lambda slip: self.surroundings.put(Place.RECEIPT_SLOT, slip))
        self.store = SimStore()
        self.screen: list[Shown] = []
        self.sheets: list[CameOut] = []
        self.staff_calls: list[CallStaff] = []
        self.faults: list[tuple[str, BaseException]] = []
        self.watchers: list[Callable[[], None]] = []
        self.about_to: Callable[[Event | Effect], None] = lambda _: None
        """Told of each event before it is handled, of each effect before it is done; may raise `PowerCut`."""
        self.on_reader: str | None = None
        self.authenticated: str | None = None
        self.stuck = 0
        self.cash_always_spoke = True
        self.slips_always_came = True
        self._start_wanted = False
        self.visits_over_things_left = 0
        self.visits_not_to_begin = 0
        self.money_over_a_card = 0
        self._card_since = 0.0
        self.ledger_before = self._ledger_end()
        self.kiosk = SimKiosk(self)

    @property
    def state(self) -> Terminal:
        return self.kiosk.state

    @property
    def scene(self) -> Scene:
        return self.kiosk.state.scene

    def entropy(self, length: int) -> bytes:
        return self._entropy.randbytes(length)

    def local_time(self) -> datetime:
        return START + timedelta(seconds=self.time.now)

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
        """The kiosk's power goes, and comes back so much later. Devices keep what they hold; slots close. What a full
        disk did not take would be lost with it: then the power stays."""
        if not self.kiosk.alive or not self.kiosk.journal.works:
            return
        self.kiosk.cut()
        self.cash.inhibit()
        self.time.after(seconds, self._power_on)

    def machine_down(self) -> None:
        """Switched off in order; what a full disk did not take is waited for. It is switched on with the mains."""
        if not self.kiosk.alive:
            return
        if not self.kiosk.journal.works:
            self.time.after(DOWN_AFTER_S, self.machine_down)
            return
        self.kiosk.cut()
        self.cash.inhibit()
        self.time.after(ON_AGAIN_S, self._on_with_mains)

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
            left = self.surroundings.lying(Place.SHEET_TRAY) + self.surroundings.lying(Place.CHANGE_TRAY)
            self.visits_over_things_left += bool(left)
            unsafe = self.surroundings.door_open or self.surroundings.silent
            self.visits_not_to_begin += unsafe or self.surroundings.power is not Power.MAINS
        if type(state.scene).__name__ == "Pay" and type(last).__name__ != "Pay":
            lies = self.reader.card is not None and self.time.now - self._card_since > NOTICED_S
            self.money_over_a_card += lies
        if state.scene != last:
            self.screen.append(Shown(self.time.now, state.scene))
        if type(state.scene).__name__ == "TakeCard" and type(last).__name__ == "ProvingOrder":
            self.authenticated = self.on_reader

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
        if self._start_wanted and self.kiosk.alive:
            if not self.kiosk.journal.works:
                self.time.after(STAFF_COMES_AFTER_S, self.staff_come)
                return
            self._start_wanted = False
            self.cut_power(5)

    def mend(self) -> None:
        """Every device works again."""
        self.printer.answer_again()
        for problem in PrinterProblem:
            self.printer.mend(problem)
            self.slip_printer.mend(problem)
        self.printer.refill(PAPER)
        self.cash.broken = self.store.full = False
        self.store.failing.clear()
        self.stuck += self.cash.state().stuck
        for trouble in tuple(self.cash.status().problems):
            self.cash.mend(trouble)
        self.reader.slow(0)
        self.reader.restore()
        self.surroundings.speak_again()
        self.surroundings.shut_door()

    def close_alarms(self) -> int:
        """A person at the municipality looks into every alarm and closes it; how many there were."""
        with self.server.database.writing() as connection, open_book(connection, MUNICIPALITY) as book:
            found = [alarm for alarm in list_alarms(connection, MUNICIPALITY) if alarm.closed_at is None]
            for alarm in found:
                close_alarm(connection, book, alarm.alarm_id, "looked into", unix(self.local_time()))
        return len(found)

    def _ledger_end(self) -> int:
        with self.server.database.reading() as connection:
            state = read_state(connection, MUNICIPALITY)
        assert state is not None
        return state.ledger_seq

    def _sheet_out(self, sheet: SheetOut) -> None:
        self.sheets.append(CameOut(self.time.now, sheet, self.scene, self.authenticated))
        self.surroundings.put(Place.SHEET_TRAY, sheet)

    def _tell_server_time(self) -> None:
        self.server.clock.set(self.local_time())
