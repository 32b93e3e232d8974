"""A cashless visit with the payment terminal's line or the kiosk's power gone at every moment of that terminal, and the
power gone between each two steps: from outside, yen debited less yen paid back are the fees of what came out, or stand
on a slip (I7). What else can go wrong in it is played with the other journeys."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.flow.effects import Debit
from tests.support.sim_cashless import cut_at, silent_at
from tests.support.sim_journeys import CASHLESS
from tests.support.sim_oracle import check
from tests.support.sim_person import Person, Wish
from tests.support.sim_scenario import FIRST, Post, a_post, back_in_service, story, until_over
from tests.support.sim_time import PowerCut
from tests.support.sim_troubles import AWAY_LONG_S, AWAY_S
from tests.support.sim_world import World

FEE = 400
"""Of two documents."""
MOST_STEPS = 45
"""From the debit until the receipt is out; what follows is the end of any visit."""

Meddle = Callable[[World, Person], None]


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


def visit(post: Post, meddle: Meddle, told: str, covers: tuple[bool, ...] = (True,)) -> World:
    with post.open(0, CASHLESS.site) as world:
        person = post.person(world, FIRST, Wish(CASHLESS.wish.purposes, covers=covers))
        try:
            meddle(world, person)
            person.arrive()
            until_over(world, person)
            back_in_service(world)
            check(world)
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"{told}: {error}\n{story(world)}") from error
        return world


def test_a_cashless_visit_gives_two_documents_and_takes_no_cash(post: Post) -> None:
    world = visit(post, lambda _world, _person: None, "undisturbed")
    state, (person,) = world.payment.state(), world.people
    assert (state.debited, state.paid_back, len(person.sheets), person.put_in) == (FEE, 0, 2, 0)


def _jams(world: World, _person: Person) -> None:
    world.printer.jam_on_sheet(2)


WAYS: dict[str, tuple[Meddle, tuple[bool, ...]]] = {
    "all delivered": (lambda _world, _person: None, (True,)),
    "declined once": (lambda _world, _person: None, (False, True)),
    "second sheet jams": (_jams, (True,)),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("seconds", [None, AWAY_S, AWAY_LONG_S], ids=["power cut", "line away", "line away for long"])
def test_i7_power_or_line_goes_at_every_moment_of_the_payment_terminal(
    seconds: float | None, way: str, post: Post
) -> None:
    comes_about, covers = WAYS[way]
    moments = visit(post, comes_about, way, covers).payment.moments
    assert moments >= 2
    for moment in range(1, moments + 1):

        def meddle(world: World, person: Person, moment: int = moment) -> None:
            comes_about(world, person)
            if seconds is None:
                cut_at(world, moment)
            else:
                silent_at(world, moment, seconds)

        visit(post, meddle, f"{way}, moment {moment}", covers)


def test_i7_the_power_goes_between_each_two_steps_from_the_debit_on(post: Post) -> None:
    """Before each event that is handled and each effect that is done."""
    seen: list[object] = []

    def cut_before(number: int) -> Meddle:
        def about_to(step: object, world: World) -> None:
            if seen or isinstance(step, Debit):
                seen.append(step)
                if len(seen) == number:
                    world.cut_power(10)
                    raise PowerCut

        def meddle(world: World, _person: Person) -> None:
            seen.clear()
            world.about_to = lambda step: about_to(step, world)

        return meddle

    visit(post, cut_before(0), "uncut")
    steps = min(len(seen), MOST_STEPS)
    for number in range(1, steps + 1):
        visit(post, cut_before(number), f"cut before step {number}")
        assert len(seen) >= number
