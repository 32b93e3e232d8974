"""Terminals at the console: a code in the browser, the terminal's own command, and the terminal online on the page."""

from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from certserver.composition.clock import SystemClock
from certserver.composition.home import HOSTS
from certserver.composition.settings import load_settings
from certserver.console.texts import Language, catalogue
from certserver.ledger.terminals import enter_terminal
from certserver.office.rights import OfficeRole
from certserver.office.terminals.reading import one_terminal
from certserver.office.terminals.standing import Standing
from certserver.outlets import Outlet, OutletKind
from certserver.pipeline.debts import keep_debt
from certserver.pipeline.terminals import told
from certserver.pipeline.terminals.renewing import renew
from certserver.signing.tls import make_ca, make_server_x509
from kiosk.actions.server import LogLine, Owed, Told
from kiosk.flow.values.service import OutOfService
from tests.support.browser import follow
from tests.support.card_applications import entries_of
from tests.support.console import ConsoleForTests
from tests.support.enrolling_terminal import EnrollingTerminal, a_port_to_enrol
from tests.support.terminal_keys import new_key, request_of
from tests.support.terminals import OWED, WELL, beats

pytestmark = pytest.mark.xdist_group("console")

NAME = "kiosk-9"


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    """aoi keeps terminals, sora looks. The clock is that on the wall, by which TLS goes."""
    console.server.clock.set(SystemClock().now())
    console.hire("aoi", OfficeRole.CONFIGURER)
    console.hire("sora", OfficeRole.VIEWER)
    return console


def row_of(page: Page, office: ConsoleForTests, name: str) -> str:
    page.goto(f"{office.url}/terminals")
    return page.locator("section[aria-labelledby=states] tbody tr", has_text=name).inner_text()


def test_the_first_page_tells_whoever_keeps_terminals_that_the_server_s_own_x509_ends(
    office: ConsoleForTests,
) -> None:
    home, now = office.server.home, office.server.clock.now()
    settings = load_settings(home)
    brought = make_server_x509(make_ca(now), HOSTS, now - timedelta(days=310))
    (home / settings.tls_key).write_bytes(brought.key)
    (home / settings.tls_x509).write_bytes(brought.x509)
    told = catalogue(Language.JAPANESE)["home.server-x509-ends"].partition("{")[0]
    assert told in office.signed_in("aoi").get("/").body
    assert told not in office.signed_in("sora").get("/").body


