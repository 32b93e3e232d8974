"""Card applications at the console: one that is returned for its photo, taken in again at the counter and approved, in
a real browser; and what its pages take and refuse."""

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace
from enum import Enum
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from PIL import Image
from playwright.sync_api import Browser
from sqlalchemy import update

from certserver.applications.attachments import AttachmentKind
from certserver.applications.counted import Sex
from certserver.applications.dated import Confirmed
from certserver.applications.express_codes import ExpressCode
from certserver.applications.form import FIELDS, Affirmed, Came
from certserver.applications.hand_over import Coming, Lack, PinSetting
from certserver.applications.identity import DOCUMENTS
from certserver.applications.mail_delivery import MailCondition, Occasion
from certserver.applications.moves import Need
from certserver.applications.moving import MoveRefusal
from certserver.applications.proxy import ProxyRefusal
from certserver.applications.proxy_cases import ProxyCase
from certserver.applications.signatures import SignatureKind
from certserver.applications.states import EventKind, OldCard, Reason, Role, Route, State
from certserver.composition.scans import ScanPictures
from certserver.console.pages.applications.one import ORDER
from certserver.console.texts import Language, catalogue
from certserver.demo.applications import OFFICE
from certserver.demo.neighbour import reiji_profile
from certserver.errors import Busy
from certserver.ledger.book import open_book
from certserver.office.applications.checks import Checked
from certserver.office.applications.deciding import CARRYING, IN_THE_OFFICE
from certserver.office.applications.inbox import Due, Group
from certserver.office.applications.proxy import ALSO, SUPPORT_WORDS
from certserver.office.rights import OfficeRole
from certserver.papers.kinds import PAPERS, About
from certserver.pipeline.profile_rows import add_profile
from certserver.storage.applications import applications
from kiosk.photo.gates import Gate
from koufu.photo.words import ExceptionCategory, PhotoFinding
from tests.support.browser import follow
from tests.support.card_applications import FORM, LICENCE_AND_PASSPORT, an_application_server, at_counter, entries_of
from tests.support.console import BrowserSide, ConsoleForTests, served
from tests.support.inbox_applications import ADDRESS, ELSEWHERE, NAME, drawn_pdf, drawn_photo, record, sent

LISTED: dict[str, Iterable[Enum]] = {
    "state": State,
    "reason": Reason,
    "group": Group,
    "due": Due,
    "route": Route,
    "sure": Confirmed,
}
TOLD: dict[str, Iterable[Enum]] = {
    "event": EventKind,
    "role": Role,
    "need": Need,
    "kind": (*AttachmentKind, *CARRYING),
    "why": MoveRefusal,
}
IN_FORMS = (Affirmed, Came, ExceptionCategory, ExpressCode, Occasion, PhotoFinding, SignatureKind, Sex, Gate)
CHECKED: dict[str, Iterable[Enum]] = {
    "came": Checked,
    "sure": Confirmed,
    "about-mail": MailCondition,
    "about-ground": ExpressCode,
    "about": OldCard,
}
OF_PROXIES: dict[str, Iterable[Enum]] = {
    "coming": Coming,
    "case": ProxyCase,
    "lack": Lack,
    "why": ProxyRefusal,
    "pins": PinSetting,
}

pytestmark = pytest.mark.xdist_group("console")


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    """aoi decides card applications, sora only looks at what is in force."""
    console.hire("aoi", OfficeRole.CARD_OFFICER)
    console.hire("sora", OfficeRole.VIEWER)
    return console


@pytest.fixture
def counter_and_office(tmp_path: Path) -> Iterator[ConsoleForTests]:
    with an_application_server(tmp_path) as server, served(server) as console:
        console.hire("aoi", OfficeRole.CARD_OFFICER)
        yield console


