"""A clerk prints papers for whoever stands there: from the clerk's key to the sheet in the tray, through the real
server over mutual TLS."""

from pathlib import Path

import pytest

from certserver.applications.states import EventKind
from hardware.camera.person import Person
from kiosk.counter.card_application.scenes import Check
from kiosk.counter.resident import ResidentStage
from kiosk.flow.scenes import AtCounter, Start
from printers.model import PrinterProblem
from tests.support.journey_card_applications import CardClerk, commissioned, decided
from tests.support.journey_desk import Clerk
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey
from tests.support.sheets import text_of

TITLE = ("用紙の印刷", "Print a paper")
OUT = ("印刷が終わりました", "Printed")


@pytest.fixture
def clerk(j: Journey) -> Clerk:
    j.arrives()
    clerk = Clerk(j)
    clerk.signs_in()
    clerk.presses("tab-cases", "begin-papers")
    clerk.reads(*TITLE)
    assert isinstance(j.kiosk.state.scene, AtCounter)
    return clerk


def said(clerk: Clerk) -> str:
    """What stands on the paper that came out last."""
    return "".join(text_of(clerk.office.documents[-1], "-raw").split())


def closes(clerk: Clerk) -> None:
    """The clerk takes the sheet, and the resident's window is free again."""
    clerk.j.takes_everything()
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.case is None, "the case to be closed")
    clerk.until(lambda: clerk.desk.resident.stage is ResidentStage.FREE, "the terminal to be free")
    assert isinstance(clerk.j.kiosk.state.scene, Start)
    assert not clerk.office.faults


def test_a_sheet_that_explains_pins_comes_out_and_the_resident_is_told(clerk: Clerk) -> None:
    clerk.presses("paper-pins-explained")
    clerk.reads(*OUT)
    clerk.j.sees("用紙ができました", "Your paper is ready")
    assert "暗証番号を決めます" in said(clerk)
    assert len(clerk.office.sheets) == 1
    closes(clerk)


def test_the_same_in_english(clerk: Clerk) -> None:
    clerk.presses("language-en", "paper-pins-explained")
    clerk.reads(*OUT)
    assert "APINisthekeytoyourcard" in said(clerk)
    closes(clerk)


def test_where_to_go_is_the_answer_of_the_places_rules(clerk: Clerk) -> None:
    clerk.presses("paper-where-to-go")
    clerk.reads("どの手続きのご案内ですか", "Guidance for which procedure?")
    clerk.presses("procedure-express", "primary")
    clerk.reads(*OUT)
    for told in ("特急発行の申請", "ここではできません", "市役所", "0120-95-0178"):
        assert told in said(clerk), told
    closes(clerk)


def test_whoever_lives_elsewhere_is_sent_to_their_own_municipality(clerk: Clerk) -> None:
    clerk.presses("paper-where-to-go", "procedure-card-application", "lives-elsewhere", "primary")
    clerk.reads(*OUT)
    assert "市区町村の窓口" in said(clerk)
    closes(clerk)


def test_a_blank_form_bears_nobodys_name(clerk: Clerk) -> None:
    clerk.presses("paper-application-form")
    clerk.reads(*OUT)
    assert "様式は仮のもの" in said(clerk)
    assert "写真" in said(clerk)
    closes(clerk)


def test_a_printer_without_paper_is_told_and_nothing_is_handed_over(clerk: Clerk) -> None:
    clerk.office.printer.fail(PrinterProblem.DOOR_OPEN)
    clerk.presses("paper-photo-explained")
    clerk.reads("印刷できませんでした", "Nothing was printed")
    clerk.reads("プリンターを確かめて", "See to the printer")
    assert not clerk.office.documents
    clerk.office.printer.mend(PrinterProblem.DOOR_OPEN)
    clerk.presses("another", "paper-photo-explained")
    clerk.reads(*OUT)
    closes(clerk)


def test_without_the_server_no_paper_is_made(clerk: Clerk) -> None:
    clerk.office.wire.goes_away()
    clerk.presses("paper-intent-explained")
    clerk.reads("サーバーから答えがありません", "The server does not answer")
    clerk.office.wire.comes_back()
    clerk.presses("another", "paper-intent-explained")
    clerk.reads(*OUT)
    assert "マイナンバーカードを作りますか" in said(clerk)
    closes(clerk)


