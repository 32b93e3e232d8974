"""Settings in the console: a fee from its form to a terminal, by two officers in real browsers; every form once; nobody
gets past the second person."""

import io
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from certserver.demo.artwork import official_seal
from certserver.office.rights import OfficeRole
from certserver.office.settings.draft_rows import DraftState
from certserver.office.settings.drafts import drafts, stands
from certserver.ports import in_japan
from koufu.evidence.numbers import printed
from koufu.evidence.words import CertificateKind
from tests.support.browser import follow
from tests.support.card_applications import entries_of
from tests.support.console import BrowserSide, ConsoleForTests
from tests.support.setting_drafts import proposed, settled, with_kind, with_profile

SEAL = CertificateKind.SEAL_REGISTRATION

pytestmark = pytest.mark.xdist_group("console")


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("aoi", OfficeRole.CONFIGURER)
    console.hire("midori", OfficeRole.APPROVER)
    return console


def fee_offered(console: ConsoleForTests) -> int:
    """What a terminal is told that a certificate of residence costs now."""
    console.server.line().heartbeat(console.municipality)
    offered = console.server.visit("kengo").offer()
    return next(kind.fee for kind in offered.kinds if kind.kind == "residence")


def newest(console: ConsoleForTests) -> int:
    return drafts(console.desk("aoi"))[0].number


def settle(console: ConsoleForTests, aoi: BrowserSide, midori: BrowserSide) -> None:
    """Proposed by one, approved by the other."""
    path = f"/settings/drafts/{newest(console)}"
    aoi.get(path)
    assert aoi.post(f"{path}/when", why="改定のため").status == 303
    assert aoi.post(f"{path}/propose").went == (f"{path}", "draft-proposed")
    seen = drafts(console.desk("aoi"))[0].fingerprint
    midori.get(path)
    assert midori.post(f"{path}/approve", seen=seen).went == (f"{path}", "draft-approved")


def text_of(page: Page) -> str:
    return page.inner_text("main")


def test_a_fee_goes_from_its_form_to_a_terminal_to_the_second(office: ConsoleForTests, browser: Browser) -> None:
    rises = in_japan(office.now()) + timedelta(hours=1)
    with office.window(browser, "aoi") as page:
        follow(page, ".wide-menu >> text=証明書の設定")
        follow(page, "main >> text=住民票の写し >> nth=0")
        page.fill("#fee", "350")
        follow(page, "text=案に反映する")
        assert "200円" in text_of(page)
        assert "350円" in text_of(page)
        page.fill("#why", "条例の改正のため")
        page.fill("#effective", f"{rises:%Y-%m-%dT%H:%M:%S}")
        follow(page, "text=理由と適用日時を保存する")
        follow(page, "text=承認を求める")
        assert "承認待ち" in text_of(page)
        assert page.query_selector("form button.primary:has-text('承認する')") is None
        path = page.url.removeprefix(office.url).partition("?")[0]
    assert "承認待ちの設定案（1件）" in office.signed_in("midori").get("/").body
    assert "承認待ちの設定案" not in office.signed_in("aoi").get("/").body
    with office.window(browser, "midori", (390, 844)) as page:
        assert "承認待ちの設定案（1件）" in text_of(page)
        page.goto(office.url + path)
        assert "条例の改正のため" in text_of(page)
        follow(page, "form button.primary:has-text('承認する')")
        assert "承認済み" in text_of(page)
    office.server.clock.advance(3599)
    office.server.refresh_crl()
    assert fee_offered(office) == 200
    office.server.clock.advance(1)
    assert fee_offered(office) == 350


