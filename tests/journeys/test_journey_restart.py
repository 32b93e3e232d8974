"""The kiosk loses its power in the middle of a visit and starts anew: nothing personal is ever printed into an
empty shop, money goes back or stands as a debt with a number (I7)."""

import pytest

from hardware.cash.model import CashProblem
from hardware.sensors.model import Place
from kiosk.flow import scenes as at
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import Scene
from kiosk.flow.values.service import OutOfService
from tests.support.journey_steps import Journey
from tests.support.journey_wire import Trouble

STOPPED = ("停電などで、機械が動きなおしました", "The machine stopped and started again")
HELD = (
    "止まる前にお預かりしていたお金です。右下の返却口に出ています。",
    "What we still held for you. It is in the return tray, lower right.",
)
AGAIN = ("しばらくしてから、もう一度お試しください。", "Please try again later.")
STAFF = ("係員がまいります。つづきを、ご案内します。", "Staff are coming and will help with the rest.")
LATER = ("紙をお持ちください。お返しのときに要ります。", "Keep the slip. You need it to be repaid.")
SHEETS_LEFT = ("トレーに用紙が残っています。", "Sheets are left in the tray.")
TAKE_SHEETS = ("トレーの用紙を、お取りください。", "Take the sheets from the tray.")
LEFT = ("お忘れものがあります", "Something was left behind")


def restarts(j: Journey) -> int:
    """Power fails and returns; how many sheets were out by then."""
    out = len(j.office.sheets)
    j.power_fails()
    j.power_returns()
    return out


def gives_back(j: Journey, yen: int) -> None:
    """The money lies in the tray; when it was taken the terminal serves again."""
    j.settles()
    assert sum(piece for piece in j.takes(Place.CHANGE_TRAY) if isinstance(piece, int)) == yen
    j.takes(Place.SHEET_TRAY, Place.RECEIPT_SLOT)
    j.ends_at_start()


@pytest.mark.parametrize("scene", [at.EnterPin, at.ChoosePurpose, at.Confirm, at.TakeCard])
def test_before_money(j: Journey, scene: type[Scene]) -> None:
    j.comes_to(scene)
    restarts(j)
    j.settles()
    j.sees(*LEFT)
    j.takes_card()
    j.ends_at_start()
    assert j.issued == 0
    assert not j.office.sheets


@pytest.mark.parametrize("pieces", [(), (100,), (1000,)])
def test_while_money_goes_in(j: Journey, pieces: tuple[int, ...]) -> None:
    j.comes_to(at.Pay)
    j.inserts(*pieces)
    assert restarts(j) == 0
    j.waits(10)
    if pieces:
        j.is_told(STOPPED, HELD, AGAIN)
        j.ends_closed(OutOfService.LEFT_BEHIND, says=LEFT)
    gives_back(j, sum(pieces))
    assert j.issued == 0


def test_whoever_was_cut_off_takes_the_money_and_ends_it(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.inserts(1000)
    restarts(j)
    j.is_told(STOPPED, HELD, AGAIN)
    j.sees_not(*LEFT)
    assert j.takes(Place.CHANGE_TRAY) == [1000]
    j.touches("primary")
    j.ends_at_start()


def test_between_the_release_and_its_answer(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.office.wire.trouble("Release", Trouble.LOST_ANSWER)
    j.pays(1000)
    j.waits(5)
    assert j.shows(at.Releasing)
    restarts(j)
    j.waits(60)
    gives_back(j, 1000)
    assert (j.issued, j.delivered) == (1, 0)
    assert not j.office.sheets


def test_while_the_only_sheet_is_printed(j: Journey) -> None:
    j.comes_to(at.Printing)
    j.waits(1)
    assert restarts(j) == 0
    j.waits(120)
    assert not j.office.sheets
    gives_back(j, 1000)
    assert (j.issued, j.delivered) == (1, 0)


def test_while_the_second_of_two_certificates_is_printed(j: Journey) -> None:
    j.identifies()
    j.chooses()
    j.touches("add-line", "purpose-bank", "primary")
    j.orders()
    j.pays(1000)
    j.sees("2枚のうち 2枚目")
    j.waits(1)
    assert restarts(j) == 1
    j.is_told(STOPPED, HELD, AGAIN)
    j.sees(*SHEETS_LEFT)
    j.sees(*TAKE_SHEETS)
    j.waits(120)
    assert len(j.office.sheets) == 1
    gives_back(j, 800)
    assert (j.issued, j.delivered) == (2, 1)


def test_i13_sheets_that_lie_there_are_named_until_they_are_taken(j: Journey) -> None:
    j.comes_to(at.Printing)
    j.office.time.run(lambda: bool(j.office.sheets), 60)
    restarts(j)
    j.sees(*SHEETS_LEFT)
    j.takes(Place.SHEET_TRAY)
    j.sees_not(*SHEETS_LEFT, *TAKE_SHEETS)


def test_what_can_not_be_given_back_after_a_restart_is_a_debt(j: Journey) -> None:
    j.comes_to(at.Pay)
    j.inserts(1000)
    assert j.kiosk.state.visit is not None
    reference = j.kiosk.state.visit.reference
    j.office.cash.fail_payout_after(0)
    restarts(j)
    j.waits(1)
    j.is_told(STOPPED, LATER, STAFF)
    j.reads_slip("1,000円", reference, "機械が止まったため、手続きを終えました")
    (call,) = (call for call in j.office.staff if call.occasion is Occasion.DEBT)
    assert (call.yen, call.reference) == (1000, reference)
    j.ends_closed(OutOfService.CASH, says=("お金の機械を点検しています", "The cash unit is being checked"))
    j.office.cash.mend(CashProblem.JAM)
    j.takes(Place.RECEIPT_SLOT)
    j.ends_at_start()


def test_restarted_again_and_again_it_pays_once(j: Journey) -> None:
    j.comes_to(at.Printing)
    for _ in range(3):
        restarts(j)
    j.waits(1)
    restarts(j)
    j.waits(40)
    gives_back(j, 1000)
    assert j.office.cash.state().handed_out == 1000


def test_the_server_is_away_after_the_restart(j: Journey) -> None:
    j.comes_to(at.Printing)
    j.power_fails()
    j.office.wire.goes_away()
    j.power_returns()
    j.waits(10)
    assert j.kiosk.journal.waiting()
    j.sees("市のシステムにつながりません", "No connection to the city's system")
    j.office.wire.comes_back()
    j.takes(Place.CHANGE_TRAY)
    j.ends_at_start()
    assert (j.issued, j.delivered) == (1, 0)
