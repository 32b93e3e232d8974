"""The journeys that faults are tried on, each with all that can go wrong in it alone: every trouble at every step,
every network fault at every call, the power at every moment, the card pulled at every command, every write that fails.
"""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from zlib import crc32

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
MOMENTS_AFTER = 24
"""Within so many a visit that broke off is over, its slip printed and its note written."""
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
BY_BOARD = Journey("two documents before a sensor board", Wish(("employer", "bank")), Site(board=True))
ON_A_BUS = Journey("a note over ccTalk", Wish(("employer", "bank")), Site(cctalk=True))
CASHLESS = Journey("two documents, cashless", Wish(("employer", "bank"), covers=(True,)), Site(cashless=True))
BACK_OVER_CCTALK = Journey(
    "money wanted back over ccTalk", Wish(("employer", "bank"), pieces=(500,)), Site(cctalk=True), _stops_paying
)
NO_CASH = Journey(
    "cashless where no cash can be paid", Wish(("employer",), covers=(True,)), Site(cashless=True, change=False)
)
JOURNEYS = (
    TWO_DOCUMENTS,
    ON_A_BUS,
    Journey("coins over ccTalk", Wish(("employer",), pieces=(500, 100)), Site(cctalk=True)),
    Journey("copies for coins, two server processes", Wish(("employer",), 3, pieces=(500, 100)), Site(workers=2)),
    Journey("a household for a large note", Wish(("housing", "pension"), members=True, pieces=(5000,))),
    Journey("a wrong PIN first", Wish(("bank",), wrong_pins=1)),
    Journey("a PIN that gets locked", Wish(wrong_pins=3)),
    Journey("money wanted back", Wish(("employer", "bank"), pieces=(100,)), mischief=_stops_paying),
    BACK_OVER_CCTALK,
    CASHLESS,
    NO_CASH,
    Journey("declined, then cash", Wish(("employer",), covers=(False,)), Site(cashless=True)),
    BY_BOARD,
    Journey("a card from elsewhere", stranger=PersonaKind.FOREIGN),
    Journey("a card without a PIN", stranger=PersonaKind.FACE_AUTH),
)


@dataclass(frozen=True)
class Case:
    """One thing that goes wrong at one place of a journey. `came`: whether it did."""

    kind: str
    name: str
    meddle: Meddle
    came: Callable[[World], bool]

    @property
    def seed(self) -> int:
        """Of all that chance decides in it."""
        return crc32(self.name.encode())


class DidNotComeUp(Exception):
    """A case in which nothing went wrong says nothing."""


def play_case(post: Post, journey: Journey, case: Case | None = None) -> World:
    """The journey with that, to its end, held against the oracle. Raises `AssertionError` with its story."""
    with post.open(0 if case is None else case.seed, journey.site) as world:
        person = journey.person(post, world)
        if case is not None:
            case.meddle(world, person)
        try:
            person.arrive()
            until_over(world, person)
            back_in_service(world)
            check(world)
            if case is not None and not case.came(world):
                raise DidNotComeUp("it did not come up")
        except DidNotComeUp:
            raise
        except Exception as error:
            raise AssertionError(f"{journey}, {case and case.name}: {error}\n{story(world)}") from error
        return world


@dataclass(frozen=True)
class Seen:
    """What a journey consists of when nothing goes wrong."""

    steps: tuple[int, ...]
    moments: int
    commands: int
    writes: int
    calls: Mapping[str, int]
    """How often each method was called."""
    apart: int = 1
    """So many moments pass for one that is none of a bus."""
    at_writes: tuple[int, ...] = ()
    """Moments just before a write to the disk."""

    @property
    def moments_after(self) -> range:
        """At which the power goes after something else went wrong."""
        return range(1, 1 + self.apart * MOMENTS_AFTER, self.apart)


def seen(post: Post, journey: Journey) -> Seen:
    """Plays it once."""
    with post.open(0, journey.site) as world:
        screens, moments, writes = len(world.screen), len(world.moments.passed), world.store.writes
        calls = {method: world.network.calls(method) for method in CALLS}
        person = journey.person(post, world)
        person.arrive()
        until_over(world, person)
        calls = {method: world.network.calls(method) - before for method, before in calls.items()}
        back_in_service(world)
        check(world)
        passed = world.moments.passed[moments:]
        return Seen(
            (0, *steps_of(world, screens)),
            len(passed),
            passed.count("before card.transmit"),
            world.store.writes - writes,
            calls,
            len(passed) // sum("wire." not in each for each in passed),
            tuple(number for number, moment in enumerate(passed, 1) if moment.startswith("before write ")),
        )


def cases(journey: Journey, shape: Seen) -> Iterator[Case]:
    """Everything that can go wrong in it alone."""
    for trouble in at_home(journey.site):
        if not trouble.by_lot:
            yield from with_trouble(trouble, shape)
    for fault in NetworkFault:
        yield from with_fault(fault, shape)
    yield from with_power_cuts(shape)
    if shape.calls["Prepare"]:
        yield from with_full_disk_and_power_cuts(shape)
        yield from with_broken_disk_and_power_cuts(shape)
        yield from with_disk_breaking_at_writes(shape)
    yield from with_card_pulled(shape)
    yield from with_writes_failing(shape)


def with_trouble(trouble: Trouble, shape: Seen) -> Iterator[Case]:
    """It happens at every step."""
    for step in shape.steps:

        def meddle(world: World, person: Person, step: int = step) -> None:
            at_screen(world, step, lambda: trouble.strike(world, person))

        yield Case("trouble at a step", f"{trouble} at screen {step}", meddle, lambda world: bool(world.struck))


