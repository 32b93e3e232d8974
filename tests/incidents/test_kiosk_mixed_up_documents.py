"""Yokohama 2023, Adachi 2023, Kawasaki 2023, Tokushima 2023: a server hands out somebody else's document. Whatever it
mixes up, this terminal prints none of it, gives the money back and stops until a person has looked (I1, I5, I9)."""

from collections.abc import Iterator

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind, MoneyOutcome
from tests.support.sim_mixing import (
    Mixer,
    the_earlier_bytes,
    the_earlier_bytes_rightly_described,
    the_earlier_key,
    the_earlier_one,
    the_earlier_statement,
)
from tests.support.sim_oracle import check
from tests.support.sim_person import Wish
from tests.support.sim_scenario import FIRST, SECOND, Post, a_post, back_in_service, until_over
from tests.support.sim_world import World

WISH = Wish(purposes=("employer",))


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


def one_after_the_other(post: Post, world: World) -> World:
    for resident in (FIRST, SECOND):
        person = post.person(world, resident, WISH)
        person.arrive()
        until_over(world, person)
        world.time.run_for(30)
    return world


@pytest.mark.parametrize(
    "mixer",
    [
        Mixer("Release", the_earlier_one),
        Mixer("Release", the_earlier_key),
        Mixer("Release", the_earlier_statement),
        Mixer("Prepare", the_earlier_bytes_rightly_described),
        Mixer("Prepare", the_earlier_one),
    ],
    ids=["statement and key", "key", "statement", "file", "document"],
)
def test_i1_another_persons_document_is_an_alarm_and_never_printed(mixer: Mixer, post: Post) -> None:
    with post.open() as world:
        world.network.mix_up = mixer
        one_after_the_other(post, world)
        assert mixer.mixed
        faults = [shown.scene for shown in world.screen if isinstance(shown.scene, at.Fault)]
        assert {fault.report.kind for fault in faults} == {FaultKind.INTEGRITY_ALARM}
        assert {fault.report.money for fault in faults} == {MoneyOutcome.RETURNED}
        assert {out.authenticated for out in world.sheets} == {FIRST}
        assert [call.occasion for call in world.staff_calls].count(Occasion.ALARM) == 1
        assert world.scene == at.Closed(frozenset({OutOfService.SUSPENDED}))
        back_in_service(world)
        check(world)


def test_i1_bytes_that_are_not_those_announced_never_count_as_arrived(post: Post) -> None:
    with post.open() as world:
        mixer = world.network.mix_up = Mixer("Prepare", the_earlier_bytes)
        one_after_the_other(post, world)
        assert mixer.mixed == world.rules.server_tries
        assert {out.authenticated for out in world.sheets} == {FIRST}
        back_in_service(world)
        check(world)
