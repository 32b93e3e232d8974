"""Every state in which somebody sees the checking page, each reached as a person reaches it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page

from certserver.pipeline.sheet_status import SheetState, SheetStatus
from koufu.evidence.content import hash_of
from tests.support import sheets
from tests.support.browser import PHONE, Visit, picture, visiting
from tests.support.checking_page import Book, RealComparison, Shelf, mihon, parts_of, served, signed_list
from tests.support.paper_alterations import Forgery, forge
from tests.support.paper_faces import face
from tests.support.paper_model import Capture, take
from tests.support.specimens import ISSUED_AT
from tests.support.trust_lists import a_trust_list

_SEEN = """
new Promise((seen) => {
  const video = document.getElementById("video");
  if (video.videoWidth) seen();
  else video.addEventListener("resize", () => seen(), { once: true });
})
"""
"""The camera shows something."""

_FORGER = 3
"""A seed."""

Reach = Callable[[Page, "Pictures"], None]


class Pictures:
    """Picture files of specimen sheets, made when they are wanted."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, sheet: str, side: int, dpi: int = 200) -> Path:
        """Side (from 0) of a document of `tests.support.sheets`."""
        file = self._folder / f"{sheet}-{side}.jpeg"
        return file if file.exists() else picture(sheets.sides(getattr(sheets, sheet)().file, dpi)[side], file)

    @property
    def home(self) -> Path:
        """A folder for what a recipient has."""
        home = self._folder / "home"
        home.mkdir(exist_ok=True)
        return home

    def forged(self) -> list[Path]:
        """A sheet one digit of which is not the one that was signed, as a scanner sees it, and its back."""
        file = self._folder / "forged.jpeg"
        if not file.exists():
            forged = forge(face("residence"), Forgery.DIGIT, np.random.default_rng(_FORGER))
            assert forged is not None
            picture(take(forged.printed, Capture.SCAN_300, _FORGER).raster, file)
        return [file, self("residence", 1)]


@dataclass(frozen=True)
class State:
    """How to come to a state, from the page just opened; `shelf` is the trust list there is."""

    reach: Reach
    shelf: Callable[[], Shelf] = Shelf


def answered(page: Page, *files: Path) -> None:
    """Chooses picture files and waits for the answer."""
    page.set_input_files("#choose", list(files))
    page.wait_for_selector("#answer:not([hidden])")


def compared(page: Page, pictures: Pictures) -> None:
    """Sends both sides and waits for what was found."""
    answered(page, pictures("residence", 1))
    page.locator("#answer-actions button").last.click()
    page.set_input_files("#compare-choose", pictures.forged())
    page.check("#compare-consent")
    page.click("#compare-send")
    page.wait_for_selector("#compared img")


def _camera(page: Page, _pictures: Pictures) -> None:
    # So that the camera keeps looking: nothing is read.
    silent = {"Content-Type": "text/javascript", "Cross-Origin-Embedder-Policy": "require-corp"}
    page.route("**/reading/worker.js", lambda route: route.fulfill(body="", headers=silent))
    page.reload()
    page.wait_for_selector("html[data-ready=yes]")
    page.click("#use-camera")
    page.evaluate(_SEEN)


def _consent(page: Page, pictures: Pictures) -> None:
    answered(page, pictures("residence", 1))
    page.locator("#answer-actions button").last.click()


def _no_consent(page: Page, pictures: Pictures) -> None:
    _consent(page, pictures)
    page.set_input_files("#compare-choose", [pictures("residence", 0)])
    page.click("#compare-send")


def _asked(sheet: str) -> Reach:
    def reach(page: Page, pictures: Pictures) -> None:
        answered(page, pictures(sheet, 1))
        with page.expect_response("**/status"):
            page.check("#ask-status")

    return reach


def _expired() -> Shelf:
    return Shelf(signed_list(a_trust_list(mihon(), expires_at=ISSUED_AT)))


STATES: dict[str, State] = {
    "start": State(lambda page, pictures: None),
    "start-list-expired": State(lambda page, pictures: None, _expired),
    "camera": State(_camera),
    "back-valid": State(lambda page, pictures: answered(page, pictures("residence", 1))),
    "both-sides": State(lambda page, pictures: answered(page, *(pictures("seal_registration", at) for at in (0, 1)))),
    "page-missing": State(lambda page, pictures: answered(page, pictures("large_household", 1))),
    "refused": State(lambda page, pictures: answered(page, pictures("residence", 0), pictures("seal_registration", 1))),
    "face-only": State(lambda page, pictures: answered(page, pictures("residence", 0))),
    "asked-issued": State(_asked("residence")),
    "asked-voided": State(_asked("seal_registration")),
    "compare-consent": State(_consent),
    "compare-no-consent": State(_no_consent),
    "compared": State(compared),
}


def a_book() -> Book:
    """The certificate of residence stands, the seal registration certificate was voided."""
    residence, seal = sheets.residence(), sheets.seal_registration()
    return Book(
        {
            (residence.document_no, hash_of(residence.contents[0].to_bytes())): SheetStatus(
                SheetState.ISSUED, ISSUED_AT
            ),
            (seal.document_no, hash_of(seal.contents[0].to_bytes())): SheetStatus(SheetState.VOIDED, ISSUED_AT + 86400),
        }
    )


@contextmanager
def in_state(browser: Browser, name: str, pictures: Pictures, size: tuple[int, int] = PHONE) -> Iterator[Visit]:
    """A page in one of the states."""
    state = STATES[name]
    parts = parts_of(state.shelf(), a_book(), RealComparison(pictures.home))
    with served(lambda _port: parts) as url, visiting(browser, url, size=size) as visit:
        state.reach(visit.page, pictures)
        yield visit
