"""Munakata 2023: the sheet of the person before. What was made for a visit that is over never meets the next (I2)."""

from collections.abc import Iterator

import pytest

from kiosk.flow import scenes as at
from printers.model import PrinterProblem
from tests.support.sim_faults import under
from tests.support.sim_network import NetworkFault, Planned
from tests.support.sim_oracle import check
from tests.support.sim_person import Wish
from tests.support.sim_scenario import FIRST, SECOND, Post, a_post, back_in_service, story, until_over
from tests.support.sim_world import World

WISH = Wish(purposes=("employer",))


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


def next_one(post: Post, world: World) -> None:
    """The next resident, once the terminal serves again, gets the own sheet and nothing else."""
    world.time.run(lambda: isinstance(world.scene, at.Start), 1200)
    before = len(world.sheets)
    person = post.person(world, SECOND, WISH)
    person.arrive()
    until_over(world, person)
    mine = world.sheets[before:]
    assert [out.authenticated for out in mine] == [SECOND], story(world)
    assert len(person.sheets) == 1
    back_in_service(world)
    check(world)


@pytest.mark.parametrize("method", ["Prepare", "Release"])
@pytest.mark.parametrize("fault", [NetworkFault.LATE, NetworkFault.SLOW, NetworkFault.LOST_ANSWER])
def test_i2_an_answer_that_comes_after_the_visit_is_dropped(method: str, fault: NetworkFault, post: Post) -> None:
    with post.open() as world:
        world.network.plans += [Planned(method, nth, fault) for nth in range(world.rules.server_tries)]
        person = post.person(world, FIRST, WISH)
        person.arrive()
        until_over(world, person)
        next_one(post, world)


def test_i2_a_document_that_was_never_printed_is_not_printed_for_the_next(post: Post) -> None:
    with post.open() as world:
        person = post.person(world, FIRST, WISH)
        under(world, at.Printing, lambda: world.printer.fail(PrinterProblem.DOOR_OPEN))
        person.arrive()
        until_over(world, person)
        assert not world.sheets
        world.time.run_for(60)
        world.printer.mend(PrinterProblem.DOOR_OPEN)
        next_one(post, world)


def test_i2_a_restart_in_the_middle_of_a_visit_prints_nothing_of_it(post: Post) -> None:
    with post.open() as world:
        person = post.person(world, FIRST, WISH)
        under(world, at.Printing, lambda: world.cut_power(20))
        person.arrive()
        until_over(world, person)
        assert not world.sheets
        next_one(post, world)
        assert sum(person.money) == person.put_in
