"""Cashless: debited as the last step before the release, paid back what is not delivered, and nothing released while
nobody knows (I7)."""

from dataclasses import replace

import pytest

from hardware.cash.model import Payout
from hardware.cashless.model import WhyNot
from kiosk.flow.documents import Delivery, FeeHeld, Outcome, ReadyToPay
from kiosk.flow.effects import (
    AcceptMoney,
    CallStaff,
    CloseVisit,
    Debit,
    LookAtCash,
    LookAtCashless,
    LookAtPrinters,
    PayBack,
    PrintSlip,
    Release,
    ReportOutcome,
    ReturnMoney,
    SettleMoney,
    StopDebit,
    Timer,
)
from kiosk.flow.events import (
    CashlessSeen,
    Debited,
    DebitInDoubt,
    DebitUnclear,
    DocumentSettled,
    EffectFailed,
    MoneySettled,
    MoneyUnclear,
    NotDebited,
    PoweredOn,
    Prepared,
    PrintersSeen,
    Recovered,
    Refused,
    SlipSettled,
    SlotsOpen,
)
from kiosk.flow.means import Means
from kiosk.flow.occasions import Occasion
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import (
    AskingDebit,
    ChooseMeans,
    Declined,
    Fault,
    Pay,
    Preparing,
    Present,
    Releasing,
    ReturningMoney,
    Start,
    TakeCard,
    TakeSheets,
)
from kiosk.flow.slips import FaultSlip, Receipt
from kiosk.flow.state import Terminal
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind, InDoubt, MoneyOutcome
from koufu.evidence.words import RefusalReason
from printers.model import PrinterProblem, PrintFailed
from tests.support.kiosk_journey import (
    BACK,
    CANCEL,
    CANCEL_YES,
    INSERTED,
    REMOVED,
    Fires,
    Step,
    Walk,
    printed,
    printing,
)
from tests.support.kiosk_samples import CASH_READY, PRINTER_READY, RESIDENCE_DOCUMENT, open_terminal
from tests.support.kiosk_stages import PROVEN, VOIDED, slips

RULES = SiteRules(cashless=True)
READY = ReadyToPay((RESIDENCE_DOCUMENT,), 200)
CASH, CASHLESS = Pressed(Key.CASH), Pressed(Key.CASHLESS)
TO_CHOICE = (
    *PROVEN,
    Step(REMOVED, Preparing),
    Step(Prepared(1, (RESIDENCE_DOCUMENT,))),
    Step(PrintersSeen(PRINTER_READY, PRINTER_READY), ChooseMeans()),
)
PRESENTING = (*TO_CHOICE, Step(CASHLESS, Present(), (Debit(1, READY),)))
DEBITED = (*PRESENTING, Step(Debited(1, 200), Releasing, (Release(1, FeeHeld(200, 200)),)))
PAID_BACK = MoneySettled(1, 0, Payout(200, 200))
NOTHING = MoneySettled(1, 0, Payout(0, 0))


def walk(*, ready: bool = True) -> Walk:
    return Walk(replace(open_terminal(), cashless=ready), RULES)


def told(visit: Walk) -> list[CallStaff]:
    return [each for each in visit.effects if isinstance(each, CallStaff)]


def test_the_fee_is_debited_before_the_release_and_kept_after_the_sheets() -> None:
    visit = walk().go(*DEBITED, *printing(), Step(printed().does, None, (PayBack(1, 200),)))
    visit.go(Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets, (ReportOutcome,)))
    assert not visit.wanted(AcceptMoney, SettleMoney, ReturnMoney)
    (receipt,) = (slip for slip in slips(visit) if isinstance(slip, Receipt))
    assert (receipt.means, receipt.inserted, receipt.change) == (Means.CASHLESS, 200, 0)


def test_cash_is_paid_as_ever_by_whoever_chooses_it() -> None:
    visit = walk().go(*TO_CHOICE, Step(CASH, Pay(0, ()), (AcceptMoney(1, READY),)))
    visit.go(Step(SlotsOpen(1, CASH_READY.accepted), Pay))
    assert not visit.wanted(Debit)


def test_nobody_is_offered_a_payment_terminal_that_is_not_reached() -> None:
    visit = walk().go(CashlessSeen(ready=False), *TO_CHOICE[:-1])
    visit.go(Step(TO_CHOICE[-1].does, Pay, (AcceptMoney(1, READY),)))


def test_a_terminal_without_one_asks_for_none() -> None:
    assert LookAtCashless() not in Walk(Terminal()).go(PoweredOn()).effects
    assert LookAtCashless() in Walk(Terminal(), RULES).go(PoweredOn()).effects


