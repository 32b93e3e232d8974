"""What an officer changes in the registers at once, in a browser and on the wire."""

import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser

from certserver.ledger.audit import AuditEvent
from certserver.office.rights import OfficeRole
from certserver.registers.snapshots import begin_snapshot, finish_snapshot, put_in_force
from tests.support.browser import follow
from tests.support.card_applications import entries_of
from tests.support.console import BrowserSide, ConsoleForTests
from tests.support.server_visit import SEAL, Visit, refusal

pytestmark = pytest.mark.xdist_group("console")

KENGO = "kengo"


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    """aoi keeps the registers, sora looks; kengo may come."""
    console.server.line().heartbeat(console.municipality)
    console.hire("aoi", OfficeRole.REGISTRAR)
    console.hire("sora", OfficeRole.VIEWER)
    return console


def registrar(office: ConsoleForTests) -> BrowserSide:
    side = office.signed_in("aoi")
    side.get("/registers")
    return side


def prepared(office: ConsoleForTests) -> Visit:
    """A visit of kengo's that was prepared."""
    visit = office.server.visit(KENGO)
    visit.offer()
    assert not visit.prepare(visit.order(SEAL))[0].HasField("refusal")
    return visit


def test_i14_a_measure_set_in_a_browser_counts_for_the_very_next_release(
    office: ConsoleForTests, browser: Browser
) -> None:
    visit = prepared(office)
    with office.window(browser, "aoi") as page:
        follow(page, ".wide-menu >> text=台帳")
        page.click("text=支援措置 >> nth=-1")
        page.check("#kind-protective-measure")
        page.check("#change-set")
        page.fill("#resident", KENGO)
        follow(page, "#withholding ~ form button")
        page.wait_for_selector("text=直ちに適用されます")
        assert KENGO not in page.content()
    assert refusal(visit.release()) != ""
    (noted,) = (detail for event, detail in entries_of(office.server) if event == AuditEvent.REGISTER_CHANGED.value)
    assert noted["what"] == "protective-measure set"
    assert KENGO not in str(noted)


def test_i6_a_registered_seal_cancelled_here_is_in_no_certificate_any_more(office: ConsoleForTests) -> None:
    visit, side = prepared(office), registrar(office)
    assert side.post("/registers/seal", resident=KENGO, change="cancel").went == ("/registers", "seal-cancelled")
    assert refusal(visit.release()) != ""
    assert side.post("/registers/seal", resident=KENGO, change="revive").went == ("/registers", "seal-revived")
    prepared(office)


HOLD = {"kind": "issuance-hold", "change": "set", "resident": KENGO}


@pytest.mark.parametrize(
    ("before", "told", "text"),
    [
        ([], HOLD | {"resident": "nobody"}, "台帳にありません"),
        ([], HOLD | {"resident": "", "koseki": "k", "person": "1"}, "台帳にありません"),
        ([], HOLD | {"koseki": "k"}, "どちらか一方"),
        ([], HOLD | {"resident": "", "person": "1"}, "どちらか一方"),
        ([], HOLD | {"kind": "anything"}, "区分と操作を選んでください"),
        ([], HOLD | {"change": "cancel"}, "区分と操作を選んでください"),
        ([], HOLD | {"change": "lift"}, "設定されていません"),
        ([HOLD], HOLD, "すでに設定されています"),
    ],
)
def test_withholdings_that_are_not_set(
    before: list[dict[str, str]], told: dict[str, str], text: str, office: ConsoleForTests
) -> None:
    side = registrar(office)
    for each in before:
        assert side.post("/registers/withholding", **each).status == 303
    asked = side.post("/registers/withholding", **told)
    assert (asked.status, text in asked.body) == (422, True)


def test_i14_a_measure_is_lifted_only_when_that_is_meant(office: ConsoleForTests, browser: Browser) -> None:
    measure = {"kind": "protective-measure", "resident": KENGO}
    assert registrar(office).post("/registers/withholding", change="set", **measure).status == 303
    with office.window(browser, "aoi") as page:
        page.goto(f"{office.url}/registers")
        page.check("#kind-protective-measure")
        page.check("#change-lift")
        page.fill("#resident", KENGO)
        follow(page, "#withholding ~ form button")
        asked = page.locator("section[aria-labelledby=lifting]")
        assert "支援措置" in asked.locator("dl").inner_text()
        assert KENGO in asked.locator("dl").inner_text()
        # Pressed without the tick it asks again.
        follow(page, asked.locator("button"))
        assert "まだ解除していません" in asked.inner_text()
        assert [each["what"] for each in changes(office)] == ["protective-measure set"]
        asked.locator("label").click()
        follow(page, asked.locator("button"))
        page.wait_for_selector("text=解除しました")
    assert [each["what"] for each in changes(office)] == ["protective-measure set", "protective-measure lifted"]


