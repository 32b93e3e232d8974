"""Receipts and slips: every sentence is there in both languages, nothing personal is on any."""

from dataclasses import replace
from datetime import datetime
from typing import get_args

import pytest

from certserver.ports import JST
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.actions.slips import SlipActions
from kiosk.flow.effects import PrintSlip
from kiosk.flow.events import SlipSettled
from kiosk.flow.means import Means
from kiosk.flow.slips import EnrolmentSlip, FaultSlip, GuidanceSlip, Receipt, Slip
from kiosk.flow.values.board import Board, RefusalText
from kiosk.flow.values.order import Sheet
from kiosk.flow.values.presentation import Language
from kiosk.flow.values.trouble import DeclineReason, FaultKind, FaultReport, InDoubt, MoneyOutcome
from kiosk.texts import slips as say
from koufu.evidence.words import CertificateKind, RefusalReason
from printers.model import PrinterProblem
from printers.slips.reader import PrintedText, read_strips
from printers.virtual import VirtualSlipPrinter
from tests.support.kiosk_actions import SITE, Heard
from tests.support.kiosk_samples import BOARD, WINDOW

NOW = datetime(2026, 3, 2, 10, 5, tzinfo=JST)
RECEIPT = Receipt(((CertificateKind.RESIDENCE, 2, 400),), inserted=1000, change=600, reference="4Q7-K2M")
JAM = FaultReport(
    FaultKind.SHEET_JAM,
    (Sheet(CertificateKind.RESIDENCE, 1, 1), Sheet(CertificateKind.SEAL_REGISTRATION, 1, 1)),
    1,
    MoneyOutcome.RETURNED_PART,
    800,
    0,
    "4Q7-K2M",
)
ENROLLED = EnrolmentSlip("7081063380111455", WINDOW)
DEBT = FaultReport(FaultKind.CASH_STOPPED, JAM.sheets, 0, MoneyOutcome.OWED, 300, 200, "4Q7-K2M")


def printed(slip: Slip, language: Language = Language.JAPANESE, board: Board = BOARD) -> str:
    """All words on the slip, as a person reads them."""
    printer, heard = VirtualSlipPrinter(), Heard()
    SlipActions(SlipPrinting(printer, SITE, lambda: NOW)).print(PrintSlip(1, slip, language, board), heard)
    assert heard.events == [SlipSettled(1, slip, printed=True)]
    (paper,) = printer.printed
    strips = read_strips(paper, SITE.slip_width_dots)
    return "".join(item.text for strip in strips for item in strip.items if isinstance(item, PrintedText))


def test_a_receipt_says_who_took_how_much_for_what() -> None:
    text = printed(RECEIPT)
    for words in ("見本市", "見本中央郵便局", "住民票の写し", "400円", "1,000円", "600円", "4Q7-K2M", "令和8年3月2日"):
        assert words in text, words


def test_a_receipt_says_what_change_is_still_owed() -> None:
    text = printed(replace(RECEIPT, change=500, owed=100))
    for words in ("400円", "500円", "100円", "お渡しできていないおつり"):
        assert words in text, words


def test_guidance_says_where_to_go_when_and_with_what() -> None:
    text = printed(GuidanceSlip(DeclineReason.FACE_AUTH, None, WINDOW))
    for words in ("顔認証", WINDOW.place, WINDOW.phone, WINDOW.bring):
        assert words in text, words


def test_an_applicant_takes_the_number_and_the_window_along() -> None:
    text = printed(ENROLLED)
    for words in ("7081-0633-8011-1455", WINDOW.place, WINDOW.phone):
        assert words in text, words


def test_a_fault_slip_says_what_happened_what_about_the_money_and_what_to_do() -> None:
    text = printed(FaultSlip(JAM))
    for words in ("紙がつまりました", "2枚のうち1枚", "800円", "係員", "4Q7-K2M"):
        assert words in text, words