def test_an_application_is_returned_for_its_photo_taken_in_again_and_approved(
    counter_and_office: ConsoleForTests, browser: Browser
) -> None:
    office = counter_and_office
    clerk = at_counter(office.server)
    assert clerk.open("kengo") == "draft"
    assert clerk.attach(content=drawn_photo()) == "draft"
    assert clerk.attach("identity-document", drawn_pdf("PASSPORT"), "application/pdf") == "draft"
    more = {"photo": "fit", "pin_form_sealed": True, "mail_kind": "addressee-only-special"}
    assert clerk.tell(FORM, LICENCE_AND_PASSPORT, **more) == "draft", clerk.refusal
    for word in ("check-identity", "capture", "send"):
        clerk.move(word)
    with office.window(browser, "aoi", purpose=True) as page:
        follow(page, "text=審査待ちのカード申請（1件")
        follow(page, "main tbody a")
        assert "見本　健吾" in page.inner_text("section[aria-labelledby=beside]")
        # Photo and scan are pictures that the browser could draw.
        page.wait_for_load_state("load")
        assert page.evaluate("[...document.images].map(each => each.naturalWidth > 100)") == [True, True]
        follow(page, "button:has-text('審査を始める')")
        page.wait_for_selector("text=審査を始めました")
        page.click("nav >> text=決定")
        heads = page.locator("section[aria-labelledby=decide] h3").all_inner_texts()
        assert heads == ["承認", "差し戻し", "不承認（取り消せません）"]
        page.check("#return-photo")
        follow(page, "button:has-text('差し戻す')")
        page.wait_for_selector("text=差し戻しました")
        assert "差戻し、写真" in page.inner_text("main dl")
        assert page.inner_text("tr:has(th:text-is('写真'))").split()[1] == "不足"

        clerk.show()
        assert clerk.move("capture") == "need"
        assert clerk.attach(content=drawn_photo()) == "returned"
        assert clerk.tell(photo="fit") == "returned", clerk.refusal
        assert clerk.move("capture") == "captured", clerk.refusal
        assert clerk.move("send") == "sent-to-municipality", clerk.refusal

        follow(page, "nav.crumbs a")
        follow(page, "main tbody a")
        assert page.inner_text("figure:first-child figcaption").startswith("添付3: 写真")
        follow(page, "button:has-text('審査を始める')")
        page.wait_for_selector("text=審査を始めました")
        follow(page, "button:has-text('承認する')")
        page.wait_for_selector("text=承認しました")
        assert "承認済み" in page.inner_text("main dl")
    assert clerk.show().shown.standing.state == "approved"
    moved = [(detail["what"], detail["officer"]) for event, detail in entries_of(office.server) if "moved" in event]
    assert [each for each in moved if each[1] == "aoi"] == [
        *(("take", "aoi"), ("return", "aoi"), ("take", "aoi"), ("approve", "aoi")),
    ]


def test_papers_stand_in_the_order_in_which_they_were_attached(office: ConsoleForTests) -> None:
    number = sent(office.desk("aoi"), "hana")
    body = office.signed_in("aoi", purpose=True).get(f"/applications/{number}").body
    assert re.findall(r'href="[^"]*/attachments/(\d+)"', body) == ["1", "2", "3"]


def test_i12_nothing_of_a_person_shows_without_a_purpose(office: ConsoleForTests) -> None:
    number = sent(office.desk("aoi"), "hana")
    side = office.signed_in("aoi")
    listed = side.get("/applications")
    assert (number in listed.body, NAME in listed.body, ADDRESS in listed.body) == (True, False, False)
    for path in ("", "/attachments/1", "/papers/application-form.pdf", "/proxy"):
        asked = side.get(f"/applications/{number}{path}")
        assert "閲覧の目的" in asked.body, path
        assert NAME not in asked.body, path
    asked = side.post(f"/applications/{number}", event="take", seen="1")
    assert NAME not in asked.body
    assert not [detail for event, detail in entries_of(office.server) if event == "viewed"]
    # What is opened is still to be seen, and its number need not be typed.
    for path in ("", "/proxy"):
        asked = side.get(f"/applications/{number}{path}")
        assert f'カード申請 <span class="document-no">{on_slip(number)}</span>' in asked.body, path
        assert f'value="{on_slip(number)}"' in asked.body, path
    onward = f"/applications/{number}"
    asked = side.post("/purpose", reason="audit", reference="2026 17", to=onward)
    assert asked.status == 422
    for kept in (on_slip(number), 'value="2026 17"', 'value="audit" required checked'):
        assert kept in asked.body, kept
    for path in ("/applications", f"/applications/{number}", f"/applications/{number}/attachments/1"):
        assert office.signed_in("sora", purpose=True).get(path).status == 403


