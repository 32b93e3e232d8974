"""What the tests of the console share: one browser a process, and consoles."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support.browser import CHROMIUM, a_browser
from tests.support.console import ConsoleForTests, a_console


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.fail("install Debian's chromium-headless-shell: packaging/setup/setup.sh dev")
    with a_browser() as opened:
        yield opened


@pytest.fixture
def console(tmp_path: Path) -> Iterator[ConsoleForTests]:
    with a_console(tmp_path) as made:
        yield made
