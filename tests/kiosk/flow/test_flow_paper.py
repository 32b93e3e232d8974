"""Whatever breaks while paper comes out: what about the sheets, what about the money."""

import pytest

from hardware.cash.model import Payout
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import (
    AcceptMoney,
    CallStaff,
    CheckDocuments,
    GiveChange,
    GiveUpPrinting,
    Prepare,
    PrintDocument,
    PrintSlip,
    Release,
    ReportOutcome,
    ReturnMoney,
    SecureMoney,
    SettleMoney,
    Timer,
)
from kiosk.flow.events import (
    DocumentSettled,
    DocumentsRejected,
    EffectFailed,
    MoneyReturned,
    MoneySettled,
    MoneyTaken,
    SheetProgress,
)
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import (
    Fault,
    Printing,
    Releasing,
    ReturningMoney,
    TakeCard,
    TakeSheets,
)
from kiosk.flow.slips import FaultSlip, Receipt
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.trouble import FaultKind, MoneyOutcome
from koufu.evidence.words import CertificateKind
from printers.model import Printed, PrinterProblem, PrintFailed
from tests.support.kiosk_journey import (
    Fires,
    Step,
    Walk,
    paid,
    printed,
    printing,
    to_pay,
)
from tests.support.kiosk_samples import (
    LONG_RESIDENCE_DOCUMENT,
    RESIDENCE_DOCUMENT,
    SEAL_DOCUMENT,
)
from tests.support.kiosk_stages import AT_PAY, PRINTING, PRINTING_TWO, PROVEN, RELEASING, report


@pytest.mark.parametrize(
    ("settled", "kind", "outcome", "sheets"),
    [
        (PrintFailed(0, PrinterProblem.JAM), FaultKind.SHEET_JAM, Outcome.SPOILED, 0),
        (PrintFailed(0, PrinterProblem.PAPER_EMPTY, unsent=True), FaultKind.PAPER_EMPTY, Outcome.NOT_PRINTED, 0),
        (PrintFailed(0, PrinterProblem.OFFLINE, unsent=True), FaultKind.PRINTER_AWAY, Outcome.NOT_PRINTED, 0),
        (PrintFailed(0, PrinterProblem.DOOR_OPEN), FaultKind.PRINTER_OPEN, Outcome.SPOILED, 0),
        (PrintFailed(0, PrinterProblem.ONE_SIDED), FaultKind.ONE_SIDED, Outcome.SPOILED, 0),
        (PrintFailed(0, PrinterProblem.OFFLINE, cleared=False), FaultKind.PRINTER_AWAY, Outcome.SPOILED, 0),
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
            Fault(report(kind, MoneyOutcome.RETURNED, returned=600, out=sheets)),
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


def test_a_sheet_of_a_document_that_did_not_come_out_whole_does_not_count_as_out() -> None:
    walk = Walk().go(
        *(*PROVEN, *to_pay(LONG_RESIDENCE_DOCUMENT), *paid(200), *printing(LONG_RESIDENCE_DOCUMENT)),
        Step(DocumentSettled(1, PrintFailed(1, PrinterProblem.JAM)), ReturningMoney),
        Step(MoneyReturned(1, Payout(200, 200)), Fault),
    )
    assert isinstance(walk.state.scene, Fault)
    assert (walk.state.scene.report.sheets_out, walk.state.scene.report.sheets_void) == (0, 1)


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


def test_i9_a_document_that_is_no_longer_what_was_checked_stops_the_municipality_before_any_paper() -> None:
    walk = Walk().go(
        *PRINTING,
        Step(DocumentsRejected(1, "file"), ReturningMoney, (ReportOutcome(1, (), 0, "file"), ReturnMoney(1))),
        Step(
            MoneyReturned(1, Payout(200, 200)),
            Fault(report(FaultKind.INTEGRITY_ALARM, MoneyOutcome.RETURNED, returned=600)),
            (CallStaff(Occasion.ALARM, "4Q7-K2M"),),
        ),
    )
    assert len(walk.wanted(ReportOutcome)) == 1


def test_i9_what_came_out_before_the_alarm_is_kept_and_told_with_it() -> None:
    deliveries = (
        Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1),
        Delivery(SEAL_DOCUMENT, Outcome.NOT_PRINTED, 0),
    )
    walk = Walk().go(
        *PRINTING_TWO,
        printed(),
        Step(DocumentsRejected(1, "key"), ReturningMoney, (SettleMoney(1, 200),)),
        Step(MoneySettled(1, 200, Payout(300, 300)), Fault, (ReportOutcome(1, deliveries, 200, "key"),)),
    )
    assert isinstance(walk.state.scene, Fault)
    assert walk.state.scene.report.kind is FaultKind.INTEGRITY_ALARM
    assert len(walk.wanted(PrintDocument)) == 2


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
