"""Money in, change, refund, debt: what the device says is what counts, and what it does not say is owed (I7)."""

import pytest

from hardware.cash.model import Payout
from hardware.sensors.model import Place, PlaceChanged
from kiosk.flow.effects import (
    CallStaff,
    CloseVisit,
    EraseVisit,
    LookAtCash,
    OpenVisit,
    PrintDocument,
    PrintSlip,
    Release,
    ReportOutcome,
    ReturnMoney,
    SecureMoney,
    Timer,
)
from kiosk.flow.events import (
    CashSeen,
    CashStopped,
    ChangeGiven,
    DocumentSettled,
    EffectFailed,
    MoneyReturned,
    MoneySecured,
    MoneySettled,
    MoneyTaken,
    MoneyUnclear,
    PrintersSeen,
    Refused,
    SlipSettled,
)
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import (
    Closed,
    Fault,
    Pay,
    Printing,
    Releasing,
    ReturningMoney,
    SlipState,
    Start,
    TakeBelongings,
    TakeSheets,
)
from kiosk.flow.slips import FaultSlip, Receipt
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.service import Belonging, OutOfService
from kiosk.flow.values.trouble import FaultKind, FaultReport, MoneyOutcome
from koufu.evidence.words import RefusalReason
from printers.model import PrinterProblem, PrintFailed
from tests.support.kiosk_journey import (
    CANCEL,
    CANCEL_YES,
    INSERTED,
    PRIMARY,
    Fires,
    Step,
    Walk,
    printed,
    printing,
)
from tests.support.kiosk_samples import (
    CASH_READY,
    PRINTER_READY,
)
from tests.support.kiosk_stages import (
    AT_PAY,
    DELIVERED,
    GUIDANCE,
    NOT_PRINTED,
    ONE_SHEET,
    PRINTING,
    RELEASING,
    VOIDED,
    outcomes,
    report,
    slips,
)


@pytest.mark.parametrize(
    "stops",
    [
        (Step(Pressed(Key.RETURN_MONEY), ReturningMoney),),
        (Step(CANCEL, Pay), Step(CANCEL_YES, ReturningMoney)),
        (Step(Fires(Timer.SCENE), Pay), *[Step(Fires(Timer.COUNTDOWN))] * 20),
    ],
)
def test_money_goes_back_when_the_person_stops_or_leaves(stops: tuple[Step, ...]) -> None:
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 100), Pay),
        *stops,
        Step(PlaceChanged(Place.CHANGE_TRAY, True), ReturningMoney),
        Step(MoneyReturned(1, Payout(100, 100)), TakeBelongings(frozenset({Belonging.CHANGE})), (EraseVisit(1),)),
        Step(PlaceChanged(Place.CHANGE_TRAY, False), Start),
    )
    assert len(walk.wanted(ReturnMoney)) == 1
    assert VOIDED in walk.effects


def test_a_coin_that_slips_in_while_money_goes_back_is_counted() -> None:
    Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 100)),
        Step(Pressed(Key.RETURN_MONEY), ReturningMoney),
        Step(MoneyTaken(1, 150), ReturningMoney),
        Step(
            MoneyReturned(1, Payout(100, 100)),
            Fault(report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=100, owed=50)),
        ),
    )


def test_a_money_device_that_stops_gives_back_what_it_can_and_owes_the_rest_on_a_slip() -> None:
    told = report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=50, owed=50)
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 100)),
        Step(CashStopped(1, 100), ReturningMoney, (VOIDED, ReturnMoney(1))),
        Step(MoneyReturned(1, Payout(100, 50)), Fault(told)),
        Step(PRIMARY, Closed(frozenset({OutOfService.CASH}))),
    )
    assert [each.slip for each in walk.effects if isinstance(each, PrintSlip)] == [FaultSlip(told)]
    assert CallStaff(Occasion.DEBT, "4Q7-K2M", 50) in walk.effects


@pytest.mark.parametrize("printed", [True, False])
def test_i7_staff_are_told_of_a_debt_whose_slip_did_not_come_out(printed: bool) -> None:
    told = report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=50, owed=50)
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 100)),
        Step(CashStopped(1, 100), ReturningMoney),
        Step(MoneyReturned(1, Payout(100, 50)), Fault(told)),
        Step(SlipSettled(1, FaultSlip(told), printed), Fault(told, SlipState.OUT if printed else SlipState.FAILED)),
    )
    call = CallStaff(Occasion.DEBT_WITHOUT_SLIP, "4Q7-K2M", 50)
    assert (call in walk.effects) is not printed


def test_slots_that_do_not_open_take_no_money() -> None:
    Walk().go(
        *AT_PAY[:-1],
        Step(CashStopped(1, 0), ReturningMoney),
        Step(
            MoneyReturned(1, Payout(0, 0)),
            Fault(report(FaultKind.CASH_STOPPED, MoneyOutcome.NONE_TAKEN)),
        ),
    )