def test_an_alarm_before_any_sheet_is_known_says_so_and_of_no_restart() -> None:
    alarm = FaultReport(FaultKind.INTEGRITY_ALARM, (), 0, MoneyOutcome.NONE_TAKEN, 0, 0, "4Q7-K2M")
    text = printed(FaultSlip(alarm))
    assert "お申し込みと合わない" in text
    assert "証明書は、出ていません" in text
    restarted = replace(DEBT, sheets=(), restarted=True)
    assert "機械が止まったため" not in text
    assert "機械が止まったため" in printed(FaultSlip(restarted))


def test_a_sheet_without_its_back_is_not_said_to_be_in_the_machine() -> None:
    text = printed(FaultSlip(replace(DEBT, kind=FaultKind.ONE_SIDED, sheets_out=0)))
    assert "裏が白い紙は、証明書として使えません" in text
    assert "出ていません" not in text
    assert "印刷していません" not in text


@pytest.mark.parametrize(
    ("language", "void", "good"),
    [
        (Language.JAPANESE, "1枚は、お渡ししません。もう使えません", ("枚出ました", "証明書とお金は")),
        (Language.ENGLISH, "1 are not handed over and no longer valid", ("sheets came out.", "sheets and money")),
    ],
)
def test_a_clerk_s_slip_says_of_void_sheets_that_they_are_no_good(
    language: Language, void: str, good: tuple[str, ...]
) -> None:
    report = replace(JAM, kind=FaultKind.JOURNAL_STOPPED, sheets_out=0, sheets_void=1, money=MoneyOutcome.RETURNED)
    text = say.happened(report, language, by_clerk=True) + say.to_do(report, language, by_clerk=True)
    assert void in text
    assert not [each for each in good if each in text]
    some = say.happened(replace(report, sheets_out=1), language, by_clerk=True)
    assert void in some
    assert good[0].rstrip(".") in some


def test_the_slip_calls_no_staff_where_the_screen_does_not() -> None:
    text = printed(FaultSlip(FaultReport(FaultKind.SERVER_AWAY, (), 0, MoneyOutcome.NONE_TAKEN, 0, 0, "4Q7-K2M")))
    assert "係員がまいります" not in text
    assert "もう一度お試しください" in text


@pytest.mark.parametrize(
    ("in_doubt", "said", "unsaid"),
    [
        (InDoubt.DEBIT, "払われたか、確かめられませんでした", "お返しの"),
        (InDoubt.PAY_BACK, "同じ支払い方法に戻せたか、確かめられませんでした", "払われたか"),
    ],
)
def test_a_slip_of_a_cashless_payment_says_what_it_is_that_nobody_knows(
    in_doubt: InDoubt, said: str, unsaid: str
) -> None:
    text = printed(FaultSlip(replace(DEBT, means=Means.CASHLESS, in_doubt=in_doubt)))
    assert said in text
    assert unsaid not in text


def test_i7_a_debt_slip_bears_amount_and_number() -> None:
    text = printed(FaultSlip(DEBT))
    for words in ("200円", "300円", "4Q7-K2M"):
        assert words in text, words


@pytest.mark.parametrize(
    "slip",
    [
        RECEIPT,
        GuidanceSlip(RefusalReason.CLOSED, CertificateKind.RESIDENCE, WINDOW),
        FaultSlip(JAM),
        FaultSlip(DEBT),
        ENROLLED,
    ],
)
def test_every_slip_is_printed_in_english_too(slip: Slip) -> None:
    text = printed(slip, Language.ENGLISH)
    assert "Mihon" in text
    assert "見本中央郵便局" not in text


def test_i14_a_protective_measure_reads_as_any_other_refusal_at_the_counter() -> None:
    for language in (Language.JAPANESE, Language.ENGLISH):
        alike = (RefusalReason.WITHHELD, RefusalReason.DECEASED, RefusalReason.NOT_OFFERED)
        assert len({say.declined(reason, None, language) for reason in alike}) == 1
        assert len({say.clerk(reason, language) for reason in alike}) == 1
        assert len({say.bring(reason, language) for reason in alike}) == 1
        assert len({printed(GuidanceSlip(reason, None, WINDOW), language) for reason in alike}) == 1


