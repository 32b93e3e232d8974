"""Money: a jam, no change, a payout that stops. What can't be given back is a debt with a number on a slip,
never silence (I7)."""

import pytest

from hardware.cash.model import CashProblem
from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import OutOfService
from tests.support.journey_steps import Journey

STAFF = ("係員がまいります", "Staff are coming")
NO_CHANGE = ("つり銭が足りません", "Out of change")
CASH_CHECKED = ("お金の機械を点検しています", "The cash unit is being checked")


def is_mended(j: Journey) -> None:
    for problem in CashProblem:
        j.office.cash.mend(problem)


def owes(j: Journey, yen: int) -> None:
    """One debt, with the number that stands on screen and slip, and staff know it."""
    assert isinstance(j.kiosk.state.scene, at.Fault)
    reference = j.kiosk.state.scene.report.reference
    j.sees(reference, reference)
    j.reads_slip(reference, f"{yen:,}円")
    (note,) = (note for note in j.kiosk.journal.notes if note.occasion is Occasion.DEBT)
    assert (note.yen, note.reference) == (yen, reference)
    (call,) = (call for call in j.office.staff if call.occasion is Occasion.DEBT)
    assert (call.yen, call.reference) == (yen, reference)


def goes_home(j: Journey) -> None:
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.CASH, says=CASH_CHECKED)
    is_mended(j)
    j.ends_at_start()


def test_a_second_coin_sticks_and_the_first_comes_back(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.inserts(100)
    j.office.cash.jam_on_next_insert()
    j.inserts(50)
    j.is_told(
        what=("お金の機械が止まりました", "The cash unit has stopped"),
        money=("100円をお返ししました", "¥100 returned"),
        to_do=STAFF,
    )
    j.sees("つまったお金は、係員がお返しします", "Staff will return money that is stuck")
    j.sees_not("すべてです", "All the money")
    j.reads_slip("お金の機械が止まりました", "100円", "つまったお金は、係員がお返しします", "受付番号")
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.CASH, says=CASH_CHECKED)
    assert j.office.cash.state().stuck == 50
    assert j.issued == 0


def test_the_only_coin_sticks_and_nobody_claims_that_none_was_taken(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.cash.jam_on_next_insert()
    j.inserts(500)
    j.sees("お金の機械が止まりました", "The cash unit has stopped")
    j.sees(*STAFF)
    j.sees_not("お金は、いただいていません", "No money was taken")
    j.sees("つまったお金は、係員がお返しします", "Staff will return money that is stuck")
    j.takes_everything()
    j.touches("primary")
    j.ends_closed(OutOfService.CASH, says=CASH_CHECKED)


def test_without_much_change_only_what_fits_is_taken(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.cash.empty_hoppers()
    j.settles()
    assert not j.office.cash.insert(1000)
    j.touches("back")
    j.takes_everything()
    j.ends_closed(OutOfService.NO_CHANGE, says=NO_CHANGE)


def test_without_change_the_machine_is_closed_before_anybody_begins(j: Journey) -> None:
    j.arrives()
    j.office.cash.empty_hoppers()
    j.waits(31)
    j.ends_closed(OutOfService.NO_CHANGE, says=NO_CHANGE)


def test_where_change_is_short_it_is_said_before_anybody_pays(j: Journey) -> None:
    j.office.cash.leave_in_hoppers({100: 8})
    j.arrives()
    j.waits(31)
    j.sees("つり銭が足りません。硬貨をご用意ください。", "Change is short. Please have coins ready.")
    j.comes_to(at.Confirm)
    j.sees("つり銭が足りません。ちょうどの金額をご用意ください。", "Change is short: please pay the exact amount.")
    j.touches("primary")
    j.takes_card()
    j.sees("お金を入れてください")
    j.inserts(100, 100)
    j.touches("primary")
    j.sees("証明書をお取りください")
    j.takes_everything()
    j.ends_at_start()
    j.office.cash.fill_hoppers()
    j.waits(31)
    j.sees_not("つり銭が足りません", "Change is short")
    assert (j.issued, j.delivered) == (1, 1)


@pytest.mark.parametrize(("pieces_out", "paid"), [(0, 0), (1, 500), (2, 600)])
def test_a_payout_of_change_stops(j: Journey, pieces_out: int, paid: int) -> None:
    j.comes_to(at.Pay)
    j.office.cash.fail_payout_after(pieces_out)
    j.pays(1000)
    owed = 800 - paid
    j.is_told(
        what=("お金の機械が止まりました", "The cash unit has stopped"),
        money=(f"{owed}円は、後日お返しします", f"¥{owed} will be repaid"),
        to_do=STAFF,
    )
    j.sees("紙をお持ちください", "Keep the slip")
    j.sees("トレーの証明書を、1枚お取りください", "Take 1 sheet from the tray")
    if paid:
        j.sees(f"返却口の{paid}円を、お取りください", f"Take ¥{paid} from the return tray")
    owes(j, owed)
    goes_home(j)
    assert (j.issued, j.delivered) == (1, 1)


def test_change_can_not_be_given_and_then_the_paper_jams(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.printer.jam_on_sheet(1)
    j.office.cash.fail_payout_after(0)
    j.pays(500)
    j.is_told(
        what=("1枚目の紙がつまりました", "Sheet 1 is jammed"),
        money=("300円は、後日お返しします", "¥300 will be repaid"),
        to_do=STAFF,
    )
    j.sees("返却口の200円を、お取りください", "Take ¥200 from the return tray")
    owes(j, 300)
    assert (j.issued, j.delivered) == (1, 0)


def test_the_money_device_goes_away_while_a_person_pays(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.inserts(100)
    j.office.cash.fail(CashProblem.OFFLINE)
    j.is_told(
        what=("お金の機械が止まりました", "The cash unit has stopped"),
        money=("100円は、後日お返しします", "¥100 will be repaid"),
        to_do=STAFF,
    )
    owes(j, 100)
    goes_home(j)


def test_money_is_returned_when_the_person_wants_it(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.inserts(100, 100)
    j.sees("やめるときは「お金を返す」を押してください", "To stop, press Return")
    j.touches("back")
    j.sees("お忘れものはありませんか")
    assert j.office.around.lying(next(place for place in j.office.around.occupied())) == (100, 100)
    j.takes_everything()
    j.ends_at_start()
    assert j.issued == 0
