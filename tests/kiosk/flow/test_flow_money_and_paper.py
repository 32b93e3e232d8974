"""Whatever breaks between the confirmation and the last sheet: what about the paper, what about the money."""

from dataclasses import replace

import pytest

from hardware.cash.model import Payout
from hardware.sensors.model import Place, PlaceChanged
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import (
    AcceptMoney,
    CallStaff,
    CheckDocuments,
    EraseVisit,
    FaultSlip,
    GiveChange,
    GiveUpPrinting,
    LookAtPrinters,
    Occasion,
    OpenVisit,
    Prepare,
    PrintDocument,
    PrintSlip,
    Receipt,
    Release,
    ReportOutcome,
    ReturnMoney,
    SecureMoney,
    ServerCall,
    SettleMoney,
    Slip,
    Timer,
)
from kiosk.flow.events import (
    CashSeen,
    CashStopped,
    ChangeGiven,
    DocumentsAccepted,
    DocumentSettled,
    DocumentsRejected,
    EffectFailed,
    MoneyReturned,
    MoneySecured,
    MoneySettled,
    MoneyTaken,
    Prepared,
    PrintersSeen,
    Refused,
    RegisterMoved,
    ServerFailed,
    SheetProgress,
    SlipSettled,
)
from kiosk.flow.scenes import (
    Closed,
    Declined,
    Fault,
    Pay,
    Preparing,
    Printing,
    Releasing,
    ReturningMoney,
    Start,
    TakeBelongings,
    TakeCard,
    TakeSheets,
)
from kiosk.flow.state import Alarm
from kiosk.flow.touches import Key, Pressed, PurposeChosen
from kiosk.flow.values import Belonging, DeclineReason, FaultKind, FaultReport, MoneyOutcome, OutOfService, Sheet
from koufu.evidence.words import CertificateKind, RefusalReason
from printers.model import Printed, PrinterProblem, PrinterStatus, PrintFailed
from tests.support.kiosk_journey import (
    CANCEL,
    CANCEL_YES,
    INSERTED,
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
from tests.support.kiosk_samples import (
    CASH_READY,
    LONG_RESIDENCE_DOCUMENT,
    PRINTER_EMPTY,
    PRINTER_JAMMED,
    PRINTER_READY,
    RESIDENCE_DOCUMENT,
    SEAL_DOCUMENT,
    WINDOW,
    accepted,
)

PROVEN = (*identified(), *chosen(), *proven())
AT_PAY = (*PROVEN, *to_pay())
RELEASING = (*AT_PAY, *paid(600))
PRINTING = (*RELEASING, *printing(change=400))

TWO = (RESIDENCE_DOCUMENT, SEAL_DOCUMENT)
PRINTING_TWO = (
    *identified(),
    *chosen(),
    Step(Pressed(Key.ADD_LINE)),
    Step(PurposeChosen("bank")),
    Step(PRIMARY),
    *proven(),
    *to_pay(*TWO),
    *paid(1000),
    *printing(*TWO, change=500),
)

ONE_SHEET = (Sheet(CertificateKind.RESIDENCE, 1, 1),)
DELIVERED = (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1),)
NOT_PRINTED = (Delivery(RESIDENCE_DOCUMENT, Outcome.NOT_PRINTED, 0),)
VOIDED = ReportOutcome(1, (), 0)
ALL_READY = PrintersSeen(PRINTER_READY, PRINTER_READY)


def report(kind: FaultKind, money: MoneyOutcome, returned: int = 0, owed: int = 0, out: int = 0) -> FaultReport:
    return FaultReport(kind, ONE_SHEET, out, money, returned, owed, "4Q7-K2M")


def slips(walk: Walk) -> list[Slip]:
    return [each.slip for each in walk.effects if isinstance(each, PrintSlip)]


def outcomes(walk: Walk) -> list[ReportOutcome]:
    return [each for each in walk.effects if isinstance(each, ReportOutcome)]


