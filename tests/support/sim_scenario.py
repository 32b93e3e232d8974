"""Scenarios: who comes, what goes wrong, and what must be so in the end."""

import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from operator import attrgetter
from pathlib import Path

from hardware.card.virtual.card import VirtualCard
from hardware.card.virtual.persona import PersonaKind
from hardware.errors import PayoutUnclear
from kiosk.flow import scenes as at
from kiosk.flow.values.service import OutOfService
from tests.support.server import a_server
from tests.support.sim_documents import CodedDocuments
from tests.support.sim_person import Person, Wish
from tests.support.sim_servers import SimServers
from tests.support.sim_till import DeviceBroke
from tests.support.sim_world import Site, World

LONGEST_S = 3600.0
LATE_S = 70.0
"""After so long nothing of a story is still under way."""
HEARTBEAT_S = 35.0
"""Time for one heartbeat."""
FORESEEN = (DeviceBroke, PayoutUnclear)
"""What a money device says by raising it."""
FIRST, SECOND = "kengo", "taro"
_DONE = attrgetter("done")


class Post:
    """A server with the cards it knows, for as many worlds as are wanted one after the other."""

    def __init__(self, servers: SimServers) -> None:
        self.servers = servers
        self.server = server = servers.server
        self._worlds: Counter[int] = Counter()
        self._personas = {resident: server.card(resident) for resident in (FIRST, SECOND)}

    @contextmanager
    def open(self, seed: int = 0, site: Site | None = None) -> Iterator[World]:
        """A fresh post office, its terminal in service."""
        self._worlds[seed] += 1
        world = World(self.servers, seed, self._worlds[seed], site or Site())
        try:
            world.time.run(lambda: isinstance(world.scene, at.Start), 60)
            yield world
        finally:
            world.kiosk.cut()
            world.revive_seal(FIRST)

    def person(self, world: World, resident: str, wish: Wish | None = None) -> Person:
        """A resident with a fresh card."""
        card = VirtualCard(self._personas[resident], world.entropy)
        return Person(world, resident, card, wish or Wish())

    def stranger(self, world: World, kind: PersonaKind) -> Person:
        """Somebody with a card that this municipality does not serve."""
        return Person(world, kind.value, VirtualCard(self.server.authority.issue(kind), world.entropy))


@contextmanager
def a_post() -> Iterator[Post]:
    """In memory where the machine has a place for that: nothing here must survive."""
    shared = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder,
        a_server(Path(folder), documents=(documents := CodedDocuments())) as server,
    ):
        server.refresh_crl()
        servers = SimServers(server, documents)
        try:
            yield Post(servers)
        finally:
            servers.close()


def until_over(world: World, *persons: Person) -> None:
    """Until everybody has gone and the terminal rests again, or is closed for what it says."""

    def over() -> bool:
        # Asked after everything that happens.
        if not all(map(_DONE, persons)):
            return False
        return isinstance(world.scene, (at.Start, at.Closed)) and world.kiosk.alive

    world.time.run(over, LONGEST_S)


def back_in_service(world: World) -> None:
    """Staff put everything right, a person closes what alarms there are: the terminal opens again, every outcome has
    been told, no action broke in a way nobody foresaw. From then on no call meets a fault."""
    world.time.run_for(LATE_S)
    world.network.plans.clear()
    world.network.come_back()
    world.payment.at_moment = lambda _: None
    world.payment.answer_again()
    # Clocks that are ahead by more than a revocation list lasts let nobody be checked.
    world.wall_off = world.server_off = 0.0
    world.staff_come()
    world.time.run_for(HEARTBEAT_S)
    if OutOfService.SUSPENDED in world.state.out_of_service:
        assert world.close_alarms()
        world.time.run_for(2 * HEARTBEAT_S)
    world.staff_come()
    # Nobody fills the hoppers here: then the terminal stays closed, and says why. Where there is a payment terminal
    # that can be paid with. One that was switched off is switched on with the mains, a while later.
    shut = not world.cash.has_change and not world.site.cashless
    end = at.Closed(frozenset({OutOfService.NO_CHANGE})) if shut else at.Start()
    world.time.run(lambda: world.scene == end, 300)
    world.time.run_for(HEARTBEAT_S)
    if world.kiosk.journal.saved.charges:
        world.time.run_for(HEARTBEAT_S)
    assert not world.kiosk.journal.saved.charges, "a charge stands open though the payment terminal answers (I7)"
    assert not world.kiosk.journal.waiting()
    assert not world.kiosk.journal.set_aside
    assert world.kiosk.journal.visit is None
    unforeseen = [f"{effect}: {fault!r}" for effect, fault in world.faults if not isinstance(fault, FORESEEN)]
    assert not unforeseen, unforeseen


def story(world: World) -> str:
    """What the screen showed, for whoever has to find out what happened."""
    return "\n".join(f"{shown.at:9.2f}  {str(shown.scene)[:180]}" for shown in world.screen)


def outline(world: World) -> str:
    """What a story consists of, but for what the server draws by lot: when the screen showed what kind of scene, what
    came out when, and where the money went."""
    screens = " ".join(f"{shown.at:.6f}:{type(shown.scene).__name__}" for shown in world.screen)
    sheets = " ".join(f"{out.at:.6f}:{out.sheet.sheet}" for out in world.sheets)
    calls = " ".join(f"{call.occasion.value}:{call.yen}" for call in world.staff_calls)
    return f"{screens} {sheets} {calls} {world.cash.state()} {world.payment.state()}"
