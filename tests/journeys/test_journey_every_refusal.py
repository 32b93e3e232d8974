"""Each refusal that there can be is lived by somebody in a journey. A mark alone is worth nothing: the journey that
bears it fails unless it comes to that very reason (`conftest.reached`)."""

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from koufu.evidence.words import RefusalReason


def marks_of(made: object) -> Iterator[pytest.Mark]:
    """The marks of a test, and of its rows where it has several."""
    for mark in getattr(made, "pytestmark", ()):
        yield mark
        if mark.name == "parametrize":
            for row in mark.args[1]:
                yield from (each.mark for each in getattr(row, "marks", ()))


def reached_by() -> dict[RefusalReason, list[str]]:
    """The journeys that reach each reason."""
    found: dict[RefusalReason, list[str]] = {reason: [] for reason in RefusalReason}
    for module in pkgutil.iter_modules([str(Path(__file__).parent)]):
        if not module.name.startswith("test_"):
            continue
        journeys = importlib.import_module(f"tests.journeys.{module.name}")
        for name, made in vars(journeys).items():
            for mark in marks_of(made) if name.startswith("test_") else ():
                for reason in mark.args if mark.name == "reaches" else ():
                    found[reason].append(f"{module.name}::{name}")
    return found


def test_every_refusal_is_reached_by_a_journey() -> None:
    without = [reason.name for reason, journeys in reached_by().items() if not journeys]
    assert not without, f"nobody lives to be told: {', '.join(without)}"
