"""From the confirmation to the first sheet: whatever breaks there, nothing is kept and nothing printed."""

from dataclasses import replace

import pytest

from hardware.cash.model import Payout
from kiosk.flow.effects import (
    AcceptMoney,
    CallStaff,
    CheckDocuments,
    EraseVisit,
    LookAtPrinters,
    Prepare,
    PrintDocument,
    PrintSlip,
    Release,
    ReportOutcome,
    ReturnMoney,
    ServerCall,
    Timer,
)
from kiosk.flow.events import (
    DocumentsAccepted,
    DocumentsRejected,
    MoneyReturned,
    Prepared,
    PrintersSeen,
    Refused,
    RegisterMoved,
    ServerFailed,
    SlipSettled,
)
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import (
    Closed,
    Declined,
    Fault,
    Pay,
    Preparing,
    Releasing,
    ReturningMoney,
    SlipState,
    Start,
    TakeBelongings,
    TakeCard,
)
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Alarm
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.service import Belonging, OutOfService
from kiosk.flow.values.trouble import DeclineReason, FaultKind, MoneyOutcome
from koufu.evidence.words import CertificateKind, RefusalReason
from printers.model import PrinterProblem, PrinterStatus, PrinterWarning, not_ready
from tests.support.kiosk_journey import (
    PRIMARY,
    REMOVED,
    Fires,
    Step,
    Walk,
    printed,
    printing,
)
from tests.support.kiosk_samples import (
    LONG_RESIDENCE_DOCUMENT,
    PRINTER_EMPTY,
    PRINTER_JAMMED,
    PRINTER_READY,
    RESIDENCE_DOCUMENT,
    SEAL_DOCUMENT,
    WINDOW,
    accepted,
)
from tests.support.kiosk_stages import (
    ALL_READY,
    AT_PAY,
    NOT_PRINTED,
    PROVEN,
    RECEIPT,
    RELEASING,
    VOIDED,
    report,
)


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
        (not_ready(PrinterProblem.DOOR_OPEN), FaultKind.PRINTER_OPEN, OutOfService.PRINTER),
        (not_ready(PrinterProblem.TONER_EMPTY), FaultKind.TONER_EMPTY, OutOfService.PRINTER),
        (not_ready(PrinterProblem.OUTPUT_FULL), FaultKind.OUTPUT_FULL, OutOfService.PRINTER),
        (not_ready(PrinterProblem.ONE_SIDED), FaultKind.ONE_SIDED, OutOfService.PRINTER),
        (not_ready(PrinterProblem.OFFLINE), FaultKind.PRINTER_AWAY, OutOfService.PRINTER),
        (not_ready(PrinterProblem.ASLEEP), FaultKind.PRINTER_STOPPED, OutOfService.PRINTER),
        (replace(PRINTER_READY, sheets_available=0), FaultKind.PAPER_EMPTY, OutOfService.PAPER),
    ],
)
def test_what_can_not_be_printed_now_is_not_paid_for(
    status: PrinterStatus, kind: FaultKind, reason: OutOfService
) -> None:
    told = report(kind, MoneyOutcome.NONE_TAKEN)
    walk = Walk().go(
        *PROVEN,
        Step(REMOVED),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), Preparing, (LookAtPrinters(awake=True),)),
        Step(PrintersSeen(status, PRINTER_READY), Fault(told), (VOIDED,)),
        Step(SlipSettled(1, RECEIPT, True), Fault(told)),
        Step(SlipSettled(1, FaultSlip(told), True), Fault(told, SlipState.OUT)),
        Step(SlipSettled(1, FaultSlip(told), False), Fault(told, SlipState.FAILED)),
        Step(PRIMARY, Closed(frozenset({reason}))),
        Step(PrintersSeen(PRINTER_READY, PRINTER_READY), Start),
    )
    assert not walk.wanted(AcceptMoney)