@pytest.mark.parametrize("journey", [AT_PAY, RELEASING, PRINTING])
def test_a_money_device_that_says_nothing_owes_everything(journey: tuple[Step, ...]) -> None:
    walk = Walk().go(*journey)
    if journey is AT_PAY:
        walk.go(MoneyTaken(1, 600), Pressed(Key.RETURN_MONEY))
    elif journey is RELEASING:
        walk.go(Step(Refused(1, RefusalReason.SUSPENDED, None, None), ReturningMoney))
    else:
        walk.go(Step(DocumentSettled(1, PrintFailed(0, PrinterProblem.OFFLINE)), ReturningMoney))
    walk.go(Step(Fires(Timer.SCENE), Fault))
    assert isinstance(walk.state.scene, Fault)
    assert walk.state.scene.report.owed == (200 if journey is PRINTING else 600)
    assert CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", walk.state.scene.report.owed) in walk.effects


def test_slots_that_do_not_close_release_nothing() -> None:
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 200)),
        Step(PRIMARY, Releasing, (SecureMoney(1),)),
        Step(CashStopped(1, 200), ReturningMoney),
    )
    assert not walk.wanted(Release)


@pytest.mark.parametrize("held", [0, 100])
def test_less_money_than_the_fee_releases_nothing(held: int) -> None:
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 200)),
        Step(PRIMARY),
        Step(MoneySecured(1, held), ReturningMoney, (VOIDED,)),
        Step(
            MoneyReturned(1, Payout(held, held)),
            Fault(report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=held, owed=200 - held)),
            (CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 200 - held),),
        ),
        Step(PRIMARY, Closed),
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.CASH, OutOfService.UNSETTLED}))),
    )
    assert isinstance(slips(walk)[-1], FaultSlip)
    assert not walk.wanted(Release)


def test_i7_a_device_that_knows_of_less_than_went_in_releases_nothing_though_it_holds_the_fee() -> None:
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 600)),
        Step(PRIMARY),
        Step(MoneySecured(1, 200), ReturningMoney, (VOIDED,)),
        Step(MoneyReturned(1, Payout(200, 200)), Fault, (CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 400),)),
    )
    assert not walk.wanted(Release)


def test_a_coin_told_late_makes_nothing_less() -> None:
    Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 200)),
        Step(PRIMARY),
        Step(MoneySecured(1, 600), Releasing, (Release,)),
        Step(MoneyTaken(1, 500), Releasing),
        *printing(change=400),
    )


@pytest.mark.parametrize("stopped", [(), (CashStopped(1, 0),)], ids=("while it goes back", "while the slots are open"))
def test_i7_a_device_that_forgot_what_it_held_owes_it_unconfirmed(stopped: tuple[CashStopped, ...]) -> None:
    Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 500)),
        *(stopped or (Pressed(Key.RETURN_MONEY),)),
        Step(MoneyReturned(1, Payout(0, 0)), Fault, (CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 500),)),
    )


def test_change_that_does_not_come_out_is_owed_though_every_sheet_came() -> None:
    told = FaultReport(FaultKind.CASH_STOPPED, ONE_SHEET, 1, MoneyOutcome.OWED, 0, 100, "4Q7-K2M", change=300)
    walk = Walk().go(
        *RELEASING,
        *printing(change=400)[:-1],
        Step(ChangeGiven(1, Payout(400, 300)), Printing),
        printed(),
        Step(MoneySettled(1, 200, Payout(0, 0)), Fault(told), (CallStaff(Occasion.DEBT, "4Q7-K2M", 100),)),
    )
    receipt, slip = slips(walk)
    assert isinstance(receipt, Receipt)
    assert (receipt.change, receipt.owed) == (300, 100)
    assert isinstance(slip, FaultSlip)


def test_a_settling_that_says_nothing_owes_nothing_but_calls_staff_and_closes_the_terminal() -> None:
    walk = Walk().go(
        *PRINTING,
        printed(),
        Step(Fires(Timer.SCENE), TakeSheets, (ReportOutcome(1, DELIVERED, 200),)),
        Step(PRIMARY, Closed(frozenset({OutOfService.CASH}))),
        Step(MoneySettled(1, 200, Payout(0, 0)), Closed),
        Step(CashSeen(CASH_READY), Start),
    )
    assert walk.wanted(CallStaff) == [CallStaff(Occasion.UNCONFIRMED_FEE, "4Q7-K2M", 200)]