def changes(office: ConsoleForTests) -> list[Mapping[str, object]]:
    return [detail for event, detail in entries_of(office.server) if event == AuditEvent.REGISTER_CHANGED.value]


@pytest.mark.parametrize(
    ("before", "told", "text"),
    [
        ([], {"change": "cancel", "resident": "nobody"}, "台帳にありません"),
        ([], {"change": "cancel", "resident": "haru"}, "印鑑の登録がありません"),
        ([], {"change": "revive", "resident": KENGO}, "ここでは廃止されていません"),
        ([], {"change": "set", "resident": KENGO}, "区分と操作を選んでください"),
        ([], {"change": "cancel"}, "どちらか一方"),
        ([{"change": "cancel", "resident": KENGO}], {"change": "cancel", "resident": KENGO}, "すでに廃止されています"),
    ],
)
def test_seals_that_are_not_changed(
    before: list[dict[str, str]], told: dict[str, str], text: str, office: ConsoleForTests
) -> None:
    side = registrar(office)
    for each in before:
        assert side.post("/registers/seal", **each).status == 303
    asked = side.post("/registers/seal", **told)
    assert (asked.status, text in asked.body) == (422, True)


def test_a_former_snapshot_comes_back(office: ConsoleForTests, browser: Browser) -> None:
    now, visit = office.now(), prepared(office)
    with office.server.database.writing() as connection:
        later = begin_snapshot(connection, office.municipality, now)
        finish_snapshot(connection, later, now, {"residents": 0})
        put_in_force(connection, later, now)
    assert refusal(visit.release()) != ""
    with office.window(browser, "aoi") as page:
        page.goto(f"{office.url}/registers")
        follow(page, "text=この台帳に戻す")
        asked = page.locator("section[aria-labelledby=restoring]")
        assert "続けられなくなったカード申請は終了します" in asked.inner_text()
        assert refusal(visit.release()) != ""
        asked.locator("label").click()
        follow(page, asked.locator("button"))
        page.wait_for_selector("text=以前の台帳に戻しました")
        assert page.inner_text("section[aria-labelledby=snapshots] tbody tr:has-text('使用中') th") != str(later.number)
    # Not the seal: one that a register does not have any more stays cancelled when a former register comes back.
    again = office.server.visit(KENGO)
    again.offer()
    assert not again.prepare(again.order())[0].HasField("refusal")
    side = registrar(office)
    for number in ("99", "x", "9" * 30):
        assert side.post(f"/registers/snapshots/{number}").status == 404


def test_whoever_only_looks_changes_nothing(office: ConsoleForTests) -> None:
    side = office.signed_in("sora")
    assert "この台帳に戻す" not in side.get("/registers").body
    for path in ("/registers/withholding", "/registers/seal", "/registers/snapshots/1"):
        assert side.post(path, **HOLD).status == 403


def test_a_list_of_revoked_x509s_that_is_too_old_is_told(office: ConsoleForTests) -> None:
    assert "期限切れ" not in registrar(office).get("/registers").body
    office.server.clock.advance(72 * 3600)
    assert "期限切れ" in registrar(office).get("/registers").body


def test_a_key_that_was_typed_stays_in_its_own_form(console: ConsoleForTests) -> None:
    console.hire("aoi", OfficeRole.REGISTRAR)
    side = console.signed_in("aoi")
    side.get("/registers")
    for path, fields in (("withholding", {"change": "set", "kind": "x"}), ("seal", {"change": "x"})):
        answered = side.post(f"/registers/{path}", resident="kengo-9", **fields)
        assert answered.status == 422
        (tag,) = re.findall(r'<input id="([^"]+)"[^>]* value="kengo-9"', answered.body)
        assert tag == {"withholding": "resident", "seal": "resident-sealed"}[path]
