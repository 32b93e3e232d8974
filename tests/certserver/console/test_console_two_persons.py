"""What takes two: roles, resets and the closing of alarms, as officers do them in a browser."""

import pytest
from playwright.sync_api import Browser

from certserver.office.rights import OfficeRole
from tests.support.browser import follow
from tests.support.card_applications import entries_of, verified
from tests.support.console import BrowserSide, ConsoleForTests
from tests.support.console_pages import an_alarm
from tests.support.staff import PASSWORD

pytestmark = pytest.mark.xdist_group("console")

FOUND = "A sheet was fed askew; the feed was cleaned and tried."


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    """aoi asks, midori decides, sora only looks."""
    console.hire("aoi", OfficeRole.CONFIGURER, OfficeRole.APPROVER)
    console.hire("midori", OfficeRole.APPROVER)
    console.hire("sora", OfficeRole.VIEWER)
    return console


def decision(side: BrowserSide, what: str) -> int:
    """Decides the only proposal that waits; the status."""
    page = side.get("/proposals").body
    path = page.partition('action="/proposals/')[2].partition('"')[0]
    return side.post(f"/proposals/{path}", decision=what).status


def test_i9_what_did_not_match_is_told_in_the_language_of_the_page(office: ConsoleForTests) -> None:
    an_alarm(office, 1, "document number")
    office.hire("haru", OfficeRole.AUDITOR, OfficeRole.CONFIGURER)
    side = office.signed_in("haru")
    side.get("/alarms")
    side.post(f"/alarms/{'01' * 16}", reason=FOUND)
    for page in ("/alarms", "/proposals", "/audit"):
        body = side.get(page).body
        assert "発行番号" in body, page
        assert "document number" not in body, page


def test_i9_an_alarm_is_closed_by_two_and_service_goes_on(office: ConsoleForTests, browser: Browser) -> None:
    an_alarm(office, 1, "the page differs")
    with office.window(browser, "aoi") as page:
        assert "停止中" in page.inner_text("main")
        told = page.locator("main [role=alert]")
        assert "証明書の交付を停止しています" in told.inner_text()
        follow(page, told.locator("a"))
        assert "注文の内容と一致しませんでした" in page.inner_text("article.alarm")
        page.fill("textarea", FOUND)
        follow(page, "text=解除を申請する")
        page.wait_for_selector("text=申請しました")
        follow(page, "text=承認待ちです")
        assert page.locator("button:has-text('承認する')").count() == 0
    with office.window(browser, "midori") as page:
        follow(page, "text=承認待ちの申請（1件）")
        waits = page.inner_text("section[aria-labelledby=waits]")
        assert all(said in waits for said in (FOUND, "kiosk-1", "the page differs", "注文の内容と一致しませんでした"))
        assert page.locator(f"a[href='/alarms#alarm-{'01' * 16}']").count() == 1
        follow(page, "button:has-text('承認する')")
        page.wait_for_selector("text=承認し、実行しました")
        page.goto(office.url)
        assert "稼働中" in page.inner_text("main")
        assert page.locator("main [role=alert]").count() == 0
    assert ("alarm-closed", {"alarm": "01" * 16, "reason": FOUND}) in entries_of(office.server)
    confirmed = {"officer": "aoi", "second": "midori", "what": "close-alarm approved", "about": "01" * 16}
    assert ("staff-confirmed", confirmed) in entries_of(office.server)
    verified(office.server)


def test_nobody_approves_what_they_asked_and_a_viewer_decides_nothing(office: ConsoleForTests) -> None:
    an_alarm(office, 1, "the page differs")
    asking = office.signed_in("aoi")
    asking.get("/alarms")
    assert asking.post(f"/alarms/{'01' * 16}", reason=FOUND).went == ("/alarms", "asked")
    assert decision(asking, "approve") == 403
    assert decision(office.signed_in("sora"), "approve") == 403
    assert decision(office.signed_in("sora"), "decline") == 403
    asking.get("/alarms")
    assert asking.post(f"/alarms/{'01' * 16}", reason=FOUND).status == 409
    assert decision(asking, "decline") == 303
    assert "停止中" in asking.get("/").body


@pytest.mark.parametrize(
    ("alarm", "reason", "status"), [("02" * 16, FOUND, 404), ("x", FOUND, 404), ("01" * 16, " ", 422)]
)
def test_there_is_an_alarm_and_a_reason_for_closing_it(
    alarm: str, reason: str, status: int, office: ConsoleForTests
) -> None:
    an_alarm(office, 1, "the page differs")
    side = office.signed_in("aoi")
    side.get("/alarms")
    assert side.post(f"/alarms/{alarm}", reason=reason).status == status


