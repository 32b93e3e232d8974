"""One Chromium without a window for all browser tests of a process, with a camera of its own that shows a picture."""

import atexit
import functools
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Playwright, Request, sync_playwright

from tests.support.sheets import Raster

CHROMIUM = Path("/usr/bin/chromium-headless-shell")
PHONE, DESK = (360, 740), (1280, 900)
_FLAGS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream"),
    "--use-fake-device-for-media-stream",
)


_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
"""What else was looked at is not written out: that would be a third of the time."""


def violations(page: Page) -> list[dict[str, Any]]:
    """What shuts people out of a page, as axe tells it: WCAG 2.2 at A and AA, and good practice."""
    return list(Axe().run(page, options=_RULES).response["violations"])


@contextmanager
def a_browser(camera: Path | None = None) -> Iterator[Browser]:
    """A browser; its camera shows a film in MJPEG."""
    flags = [*_FLAGS] if camera is None else [*_FLAGS, f"--use-file-for-fake-video-capture={camera}"]
    browser = _playwright().chromium.launch(executable_path=CHROMIUM, args=flags)
    try:
        yield browser
    finally:
        browser.close()


def follow(page: Page, what: str | Locator) -> None:
    """Presses what leads to another page, or brings this one anew, and waits until that stands there: whoever reads
    at once may still read the page before."""
    with page.expect_navigation():
        (page.locator(what).first if isinstance(what, str) else what).click()


@functools.cache
def _playwright() -> Playwright:
    """One for a process: a second one beside it would not start."""
    begun = sync_playwright().start()
    atexit.register(begun.stop)
    return begun


def codes_of(back: Raster) -> Raster:
    """The part of a back with its row of codes, as one holds it close to a camera."""
    rows = back.shape[0]
    return back[int(rows * 0.36) : int(rows * 0.64)]


def film(raster: Raster, file: Path, width: int = 1920, height: int = 1080) -> Path:
    """A film of one frame that never ends: the raster, as large as it fits into the view."""
    scale = min(width / raster.shape[1], height / raster.shape[0])
    size = (round(raster.shape[1] * scale), round(raster.shape[0] * scale))
    view = Image.new("RGB", (width, height), (96, 96, 96))
    shown = Image.fromarray(raster).resize(size, Image.Resampling.LANCZOS).convert("RGB")
    view.paste(shown, ((width - size[0]) // 2, (height - size[1]) // 2))
    packed = io.BytesIO()
    view.save(packed, "JPEG", quality=95)
    file.write_bytes(packed.getvalue() * 2)
    return file


def picture(raster: Raster, file: Path) -> Path:
    """A picture file as a phone writes it, but grey."""
    Image.fromarray(np.ascontiguousarray(raster)).save(file, quality=90)
    return file


@dataclass
class Visit:
    """One page in a browser that has nothing of any other, with all that it asked of the network."""

    context: BrowserContext
    page: Page
    requests: list[Request] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def since(self, count: int) -> list[tuple[str, str]]:
        """Method and address of every request after the first so many."""
        return [(request.method, request.url) for request in self.requests[count:]]


@contextmanager
def visiting(
    browser: Browser, url: str, *, size: tuple[int, int] = PHONE, camera: bool = True, keeps_itself: bool = False
) -> Iterator[Visit]:
    """Opens the page and waits until it can be used."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        permissions=["camera"] if camera else [],
        timezone_id="Asia/Tokyo",
        locale="ja-JP",
        service_workers="allow" if keeps_itself else "block",
    )
    try:
        visit = Visit(context, context.new_page())
        context.on("request", lambda request: visit.requests.append(request))
        visit.page.on("pageerror", lambda error: visit.faults.append(str(error)))
        visit.page.on("console", lambda said: visit.faults.append(said.text) if said.type == "error" else None)
        visit.page.set_default_timeout(20_000)
        visit.page.goto(url)
        visit.page.wait_for_selector("html[data-ready=yes]")
        yield visit
    finally:
        context.close()
