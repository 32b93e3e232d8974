"""Card applications at the counter of a post office and of the municipality, on both windows, through the real server:
the whole way, a photo that comes back, and who is sent elsewhere."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from certserver.applications.permissions import SiteKind
from certserver.applications.states import EventKind, Reason, State
from certserver.pipeline.card_applications.rows import read_application
from hardware.camera.person import Person
from kiosk.counter.card_application.case import reception_number
from kiosk.counter.card_application.scenes import Check, PhotoScene, Signing
from kiosk.flow.touches import PinTyped
from kiosk.simulators.troubles import TroubleKind
from tests.support.card_applications import NEIGHBOUR, entries_of
from tests.support.journey_card_applications import (
    CardClerk,
    a_neighbour_on_the_same_server,
    at_the_hall,
    attached,
    commissioned,
    decided,
    mailed_out,
)
from tests.support.journey_server import BRANCH, NEXT_DESK, TODAY, Municipality, a_municipality
from tests.support.journey_steps import PIN, Journey, a_journey
from tests.support.journey_wire import Trouble
from tests.support.outside import OutsideForTests, outside_parties

MISAKI = ("ツジ ミサキ", "19740903")
PHONE = "090-0000-0000"


@pytest.fixture(scope="module")
def outside() -> Iterator[OutsideForTests]:
    with outside_parties() as made:
        yield made


@pytest.fixture
def clerk(j: Journey, municipality: Municipality) -> CardClerk:
    commissioned(municipality)
    j.arrives()
    clerk = CardClerk(j)
    clerk.signs_in()
    return clerk


def taken_in(clerk: CardClerk, person: Person | None = None) -> str:
    """The whole way with an ordinary photo; the application's id."""
    clerk.begins()
    clerk.finds(*MISAKI)
    clerk.hears_intent()
    clerk.sees_documents("driving-licence", "passport")
    clerk.fills(phone=PHONE)
    clerk.photographs(person or Person())
    clerk.reads("この写真を使えます", "This photo can be used")
    clerk.presses("primary")
    clerk.finishes()
    clerk.until(lambda: isinstance(clerk.case.scene, Check) and clerk.case.scene.pages > 0, "the form as it is printed")
    assert isinstance(clerk.case.scene, Check)
    form = clerk.pictures.look("form-0", clerk.case.scene.serial)
    assert form is not None
    assert min(form.pixels) < 100, "there is ink on it"
    clerk.j.sees("送る前に確かめます", "A last check")
    clerk.sends()
    application = clerk.case.mirror.application
    clerk.j.sees("受け付けました", "It was taken in")
    clerk.j.reads_slip("受　付　票", reception_number(application), "郵便で、ご本人だけにお渡しします")
    clerk.presses("primary")
    return application


def test_from_the_first_question_to_the_municipality(clerk: CardClerk, municipality: Municipality) -> None:
    application = taken_in(clerk)
    assert attached(municipality, application) == ["identity-document", "identity-document", "photo"]
    assert decided(municipality, application, EventKind.TAKE) == "under-review"
    assert decided(municipality, application, EventKind.APPROVE) == "approved"
    assert clerk.desk.case is None
    assert not len(clerk.pictures)
    municipality.verify_audit_log()
    assert not clerk.office.faults


def test_a_wearer_of_a_hijab_whose_photo_comes_back_once(clerk: CardClerk, municipality: Municipality) -> None:
    clerk.begins()
    clerk.finds(*MISAKI)
    clerk.hears_intent("gesture")
    clerk.sees_documents("driving-licence", "passport")
    clerk.fills(phone=PHONE)
    clerk.photographs(Person(hijab=True))
    clerk.presses("sees-headwear")
    clerk.reads("例外の区分と理由が要ります")
    assert "primary" not in clerk.model().touches()
    clerk.presses("photo-exception-religion")
    clerk.types("photo-exception-reason", "宗教上の理由によりヒジャブを着用")
    clerk.presses("primary")
    clerk.finishes()
    clerk.sends()
    application = clerk.case.mirror.application
    clerk.presses("primary")

    assert decided(municipality, application, EventKind.TAKE) == "under-review"
    assert decided(municipality, application, EventKind.RETURN, Reason.PHOTO) == "returned"

    clerk.opens()
    clerk.reads("戻ってきました（写真）", "Returned (photo)")
    clerk.presses(f"take-up-{reception_number(application)}")
    clerk.reads("顔写真", "Photo")
    clerk.j.sees("写真をとります", "Your photo")
    clerk.photographs(Person(hijab=True, head=0.55))
    clerk.presses("sees-headwear", "photo-exception-religion")
    clerk.types("photo-exception-reason", "宗教上の理由によりヒジャブを着用")
    clerk.presses("primary")
    clerk.sends()
    assert attached(municipality, application) == ["identity-document", "identity-document", "photo", "photo"]
    assert decided(municipality, application, EventKind.TAKE) == "under-review"
    assert decided(municipality, application, EventKind.APPROVE) == "approved"
    assert not clerk.office.faults


