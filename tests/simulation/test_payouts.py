"""Every payout and every debt with the power cut in it: at each piece that falls and between each two steps, once and
again."""

from collections.abc import Callable, Iterator

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.effects import CallStaff, CloseVisit, EraseVisit, PrintSlip
from kiosk.flow.events import SlipSettled
from kiosk.flow.occasions import DEBTS, Occasion
from kiosk.flow.values.service import OutOfService
from tests.support.sim_faults import under
from tests.support.sim_journeys import BACK_OVER_CCTALK
from tests.support.sim_oracle import check
from tests.support.sim_person import CANCEL, Person, Wish
from tests.support.sim_scenario import FIRST, Post, a_post, back_in_service, story, until_over
from tests.support.sim_time import PowerCut
from tests.support.sim_troubles import SILENT_S
from tests.support.sim_world import World

WISH = Wish(purposes=("employer", "bank"))
"""Two documents of a sheet each."""


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


def visit(post: Post, world: World, meddle: Callable[[World, Person], None]) -> None:
    person = post.person(world, FIRST, WISH)
    meddle(world, person)
    person.arrive()
    until_over(world, person)
    back_in_service(world)
    check(world)


def _jam(world: World, _person: Person) -> None:
    world.printer.jam_on_sheet(1)


def _stop_paying(world: World, person: Person) -> None:
    person.wish = Wish(WISH.purposes, pieces=(100,))

    def later() -> None:
        world.time.after(3, lambda: person.touch(*CANCEL))

    under(world, at.Pay, later)


def _nothing_else(_world: World, _person: Person) -> None:
    pass


def _cut_now(world: World) -> None:
    world.time.after(0, lambda: world.cut_power(10))


PAYOUTS = {"change": (_nothing_else, 2), "refund": (_jam, 6), "return": (_stop_paying, 3)}
"""How each kind of payout comes about, and how many notes and coins fall in all."""


MOMENTS_OF_A_RETURN = 200
"""Over ccTalk, from the screen that tells of it until all is out."""


@pytest.mark.parametrize("again", [None, 1, 2], ids=lambda again: f"again after {again}")
@pytest.mark.parametrize("forgets", [False, True], ids=("device knows", "device was reset"))
@pytest.mark.parametrize("payout", PAYOUTS)
def test_the_power_goes_at_each_piece_of_each_payout(payout: str, forgets: bool, again: int | None, post: Post) -> None:
    comes_about, pieces = PAYOUTS[payout]
    for piece in range(1, pieces + 1):
        with post.open() as world:
            cuts: list[int] = []

            def cut(world: World = world, cuts: list[int] = cuts) -> None:
                cuts.append(world.cash.fallen)
                _cut_now(world)
                if forgets:
                    world.cash_always_spoke = False
                    world.time.after(0.1, world.cash.forget_payouts)
                if again is not None:
                    world.cash.at_piece(again, lambda: _cut_now(world))

            def meddle(world: World, person: Person, piece: int = piece) -> None:
                comes_about(world, person)
                world.cash.at_piece(piece, cut)

            try:
                visit(post, world, meddle)
            except (AssertionError, TimeoutError) as error:
                raise AssertionError(f"piece {piece}: {error}\n{story(world)}") from error
            assert cuts == [piece]


def test_i7_staff_are_called_to_a_money_device_that_says_nothing_after_a_restart(post: Post) -> None:
    with post.open() as world:

        def cut() -> None:
            world.cash.at_piece(1, lambda: None, silent_s=2 * world.rules.recovery_guard_s)
            world.cut_power(10)

        def meddle(world: World, _person: Person) -> None:
            under(world, at.Releasing, cut)

        visit(post, world, meddle)
        assert [call.occasion for call in world.staff_calls] == [Occasion.UNSETTLED]
        assert any(shown.scene == at.Closed(frozenset({OutOfService.UNSETTLED})) for shown in world.screen)


@pytest.mark.parametrize("payout", PAYOUTS)
def test_money_that_comes_after_its_slip_is_marked_and_staff_look_into_it(payout: str, post: Post) -> None:
    comes_about, _ = PAYOUTS[payout]
    with post.open() as world:

        def meddle(world: World, person: Person) -> None:
            comes_about(world, person)
            world.cash_always_spoke = False
            world.cash.at_piece(1, lambda: None, silent_s=SILENT_S)

        visit(post, world, meddle)
        marked = [call.yen for call in world.staff_calls if call.occasion is Occasion.PAID_AFTER_ALL]
        owed = [call.yen for call in world.staff_calls if call.occasion is Occasion.UNCONFIRMED_DEBT]
        assert marked == owed


def test_i7_a_payout_over_cctalk_that_the_power_cuts_off_leaves_no_debt_that_the_hoppers_can_pay(post: Post) -> None:
    for number in range(6, MOMENTS_OF_A_RETURN, 16):
        with post.open(number, BACK_OVER_CCTALK.site) as world:
            armed: list[int] = []

            def look(world: World = world, number: int = number, armed: list[int] = armed) -> None:
                if not armed and isinstance(world.scene, at.ReturningMoney):
                    armed.append(number)
                    world.moments.arm(number, lambda: world.cut_here(10))

            world.watchers.append(look)
            world.cash_always_spoke = False
            person = BACK_OVER_CCTALK.person(post, world)
            person.arrive()
            until_over(world, person)
            back_in_service(world)
            check(world)
            assert world.power_cuts
            assert Occasion.DEBT not in [call.occasion for call in world.staff_calls]


def _short_payout(world: World, person: Person) -> None:
    _jam(world, person)
    world.cash.fail_payout_after(1)


def _silent_payout(world: World, person: Person) -> None:
    _jam(world, person)
    world.cash_always_spoke = False
    world.cash.at_piece(PAYOUTS["change"][1] + 1, lambda: None, silent_s=SILENT_S)


STEPS_OF_A_DEBT = 10
"""From its first word to staff until its slip lies there and nothing of it is open any more."""


def _cut_at(world: World, step_number: int, times: int) -> list[object]:
    """Cuts the power at that step from a debt's first word to staff on, in so many lives of the terminal. The steps
    before which it was cut."""
    cuts: list[object] = []
    steps = 0

    def about_to(step: object) -> None:
        nonlocal steps
        if steps or (isinstance(step, CallStaff) and step.occasion in DEBTS):
            steps += 1
        if steps == step_number and len(cuts) < times:
            cuts.append(step)
            steps = 0
            world.cut_power(10)
            raise PowerCut

    world.about_to = about_to
    return cuts


@pytest.mark.parametrize("times", [1, 2], ids=("once", "again"))
@pytest.mark.parametrize("owes", [_short_payout, _silent_payout], ids=("known", "unconfirmed"))
def test_i7_the_power_goes_between_each_two_steps_of_a_debt(
    owes: Callable[[World, Person], None], times: int, post: Post
) -> None:
    cut_before: list[object] = []
    for number in range(1, STEPS_OF_A_DEBT + 1):
        with post.open() as world:
            cuts: list[list[object]] = []

            def meddle(world: World, person: Person, number: int = number, cuts: list[list[object]] = cuts) -> None:
                owes(world, person)
                cuts.append(_cut_at(world, number, times))

            try:
                visit(post, world, meddle)
            except (AssertionError, TimeoutError) as error:
                raise AssertionError(f"step {number}: {error}\n{story(world)}") from error
            (found,) = cuts
            assert found
            cut_before += found
    assert {CallStaff, EraseVisit, PrintSlip, SlipSettled, CloseVisit} <= {type(step) for step in cut_before}
