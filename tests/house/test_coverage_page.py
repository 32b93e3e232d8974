"""docs/COVERAGE.md claims nothing that no test shows."""

import ast
import re
from functools import cache
from pathlib import Path
from string import ascii_uppercase
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LETTERS = [*ascii_uppercase, "AA", "AB", "AC"]
STATES = {"built", "built in part", "out of reach", "planned"}
JOURNEYS = "tests/journeys/"


class Row(NamedTuple):
    letter: str
    system: str
    state: str
    text: str

    @property
    def shown_by(self) -> list[tuple[str, str]]:
        return re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", self.text)


def rows(text: str) -> list[Row]:
    told = [line for line in text.splitlines() if re.match(r"\| [A-Z]{1,2} \|", line)]
    return [Row(*(cell.strip() for cell in line.strip("|").split("|"))) for line in told]


ROWS = rows((ROOT / "docs/COVERAGE.md").read_text())


@cache
def names_in(file: str) -> frozenset[str]:
    path = ROOT / file
    if not path.exists():
        return frozenset()
    nodes = ast.walk(ast.parse(path.read_text()))
    return frozenset(node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"))


def test_each_system_has_one_row() -> None:
    assert [row.letter for row in ROWS] == LETTERS
    assert all(row.system and row.text for row in ROWS)
    assert {row.state for row in ROWS} <= STATES


@pytest.mark.parametrize("row", ROWS, ids=[row.letter for row in ROWS])
def test_what_it_names_is_there(row: Row) -> None:
    assert [name for file, name in row.shown_by if name not in names_in(file)] == []
    # Every path to a test names which, so that none is believed for its file alone.
    assert re.findall(r"`(tests/[^`]*)`", row.text) == [f"{file}::{name}" for file, name in row.shown_by]


@pytest.mark.parametrize("row", ROWS, ids=[row.letter for row in ROWS])
def test_what_is_built_is_played_by_a_journey_and_what_is_not_says_so(row: Row) -> None:
    played = any(file.startswith(JOURNEYS) for file, _ in row.shown_by)
    assert played == row.state.startswith("built")
    left = re.search(r"\b(Planned|Out of reach):", row.text)
    assert (left is not None) == (row.state == "built in part") or row.state in ("out of reach", "planned")


def test_a_row_that_claims_too_much_would_be_found() -> None:
    (row,) = rows("| A | statistics | built | `tests/journeys/test_nowhere.py::test_nothing` |")
    assert row.shown_by == [("tests/journeys/test_nowhere.py", "test_nothing")]
    assert not names_in("tests/journeys/test_nowhere.py")