@pytest.mark.parametrize(
    ("asked", "why", "why_en"),
    [
        ({"comer": "proxy"}, "この窓口では、ご本人だけの申請を受け付けます", "Only the person alone can apply here"),
        ({"comer": "legal-representative"}, "法定代理人といっしょの方は", "people with a legal representative"),
        (
            {"procedure": "express"},
            "特急発行は、市区町村の窓口でだけ受け付けます",
            "counter alone",
        ),
        ({"residence": "elsewhere"}, "この市区町村にお住まいの方の申請だけを", "Only residents of this municipality"),
    ],
)
def test_who_is_sent_elsewhere_is_told_where_and_takes_it_along(
    clerk: CardClerk, asked: dict[str, str], why: str, why_en: str
) -> None:
    clerk.begins(**asked)
    clerk.reads(why, why_en)
    clerk.reads("見本市役所")
    clerk.reads("0120-95-0178", "My Number helpline")
    clerk.j.sees("ここでは受け付けられません", "It can't be taken in here")
    clerk.reads("案内の紙をお渡しください", "Please hand over the slip")
    clerk.j.reads_slip(why, "見本市役所")
    clerk.presses("primary")
    assert clerk.desk.case is None


def test_a_child_alone_is_sent_to_the_municipality_with_its_parents(clerk: CardClerk) -> None:
    clerk.begins()
    clerk.types("search-name", "辻󠄂　陽翔")
    clerk.types("search-born", "20120617")
    clerk.presses("scan")
    clerk.reads("15歳未満の方は、法定代理人といっしょに", "Under 15")
    clerk.j.reads_slip("15歳未満の方は", "見本市役所")


def test_i11_somebody_is_found_by_their_own_card_and_its_pin_is_seen_by_nobody(clerk: CardClerk) -> None:
    clerk.begins()
    clerk.j.puts_card("tsuji-misaki")
    clerk.presses("by-card")
    clerk.reads("ご本人が入力中です", "They are typing")
    for digit in "9999":
        clerk.j.kiosk.touched(PinTyped(clerk.j.kiosk.pad.press(int(digit))))
        clerk.j.settles()
    typed = clerk.model()
    clerk.j.touches("primary")
    clerk.reads("暗証番号が違います。あと2回です", "The PIN is wrong")
    clerk.j.types_pin()
    clerk.reads("登録が見つかりました", "Found in the register")
    clerk.reads("辻󠄂　美咲")
    assert "9999" not in str(typed)
    assert PIN not in repr(clerk.desk)
    clerk.presses("route-mail", "primary")
    clerk.hears_intent()
    clerk.sees_documents("individual-number-card")
    clerk.reads("申請書の記入", "The application form")
    clerk.until(lambda: clerk.case.mirror.state == "identity-checked", "the card and its PIN to be enough")


def test_nobody_is_found_by_half_a_name(clerk: CardClerk) -> None:
    clerk.begins()
    clerk.types("search-name", "辻")
    clerk.types("search-born", "19740903")
    clerk.presses("scan")
    clerk.reads("1人に決まりません", "No single resident was found")
    assert "primary" not in clerk.model().touches()


def test_a_server_that_falls_silent_loses_nothing(clerk: CardClerk, municipality: Municipality) -> None:
    clerk.begins()
    clerk.finds(*MISAKI)
    clerk.office.wire.trouble("Open", Trouble.LOST_ANSWER)
    clerk.hears_intent()
    clerk.until(lambda: clerk.case.flight is not None and clerk.case.flight.away, "the silence to be seen")
    clerk.office.wire.goes_away()
    clerk.sees_documents("driving-licence", "passport")
    clerk.reads("入力は失われません", "Nothing typed is lost")
    clerk.fills(phone=PHONE)
    clerk.photographs(Person())
    clerk.presses("primary")
    clerk.presses("hold")
    assert clerk.desk.case is None
    clerk.office.wire.comes_back()
    clerk.presses("tab-cases", "held-1")
    clerk.until(lambda: clerk.desk.case is not None and clerk.case.mirror.state == "identity-checked", "all to be told")
    clerk.finishes()
    clerk.sends()
    application = clerk.case.mirror.application
    assert attached(municipality, application) == ["identity-document", "identity-document", "photo"]