def test_an_approver_declines_a_draft_and_its_drafter_reads_why(office: ConsoleForTests, browser: Browser) -> None:
    desk = office.desk("aoi")
    path = f"/settings/drafts/{proposed(desk, with_kind(desk, CertificateKind.RESIDENCE, fee=350)).number}"
    assert "この案を承認しない" not in office.signed_in("aoi").get(path).body
    with office.window(browser, "midori") as page:
        page.goto(office.url + path)
        assert "取り下げる" not in text_of(page)
        page.fill("#decline-why", "金額の根拠が書かれていないため")
        follow(page, "text=この案を承認しない")
        page.wait_for_selector("text=案を承認しませんでした。")
    told = office.signed_in("aoi").get(path).body
    assert "不承認" in told
    assert "金額の根拠が書かれていないため" in told
    side = office.signed_in("midori")
    other = f"/settings/drafts/{proposed(desk, with_kind(desk, CertificateKind.RESIDENCE, fee=360)).number}"
    side.get(other)
    asked = side.post(f"{other}/decline", **{"decline-why": ""})
    assert (asked.status, "1～400文字で" in asked.body) == (422, True)
    assert drafts(desk)[0].state is DraftState.PROPOSED


def test_nobody_approves_by_hand_what_they_drafted(office: ConsoleForTests) -> None:
    office.hire("ao", *OfficeRole)
    side = office.signed_in("ao")
    side.get("/settings/kinds/residence")
    revision = str(stands(office.desk("ao")).revision)
    sent = _kind_form(office) | {"fee": "350", "revision": revision}
    assert side.ask("POST", "/settings/kinds/residence", {"form-token": side.form_token, **sent}).status == 303
    path = f"/settings/drafts/{newest(office)}"
    side.get(path)
    assert side.post(f"{path}/propose").status == 409
    assert side.post(f"{path}/when", why="改定のため").status == 303
    assert side.post(f"{path}/propose").status == 303
    seen = drafts(office.desk("ao"))[0].fingerprint
    assert side.post(f"{path}/approve", seen=seen).status == 403
    assert drafts(office.desk("ao"))[0].state is DraftState.PROPOSED
    assert fee_offered(office) == 200


def _kind_form(office: ConsoleForTests) -> dict[str, str]:
    """The form of a kind as it stands, its ticks apart."""
    (part,) = (
        each
        for each in stands(office.desk("aoi")).content(office.now()).kinds
        if each.kind is CertificateKind.RESIDENCE
    )
    told = {"offered": "yes", "fee": str(part.fee), "max_copies": str(part.max_copies), "choice": "scope household"}
    for row, hours in enumerate(part.hours):
        told |= {f"outlet-{row}": hours.outlet, f"opens-{row}": hours.opens, f"closes-{row}": hours.closes}
    return told