@pytest.mark.parametrize(
    ("slips", "kind"), [(PRINTER_JAMMED, FaultKind.SLIPS_STOPPED), (PRINTER_EMPTY, FaultKind.SLIP_PAPER)]
)
def test_i7_nobody_pays_where_a_debt_could_not_be_put_on_a_slip(slips: PrinterStatus, kind: FaultKind) -> None:
    walk = Walk().go(
        *PROVEN,
        Step(REMOVED),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), Preparing),
        Step(PrintersSeen(PRINTER_READY, slips), Fault(report(kind, MoneyOutcome.NONE_TAKEN)), (VOIDED,)),
    )
    assert not walk.wanted(AcceptMoney)


def test_documents_for_something_else_than_was_ordered_are_an_alarm() -> None:
    Walk().go(*PROVEN, Step(Prepared(1, (SEAL_DOCUMENT,)), Fault, (ReportOutcome(1, (), 0, "documents"),)))


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
            Fault(report(FaultKind.SERVER_AWAY, MoneyOutcome.RETURNED, returned=600)),
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
        Step(Prepared(1, (LONG_RESIDENCE_DOCUMENT,)), Releasing, (LookAtPrinters(awake=True),)),
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
        (PrintersSeen(PRINTER_READY, PRINTER_JAMMED), FaultKind.SLIPS_STOPPED),
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
            Fault(report(FaultKind.DOCUMENT_UNREADABLE, MoneyOutcome.RETURNED, returned=600)),
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
            Fault(report(FaultKind.INTEGRITY_ALARM, MoneyOutcome.RETURNED, returned=600)),
            (CallStaff(Occasion.ALARM, "4Q7-K2M", 0),),
        ),
        Step(PRIMARY, Closed(frozenset({OutOfService.SUSPENDED}))),
    )
    assert not walk.wanted(PrintDocument)
    assert walk.state.alarm is Alarm.RAISED


def test_i9_staff_hear_of_an_alarm_and_of_the_money_that_is_owed_with_it() -> None:
    walk = Walk().go(
        *RELEASING,
        *printing()[:1],
        DocumentsRejected(1, "proof"),
        Step(
            MoneyReturned(1, Payout(600, 200)),
            Fault,
            (CallStaff(Occasion.ALARM, "4Q7-K2M"), CallStaff(Occasion.DEBT, "4Q7-K2M", 400)),
        ),
    )
    assert len(walk.wanted(CallStaff)) == 2


def test_documents_accepted_for_something_else_are_an_alarm() -> None:
    Walk().go(*RELEASING, *printing()[:1], Step(DocumentsAccepted(1, accepted(SEAL_DOCUMENT)), ReturningMoney))


@pytest.mark.parametrize("scene", [Preparing, Releasing])
def test_a_call_for_staff_does_not_stand_before_what_a_resident_waits_for(scene: type) -> None:
    way = (*PROVEN, Step(REMOVED, Preparing)) if scene is Preparing else RELEASING
    walk = Walk().go(*way, Step(Pressed(Key.CALL_STAFF), scene))
    assert CallStaff(Occasion.STAFF_WANTED, "4Q7-K2M", at_once=False) in walk.effects


def test_a_call_for_staff_where_nobody_waits_for_the_server_is_made_at_once() -> None:
    walk = Walk().go(*AT_PAY, Pressed(Key.CALL_STAFF))
    assert CallStaff(Occasion.STAFF_WANTED, "4Q7-K2M", at_once=True) in walk.effects


def test_a_roll_that_ends_soon_lets_the_visit_at_hand_end_and_none_begin() -> None:
    low = PrinterStatus(warnings=frozenset({PrinterWarning.PAPER_LOW}))
    Walk().go(
        *PROVEN,
        Step(REMOVED),
        Step(Prepared(1, (RESIDENCE_DOCUMENT,)), Preparing),
        Step(PrintersSeen(PRINTER_READY, low), Pay, (CallStaff(Occasion.SLIP_PAPER), AcceptMoney)),
    )
    walk = Walk().go(Step(PrintersSeen(PRINTER_READY, low), Closed(frozenset({OutOfService.SLIP_PAPER}))))
    assert walk.wanted(CallStaff) == [CallStaff(Occasion.SLIP_PAPER)]
    walk.go(Step(PrintersSeen(PRINTER_READY, low)), Step(PrintersSeen(PRINTER_READY, PRINTER_READY), Start))
    assert len(walk.wanted(CallStaff)) == 1