def test_a_photo_waits_with_its_case_while_anothers_ends(clerk: CardClerk) -> None:
    clerk.begins()
    clerk.finds(*MISAKI)
    clerk.hears_intent()
    clerk.sees_documents("driving-licence", "passport")
    clerk.fills(phone=PHONE)
    clerk.photographs(Person())
    assert isinstance(clerk.case.scene, PhotoScene)
    assert clerk.case.scene.taken is not None
    serial = clerk.case.scene.taken.serial
    photo = clerk.pictures.look("taken", serial)
    assert photo is not None
    clerk.presses("hold")
    clerk.begins()
    clerk.types("search-name", MISAKI[0])
    clerk.types("search-born", MISAKI[1])
    clerk.presses("scan")
    clerk.reads("ここでは受け付けられません", "It can't be taken in here")
    clerk.reads("案内の紙をお渡しください")
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.case is None, "the other to end")
    clerk.presses("tab-cases", "held-1")
    clerk.until(lambda: clerk.desk.case is not None, "the first to be taken up")
    assert clerk.pictures.look("taken", serial) == photo


def test_i11_a_draft_outlives_the_terminal_and_another_clerk_goes_on_with_it_elsewhere(
    clerk: CardClerk, municipality: Municipality, tmp_path: Path
) -> None:
    clerk.begins()
    clerk.finds(*MISAKI)
    clerk.hears_intent()
    clerk.sees_documents("driving-licence", "passport")
    clerk.fills(phone=PHONE)
    clerk.photographs(Person())
    clerk.presses("primary")
    clerk.reads("署名", "Signature")
    clerk.until(lambda: clerk.case.flight is None, "all to be told")
    application = clerk.case.mirror.application
    clerk.presses("hold")
    clerk.j.power_fails()
    for file in clerk.office.folder.rglob("*"):
        words = file.read_bytes() if file.is_file() else b""
        assert not any(word.encode() in words for word in ("美咲", "ミサキ", PHONE, "1974-09-03")), file

    folder = tmp_path / "next-desk"
    folder.mkdir()
    with a_journey(municipality, folder, terminal=NEXT_DESK, opens=TODAY + timedelta(hours=1)) as journey:
        journey.arrives()
        other = CardClerk(journey)
        other.signs_in()
        other.opens()
        other.presses(f"take-up-{reception_number(application)}")
        other.until(lambda: isinstance(other.case.scene, Signing), "the first step that was not gone through")
        assert other.case.answer("phone") == PHONE
        other.finishes()
        other.sends()
        assert attached(municipality, application) == ["identity-document", "identity-document", "photo"]
        events = [
            (event, detail.get("officer")) for event, detail in entries_of(municipality.server, municipality.code)
        ]
        assert ("viewed", other.me) in events
        municipality.verify_audit_log()
        assert not other.office.faults


def test_documents_that_prove_nobody_lead_back(clerk: CardClerk) -> None:
    clerk.begins()
    clerk.finds(*MISAKI)
    clerk.hears_intent()
    clerk.sees_documents("student-card")
    clerk.reads("この書類では、本人確認ができません", "do not prove the identity")
    clerk.sees_documents("driving-licence")
    clerk.reads("申請書の記入", "The application form")


def test_the_resident_who_does_not_want_one_ends_it(clerk: CardClerk) -> None:
    clerk.begins()
    clerk.finds(*MISAKI)
    clerk.j.touches("primary", "primary", "decline")
    clerk.reads("申請しないときは")
    clerk.presses("stop")
    clerk.reads("申請しないことになりました", "No application is made")
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.case is None, "the case to be closed")
    clerk.j.sees("証明書", "certificate")


@pytest.fixture
def officer(municipality: Municipality, tmp_path: Path) -> Iterator[CardClerk]:
    commissioned(municipality)
    with a_journey(municipality, tmp_path, terminal=BRANCH) as journey:
        journey.arrives()
        with at_the_hall(journey) as clerk:
            yield clerk


def test_a_baby_has_no_photo_and_comes_with_its_parents(officer: CardClerk, municipality: Municipality) -> None:
    officer.begins(comer="legal-representative")
    officer.finds("アカイ ソラ", "20260826")
    officer.hears_intent("helper")
    officer.sees_documents("notice-card", "maternity-book", "eligibility-certificate")
    officer.fills(representative_name="赤井　母", representative_relation="母")
    officer.reads("1歳未満の方のカードには、写真がありません", "no photo")
    officer.presses("primary")
    officer.finishes()
    officer.sends()
    assert "photo" not in attached(municipality, officer.case.mirror.application)