def test_a_payment_terminal_that_failed_is_looked_at_before_the_next_one_is_offered_it() -> None:
    visit = walk().go(*PRESENTING, NotDebited(1, WhyNot.OFFLINE), CANCEL)
    visit.go(Step(CANCEL_YES, Start, (LookAtPrinters(), LookAtCash(), LookAtCashless())))
    unclear = walk().go(*PRESENTING, DebitUnclear(1), Step(MoneyUnclear(1), Fault))
    unclear.go(Step(Pressed(Key.PRIMARY), None, (LookAtCashless(),)))


def test_after_a_visit_a_terminal_without_one_asks_for_none() -> None:
    visit = Walk(open_terminal()).go(INSERTED, REMOVED, CANCEL, Step(CANCEL_YES, Start, (LookAtCash(),)))
    assert not visit.wanted(LookAtCashless)


def test_i13_a_card_that_lies_there_again_leaves_before_anything_is_paid() -> None:
    visit = walk().go(*TO_CHOICE, INSERTED, Step(CASHLESS, TakeCard), Step(REMOVED, ChooseMeans()))
    assert not visit.wanted(Debit)


@pytest.mark.parametrize("why", WhyNot)
def test_who_did_not_pay_chooses_again(why: WhyNot) -> None:
    visit = walk().go(*PRESENTING, Step(NotDebited(1, why), ChooseMeans(why)))
    visit.go(Step(CASHLESS, Present(), (Debit,)), Step(NotDebited(1, why)), Step(CASH, Pay, (AcceptMoney,)))


def test_back_from_the_payment_terminal_to_cash_while_nothing_is_debited() -> None:
    visit = walk().go(*PRESENTING, Step(BACK, Present(stopping=True), (StopDebit(1),)), Step(BACK, Present))
    visit.go(Step(NotDebited(1, WhyNot.GIVEN_UP), ChooseMeans()), Step(CASH, Pay, (AcceptMoney,)))
    assert not visit.wanted(PayBack)


def test_what_was_presented_in_the_moment_of_going_back_is_paid() -> None:
    walk().go(*PRESENTING, BACK, Step(Debited(1, 200), Releasing, (Release,)))


@pytest.mark.parametrize("answer", [PAID_BACK, NOTHING])
def test_who_cancels_has_paid_nothing_in_the_end(answer: MoneySettled) -> None:
    visit = walk().go(*PRESENTING, CANCEL, Step(CANCEL_YES, ReturningMoney, (VOIDED, StopDebit(1), PayBack(1, 0))))
    visit.go(Step(NotDebited(1, WhyNot.GIVEN_UP), ReturningMoney), Step(answer, Start))
    assert not told(visit)


def test_who_cancels_at_the_choice_owes_nobody_anything() -> None:
    visit = walk().go(*TO_CHOICE, CANCEL, Step(CANCEL_YES, Start))
    assert not visit.wanted(PayBack, ReturnMoney)


def test_nothing_is_released_while_nobody_knows() -> None:
    visit = walk().go(*PRESENTING, Step(DebitInDoubt(1), AskingDebit()), Step(CANCEL, AskingDebit))
    assert visit.state.overlay is None
    assert not visit.wanted(Release)
    visit.go(Step(Debited(1, 200), Releasing, (Release,)))


def test_a_debit_that_nobody_can_tell_of_releases_nothing_and_stands_on_a_slip() -> None:
    visit = walk().go(*PRESENTING, DebitInDoubt(1), Step(DebitUnclear(1), ReturningMoney, (VOIDED, PayBack(1, 0))))
    visit.go(Step(MoneyUnclear(1), Fault, (CallStaff(Occasion.UNCONFIRMED_CASHLESS_DEBT, "4Q7-K2M", 200), PrintSlip)))
    assert isinstance(visit.state.scene, Fault)
    report = visit.state.scene.report
    assert (report.kind, report.money, report.owed) == (FaultKind.CASHLESS_STOPPED, MoneyOutcome.OWED, 200)
    assert report.in_doubt is InDoubt.DEBIT
    assert not visit.wanted(Release)
    assert not visit.wanted(CloseVisit)
    visit.go(Step(SlipSettled(1, FaultSlip(report), True), Fault, (CloseVisit(1),)))
    assert OutOfService.UNSETTLED not in visit.state.out_of_service


def test_a_debit_that_turns_out_not_to_be_one_owes_nothing() -> None:
    visit = walk().go(*PRESENTING, DebitUnclear(1), Step(NOTHING, Fault))
    assert isinstance(visit.state.scene, Fault)
    assert visit.state.scene.report.kind is FaultKind.CASHLESS_UNDONE
    assert (visit.state.scene.report.money, visit.state.scene.report.owed) == (MoneyOutcome.NONE_TAKEN, 0)