def test_a_terminal_enrols_by_a_code_and_is_online_tells_its_log_and_is_stopped(
    office: ConsoleForTests, browser: Browser, tmp_path: Path
) -> None:
    server = office.server
    with (
        office.window(browser, "aoi") as page,
        server.on_the_wire() as wire,
        a_port_to_enrol(server) as port,
    ):
        follow(page, ".wide-menu >> text=端末")
        page.fill("#terminal", NAME)
        page.fill("#outlet", "mihon-ekimae")
        page.select_option("#outlet-kind", "convenience-store")
        follow(page, "text=登録コードを発行する")
        code = page.inner_text("code.way")
        assert "koufu-kiosk enrol" in page.inner_text("main")
        assert "登録待ち" in row_of(page, office, NAME)
        assert code not in page.content()
        terminal = EnrollingTerminal(tmp_path / NAME, wire, port, NAME)
        assert terminal.enrol(code) == 0
        with terminal.started() as started:
            assert started.beat(OutOfService.PAPER).not_admitted is None
            assert "休止中" in row_of(page, office, NAME)
            assert "用紙切れ" in row_of(page, office, NAME)
            assert started.beat().not_admitted is None
            row = row_of(page, office, NAME)
            assert "稼働中" in row
            assert "480枚" in row
            follow(page, f"text={NAME}")
            follow(page, "text=ログを求める")
            page.wait_for_selector("text=端末にログを求めました")
            assert started.beat().wants_log
            lines = (
                LogLine(office.now(), {"event": "action broke", "level": "error", "fault": "PrinterError"}),
                LogLine(office.now(), {"event": "見本　花子", "what": "見本　花子", "reference": "4Q7-K2M"}),
            )
            assert not started.beat(told=Told((), 480, Owed(debts=1, debt_yen=300), lines)).wants_log
            page.reload()
            log = page.inner_text("section[aria-labelledby=log]")
            assert "PrinterError" in log
            assert "4Q7-K2M" in log
            assert "異常 処理の中断" in log
            assert "action broke" not in log
            assert "花子" not in page.content()
            assert "300円" in page.inner_text("section[aria-labelledby=owed]")
            follow(page, "text=この端末を停止する")
            asked = page.locator("section[aria-labelledby=stopping]")
            assert "利用中の人も続けられません" in asked.inner_text()
            assert started.beat().not_admitted is None
            asked.locator("input[name=why]").fill("現金処理機の点検")
            follow(page, asked.locator("button"))
            page.wait_for_selector("text=停止しました。")
            assert started.beat().not_admitted is OutOfService.NOT_ADMITTED
            follow(page, "button:has-text('再び使えるようにする')")
            page.wait_for_selector("text=再び使えるようにしました。")
            assert started.beat().not_admitted is None
            follow(page, "section[aria-labelledby=x509s] button")
            asked = page.locator("section[aria-labelledby=revoking]")
            assert "端末は直ちに使えなくなり" in asked.inner_text()
            assert started.beat().not_admitted is None
            asked.locator("label").click()
            follow(page, asked.locator("button"))
            page.wait_for_selector("text=失効させました。")
            assert started.beat().not_admitted is OutOfService.NOT_ADMITTED
    of_it = [(event, detail) for event, detail in entries_of(server) if detail.get("terminal") == NAME]
    assert [detail["reason"] for _, detail in of_it if "reason" in detail] == ["現金処理機の点検"]
    noted = [(event, detail.get("what")) for event, detail in of_it]
    assert noted == [
        ("configured", "code to enrol at mihon-ekimae, convenience-store"),
        ("terminal-enrolled", "enrolled at mihon-ekimae, convenience-store"),
        ("configured", "log asked for"),
        ("configured", "terminal withdrawn"),
        ("configured", "terminal served again"),
        ("configured", "X.509 revoked"),
    ]


