"""Where a clerk hands the sheets over: nothing is kept before the resident has said that they are right (I7)."""

from dataclasses import replace

import pytest

from hardware.cash.model import Payout
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import NoteRight, PrintSlip, ReportOutcome, ReturnMoney, SettleMoney, Timer
from kiosk.flow.events import (
    DocumentSettled,
    DocumentsRejected,
    EffectFailed,
    MoneyReturned,
    MoneySettled,
    RightNoted,
    SheetsRefused,
    SheetsShown,
)
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Declined, Fault, LookAtSheets, ReturningMoney, TakeSheets
from kiosk.flow.slips import FaultSlip
from kiosk.flow.touches import CopiesChanged, Key, Pressed
from kiosk.flow.values.trouble import DeclineReason
from printers.model import PrinterProblem, PrintFailed
from tests.support.kiosk_journey import Fires, Step, Walk, chosen, identified, paid, printed, printing, proven, to_pay
from tests.support.kiosk_samples import RESIDENCE_DOCUMENT

BY_HAND = SiteRules(by_hand=True)
PRINTING = (*identified(), *chosen(), *proven(), *to_pay(), *paid(200), *printing())
OUT = (*PRINTING, printed())
DELIVERED = (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1),)
VOID = (Delivery(RESIDENCE_DOCUMENT, Outcome.SPOILED, 1),)
RIGHT, WRONG = Pressed(Key.SHEETS_RIGHT), Pressed(Key.SHEETS_WRONG)


def out() -> Walk:
    """All sheets are out."""
    walk = Walk(rules=BY_HAND).go(*OUT)
    assert walk.state.scene == LookAtSheets(1)
    return walk


def test_i7_right_is_written_down_before_the_fee_is_kept() -> None:
    walk = out().go(
        Step(SheetsShown(1), LookAtSheets(1, shown=True)),
        Step(RIGHT, LookAtSheets(1, shown=True, right=True), (NoteRight(1, DELIVERED, 200),)),
    )
    assert not walk.wanted(SettleMoney, ReportOutcome)
    walk.go(
        Step(RightNoted(1), LookAtSheets, (SettleMoney(1, 200),)),
        Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets, (ReportOutcome(1, DELIVERED, 200),)),
    )
    assert walk.wanted(SettleMoney) == [SettleMoney(1, 200)]


@pytest.mark.parametrize("said", [WRONG, SheetsRefused(1), Fires(Timer.SCENE)])
def test_i7_without_that_word_all_money_goes_back_and_the_document_is_void(
    said: Pressed | SheetsRefused | Fires,
) -> None:
    walk = out().go(
        Step(SheetsShown(1)),
        Step(said, ReturningMoney, (ReturnMoney(1),)),
        Step(MoneyReturned(1, Payout(200, 200)), Declined, (ReportOutcome(1, VOID, 0),)),
    )
    assert isinstance(walk.state.scene, Declined)
    assert (walk.state.scene.reason, walk.state.scene.returned) == (DeclineReason.SHEETS_NOT_RIGHT, 200)
    assert not walk.wanted(SettleMoney, NoteRight)


@pytest.mark.parametrize("said", [RIGHT, WRONG, RightNoted(1)])
def test_before_the_sheets_are_shown_nobody_can_say_anything_of_them(said: Pressed | RightNoted) -> None:
    walk = out()
    before = walk.state
    assert walk.go(said).state.scene == before.scene


def test_i7_a_word_that_could_not_be_written_down_keeps_nothing() -> None:
    out().go(
        SheetsShown(1),
        RIGHT,
        Step(EffectFailed(NoteRight(1, DELIVERED, 200)), ReturningMoney, (ReturnMoney(1),)),
        Step(RightNoted(1), ReturningMoney),
    )


TWO = (RESIDENCE_DOCUMENT, replace(RESIDENCE_DOCUMENT, copy=1, document_no="3C4D5E6F7G8H9J0L"))
ONE_OUT = (
    *identified(),
    *chosen(),
    Step(CopiesChanged(0, 1)),
    *proven(),
    *to_pay(*TWO),
    *paid(400),
    *printing(*TWO),
    printed(),
)


def test_i9_an_alarm_over_the_second_document_waits_for_nobody_s_word_about_the_first() -> None:
    ends = (Delivery(TWO[0], Outcome.SPOILED, 1), Delivery(TWO[1], Outcome.NOT_PRINTED, 0))
    walk = Walk(rules=BY_HAND).go(
        *ONE_OUT,
        Step(DocumentsRejected(1, "file"), ReturningMoney, (ReturnMoney(1),)),
        Step(MoneyReturned(1, Payout(400, 400)), Fault, (ReportOutcome(1, ends, 0, "file"),)),
    )
    assert sheets(walk) == (0, 1), "what came out before it is handed to nobody"


def sheets(walk: Walk) -> tuple[int, int]:
    """How many the fault screen says are out, and how many are no good."""
    assert isinstance(walk.state.scene, Fault)
    return walk.state.scene.report.sheets_out, walk.state.scene.report.sheets_void


def test_i7_what_came_out_before_a_jam_and_is_not_right_is_told_as_void() -> None:
    jam = DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM))
    walk = Walk(rules=BY_HAND).go(
        *(*ONE_OUT, Step(jam, LookAtSheets(1)), Step(SheetsShown(1))),
        Step(WRONG, ReturningMoney, (ReturnMoney(1),)),
        Step(MoneyReturned(1, Payout(400, 400)), Fault),
    )
    assert sheets(walk) == (0, 1)


def test_i7_a_late_debt_names_no_void_sheet_as_good() -> None:
    walk = out().go(SheetsShown(1), WRONG, Fires(Timer.SCENE), MoneyReturned(1, Payout(700, 0)))
    told = [
        each.slip.report for each in walk.effects if isinstance(each, PrintSlip) and isinstance(each.slip, FaultSlip)
    ]
    assert [(each.owed, each.sheets_out, each.sheets_void) for each in told] == [(200, 0, 1), (700, 0, 1)]


@pytest.mark.parametrize(
    "stops", [DocumentsRejected(1, None), DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM))], ids=["code", "jam"]
)
def test_i7_of_what_came_out_before_a_fault_the_resident_is_asked_and_the_rest_goes_back(
    stops: DocumentsRejected | DocumentSettled,
) -> None:
    walk = Walk(rules=BY_HAND).go(*ONE_OUT, Step(stops, LookAtSheets), SheetsShown(1), RIGHT)
    assert not walk.wanted(SettleMoney, ReturnMoney)
    walk.go(Step(RightNoted(1), ReturningMoney, (SettleMoney(1, 200),)))


def test_where_nothing_came_out_whole_nobody_is_asked() -> None:
    Walk(rules=BY_HAND).go(
        *PRINTING, Step(DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)), ReturningMoney, (ReturnMoney(1),))
    )


def test_elsewhere_the_tray_hands_over_and_nobody_is_asked() -> None:
    Walk().go(*PRINTING, Step(printed().does, None, (SettleMoney(1, 200),)))
