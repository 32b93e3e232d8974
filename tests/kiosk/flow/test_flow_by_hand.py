"""Where a clerk hands the sheets over: nothing is kept before the resident has said that they are right (I7)."""

import pytest

from hardware.cash.model import Payout
from kiosk.flow.cash_events import MoneyReturned, MoneySettled
from kiosk.flow.counter_events import RightNoted, SheetsRefused, SheetsShown
from kiosk.flow.documents import Delivery, Outcome
from kiosk.flow.effects import NoteRight, ReportOutcome, ReturnMoney, SettleMoney, Timer
from kiosk.flow.events import DocumentSettled, EffectFailed
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import Declined, LookAtSheets, ReturningMoney, TakeSheets
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values import DeclineReason
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


def test_where_nothing_came_out_whole_nobody_is_asked() -> None:
    Walk(rules=BY_HAND).go(
        *PRINTING, Step(DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM)), ReturningMoney, (ReturnMoney(1),))
    )


def test_elsewhere_the_tray_hands_over_and_nobody_is_asked() -> None:
    Walk().go(*PRINTING, Step(printed().does, None, (SettleMoney(1, 200),)))