def test_a_refusal_at_prepare_comes_before_any_money() -> None:
    walk = Walk().go(
        *PROVEN,
        Step(REMOVED, Preparing),
        Step(
            Refused(1, RefusalReason.CHARACTER_MISSING, CertificateKind.RESIDENCE, WINDOW),
            Declined(RefusalReason.CHARACTER_MISSING, CertificateKind.RESIDENCE, WINDOW, slip=False),
            (ReportOutcome(1, (), 0), EraseVisit(1), PrintSlip),
        ),
    )
    assert not walk.wanted(AcceptMoney)


def test_a_refusal_while_the_card_is_taken_leaves_the_card_to_be_taken() -> None:
    Walk().go(
        *PROVEN,
        Step(Refused(1, RefusalReason.WITHHELD, None, WINDOW), Declined),
        Step(PRIMARY, TakeBelongings(frozenset({Belonging.CARD}))),
    )


def test_prepare_is_asked_again_in_the_same_attempt_and_then_given_up() -> None:
    failed = ServerFailed(1, ServerCall.PREPARE)
    walk = Walk().go(
        *PROVEN,
        Step(failed, TakeCard),
        Step(REMOVED, Preparing),
        Step(Fires(Timer.RETRY), Preparing, (Prepare(1),)),
        failed,
        Step(Fires(Timer.RETRY), Preparing, (Prepare(1),)),
        Step(failed, Declined(DeclineReason.SERVER_AWAY, None, WINDOW, slip=False)),
    )
    assert len(walk.wanted(Prepare)) == 3


def test_a_prepare_that_never_answers_is_given_up() -> None:
    Walk().go(*PROVEN, Step(REMOVED, Preparing), Step(Fires(Timer.SCENE), Declined))


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        (PRINTER_JAMMED, FaultKind.PRINTER_STOPPED, OutOfService.PRINTER),
        (PRINTER_EMPTY, FaultKind.PAPER_EMPTY, OutOfService.PAPER),
        (replace(PRINTER_READY, sheets_available=0), FaultKind.PAPER_EMPTY, OutOfService.PAPER),
    ],
)
def test_what_can_not_be_printed_now_is_not_paid_for(
    status: PrinterStatus, kind: FaultKind, reason: OutOfService
) -> None:
    walk = Walk().go(
        *PROVEN,
        Step(REMOVED),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), Preparing, (LookAtPrinters(),)),
        Step(PrintersSeen(status, PRINTER_READY), Fault(report(kind, MoneyOutcome.NONE_TAKEN), slip=False), (VOIDED,)),
        Step(SlipSettled(1, True), Fault(report(kind, MoneyOutcome.NONE_TAKEN), slip=True)),
        Step(PRIMARY, Closed(frozenset({reason}))),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), Start),
    )
    assert not walk.wanted(AcceptMoney)


@pytest.mark.parametrize(
    ("slips", "kind"), [(PRINTER_JAMMED, FaultKind.PRINTER_STOPPED), (PRINTER_EMPTY, FaultKind.PAPER_EMPTY)]
)
def test_i7_nobody_pays_where_a_debt_could_not_be_put_on_a_slip(slips: PrinterStatus, kind: FaultKind) -> None:
    walk = Walk().go(
        *PROVEN,
        Step(REMOVED),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), Preparing),
        Step(PrintersSeen(PRINTER_READY, slips), Fault(report(kind, MoneyOutcome.NONE_TAKEN), slip=False), (VOIDED,)),
    )
    assert not walk.wanted(AcceptMoney)


def test_documents_for_something_else_than_was_ordered_are_an_alarm() -> None:
    Walk().go(*PROVEN, Step(Prepared(1, (SEAL_DOCUMENT,)), Fault, (ReportOutcome(1, (), 0, "documents"),)))


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
            Fault(report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=100, owed=50), slip=False),
        ),
    )