def test_a_form_says_what_is_wrong_and_drafts_nothing(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/settings/kinds/residence")
    sent = {"form-token": side.form_token, "revision": str(stands(office.desk("aoi")).revision)}
    for changed, field in (
        ({"fee": "abc"}, "手数料"),
        ({"fee": "-1"}, "手数料"),
        ({"opens-0": "25:00"}, "時間"),
        ({"choice": ""}, "対象者"),
        ({"age-0": "75"}, "年齢による金額"),
    ):
        answered = side.ask("POST", "/settings/kinds/residence", {**sent, **_kind_form(office), **changed})
        assert answered.status == 422
        assert field in answered.body
        for name, typed in changed.items():
            assert not typed or f'value="{typed}"' in answered.body, name
    assert drafts(office.desk("aoi")) == ()


def test_every_form_sent_as_it_stands_changes_nothing(office: ConsoleForTests, browser: Browser) -> None:
    profile = stands(office.desk("aoi")).content(office.now()).profile
    assert profile is not None
    # A kind with one clause: a file may call it that of the whole.
    clauses = [replace(each, whole=True) if each.kind is SEAL else each for each in profile.clauses]
    settled(office.desk("aoi"), office.desk("midori"), with_profile(office.desk("aoi"), clauses=clauses))
    with office.window(browser, "aoi") as page:
        for path in ("/settings/kinds/residence", "/settings/closures", "/settings/purposes", "/settings/profile"):
            page.goto(office.url + path)
            follow(page, "text=案に反映する")
            assert "変更はありません。" in text_of(page), path
    assert len(drafts(office.desk("aoi"))) == 1


def test_closures_purposes_and_mayor_go_through_one_draft(office: ConsoleForTests, browser: Browser) -> None:
    with office.window(browser, "aoi") as page:
        page.goto(f"{office.url}/settings/closures")
        row = page.locator("fieldset.entry").count() - 1
        page.fill(f"#since-{row}", "2026-08-01")
        page.fill(f"#reason-{row}", "点検のため")
        page.fill(f"#reason_en-{row}", "Maintenance")
        follow(page, "text=案に反映する")
        follow(page, "text=ほかの項目も変更する")
        follow(page, "main >> text=首長・認証文・問い合わせ先")
        page.fill("#mayor_name", "見本　次郎")
        page.fill("#deputy_title", "職務代理者　見本市副市長")
        follow(page, "text=案に反映する")
        follow(page, "text=ほかの項目も変更する")
        follow(page, "main >> text=何に使うか")
        page.click("main details:has(#note-0) > summary")
        page.fill("#note-0", "窓口でも取れます。")
        follow(page, "text=案に反映する")
        for told in ("点検のため", "見本　次郎", "窓口でも取れます。"):
            assert told in text_of(page)
        page.fill("#why", "人事異動のため")
        follow(page, "text=理由と適用日時を保存する")
        follow(page, "text=承認を求める")
    (draft,) = drafts(office.desk("aoi"))
    assert len({change.subject for change in draft.difference.changes}) == 3
    with office.window(browser, "midori") as page:
        page.goto(f"{office.url}/settings/drafts/{draft.number}")
        follow(page, "form button.primary:has-text('承認する')")
        page.goto(f"{office.url}/settings/calendar?month=2026-08")
        assert page.locator("td.shut").count() == 1
        assert page.inner_text("h2 >> nth=0") == "2026年8月　郵便局"
        open_days = page.locator(".month td:not(.other):not(.shut)").all_inner_texts()
        assert [each.strip() for each in open_days] == [str(day) for day in range(2, 32)]
    profile = stands(office.desk("aoi")).profile(office.now())
    assert profile is not None
    assert (profile.mayor_name, profile.deputy_title) == ("見本　次郎", "職務代理者　見本市副市長")


def test_an_official_seal_comes_as_a_file_and_is_seen_on_a_sample(
    office: ConsoleForTests, browser: Browser, tmp_path: Path
) -> None:
    file = tmp_path / "seal.png"
    file.write_bytes(official_seal(("見本県", "見本市", "長職務")))
    other = tmp_path / "other.png"
    other.write_bytes(b"no picture at all")
    with office.window(browser, "aoi") as page:
        page.goto(f"{office.url}/settings/seal")
        page.set_input_files("#seal", other)
        follow(page, "text=案に反映する")
        assert "PNG" in text_of(page)
        page.goto(f"{office.url}/settings/seal")
        page.set_input_files("#seal", file)
        follow(page, "text=案に反映する")
        assert "別の人の承認が必要です" in text_of(page)
        follow(page, "text=証明書の見本を表示する")
        page.wait_for_load_state("load")
        loaded = page.evaluate("[...document.images].filter(each => each.naturalWidth == 1240).length")
        assert loaded == page.locator(".sheets img").count() >= 2


def test_what_counted_when_a_document_was_issued_is_shown_by_its_number(office: ConsoleForTests) -> None:
    office.server.line().heartbeat(office.municipality)
    (issued, *_) = office.server.visit("kengo").issue()
    office.server.clock.advance(60)
    settled(
        office.desk("aoi"), office.desk("midori"), with_kind(office.desk("aoi"), CertificateKind.RESIDENCE, fee=350)
    )
    office.hire("kin", OfficeRole.AUDITOR)
    side, number = office.signed_in("kin"), issued.statement.document_no
    asked = f"/settings/then?number={printed(number)}"
    before = side.get(asked).body
    assert "閲覧の目的" in before
    assert "200円" not in before
    assert side.post("/purpose", reason="incident", reference="2026-17", to="/settings/then").status == 303
    shown = side.get(asked).body
    assert "200円" in shown
    assert "350円" not in shown
    assert side.get("/settings/then?number=0000-0000-0000-0000").status == 409
    noted = [detail for event, detail in entries_of(office.server) if event == "viewed"]
    assert noted == [{"officer": "kin", "what": "issued document", "reason": "incident 2026-17", "about": number}]


def test_who_may_not_search_the_ledger_sees_no_entry_of_it(office: ConsoleForTests) -> None:
    office.hire("ren", OfficeRole.VIEWER)
    side = office.signed_in("ren")
    assert side.get("/settings/then").status == 403
    assert "/settings/then" not in side.get("/settings").body


def test_a_decided_draft_is_taken_back_by_another_one(office: ConsoleForTests) -> None:
    aoi, midori = office.signed_in("aoi"), office.signed_in("midori")
    settled(
        office.desk("aoi"), office.desk("midori"), with_kind(office.desk("aoi"), CertificateKind.RESIDENCE, fee=350)
    )
    office.server.clock.advance(1)
    path = f"/settings/drafts/{newest(office)}"
    aoi.get(path)
    assert aoi.post(f"{path}/roll-back", why="誤りのため").went == ("/settings/drafts/2", "draft-kept")
    settle(office, aoi, midori)
    assert fee_offered(office) == 200


def test_a_draft_in_conflict_tells_what_it_was_drafted_on_from_what_stands_now(office: ConsoleForTests) -> None:
    aoi, midori = office.desk("aoi"), office.desk("midori")
    proposed(aoi, with_kind(aoi, CertificateKind.RESIDENCE, fee=300))
    side = office.signed_in("aoi")
    before = bare(side.get("/settings/drafts/1").body)
    assert columns(before) == [("変更前", "変更後")]
    assert "理由と適用日時を保存する" in before
    assert "案は「作成中」に戻ります" in before
    office.server.clock.advance(1)
    settled(aoi, midori, with_kind(aoi, CertificateKind.RESIDENCE, fee=250))
    shown = bare(side.get("/settings/drafts/1").body)
    assert columns(shown) == [("この案の作成時", "現在"), ("この案の作成時", "この案")]
    meanwhile, own = shown.split("<table>")[1:]
    assert "<td>200円</td><td>250円</td>" in meanwhile
    assert "<del>200円</del></td><td><ins>300円</ins>" in own
    # Beside 250 yen since when it counts; nowhere beside 200 yen.
    assert shown.count("現在の値の適用開始") == 1
    assert shown.index("現在の値の適用開始") < shown.index("<table>")
    assert "現在の設定に合わせて、案を作り直す" in shown
    assert side.post("/settings/drafts/1/when", why="改定のため").status == 303
    assert "<del>250円</del></td><td><ins>300円</ins>" in bare(side.get("/settings/drafts/1").body)


def bare(body: str) -> str:
    """A page whose tables say what they say, however they are laid out."""
    return re.sub(r"<(table|thead|tr|th|td)\b[^>]*>", r"<\1>", body)


def columns(body: str) -> list[tuple[str, ...]]:
    """The heads of both columns of values, table by table."""
    rows = re.findall(r"<thead>(.*?)</thead>", body)
    return [tuple(re.findall(r">([^<]+)</th>", row)[1:]) for row in rows]


def test_a_draft_that_waits_is_found_where_an_approver_looks_for_what_waits(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    link = '<a href="/settings/drafts">承認待ちの設定案（1件）</a>'
    assert link not in office.signed_in("midori").get("/proposals").body
    proposed(desk, with_kind(desk, CertificateKind.RESIDENCE, fee=300))
    page = office.signed_in("midori").get("/proposals").body
    assert link in page
    assert "承認待ちの申請はありません" not in page
    assert link not in office.signed_in("aoi").get("/proposals").body


def test_a_form_that_grew_old_is_not_taken(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    side.get("/settings/kinds/residence")
    old = str(stands(office.desk("aoi")).revision)
    settled(
        office.desk("aoi"),
        office.desk("midori"),
        with_kind(office.desk("aoi"), CertificateKind.RESIDENCE, max_copies=2),
    )
    sent = {"form-token": side.form_token, "revision": old, **_kind_form(office), "fee": "350"}
    answered = side.ask("POST", "/settings/kinds/residence", sent)
    assert answered.status == 409
    assert "表示中に設定が変わりました" in answered.body
    assert len(drafts(office.desk("aoi"))) == 1


def test_a_file_that_is_too_large_is_not_taken_in(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi")
    border, body = "x" * 20, io.BytesIO()
    body.write(f'--{border}\r\nContent-Disposition: form-data; name="seal"; filename="a.png"\r\n\r\n'.encode())
    body.write(bytes(400_000))
    body.write(f"\r\n--{border}--\r\n".encode())
    headers = {"Content-Type": f"multipart/form-data; boundary={border}"}
    assert side.send("/settings/seal", body.getvalue(), headers).status == 413


def test_no_sample_of_a_draft_that_there_is_not(office: ConsoleForTests) -> None:
    side = office.signed_in("midori")
    for path in ("", "/0.png", "/sample.pdf"):
        assert side.get(f"/settings/drafts/9/samples/residence/whole{path}").status == 404


def test_what_nobody_types_is_refused_like_a_mistake(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    proposed(desk, with_kind(desk, CertificateKind.RESIDENCE, fee=350))
    side = office.signed_in("aoi")
    side.get("/settings")
    sent = {"form-token": side.form_token, "revision": str(stands(desk).revision), **_profile_form(office)}
    for path, fields, status in HOSTILE:
        assert side.ask("POST", path, {**sent, **fields}).status == status, (path, fields)
    assert len(drafts(desk)) == 1


HOSTILE: tuple[tuple[str, dict[str, str], int], ...] = (
    ("/settings/profile", {"mayor_name": "見本\x00太郎"}, 400),
    ("/settings/profile", {"clause-residence-whole": "一行\n二行"}, 422),
    ("/settings/closures", {"since-0": "2026-02-30", "reason-0": "x", "reason_en-0": "x", "outlet-0": "*"}, 422),
    ("/settings/closures", {"since-0": "2026-02-01", "reason-0": "x", "reason_en-0": "x", "outlet-0": "*x"}, 422),
    ("/settings/closures", {"since-0": "2026-02-01", "reason-0": "x", "reason_en-0": "x", "outlet-0": "\x00"}, 400),
    ("/settings/purposes", {"code-0": "bank", "suggested-0": "residence koseki", "advice-0": "order"}, 422),
    ("/settings/purposes", {"code-0": "bank", "suggested-0": "x", "advice-0": "<script>"}, 422),
    ("/settings/kinds/residence", {"draft": "99"}, 404),
    ("/settings/kinds/residence", {"draft": "-1"}, 404),
    ("/settings/drafts/1/when", {"why": "x\x00y"}, 400),
    ("/settings/drafts/1/when", {"why": "x", "effective": "9999-12-31T23:59:59-12:00"}, 422),
    ("/settings/drafts/1/when", {"why": "x", "effective": "0001-01-01T00:00:00"}, 422),
    ("/settings/drafts/1/when", {"why": "x", "effective": "soon"}, 422),
    ("/settings/drafts/1/roll-back", {"why": "x"}, 409),
)


def _profile_form(office: ConsoleForTests) -> dict[str, str]:
    profile = stands(office.desk("aoi")).content(office.now()).profile
    assert profile is not None
    told = profile.model_dump()
    plain = {name: value for name, value in told.items() if isinstance(value, str)}
    for part in ("checking", "window"):
        plain |= {f"{part}-{name}": value for name, value in told[part].items()}
    for clause in profile.clauses:
        plain[f"clause-{clause.kind.value}-{'whole' if clause.whole else 'part'}"] = clause.text
    return plain
