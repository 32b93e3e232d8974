"""Cashless payment at a simulated post office: a payment terminal whose power and line can go at any of its commands,
people who pay there, and what may go wrong with both."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial

from hardware.cashless.model import Charge, Debit
from hardware.cashless.virtual import Lost, VirtualPaymentTerminal
from kiosk.flow import scenes as at
from kiosk.flow.scenes import Scene
from kiosk.flow.touches import Key, Pressed
from printers.model import PrinterProblem
from tests.support.sim_oracle import check
from tests.support.sim_person import CANCEL, Person, Wish, hurried_or_slow
from tests.support.sim_scenario import FIRST, HEARTBEAT_S, SECOND, Post, back_in_service, until_over
from tests.support.sim_time import SimTime
from tests.support.sim_world import World

INSTANT_S = 0.001
AWAY_S, AWAY_LONG_S = 20.0, 400.0
"""Shorter than a resident waits for the payment terminal, and longer than anybody does."""


class SimPayment(VirtualPaymentTerminal):
    """`at_moment` is told of each moment between two commands: before one is carried out, and after it before its
    answer is heard."""

    def __init__(self, time: SimTime) -> None:
        super().__init__(time)
        self.moments = 0
        self.at_moment: Callable[[int], None] = lambda _: None

    def debit(self, charge: Charge, gives_up: Callable[[], bool]) -> Debit:
        self._moment()
        told = super().debit(charge, gives_up)
        self._moment()
        return told

    def look(self, number: str) -> Debit:
        self._moment()
        told = super().look(number)
        self._moment()
        return told

    def pay_back(self, number: str, yen: int) -> int | None:
        self._moment()
        back = super().pay_back(number, yen)
        self._moment()
        return back

    def _moment(self) -> None:
        self.moments += 1
        self.at_moment(self.moments)


@dataclass
class Holder(Person):
    """Pays cashless where that is offered. `covers` says of each try whether what is presented is covered; after those
    it is cash."""

    covers: list[bool] = field(default_factory=lambda: [True])

    def _do(self, scene: Scene) -> None:
        match scene:
            case at.ChooseMeans():
                self.touch(Pressed(Key.CASHLESS if self.covers else Key.CASH))
            case at.Present(stopping=False):
                payment(self.world).present(covered=self.covers.pop(0) if self.covers else False)
            case _:
                super()._do(scene)


@contextmanager
def open_cashless(post: Post, seed: int = 0) -> Iterator[World]:
    """A fresh post office with a payment terminal, in service."""
    with post.open(seed) as world:
        world.payment = SimPayment(world.time)
        world.rules = replace(world.rules, cashless=True)
        world.cut_power(1)
        world.time.run(lambda: world.kiosk.alive and world.state.cashless and isinstance(world.scene, at.Start), 60)
        yield world


def payment(world: World) -> SimPayment:
    """Its payment terminal."""
    assert isinstance(world.payment, SimPayment)
    return world.payment


def holder(post: Post, world: World, resident: str, wish: Wish, covers: list[bool]) -> Holder:
    """A resident with a fresh card who pays cashless."""
    person = post.person(world, resident, wish)
    return Holder(world, resident, person.card, wish, covers=covers)


def settle_and_check(world: World) -> None:
    """Everything works again, what stood open is settled, and every yen is where it must be."""
    payment(world).at_moment = lambda _: None
    payment(world).answer_again()
    back_in_service(world)
    world.time.run_for(HEARTBEAT_S)
    assert not world.kiosk.journal.saved.charges, "a charge stands open though the payment terminal answers (I7)"
    check(world)


def cut_at(world: World, number: int, seconds: float = 10.0) -> None:
    """The kiosk's power goes at that moment of the payment terminal."""

    def cut(moment: int) -> None:
        if moment == number:
            world.time.after(0, lambda: world.cut_power(seconds))
            world.time.wait(INSTANT_S)

    payment(world).at_moment = cut


def silent_at(world: World, number: int, seconds: float) -> None:
    """The payment terminal's line goes at that moment, for so long."""

    def go(moment: int) -> None:
        if moment == number:
            _silent(world, seconds)

    payment(world).at_moment = go


def _silent(world: World, seconds: float) -> None:
    payment(world).fall_silent()
    world.time.after(seconds, payment(world).answer_again)


def _cut_and_silent(world: World) -> None:
    _silent(world, AWAY_LONG_S)
    world.cut_power(10)


def _full_disk(world: World) -> None:
    world.store.full = True
    world.time.after(60, lambda: setattr(world.store, "full", False))


def _no_slips(world: World) -> None:
    world.slips_always_came = False
    world.slip_printer.fail_in_next_slip(PrinterProblem.JAM)


TROUBLES: dict[str, Callable[[World, Person], None]] = {
    "request lost": lambda world, _: payment(world).lose_next(Lost.REQUEST),
    "answer lost": lambda world, _: payment(world).lose_next(Lost.ANSWER),
    "payment terminal away for a moment": lambda world, _: _silent(world, AWAY_S),
    "payment terminal away for long": lambda world, _: _silent(world, AWAY_LONG_S),
    "something uncovered is presented": lambda world, _: payment(world).present(covered=False),
    "power cut": lambda world, _: world.cut_power(30),
    "power cut, payment terminal away": lambda world, _: _cut_and_silent(world),
    "jam on the first sheet": lambda world, _: world.printer.jam_on_sheet(1),
    "jam on the second sheet": lambda world, _: world.printer.jam_on_sheet(2),
    "network away": lambda world, _: world.network.go_away(60),
    "disk full": lambda world, _: _full_disk(world),
    "next slip jams": lambda world, _: _no_slips(world),
    "goes back": lambda _, person: person.touch(Pressed(Key.BACK)),
    "cancels": lambda _, person: person.touch(*CANCEL),
    "walks away": lambda _, person: person.leave(),
}
"""What can go wrong, each as one deed at one moment."""

PURPOSES = ("bank", "licence", "employer", "housing", "pension")


def play_cashless(post: Post, seed: int) -> World:
    """A whole story from one number: two people, most of whom pay cashless, and up to three troubles."""
    with open_cashless(post, seed) as world:
        chance = world.chance
        first, second = (_somebody(post, world, resident, chance) for resident in (FIRST, SECOND))
        for _ in range(chance.choice((0, 1, 1, 2, 3))):
            name = chance.choice(tuple(TROUBLES))
            person = chance.choice((first, second))
            world.time.after(chance.uniform(5, 60), partial(_strike, world, name, person))
        if chance.random() < 0.4:
            moment = chance.randint(1, 8)
            cut_at(world, moment) if chance.random() < 0.5 else silent_at(world, moment, chance.choice((20.0, 400.0)))
        first.arrive()
        until_over(world, first)
        second.arrive()
        until_over(world, second)
        settle_and_check(world)
        return world


def _strike(world: World, name: str, person: Person) -> None:
    if world.kiosk.alive and person.here:
        TROUBLES[name](world, person)


def _somebody(post: Post, world: World, resident: str, chance: random.Random) -> Holder:
    wish = Wish(
        purposes=tuple(chance.choices(PURPOSES, k=chance.choice((1, 1, 2)))),
        copies=chance.choice((1, 1, 2)),
        pieces=chance.choice(((1000,), (500,))),
    )
    covers = chance.choice(([True], [True], [False, True], [False], []))
    person = holder(post, world, resident, wish, list(covers))
    person.pace = hurried_or_slow(chance)
    return person