def test_pictures_and_papers_are_sent_to_be_seen_and_kept_nowhere(office: ConsoleForTests) -> None:
    number = sent(office.desk("aoi"), "hana")
    side = office.signed_in("aoi", purpose=True)
    kinds = {
        "attachments/1": "image/jpeg",
        "attachments/2": "image/png",
        # A scan in PDF is drawn apart, and comes as a picture.
        "attachments/3": "image/png",
        "papers/application-form.pdf": "application/pdf",
    }
    for path, kind in kinds.items():
        asked = side.get(f"/applications/{number}/{path}")
        assert (asked.status, asked.headers["content-type"]) == (200, kind), path
        assert asked.headers["cache-control"] == "no-store"
        shown = asked.headers["content-disposition"].startswith("inline")
        assert shown is path.startswith("attachments")
    for path in ("attachments/4", "attachments/0", "attachments/x", "attachments/1%2F2", "papers/diary.pdf"):
        assert side.get(f"/applications/{number}/{path}").status == 404, path
    # The notice is for when the card is there.
    assert side.get(f"/applications/{number}/papers/delivery-notice.pdf").status == 422
    # Whoever has not said for what any more sees no picture either.
    assert "image" not in office.signed_in("aoi").get(f"/applications/{number}/attachments/1").headers["content-type"]


def test_two_pages_of_a_scan_are_drawn_under_each_other() -> None:
    drawn = Image.open(BytesIO(ScanPictures()(drawn_pdf("PASSPORT"))))
    assert drawn.width == 1240
    assert drawn.height > drawn.width


def test_scans_that_many_ask_for_at_once_are_told_to_wait_and_stop_no_other_page(office: ConsoleForTests) -> None:
    number = sent(office.desk("aoi"), "hana")
    path = f"/applications/{number}/attachments/3"
    sides = [office.signed_in("aoi", purpose=True) for _ in range(44)]
    with ThreadPoolExecutor(len(sides)) as pool:
        asked = [pool.submit(side.get, path) for side in sides]
        first = next(as_completed(asked)).result()
        assert sides[0].get("/account").status == 200
        assert not all(each.done() for each in asked)
        answers = [each.result() for each in asked]
    assert (first.status, first.headers["retry-after"]) == (503, "10")
    assert catalogue(Language.JAPANESE)["refused.busy"] in first.body
    pictures = [each for each in answers if each.headers["content-type"] == "image/png"]
    assert 0 < len(pictures) < len(answers)
    assert {each.status for each in answers if each not in pictures} == {503}
    assert sides[-1].get(path).status == 200


def test_a_scan_waits_no_longer_than_it_is_told() -> None:
    pictures, drawn = ScanPictures(longest_wait_s=0.0), drawn_pdf("PASSPORT")
    with ThreadPoolExecutor(3) as pool:
        asked = [pool.submit(pictures, drawn) for _ in range(3)]
        assert [type(each.exception()) for each in asked].count(Busy) == 1


WRONG = (
    ({"event": "take"}, "もう一度開いてください"),
    ({"event": "take", "seen": "x"}, "もう一度開いてください"),
    ({"event": "take", "seen": "1"}, "表示した後に、ほかの手続きがありました"),
    ({"event": "approve", "seen": "8"}, "この状態では、できません"),
    # Cards are handed over at a counter.
    ({"event": "deliver", "seen": "8"}, "もう一度開いてください"),
    ({"event": "dance", "seen": "8"}, "もう一度開いてください"),
    ({"event": "take", "seen": "8", "reason": "photo"}, "理由を選んでください"),
    ({"event": "mail-out", "seen": "8", "kind": "pigeon"}, "郵便の種類を選んでください"),
)


