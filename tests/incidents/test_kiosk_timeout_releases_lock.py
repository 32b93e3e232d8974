"""Yokohama 2023: printing took too long, the time limit released only the lock of the print order, and the next person
got the sheet of the one before. Here a time limit ends the visit, and nobody is let near a printer that may still print
(I2)."""

from collections.abc import Iterator

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind, MoneyOutcome
from tests.support.sim_faults import under
from tests.support.sim_oracle import check
from tests.support.sim_person import Wish
from tests.support.sim_scenario import FIRST, SECOND, Post, a_post, back_in_service, until_over
from tests.support.sim_world import World

WISH = Wish(purposes=("employer",))


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


def silent_in_the_middle(post: Post, world: World, *, printing_on: bool) -> None:
    """The printer falls silent under the first resident's sheet until the time limit is over."""
    person = post.person(world, FIRST, WISH)
    under(world, at.Printing, lambda: world.printer.fall_silent(printing_on=printing_on))
    person.arrive()
    until_over(world, person)
    assert sum(person.money) == person.put_in


def test_i2_a_time_limit_ends_the_visit_and_returns_the_money(post: Post) -> None:
    with post.open() as world:
        silent_in_the_middle(post, world, printing_on=False)
        (report,) = {shown.scene.report for shown in world.screen if isinstance(shown.scene, at.Fault)}
        assert (report.kind, report.money) == (FaultKind.PRINTER_AWAY, MoneyOutcome.RETURNED)
        assert not world.sheets


def test_i2_nobody_begins_while_the_printer_may_still_print_the_one_before(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    with post.open() as world:
        silent_in_the_middle(post, world, printing_on=False)
        second = post.person(world, SECOND, WISH)
        monkeypatch.setattr(world, "staff_come", lambda: None)
        second.arrive()
        until_over(world, second)
        assert OutOfService.PRINTER in world.state.out_of_service
        assert len([shown for shown in world.screen if isinstance(shown.scene, at.ReadingCard)]) == 1
        world.printer.print_what_is_left()
        world.time.run_for(5)
        assert isinstance(world.scene, at.Closed)
        assert OutOfService.LEFT_BEHIND in world.scene.reasons


def test_i2_once_the_printer_is_cleared_the_next_one_gets_only_the_own_sheet(post: Post) -> None:
    with post.open() as world:
        silent_in_the_middle(post, world, printing_on=False)
        world.time.run_for(120)
        world.printer.answer_again()
        world.time.run(lambda: isinstance(world.scene, at.Start), 1200)
        second = post.person(world, SECOND, WISH)
        second.arrive()
        until_over(world, second)
        assert [out.authenticated for out in world.sheets] == [SECOND]
        back_in_service(world)
        check(world)


def test_i7_a_sheet_that_came_out_unseen_is_not_paid_for(post: Post) -> None:
    with post.open() as world:
        silent_in_the_middle(post, world, printing_on=True)
        assert len(world.sheets) == 1
        back_in_service(world)
        check(world)
