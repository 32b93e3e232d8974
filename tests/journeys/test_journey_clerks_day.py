"""A clerk's day from opening to closing, on both windows and through the real server: every yen, sheet and paper is
accounted for at its end."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.sensors.model import Place
from kiosk.counter.day.counts import counts
from kiosk.counter.day.day import Stage
from kiosk.counter.scenes import BeforeTwo
from kiosk.flow import scenes as at
from printers.model import PrinterProblem
from tests.support.card_applications import entries_of
from tests.support.journey_day import FLOAT, closes, hands_over, opens, orders, slip
from tests.support.journey_desk import Clerk
from tests.support.journey_server import Municipality
from tests.support.journey_steps import Journey, a_journey


@pytest.fixture(params=[True], ids=["separate"])
def j(request: pytest.FixtureRequest, municipality: Municipality, tmp_path: Path) -> Iterator[Journey]:
    municipality.forgets_failed_sign_ins()
    with a_journey(municipality, tmp_path, separate=request.param) as journey:
        yield journey


@pytest.fixture
def clerk(j: Journey) -> Clerk:
    return Clerk(j)


def test_a_played_day_ends_with_every_yen_sheet_and_paper_accounted_for(clerk: Clerk) -> None:
    j = clerk.j
    opens(clerk)
    # A test print, looked at.
    clerk.presses("test-print")
    clerk.reads("試し刷りが出ました", "The test print is out")
    j.takes(*Place)
    clerk.presses("test-good")
    # Numbers: one now, one with an appointment.
    clerk.presses("tab-queue", "service-certificate", "primary")
    j.reads_slip("受付番号", "1", "証明書")
    clerk.presses("service-x509-pin")
    clerk.types("at", "1030")
    clerk.presses("appoint")
    j.reads_slip("ご予約票", "10:30", "予約番号", "1")
    clerk.presses("service-card-application")
    clerk.types("day", "12/2")
    clerk.types("at", "9:00")
    clerk.presses("appoint")
    j.reads_slip("12月2日（水）", "9:00")
    clerk.reads("次は1番の方", "Next: number 1")
    clerk.presses("call-next")
    clerk.reads("1番の方", "Number 1")
    # An order: the clerk takes 500 yen, gives the change, hands the sheet over.
    orders(clerk, 500)
    clerk.reads("お返しするお金", "Money to give back")
    clerk.reads("100円×3", "¥100×3")
    clerk.presses("primary")
    hands_over(clerk)
    clerk.presses("tab-queue", "served", "appointment-1", "arrived")
    j.reads_slip("受付番号", "2", "10:30")
    clerk.presses("call-next", "came-not")
    # A jam: the sheet is taken out face-down and destroyed before a second person.
    j.office.printer.jam_on_sheet(1)
    orders(clerk, 100, 100)
    j.sees("つまりました")
    j.takes(*Place)
    clerk.until(lambda: clerk.desk.day.due > 0, "money to go back")
    clerk.reads("お返しするお金")
    clerk.presses("primary", "leave-order")
    j.office.printer.mend(PrinterProblem.JAM)
    second = clerk.hires()
    clerk.presses("tab-supplies")
    (jammed,) = clerk.desk.day.unsettled
    clerk.presses(f"document-{jammed.document}")
    clerk.reads(jammed.document)
    clerk.shows_password(clerk.me)
    clerk.presses("primary")
    clerk.until(
        lambda: isinstance(clerk.desk.scene, BeforeTwo) and clerk.desk.scene.sign.problem is not None, "an answer"
    )
    clerk.shows_password(second)
    clerk.presses("primary")
    clerk.until(lambda: not clerk.desk.day.unsettled, "the sheet to be destroyed")
    # Paper and change are filled up.
    clerk.types("sheets", "50")
    clerk.presses("add-sheets")
    clerk.counts({100: 20})
    clerk.presses("reason-refill", "primary")
    # A sealed PIN form comes into custody, one leaves it before two.
    clerk.presses("tab-custody", "kind-sealed-pin-form")
    clerk.types("about", "A-0007")
    clerk.presses("primary", "kind-returned-card")
    clerk.types("about", "X-0011")
    clerk.presses("primary", "kept-1", "whither-municipality")
    j.waits(30)
    clerk.shows_password(second)
    clerk.presses("primary")
    clerk.until(lambda: len(clerk.desk.day.custody) == 1, "the form to leave custody")
    # Counted, deposited, closed.
    day = clerk.desk.day
    assert day.open_ends() == ()
    assert day.taken == day.fees + day.paid_out
    assert day.drawer.total == day.opened_with.total + day.fees + day.moved
    assert (day.sheets_opened + day.sheets_added) == day.blank + day.handed + day.destroyed + day.tests
    assert (day.handed, day.destroyed, day.tests, day.fees) == (1, 1, 1, 200)
    closes(clerk, dict(day.drawer.pieces), day.blank, custody=1)
    clerk.until(lambda: clerk.desk.day.stage is Stage.NONE, "the day to be closed")
    text = slip(clerk)
    for words in ("入金票", "入金する額", "手数料200円", "差0円", "預かり品1点"):
        assert words in text, text
    assert clerk.desk.day.last_deposit.total == 200 + 2000
    assert [each.day for each in clerk.desk.day.overnight.appointments] == ["2026-12-02"]
    assert not clerk.office.faults


def test_whoever_s_time_has_come_is_offered_first_and_anybody_can_be_called_with_a_reason(clerk: Clerk) -> None:
    opens(clerk)
    clerk.presses("tab-queue", "service-x509-pin")
    clerk.types("at", "1020")
    clerk.presses("appoint", "appointment-1", "arrived")
    for service in ("certificate", "other"):
        clerk.presses(f"service-{service}", "primary")
    clerk.reads("次は2番の方", "Next: number 2")
    # Number 3 is called first: only for a reason.
    clerk.presses("ticket-3")
    clerk.reads("3番の方を先にお呼びするときは", "To call number 3 before its turn")
    clerk.presses("call-picked")
    clerk.reads("順番とちがいます", "That is not in turn")
    clerk.presses("turn-cannot-wait", "call-picked")
    clerk.reads("3番の方", "Number 3")
    # While they are served, 10:20 comes: it is said, and the appointment goes before number 2.
    clerk.presses("served")
    for _ in range(22):
        clerk.j.waits(60)
        clerk.presses("tab-queue")
    clerk.reads("次は1番の方", "Next: number 1")
    clerk.reads("10:20　いま", "10:20, now")
    clerk.presses("call-next")
    assert clerk.desk.day.called is not None
    assert clerk.desk.day.called.number == 1


def test_a_power_cut_in_the_day_loses_nothing(clerk: Clerk) -> None:
    j = clerk.j
    opens(clerk)
    orders(clerk, 500)
    clerk.reads("お返しするお金")
    before = clerk.desk.day
    j.power_fails()
    j.power_returns()
    again = Clerk(j)
    again.until(lambda: again.desk.day.due == 500, "what nobody got a sheet for to go back")
    assert again.desk.day.drawer == before.drawer
    assert again.desk.day.due + again.desk.day.held == before.due + before.held
    assert [(each.sheets, each.failed) for each in again.desk.day.unsettled] == [(1, True)]
    again.signs_in()
    again.reads("お返しするお金")
    again.presses("primary")
    assert again.desk.day.due == 0
    assert again.desk.day.drawer == counts(FLOAT)


def test_the_day_can_t_be_closed_while_something_is_unexplained(clerk: Clerk) -> None:
    opens(clerk)
    clerk.presses("test-print")
    clerk.reads("試し刷りが出ました")
    clerk.presses("primary")
    clerk.reads("試し刷りを確かめてください", "look at the test print")
    clerk.presses("test-good", "primary")
    short = {**FLOAT, 100: 29}
    clerk.counts(short)
    clerk.presses("primary")
    clerk.reads("数が合いません", "The counts differ")
    clerk.types("reason", "100円不足")
    clerk.presses("primary")
    clerk.reads("二人目の職員も数えて", "The second person counts too")
    clerk.reads("18,900円", "¥18,900")
    second = clerk.hires()
    clerk.shows_password(second)
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.day.stage is Stage.COUNTED, "both to be known to the server")
    office = clerk.office.municipality
    confirmed = [detail for event, detail in entries_of(office.server, office.code) if event == "staff-confirmed"][-1]
    first = clerk.desk.staff.mark if clerk.desk.staff is not None else ""
    assert confirmed == {"officer": first, "second": second, "what": "count-difference", "about": "cash 100 short"}
    clerk.types("sheets", "99")
    clerk.types("custody", "0")
    clerk.presses("primary")
    clerk.reads("−100円")
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.day.stage is Stage.NONE, "the day to be closed")
    assert "100円不足" in slip(clerk)


def test_a_float_that_differs_from_what_stayed_over_the_night_wants_a_reason_and_two(clerk: Clerk) -> None:
    opens(clerk)
    closes(clerk, FLOAT, 100)
    clerk.until(lambda: clerk.desk.day.stage is Stage.NONE, "the day to be closed")
    clerk.j.waits(30)
    # 1,000 yen less than stayed. Nobody is told how much that was.
    clerk.reads_not("19,000円")
    clerk.counts({**FLOAT, 1000: 9})
    clerk.types("sheets", "100")
    clerk.presses("primary")
    clerk.reads("数が合いません", "The counts differ")
    assert not clerk.desk.day.is_open
    clerk.types("reason", "数え直しても千円不足")
    clerk.presses("primary")
    clerk.reads("前の営業日に残した額", "Left by the day before")
    clerk.reads("19,000円", "¥19,000")
    clerk.shows_password(clerk.hires())
    clerk.presses("primary")
    clerk.until(lambda: clerk.desk.day.is_open, "the day to be open")
    assert clerk.desk.day.appeared == (-1000, 0)
    office = clerk.office.municipality
    confirmed = [detail for event, detail in entries_of(office.server, office.code) if event == "staff-confirmed"][-1]
    assert confirmed["about"] == "float 1000 short sheets 0 right"


def test_before_the_day_is_open_nobody_orders_and_says_why(clerk: Clerk) -> None:
    clerk.j.waits(35)
    assert clerk.j.shows(at.Closed)
    clerk.signs_in()
    clerk.presses("tab-order", "primary")
    clerk.reads("業務を始めていません", "The day is not open")


def test_where_the_terminal_takes_the_money_sheets_are_accounted_for_by_the_tray(
    municipality: Municipality, tmp_path: Path
) -> None:
    with a_journey(municipality, tmp_path, separate=False) as j:
        clerk = Clerk(j, opens=True)
        j.sees("窓口は開いていません", "The counter is not open")
        opens(clerk)
        clerk.presses("tab-order", "primary")
        j.identifies()
        j.chooses()
        j.orders()
        j.pays()
        j.sees("証明書をお取りください")
        assert clerk.desk.day.out == 1
        clerk.presses("leave-order")
        j.takes_everything()
        j.touches("primary")
        clerk.until(lambda: clerk.desk.day.handed == 1, "the sheet to be accounted for")
        j.ends_at_start()
        # Nobody counts while somebody is at work: what they paid for could not be printed any more.
        j.arrives()
        j.identifies()
        clerk.presses("tab-day", "primary")
        clerk.reads("ご本人の画面で操作しています", "at work")
        j.takes_card()
        j.waits(70)
        j.ends_at_start()
        day = clerk.desk.day
        assert (day.taken, day.fees, day.drawer.total) == (0, 0, day.opened_with.total)
        closes(clerk, FLOAT, 99)
        clerk.until(lambda: clerk.desk.day.stage is Stage.NONE, "the day to be closed")


def test_once_the_day_is_open_or_counted_the_terminal_knows_at_once(clerk: Clerk) -> None:
    clerk.j.waits(35)
    assert clerk.j.shows(at.Closed)
    clerk.signs_in()
    clerk.counts(FLOAT)
    clerk.types("sheets", "100")
    clerk.presses("primary")
    assert clerk.j.shows(at.Start)
    clerk.presses("primary")
    clerk.counts(FLOAT)
    clerk.presses("primary")
    assert clerk.j.shows(at.Closed)


def test_a_desk_whose_resident_is_at_work_does_not_lock_itself(clerk: Clerk) -> None:
    opens(clerk)
    clerk.presses("tab-order", "primary")
    clerk.j.identifies()
    for _ in range(8):
        clerk.j.waits(30)
        clerk.j.touches("options", "back")
    assert clerk.desk.signed_in
