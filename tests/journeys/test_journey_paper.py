"""Paper: empty, jammed, silent. What came out whole is paid for, nothing else is, and nothing is printed a
second time."""

import pytest

from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import OutOfService
from printers.model import PrinterProblem
from printers.slips.reader import PrintedDots, read_strips
from tests.support.journey_kiosk import SLIP_DOTS
from tests.support.journey_steps import Journey

STAFF = ("係員がまいります", "Staff are coming")
JAMMED = ("印刷機の紙がつまっています", "Paper is jammed in the printer")


def leaves_a_closed_machine(j: Journey, why: OutOfService, says: tuple[str, str]) -> None:
    """Takes everything; nobody is served until the machine is mended, then everybody is."""
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(why, says=says)


def is_mended(j: Journey) -> None:
    for problem in PrinterProblem:
        j.office.printer.mend(problem)
        j.office.slip_printer.mend(problem)
    j.office.printer.refill(250)
    j.ends_at_start()


def test_too_little_paper_is_seen_before_money(j: Journey) -> None:
    j.identifies("yamazaki-daisuke")
    j.chooses()
    j.office.printer.refill(1)
    j.touches("primary")
    j.is_told(
        what=("紙がなくなりました", "Out of paper"),
        money=("お金は、いただいていません", "No money was taken"),
        to_do=STAFF,
    )
    j.sees("出ていない証明書は、使えないようにしました", "can no longer be used")
    assert j.office.cash.state().inserted == 0
    j.reads_slip("お金は、いただいていません", "係員がまいります")
    j.office.printer.refill(0)
    leaves_a_closed_machine(j, OutOfService.PAPER, ("用紙がなくなりました", "Out of paper"))
    is_mended(j)
    assert j.issued == 0


