"""The checking page without a network, by a photograph as a telephone takes it, and for eyes that need other colours
or no movement."""

from contextlib import ExitStack

import pytest
from PIL import ImageColor
from playwright.sync_api import Browser

from tests.support import sheets
from tests.support.browser import picture, visiting
from tests.support.checking_page import Shelf, parts_of, served
from tests.support.checking_states import Pictures, answered, in_state
from tests.support.paper_model import Capture, take

pytestmark = pytest.mark.xdist_group("checking-page")

_KEPT = "navigator.serviceWorker.ready.then((kept) => kept.active.state === 'activated')"
_SEED = 7


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    return Pictures(tmp_path_factory.mktemp("pictures"))


def test_paper_is_checked_after_the_server_is_gone(browser: Browser, pictures: Pictures) -> None:
    with ExitStack() as server:
        url = server.enter_context(served(lambda _port: parts_of(Shelf())))
        with visiting(browser, url, keeps_itself=True) as visit:
            visit.page.wait_for_function(_KEPT)
            server.close()
            visit.page.reload()
            visit.page.wait_for_selector("html[data-ready=yes]")
            answered(visit.page, pictures("residence", 1))
            assert "裏面の署名は正しいです" in visit.page.locator("#findings .headline").first.inner_text()


def test_a_telephone_photograph_of_the_back_is_enough(browser: Browser, pictures: Pictures) -> None:
    taken = take(sheets.printed_dots(sheets.residence().file, 1), Capture.PHOTO, _SEED)
    file = picture(taken.raster, pictures("residence", 1).with_name("telephone.jpeg"))
    with served(lambda _port: parts_of(Shelf())) as url, visiting(browser, url) as visit:
        answered(visit.page, file)
        assert "裏面の署名は正しいです" in visit.page.locator("#findings .headline").first.inner_text()


def test_nothing_moves_for_who_wants_no_movement(browser: Browser, pictures: Pictures) -> None:
    with in_state(browser, "start", pictures) as visit:
        visit.page.emulate_media(reduced_motion="reduce")
        moving = "document.getAnimations().filter((one) => one.playState === 'running').length"
        visit.page.evaluate("document.querySelectorAll('[hidden]').forEach((one) => { one.hidden = false; })")
        assert visit.page.evaluate(moving) == 0


def test_buttons_and_answers_are_seen_in_forced_colours(browser: Browser, pictures: Pictures) -> None:
    with in_state(browser, "refused", pictures) as visit:
        visit.page.emulate_media(forced_colors="active")
        for button in visit.page.locator("button:visible").all():
            look = button.evaluate(
                "(one) => { const {borderTopWidth: w, borderTopColor: c, backgroundColor: b} ="
                " getComputedStyle(one); return [parseFloat(w), c, b]; }"
            )
            assert look[0] >= 2
            assert ImageColor.getrgb(look[1]) != ImageColor.getrgb(look[2])
        headline = visit.page.locator("#findings .headline").first
        assert headline.evaluate("(one) => getComputedStyle(one).color") == visit.page.evaluate(
            "getComputedStyle(document.body).color"
        )