def with_fault(fault: NetworkFault, shape: Seen) -> Iterator[Case]:
    """It meets every call, alone or with the one after it, which is the same tried again where it is."""

    def meddle(world: World, _person: Person, method: str, calls: range) -> None:
        before = world.network.calls(method)
        world.network.plans += [Planned(method, nth + before, fault) for nth in calls]

    for method, most in shape.calls.items():
        for nth, times in itertools.product(range(most), (1, 2)):
            name = f"{fault.value} at {method} {nth}{' and at the next' if times > 1 else ''}"
            planned = partial(meddle, method=method, calls=range(nth, nth + times))
            yield Case("network fault at a call", name, planned, lambda world: bool(world.network.met))


def with_power_cuts(shape: Seen, every: int = 1) -> Iterator[Case]:
    """The power goes at every moment: before and after each command to a device and each write to the disk."""

    def meddle(world: World, _person: Person, number: int) -> None:
        if world.site.cctalk:
            world.cash_always_spoke = False
        world.moments.arm(number, lambda: world.cut_here(OFF_S))

    for number in range(1, shape.moments + 1, every):
        yield Case(
            "power cut at a moment",
            f"power cut at moment {number}",
            partial(meddle, number=number),
            lambda world: world.power_cuts > 0,
        )


def with_full_disk_and_power_cuts(shape: Seen, every: int = 1) -> Iterator[Case]:
    """At each step the disk gets full and stays so, the money device is away, and the power goes at each moment after
    it; when it is back all comes out that is held. What was owed stands on a slip, and every slip is known."""

    def meddle(world: World, _person: Person, step: int, number: int) -> None:
        world.cash_always_spoke = False

        def strike() -> None:
            world.store.disk_full = True
            world.cash.go_away()
            world.moments.arm(number, lambda: _cut_and_mended(world))

        at_screen(world, step, strike)

    for step, number in islice(itertools.product(shape.steps, shape.moments_after), 0, None, every):
        yield Case(
            "full disk, power cut at a moment",
            f"full disk, money device away at screen {step}, power cut {number} moments later",
            partial(meddle, step=step, number=number),
            lambda world: world.power_cuts > 0,
        )


def with_broken_disk_and_power_cuts(shape: Seen, every: int = 1) -> Iterator[Case]:
    """At each step the disk, with the journal and a machine's account on it, takes nothing any more, and the power goes
    at each moment after it: the disk is mended meanwhile, or the power goes once more while it takes nothing yet. What
    went back unwritten is in doubt then, once; what had not is not."""

    def meddle(world: World, _person: Person, step: int, number: int, cut: Callable[[World], None]) -> None:
        if world.site.cctalk:
            world.cash_always_spoke = False

        def strike() -> None:
            world.store.broken = True
            world.moments.arm(number, lambda: cut(world))

        at_screen(world, step, strike)

    cuts = {"twice": _cut_twice, "with the disk mended": _cut_and_disk_mended}
    among = itertools.product(shape.steps, shape.moments_after, cuts)
    for step, number, how in islice(among, 0, None, every):
        yield Case(
            "broken disk, power cut at a moment",
            f"broken disk at screen {step}, power cut {number} moments later, {how}",
            partial(meddle, step=step, number=number, cut=cuts[how]),
            lambda world: world.power_cuts > 0,
        )


def with_disk_breaking_at_writes(shape: Seen, every: int = 1) -> Iterator[Case]:
    """The disk breaks as the journal or a machine's account is about to be written, and the power goes some moments
    after; the disk is mended meanwhile."""

    def meddle(world: World, _person: Person, write: int, number: int) -> None:
        if world.site.cctalk:
            world.cash_always_spoke = False

        def strike() -> None:
            world.store.broken = True
            world.moments.arm(number, lambda: _cut_and_disk_mended(world))

        world.moments.arm(write, strike)

    for write, number in islice(itertools.product(shape.at_writes, shape.moments_after), 0, None, every):
        yield Case(
            "disk breaks at a write, power cut at a moment",
            f"disk broken before the write at moment {write}, power cut {number} moments later",
            partial(meddle, write=write, number=number),
            lambda world: world.power_cuts > 0,
        )


def _cut_twice(world: World) -> None:
    world.time.after(2 * OFF_S, lambda: world.cut_power(OFF_S))
    world.kill_here(OFF_S)


def _cut_and_disk_mended(world: World) -> None:
    world.time.after(OFF_S / 2, world.mend_disk)
    world.kill_here(OFF_S)


def _cut_and_mended(world: World) -> None:
    world.mend_cash()
    world.kill_here(OFF_S)


def with_card_pulled(shape: Seen, every: int = 1) -> Iterator[Case]:
    """The card leaves in every command."""
    for number in range(0, shape.commands, every):

        def meddle(world: World, _person: Person, number: int = number) -> None:
            world.reader.pull_after(number)

        yield Case(
            "card pulled at a command",
            f"card pulled at command {number}",
            meddle,
            partial(_commanded, number),
        )


def _commanded(number: int, world: World) -> bool:
    return world.moments.passed.count("before card.transmit") > number


def with_writes_failing(shape: Seen) -> Iterator[Case]:
    """Every write of the journal fails, alone or with all after it."""
    for number, lasts in itertools.product(range(1, shape.writes + 1), (False, True)):

        def meddle(world: World, _person: Person, number: int = number, lasts: bool = lasts) -> None:
            until = (FOR_GOOD if lasts else number) + 1
            world.store.failing |= {world.store.writes + each for each in range(number, until)}

        yield Case(
            "journal can't be written", f"write {number} fails, {lasts=}", meddle, lambda world: world.store.failed > 0
        )
