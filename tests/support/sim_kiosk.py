"""One life of the kiosk's program: the real runner, flow and actions over the devices of a simulated post office, from
power on to a power cut."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hardware.keypad.pin import PinPad
from hardware.sensors.model import SensorEvent, Surroundings
from hardware.voice.headphones import NoHeadphones
from kiosk.actions.attempt import Attempts
from kiosk.actions.card import CardActions
from kiosk.actions.cash import CashActions
from kiosk.actions.cashless import CashlessActions
from kiosk.actions.dispatch import Actions, Voices
from kiosk.actions.documents import Check
from kiosk.actions.jobs import Job, Tell
from kiosk.actions.jobs import Lane as LaneName
from kiosk.actions.journal import Journal
from kiosk.actions.number import NumberActions
from kiosk.actions.paper import PaperActions
from kiosk.actions.recovery import Recovery
from kiosk.actions.server_side import server_actions
from kiosk.actions.site import Site
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.actions.slips import SlipActions
from kiosk.actions.voice import VoiceActions
from kiosk.actions.wire import WireServer
from kiosk.flow.effects import Effect
from kiosk.flow.events import Event, PoweredOn, SlotChanged
from kiosk.flow.state import Terminal
from kiosk.runner.flows import resident_flow
from kiosk.runner.runner import Runner
from koufu.evidence.trustlist import Signatory
from koufu.ground.profiles import USUAL
from tests.support.cashless import settling
from tests.support.directory_entries import an_entry
from tests.support.kiosk_actions import only
from tests.support.server import TERMINALS
from tests.support.server_people import MUNICIPALITY
from tests.support.sim_documents import faces_of
from tests.support.sim_power import Life, LifeLog
from tests.support.sim_time import Lane, PowerCut
from tests.support.trust_lists import a_signatory

if TYPE_CHECKING:
    from tests.support.sim_world import World

SITE = Site(
    municipality=MUNICIPALITY,
    terminal=TERMINALS[0],
    place="見本中央郵便局",
    place_en="Mihon Central Post Office",
    printer_profile=USUAL.profile_id,
    slip_width_dots=576,
)
DOWN_AFTER_S = 3.0
"""A machine takes so long to stop."""


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
    around: Surroundings

    def feed(self) -> None:
        self.around.feed()

    def shut_down(self) -> None:
        self.around.going_down()
        self.world.time.after(DOWN_AFTER_S, self.world.machine_down)


class SimKiosk:
    """The program. All of its commands and writes are moments of its `life`."""

    def __init__(self, world: "World") -> None:
        self.world = world
        self.life = Life(world.moments)
        self.pad = PinPad()
        self.journal = Journal(
            LifeLog(self.life, "journal", world.store), nullcontext(), lambda: world.local_time().isoformat()
        )
        self._lanes: dict[LaneName, Lane] = {name: world.time.lane(name.value) for name in LaneName}
        self._loops: list[Lane] = []
        board = world.board
        self._around = world.surroundings if board is None else board.for_program(self.life, self.spawn)
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
        self._around.watch(self._sensed)
        self.put(PoweredOn(alarmed=bool(self.journal.alarms_untold)))

    @property
    def alive(self) -> bool:
        """Whether it has power."""
        return self.life.lives

    def _actions(self, attempts: Attempts, server: WireServer) -> Actions:
        world, life = self.world, self.life
        reader = life.commanding("reader", world.reader)
        slip_printer = life.commanding("slip printer", world.slip_printer)
        cash = world.cash.for_program(life, self.spawn)
        settled = settling(self.journal, life.commanding("payment", world.payment), world.time)
        return Actions(
            attempts=attempts,
            pad=self.pad,
            card=CardActions(reader, attempts, SITE, world.entropy),
            server=server_actions(only(server), attempts, self.journal),
            check=Check(attempts, faces_of),
            paper=PaperActions(
                life.commanding("printer", world.printer), slip_printer, attempts, self.journal, world.entropy
            ),
            slips=SlipActions(SlipPrinting(slip_printer, SITE, world.local_time)),
            cash=CashActions(cash, self.journal),
            cashless=CashlessActions(settled, world.entropy),
            recovery=Recovery(cash, self.journal, cashless=settled),
            journal=self.journal,
            surroundings=self._around,
            machine=SimMachine(world, self._around),
            voice=VoiceActions(world.voice),
            number=NumberActions(reader, NoHeadphones()),
            voices=Voices(announce=lambda _: None, call_staff=world.staff_called),
            entropy=world.entropy,
            now=world.local_time,
        )

    @property
    def state(self) -> Terminal:
        return self.runner.state

    def spawn(self, name: str, run: Callable[[], None]) -> Callable[[float], bool]:
        """Fulfils `hardware.ports.Spawn`: a lane that ends with this life."""
        lane = self.world.time.lane(name)
        self._loops.append(lane)
        lane(run)
        return lambda _within: True

    def put(self, event: Event | None) -> None:
        """Fulfils the runner's queue: everything that is put is handled next."""
        if event is not None and self.alive:
            self.world.time.after(0, lambda: self._handle(event))

    def get(self) -> Event | None:
        raise AssertionError("the simulation hands events over by itself")

    def cut(self) -> None:
        """The power goes."""
        self.life.lives = False
        for lane in (*self._lanes.values(), *self._loops):
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
