"""A short round of the fuzz campaign, and that its judge can fail."""

import random
from pathlib import Path

import pytest

from tests.fuzz.__main__ import broken, mutate
from tests.fuzz.guided import CORPUS, NAMES
from tests.fuzz.readers import readers
from tests.fuzz.targets import Target, targets

INPUTS = 150


@pytest.mark.parametrize("name", [target.name for target in targets(Path(__file__).parents[2])])
def test_garbage_ends_as_a_fault_or_a_value(name: str, root: Path) -> None:
    target = next(each for each in targets(root) if each.name == name)
    source = random.Random(name)
    for _ in range(INPUTS):
        assert broken(target, mutate(source, source.choice(target.seeds))) is None


def test_the_judge_tells_a_parser_that_breaks() -> None:
    careless = Target("careless", (b"abc",), lambda data: data[10], (ValueError,))
    assert broken(careless, b"abc") is not None


@pytest.mark.parametrize("name", NAMES)
def test_what_the_campaign_kept_ends_as_a_fault_or_a_value(name: str, root: Path) -> None:
    target = readers(root)[name]
    kept = sorted((CORPUS / name).iterdir())
    assert kept
    for data in (*target.seeds, *(file.read_bytes() for file in kept)):
        assert broken(target, data) is None
