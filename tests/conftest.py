"""What every test stands on: no real screen, no thread that frees what is another's, and the repository's root at
hand."""

import atexit
import gc
import os
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import structlog
from hypothesis import strategies

from tests.support import fast_files

if TYPE_CHECKING:
    from PySide6.QtCore import QCoreApplication

# Before anything imports Qt: tests never open a window on the machine's screen.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_QUICK_BACKEND"] = "software"
os.environ["QT_QPA_UPDATE_IDLE_TIME"] = "0"
# Before anything imports numpy: workers share the cores already, and threads that wait for each other spin.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

fast_files.use()

# Programs that tests start, and the next run, find compiled what this one compiled.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

COLLECT_EVERY = 50

LONGEST_ID = 100
"""Characters of a parameter that stand in the name of its test."""

FIRST = ("pcscd", "sheets", "checking-page", "console", "demo", "calibration", "postgresql", "server-commands")
"""Groups of many seconds that one worker runs alone, from end to end: begun last, they would be waited for."""

_finished = count(1)


def pytest_sessionstart() -> None:
    """As in a terminal, only the main thread looks for reference cycles: in the threads that tests start, the search
    would free windows of tests before."""
    gc.disable()


@pytest.fixture(autouse=True)
def _log_of_one_test() -> Iterator[None]:
    """A command that a test runs in its own process sets up the log on that test's standard error: later ones would
    write into a closed file."""
    yield
    if structlog.is_configured():
        structlog.reset_defaults()


@pytest.fixture(scope="session", autouse=True)
def _characters() -> None:
    """Hypothesis makes its table of characters, which a fresh clone does not have: drawing the first text in a test
    would be called too slow."""
    strategies.text().validate()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Among workers, the long groups go first."""
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)


def pytest_make_parametrize_id(val: object) -> str | None:
    """Names travel between processes: that of megabytes of garbage is its beginning and its length."""
    if isinstance(val, (str, bytes)) and len(val) > LONGEST_ID:
        return f"{val[:16]!r}...{len(val)}"
    return None


def _turn(item: pytest.Item) -> int:
    group = item.get_closest_marker("xdist_group")
    return FIRST.index(group.args[0]) if group and group.args[0] in FIRST else len(FIRST)


def pytest_collection_finish() -> None:
    """What is imported by now stays until the end: no search goes through it again, until modules free themselves and
    complain of what they can't."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)


def pytest_runtest_logfinish() -> None:
    """Between tests."""
    gc.collect(2 if next(_finished) % COLLECT_EVERY == 0 else 1)


@pytest.fixture(scope="session")
def qapp_cls() -> "type[QCoreApplication]":
    """The one Qt application of a test process has no widgets, like the terminal's."""
    from PySide6.QtGui import QGuiApplication

    return QGuiApplication


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's root."""
    return Path(__file__).parent.parent
