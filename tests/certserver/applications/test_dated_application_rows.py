"""What all rows of card applications have in common: days that hold together, a source, how sure it is; and that the
package knows no clock."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import certserver.applications
from certserver.applications.dated import Confirmed, Dated, in_force


def rows() -> Iterator[tuple[str, Dated]]:
    for found in pkgutil.iter_modules(certserver.applications.__path__):
        module = importlib.import_module(f"certserver.applications.{found.name}")
        for name, value in vars(module).items():
            for row in value if isinstance(value, tuple) else (value,):
                if isinstance(row, Dated):
                    yield f"{found.name}.{name}", row


def test_every_row_says_where_it_comes_from() -> None:
    found = list(rows())
    assert len(found) > 100
    assert not [name for name, row in found if not row.source and row.confirmed is not Confirmed.DESIGN]


def test_only_what_the_ministry_says_is_told_as_official() -> None:
    assert {row.confirmed for _, row in rows() if row.official} == {Confirmed.MINISTRY}


SPAN = Dated(since=date(2026, 6, 10), until=date(2026, 6, 12), source="", confirmed=Confirmed.DESIGN)


@pytest.mark.parametrize(("day", "counts"), [(9, False), (10, True), (11, True), (12, True), (13, False)])
def test_a_row_counts_from_its_first_to_its_last_day(day: int, counts: bool) -> None:
    assert SPAN.counts(date(2026, 6, day)) is counts
    assert bool(in_force([SPAN], date(2026, 6, day))) is counts


def test_a_row_does_not_end_before_it_begins() -> None:
    with pytest.raises(ValueError, match="ends before"):
        Dated(since=date(2026, 6, 10), until=date(2026, 6, 9), source="", confirmed=Confirmed.DESIGN)


def test_nobody_here_asks_what_time_it_is(root: Path) -> None:
    asked = [
        f"{path.name}:{node.lineno}"
        for path in sorted((root / "certserver/applications").glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
    ]
    assert not asked