def test_paper_runs_out_while_the_first_sheet_waits(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.printer.refill(0)
    j.pays()
    j.is_told(
        what=("紙がなくなりました", "Out of paper"),
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=STAFF,
    )
    leaves_a_closed_machine(j, OutOfService.PAPER, ("用紙がなくなりました", "Out of paper"))
    is_mended(j)
    assert (j.issued, j.delivered) == (1, 0)


def test_a_jam_on_the_only_sheet(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.printer.jam_on_sheet(1)
    j.pays()
    j.is_told(
        what=("1枚目の紙がつまりました", "Sheet 1 is jammed"),
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=STAFF,
    )
    j.sees("つまった紙は、証明書として使えないようにしました", "can no longer be used as a certificate")
    j.sees("受付番号", "Reference")
    j.reads_slip("紙がつまりました", "1,000円", "受付番号")
    leaves_a_closed_machine(j, OutOfService.PRINTER, JAMMED)
    is_mended(j)
    assert (j.issued, j.delivered) == (1, 0)


def test_a_jam_on_the_second_of_two_certificates_gives_its_fee_back(j: Journey) -> None:
    j.identifies()
    j.chooses()
    j.touches("add-line", "purpose-bank", "primary")
    j.orders()
    j.inserts(500)
    j.sees("お金がそろいました")
    j.touches("primary")
    j.sees("2枚のうち 2枚目", "Sheet 2 of 2")
    j.office.printer.jam_on_sheet(1)
    j.is_told(
        what=("2枚目の紙がつまりました", "Sheet 2 is jammed"),
        money=("200円をお返ししました", "¥200 returned"),
        to_do=("トレーの証明書を、1枚お取りください", "Take 1 sheet from the tray"),
    )
    j.sees("1枚目", "Sheet 1")
    j.sees("出ました", "Came out")
    j.sees("出ていません", "Did not come out")
    j.sees(*STAFF)
    leaves_a_closed_machine(j, OutOfService.PRINTER, JAMMED)
    is_mended(j)
    assert (j.issued, j.delivered) == (2, 1)


def test_a_jam_on_the_second_sheet_of_one_certificate_spoils_it_whole(j: Journey) -> None:
    j.comes_to(at.Pay, "yamazaki-daisuke")
    j.office.printer.jam_on_sheet(2)
    j.pays(500)
    j.is_told(
        what=("2枚目の紙がつまりました", "Sheet 2 is jammed"),
        money=("500円をお返ししました", "¥500 returned"),
        to_do=STAFF,
    )
    leaves_a_closed_machine(j, OutOfService.PRINTER, JAMMED)
    is_mended(j)
    assert (j.issued, j.delivered, len(j.office.sheets)) == (1, 0, 1)


@pytest.mark.parametrize(
    ("problem", "what", "closed"),
    [
        (
            PrinterProblem.DOOR_OPEN,
            ("印刷機のカバーが開いています", "The printer is open"),
            ("印刷機のカバーが開いています", "The printer's cover is open"),
        ),
        (
            PrinterProblem.TONER_EMPTY,
            ("トナーがなくなりました", "Out of toner"),
            ("印刷機のトナーがなくなりました", "The printer is out of toner"),
        ),
    ],
)
def test_somebody_opens_the_printer_while_it_prints(
    j: Journey, problem: PrinterProblem, what: tuple[str, str], closed: tuple[str, str]
) -> None:
    j.comes_to(at.Printing)
    j.office.printer.fail(problem)
    j.is_told(what=what, money=("1,000円をお返ししました", "¥1,000 returned"), to_do=STAFF)
    leaves_a_closed_machine(j, OutOfService.PRINTER, closed)
    is_mended(j)


def test_a_sheet_with_a_white_back_is_not_paid_for(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.printer.print_one_side()
    j.pays()
    j.is_told(
        what=("裏面が印刷されません", "The back is not printed"),
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=STAFF,
    )
    j.reads_slip("裏が白い紙は、証明書として使えません", "1,000円")
    closed = ("印刷機が両面に印刷できません", "The printer prints one side only")
    leaves_a_closed_machine(j, OutOfService.PRINTER, closed)
    j.office.printer.print_one_side(False)
    is_mended(j)
    assert (j.issued, j.delivered) == (1, 0)


def test_a_fault_that_a_sleeping_printer_hides_is_found_before_money(j: Journey) -> None:
    j.office.printer.fall_asleep()
    j.office.printer.fail(PrinterProblem.OUTPUT_FULL)
    j.identifies("yamazaki-daisuke")
    j.chooses()
    j.touches("primary")
    j.is_told(
        what=("紙の受け口がいっぱいです", "The output is full"),
        money=("お金は、いただいていません", "No money was taken"),
        to_do=STAFF,
    )
    assert j.office.cash.state().inserted == 0


def test_no_sale_begins_on_the_last_of_the_receipt_paper(j: Journey) -> None:
    j.office.slip_printer.run_low()
    j.ends_closed(OutOfService.SLIP_PAPER, says=("領収書の紙を入れかえます", "Receipt paper is being changed"))
    assert Occasion.SLIP_PAPER in [call.occasion for call in j.office.staff]
    j.office.slip_printer.run_low(False)
    j.ends_at_start()


def test_a_printer_that_falls_silent_is_given_up_and_nobody_pays(j: Journey) -> None:
    j.comes_to(at.Printing)
    j.office.printer.fall_silent()
    j.waits(120)
    j.is_told(
        what=("印刷機につながりません", "No connection to the printer"),
        money=("1,000円をお返ししました", "¥1,000 returned"),
        to_do=STAFF,
    )
    away = ("印刷機につながりません", "No connection to the printer")
    leaves_a_closed_machine(j, OutOfService.PRINTER, away)
    j.office.printer.answer_again()
    is_mended(j)
    assert (j.issued, j.delivered) == (1, 0)


def test_no_slip_comes_out_and_the_screen_promises_none(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.printer.jam_on_sheet(1)
    j.office.slip_printer.fail(PrinterProblem.PAPER_EMPTY)
    j.pays()
    j.sees("1枚目の紙がつまりました")
    j.waits(5)
    j.sees_not("紙に印刷しました", "We printed this")
    j.sees("受付番号", "Reference")
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.PRINTER, OutOfService.SLIP_PAPER, says=JAMMED)
    is_mended(j)


def test_a_receipt_that_did_not_come_out_is_printed_again_and_marked(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.slip_printer.fail_in_next_slip(PrinterProblem.CUTTER)
    j.pays()
    j.sees("証明書をお取りください", "Take your sheet")
    j.sees("出ませんでした", "Did not come out")
    j.office.slip_printer.mend(PrinterProblem.CUTTER)
    j.touches("reprint")
    j.reads_slip("領　収　書", "領収番号", "見本市の証明書交付手数料", "公金の取扱")
    (receipt,) = j.office.slips
    (strip,) = read_strips(receipt, SLIP_DOTS)
    assert isinstance(strip.items[0], PrintedDots), "no banner that says 再発行"
    j.sees_not("出ませんでした", "Did not come out")
    j.takes_everything()
    j.touches("primary")
    j.ends_at_start()
