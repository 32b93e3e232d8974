"""What the tests of the checking page share: one browser a process, and pictures of sheets."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.support import sheets
from tests.support.browser import CHROMIUM, a_browser, codes_of, film


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """The browser; its camera looks at the codes on the back of a certificate of residence."""
    if not CHROMIUM.exists():
        pytest.fail("install Debian's chromium-headless-shell: packaging/setup/setup.sh dev")
    back = sheets.sides(sheets.residence().file)[1]
    camera: Path = tmp_path_factory.mktemp("camera") / "back.mjpeg"
    # Held close: the codes fill the view.
    with a_browser(film(codes_of(back), camera)) as opened:
        yield opened
