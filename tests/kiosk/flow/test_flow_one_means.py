"""Where one of the two ways to pay is out of order the other one serves; nobody begins where none is left, or where the
money of somebody else is not settled (I7)."""

from dataclasses import replace

import pytest

from hardware.cash.model import CashProblem, CashStatus
from hardware.cashless.model import WhyNot
from kiosk.flow.change import pulse
from kiosk.flow.documents import ReadyToPay
from kiosk.flow.effects import BEFORE_RESTART, AcceptMoney, Debit, PrintSlip, SendHeartbeat
from kiosk.flow.events import CashlessSeen, CashSeen, NotDebited, Prepared, PrintersSeen, Recovered, SlipSettled
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import ChooseMeans, Closed, Pay, Preparing, Present, Start
from kiosk.flow.slips import FaultSlip
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.service import OutOfService
from tests.support.kiosk_journey import REMOVED, Step, Walk
from tests.support.kiosk_samples import CASH_READY, PRINTER_READY, RESIDENCE_DOCUMENT, open_terminal
from tests.support.kiosk_stages import PROVEN

READY = ReadyToPay((RESIDENCE_DOCUMENT,), 200)
CASH, CASHLESS = Pressed(Key.CASH), Pressed(Key.CASHLESS)
DOCUMENTS = (*PROVEN, Step(REMOVED, Preparing), Step(Prepared(1, (RESIDENCE_DOCUMENT,))))
PAPER_IS_THERE = PrintersSeen(PRINTER_READY, PRINTER_READY)
NO_CHANGE = CashSeen(CashStatus(frozenset({CashProblem.NO_CHANGE}), 0, ()))


def walk(*, ready: bool | None = True) -> Walk:
    return Walk(replace(open_terminal(), cashless=ready), SiteRules(cashless=True))


@pytest.mark.parametrize("problem", CashProblem)
def test_while_the_payment_terminal_is_ready_cash_alone_closes_nothing(problem: CashProblem) -> None:
    visit = walk().go(Step(CashSeen(CashStatus(frozenset({problem}), 0, ())), Start))
    assert pulse(visit.state) == SendHeartbeat(frozenset(), cash=False, cashless=True)
    visit.go(*DOCUMENTS, Step(PAPER_IS_THERE, ChooseMeans()), Step(CASH, ChooseMeans()))
    visit.go(Step(CASHLESS, Present(), (Debit(1, READY),)), Step(NotDebited(1, WhyNot.OFFLINE), ChooseMeans))
    visit.go(Step(CASH, ChooseMeans), Step(CASHLESS, Present))
    assert not visit.wanted(AcceptMoney)


def test_without_either_way_to_pay_the_terminal_is_closed_until_one_is_back() -> None:
    closed = Closed(frozenset({OutOfService.NO_CHANGE}))
    visit = walk(ready=False).go(Step(NO_CHANGE, closed), Step(CashlessSeen(ready=True), Start))
    visit.go(Step(CashlessSeen(ready=False), closed), Step(CashSeen(CASH_READY), Start))
    visit.go(*DOCUMENTS, Step(PAPER_IS_THERE, Pay, (AcceptMoney(1, READY),)))


def test_a_site_without_a_payment_terminal_is_closed_without_change() -> None:
    walk(ready=None).go(Step(NO_CHANGE, Closed))


def test_i7_nobody_begins_while_the_slip_of_a_debt_is_printed_though_they_could_pay_cashless() -> None:
    visit = walk().go(Step(Recovered(0, 200, "7AB-12C"), Closed(frozenset({OutOfService.CASH}))))
    (printing,) = (each for each in visit.effects if isinstance(each, PrintSlip))
    assert isinstance(printing.slip, FaultSlip)
    visit.go(Step(CashSeen(CASH_READY), Closed), Step(NO_CHANGE, Closed))
    visit.go(Step(SlipSettled(BEFORE_RESTART, printing.slip, printed=True)), Step(NO_CHANGE, Start))


def test_i7_cash_that_is_not_clear_closes_though_the_payment_terminal_is_ready() -> None:
    visit = walk().go(Recovered(0, 200, "7AB-12C", confirmed=False))
    assert OutOfService.UNSETTLED in visit.state.closed_by