def test_whoever_does_not_say_it_points_at_an_answer_on_the_back(clerk: Clerk) -> None:
    """申請の意思 in plain Japanese: told on the face, six answers to point at on the back."""
    clerk.presses("paper-intent-explained")
    clerk.reads(*OUT)
    face, back = (text_of(clerk.office.documents[-1], "-f", page, "-l", page) for page in ("1", "2"))
    asked = "ゆびで"
    assert asked in "".join(back.split())
    assert asked not in "".join(face.split())
    for answer in ("はい", "いいえ", "もう", "わかりません", "話したい", "休みたい"):
        assert answer in "".join(back.split()), answer
    closes(clerk)


def comes_to_signature(j: Journey, municipality: Municipality, **fields: str) -> CardClerk:
    """A card application up to the box for one's own hand."""
    commissioned(municipality)
    j.arrives()
    clerk = CardClerk(j)
    clerk.signs_in()
    clerk.begins()
    clerk.finds("ツジ ミサキ", "19740903")
    clerk.hears_intent()
    clerk.sees_documents("driving-licence", "passport")
    clerk.fills(phone="090-0000-0000", **fields)
    clerk.photographs(Person())
    clerk.presses("primary")
    return clerk


def test_the_form_is_seen_as_it_is_printed_before_it_is_sent(j: Journey, municipality: Municipality) -> None:
    clerk = comes_to_signature(j, municipality)
    clerk.finishes()
    clerk.reads("送信前の確認", "Check before sending")
    clerk.until(lambda: isinstance(clerk.case.scene, Check) and clerk.case.scene.pages > 0, "the page of the form")
    assert isinstance(clerk.case.scene, Check)
    shown = clerk.pictures.look("form-0", clerk.case.scene.serial)
    assert shown is not None
    assert (shown.height, shown.channels, len(shown.pixels)) == (1600, 1, shown.width * shown.height)
    clerk.presses("print-form")
    clerk.until(lambda: bool(clerk.office.documents), "the form to come out")
    for told in ("様式は仮のもの", "ツジミサキ", "090-0000-0000", "口頭", clerk.case.mirror.application):
        assert told in said(clerk), told
    assert "090-0000-0000" not in repr(clerk.desk)
    assert not clerk.office.faults


def test_a_name_in_braille_wants_a_seal_and_stands_in_its_cells(j: Journey, municipality: Municipality) -> None:
    clerk = comes_to_signature(j, municipality, braille_name="ツジ ミサキ")
    clerk.presses("signature-kind-braille")
    clerk.reads("押印が要ります")
    assert "primary" not in clerk.model().touches()
    clerk.presses("signature-sealed-yes", "primary")
    clerk.presses("pin-form-sealed", "old-card-none", "primary")
    clerk.presses("occasion-first", "change-planned-no", "forwarding-no", "pin-consent-yes", "copy-consent-yes")
    clerk.presses("primary")
    clerk.reads("送信前の確認", "Check before sending")
    clerk.presses("print-form")
    clerk.until(lambda: bool(clerk.office.documents), "the form to come out")
    assert "ツシ゛ミサキ" in said(clerk)
    clerk.sends()
    assert decided(municipality, clerk.case.mirror.application, EventKind.TAKE) == "under-review"
    assert not clerk.office.faults


def test_a_sheet_that_was_handed_over_stands_in_the_account_of_the_day(
    municipality: Municipality, tmp_path: Path
) -> None:
    with a_journey(municipality, tmp_path, separate=True) as j:
        clerk = Clerk(j)
        clerk.signs_in()
        clerk.counts({1000: 10})
        clerk.types("sheets", "100")
        clerk.presses("primary")
        clerk.until(lambda: clerk.desk.day.is_open, "the day to be open")
        j.arrives()
        for printed in (1, 2):
            clerk.presses("tab-cases", "begin-papers", "paper-pins-explained")
            clerk.reads(*OUT)
            clerk.until(lambda: clerk.desk.day.out == 1, "the sheet to stand in the book")
            closes(clerk)
            clerk.until(lambda: clerk.desk.day.out == 0, "the sheet to be handed over")
            assert (clerk.desk.day.handed, clerk.desk.day.blank) == (printed, 100 - printed)
        assert "out" not in clerk.desk.day.open_ends()
        assert not clerk.office.faults
