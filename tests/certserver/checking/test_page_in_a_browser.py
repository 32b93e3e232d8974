"""The checking page as a recipient meets it, in a real browser."""

import pytest
from playwright.sync_api import Browser, Page

from koufu.evidence.trustlist import ListedKey, Period, Revocation, RevocationReason
from tests.support.browser import DESK, Visit, violations, visiting
from tests.support.checking_page import STRANGER, Shelf, mihon, parts_of, served, signed_list
from tests.support.checking_states import STATES, Pictures, a_book, answered, in_state
from tests.support.specimens import DOCUMENT_NO, KEY
from tests.support.trust_lists import a_trust_list

pytestmark = pytest.mark.xdist_group("checking-page")


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Pictures:
    return Pictures(tmp_path_factory.mktemp("pictures"))


def headline(page: Page, about: int = 0) -> str:
    """What one of the three answers says: content, sheet, status."""
    return page.locator("#findings .headline").nth(about).inner_text()


def test_a_picture_of_the_back_says_what_was_signed_and_nothing_leaves(browser: Browser, pictures: Pictures) -> None:
    with served(lambda _port: parts_of(Shelf(), a_book())) as url, visiting(browser, url) as visit:
        visit.page.wait_for_load_state("networkidle")
        before = len(visit.requests)
        answered(visit.page, pictures("residence", 1))
        assert "裏面の署名は正しいです" in headline(visit.page)
        told = visit.page.inner_text("#document")
        assert "見本県見本市" in told
        assert "住民票の写し" in told
        assert "令和8年10月1日" in told
        assert DOCUMENT_NO not in told
        assert DOCUMENT_NO[-4:] in told
        assert "健吾" in told
        assert [each for each in visit.since(before) if not each[1].startswith("blob:")] == []
        assert visit.faults == []


def test_a_registered_seal_is_called_so(browser: Browser, pictures: Pictures) -> None:
    with served(lambda _port: parts_of(Shelf())) as url, visiting(browser, url) as visit:
        answered(visit.page, pictures("seal_registration", 1))
        assert visit.page.inner_text("#document figcaption") == "登録印影"
        visit.page.click("#language")
        assert visit.page.inner_text("#document figcaption") == "Registered seal"


def test_a_camera_reads_the_back(browser: Browser) -> None:
    with served(lambda _port: parts_of(Shelf())) as url, visiting(browser, url) as visit:
        visit.page.click("#use-camera")
        visit.page.wait_for_selector("#answer:not([hidden])")
        assert "裏面の署名は正しいです" in headline(visit.page)
        assert visit.page.evaluate("document.activeElement.id") == "answer-title"
        assert visit.page.evaluate("document.getElementById('video').srcObject") is None


REVOKED = Revocation(1, RevocationReason.CEASED)


@pytest.mark.parametrize(
    ("shelf", "says"),
    [
        (Shelf(signed_list(a_trust_list(mihon(ListedKey(STRANGER.raw_public_key, Period(0)))))), "分かりません"),
        (Shelf(signed_list(a_trust_list(mihon(ListedKey(KEY.raw_public_key, Period(0), REVOKED))))), "無効"),
    ],
    ids=["unknown-signer", "revoked"],
)
def test_a_key_that_does_not_count_is_refused(shelf: Shelf, says: str, browser: Browser, pictures: Pictures) -> None:
    with served(lambda _port: parts_of(shelf)) as url, visiting(browser, url) as visit:
        answered(visit.page, pictures("residence", 1))
        assert says in headline(visit.page)
        assert visit.page.inner_text("#document") == ""


def test_a_list_older_than_one_seen_before_is_refused(browser: Browser) -> None:
    shelf = Shelf(signed_list(a_trust_list(mihon(), number=8)))
    with served(lambda _port: parts_of(shelf)) as url, visiting(browser, url) as visit:
        shelf.kept = signed_list(a_trust_list(mihon(), number=7))
        visit.page.reload()
        visit.page.wait_for_selector("#start-blocked:not([hidden])")
        assert "古い" in visit.page.inner_text("#start-blocked")
        assert visit.page.is_disabled("#use-camera")


def test_a_missing_page_is_asked_for_and_taken_in_any_order(browser: Browser, pictures: Pictures) -> None:
    with served(lambda _port: parts_of(Shelf())) as url, visiting(browser, url) as visit:
        answered(visit.page, pictures("large_household", 3))
        assert "まだ写していない" in headline(visit.page)
        visit.page.set_input_files("#choose", [pictures("large_household", at) for at in (1, 0, 2)])
        visit.page.wait_for_selector("#findings .good")
        assert "表面も同じページ" in headline(visit.page)


def test_the_number_is_asked_about_only_on_consent(browser: Browser, pictures: Pictures) -> None:
    with in_state(browser, "back-valid", pictures) as visit:
        before = len(visit.requests)
        with visit.page.expect_response("**/status"):
            visit.page.check("#ask-status")
        visit.page.wait_for_selector("#findings .finding.good >> nth=1")
        assert headline(visit.page, 2).endswith("発行されています")
        assert [method for method, _ in visit.since(before)] == ["POST"]
        assert "健吾" not in (visit.requests[-1].post_data or "")


def test_pictures_leave_only_on_consent(browser: Browser, pictures: Pictures) -> None:
    with in_state(browser, "compare-no-consent", pictures) as visit:
        assert "同意" in visit.page.inner_text("#compare-fault")
        assert visit.page.inner_text("#compare-bounds") == "送れるのは8枚まで、1枚20MBまでです。"
        assert not [url for _, url in visit.since(0) if url.endswith("/compare")]
    with in_state(browser, "compared", pictures) as visit:
        found = visit.page.locator("#compared-findings .finding")
        assert found.first.get_attribute("class") == "finding bad"
        assert found.nth(1).get_attribute("class") != "finding bad"
        assert "発行されたときとちがうところがあります" in found.first.inner_text()
        assert found.first.locator(".differences li").count() == 1
        assert found.first.locator(".differences img").evaluate("(one) => one.complete && one.naturalWidth > 300")


def test_keys_alone_are_enough(browser: Browser) -> None:
    with served(lambda _port: parts_of(Shelf(), a_book())) as url, visiting(browser, url, size=DESK) as visit:
        tabs(visit, "use-camera")
        visit.page.keyboard.press("Enter")
        visit.page.wait_for_selector("#answer:not([hidden])")
        tabs(visit, "ask-status")
        with visit.page.expect_response("**/status"):
            visit.page.keyboard.press("Space")
        assert visit.page.is_checked("#ask-status")
        tabs(visit, "language")
        visit.page.keyboard.press("Enter")
        assert visit.page.get_attribute("html", "lang") == "en"
        assert "signature on the back is valid" in headline(visit.page)


def tabs(visit: Visit, to: str) -> None:
    """Presses Tab until the focus is there."""
    for _ in range(30):
        visit.page.keyboard.press("Tab")
        if visit.page.evaluate("document.activeElement.id") == to:
            return
    pytest.fail(f"Tab does not come to {to}")


@pytest.mark.parametrize("name", STATES)
def test_nobody_is_shut_out_of_any_state(name: str, browser: Browser, pictures: Pictures) -> None:
    with in_state(browser, name, pictures) as visit:
        for _language in ("ja", "en"):
            assert violations(visit.page) == []
            assert visit.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            visit.page.click("#language")
