"""Every single fault at every step of the common journey, and some of those of the others: money conserved, nothing
printed twice or for the wrong person, and the terminal back in service. `make simulate` plays all of all journeys."""

from collections.abc import Iterator
from itertools import islice

import pytest

from tests.support.sim_journeys import (
    JOURNEYS,
    NO_CASH,
    ON_A_BUS,
    TWO_DOCUMENTS,
    Journey,
    Seen,
    cases,
    play_case,
    seen,
    with_broken_disk_and_power_cuts,
    with_card_pulled,
    with_disk_breaking_at_writes,
    with_fault,
    with_full_disk_and_power_cuts,
    with_power_cuts,
    with_trouble,
    with_writes_failing,
)
from tests.support.sim_network import NetworkFault
from tests.support.sim_scenario import FIRST, Post, a_post, back_in_service, until_over
from tests.support.sim_troubles import Trouble, at_home
from tests.support.sim_world import Site

FEE = 200
SOME = 97
"""Of the other journeys' cases every so many-th is played here."""


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


@pytest.fixture(scope="module")
def shape(post: Post) -> Seen:
    return seen(post, TWO_DOCUMENTS)


def test_the_common_journey_gives_two_documents_their_change_and_a_receipt(post: Post) -> None:
    with post.open() as world:
        person = post.person(world, FIRST, TWO_DOCUMENTS.wish)
        person.arrive()
        until_over(world, person)
        back_in_service(world)
        assert (len(person.sheets), sum(person.money), person.put_in) == (2, 600, 1000)
        assert len(world.slip_printer.printed) == 1


def test_whoever_can_pay_cashless_is_served_where_no_cash_can_be_paid(post: Post) -> None:
    world = play_case(post, NO_CASH)
    assert (world.payment.state().debited, world.cash.state().inserted) == (FEE, 0)
    assert len(world.sheets) == 1


def test_the_common_journey_has_nineteen_steps(shape: Seen) -> None:
    assert len(shape.steps) == 1 + 19


@pytest.mark.parametrize("trouble", [each for each in at_home(Site()) if not each.by_lot], ids=str)
def test_trouble_at_every_step(trouble: Trouble, post: Post, shape: Seen) -> None:
    # Of the many jumps of clocks each comes at some of the steps.
    every = 4 if "clock jumps" in trouble.name else 1
    first = len(trouble.name) % every
    for case in islice(with_trouble(trouble, shape), first, None, every):
        play_case(post, TWO_DOCUMENTS, case)


@pytest.mark.parametrize("fault", NetworkFault, ids=lambda fault: fault.value)
def test_a_network_fault_at_every_call(fault: NetworkFault, post: Post, shape: Seen) -> None:
    for case in with_fault(fault, shape):
        play_case(post, TWO_DOCUMENTS, case)


def test_a_journal_that_can_not_be_written_at_each_write(post: Post, shape: Seen) -> None:
    for case in with_writes_failing(shape):
        play_case(post, TWO_DOCUMENTS, case)


def test_i7_the_power_goes_between_commands_to_devices_and_around_writes(post: Post, shape: Seen) -> None:
    for case in with_power_cuts(shape, every=5):
        play_case(post, TWO_DOCUMENTS, case)


def test_i7_with_a_full_disk_every_slip_is_known_after_a_power_cut(post: Post, shape: Seen) -> None:
    for case in with_full_disk_and_power_cuts(shape, every=17):
        play_case(post, TWO_DOCUMENTS, case)


def test_i7_with_a_broken_disk_the_power_goes_and_nothing_is_paid_or_promised_twice(post: Post, shape: Seen) -> None:
    for case in with_broken_disk_and_power_cuts(shape, every=17):
        play_case(post, TWO_DOCUMENTS, case)


def test_i7_a_machine_s_account_is_on_that_disk_too_and_nothing_goes_back_twice(post: Post) -> None:
    for case in with_broken_disk_and_power_cuts(seen(post, ON_A_BUS), every=19):
        play_case(post, ON_A_BUS, case)


def test_i7_the_disk_breaks_as_the_account_of_a_payout_is_written_and_nothing_goes_back_twice(post: Post) -> None:
    for case in with_disk_breaking_at_writes(seen(post, ON_A_BUS), every=19):
        play_case(post, ON_A_BUS, case)


def test_the_card_leaves_in_a_command(post: Post, shape: Seen) -> None:
    for case in with_card_pulled(shape, every=3):
        play_case(post, TWO_DOCUMENTS, case)


@pytest.mark.parametrize("journey", [each for each in JOURNEYS if each != TWO_DOCUMENTS], ids=str)
def test_a_share_of_what_can_go_wrong_in_the_other_journeys(journey: Journey, post: Post) -> None:
    among = SOME * 4 if journey.site.cctalk else SOME
    for number, case in enumerate(cases(journey, seen(post, journey))):
        if number % among == among // 2:
            play_case(post, journey, case)


def test_a_power_cut_at_a_moment_strikes_there_and_nowhere_else(post: Post) -> None:
    with post.open(0, ON_A_BUS.site) as world:
        struck: list[int] = []

        def strike() -> None:
            struck.append(len(world.moments.passed))
            world.cut_here(10)

        world.moments.arm(50, strike)
        wanted = len(world.moments.passed) + 50
        person = ON_A_BUS.person(post, world)
        person.arrive()
        until_over(world, person)
        assert struck == [wanted]