def test_what_can_not_be_done_says_why_and_changes_nothing(office: ConsoleForTests) -> None:
    number = sent(office.desk("aoi"), record(office.desk("aoi"), "hana"))
    side = office.signed_in("aoi", purpose=True)
    side.get(f"/applications/{number}")
    for told, text in WRONG:
        asked = side.post(f"/applications/{number}", **told)
        assert (asked.status, text in asked.body) == (422, True), told
    assert 'name="seen" value="8"' in side.get(f"/applications/{number}").body


def test_who_took_it_in_decides_nothing_about_it(office: ConsoleForTests) -> None:
    office.hire("clerk-1", OfficeRole.CARD_OFFICER)
    number = sent(office.desk("aoi"), record(office.desk("aoi"), "hana"))
    side = office.signed_in("clerk-1", purpose=True)
    side.get(f"/applications/{number}")
    asked = side.post(f"/applications/{number}", event="take", seen="8")
    assert (asked.status, "受付に関わった人でないこと" in asked.body) == (422, True)


def test_every_word_of_the_rules_has_a_text() -> None:
    checks = ("record", "intent", "identity", "representative", "photo", "signature", "express", "mail", "pin-form")
    keys = {
        *(f"inbox.{name}-{each.value}" for name, words in LISTED.items() for each in words),
        *(f"application.{name}-{each.value}" for name, words in TOLD.items() for each in words),
        *(f"application.{each.value}{tail}" for each in IN_THE_OFFICE for tail in ("", "-lead")),
        *(f"application.paper-{kind.value}" for kind, row in PAPERS.items() if row.about is About.APPLICATION),
        *(f"said.application-{each.value}" for each in IN_THE_OFFICE),
        *(f"form.{name}" for name in FIELDS),
        *(f"form.value-{each.value}" for words in IN_FORMS for each in words),
        *(f"check.what-{each}" for each in (*checks, "old-card", "stay")),
        *(f"check.{name}-{each.value}" for name, words in CHECKED.items() for each in words),
        *(f"proxy.{name}-{each.value}" for name, words in OF_PROXIES.items() for each in words),
        *(f"proxy.support-{each}" for each in SUPPORT_WORDS),
        *(f"proxy.{each}" for each in ALSO),
        *(f"word.{row.document.value}" for row in DOCUMENTS),
    }
    assert keys - catalogue(Language.JAPANESE).keys() == set()


def test_every_field_of_the_form_is_shown() -> None:
    assert set(ORDER) == FIELDS


def numbers_in(side: BrowserSide, path: str, among: list[str]) -> list[str]:
    body = side.get(path).body
    return [each for each in among if f'href="/applications/{each}"' in body]


FULL_WIDTH = {ord(each): ord(each) - 0x21 + 0xFF01 for each in "0123456789ABCDEF-"}


def on_slip(number: str) -> str:
    """An application's number as its slip has it."""
    return f"{number[:4]}-{number[4:8]}".upper()


def test_applications_that_begin_alike_are_all_shown(office: ConsoleForTests) -> None:
    alike = [f"8534d447{tail}" for tail in ("0" * 24, "f" * 24)]
    number = applications.c.application
    made = [sent(office.desk("aoi"), who) for who in ("hana", "ichiro")]
    with office.server.database.writing() as connection:
        for one, wanted in zip(made, alike, strict=True):
            connection.execute(update(applications).where(number == one).values(application=wanted))
    page = office.signed_in("aoi").get("/applications?number=8534-d447")
    assert (page.status, [each in page.body for each in alike]) == (200, [True, True])