def test_a_money_device_that_stops_gives_back_what_it_can_and_owes_the_rest_on_a_slip() -> None:
    told = report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=50, owed=50)
    walk = Walk().go(
        *AT_PAY,
        Step(MoneyTaken(1, 100)),
        Step(CashStopped(1, 100), ReturningMoney, (VOIDED, ReturnMoney(1))),
        Step(MoneyReturned(1, Payout(100, 50)), Fault(told, slip=False)),
        Step(PRIMARY, Closed(frozenset({OutOfService.CASH}))),
    )
    assert [each.slip for each in walk.effects if isinstance(each, PrintSlip)] == [FaultSlip(told)]
    assert CallStaff(Occasion.DEBT, "4Q7-K2M", 50) in walk.effects


def test_slots_that_do_not_open_take_no_money() -> None:
    Walk().go(
        *AT_PAY[:-1],
        Step(CashStopped(1, 0), ReturningMoney),
        Step(
            MoneyReturned(1, Payout(0, 0)),
            Fault(report(FaultKind.CASH_STOPPED, MoneyOutcome.NONE_TAKEN), slip=False),
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


def test_less_money_than_the_fee_releases_nothing() -> None:
    walk = Walk().go(
        *AT_PAY, Step(MoneyTaken(1, 200)), Step(PRIMARY), Step(MoneySecured(1, 100), ReturningMoney, (VOIDED,))
    )
    assert not walk.wanted(Release)


def test_a_lost_answer_to_the_release_is_asked_for_again_and_then_printed_once() -> None:
    walk = Walk().go(
        *RELEASING,
        Step(ServerFailed(1, ServerCall.RELEASE), Releasing),
        Step(Fires(Timer.RETRY), Releasing, (Release,)),
        *printing(change=400),
        printed(),
    )
    releases = walk.wanted(Release)
    assert releases[0] == releases[1]
    assert len(walk.wanted(PrintDocument)) == 1


def test_i7_a_release_that_stays_unanswered_returns_the_money_and_prints_nothing() -> None:
    failed = ServerFailed(1, ServerCall.RELEASE)
    walk = Walk().go(
        *RELEASING,
        failed,
        Fires(Timer.RETRY),
        failed,
        Fires(Timer.RETRY),
        Step(failed, ReturningMoney, (VOIDED, ReturnMoney(1))),
        Step(
            MoneyReturned(1, Payout(600, 600)),
            Fault(report(FaultKind.SERVER_AWAY, MoneyOutcome.RETURNED, returned=600), slip=False),
        ),
    )
    assert len(walk.wanted(Release)) == 3
    assert not walk.wanted(CheckDocuments, PrintDocument)


def test_a_refusal_at_release_returns_the_money() -> None:
    Walk().go(
        *RELEASING,
        Step(Refused(1, RefusalReason.SEAL_CANCELLED, None, WINDOW), ReturningMoney, (VOIDED,)),
        Step(
            MoneyReturned(1, Payout(600, 600)),
            Declined(RefusalReason.SEAL_CANCELLED, None, WINDOW, slip=False, returned=600),
        ),
    )


def test_i3_a_register_that_moved_is_prepared_and_released_again() -> None:
    walk = Walk().go(
        *RELEASING,
        Step(RegisterMoved(1), Releasing, (Prepare(1),)),
        Step(Prepared(1, (LONG_RESIDENCE_DOCUMENT,)), Releasing, (LookAtPrinters(),)),
        Step(ALL_READY, Releasing, (Release,)),
        *printing(LONG_RESIDENCE_DOCUMENT, change=400),
        printed(2),
    )
    assert len(walk.state.visit.sheets if walk.state.visit else ()) == 2


@pytest.mark.parametrize(
    ("seen", "kind"),
    [
        (PrintersSeen(replace(PRINTER_READY, sheets_available=1), PRINTER_READY), FaultKind.PAPER_EMPTY),
        (PrintersSeen(PRINTER_JAMMED, PRINTER_READY), FaultKind.PRINTER_STOPPED),
        (PrintersSeen(PRINTER_READY, PRINTER_JAMMED), FaultKind.PRINTER_STOPPED),
    ],
)
def test_what_was_prepared_again_is_released_only_if_it_can_be_printed(seen: PrintersSeen, kind: FaultKind) -> None:
    walk = Walk().go(
        *RELEASING,
        Step(ALL_READY, Releasing),
        Step(RegisterMoved(1), Releasing),
        Step(ALL_READY, Releasing),
        Step(Prepared(1, (LONG_RESIDENCE_DOCUMENT,)), Releasing),
        Step(seen, ReturningMoney, (VOIDED,)),
        Step(MoneyReturned(1, Payout(600, 600)), Fault),
    )
    assert len(walk.wanted(Release)) == 1
    assert isinstance(walk.state.scene, Fault)
    assert (walk.state.scene.report.kind, walk.state.scene.report.money) == (kind, MoneyOutcome.RETURNED)


def test_a_register_that_moves_all_the_time_returns_the_money() -> None:
    again = (
        Step(RegisterMoved(1), Releasing),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), Releasing),
        Step(ALL_READY, Releasing),
    )
    Walk().go(
        *RELEASING,
        *again,
        *again,
        Step(RegisterMoved(1), ReturningMoney),
        Step(
            MoneyReturned(1, Payout(600, 600)),
            Declined(RefusalReason.REGISTER_BUSY, None, WINDOW, slip=False, returned=600),
        ),
    )


