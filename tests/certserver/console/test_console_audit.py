"""The log of every decision, as an auditor reads and verifies it."""

import pytest
from sqlalchemy import update

from certserver.console.pages.settings.entries import draft_entry
from certserver.console.texts import Language, Texts, catalogue
from certserver.ledger.audit import FIELDS, AuditEntry, AuditEvent
from certserver.ledger.book import open_book
from certserver.ledger.state import read_state
from certserver.office import audit
from certserver.office.rights import OfficeRole
from certserver.storage.issued import audit_log, municipality_state
from tests.support.card_applications import entries_of
from tests.support.console import ConsoleForTests

pytestmark = pytest.mark.xdist_group("console")


@pytest.fixture
def auditor(console: ConsoleForTests) -> ConsoleForTests:
    console.hire("ren", OfficeRole.AUDITOR)
    return console


def numbers(page: str) -> list[int]:
    """The numbers of the entries on a page."""
    return [int(each.partition("<")[0]) for each in page.split('class="number">')[1:]]


def note(console: ConsoleForTests, event: AuditEvent, actor: str, count: int = 1) -> None:
    with console.server.database.writing() as connection, open_book(connection, console.municipality) as book:
        for _ in range(count):
            book.note(AuditEntry(console.now(), event, actor, {"what": "test"}))


def test_the_log_is_read_by_pages_time_event_and_word(auditor: ConsoleForTests) -> None:
    note(auditor, AuditEvent.REFUSED, "kiosk-7", 60)
    auditor.server.clock.advance(3600)
    note(auditor, AuditEvent.VIEWED, "<script>alert(1)</script>")
    side = auditor.signed_in("ren")
    first = side.get("/audit")
    last = numbers(first.body)[0]
    assert numbers(first.body) == list(range(last, last - audit.PAGE, -1))
    assert "<script>alert" not in first.body
    further = first.body.partition('<a href="/audit?')[2].partition('"')[0].replace("&amp;", "&")
    assert numbers(side.get(f"/audit?{further}").body)[0] == last - audit.PAGE
    assert len(numbers(side.get("/audit?event=viewed").body)) == 1
    assert len(numbers(side.get("/audit?since=2026-06-10T11:00").body)) == 2
    before = numbers(side.get("/audit?until=2026-06-10T11:00&event=refused&word=kiosk-7").body)
    assert len(before) == audit.PAGE
    assert numbers(side.get("/audit?word=%25").body) == []
    for wrong in ("since=yesterday", "event=nothing", "before=x"):
        assert "正しくありません" in side.get(f"/audit?{wrong}").body


def test_entries_are_told_in_the_words_of_the_page(auditor: ConsoleForTests) -> None:
    told = [
        AuditEntry(
            auditor.now(),
            AuditEvent.APPLICATION_MOVED,
            "officer aoi",
            {"officer": "aoi", "role": "officer", "what": "send", "state": "sent-to-municipality"},
        ),
        AuditEntry(
            auditor.now(),
            AuditEvent.VIEWED,
            "operator",
            {"officer": "ren", "what": "issued document", "reason": "incident 2026-17"},
        ),
        AuditEntry(auditor.now(), AuditEvent.PROPOSAL_DECIDED, "officer ren", {"what": "grant-role declined"}),
        AuditEntry(auditor.now(), AuditEvent.CONFIGURED, "officer aoi", {"what": "log asked for"}),
        AuditEntry(auditor.now(), AuditEvent.OUTCOME, "kiosk-7", {"what": "<b>no word</b>", "outcome": "delivered"}),
    ]
    with auditor.server.database.writing() as connection, open_book(connection, auditor.municipality) as book:
        for entry in told:
            book.note(entry)
    page = auditor.signed_in("ren").get("/audit").body
    for word in (
        "職員 aoi",
        "管理者のコマンド",
        "市区町村への送付",
        "審査待ち",
        "証明書の事故の調査",
        "役割の付与：不承認",
        "ログの依頼",
        "交付済み",
    ):
        assert word in page
    for word in ("sent-to-municipality", "issued document", "incident", "grant-role"):
        assert word not in page
    assert '<span class="quiet">職員</span> <code lang="en">aoi' not in page
    assert '<code lang="en">&lt;b&gt;no word' in page


