"""The municipality of all journeys, and a fresh journey for each test."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.journey_server import Municipality, a_municipality
from tests.support.journey_steps import Journey, a_journey


@pytest.fixture(scope="session")
def municipality() -> Iterator[Municipality]:
    """In memory where the machine has a place for that: nothing here must survive."""
    shared = Path("/dev/shm")
    with (
        tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder,
        a_municipality(Path(folder)) as opened,
    ):
        yield opened


@pytest.fixture(autouse=True)
def reached(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whoever says that a journey reaches a refusal must reach it: told on a screen, or in a server's own answer."""
    marked = {reason for mark in request.node.iter_markers("reaches") for reason in mark.args}
    if not marked:
        yield
        return
    municipality: Municipality = request.getfixturevalue("municipality")
    municipality.told.clear()
    yield
    assert marked <= set(municipality.told), f"not reached: {marked - set(municipality.told)}"


@pytest.fixture
def j(municipality: Municipality, tmp_path: Path) -> Iterator[Journey]:
    """A journey that has not begun."""
    with a_journey(municipality, tmp_path) as journey:
        yield journey


@pytest.fixture
def another(municipality: Municipality, tmp_path: Path) -> Iterator[Callable[[], Journey]]:
    """More journeys, each at a terminal of its own."""
    with ExitStack() as stack:

        def begin() -> Journey:
            folder = tmp_path / f"another-{len(list(tmp_path.iterdir()))}"
            folder.mkdir()
            return stack.enter_context(a_journey(municipality, folder))

        yield begin