def test_i1_an_unreadable_page_is_a_fault_of_this_terminal() -> None:
    walk = Walk().go(
        *RELEASING,
        *printing()[:1],
        Step(DocumentsRejected(1, None), ReturningMoney, (ReportOutcome(1, NOT_PRINTED, 0),)),
        Step(
            MoneyReturned(1, Payout(600, 600)),
            Fault(report(FaultKind.DOCUMENT_UNREADABLE, MoneyOutcome.RETURNED, returned=600), slip=False),
        ),
    )
    assert not walk.wanted(PrintDocument)
    assert walk.state.alarm is None


def test_i9_a_page_of_another_order_raises_an_alarm_and_closes_the_terminal() -> None:
    walk = Walk().go(
        *RELEASING,
        *printing()[:1],
        Step(DocumentsRejected(1, "proof"), ReturningMoney, (ReportOutcome(1, (), 0, "proof"),)),
        Step(
            MoneyReturned(1, Payout(600, 600)),
            Fault(report(FaultKind.INTEGRITY_ALARM, MoneyOutcome.RETURNED, returned=600), slip=False),
            (CallStaff(Occasion.ALARM, "4Q7-K2M", 0),),
        ),
        Step(PRIMARY, Closed(frozenset({OutOfService.SUSPENDED}))),
    )
    assert not walk.wanted(PrintDocument)
    assert walk.state.alarm is Alarm.RAISED


def test_documents_accepted_for_something_else_are_an_alarm() -> None:
    Walk().go(*RELEASING, *printing()[:1], Step(DocumentsAccepted(1, accepted(SEAL_DOCUMENT)), ReturningMoney))


@pytest.mark.parametrize(
    ("settled", "kind", "outcome", "sheets"),
    [
        (PrintFailed(0, PrinterProblem.JAM), FaultKind.SHEET_JAM, Outcome.SPOILED, 0),
        (PrintFailed(0, PrinterProblem.PAPER_EMPTY, unsent=True), FaultKind.PAPER_EMPTY, Outcome.NOT_PRINTED, 0),
        (PrintFailed(0, PrinterProblem.OFFLINE, unsent=True), FaultKind.PRINTER_STOPPED, Outcome.NOT_PRINTED, 0),
        (PrintFailed(0, PrinterProblem.DOOR_OPEN), FaultKind.PRINTER_STOPPED, Outcome.SPOILED, 0),
        (PrintFailed(0, PrinterProblem.OFFLINE, cleared=False), FaultKind.PRINTER_STOPPED, Outcome.SPOILED, 0),
        (Printed(0), FaultKind.PRINTER_STOPPED, Outcome.SPOILED, 0),
    ],
)
def test_i7_what_did_not_come_out_is_not_paid_for(
    settled: Printed | PrintFailed, kind: FaultKind, outcome: Outcome, sheets: int
) -> None:
    Walk().go(
        *PRINTING,
        Step(DocumentSettled(1, settled), ReturningMoney, (ReturnMoney(1),)),
        Step(
            MoneyReturned(1, Payout(200, 200)),
            Fault(report(kind, MoneyOutcome.RETURNED, returned=600, out=sheets), slip=False),
            (ReportOutcome(1, (Delivery(RESIDENCE_DOCUMENT, outcome, sheets),), 0), PrintSlip),
        ),
    )


