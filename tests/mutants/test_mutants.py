"""A few of the planted faults of `make mutants`: each is noticed by what is named for it, and nothing is noticed where
none is planted."""

from collections.abc import Iterator

import pytest

from tests.mutants.mutant import Family, Mutant, caught, noticed
from tests.mutants.planted import PLANTED
from tests.support.sim_scenario import Post, a_post
from tests.support.taking_out import out

SOME = (
    "a coin is credited twice by the bus driver",
    "the fee is kept for what never came out",
    "a debt gets no slip",
    "a statement for somebody else's order is taken, at a server that mixes people up",
    "a print job is named after its number",
    "money is asked for while the card lies there",
    "a slip says less than is owed",
    "a visit begins while nobody knows what lies where",
)
"""Noticed at once, or nearly."""
LEAST = 25


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


@pytest.mark.parametrize("mutant", [each for each in PLANTED if each.name in SOME], ids=str)
def test_a_planted_fault_is_noticed(mutant: Mutant, post: Post) -> None:
    found = caught(post, mutant)
    assert found is not None, "nothing notices it"


def test_nothing_is_noticed_where_nothing_is_planted(post: Post) -> None:
    for mutant in PLANTED:
        if mutant.name in SOME[3:]:
            assert noticed(post, mutant) is None


@pytest.mark.parametrize("mutant", PLANTED, ids=str)
def test_every_fault_has_its_place_in_the_product(mutant: Mutant) -> None:
    with out(*mutant.lines):
        pass


def test_faults_of_every_family_are_planted_and_none_twice() -> None:
    assert len(PLANTED) >= LEAST
    assert {each.family for each in PLANTED} == set(Family)
    assert len({each.name for each in PLANTED}) == len(PLANTED)
    assert set(SOME) <= {each.name for each in PLANTED}