def test_guidance_says_what_the_reason_asks_to_bring_and_what_a_clerk_should_know() -> None:
    slip = GuidanceSlip(RefusalReason.UNDECLARED, CertificateKind.INCOME_TAX, WINDOW)
    text = printed(slip)
    for words in ("収入のわかる書類", "係員の方へ", say.clerk(slip.reason, Language.JAPANESE)[:12]):
        assert words in text, words
    assert WINDOW.bring not in text
    english = printed(slip, Language.ENGLISH)
    assert "papers that show your income" in english
    assert "係員の方へ" in english


@pytest.mark.parametrize("language", [Language.JAPANESE, Language.ENGLISH])
def test_there_is_a_sentence_for_everything(language: Language) -> None:
    for reason in (*DeclineReason, *RefusalReason):
        assert say.declined(reason, None, language)
        assert say.declined(reason, CertificateKind.RESIDENCE, language)
        assert say.clerk(reason, language)
    assert all(say.kind(kind, language) for kind in CertificateKind)
    for kind in FaultKind:
        for money in MoneyOutcome:
            report = FaultReport(kind, JAM.sheets, 1, money, 100, 50, "4Q7-K2M")
            void = replace(report, sheets_void=1)
            for by_clerk in (False, True):
                happened = [say.happened(each, language, by_clerk=by_clerk) for each in (report, void)]
                told = [text(report, language, by_clerk=by_clerk) for text in (say.money, say.to_do)]
                told.append(say.to_do(void, language, by_clerk=by_clerk))
                assert not any("{" in each for each in (*happened, *told))
                slots = ("返却口", "トレー") if language is Language.JAPANESE else ("tray",)
                assert not (by_clerk and any(slot in each for slot in slots for each in told))


def test_both_languages_have_the_same_sentences() -> None:
    japanese, english = say._sentences(Language.JAPANESE), say._sentences(Language.ENGLISH)
    assert {group: set(words) for group, words in japanese.items()} == {
        group: set(words) for group, words in english.items()
    }


@pytest.mark.parametrize("problem", [PrinterProblem.PAPER_EMPTY, PrinterProblem.OFFLINE])
def test_a_slip_that_did_not_come_out_is_told(problem: PrinterProblem) -> None:
    printer, heard = VirtualSlipPrinter(), Heard()
    printer.fail(problem)
    SlipActions(SlipPrinting(printer, SITE, lambda: NOW)).print(PrintSlip(1, RECEIPT, Language.JAPANESE, BOARD), heard)
    assert heard.events == [SlipSettled(1, RECEIPT, printed=False)]


def test_a_slip_without_a_board_still_says_who_owes() -> None:
    printer, heard = VirtualSlipPrinter(), Heard()
    SlipActions(SlipPrinting(printer, SITE, lambda: NOW)).print(
        PrintSlip(1, FaultSlip(DEBT), Language.JAPANESE, None), heard
    )
    assert heard.events == [SlipSettled(1, FaultSlip(DEBT), printed=True)]


def test_the_first_year_of_reiwa_is_named() -> None:
    assert say.moment(datetime(2019, 5, 1, 9, 0, tzinfo=JST), Language.JAPANESE) == "令和元年5月1日 9:00"


def test_every_kind_of_slip_is_tried_here() -> None:
    assert set(get_args(Slip)) == {Receipt, GuidanceSlip, FaultSlip, EnrolmentSlip}


def test_the_municipality_tells_its_counters_what_to_do() -> None:
    slip = GuidanceSlip(RefusalReason.UNDER_AGE, CertificateKind.RESIDENCE, WINDOW)
    said = RefusalText(RefusalReason.UNDER_AGE, "", "", "三番窓口で、保護者の身分証を確かめる。")
    own = printed(slip, board=replace(BOARD, refusal_texts=(said,)))
    assert said.counter in own
    assert said.counter not in printed(slip)
    # The reason is told in the terminal's own words all the same.
    assert printed(slip).partition("。")[0] in own