def test_in_the_field_a_resident_of_another_municipality_is_taken_in_for_it(tmp_path: Path) -> None:
    folder = tmp_path / "terminal"
    folder.mkdir()
    with a_municipality(tmp_path) as municipality, a_journey(municipality, folder, terminal=BRANCH) as journey:
        commissioned(municipality)
        a_neighbour_on_the_same_server(municipality)
        journey.arrives()
        with at_the_hall(journey, SiteKind.FIELD_INTAKE) as officer:
            officer.begins(residence="elsewhere")
            officer.reads("市区町村のコード", "Code of the municipality")
            officer.types("search-name", "トナリ ハナ")
            officer.types("search-born", "19800401")
            assert "scan" not in officer.model().touches(), "in whose register is not said yet"
            officer.types("search-municipality", NEIGHBOUR)
            officer.presses("scan")
            officer.reads("登録が見つかりました", "Found in the register")
            officer.presses("route-mail", "primary")
            officer.hears_intent()
            officer.sees_documents("driving-licence", "passport")
            officer.fills(phone=PHONE)
            officer.photographs(Person())
            officer.presses("primary")
            officer.finishes()
            officer.sends()
            application = officer.case.mirror.application
            officer.presses("primary")
            officer.opens()
            officer.reads("市区町村へ送信済み", "Sent to the municipality")
            with municipality.server.database.reading() as connection:
                stored = read_application(connection, NEIGHBOUR, application)
            assert stored is not None
            assert stored.application.state is State.SENT_TO_MUNICIPALITY
            assert not officer.office.faults


def test_express_at_the_municipal_counter_promises_no_day(
    officer: CardClerk, municipality: Municipality, outside: OutsideForTests
) -> None:
    officer.begins(procedure="express")
    officer.finds(*MISAKI, route="")
    officer.reads("特急発行の理由", "Ground for express issuance")
    officer.presses("express-ground-lost", "change-planned-no")
    officer.types("happened-text", "20260901")
    officer.presses("again")
    officer.reads("申請できる期間を過ぎています", "The period is over")
    officer.types("happened-text", "20261120")
    officer.presses("again")
    officer.reads("特急発行を申請できます", "Express issuance may be applied for")
    officer.reads("2,000円", "¥2,000")
    officer.reads("届く目安", "目安")
    officer.presses("primary")
    officer.hears_intent()
    officer.sees_documents("driving-licence", "passport")
    officer.fills(phone=PHONE)
    officer.photographs(Person())
    officer.presses("primary")
    officer.finishes(express=True, replaces=True)
    officer.sends()
    assert officer.case.mirror.mail_kind == "simple-registered"
    officer.reads("届く目安", "目安")
    officer.j.reads_slip("受　付　票", "目安：")
    application = officer.case.mirror.application
    officer.presses("primary")
    for event in (EventKind.TAKE, EventKind.APPROVE):
        decided(municipality, application, event)
    for state, told, told_en in (
        ("manufacturing", "製造中", "Being made"),
        ("set-up-at-maker", "発送準備中", "Being set up"),
        ("mailed", "発送済み", "Mailed"),
    ):
        outside.follow(municipality.server, application, State(state))
        officer.opens()
        officer.reads("【模擬】カードの製造・住基ネット・郵便はシミュレータです", "[Simulated] Card maker")
        officer.reads("特急発行のカードが届くまで", "Cards by express issuance")
        officer.reads(told, told_en)
        officer.reads("届く目安", "Roughly (目安)")
        officer.presses("finish")
    assert outside.follow(municipality.server, application).state is State.DELIVERED
    assert not officer.office.faults


def test_a_card_that_the_mail_brings_back_waits_at_the_municipality(
    clerk: CardClerk, municipality: Municipality, outside: OutsideForTests
) -> None:
    """From the counter over gRPC to simulated resident network, card maker and mail; the clerk's screen tells where it
    is, and that those are simulators."""
    application = taken_in(clerk)
    for event in (EventKind.TAKE, EventKind.APPROVE):
        decided(municipality, application, event)

    def tells(state: str, state_en: str) -> None:
        clerk.opens()
        clerk.reads(state, state_en)
        clerk.reads("【模擬】カードの製造・住基ネット・郵便はシミュレータです", "[Simulated] Card maker")
        clerk.presses("finish")

    outside.trouble("OrderCard", TroubleKind.FAIL)
    assert not outside.follow(municipality.server, application).answered
    tells("カード製造へ", "Sent to the maker")
    outside.follow(municipality.server, application)
    tells("市区町村に到着", "At the municipality")
    mailed_out(municipality, application)
    outside.follow(municipality.server, application, State.ARRIVAL_NOTICE)
    tells("到着のお知らせ済み", "Arrival notice")
    outside.trouble("AskLetter", TroubleKind.REFUSE, reason="brought-back")
    outside.follow(municipality.server, application)
    tells("郵便から市区町村へ返送", "Back from the mail")
    assert decided(municipality, application, EventKind.NOTIFY) == "notice-sent"
    assert not clerk.office.faults