def test_the_inbox_is_narrowed_down(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    express, ordinary = sent(desk, "hana", express=True), sent(desk, "ichiro", outlet="town-hall")
    captured = sent(desk, "jiro", until="capture")
    side, every = office.signed_in("aoi"), [express, ordinary, captured]
    assert numbers_in(side, "/applications", every) == [express, ordinary]
    assert numbers_in(side, "/applications?express=yes", every) == [express]
    assert numbers_in(side, "/applications?place=town-hall", every) == [ordinary]
    assert numbers_in(side, "/applications?place=*", every) == []
    assert numbers_in(side, "/applications?group=intake", every) == [captured]
    assert numbers_in(side, "/applications?due=over", every) == []
    assert numbers_in(side, "/applications?due=week", every) == [express, ordinary]
    assert numbers_in(side, "/applications/express", every) == [express]
    assert OFFICE in side.get("/applications").body
    # As the notice has it, as the slip has it, and as whoever copies the slip may type it.
    for typed in (ordinary, on_slip(ordinary), quote(on_slip(ordinary).translate(FULL_WIDTH))):
        assert side.get(f"/applications?number={typed}").to == f"/applications/{ordinary}"
    for wrong in ("number=12", "group=all", "due=never"):
        assert side.get(f"/applications?{wrong}").status == 400
    # What narrows it down is seen where it does, and out of the way where nothing does.
    for query, seen in (("", False), ("?group=intake", False), ("?express=yes", True), ("?due=never", True)):
        shown = re.search(r'<details id="filters"[^>]*>', side.get(f"/applications{query}").body)
        assert shown is not None
        assert shown[0].endswith(" open>") is seen, query
    # A number of nothing leads to no page behind the first.
    assert numbers_in(side, f"/applications?after={'0' * 32}", every) == [express, ordinary]


def test_what_is_taken_in_for_others_is_handed_over(office: ConsoleForTests) -> None:
    desk = office.desk("aoi")
    number = sent(desk, "hana", residence=ELSEWHERE, until="capture")
    side = office.signed_in("aoi", purpose=True)
    page = side.get("/applications/elsewhere")
    assert (on_slip(number) in page.body, NAME in page.body) == (True, False)
    there = replace(reiji_profile(), code=ELSEWHERE)
    assert f">{ELSEWHERE}</td>" in page.body
    assert there.name not in page.body
    with office.server.database.writing() as connection, open_book(connection, ELSEWHERE) as book:
        add_profile(connection, 0, there)
        book.settings_changed()
    named = f'<span lang="ja">{there.name}</span> <span class="quiet">{ELSEWHERE}</span>'
    assert named in side.get("/applications/elsewhere").body
    assert side.post(f"/applications/elsewhere/{number}", seen="6").status == 422
    assert side.post(f"/applications/elsewhere/{number}", seen="7").status == 303
    assert "引き継ぎ済み" in side.get("/applications/elsewhere").body
    assert side.get(f"/applications/{number}").status == 404


def test_the_check_list_tells_what_is_missing_and_keeps_nothing(office: ConsoleForTests) -> None:
    number = sent(office.desk("aoi"), "hana")
    side = office.signed_in("aoi", purpose=True)
    path = f"/applications/{number}/proxy"
    assert "妊婦" in side.get(path).body
    asked = side.post(path, coming="proxy", case="pregnant")
    assert asked.status == 200
    for text in ("疎明資料がありません", "母子健康手帳、妊婦健診の領収書、受診券", "回答書"):
        assert text in asked.body
    fields = [
        *(("form-token", side.form_token), ("coming", "proxy"), ("case", "pregnant"), ("brought", "maternity-book")),
        *(("holder", "driving-licence"), ("holder", "passport"), ("taker", "driving-licence"), ("taker", "passport")),
        *(("reply", "yes"), ("letter-of-attorney", "yes"), ("pin-form", "yes")),
    ]
    assert "今日の規則では、そろっています" in side.ask("POST", path, fields).body
    assert 'value="maternity-book" checked' not in side.get(path).body
    for wrong in ({"coming": "ghost"}, {"coming": "proxy", "case": "lazy"}, {"coming": "proxy", "holder": "x"}, {}):
        assert side.post(path, **wrong).status == 422
