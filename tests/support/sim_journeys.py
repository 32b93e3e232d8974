"""The journeys that faults are tried on, each with all that can go wrong in it alone: every trouble at every step,
every network fault at every call, the power at every moment, the card pulled at every command, every write that fails.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from hardware.card.virtual.persona import PersonaKind
from kiosk.flow import scenes as at
from kiosk.flow.scenes import Scene
from tests.support.sim_faults import at_screen, steps_of
from tests.support.sim_network import CALLS, NetworkFault, Planned
from tests.support.sim_oracle import check
from tests.support.sim_person import CANCEL, Person, Wish
from tests.support.sim_scenario import FIRST, Post, back_in_service, story, until_over
from tests.support.sim_troubles import Trouble, at_home
from tests.support.sim_world import Site, World

Meddle = Callable[[World, Person], None]
FOR_GOOD = 10_000
OFF_S = 10.0


def _as_wished(_person: Person, _scene: Scene) -> bool:
    return False


def _stops_paying(person: Person, scene: Scene) -> bool:
    """Puts something in and wants it back."""
    if isinstance(scene, at.Pay) and scene.held:
        person.touch(*CANCEL)
        return True
    return False


@dataclass(frozen=True)
class Journey:
    """Who comes for what, and where. `stranger` has a card that is not served here."""

    name: str
    wish: Wish = field(default_factory=Wish)
    site: Site = field(default_factory=Site)
    mischief: Callable[[Person, Scene], bool] = _as_wished
    stranger: PersonaKind | None = None

    def __str__(self) -> str:
        return self.name

    def person(self, post: Post, world: World) -> Person:
        if self.stranger is not None:
            return post.stranger(world, self.stranger)
        person = post.person(world, FIRST, self.wish)
        person.mischief = self.mischief
        return person


TWO_DOCUMENTS = Journey("two documents", Wish(("employer", "bank")))
ON_A_BUS = Journey("a note over ccTalk", Wish(("employer", "bank")), Site(cctalk=True))
JOURNEYS = (
    TWO_DOCUMENTS,
    ON_A_BUS,
    Journey("coins over ccTalk", Wish(("employer",), pieces=(500, 100)), Site(cctalk=True)),
    Journey("copies for coins, two server processes", Wish(("employer",), 3, pieces=(500, 100)), Site(workers=2)),
    Journey("a household for a large note", Wish(("housing", "pension"), members=True, pieces=(5000,))),
    Journey("a wrong PIN first", Wish(("bank",), wrong_pins=1)),
    Journey("a PIN that gets locked", Wish(wrong_pins=3)),
    Journey("money wanted back", Wish(("employer", "bank"), pieces=(100,)), mischief=_stops_paying),
    Journey(
        "money wanted back over ccTalk", Wish(("employer", "bank"), pieces=(500,)), Site(cctalk=True), _stops_paying
    ),
    Journey("a card from elsewhere", stranger=PersonaKind.FOREIGN),
    Journey("a card without a PIN", stranger=PersonaKind.FACE_AUTH),
)


@dataclass(frozen=True)
class Case:
    """One thing that goes wrong at one place of a journey."""

    kind: str
    name: str
    meddle: Meddle
    loses_sight: bool = False


def play_case(post: Post, journey: Journey, case: Case | None = None) -> World:
    """The journey with that, to its end, held against the oracle. Raises `AssertionError` with its story."""
    with post.open(0, journey.site) as world:
        person = journey.person(post, world)
        if case is not None:
            case.meddle(world, person)
        try:
            person.arrive()
            until_over(world, person)
            back_in_service(world)
            check(world, printer_was_lost=case is not None and case.loses_sight)
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"{journey}, {case and case.name}: {error}\n{story(world)}") from error
        return world


@dataclass(frozen=True)
class Seen:
    """What a journey consists of when nothing goes wrong."""

    steps: tuple[int, ...]
    moments: int
    commands: int
    writes: int


def seen(post: Post, journey: Journey) -> Seen:
    """Plays it once."""
    with post.open(0, journey.site) as world:
        screens, moments, writes = len(world.screen), len(world.moments.passed), world.store.writes
        person = journey.person(post, world)
        person.arrive()
        until_over(world, person)
        back_in_service(world)
        check(world)
        passed = world.moments.passed[moments:]
        return Seen(
            (0, *steps_of(world, screens)),
            len(passed),
            passed.count("before card.transmit"),
            world.store.writes - writes,
        )


def cases(journey: Journey, shape: Seen) -> Iterator[Case]:
    """Everything that can go wrong in it alone."""
    for trouble in at_home(journey.site):
        yield from with_trouble(trouble, shape)
    for fault in NetworkFault:
        yield from with_fault(fault)
    yield from with_power_cuts(shape)
    yield from with_card_pulled(shape)
    yield from with_writes_failing(shape)


def with_trouble(trouble: Trouble, shape: Seen) -> Iterator[Case]:
    """It happens at every step."""
    for step in shape.steps:

        def meddle(world: World, person: Person, step: int = step) -> None:
            at_screen(world, step, lambda: trouble.strike(world, person))

        yield Case("trouble at a step", f"{trouble} at screen {step}", meddle, trouble.loses_sight)


def with_fault(fault: NetworkFault) -> Iterator[Case]:
    """It meets every call, the first time or when it is tried again."""

    def meddle(world: World, _person: Person, method: str, nth: int) -> None:
        world.network.plans.append(Planned(method, nth + world.network.calls(method), fault))

    for method, nth in itertools.product(CALLS, (0, 1)):
        yield Case(
            "network fault at a call", f"{fault.value} at {method} {nth}", partial(meddle, method=method, nth=nth)
        )


def with_power_cuts(shape: Seen, every: int = 1) -> Iterator[Case]:
    """The power goes at every moment: before and after each command to a device and each write to the disk."""

    def meddle(world: World, _person: Person, number: int) -> None:
        if world.site.cctalk:
            world.cash_always_spoke = False
        world.moments.arm(number, lambda: world.cut_here(OFF_S))

    for number in range(1, shape.moments + 1, every):
        yield Case("power cut at a moment", f"power cut at moment {number}", partial(meddle, number=number))


def with_card_pulled(shape: Seen, every: int = 1) -> Iterator[Case]:
    """The card leaves in every command."""
    for number in range(0, shape.commands, every):

        def meddle(world: World, _person: Person, number: int = number) -> None:
            world.reader.pull_after(number)

        yield Case("card pulled at a command", f"card pulled at command {number}", meddle)


def with_writes_failing(shape: Seen) -> Iterator[Case]:
    """Every write of the journal fails, alone or with all after it."""
    for number, lasts in itertools.product(range(1, shape.writes + 1), (False, True)):

        def meddle(world: World, _person: Person, number: int = number, lasts: bool = lasts) -> None:
            until = (FOR_GOOD if lasts else number) + 1
            world.store.failing |= {world.store.writes + each for each in range(number, until)}

        yield Case("journal can't be written", f"write {number} fails, {lasts=}", meddle)