def test_i7_a_jam_on_the_second_of_two_keeps_the_fee_of_the_first() -> None:
    deliveries = (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1), Delivery(SEAL_DOCUMENT, Outcome.SPOILED, 0))
    walk = Walk().go(
        *PRINTING_TWO,
        printed(),
        Step(SheetProgress(1, 1, 1), Printing(2, 1)),
        Step(
            DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)),
            ReturningMoney,
            (SettleMoney(1, 200),),
        ),
        Step(MoneySettled(1, 200, Payout(300, 300)), Fault, (ReportOutcome(1, deliveries, 200),)),
    )
    receipt, slip = (each.slip for each in walk.effects if isinstance(each, PrintSlip))
    assert receipt == Receipt(((CertificateKind.RESIDENCE, 1, 200),), inserted=1000, change=800, reference="4Q7-K2M")
    assert isinstance(slip, FaultSlip)
    assert isinstance(walk.state.scene, Fault)
    told = walk.state.scene.report
    assert (told.kind, told.sheets_out, len(told.sheets)) == (FaultKind.SHEET_JAM, 1, 2)
    assert (told.money, told.returned, told.change, told.owed) == (MoneyOutcome.RETURNED_PART, 300, 500, 0)


def test_i7_a_jam_on_the_first_of_two_prints_nothing_more() -> None:
    deliveries = (Delivery(RESIDENCE_DOCUMENT, Outcome.SPOILED, 0), Delivery(SEAL_DOCUMENT, Outcome.NOT_PRINTED, 0))
    walk = Walk().go(
        *PRINTING_TWO,
        Step(
            DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)),
            ReturningMoney,
            (ReturnMoney(1),),
        ),
        Step(MoneyReturned(1, Payout(500, 500)), Fault, (ReportOutcome(1, deliveries, 0),)),
    )
    assert len(walk.wanted(PrintDocument)) == 1


def test_i7_a_long_document_without_its_second_sheet_is_not_paid_for() -> None:
    Walk().go(
        *PROVEN,
        *to_pay(LONG_RESIDENCE_DOCUMENT),
        *paid(),
        *printing(LONG_RESIDENCE_DOCUMENT),
        Step(
            DocumentSettled(1, PrintFailed(1, PrinterProblem.JAM)),
            ReturningMoney,
            (ReturnMoney(1),),
        ),
        Step(
            MoneyReturned(1, Payout(200, 200)),
            Fault,
            (ReportOutcome(1, (Delivery(LONG_RESIDENCE_DOCUMENT, Outcome.SPOILED, 1),), 0),),
        ),
    )


def test_change_that_does_not_come_out_is_owed_though_every_sheet_came() -> None:
    told = FaultReport(FaultKind.CASH_STOPPED, ONE_SHEET, 1, MoneyOutcome.OWED, 0, 100, "4Q7-K2M", change=300)
    walk = Walk().go(
        *RELEASING,
        *printing(change=400)[:-1],
        Step(ChangeGiven(1, Payout(400, 300)), Printing),
        printed(),
        Step(MoneySettled(1, 200, Payout(0, 0)), Fault(told, slip=False), (CallStaff(Occasion.DEBT, "4Q7-K2M", 100),)),
    )
    receipt, slip = slips(walk)
    assert isinstance(receipt, Receipt)
    assert (receipt.change, receipt.owed) == (300, 100)
    assert isinstance(slip, FaultSlip)


