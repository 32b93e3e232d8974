"""A thousand stories of two people and whatever may happen to them, each from its seed."""

from collections.abc import Iterator

import pytest

from tests.support.sim_oracle import check_chains
from tests.support.sim_scenario import Post, a_post, outline
from tests.support.sim_seeds import play

SEEDS = 1000
AT_ONCE = 25
ONCE_FAILED = (2552, 3704, 78_212)
"""In campaigns, for what was mended since."""


@pytest.fixture(scope="module")
def post() -> Iterator[Post]:
    with a_post() as opened:
        yield opened


@pytest.mark.parametrize("first", range(0, SEEDS, AT_ONCE))
def test_stories(first: int, post: Post) -> None:
    for seed in range(first, first + AT_ONCE):
        try:
            play(post, seed)
        except Exception as error:
            raise AssertionError(f"seed {seed}: {error}") from error
    check_chains(post.server)


@pytest.mark.parametrize("seed", ONCE_FAILED)
def test_stories_that_once_failed(seed: int, post: Post) -> None:
    play(post, seed)
    check_chains(post.server)


def test_a_seed_tells_the_same_story_again() -> None:
    with a_post() as one, a_post() as another:
        for seed in (1003, 1012, 1025):
            assert outline(play(one, seed)) == outline(play(another, seed))
