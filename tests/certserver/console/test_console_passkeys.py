"""Passkeys, in a real browser with a virtual authenticator."""

import json
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from certserver.console.cookies import SESSION
from certserver.office.rights import OfficeRole
from certserver.office.signing_in.sessions import FRESH_S
from tests.support.browser import follow
from tests.support.card_applications import entries_of
from tests.support.console import BrowserSide, ConsoleForTests

pytestmark = pytest.mark.xdist_group("console")

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def authenticator(page: Page, **told: Any) -> Any:
    """A virtual authenticator in this window, and what speaks to it."""
    speaking = page.context.new_cdp_session(page)
    speaking.send("WebAuthn.enable")
    made = speaking.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, **told}})
    return lambda method, **values: speaking.send(method, {"authenticatorId": made["authenticatorId"], **values})


@pytest.fixture
def aoi(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("aoi", OfficeRole.VIEWER)
    return console


def add(page: Page, name: str) -> None:
    follow(page, ".wide-menu a[href='/account']")
    page.fill("#name", name)
    page.click("#passkey button")


def test_a_passkey_is_added_signs_in_and_is_removed(aoi: ConsoleForTests, browser: Browser) -> None:
    with aoi.window(browser, "aoi") as page:
        authenticator(page)
        add(page, "庁舎の端末")
        page.wait_for_selector("text=パスキーを登録しました")
        assert "庁舎の端末" in page.inner_text("main")
        follow(page, "text=サインアウト")
        page.goto(f"{aoi.url}/sign-in?to=/account")
        page.click("#passkey button")
        page.wait_for_url("**/account")
        assert "パスキー" in page.inner_text("section[aria-labelledby=sessions] tbody tr")
        follow(page, "text=削除する")
        page.wait_for_selector("text=パスキーを削除しました")
        follow(page, "text=サインアウト")
        page.click("#passkey button")
        page.wait_for_selector("#passkey .fault:not([hidden])")
        assert "正しくありません" in page.inner_text("#passkey .fault")
    said = [detail.get("what") for _, detail in entries_of(aoi.server)]
    assert [each for each in said if each and "passkey" in str(each)] == [
        "passkey added",
        "passkey",
        "passkey dropped",
    ]


def test_an_authenticator_that_does_not_ask_who_it_is_is_refused(aoi: ConsoleForTests, browser: Browser) -> None:
    with aoi.window(browser, "aoi") as page:
        speak = authenticator(page)
        speak("WebAuthn.setUserVerified", isUserVerified=False)
        add(page, "")
        page.wait_for_selector("#passkey .fault:not([hidden])")
        assert "登録が完了しませんでした" in page.inner_text("#passkey .fault")


def test_an_answer_counts_once_and_only_for_what_was_asked(aoi: ConsoleForTests, browser: Browser) -> None:
    with aoi.window(browser, "aoi") as page:
        authenticator(page)
        sent: list[str] = []
        page.on(
            "request",
            lambda asked: sent.append(asked.post_data or "") if "answer=" in (asked.post_data or "") else None,
        )
        add(page, "鍵")
        page.wait_for_selector("text=パスキーを登録しました")
        follow(page, "text=サインアウト")
        page.click("#passkey button")
        page.wait_for_selector("text=稼働状況")
    registered, signed_in = (_answer(each) for each in sent)
    thief = aoi.stranger()
    for answer in (signed_in, registered, "{}", "[]", "nonsense", signed_in.replace("webauthn.get", "webauthn.create")):
        assert thief.post("/sign-in/passkey", answer=answer, to="/").status == 403
    aoi.hire("midori", OfficeRole.VIEWER)
    other = aoi.signed_in("midori")
    other.get("/account")
    assert other.post("/account/passkeys", answer=registered, name="taken").status == 422
    assert SESSION not in thief.cookies


def test_a_window_left_open_adds_and_removes_none(aoi: ConsoleForTests, browser: Browser) -> None:
    with aoi.window(browser, "aoi") as page:
        authenticator(page)
        add(page, "鍵")
        page.wait_for_selector("text=パスキーを登録しました")
        form_token = page.get_attribute("input[name=form-token]", "value") or ""
        passkey = page.get_attribute("input[name=passkey]", "value") or ""
        aoi.server.clock.advance(FRESH_S)
        page.reload()
        assert (page.query_selector("#passkey"), page.query_selector("input[name=passkey]")) == (None, None)
        for path, sent in (
            ("/account/passkey-options", {}),
            ("/account/passkeys", {"answer": "{}", "name": "鍵"}),
            ("/account/passkeys/drop", {"passkey": passkey}),
        ):
            asked = page.request.post(f"{aoi.url}{path}", form={"form-token": form_token, **sent})
            assert asked.status == 403, path
        follow(page, "text=サインインし直す")
        page.click("#passkey button")
        page.wait_for_url("**/account")
        follow(page, "text=削除する")
        page.wait_for_selector("text=パスキーを削除しました")


def test_options_name_no_passkey_and_no_person(aoi: ConsoleForTests) -> None:
    side = BrowserSide(aoi.url)
    side.get("/sign-in")
    told = json.loads(side.post("/sign-in/passkey-options").body)
    assert (told["allowCredentials"], told["userVerification"], told["rpId"]) == ([], "required", "localhost")


def _answer(body: str) -> str:
    from urllib.parse import parse_qs

    return parse_qs(body)["answer"][0]