def test_an_x509_is_revoked_only_when_that_is_meant(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    (known,) = one_terminal(office.desk("aoi"), "kiosk-1").x509s
    side.get("/terminals/kiosk-1")
    asked = side.post("/terminals/kiosk-1/x509", x509=known.x509_hash.hex())
    assert (asked.status, "取り消せないことを承知のうえで" in asked.body) == (422, True)
    assert one_terminal(office.desk("aoi"), "kiosk-1").x509s == (known,)
    assert side.post("/terminals/kiosk-1/x509", x509="00" * 32).status == 404
    assert side.post("/terminals/kiosk-1/x509", x509=known.x509_hash.hex(), although="yes").status == 303
    assert side.post("/terminals/kiosk-1/x509", x509=known.x509_hash.hex()).status == 404


def test_a_terminal_is_stopped_only_for_a_reason(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/terminals/kiosk-1")
    for typed in ({}, {"why": " "}, {"why": "長" * 257}):
        asked = side.post("/terminals/kiosk-1/stop", **typed)
        assert (asked.status, "まだ停止していません" in asked.body) == (422, True)
        assert ("1～256文字で" in asked.body) == bool(typed)
        assert one_terminal(office.desk("aoi"), "kiosk-1").state.standing is not Standing.STOPPED
    assert side.post("/terminals/kiosk-1/stop", why="点検").status == 303
    assert one_terminal(office.desk("aoi"), "kiosk-1").state.standing is Standing.STOPPED


def test_before_one_is_revoked_it_is_told_that_those_renewed_since_go_with_it(office: ConsoleForTests) -> None:
    server = office.server
    server.clock.advance(300 * 86_400)
    side = office.signed_in("aoi")
    renewed = renew(
        server.node.terminal_parts, office.municipality, server.caller("kiosk-1"), request_of("kiosk-1", new_key())
    )
    assert isinstance(renewed, bytes)
    newer, older = one_terminal(office.desk("aoi"), "kiosk-1").x509s
    side.get("/terminals/kiosk-1")
    told_of = {}
    for each in (newer, older):
        asked = side.post("/terminals/kiosk-1/x509", x509=each.x509_hash.hex())
        told_of[each.x509_hash] = asked.body.partition('id="revoking"')[2].partition("</section>")[0]
    assert "その後に更新したものも失効します" not in told_of[newer.x509_hash]
    assert "端末は直ちに使えなくなります" not in told_of[newer.x509_hash]
    assert "その後に更新したものも失効します" in told_of[older.x509_hash]
    assert "端末は直ちに使えなくなります" in told_of[older.x509_hash]


def test_a_least_build_that_would_stop_terminals_is_set_only_when_that_is_meant(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    office.server.line("kiosk-1").heartbeat(office.municipality)
    side.get("/terminals")
    asked = side.post("/terminals/build", minimum="9.0.0")
    assert (asked.status, "1台の端末が使えなくなります" in asked.body) == (422, True)
    assert one_terminal(office.desk("aoi"), "kiosk-1").state.online
    assert side.post("/terminals/build", minimum="x").status == 422
    assert (
        "最低ビルドを設定しました" in side.follow(side.post("/terminals/build", minimum="9.0.0", although="yes")).body
    )
    assert "ビルドが古い" in side.get("/terminals").body
    assert "応答のない端末" not in side.get("/").body


def test_terminals_are_shown_by_how_they_stand_and_page_by_page(office: ConsoleForTests) -> None:
    office.server.line("kiosk-1").heartbeat(office.municipality)
    side = office.signed_in("sora")
    rows = side.get("/terminals?standing=serves").body
    assert "kiosk-1" in rows
    assert "kiosk-2" not in rows
    assert "この状態の端末はありません" in side.get("/terminals?standing=%3Cb%3E").body
    with office.server.database.writing() as connection:
        for at in range(201):
            place = Outlet(f"shop-{at:03}", OutletKind.CONVENIENCE_STORE)
            enter_terminal(connection, office.municipality, f"shop-kiosk-{at:03}", place)
    first, second = side.get("/terminals").body, side.get("/terminals?page=2").body
    assert ("shop-kiosk-000" in first, "shop-kiosk-200" in first) == (True, False)
    assert "2／2ページ" in second
    assert "shop-kiosk-200" in second
    for page in ("0", "9999", "x", "-1", "9" * 400):
        assert "shop-kiosk-" in side.get(f"/terminals?page={page}").body


def test_what_is_no_terminal_gets_no_code(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/terminals")
    for fields, said in (
        ({"terminal": "見本"}, "端末の名前は"),
        ({"terminal": ""}, "端末の名前は"),
        ({"outlet": "*"}, "設置場所の名前は"),
        ({"outlet_kind": "moon"}, "設置場所の種類を選んで"),
        ({"terminal": "kiosk-1"}, "kiosk-1は登録済みです"),
    ):
        asked = side.post(
            "/terminals/codes", **{"terminal": NAME, "outlet": "post-office", "outlet_kind": "municipal", **fields}
        )
        assert (asked.status, said in asked.body) == (422, True), fields
    for path in (f"/terminals/{NAME}/stop", f"/terminals/{NAME}/log", "/terminals/kiosk-1/x509"):
        assert side.post(path, x509="zz").status == 404, path


def test_who_only_looks_is_shown_no_key_and_may_press_none(office: ConsoleForTests) -> None:
    looks = office.signed_in("sora")
    for path in ("/terminals", "/terminals/kiosk-1"):
        assert 'action="/terminals' not in looks.get(path).body
    for path in ("codes", "build", "kiosk-1/stop", "kiosk-1/serve", "kiosk-1/log", "kiosk-1/x509"):
        assert looks.post(f"/terminals/{path}", terminal="kiosk-9").status == 403, path


def test_the_first_page_tells_of_terminals_that_are_silent(office: ConsoleForTests) -> None:
    beats(office.server, "kiosk-1", told.Told(WELL, (), 12, OWED))
    # Another municipality's: somebody at it wanted something from here.
    office.server.line("kiosk-2").heartbeat(office.municipality)
    side = office.signed_in("aoi")
    assert "応答のない端末" not in side.get("/").body
    office.server.clock.advance(600)
    assert "応答のない端末（1台）" in side.get("/").body
    # It stands first, and what it told of its devices is no news.
    rows = side.get("/terminals").body.partition("<tbody")[2]
    assert rows.index("応答なし") < min(
        rows.index(each) for each in ("ほかの市区町村の端末", "登録待ち") if each in rows
    )
    assert "（最後の応答の時点）" in rows.partition("</tr>")[0]
    assert "ほかの市区町村の端末" in side.get("/terminals?standing=elsewhere").body


def test_a_debt_says_whether_cash_is_compared_or_a_cashless_payment_waited_for(office: ConsoleForTests) -> None:
    look, wait = (catalogue(Language.JAPANESE)[f"terminals.{key}"] for key in ("debt-look", "debt-wait"))
    parts, side = office.server.node.parts, office.signed_in("aoi")
    keep_debt(parts, office.municipality, "kiosk-1", "unconfirmed-cashless-debt", "4q7-k2m", 600)
    page = side.get("/terminals/kiosk-1").body
    assert (look in page, wait in page) == (False, True)
    refused = side.post("/terminals/kiosk-1/debts", number="4Q7-K2M", yen="600")
    assert (refused.status, "端末が問い合わせを続けている" in refused.body) == (422, True)
    keep_debt(parts, office.municipality, "kiosk-1", "unconfirmed-debt", "7ab-12c", 200)
    page = side.get("/terminals/kiosk-1").body
    assert (look in page, wait in page) == (True, True)


def test_a_debt_on_a_slip_is_found_on_its_terminal_s_page_and_noted_as_paid_back_once(office: ConsoleForTests) -> None:
    keep_debt(office.server.node.parts, office.municipality, "kiosk-1", "unconfirmed-debt", "4q7-k2m", 1_600)
    assert "4Q7-K2M" in office.signed_in("sora").get("/terminals/kiosk-1").body
    side = office.signed_in("aoi")
    page = side.get("/terminals/kiosk-1").body
    assert "1,600" in page
    assert catalogue(Language.JAPANESE)["terminals.debt-look"] in page
    assert side.post("/terminals/kiosk-1/debts", number="4Q7-K2M", yen="1600").status == 422
    keep_debt(office.server.node.parts, office.municipality, "kiosk-1", "paid-after-all", "4q7-k2m", 600)
    changed = side.post("/terminals/kiosk-1/debts", number="4Q7-K2M", yen="1600", looked="yes")
    assert changed.status == 422
    assert "いま1,000円です" in changed.body
    assert "控え1,600円のうち、600円は払出し済み" in changed.body
    assert catalogue(Language.JAPANESE)["terminals.debt-due"] in office.signed_in("sora").get("/terminals/kiosk-1").body
    paid = side.post("/terminals/kiosk-1/debts", number="4Q7-K2M", yen="1000", looked="yes")
    assert paid.status == 303
    told = side.follow(paid).body
    assert catalogue(Language.JAPANESE)["terminals.debt-look"] not in told
    assert "aoiが返金（1,000円）" in told
    assert "&lt;time" not in told
    again = side.post("/terminals/kiosk-1/debts", number="4Q7-K2M", yen="1000", looked="yes")
    assert again.status == 422
    assert "返金済み" in again.body
    keep_debt(office.server.node.parts, office.municipality, "kiosk-1", "paid-after-all", "4q7-k2m", 1_600)
    assert "端末からも1,000円が払い出されました" in side.get("/terminals/kiosk-1").body