def test_a_settling_that_says_nothing_owes_nothing_but_closes_the_terminal() -> None:
    walk = Walk().go(
        *PRINTING,
        printed(),
        Step(Fires(Timer.SCENE), TakeSheets, (ReportOutcome(1, DELIVERED, 200),)),
        Step(PRIMARY, Closed(frozenset({OutOfService.CASH}))),
        Step(MoneySettled(1, 200, Payout(0, 0)), Closed),
        Step(CashSeen(CASH_READY), Start),
    )
    assert not walk.wanted(CallStaff)


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
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.CASH}))),
    )
    assert isinstance(slips(walk)[-1], FaultSlip)


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
        Step(CashSeen(CASH_READY), Closed(frozenset({OutOfService.CASH}))),
        Step(INSERTED, Closed),
    )
    assert not walk.wanted(OpenVisit)[1:]


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
            Fault(report(FaultKind.CASH_STOPPED, MoneyOutcome.OWED, returned=100, owed=500), slip=False),
            (CallStaff(Occasion.DEBT, "4Q7-K2M", 500),),
        ),
    )
    assert not walk.wanted(PrintDocument)


def test_a_silent_printer_is_given_up_and_then_taken_for_failed() -> None:
    spoiled = (Delivery(RESIDENCE_DOCUMENT, Outcome.SPOILED, 0),)
    walk = Walk().go(
        *PRINTING,
        Step(Fires(Timer.SCENE), Printing, (GiveUpPrinting(1),)),
        Step(Fires(Timer.SCENE), ReturningMoney, (ReturnMoney(1),)),
        Step(DocumentSettled(1, Printed(1)), ReturningMoney),
        Step(MoneyReturned(1, Payout(200, 200)), Fault, (ReportOutcome(1, spoiled, 0),)),
    )
    assert len(walk.wanted(PrintDocument)) == 1


def test_a_job_given_up_that_came_out_after_all_is_delivered() -> None:
    Walk().go(
        *PRINTING,
        Step(Fires(Timer.SCENE), Printing, (GiveUpPrinting(1),)),
        Step(DocumentSettled(1, Printed(1)), Printing, (SettleMoney(1, 200),)),
        Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets),
    )


@pytest.mark.parametrize("key", [Key.CANCEL, Key.BACK, Key.RETURN_MONEY, Key.PRIMARY])
@pytest.mark.parametrize("journey", [RELEASING, PRINTING])
def test_nothing_stops_a_release_or_a_print(journey: tuple[Step, ...], key: Key) -> None:
    walk = Walk().go(*journey)
    before = walk.state.scene
    walk.go(Pressed(key))
    assert (walk.state.scene, walk.state.overlay) == (before, None)


@pytest.mark.parametrize(
    ("journey", "kind", "sees"),
    [
        (PROVEN, Prepare, TakeCard),
        (RELEASING, Release, Releasing),
        ((*RELEASING, *printing()[:1]), CheckDocuments, ReturningMoney),
        (AT_PAY, AcceptMoney, ReturningMoney),
        (RELEASING[:-1], SecureMoney, ReturningMoney),
        ((*AT_PAY, Step(MoneyTaken(1, 100)), Step(Pressed(Key.RETURN_MONEY))), ReturnMoney, Fault),
        (PRINTING, PrintDocument, ReturningMoney),
        ((*PRINTING, printed()), SettleMoney, TakeSheets),
        ((*RELEASING, *printing(change=400)[:-1]), GiveChange, Printing),
    ],
)
def test_an_action_that_breaks_is_that_devices_fault(
    journey: tuple[Step, ...], kind: type[object], sees: type[object]
) -> None:
    walk = Walk().go(*journey)
    broken = [each for each in walk.effects if isinstance(each, kind)][-1]
    walk.go(Step(EffectFailed(broken), sees))


def test_i7_a_print_job_that_broke_in_a_way_nobody_foresaw_is_taken_for_spoiled() -> None:
    walk = Walk().go(*PRINTING)
    job = walk.wanted(PrintDocument)[0]
    reported = ReportOutcome(1, (Delivery(RESIDENCE_DOCUMENT, Outcome.SPOILED, 0),), 0)
    walk.go(
        Step(EffectFailed(job), ReturningMoney),
        Step(MoneyReturned(1, Payout(200, 200)), Fault, (reported,)),
    )
