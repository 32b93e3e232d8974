"""Every single fault at every step of the common journey: money conserved, nothing printed twice or for the wrong
person, and the terminal back in service."""

from collections.abc import Callable, Iterator

import pytest

from tests.support.sim_faults import TROUBLES, Trouble, at_screen, steps_of
from tests.support.sim_network import CALLS, NetworkFault, Planned
from tests.support.sim_oracle import check
from tests.support.sim_person import Person, Wish
from tests.support.sim_scenario import FIRST, Post, a_post, back_in_service, story, until_over
from tests.support.sim_world import World

WISH = Wish(purposes=("employer", "bank"))
"""Two documents of a sheet each."""


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


@pytest.fixture(scope="module")
def steps(post: Post) -> list[int]:
    """Numbers of the screens of the common journey that are a new step."""
    with post.open() as world:
        since = len(world.screen)
        person = visit(post, world)
        assert (len(person.sheets), sum(person.money), person.put_in) == (2, 600, 1000)
        assert len(world.slip_printer.printed) == 1
        return steps_of(world, since)


def visit(
    post: Post,
    world: World,
    meddle: Callable[[World, Person], None] = lambda _world, _person: None,
    *,
    printer_was_lost: bool = False,
) -> Person:
    person = post.person(world, FIRST, WISH)
    meddle(world, person)
    person.arrive()
    until_over(world, person)
    back_in_service(world)
    check(world, printer_was_lost=printer_was_lost)
    return person


def test_the_common_journey_has_nineteen_steps(steps: list[int]) -> None:
    assert len(steps) == 19


@pytest.mark.parametrize("trouble", TROUBLES, ids=str)
def test_trouble_at_every_step(trouble: Trouble, post: Post, steps: list[int]) -> None:
    for step in (0, *steps):
        with post.open() as world:

            def meddle(world: World, person: Person, step: int = step) -> None:
                at_screen(world, step, lambda: trouble.strikes(world, person))

            try:
                visit(post, world, meddle, printer_was_lost=trouble.loses_sight)
            except (AssertionError, TimeoutError) as error:
                raise AssertionError(f"{trouble} at screen {step}: {error}\n{story(world)}") from error


@pytest.mark.parametrize("fault", NetworkFault, ids=lambda fault: fault.value)
def test_a_network_fault_at_every_call(fault: NetworkFault, post: Post) -> None:
    for planned in [Planned(method, nth, fault) for method in CALLS for nth in (0, 1)]:
        with post.open() as world:
            calls_before = world.network.calls(planned.method)
            shifted = Planned(planned.method, planned.nth + calls_before, fault)

            def meddle(world: World, _person: Person, shifted: Planned = shifted) -> None:
                world.network.plans.append(shifted)

            try:
                visit(post, world, meddle)
            except (AssertionError, TimeoutError) as error:
                raise AssertionError(f"{planned}: {error}\n{story(world)}") from error
