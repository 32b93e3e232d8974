"""A whole story from one number: who comes, what they want, what they do instead, and what breaks meanwhile."""

import random
from collections.abc import Callable

from hardware.card.virtual.persona import PersonaKind
from kiosk.flow.scenes import Scene
from kiosk.flow.touches import Key, Pressed
from tests.support.sim_network import CALLS, NetworkFault, Planned
from tests.support.sim_oracle import check
from tests.support.sim_person import CANCEL, Person, Wish, hurried_or_slow
from tests.support.sim_scenario import FIRST, SECOND, Post, back_in_service, until_over
from tests.support.sim_troubles import Trouble, at_home, other_card
from tests.support.sim_world import Site, World

PURPOSES = ("bank", "licence", "employer", "housing", "pension")
PIECES = ((1000,), (500,), (100,), (500, 100), (50, 100, 10), (5000,))
STRANGERS = (PersonaKind.FOREIGN, PersonaKind.LOCKED, PersonaKind.FACE_AUTH, PersonaKind.EXPIRED, PersonaKind.NORMAL)
QUEUE_WAITS_S = 400.0
OVER_CCTALK = 0.25
"""Share of the stories whose money device hangs on a ccTalk bus: they cost more than the others."""


def play(post: Post, seed: int) -> World:
    """Plays the story of a seed to its end and holds it against the oracle. Returns the world, for those who look."""
    with post.open(seed, site_of(seed)) as world:
        chance = world.chance
        first, second = _person(post, world, FIRST), _somebody(post, world)
        lost = _plan_trouble(world, first)
        first.mischief = _mischief(chance, chance.choice((0.0, 0.05, 0.15)))
        first.arrive()
        _follow(world, first, second)
        until_over(world, first, second)
        back_in_service(world)
        check(world, printer_was_lost=lost)
        return world


def site_of(seed: int) -> Site:
    """What stands at the post office of a seed."""
    chance = random.Random(f"site of {seed}")
    return Site(cctalk=chance.random() < OVER_CCTALK, workers=chance.choice((1, 1, 2)))


def _person(post: Post, world: World, resident: str) -> Person:
    chance = world.chance
    wish = Wish(
        purposes=tuple(chance.choices(PURPOSES, k=chance.choice((1, 1, 2, 3)))),
        copies=chance.choice((1, 1, 1, 2, 3)),
        members=chance.random() < 0.2,
        pieces=chance.choice(PIECES),
        wrong_pins=chance.choice((0, 0, 0, 0, 1, 2, 3)),
    )
    person = post.person(world, resident, wish)
    person.pace = hurried_or_slow(chance)
    return person


def _somebody(post: Post, world: World) -> Person:
    """Mostly another resident, sometimes somebody whose card does not do."""
    if world.chance.random() < 0.25:
        return post.stranger(world, world.chance.choice(STRANGERS))
    return _person(post, world, SECOND)


def _plan_trouble(world: World, person: Person) -> bool:
    """What breaks; whether sight of a sheet may be lost."""
    chance, lost = world.chance, False
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        trouble = chance.choice(at_home(world.site))
        lost = lost or trouble.loses_sight
        world.time.after(chance.uniform(0, 60), _strike(world, person, trouble))
    for _ in range(chance.choice((0, 0, 1, 2))):
        method = chance.choice(CALLS)
        nth = world.network.calls(method) + chance.choice((0, 0, 1, 2))
        world.network.plans.append(Planned(method, nth, chance.choice(tuple(NetworkFault))))
    return lost


def _strike(world: World, person: Person, trouble: Trouble) -> Callable[[], None]:
    """Trouble finds a terminal that has power."""
    return lambda: trouble.strike(world, person) if world.kiosk.alive else None


def _mischief(chance: random.Random, often: float) -> Callable[[Person, Scene], bool]:
    deeds: tuple[Callable[[Person], None], ...] = (
        lambda person: person.leave(),
        lambda person: person.pull_card(),
        lambda person: person.touch(Pressed(Key.BACK)),
        lambda person: person.touch(*CANCEL),
        lambda person: person.touch(*(Pressed(chance.choice(tuple(Key))) for _ in range(5))),
        lambda person: person.take_everything(),
        lambda person: person.put_card(),
        lambda _: None,
        _lends_the_reader,
    )

    def instead(person: Person, _scene: Scene) -> bool:
        if chance.random() >= often:
            return False
        chance.choice(deeds)(person)
        return chance.random() < 0.7

    return instead


def _lends_the_reader(person: Person) -> None:
    """Puts another card there."""
    person.pull_card()
    if person.world.reader.card is None:
        person.world.put_card("somebody else", other_card(person.world))


def _follow(world: World, first: Person, second: Person) -> None:
    """The next one comes when the first has gone, or does not want to wait any longer."""

    def come() -> None:
        if not second.here and not second.done:
            second.arrive()

    def look() -> None:
        if first.done and look in world.watchers:
            world.watchers.remove(look)
            world.time.after(world.chance.uniform(0.5, 40), come)

    world.watchers.append(look)
    world.time.after(QUEUE_WAITS_S, come)