@pytest.mark.parametrize(
    ("what", "told"),
    [
        ("settings: draft 3 begun: fees residence, post-offices", "案 3 作成：手数料：住民票の写し、指定郵便局など"),
        ("settings: draft 4 begun, taking back draft 3: closures", "案 4 作成、案 3 の取り消し：休止日"),
        ("settings: draft 3 in force from 2026-06-10T10:00:00+09:00: seal", "案 3 2026-06-10 10:00:00から適用：公印"),
        ("settings: draft 3 holds nothing", "案 3 変更：なし"),
        ("settings: draft 3 dropped", "案 3 取り下げ"),
        ("settings: draft 3 begun: no-area", None),
        ("settings: draft 3 in force from 2026-06-10T10:00:00+0900+: seal", None),
        ("office: ren entered", None),
    ],
)
def test_what_was_done_with_a_draft_is_told_in_the_words_of_the_page(what: str, told: str | None) -> None:
    assert draft_entry(Texts(Language.JAPANESE), what) == told


def test_a_rare_entry_is_found_further_back_in_steps(auditor: ConsoleForTests, monkeypatch: pytest.MonkeyPatch) -> None:
    note(auditor, AuditEvent.VIEWED, "kiosk-1")
    note(auditor, AuditEvent.REFUSED, "kiosk-7", 45)
    monkeypatch.setattr(audit, "LOOKED_AT", 20)
    desk, before, found = auditor.desk("ren"), None, 0
    for _ in range(10):
        page = audit.read_log(desk, audit.Wanted(event=AuditEvent.VIEWED, before=before))
        found += len(page.entries)
        before = page.further
        if before is None:
            break
    assert (found, before) == (1, None)


def test_i12_the_whole_chain_is_verified_on_the_page(auditor: ConsoleForTests) -> None:
    note(auditor, AuditEvent.REFUSED, "kiosk-7", 5)
    side = auditor.signed_in("ren")
    side.get("/audit")
    with auditor.server.database.reading() as connection:
        state = read_state(connection, auditor.municipality)
    assert state is not None
    verified = side.post("/audit/verify").body
    assert f"{state.audit_seq}件すべて" in verified
    assert state.audit_hash.hex() in verified
    with auditor.server.database.writing() as connection:
        connection.execute(update(audit_log).where(audit_log.c.audit_seq == 3).values(actor="kiosk-8"))
    assert "3件目でハッシュの連鎖が切れています" in side.post("/audit/verify").body
    entries = entries_of(auditor.server)
    looked = [detail for event, detail in entries if event == "audit-verified"]
    assert looked == [
        {"outcome": "unbroken", "version": state.audit_seq},
        {"outcome": "broken", "version": 3},
    ]
    assert "entry 3" in str([detail["what"] for event, detail in entries if event == "alarm-raised"])
    assert "停止中" in auditor.signed_in("ren").get("/").body


def test_a_log_that_goes_on_after_its_head_is_told_though_nothing_can_be_noted(auditor: ConsoleForTests) -> None:
    note(auditor, AuditEvent.REFUSED, "kiosk-7", 5)
    side = auditor.signed_in("ren")
    side.get("/audit")
    with auditor.server.database.writing() as connection:
        connection.execute(update(municipality_state).values(audit_seq=municipality_state.c.audit_seq - 1))
    answered = side.post("/audit/verify")
    assert (answered.status, "ハッシュの連鎖が切れています" in answered.body) == (200, True)


@pytest.mark.parametrize("language", Language)
def test_every_field_of_an_entry_has_a_name_on_the_page(language: Language) -> None:
    told = {key.removeprefix("audit.field-") for key in catalogue(language) if key.startswith("audit.field-")}
    assert told == FIELDS
