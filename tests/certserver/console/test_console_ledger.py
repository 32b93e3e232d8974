"""The ledger at the console: searched, told, marked, called back by two, and a resident answered, in a browser."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Browser
from sqlalchemy import select

from certserver.office.deciding import decide
from certserver.office.issued.recalls import ask
from certserver.office.issued.wanted import Wanted
from certserver.office.proposals import waiting
from certserver.office.rights import OfficeRole
from certserver.pipeline.sheet_status import SheetState, sheet_status
from certserver.storage.issued import ledger
from certserver.storage.registers import residents
from koufu.evidence.statement import Statement
from tests.support.browser import follow
from tests.support.card_applications import entries_of, verified
from tests.support.console import ConsoleForTests, a_console
from tests.support.ledger_entries import Made, enter
from tests.support.server_people import MUNICIPALITY

pytestmark = pytest.mark.xdist_group("console")

WHY = "けん制文字が印刷されていなかった。"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ConsoleForTests]:
    """aoi searches, sora recalls, midori decides; kengo and taro have ordered, and a terminal of an old build has
    printed five."""
    with a_console(tmp_path) as console:
        console.hire("aoi", OfficeRole.REGISTRAR)
        console.hire("sora", OfficeRole.CONFIGURER)
        console.hire("midori", OfficeRole.APPROVER)
        console.server.line().heartbeat(MUNICIPALITY)
        for resident_id in ("kengo", "taro"):
            visit = console.server.visit(resident_id)
            visit.issue()
            visit.report("delivered")
        made = [Made(terminal="kiosk-9", build="0.9.0", person=at % 3) for at in range(5)]
        enter(console.server.database, MUNICIPALITY, made, console.now(), first=900)
        yield console


def documents(console: ConsoleForTests) -> list[str]:
    with console.server.database.reading() as connection:
        return list(connection.scalars(select(ledger.c.document_no).order_by(ledger.c.ledger_seq)))


def told(console: ConsoleForTests, number: str) -> SheetState:
    """What whoever holds a sheet is told."""
    with console.server.database.reading() as connection:
        evidence = connection.scalar(select(ledger.c.statement).where(ledger.c.document_no == number))
        assert evidence is not None
        status = sheet_status(connection, number, Statement.from_bytes(evidence).content_hashes[0])
    assert status is not None
    return status.state


def test_a_recall_goes_from_a_question_to_a_report(office: ConsoleForTests, browser: Browser) -> None:
    with office.window(browser, "sora") as page:
        follow(page, ".wide-menu >> text=回収")
        page.fill("#terminal-build", "0.9.0")
        page.fill("#why", WHY)
        follow(page, "main form button")
        page.wait_for_selector("text=申請しました")
        assert "5通" in page.inner_text("main")
        assert "3人" in page.inner_text("main")
        assert page.locator("button:has-text('承認する')").count() == 0
    assert {told(office, number) for number in documents(office)} == {SheetState.ISSUED}
    with office.window(browser, "midori") as page:
        follow(page, "main a[href='/proposals']")
        waits = page.inner_text("section[aria-labelledby=waits]")
        assert all(said in waits for said in (WHY, "5通、3人"))
        follow(page, "main >> text=回収 1")
        assert WHY in page.inner_text("main")
        follow(page, "text=承認のページへ")
        follow(page, "button:has-text('承認する')")
        page.wait_for_selector("text=承認し、実行しました")
    first, second, *called_back = documents(office)
    assert {told(office, number) for number in called_back} == {SheetState.RECALLED}
    assert {told(office, number) for number in (first, second)} == {SheetState.ISSUED}
    with office.window(browser, "sora") as page:
        page.goto(f"{office.url}/ledger/recalls/1")
        follow(page, "text=対象の証明書を見る")
        page.check("#reason-incident")
        page.fill("#reference", "2026-17")
        follow(page, "main form button")
        assert page.locator("tbody tr").count() == len(called_back)
        with page.expect_download() as download:
            page.click("text=CSVファイルにする")
        written = Path(download.value.path()).read_text("utf-8-sig").splitlines()
        assert len(written) == 1 + len(called_back)
        page.goto(f"{office.url}/ledger/recalls/1/report")
        report = page.inner_text("main")
        assert all(word in report for word in (WHY, "本人の数", "3人", "未確認", "2026-06-15", "回収中"))
    assert "見本" not in str(entries_of(office.server))
    verified(office.server)


def test_all_that_the_office_says_of_a_sheet_is_told(office: ConsoleForTests) -> None:
    asking, deciding = office.desk("sora"), office.desk("midori")
    ask(asking, Wanted(terminal_build="0.9.0"), WHY)
    decide(deciding, waiting(deciding)[0].proposal_id, approve=True)
    side, path = office.signed_in("aoi", purpose=True), f"/ledger/documents/{documents(office)[-1]}"
    side.get(path)
    assert side.post(path, standing="spoiled", why=WHY).status == 303
    story = side.get(path).body
    assert "<dt>現在の扱い</dt><dd>回収の対象、書き損じとして記録</dd>" in story
    # The only kind that is left needs no choice.
    assert re.search(r'id="standing-voided"[^>]* checked', story)
    found = side.get("/ledger?kind=&terminal=kiosk-9").body
    assert (found.count("回収の対象"), found.count("書き損じとして記録")) == (5, 1)


def test_a_document_is_found_by_its_number_and_marked(office: ConsoleForTests, browser: Browser) -> None:
    number = documents(office)[0]
    with office.window(browser, "aoi", purpose=True) as page:
        follow(page, ".wide-menu >> text=交付の記録")
        assert page.locator("tbody tr").count() == 0
        page.fill("#number", f"{number[:4]}-{number[4:8]}-{number[8:12]}-{number[12:].lower()}")
        follow(page, "button:has-text('開く')")
        page.wait_for_url(f"**/ledger/documents/{number}")
        story = page.inner_text("main")
        assert all(word in story for word in ("住民票の写し", "kiosk-1", "証明書の準備", "交付", "印刷の結果"))
        assert "見本" not in story
        page.check("#standing-voided")
        page.fill("#why", "窓口に返された。")
        follow(page, "button:has-text('記録する')")
        page.wait_for_selector("text=記録しました")
        assert "取り消し済み" in page.inner_text("main")
    assert told(office, number) is SheetState.VOIDED


def test_entries_are_searched_and_the_question_stays(office: ConsoleForTests, browser: Browser) -> None:
    with office.window(browser, "aoi", purpose=True) as page:
        page.goto(f"{office.url}/ledger")
        page.fill("#terminal", "kiosk-9")
        follow(page, "button:has-text('検索する')")
        assert page.locator("tbody tr").count() == 5
        assert page.input_value("#terminal") == "kiosk-9"
        page.select_option("#ended", "delivered")
        follow(page, "button:has-text('検索する')")
        assert "ありません" in page.inner_text("tbody")


@pytest.mark.parametrize("query", ["number=x", "kind=passport", "kind=&since=x", "kind=&ended=lost", "kind=&before=x"])
def test_a_question_that_is_none_is_said_to_be_none(query: str, office: ConsoleForTests) -> None:
    answered = office.signed_in("aoi", purpose=True).get(f"/ledger?{query}")
    assert answered.status == 400
    assert 'role="alert"' in answered.body


def test_a_resident_is_answered_and_what_was_typed_stands_nowhere(office: ConsoleForTests, browser: Browser) -> None:
    with office.server.database.reading() as connection:
        born = connection.scalar(select(residents.c.born_day).where(residents.c.resident_id == "kengo"))
    assert isinstance(born, date)
    own, other = documents(office)[:2]
    with office.window(browser, "aoi", purpose=True) as page:
        follow(page, ".wide-menu >> text=本人への回答")
        page.fill("#name", "見本 kengo")
        page.fill("#born", "1900-01-01")
        follow(page, "main form button")
        assert "見つかりません" in page.inner_text("main")
        assert "kengo" not in page.content()
        page.fill("#name", "見本 kengo")
        page.fill("#born", born.isoformat())
        follow(page, "main form button")
        answer = page.inner_text("main").replace("-", "")
        assert own in answer
        assert other not in answer
        assert "kengo" not in page.content() + page.url
        assert Axe().run(page).response["violations"] == []
    assert "見本" not in str(entries_of(office.server))
    verified(office.server)


def test_what_can_t_be_done_is_said_on_the_form_with_what_was_typed(office: ConsoleForTests) -> None:
    side = office.signed_in("sora")
    side.get("/ledger/recalls")
    nothing = side.post("/ledger/recalls", terminal="kiosk-77", why=WHY)
    assert nothing.status == 422
    assert "その条件で交付した証明書はありません" in nothing.body
    assert 'value="kiosk-77"' in nothing.body
    assert WHY in nothing.body
    marking = office.signed_in("aoi", purpose=True)
    path = f"/ledger/documents/{documents(office)[0]}"
    marking.get(path)
    assert marking.post(path, standing="recalled", why=WHY).status == 422
    assert marking.post(path, standing="voided", why=" ").status == 422
    assert told(office, documents(office)[0]) is SheetState.ISSUED
