"""An enrolment for a koseki, from the card that applies to the koseki that it gets: decided by an officer in a real
browser."""

import pytest
from playwright.sync_api import Browser

from certserver.identity.enrolments import EnrolmentState
from certserver.office.enrolments import one_enrolment
from certserver.office.rights import OfficeRole
from certserver.registers.koseki_writing import write_koseki
from koufu.evidence.order import OrderLine
from koufu.evidence.words import CertificateKind, Scope
from tests.support.browser import follow
from tests.support.card_applications import entries_of
from tests.support.console import ConsoleForTests
from tests.support.enrolments import SAID, answered, apply, offer_koseki, waits
from tests.support.koseki_specimens import TSUJI_KOSEKI

pytestmark = pytest.mark.xdist_group("console")

KENGO = "k1"


@pytest.fixture
def office(console: ConsoleForTests) -> ConsoleForTests:
    """aoi keeps the registers, and a koseki is there."""
    console.server.configure(offer_koseki)
    console.server.line().heartbeat(console.municipality)
    with console.server.database.writing() as connection:
        write_koseki(connection, console.municipality, TSUJI_KOSEKI)
    console.hire("aoi", OfficeRole.REGISTRAR)
    console.hire("sora", OfficeRole.VIEWER)
    return console


def test_what_a_card_applied_for_is_approved_and_its_koseki_issued(office: ConsoleForTests, browser: Browser) -> None:
    visit = office.server.newcomer()
    answered(visit)
    number = apply(office.server, visit).number
    assert answered(visit) == "enrolment-pending"
    with office.window(browser, "aoi", purpose=True) as page:
        follow(page, "text=審査待ちの利用登録（1件）")
        follow(page, "main tbody a")
        assert SAID.domicile in page.inner_text("main")
        page.fill("#koseki", "nothing")
        page.fill("#person", KENGO)
        follow(page, "text=照合する")
        assert "この識別番号の戸籍はありません" in page.inner_text("main")
        page.fill("#koseki", TSUJI_KOSEKI.koseki_id)
        follow(page, "text=照合する")
        shown = page.inner_text("section[aria-labelledby=said]")
        assert TSUJI_KOSEKI.domicile in shown
        assert SAID.name in shown
        follow(page, "button.primary:has-text('承認する')")
        page.wait_for_selector("text=利用登録を承認しました")
        follow(page, "main tbody a")
        assert SAID.domicile not in page.inner_text("main")
    assert one_enrolment(office.desk("aoi"), number).state is EnrolmentState.APPROVED
    visit.offer()
    prepared = visit.prepare(visit.order(OrderLine(CertificateKind.KOSEKI_INDIVIDUAL, Scope.SELF)))
    assert not prepared[0].HasField("refusal"), prepared[0].refusal.reason
    assert len(visit.accept(visit.release())) == 1
    noted = [detail["what"] for event, detail in entries_of(office.server) if event == "viewed"]
    # Opened; held against nothing, which shows what was said again; held against the record.
    assert noted == ["enrolment", "enrolment", "koseki", "enrolment"]


def test_i12_nothing_of_a_person_shows_without_a_purpose(office: ConsoleForTests) -> None:
    number = waits(office.desk("aoi"), 1)
    side = office.signed_in("aoi")
    asked = side.get(f"/enrolments/{number}")
    assert SAID.domicile not in asked.body
    assert "閲覧の目的" in asked.body
    asked = side.post(f"/enrolments/{number}", koseki=TSUJI_KOSEKI.koseki_id, person=KENGO)
    assert TSUJI_KOSEKI.domicile not in asked.body
    assert office.signed_in("sora").get(f"/enrolments/{number}").status == 403


@pytest.mark.parametrize(
    ("path", "told", "status", "text"),
    [
        ("/approve", {"koseki": "nothing", "person": KENGO}, 422, "この識別番号の戸籍はありません"),
        ("/approve", {"koseki": TSUJI_KOSEKI.koseki_id, "person": "nobody"}, 422, "記録されていない"),
        ("/decline", {}, 422, "理由を選んでください"),
        ("/decline", {"reason": "lapsed-by-hand"}, 422, "理由を選んでください"),
        ("/decline", {"reason": "not-matching"}, 303, ""),
        ("/withdraw", {}, 422, "本人はもう一度申請することが必要です"),
        ("/withdraw", {"although": "yes"}, 303, ""),
    ],
)
def test_decisions(path: str, told: dict[str, str], status: int, text: str, office: ConsoleForTests) -> None:
    number = waits(office.desk("aoi"), 1)
    side = office.signed_in("aoi", purpose=True)
    side.get(f"/enrolments/{number}")
    asked = side.post(f"/enrolments/{number}{path}", **told)
    assert asked.status == status
    assert text in asked.body
    if status == 303:
        again = side.post(f"/enrolments/{number}/decline", reason="not-found")
        assert (again.status, "決定済み" in again.body, SAID.domicile in again.body) == (422, True, False)
    else:
        assert one_enrolment(office.desk("aoi"), number).state is EnrolmentState.APPLIED


def test_numbers_that_are_none(office: ConsoleForTests) -> None:
    side = office.signed_in("aoi", purpose=True)
    for number in ("x", "0000", waits(office.desk("aoi"), 1)[:-1] + "!"):
        assert side.get(f"/enrolments/{number}").status == 404
