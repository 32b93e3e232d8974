"""A whole story from one number: who comes, what they want, what they do instead, and what breaks meanwhile."""

import random
from collections.abc import Callable

from hardware.card.virtual.persona import PersonaKind
from kiosk.flow import scenes as at
from kiosk.flow.scenes import Scene
from kiosk.flow.touches import Key, Pressed
from tests.support.books_outside import whole
from tests.support.sim_cashless import cut_at, silent_at
from tests.support.sim_faults import at_screen
from tests.support.sim_network import CALLS, NetworkFault, Planned
from tests.support.sim_oracle import check, ledger_now, pages_of
from tests.support.sim_person import CANCEL, Person, Wish, hurried_or_slow
from tests.support.sim_scenario import FIRST, SECOND, Post, back_in_service, until_over
from tests.support.sim_troubles import Trouble, at_home, other_card
from tests.support.sim_world import Site, World

PURPOSES = ("bank", "licence", "employer", "housing", "pension")
PIECES = ((1000,), (500,), (100,), (500, 100), (50, 100, 10), (5000,))
STRANGERS = (PersonaKind.FOREIGN, PersonaKind.LOCKED, PersonaKind.FACE_AUTH, PersonaKind.EXPIRED, PersonaKind.NORMAL)
QUEUE_WAITS_S = 400.0
PIN_TRIES, MOST_PLANNED = 3, 6
OVER_CCTALK, CASHLESS, BY_BOARD = 0.25, 0.25, 0.1
"""Shares of the stories whose money device hangs on a ccTalk bus, that have a payment terminal, and whose sensors are
on a board's line: the first and the last cost more than the others."""
LATEST_SCREEN = 80
ONE_MORE = 8
"""After one story of so many somebody else comes, when everything works again."""


def play(post: Post, seed: int) -> World:
    """Plays the story of a seed to its end and holds it against the oracle. Returns the world, for those who look."""
    with post.open(seed, site_of(seed)) as world:
        chance = world.chance
        first, second = _person(post, world, FIRST), _somebody(post, world)
        planned = _plan_trouble(world, first, second)
        often = chance.choice((0.0, 0.05, 0.15))
        first.mischief = _mischief(chance, often)
        first.arrive()
        _follow(world, first, second)
        until_over(world, first, second)
        back_in_service(world)
        if not planned and not often:
            _had_all_they_came_for(world, first)
        if seed % ONE_MORE == 0 and isinstance(world.scene, at.Start):
            _one_more(post, world)
        check(world)
        return world


def _had_all_they_came_for(world: World, person: Person) -> None:
    """Where nothing goes wrong and nobody does anything else."""
    wish = person.wish
    if wish.wrong_pins < PIN_TRIES:
        own = {number for number, entry in ledger_now(world).items() if entry.resident == person.resident}
        came = len(whole([page for page in pages_of(world) if page[0] in own]))
        assert came == wish.documents, f"{came} documents of {wish.documents} came, and nothing went wrong"


def _one_more(post: Post, world: World) -> None:
    """Somebody finds a terminal that works, and pays as it takes payment now; what did not come up before may still
    strike, each once."""
    before = len(world.sheets)
    for _ in range(MOST_PLANNED + 1):
        if isinstance(world.scene, at.Start):
            covers = () if world.state.takes_cash else (True,)
            person = post.person(world, SECOND, Wish(("employer",), pieces=(100,), covers=covers))
            person.arrive()
            until_over(world, person)
            back_in_service(world)
        if len(world.sheets) > before:
            return
    assert isinstance(world.scene, at.Closed), "everything works again, and nobody gets anything"


def site_of(seed: int) -> Site:
    """What stands at the post office of a seed."""
    chance = random.Random(f"site of {seed}")
    return Site(
        cctalk=chance.random() < OVER_CCTALK,
        workers=chance.choice((1, 1, 2)),
        cashless=chance.random() < CASHLESS,
        board=chance.random() < BY_BOARD,
    )


def _person(post: Post, world: World, resident: str) -> Person:
    chance = world.chance
    wish = Wish(
        purposes=tuple(chance.choices(PURPOSES, k=chance.choice((1, 1, 2, 3)))),
        copies=chance.choice((1, 1, 1, 2, 3)),
        members=chance.random() < 0.2,
        pieces=chance.choice(PIECES),
        wrong_pins=chance.choice((0, 0, 0, 0, 1, 2, 3)),
        covers=chance.choice(((True,), (True,), (False, True), (False,), ())),
    )
    person = post.person(world, resident, wish)
    person.pace = hurried_or_slow(chance)
    return person


def _somebody(post: Post, world: World) -> Person:
    """Mostly another resident, sometimes somebody whose card does not do."""
    if world.chance.random() < 0.25:
        return post.stranger(world, world.chance.choice(STRANGERS))
    return _person(post, world, SECOND)


def _plan_trouble(world: World, first: Person, second: Person) -> bool:
    """What breaks, at a time or at a screen; whether anything does."""
    chance = world.chance
    troubles = chance.choice((0, 1, 1, 2, 3))
    for _ in range(troubles):
        strike = _strike(world, first, second, chance.choice(at_home(world.site)))
        if chance.random() < 0.5:
            world.time.after(chance.uniform(0, 60), strike)
        else:
            at_screen(world, chance.randint(1, LATEST_SCREEN), strike)
    if world.site.cashless and chance.random() < 0.2:
        moment = chance.randint(1, 8)
        cut_at(world, moment) if chance.random() < 0.5 else silent_at(world, moment, chance.choice((20.0, 400.0)))
        troubles += 1
    faults = chance.choice((0, 0, 1, 2))
    for _ in range(faults):
        method = chance.choice(CALLS)
        nth = world.network.calls(method) + chance.choice((0, 0, 1, 2))
        world.network.plans.append(Planned(method, nth, chance.choice(tuple(NetworkFault))))
    return bool(troubles or faults)


def _strike(world: World, first: Person, second: Person, trouble: Trouble) -> Callable[[], None]:
    """Trouble finds a terminal that has power, and whoever is there."""
    return lambda: trouble.strike(world, second if second.here else first) if world.kiosk.alive else None


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
