"""A cashless visit with every single fault at every step, with the payment terminal's line or the kiosk's power gone at
every moment of it, and stories from seeds: from outside, yen debited less yen paid back are the fees of what came out,
or stand on a slip (I7)."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.cashless_effects import Debit
from tests.support.sim_cashless import (
    AWAY_LONG_S,
    AWAY_S,
    TROUBLES,
    Holder,
    cut_at,
    holder,
    open_cashless,
    payment,
    play_cashless,
    settle_and_check,
    silent_at,
)
from tests.support.sim_faults import at_screen, steps_of
from tests.support.sim_person import Wish
from tests.support.sim_scenario import FIRST, Post, a_post, story, until_over
from tests.support.sim_time import PowerCut
from tests.support.sim_world import World

WISH = Wish(purposes=("employer", "bank"))
"""Two documents of a sheet each."""
FEE = 400
SEEDS = 40
MOST_STEPS = 45
"""From the debit until the receipt is out; what follows is the end of any visit."""

Meddle = Callable[[World, Holder], None]


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


@pytest.fixture(scope="module")
def steps(post: Post) -> list[int]:
    """Numbers of the screens from the choice of means on that are a new step."""
    with open_cashless(post) as world:
        since = len(world.screen)
        person = holder(post, world, FIRST, WISH, [True])
        person.arrive()
        until_over(world, person)
        settle_and_check(world)
        state = payment(world).state()
        assert (state.debited, state.paid_back, len(person.sheets), person.put_in) == (FEE, 0, 2, 0)
        shown = [each.scene for each in world.screen[since:]]
        first = next(number for number, scene in enumerate(shown, start=1) if isinstance(scene, at.ChooseMeans))
        return [number for number in steps_of(world, since) if number >= first]


def visit(post: Post, meddle: Meddle, told: str, covers: tuple[bool, ...] = (True,)) -> World:
    with open_cashless(post) as world:
        person = holder(post, world, FIRST, WISH, list(covers))
        try:
            meddle(world, person)
            person.arrive()
            until_over(world, person)
            settle_and_check(world)
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"{told}: {error}\n{story(world)}") from error
        return world


@pytest.mark.parametrize("trouble", TROUBLES)
def test_i7_trouble_at_every_step_of_a_cashless_visit(trouble: str, post: Post, steps: list[int]) -> None:
    for step in steps:

        def meddle(world: World, person: Holder, step: int = step) -> None:
            at_screen(world, step, lambda: TROUBLES[trouble](world, person))

        visit(post, meddle, f"{trouble} at screen {step}")


def _jams(world: World, _person: Holder) -> None:
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
    moments = payment(visit(post, comes_about, way, covers)).moments
    assert moments >= 2
    for moment in range(1, moments + 1):

        def meddle(world: World, person: Holder, moment: int = moment) -> None:
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

        def meddle(world: World, _person: Holder) -> None:
            seen.clear()
            world.about_to = lambda step: about_to(step, world)

        return meddle

    visit(post, cut_before(0), "uncut")
    steps = min(len(seen), MOST_STEPS)
    for number in range(1, steps + 1):
        visit(post, cut_before(number), f"cut before step {number}")
        assert len(seen) >= number


@pytest.mark.parametrize("first", range(0, SEEDS, 20))
def test_stories_of_people_who_pay_cashless(first: int, post: Post) -> None:
    for seed in range(first, first + 20):
        try:
            play_cashless(post, seed)
        except (AssertionError, TimeoutError) as error:
            raise AssertionError(f"seed {seed}: {error}") from error
