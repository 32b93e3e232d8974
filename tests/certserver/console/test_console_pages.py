"""Every page of the console, by the table of routes: a new one is walked by itself."""

import re
from collections.abc import Iterator
from enum import Enum
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from certserver.console.app import PAGES
from certserver.console.texts import Language, catalogue
from certserver.ledger.audit import AuditEvent
from certserver.office.proposals import ProposalKind
from certserver.office.purposes import Reason
from certserver.office.rights import RIGHTS, OfficeRole, Right
from koufu.evidence.words import Mismatch
from tests.support.browser import follow, violations
from tests.support.card_applications import entries_of
from tests.support.console import BrowserSide, ConsoleForTests, a_console
from tests.support.console_pages import NAMED, fill, first_document, shown_paths

pytestmark = pytest.mark.xdist_group("console")

SIZES = {Language.JAPANESE: (1280, 900), Language.ENGLISH: (390, 844)}
NARROW = {Language.JAPANESE: ((640, 1),), Language.ENGLISH: ((390, 2), (320, 1))}
"""Where no page may scroll sideways either (WCAG 2.2, 1.4.4 and 1.4.10): what a desk's window shows at 200 %, a phone's
with text twice as large, and the narrowest. Width in CSS px, how large text is."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cache-control": "no-store",
}


FAULTY: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("/account", "/account/password", {"former": "x", "password": "x", "password-again": "y", "one-time-code": "1"}),
    ("/alarms", f"/alarms/{'02' * 16}", {"reason": " "}),
    ("/applications/{application}", "", {"seen": "9"}),
    ("/enrolments/{enrolment}", "", {"koseki": "x", "person": "x"}),
    ("/ledger/documents/{document}", "", {}),
    ("/ledger/person", "", {}),
    ("/ledger/recalls", "", {}),
    ("/people", "", {"mark": "X", "name": "見本"}),
    ("/people/midori", "/people/midori/role", {"since": "2000-01-01"}),
    ("/registers", "/registers/seal", {}),
    ("/registers", "/registers/withholding", {}),
    ("/reports/cards-by-age", "", {"until": "x"}),
    ("/settings/closures", "", {"since-0": "", "until-0": "2026-01-02", "reason-0": ""}),
    ("/settings/drafts/1", "/settings/drafts/1/when", {"why": "長" * 500}),
    ("/settings/drafts/2", "/settings/drafts/2/roll-back", {"why": "長" * 500}),
    ("/settings/kinds/residence", "", {"fee": "x", "opens-0": "25:00"}),
    ("/settings/post-offices/list", "", {"office-0": "mihon", "since-0": "", "until-0": "2026-01-01"}),
    ("/settings/refusals", "", {"text-closed": "窓口へ。"}),
    ("/settings/profile", "", {"mayor_name": "", "window-phone": ""}),
    ("/settings/purposes", "", {"code-0": "X", "code-6": "X", "name-6": "見本"}),
    ("/settings/seal", "", {}),
    ("/terminals/kiosk-1", "/terminals/kiosk-1/stop", {}),
    ("/terminals", "/terminals/build", {"minimum": "x"}),
    ("/terminals", "/terminals/codes", {"terminal": "X"}),
)
"""Forms with a mistake in them: page, where it is sent to unless that is the page, and what is typed."""

FAULTY_AT_THE_DOOR = (
    ("/sign-in", "", {"mark": "x", "password": "x", "code": "1"}),
    ("/enter", "", {"mark": "x", "code": "x"}),
)

SEND = """([action, typed]) => {
    const form = document.querySelector(`main form[method=post][action="${action}"]`);
    form.noValidate = true;
    for (const [name, value] of Object.entries(typed)) form.elements[name].value = value;
    form.requestSubmit();
}"""

UNTOLD = """() => {
    const of = place => `${place}: not told to whoever hears the page`;
    const told = mistake => {
        const field = document.querySelector(`[aria-describedby~="${mistake.id}"]`);
        if (field === null) return false;
        return field.matches("fieldset") || field.getAttribute("aria-invalid") === "true";
    };
    const led = [...document.querySelectorAll("[role=alert] a[href^='#']")].map(link => link.hash.slice(1));
    return [
        ...[...document.querySelectorAll(".fault[id]")].filter(mistake => !told(mistake)).map(one => of(one.id)),
        ...[...document.querySelectorAll(".fault[id]")]
            .filter(one => !led.includes(one.id.replace(/-wrong$/, ""))).map(one => `${one.id}: not led to`),
        ...led.filter(place => document.getElementById(place) === null).map(place => `#${place}: leads nowhere`),
    ];
}"""
"""Mistakes that stand at a field on the page alone, and links from the list of mistakes that lead to none."""


def sideways(page: Page, language: Language) -> list[str]:
    """In which windows of a language a page scrolls sideways; it gets back its size."""
    asked = "document.documentElement.scrollWidth > innerWidth"
    larger = f"size => {{ document.documentElement.style.fontSize = size; return {asked}; }}"
    found = ["sideways"] if page.evaluate(asked) else []
    for width, size in NARROW[language]:
        if width != SIZES[language][0]:
            page.set_viewport_size({"width": width, "height": 800})
        if page.evaluate(larger, f"{size}00%"):
            found.append(f"sideways at {width} px, text {size}00 %")
    page.set_viewport_size({"width": SIZES[language][0], "height": SIZES[language][1]})
    return found


@pytest.fixture
def walked(tmp_path: Path) -> Iterator[ConsoleForTests]:
    with a_console(tmp_path, filled=fill) as console:
        yield console


@pytest.mark.parametrize("language", Language, ids=[each.value for each in Language])
def test_nobody_is_shut_out_of_any_page(language: Language, walked: ConsoleForTests, browser: Browser) -> None:
    wrong: dict[str, object] = {}
    everything, asked_first = shown_paths(walked), ["/ledger"]
    # Whatever else a stranger asks for, they are shown where one signs in.
    open_to_all = [page.path for page in PAGES if page.open and page.show is not None]
    for mark, purpose, paths in (("", False, open_to_all), ("aoi", False, asked_first), ("aoi", True, everything)):
        with walked.window(browser, mark, SIZES[language], purpose=purpose) as page:
            if language is not Language.JAPANESE:
                follow(page, f"button[value={language.value}]")
            for path in paths:
                page.goto(walked.url + path)
                found = [one["id"] for one in violations(page)]
                if page.get_attribute("html", "lang") != language.value:
                    found.append("language")
                found += sideways(page, language)
                if found:
                    wrong[path] = found
    assert wrong == {}


@pytest.mark.parametrize("language", Language, ids=[each.value for each in Language])
def test_nobody_is_shut_out_of_a_form_with_a_mistake(
    language: Language, walked: ConsoleForTests, browser: Browser
) -> None:
    wrong: dict[str, object] = {}
    for mark, purpose, forms in (
        ("", False, FAULTY_AT_THE_DOOR),
        ("aoi", False, (("/ledger", "/purpose", {}),)),
        ("aoi", True, FAULTY),
    ):
        with walked.window(browser, mark, SIZES[language], purpose=purpose) as page:
            if language is not Language.JAPANESE:
                follow(page, f"button[value={language.value}]")
            for route, sent_to, typed in forms:
                path = NAMED[route](walked) if route in NAMED else route
                action = sent_to or path
                page.goto(walked.url + path)
                assert page.locator(f'main form[method=post][action="{action}"]').count() > 0, path
                with page.expect_navigation():
                    page.evaluate(SEND, [action, typed])
                found = [one["id"] for one in violations(page)] + page.evaluate(UNTOLD)
                if page.locator("[role=alert]").count() == 0:
                    found.append("nothing told")
                found += sideways(page, language)
                if found:
                    wrong[f"{path} {action}"] = found
    assert wrong == {}


def test_every_answer_has_the_headers(walked: ConsoleForTests) -> None:
    for side in (BrowserSide(walked.url), walked.signed_in("aoi", purpose=True)):
        paths = [*shown_paths(walked), "/nowhere", "/s/0/nothing.js"]
        answers = [side.get(path) for path in paths]
        answers += [side.ask("POST", page.path, {}) for page in PAGES if page.do is not None]
        answers += [side.ask("PUT", "/"), side.ask("GET", "/", headers={"Host": "elsewhere.example"})]
        for answered in answers:
            assert answered.status < 500
            assert {name: answered.headers.get(name) for name in HEADERS} == HEADERS


def test_pages_hold_no_script_or_style_of_their_own(walked: ConsoleForTests) -> None:
    side = walked.signed_in("aoi", purpose=True)
    for path in shown_paths(walked):
        page = side.get(path).body
        assert not re.findall(r"<style|<script(?![^>]* src=)| style=| on[a-z]+=|javascript:", page), path


def test_i12_whatever_is_personal_wants_a_purpose_and_leaves_a_view(walked: ConsoleForTests) -> None:
    side, told = walked.signed_in("aoi"), walked.signed_in("aoi", purpose=True)
    personal = {page.path for page in PAGES if page.personal and page.show is not None}
    # These show a question alone, until something is asked.
    questions = {"/ledger": "?kind=", "/ledger/person": "", "/settings/then": f"?number={first_document(walked)}"}
    assert questions.keys() <= personal
    for path in personal:
        asked = f"{NAMED[path](walked) if path in NAMED else path}{questions.get(path, '')}"
        assert 'action="/purpose"' in side.get(asked).body, path
        before = sum(event == "viewed" for event, _ in entries_of(walked.server))
        assert told.get(asked).status == 200, path
        noted = [detail for event, detail in entries_of(walked.server) if event == "viewed"][before:]
        assert [detail["reason"] for detail in noted] == ["incident 2026-17"] * (path != "/ledger/person"), path


def test_cookies_are_the_servers_alone(walked: ConsoleForTests) -> None:
    answered = BrowserSide(walked.url).get("/sign-in")
    assert answered.headers["set-cookie"].startswith("__Host-koufu-visit=")
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Secure"} <= set(answered.headers["set-cookie"].split("; "))


def test_nobody_comes_to_a_page_without_signing_in(walked: ConsoleForTests) -> None:
    stranger = walked.stranger()
    for page in PAGES:
        if not page.open:
            path = re.sub(r"{\w+}", "x", page.path)
            assert stranger.get(path).to.startswith("/sign-in") or page.show is None, path
            if page.do is not None:
                assert stranger.post(path).to == "/sign-in", path


@pytest.mark.parametrize("role", OfficeRole, ids=[role.value for role in OfficeRole])
def test_a_role_opens_its_pages_and_no_other(role: OfficeRole, walked: ConsoleForTests) -> None:
    walked.hire("sora", role)
    side = walked.signed_in("sora")
    menu = side.get("/").body
    for page in PAGES:
        may = page.right is None or page.right in RIGHTS[role]
        path = re.sub(r"{\w+}", "x", page.path)
        if page.menu is not None:
            assert (f'<a href="{path}"' in menu) is may, path
        if page.show is not None:
            assert (side.get(path).status == 403) is not may, path
        if page.do is not None and not may:
            side.get("/")
            assert side.post(path).status == 403, path


def test_both_languages_say_everything() -> None:
    japanese, english = (catalogue(language) for language in Language)
    assert japanese.keys() == english.keys()
    fields = re.compile(r"{\w+}")
    assert {key for key in japanese if set(fields.findall(japanese[key])) != set(fields.findall(english[key]))} == set()


def test_every_word_of_the_rules_has_a_text() -> None:
    words: dict[str, type[Enum]] = {
        "event.": AuditEvent,
        "proposals.": ProposalKind,
        "purpose.reason-": Reason,
        "right.": Right,
        "role.": OfficeRole,
    }
    keys = {f"{group}{each.value}" for group, values in words.items() for each in values}
    keys |= {f"alarms.fits-{each.value.replace(' ', '-')}" for each in Mismatch}
    assert keys - catalogue(Language.JAPANESE).keys() == set()


def test_a_language_is_kept(walked: ConsoleForTests) -> None:
    side = walked.signed_in("aoi")
    side.get("/account")
    assert side.post("/language", language="en", back="/account").to == "/account"
    assert '<html lang="en">' in side.get("/account").body
    assert side.post("/language", language="xx", back="/account").to == "/account"
    assert '<html lang="en">' in side.get("/account").body