@pytest.mark.parametrize("said", [MoneyUnclear(1), MoneySettled(1, 0, Payout(0, 0))], ids=("unclear", "forgot it all"))
def test_i7_a_fee_of_which_nobody_knows_where_it_lies_is_no_debt_and_staff_look_for_it(
    said: MoneyUnclear | MoneySettled,
) -> None:
    walk = Walk().go(*PRINTING, printed(), Step(said, TakeSheets, (ReportOutcome(1, DELIVERED, 200),)))
    assert walk.wanted(CallStaff) == [CallStaff(Occasion.UNCONFIRMED_FEE, "4Q7-K2M", 200)]
    assert [type(each) for each in slips(walk)] == [Receipt]
    walk.go(Step(PRIMARY, Closed(frozenset({OutOfService.CASH}))))


def test_i7_change_that_the_device_says_nothing_of_keeps_no_paper_waiting_and_is_owed_unconfirmed() -> None:
    walk = Walk().go(
        *RELEASING,
        *printing(change=400)[:-1],
        Step(Fires(Timer.SCENE), Printing),
        printed(),
        Step(Fires(Timer.SCENE), Fault, (ReportOutcome(1, DELIVERED, 200),)),
    )
    assert CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 400) in walk.effects
    assert isinstance(slips(walk)[-1], FaultSlip)


def test_change_that_comes_late_but_before_the_end_is_owed_to_nobody() -> None:
    late = ChangeGiven(1, Payout(400, 400))
    Walk().go(
        *RELEASING,
        *printing(change=400)[:-1],
        Step(Fires(Timer.SCENE), Printing),
        Step(late, Printing),
        printed(),
        Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets(1, 400, frozenset())),
    )


def test_i7_a_payout_that_breaks_is_an_unconfirmed_debt_that_staff_look_into() -> None:
    walk = Walk().go(
        *PRINTING,
        Step(DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)), ReturningMoney),
        Step(EffectFailed(ReturnMoney(1)), Fault, (CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 200),)),
        Step(PRIMARY, Closed),
        PrintersSeen(PRINTER_READY, PRINTER_READY),
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.CASH, OutOfService.UNSETTLED}))),
    )
    debt = slips(walk)[-1]
    assert isinstance(debt, FaultSlip)
    walk.go(
        Step(SlipSettled(1, debt, True), Closed, (CloseVisit(1), LookAtCash())),
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.UNSETTLED}))),
    )


def test_i7_money_that_comes_out_after_its_slip_is_marked_and_closes_the_terminal_for_staff() -> None:
    walk = Walk().go(
        *PRINTING,
        Step(DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)), ReturningMoney),
        Step(Fires(Timer.SCENE), Fault),
        Step(PRIMARY, Closed),
        PrintersSeen(PRINTER_READY, PRINTER_READY),
        Step(
            MoneyReturned(1, Payout(200, 200)),
            Closed,
            (CallStaff(Occasion.PAID_AFTER_ALL, "4Q7-K2M", 200),),
        ),
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.CASH, OutOfService.UNSETTLED}))),
        Step(INSERTED, Closed),
    )
    assert not walk.wanted(OpenVisit)[1:]


def _silent_end() -> Walk:
    """Nothing known to be in, stopped, and the device says nothing."""
    return Walk().go(
        *AT_PAY,
        Step(Pressed(Key.RETURN_MONEY), ReturningMoney),
        Step(Fires(Timer.SCENE), Closed(frozenset({OutOfService.CASH}))),
    )


def test_i7_money_nobody_knew_of_that_does_not_come_out_late_is_a_debt_with_a_slip() -> None:
    walk = _silent_end().go(
        Step(MoneyReturned(1, Payout(500, 200)), Closed, (CallStaff(Occasion.DEBT, "4Q7-K2M", 300),)),
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.CASH}))),
    )
    told = report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=200, owed=300)
    assert slips(walk) == [FaultSlip(told)]
    walk.go(
        Step(SlipSettled(1, FaultSlip(told), True), Closed, (LookAtCash(),)),
        Step(CashSeen(CASH_READY), Start),
    )


def test_money_nobody_knew_of_that_comes_out_late_is_nobodys_debt() -> None:
    walk = _silent_end().go(
        Step(MoneyReturned(1, Payout(500, 500)), Closed),
        Step(CashSeen(CASH_READY), Start),
    )
    assert not walk.wanted(CallStaff)


@pytest.mark.parametrize("ended", [True, False], ids=("after the visit", "on its last screen"))
def test_i7_a_fee_that_comes_out_late_though_the_server_was_told_it_was_kept_is_marked(ended: bool) -> None:
    walk = Walk().go(*PRINTING, printed(), Step(Fires(Timer.SCENE), TakeSheets, (ReportOutcome(1, DELIVERED, 200),)))
    if ended:
        walk.go(Step(PRIMARY, Closed))
    late = MoneySettled(1, 0, Payout(200, 200))
    walk.go(
        Step(late, Closed if ended else TakeSheets, (CallStaff(Occasion.PAID_AFTER_ALL, "4Q7-K2M", 200),)),
        Step(late, None),
    )
    assert walk.wanted(CallStaff) == [
        CallStaff(Occasion.UNCONFIRMED_FEE, "4Q7-K2M", 200),
        CallStaff(Occasion.PAID_AFTER_ALL, "4Q7-K2M", 200),
    ]


