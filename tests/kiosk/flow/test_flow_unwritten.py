"""A journal that can't be written, at each step of a visit: nothing more is taken, what is in goes back (I7)."""

from dataclasses import replace

import pytest

from hardware.cash.model import Payout
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import (
    CallStaff,
    Debit,
    LookAtJournal,
    NoteRight,
    PayBack,
    Prepare,
    PrintDocument,
    PrintSlip,
    Recover,
    Release,
    ReportOutcome,
    ReturnMoney,
    SettleMoney,
    Timer,
)
from kiosk.flow.events import (
    CashSeen,
    HeartbeatAnswered,
    JournalSeen,
    MoneyReturned,
    MoneySettled,
    MoneyTaken,
    NotWritten,
    PoweredOn,
    PrintersSeen,
    Recovered,
    RecoveryFailed,
    RecoveryWaits,
    RightNoted,
    SheetsShown,
)
from kiosk.flow.occasions import Occasion
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import (
    ChooseMeans,
    Closed,
    Confirm,
    Fault,
    LookAtSheets,
    Pay,
    Preparing,
    Present,
    ReturningMoney,
    Start,
    TakeSheets,
)
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind, MoneyOutcome
from tests.support.kiosk_journey import (
    PRIMARY,
    REMOVED,
    Fires,
    Step,
    Walk,
    chosen,
    identified,
    paid,
    printed,
    printing,
    proven,
    to_pay,
)
from tests.support.kiosk_samples import BOARD, CASH_READY, PRINTER_READY, RESIDENCE_DOCUMENT, open_terminal
from tests.support.kiosk_stages import report

BROKEN, MENDED = JournalSeen(works=False), JournalSeen(works=True)
TO_CONFIRM = (*identified(), *chosen())
AT_PAY = (*TO_CONFIRM, *proven(), *to_pay())
RELEASING = (*AT_PAY, *paid())

OTHERS_WELL = (
    Step(PrintersSeen(PRINTER_READY, PRINTER_READY)),
    Step(CashSeen(CASH_READY)),
    Step(HeartbeatAnswered(BOARD, None)),
)


def ends(walk: Walk, money: MoneyOutcome, returned: int = 0) -> None:
    scene = walk.state.scene
    assert isinstance(scene, Fault)
    told = scene.report
    assert (told.kind, told.money, told.returned, told.owed) == (FaultKind.JOURNAL_STOPPED, money, returned, 0)


def test_i7_while_the_slots_are_open_it_ends_the_payment_and_what_is_in_goes_back() -> None:
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 100), Pay),
        Step(BROKEN, ReturningMoney, (ReturnMoney(1),)),
        Step(MoneyReturned(1, Payout(100, 100)), Fault),
    )
    ends(walk, MoneyOutcome.RETURNED, 100)
    assert not walk.wanted(Release)
    walk.go(Step(PRIMARY, Closed(frozenset({OutOfService.JOURNAL}))), Step(MENDED, Start))


def test_slots_that_were_not_opened_take_nothing() -> None:
    walk = Walk().go(
        *AT_PAY[:-1],
        Step(NotWritten(1), ReturningMoney),
        Step(MoneyReturned(1, Payout(0, 0)), Fault(report(FaultKind.JOURNAL_STOPPED, MoneyOutcome.NONE_TAKEN))),
    )
    ends(walk, MoneyOutcome.NONE_TAKEN)


@pytest.mark.parametrize("taken", [False, True], ids=("card on the reader", "card taken"))
def test_an_order_that_was_not_sent_ends_before_money(taken: bool) -> None:
    walk = Walk().go(
        *TO_CONFIRM, *proven(), *((Step(REMOVED, Preparing),) if taken else ()), Step(NotWritten(1), Fault)
    )
    ends(walk, MoneyOutcome.NONE_TAKEN)
    assert len(walk.wanted(Prepare)) == 1, "it is not asked again"


def test_who_only_chooses_goes_on() -> None:
    Walk().go(*TO_CONFIRM, Step(BROKEN, Confirm))


def test_i7_a_release_that_was_not_asked_for_gives_all_money_back() -> None:
    walk = Walk().go(
        *RELEASING,
        Step(NotWritten(1), ReturningMoney, (ReturnMoney(1),)),
        Step(MoneyReturned(1, Payout(200, 200)), Fault),
    )
    ends(walk, MoneyOutcome.RETURNED, 200)
    assert len(walk.wanted(Release)) == 1


def test_i7_a_document_that_was_not_sent_and_those_after_it_are_paid_back_and_what_came_out_is_kept() -> None:
    walk = Walk().go(
        *(*TO_CONFIRM, *proven(), *to_pay(RESIDENCE_DOCUMENT), *paid(), *printing(RESIDENCE_DOCUMENT)),
        Step(NotWritten(1), ReturningMoney),
        Step(MoneyReturned(1, Payout(200, 200)), Fault),
    )
    ends(walk, MoneyOutcome.RETURNED, 200)
    assert ReportOutcome(1, (Delivery(RESIDENCE_DOCUMENT, Outcome.NOT_PRINTED, 0),), 0) in walk.effects
    assert len(walk.wanted(PrintDocument)) == 1


def test_money_goes_back_once_whatever_is_told_after_it() -> None:
    walk = Walk().go(*AT_PAY, Step(BROKEN), Step(NotWritten(1), ReturningMoney), Step(BROKEN, ReturningMoney))
    assert len(walk.wanted(ReturnMoney)) == 1