@pytest.mark.parametrize("broken", [EffectFailed(Debit(1, READY)), Fires(Timer.SCENE)])
def test_a_payment_terminal_that_breaks_or_says_nothing_counts_as_not_knowing(broken: EffectFailed | Fires) -> None:
    visit = walk().go(*PRESENTING, Step(broken, ReturningMoney, (PayBack(1, 0),)))
    visit.go(Step(EffectFailed(PayBack(1, 0)), Fault, (CallStaff(Occasion.UNCONFIRMED_CASHLESS_DEBT, "4Q7-K2M", 200),)))


def test_one_that_never_answers_to_a_cancel_may_have_debited() -> None:
    visit = walk().go(*PRESENTING, CANCEL, CANCEL_YES, Step(Fires(Timer.SCENE), Fault))
    assert [call.yen for call in told(visit)] == [200]


def test_another_sum_than_the_fee_is_not_trusted() -> None:
    visit = walk().go(*PRESENTING, Step(Debited(1, 100), ReturningMoney, (PayBack(1, 0),)))
    assert not visit.wanted(Release)
    visit.go(Step(MoneySettled(1, 0, Payout(100, 100)), Fault))
    assert isinstance(visit.state.scene, Fault)
    assert visit.state.scene.report.kind is FaultKind.CASHLESS_SUM


def test_one_that_answers_and_does_not_pay_back_is_not_called_silent() -> None:
    visit = walk().go(*PRESENTING, DebitUnclear(1), Step(MoneySettled(1, 0, Payout(200, 0)), Fault))
    assert isinstance(visit.state.scene, Fault)
    report = visit.state.scene.report
    assert (report.kind, report.owed, report.in_doubt) == (FaultKind.CASHLESS_REFUSED, 200, None)
    assert CallStaff(Occasion.DEBT, "4Q7-K2M", 200) in visit.effects


def test_a_release_that_is_refused_is_paid_back() -> None:
    visit = walk().go(*DEBITED, Step(Refused(1, RefusalReason.SUSPENDED, None, None), ReturningMoney, (PayBack(1, 0),)))
    visit.go(Step(PAID_BACK, Declined))
    assert isinstance(visit.state.scene, Declined)
    assert (visit.state.scene.returned, visit.state.scene.means) == (200, Means.CASHLESS)


SPOILED_ONE = (Delivery(RESIDENCE_DOCUMENT, Outcome.SPOILED, 0),)
JAMMED = DocumentSettled(1, PrintFailed(0, PrinterProblem.JAM))


def test_what_is_not_delivered_is_paid_back() -> None:
    visit = walk().go(*DEBITED, *printing(), Step(JAMMED, ReturningMoney, (PayBack(1, 0),)))
    visit.go(Step(PAID_BACK, Fault, (ReportOutcome(1, SPOILED_ONE, 0),)))
    assert isinstance(visit.state.scene, Fault)
    report = visit.state.scene.report
    assert (report.money, report.returned, report.paid_out) == (MoneyOutcome.RETURNED, 200, 0)


def test_what_can_not_be_paid_back_stands_on_a_slip() -> None:
    visit = walk().go(*DEBITED, *printing(), JAMMED, Step(MoneySettled(1, 0, Payout(200, 0)), Fault))
    assert [(call.occasion, call.yen) for call in told(visit)] == [(Occasion.DEBT, 200)]


def test_a_late_word_of_the_payment_terminal_is_not_counted_twice() -> None:
    """The journal asks for what stands open, and tells staff."""
    visit = walk().go(*DEBITED, *printing(), JAMMED, Step(MoneyUnclear(1), Fault))
    assert isinstance(visit.state.scene, Fault)
    # It was paid, for certain: what nobody knows is whether it went back.
    assert visit.state.scene.report.in_doubt is InDoubt.PAY_BACK
    before = len(told(visit))
    visit.go(Step(PAID_BACK, Fault))
    assert len(told(visit)) == before


@pytest.mark.parametrize(
    ("owed", "debited", "in_doubt"),
    [(0, True, None), (200, False, InDoubt.DEBIT), (200, True, InDoubt.PAY_BACK)],
)
def test_after_a_restart_the_screen_says_how_it_goes_back(owed: int, debited: bool, in_doubt: InDoubt | None) -> None:
    starting = Walk(Terminal(), RULES).go(PoweredOn())
    recovered = Recovered(200 - owed, owed, "7AB-12C", not owed, means=Means.CASHLESS, debited=debited)
    starting.go(Step(recovered, Fault))
    assert isinstance(starting.state.scene, Fault)
    report = starting.state.scene.report
    assert (report.means, report.paid_out, report.in_doubt) == (Means.CASHLESS, 0, in_doubt)
    assert OutOfService.UNSETTLED not in starting.state.out_of_service