def test_i7_money_that_comes_out_late_in_two_parts_is_told_as_the_sum_of_both() -> None:
    """The server keeps the largest it heard, so that a heartbeat without an answer counts once."""
    walk = Walk().go(
        *RELEASING,
        *printing(change=400)[:-1],
        Step(Fires(Timer.SCENE), Printing),
        DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)),
        Step(Fires(Timer.SCENE), Fault, (CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 600),)),
        Step(ChangeGiven(1, Payout(400, 400)), Fault, (CallStaff(Occasion.PAID_AFTER_ALL, "4Q7-K2M", 400),)),
        Step(MoneyReturned(1, Payout(200, 200)), Fault, (CallStaff(Occasion.PAID_AFTER_ALL, "4Q7-K2M", 600),)),
    )
    assert len(walk.wanted(CallStaff)) == 3


def test_i7_a_debt_that_is_larger_by_the_devices_late_word_is_told_anew() -> None:
    walk = Walk().go(
        *PRINTING,
        Step(DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)), ReturningMoney),
        Step(Fires(Timer.SCENE), Fault, (CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 200),)),
        Step(MoneyReturned(1, Payout(300, 0)), Fault, (CallStaff(Occasion.DEBT, "4Q7-K2M", 300),)),
    )
    assert isinstance(slips(walk)[-1], FaultSlip)


@pytest.mark.parametrize("on_paper", [True, False], ids=("printed", "not printable"))
def test_i7_a_debt_stays_open_in_the_journal_until_its_slip_is_settled(on_paper: bool) -> None:
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 100)),
        Step(CashStopped(1, 100), ReturningMoney),
        Step(MoneyReturned(1, Payout(100, 50)), Fault, (EraseVisit(1),)),
    )
    (debt,) = slips(walk)
    walk.go(
        Step(PRIMARY, Closed, (EraseVisit(1),)),
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.CASH}))),
        Step(SlipSettled(1, GUIDANCE, True), Closed),
    )
    assert not walk.wanted(CloseVisit)
    walk.go(
        Step(SlipSettled(1, debt, on_paper), Closed, (CloseVisit(1), LookAtCash())),
        Step(CashSeen(CASH_READY), Start),
    )
    assert len(walk.wanted(CloseVisit)) == 1


def test_i7_a_debt_whose_slip_breaks_is_closed_under_its_notice() -> None:
    walk = Walk().go(*AT_PAY, MoneyTaken(1, 100), CashStopped(1, 100), MoneyReturned(1, Payout(100, 50)))
    (printing_it,) = walk.wanted(PrintSlip)
    walk.go(
        Step(EffectFailed(printing_it), Fault, (CloseVisit(1),)),
        Step(PRIMARY, Closed, (CloseVisit(1),)),
        Step(CashSeen(CASH_READY), Start),
    )


def test_i7_a_fee_that_the_device_did_not_keep_is_called_kept_nowhere() -> None:
    walk = Walk().go(
        *PRINTING,
        printed(),
        Step(MoneySettled(1, 0, Payout(200, 200)), Fault, (ReportOutcome(1, DELIVERED, 0),)),
    )
    assert isinstance(walk.state.scene, Fault)
    told = walk.state.scene.report
    assert (told.kind, told.money, told.returned, told.owed) == (FaultKind.CASH_STOPPED, MoneyOutcome.RETURNED, 600, 0)
    assert not any(isinstance(each, Receipt) for each in slips(walk))


def test_the_outcome_is_told_once_and_after_the_money() -> None:
    walk = Walk().go(*PRINTING, printed())
    assert not walk.wanted(ReportOutcome)
    walk.go(MoneySettled(1, 200, Payout(0, 0)))
    assert outcomes(walk) == [ReportOutcome(1, DELIVERED, 200)]


def test_i7_a_device_that_holds_less_than_the_fee_gives_no_change_and_prints_nothing() -> None:
    walk = Walk().go(
        *RELEASING,
        *printing(change=400)[:-1],
        Step(CashStopped(1, 100), ReturningMoney, (ReportOutcome(1, NOT_PRINTED, 0), ReturnMoney(1))),
        Step(
            MoneyReturned(1, Payout(100, 100)),
            Fault(report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=100, owed=500)),
            (CallStaff(Occasion.UNCONFIRMED_DEBT, "4Q7-K2M", 500),),
        ),
    )
    assert not walk.wanted(PrintDocument)