def test_a_charge_that_was_not_asked_for_ends_without_money() -> None:
    walk = Walk(replace(open_terminal(), cashless=True), SiteRules(cashless=True)).go(
        *(*TO_CONFIRM, *proven(), *to_pay()[:2]),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), ChooseMeans),
        Step(Pressed(Key.CASHLESS), Present, (Debit,)),
        Step(NotWritten(1), Fault),
    )
    ends(walk, MoneyOutcome.NONE_TAKEN)
    assert not walk.wanted(ReturnMoney, PayBack)


def test_i7_a_resident_s_word_that_can_not_be_written_voids_the_sheets_and_gives_all_back() -> None:
    walk = Walk(open_terminal(), SiteRules(by_hand=True)).go(
        *(*RELEASING, *printing(), Step(printed().does, LookAtSheets), Step(SheetsShown(1))),
        Step(Pressed(Key.SHEETS_RIGHT), LookAtSheets, (NoteRight,)),
        Step(NotWritten(1), ReturningMoney, (ReturnMoney(1),)),
        Step(MoneyReturned(1, Payout(200, 200)), Fault),
    )
    ends(walk, MoneyOutcome.RETURNED, 200)
    assert not walk.wanted(SettleMoney)
    is_void(walk)


def is_void(walk: Walk) -> None:
    """Server, screen and slip are told the same."""
    assert ReportOutcome(1, (Delivery(RESIDENCE_DOCUMENT, Outcome.SPOILED, 1),), 0) in walk.effects
    scene = walk.state.scene
    assert isinstance(scene, Fault)
    assert (scene.report.sheets_out, scene.report.sheets_void) == (0, 1)
    assert [each.slip for each in walk.effects if isinstance(each, PrintSlip)] == [FaultSlip(scene.report)]


BY_HAND = SiteRules(by_hand=True)
AT_PRINTER = (*RELEASING, *printing())


def test_while_the_journal_is_known_to_be_broken_nobody_is_asked_whether_sheets_are_right() -> None:
    walk = Walk(rules=BY_HAND).go(
        *AT_PRINTER,
        Step(BROKEN),
        Step(printed().does, LookAtSheets, (LookAtJournal(),)),
        Step(BROKEN, ReturningMoney, (ReturnMoney(1),)),
        Step(BROKEN, ReturningMoney),
        Step(MoneyReturned(1, Payout(200, 200)), Fault),
    )
    ends(walk, MoneyOutcome.RETURNED, 200)
    assert not walk.wanted(NoteRight, SettleMoney)
    is_void(walk)


def test_a_journal_that_breaks_while_the_sheets_are_shown_ends_it_and_voids_them() -> None:
    walk = Walk(rules=BY_HAND).go(
        *(*AT_PRINTER, Step(printed().does, LookAtSheets), Step(SheetsShown(1))),
        Step(BROKEN, ReturningMoney, (ReturnMoney(1),)),
        Step(MoneyReturned(1, Payout(200, 200)), Fault),
    )
    assert not walk.wanted(LookAtJournal), "it was not known to be broken"
    is_void(walk)


def test_a_journal_that_was_mended_while_the_sheet_was_printed_asks_for_the_resident_s_word() -> None:
    Walk(rules=BY_HAND).go(
        *(*AT_PRINTER, Step(BROKEN), Step(printed().does, LookAtSheets, (LookAtJournal(),))),
        *(Step(MENDED, LookAtSheets), Step(SheetsShown(1), LookAtSheets)),
        Step(Pressed(Key.SHEETS_RIGHT), LookAtSheets, (NoteRight,)),
        Step(BROKEN, LookAtSheets),
        Step(RightNoted(1), LookAtSheets, (SettleMoney(1, 200),)),
        Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets),
    )


def test_i7_what_a_restart_cut_off_waits_for_the_disk_and_then_goes_on_by_itself() -> None:
    checked = Closed(frozenset({OutOfService.JOURNAL}))
    walk = Walk(Terminal()).go(PoweredOn(), BROKEN, RecoveryWaits(), *OTHERS_WELL)
    assert walk.state.scene == checked, "nobody need start it anew, and no screen says so"
    assert CallStaff(Occasion.UNSETTLED) in walk.effects
    walk.go(
        Step(Fires(Timer.HEARTBEAT), checked, (LookAtJournal(), Recover())),
        *(Step(BROKEN, checked), Step(RecoveryWaits(), checked)),
    )
    assert len(walk.wanted(CallStaff)) == 1, "staff are called once"
    assert not walk.wanted(PrintSlip)
    walk.go(
        Step(Fires(Timer.HEARTBEAT), Closed, (LookAtJournal(), Recover())),
        Step(MENDED, checked),
        Step(Recovered(500, 0, "4Q7-K2M"), Fault),
    )
    assert not walk.state.out_of_service
    walk.go(Fires(Timer.HEARTBEAT))
    assert len(walk.wanted(Recover)) == 3, "once it is settled it is settled"


def test_a_recovery_that_takes_longer_than_a_heartbeat_is_not_asked_for_twice() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), BROKEN, RecoveryWaits(), *OTHERS_WELL)
    walk.go(*(Fires(Timer.HEARTBEAT), MENDED, Fires(Timer.HEARTBEAT), Fires(Timer.HEARTBEAT)))
    assert len(walk.wanted(Recover)) == 2, "at the start and once more"
    assert walk.state.scene == Closed(frozenset({OutOfService.JOURNAL}))


def test_a_money_device_that_breaks_off_in_it_needs_staff_as_ever() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), BROKEN, RecoveryWaits(), *OTHERS_WELL, Fires(Timer.HEARTBEAT), MENDED)
    walk.go(Step(RecoveryFailed(), Closed(frozenset({OutOfService.UNSETTLED}))))