def test_somebody_is_entered_given_a_role_by_two_and_signs_in(office: ConsoleForTests, browser: Browser) -> None:
    with office.window(browser, "aoi") as page:
        follow(page, ".wide-menu >> text=職員と役割")
        page.fill("#mark", "ren")
        page.fill("#name", "見本　蓮")
        follow(page, "main form button")
        code = page.inner_text(".way")
        follow(page, "text=職員と役割へ")
        follow(page, "text=ren")
        page.check("#role-auditor")
        follow(page, "button:text-is('申請する')")
        page.wait_for_selector("text=申請しました")
    newcomer = BrowserSide(office.url)
    newcomer.get("/enter")
    assert "way-in" not in newcomer.post("/enter", mark="ren", code="A" * 24).body
    opened = newcomer.post("/enter", mark="ren", code=code).body
    assert "二次元コード" in opened
    assert "見本　蓮" in office.signed_in("midori").get("/proposals").body
    assert "見本　蓮" not in office.signed_in("sora").get("/proposals").body
    assert decision(office.signed_in("midori"), "approve") == 303
    with office.window(browser) as page:
        page.goto(f"{office.url}/enter?mark=ren&code={'B' * 24}")
        assert page.input_value("#code") == ""
        page.fill("#code", code)
        follow(page, "button.primary")
        page.fill("#password", PASSWORD)
        page.fill("#password-again", PASSWORD)
        page.fill("#one-time-code", _code(page.inner_text("main code"), office))
        follow(page, "button.primary")
        page.wait_for_selector("text=サインインしました")
        follow(page, ".wide-menu >> text=監査の記録")
        page.wait_for_selector("text=サインイン")


def test_a_reset_takes_two_and_ends_all_that_was_open(office: ConsoleForTests) -> None:
    office.hire("ren", OfficeRole.VIEWER)
    office.give_other_ways("ren")
    open_elsewhere, asking = office.signed_in("ren"), office.signed_in("aoi")
    asking.get("/people/ren")
    assert asking.post("/people/ren/way-in").status == 409
    assert asking.post("/people/ren/reset").went == ("/people/ren", "asked")
    assert open_elsewhere.get("/").status == 200
    deciding = office.signed_in("midori")
    page = deciding.get("/proposals").body
    path = page.partition('action="/proposals/')[2].partition('"')[0]
    answered = deciding.post(f"/proposals/{path}", decision="approve")
    assert 'class="way"' in answered.body
    assert open_elsewhere.get("/").status == 303
    assert office.other_ways("ren") == (False, 0)
    again = office.stranger()
    assert again.post("/sign-in", mark="ren", password=PASSWORD, code=office.code("ren")).status == 403
    assert deciding.post(f"/proposals/{path}", decision="approve").status == 409


def test_a_role_that_ends_opens_nothing_any_more(office: ConsoleForTests) -> None:
    side, asking = office.signed_in("sora"), office.signed_in("aoi")
    asking.get("/people/sora")
    told = {"role": "viewer", "since": "2026-04-01"}
    assert asking.post("/people/sora/role-end", **told, last="no day").status == 409
    assert asking.post("/people/sora/role-end", role="auditor", since="2026-04-01", last="2026-06-09").status == 404
    assert asking.post("/people/sora/role-end", **told, last="2026-06-09").status == 303
    assert decision(office.signed_in("midori"), "approve") == 303
    assert side.get("/").to == "/sign-in"


def test_one_person_ends_the_sessions_of_another(office: ConsoleForTests) -> None:
    side, asking = office.signed_in("sora"), office.signed_in("aoi")
    asking.get("/people/sora")
    assert asking.post("/people/sora/sessions-end").status == 303
    assert side.get("/").to == "/sign-in"


@pytest.mark.parametrize(
    ("path", "fields", "status"),
    [
        ("/people", {"mark": "aoi", "name": "見本"}, 422),
        ("/people", {"mark": "Ren!", "name": "見本"}, 422),
        ("/people", {"mark": "ren", "name": ""}, 422),
        ("/people/sora/role", {"role": "viewer", "since": "2026-05-01"}, 409),
        ("/people/sora/role", {"role": "mayor", "since": "2026-05-01"}, 409),
        ("/people/sora/role", {"role": "auditor", "since": "2026-05-01", "until": "2026-04-01"}, 409),
        ("/people/nobody/role", {"role": "auditor", "since": "2026-05-01"}, 404),
        ("/people/nobody/reset", {}, 404),
        ("/people/nobody/sessions-end", {}, 404),
        ("/proposals/00", {"decision": "approve"}, 404),
        ("/proposals/zz", {"decision": "approve"}, 404),
    ],
)
def test_what_can_not_be_is_said_plainly(
    path: str, fields: dict[str, str], status: int, office: ConsoleForTests
) -> None:
    side = office.signed_in("aoi")
    assert side.post(path, **fields).status == status


def _code(secret: str, console: ConsoleForTests) -> str:
    from base64 import b32decode

    from certserver.staff.codes import code_at

    return code_at(b32decode(secret.replace(" ", "")), console.now())
