"""The page of the invariants names modules and tests that are there, for every invariant."""

import re
from pathlib import Path

INVARIANTS = [f"I{number}" for number in range(1, 15)]
ROW = re.compile(r"^\| (I\d+) \| .+ \| (.+) \| (.+) \|$", re.MULTILINE)
NAMED = re.compile(r"`([^`]+)`")
TEST = re.compile(r"^ *def (test_i\d+_\w+)\(", re.MULTILINE)


def rows(root: Path) -> dict[str, tuple[list[str], list[str]]]:
    """Modules and tests of each invariant."""
    page = (root / "docs/invariants.md").read_text()
    return {name: (NAMED.findall(kept), NAMED.findall(tests)) for name, kept, tests in ROW.findall(page)}


def test_every_invariant_has_its_row(root: Path) -> None:
    assert list(rows(root)) == INVARIANTS


def test_what_keeps_an_invariant_is_there(root: Path) -> None:
    missing = [module for kept, _ in rows(root).values() for module in kept if not (root / module).exists()]
    assert not missing


def test_the_tests_of_an_invariant_are_there_and_named_after_it(root: Path) -> None:
    there = {name for file in (root / "tests").rglob("test_*.py") for name in TEST.findall(file.read_text())}
    for invariant, (_, tests) in rows(root).items():
        assert tests, invariant
        assert not [test for test in tests if test not in there], invariant
        assert not [test for test in tests if not test.startswith(f"test_{invariant.lower()}_")], invariant
