"""Idle, left behind, out of service, alarms: the terminal when nobody or the wrong thing is there."""

from dataclasses import replace

import pytest

from hardware.cash.model import CashProblem, CashStatus, Payout
from hardware.sensors.model import Lamp, PersonChanged, Place, PlaceChanged
from kiosk.flow.effects import (
    BEFORE_RESTART,
    Announce,
    Announcement,
    CallStaff,
    ClearPad,
    CloseVisit,
    EraseVisit,
    LookAtCash,
    LookAtJournal,
    LookAtPrinters,
    OpenVisit,
    PrintSlip,
    Recover,
    ReportOutcome,
    SendHeartbeat,
    SetLamp,
    StartTimer,
    Timer,
    WriteDown,
)
from kiosk.flow.events import (
    CashSeen,
    EffectFailed,
    Event,
    HeartbeatAnswered,
    HeartbeatFailed,
    JournalSeen,
    MoneySettled,
    PoweredOn,
    PrintersSeen,
    Recovered,
    RecoveryFailed,
    SessionOpened,
    SlipSettled,
    StaffNeeded,
    TimerFired,
)
from kiosk.flow.occasions import Occasion
from kiosk.flow.rules import SiteRules
from kiosk.flow.scenes import (
    AskCancel,
    AwaitCard,
    ChoosePurpose,
    Closed,
    EnterPin,
    Fault,
    IdleWarning,
    Languages,
    SeeingAndHearing,
    SlipState,
    StaffCalled,
    Start,
    TakeBelongings,
    TakeCard,
    TakeSheets,
)
from kiosk.flow.slips import FaultSlip
from kiosk.flow.state import Alarm, Terminal
from kiosk.flow.step import step
from kiosk.flow.touches import Key, LanguageChosen, PinTyped, Pressed
from kiosk.flow.values.presentation import Language, Presentation
from kiosk.flow.values.service import Belonging, OutOfService
from kiosk.flow.values.trouble import MoneyOutcome
from tests.support.kiosk_journey import (
    CANCEL,
    CANCEL_YES,
    INSERTED,
    PRIMARY,
    READER_BACK,
    READER_LOST,
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
    BOARD,
    CASH_READY,
    PRINTER_EMPTY,
    PRINTER_JAMMED,
    PRINTER_READY,
    open_terminal,
)

DISMISS = Pressed(Key.DISMISS)
START = Pressed(Key.START)
ALL_WELL = (
    Step(Recovered(0, 0, "")),
    Step(PrintersSeen(PRINTER_READY, PRINTER_READY)),
    Step(CashSeen(CASH_READY)),
    Step(HeartbeatAnswered(BOARD, None)),
)
AT_SHEETS = (
    *identified(),
    *chosen(),
    *proven(),
    *to_pay(),
    *paid(),
    *printing(),
    Step(PlaceChanged(Place.SHEET_TRAY, True)),
    printed(),
    Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets),
)


def closed(*reasons: OutOfService) -> Closed:
    return Closed(frozenset(reasons))


def test_the_terminal_opens_when_everybody_has_spoken_once() -> None:
    walk = Walk(Terminal()).go(
        Step(
            PoweredOn(),
            closed(OutOfService.STARTING),
            (
                LookAtJournal(),
                Recover(),
                LookAtPrinters(),
                LookAtCash(),
                SendHeartbeat,
                StartTimer(Timer.HEARTBEAT, 30, 1),
            ),
        ),
        *ALL_WELL[:-1],
        Step(START, closed(OutOfService.STARTING)),
        Step(INSERTED, closed(OutOfService.STARTING, OutOfService.LEFT_BEHIND)),
        Step(REMOVED, closed(OutOfService.STARTING)),
        Step(HeartbeatAnswered(BOARD, None), Start),
    )
    assert walk.state.board == BOARD
    assert walk.effects[-1] == SetLamp(Lamp.READY)


@pytest.mark.parametrize(
    ("broken", "solved", "reason"),
    [
        (PrintersSeen(PRINTER_JAMMED, PRINTER_READY), ALL_WELL[1].does, OutOfService.PRINTER),
        (PrintersSeen(PRINTER_READY, PRINTER_JAMMED), ALL_WELL[1].does, OutOfService.SLIPS),
        (PrintersSeen(PRINTER_EMPTY, PRINTER_READY), ALL_WELL[1].does, OutOfService.PAPER),
        (
            CashSeen(CashStatus(frozenset({CashProblem.JAM}), 0, ())),
            ALL_WELL[2].does,
            OutOfService.CASH,
        ),
        (
            CashSeen(CashStatus(frozenset({CashProblem.NO_CHANGE}), 0, ())),
            ALL_WELL[2].does,
            OutOfService.NO_CHANGE,
        ),
        (READER_LOST, READER_BACK, OutOfService.CARD_READER),
        (JournalSeen(works=False), JournalSeen(works=True), OutOfService.JOURNAL),
        (EffectFailed(LookAtJournal()), JournalSeen(works=True), OutOfService.JOURNAL),
        (HeartbeatAnswered(None, OutOfService.NOT_ADMITTED), ALL_WELL[3].does, OutOfService.NOT_ADMITTED),
        (HeartbeatAnswered(None, OutOfService.NOT_SERVED), ALL_WELL[3].does, OutOfService.NOT_SERVED),
        (HeartbeatAnswered(None, OutOfService.SUSPENDED), ALL_WELL[3].does, OutOfService.SUSPENDED),
        (EffectFailed(LookAtCash()), ALL_WELL[2].does, OutOfService.CASH),
        (PlaceChanged(Place.SHEET_TRAY, True), PlaceChanged(Place.SHEET_TRAY, False), OutOfService.LEFT_BEHIND),
        (PlaceChanged(Place.CHANGE_TRAY, True), PlaceChanged(Place.CHANGE_TRAY, False), OutOfService.LEFT_BEHIND),
    ],
)
def test_a_problem_between_visits_closes_the_terminal_until_it_is_solved(
    broken: Event, solved: Event, reason: OutOfService
) -> None:
    Walk().go(Step(broken, closed(reason)), Step(START, closed(reason)), Step(solved, Start))


def test_printers_that_could_not_be_looked_at_close_the_terminal() -> None:
    both = Closed(frozenset({OutOfService.PRINTER, OutOfService.SLIPS}))
    Walk().go(Step(EffectFailed(LookAtPrinters()), both), Step(ALL_WELL[1].does, Start))


def test_one_lost_heartbeat_is_asked_again_soon_and_the_second_closes() -> None:
    walk = Walk().go(Step(HeartbeatFailed(), Start))
    assert walk.seconds(Timer.HEARTBEAT) == walk.rules.retry_s
    walk.go(
        Step(Fires(Timer.HEARTBEAT), Start, (SendHeartbeat,)),
        Step(HeartbeatFailed(), closed(OutOfService.SERVER_AWAY)),
        Step(Fires(Timer.HEARTBEAT), Closed, (SendHeartbeat, LookAtPrinters(), LookAtCash())),
        Step(HeartbeatAnswered(BOARD, None), Start),
    )


def test_a_heartbeat_goes_out_every_30_s_but_never_before_a_waiting_resident() -> None:
    walk = Walk(replace(open_terminal(), armed=((Timer.HEARTBEAT, 1),), timer_runs=1))
    walk.go(Step(Fires(Timer.HEARTBEAT), Start, (SendHeartbeat,)))
    assert walk.seconds(Timer.HEARTBEAT) == 30
    walk.go(*identified(), *chosen(), *proven())
    before = len(walk.wanted(SendHeartbeat))
    walk.go(Fires(Timer.HEARTBEAT))
    assert len(walk.wanted(SendHeartbeat)) == before


def test_i9_an_alarm_outlives_a_restart_though_the_server_says_that_all_is_well() -> None:
    walk = Walk(Terminal()).go(
        PoweredOn(alarmed=True), *ALL_WELL, Step(ALL_WELL[-1].does, closed(OutOfService.SUSPENDED))
    )
    assert walk.state.alarm is Alarm.RAISED
    walk.go(HeartbeatAnswered(None, OutOfService.SUSPENDED))
    walk.go(Step(ALL_WELL[-1].does, Start, (WriteDown(Occasion.ALARM_CLOSED),)))


def test_i9_an_alarm_is_closed_by_a_person_at_the_server_and_by_nothing_else() -> None:
    raised = replace(open_terminal(), alarm=Alarm.RAISED, out_of_service=frozenset({OutOfService.SUSPENDED}))
    Walk(replace(raised, scene=closed(OutOfService.SUSPENDED))).go(
        Step(HeartbeatAnswered(BOARD, None), closed(OutOfService.SUSPENDED)),
        Step(HeartbeatAnswered(BOARD, OutOfService.SUSPENDED), closed(OutOfService.SUSPENDED)),
        Step(HeartbeatFailed(), closed(OutOfService.SUSPENDED)),
        Step(HeartbeatAnswered(BOARD, None), Start),
    )


@pytest.mark.parametrize("place", [Place.SHEET_TRAY, Place.CHANGE_TRAY])
def test_i13_no_visit_begins_while_something_lies_there(place: Place) -> None:
    walk = Walk().go(
        Step(PlaceChanged(place, True), closed(OutOfService.LEFT_BEHIND)),
        Step(START, Closed),
        Step(INSERTED, Closed),
        Step(REMOVED, Closed),
    )
    assert not walk.wanted(OpenVisit)


def test_i13_a_receipt_keeps_nobody_waiting() -> None:
    Walk().go(Step(PlaceChanged(Place.RECEIPT_SLOT, True), Start), Step(INSERTED, None, (OpenVisit(1),)))


def test_i13_what_is_left_gets_voice_and_lamp_at_5_s_and_a_person_at_30_s() -> None:
    walk = Walk().go(*AT_SHEETS)
    assert (walk.seconds(Timer.ATTENTION), walk.seconds(Timer.STAFF)) == (5, 30)
    sheets = frozenset({Belonging.SHEETS})
    walk.go(
        Step(
            Fires(Timer.ATTENTION),
            TakeSheets,
            (Announce(Announcement.LEFT_BEHIND, sheets, Language.JAPANESE), SetLamp(Lamp.ATTENTION)),
        ),
        Step(
            Fires(Timer.STAFF),
            TakeSheets,
            (
                CallStaff(Occasion.LEFT_BEHIND, "4Q7-K2M", belongings=sheets),
                Announce(Announcement.STAFF_COMING, sheets, Language.JAPANESE),
            ),
        ),
        Step(Fires(Timer.SCENE), closed(OutOfService.LEFT_BEHIND), (EraseVisit(1),)),
        Step(INSERTED, Closed),
        Step(REMOVED, Closed),
        Step(PlaceChanged(Place.SHEET_TRAY, False), Start, (WriteDown(Occasion.LEFT_BEHIND_SOLVED),)),
    )


def test_i13_finishing_with_sheets_left_keeps_the_terminal_from_the_next() -> None:
    Walk().go(
        *AT_SHEETS,
        Step(PRIMARY, TakeBelongings(frozenset({Belonging.SHEETS}))),
        Step(INSERTED, TakeBelongings),
        Step(PlaceChanged(Place.SHEET_TRAY, False), TakeBelongings(frozenset({Belonging.CARD}))),
        Step(REMOVED, Start),
    )


def test_i13_a_card_forgotten_voids_the_order_and_closes_the_terminal() -> None:
    walk = Walk().go(*identified(), *chosen(), *proven())
    assert walk.seconds(Timer.ATTENTION) == 5
    walk.go(
        Step(Fires(Timer.ATTENTION), TakeCard, (Announce,)),
        Step(Fires(Timer.STAFF), TakeCard, (CallStaff,)),
        Step(Fires(Timer.SCENE), closed(OutOfService.LEFT_BEHIND), (ReportOutcome(1, (), 0), EraseVisit(1))),
        Step(REMOVED, Start, (WriteDown(Occasion.LEFT_BEHIND_SOLVED),)),
    )


def test_everything_taken_ends_by_itself() -> None:
    walk = Walk().go(*AT_SHEETS, Step(PlaceChanged(Place.SHEET_TRAY, False), TakeSheets))
    assert walk.seconds(Timer.SCENE) == walk.rules.done_s
    walk.go(Step(Fires(Timer.SCENE), Start))


@pytest.mark.parametrize(
    "journey",
    [
        (Step(START, AwaitCard),),
        identified()[:4],
        identified(),
        (*identified(), *chosen()),
        (*identified(), *chosen(), *proven(), *to_pay()),
    ],
)
def test_an_idle_person_is_warned_20_s_and_then_everything_is_erased(journey: tuple[Step, ...]) -> None:
    walk = Walk().go(*journey, Fires(Timer.SCENE))
    assert walk.state.overlay == IdleWarning(20)
    walk.go(*[Fires(Timer.COUNTDOWN)] * 19)
    assert walk.state.overlay == IdleWarning(1)
    walk.go(Fires(Timer.COUNTDOWN))
    if walk.state.visit is not None:
        assert walk.state.visit.paying
    else:
        assert EraseVisit(1) in walk.effects
        assert walk.state.presentation == Presentation()


def test_any_touch_continues_after_the_warning_and_touches_nothing_else() -> None:
    walk = Walk().go(*identified(), *chosen(), Fires(Timer.SCENE), Step(PRIMARY))
    assert walk.state.overlay is None
    assert not isinstance(walk.state.scene, TakeCard)


def test_a_digit_typed_over_the_warning_counts() -> None:
    walk = Walk().go(*identified()[:4], Fires(Timer.SCENE), PinTyped(1))
    assert walk.state.overlay is None
    assert isinstance(walk.state.scene, EnterPin)
    assert walk.state.scene.digits == 1


def test_a_touch_starts_the_wait_anew() -> None:
    walk = Walk().go(*identified())
    run = walk.running(Timer.SCENE)
    walk.go(DISMISS)
    assert walk.running(Timer.SCENE) != run


def test_a_timer_that_was_started_anew_fires_for_nothing() -> None:
    walk = Walk().go(*identified())
    old = walk.running(Timer.SCENE)
    assert old is not None
    walk.go(DISMISS)
    state = walk.state
    walk.go(TimerFired(Timer.SCENE, old))
    assert walk.state == state


def test_cancel_asks_once_and_erases_everything() -> None:
    walk = Walk().go(*identified(), CANCEL)
    assert walk.state.overlay == AskCancel()
    walk.go(Step(DISMISS, ChoosePurpose), CANCEL_YES)
    assert walk.state.visit is not None
    walk.go(
        CANCEL,
        Step(CANCEL_YES, TakeBelongings(frozenset({Belonging.CARD})), (EraseVisit(1),)),
        Step(REMOVED, Start),
    )


def test_leaving_the_pin_pad_wipes_it() -> None:
    walk = Walk().go(*identified()[:4], PinTyped(3), CANCEL)
    cleared = len(walk.wanted(ClearPad))
    walk.go(CANCEL_YES)
    assert len(walk.wanted(ClearPad)) == cleared + 1


@pytest.mark.parametrize(
    ("key", "overlay"),
    [
        (Key.SEEING_AND_HEARING, SeeingAndHearing()),
        (Key.LANGUAGES, Languages()),
        (Key.CALL_STAFF, StaffCalled()),
    ],
)
def test_keys_that_work_everywhere(key: Key, overlay: object) -> None:
    walk = Walk().go(*identified(), Pressed(key))
    assert walk.state.overlay == overlay
    walk.go(Step(PRIMARY, ChoosePurpose), DISMISS)
    assert walk.state.overlay is None


def test_staff_are_called_once_and_waited_for() -> None:
    walk = Walk().go(*identified(), Pressed(Key.CALL_STAFF), Pressed(Key.CALL_STAFF))
    assert [each.occasion for each in walk.effects if isinstance(each, CallStaff)] == [Occasion.STAFF_WANTED]
    assert walk.seconds(Timer.SCENE) == walk.rules.staff_wait_s


def test_how_it_looks_and_sounds_is_set_for_one_person() -> None:
    walk = Walk().go(
        *[Pressed(key) for key in (Key.LARGE, Key.CONTRAST, Key.LOW_REACH, Key.LEFT_HAND, Key.VOICE)],
        LanguageChosen(Language.ENGLISH),
    )
    wanted = Presentation(Language.ENGLISH, large=True, contrast=True, low_reach=True, voice=True, left_hand=True)
    assert walk.state.presentation == wanted
    walk.go(*identified())
    assert walk.state.presentation == wanted
    walk.go(CANCEL, CANCEL_YES)
    assert walk.state.presentation == Presentation()


@pytest.mark.parametrize("why", [Fires(Timer.SCENE), PersonChanged(present=False)])
def test_a_start_screen_somebody_changed_goes_back_by_itself(why: Event | Fires) -> None:
    walk = Walk().go(Pressed(Key.LARGE), why)
    assert walk.state.presentation == Presentation()


def test_a_debt_from_before_a_restart_is_told_to_staff() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(300, 200, "7AB-12C"))
    assert CallStaff(Occasion.DEBT, "7AB-12C", 200) in walk.effects
    assert len(walk.wanted(PrintSlip)) == 1


def test_i7_staff_are_told_of_a_debt_from_before_a_restart_whose_slip_did_not_come_out() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(300, 200, "7AB-12C"))
    (printing,) = (each for each in walk.effects if isinstance(each, PrintSlip))
    walk.go(SlipSettled(BEFORE_RESTART, printing.slip, printed=False))
    assert CallStaff(Occasion.DEBT_WITHOUT_SLIP, "7AB-12C", 200) in walk.effects


def test_money_that_belonged_to_no_visit_is_told_to_staff_only() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(300, 200, ""))
    found, debt = CallStaff(Occasion.CASH_WITHOUT_VISIT, "", 500), CallStaff(Occasion.DEBT, "", 200)
    assert walk.wanted(CallStaff) == [found, debt]
    assert not walk.wanted(PrintSlip)


def test_money_of_nobody_that_all_came_out_is_told_to_staff_with_its_sum() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(300, 0, ""), *ALL_WELL[1:])
    assert walk.wanted(CallStaff) == [CallStaff(Occasion.CASH_WITHOUT_VISIT, "", 300)]


def test_a_start_that_finds_nothing_calls_nobody() -> None:
    assert not Walk(Terminal()).go(PoweredOn(), *ALL_WELL).wanted(CallStaff)


def test_late_answers_of_an_old_attempt_change_nothing() -> None:
    walk = Walk().go(*identified(), CANCEL, CANCEL_YES, Step(REMOVED, Start), *identified(2))
    after, effects = step(walk.state, SessionOpened(1), SiteRules())
    assert (after, effects) == (walk.state, ())


def test_a_heartbeat_that_breaks_counts_as_none() -> None:
    walk = Walk().go(EffectFailed(SendHeartbeat(frozenset())), EffectFailed(SendHeartbeat(frozenset())))
    assert walk.state.scene == closed(OutOfService.SERVER_AWAY)


def test_i7_a_recovery_that_breaks_keeps_the_visit_and_closes_the_terminal_until_the_next_start() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), EffectFailed(Recover()), *ALL_WELL[1:])
    assert walk.state.scene == closed(OutOfService.UNSETTLED)
    assert CallStaff(Occasion.UNSETTLED) in walk.effects
    assert not walk.wanted(CloseVisit)
    walk.go(Step(CashSeen(CASH_READY), closed(OutOfService.UNSETTLED)), Step(INSERTED, Closed))


def test_i7_a_money_device_that_says_nothing_at_the_start_is_told_to_staff_and_may_speak_later() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), *[each for each in ALL_WELL[1:] if not isinstance(each.does, CashSeen)])
    assert walk.state.scene == closed(OutOfService.STARTING)
    assert walk.seconds(Timer.RECOVERY) == walk.rules.recovery_guard_s
    walk.go(
        Step(Fires(Timer.RECOVERY), closed(OutOfService.UNSETTLED), (CallStaff(Occasion.UNSETTLED),)),
        Step(Recovered(0, 0, "7AB-12C"), Start, (CloseVisit(BEFORE_RESTART),)),
    )
    assert len(walk.wanted(CallStaff)) == 1


def test_a_money_device_that_says_nothing_and_then_fails_calls_staff_once() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), *ALL_WELL[1:], Fires(Timer.RECOVERY), RecoveryFailed())
    assert walk.state.scene == closed(OutOfService.UNSETTLED)
    assert len(walk.wanted(CallStaff)) == 1


def test_i7_a_debt_from_before_a_restart_stays_open_until_its_slip_is_settled() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(300, 200, "7AB-12C", noted=200), *ALL_WELL[1:])
    assert OutOfService.CASH in walk.state.out_of_service
    assert not walk.wanted(CloseVisit)
    (printing_it,) = walk.wanted(PrintSlip)
    assert isinstance(printing_it, PrintSlip)
    assert isinstance(printing_it.slip, FaultSlip)
    assert printing_it.slip.reprint
    told = printing_it.slip.report
    assert walk.state.scene == Fault(told)
    walk.go(
        Step(
            SlipSettled(BEFORE_RESTART, printing_it.slip, True),
            Fault(told, SlipState.OUT),
            (CloseVisit(BEFORE_RESTART), LookAtCash()),
        ),
        Step(Pressed(Key.PRIMARY), closed(OutOfService.CASH)),
        Step(CashSeen(CASH_READY), Start),
    )


@pytest.mark.parametrize("goes", [Pressed(Key.PRIMARY), Fires(Timer.SCENE)])
def test_i7_whoever_a_restart_cut_off_is_told_what_came_back_until_they_go(goes: Pressed | Fires) -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(400, 0, "7AB-12C"))
    told = walk.state.scene
    assert isinstance(told, Fault)
    assert (told.report.restarted, told.report.money, told.report.returned) == (True, MoneyOutcome.RETURNED, 400)
    lying, gone = PlaceChanged(Place.CHANGE_TRAY, occupied=True), PlaceChanged(Place.CHANGE_TRAY, occupied=False)
    walk.go(Step(lying, told), *ALL_WELL[1:], Step(INSERTED, told), Step(REMOVED, told), Step(gone, told))
    walk.go(Step(goes, Start))
    assert walk.wanted(CloseVisit)


def test_i13_money_that_nobody_takes_after_a_restart_closes_the_terminal() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(400, 0, "7AB-12C"), *ALL_WELL[1:])
    walk.go(PlaceChanged(Place.CHANGE_TRAY, occupied=True), Step(Fires(Timer.SCENE), closed(OutOfService.LEFT_BEHIND)))


def test_where_a_clerk_hands_over_nobody_else_tells_of_a_restart() -> None:
    walk = Walk(Terminal(), rules=SiteRules(by_hand=True)).go(PoweredOn(), Recovered(400, 0, "7AB-12C"))
    assert isinstance(walk.state.scene, Closed)


def test_a_restart_in_which_no_money_moved_is_not_told() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(0, 0, "7AB-12C"))
    assert isinstance(walk.state.scene, Closed)


def test_i7_a_debt_that_came_out_after_a_restart_is_marked() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(200, 0, "7AB-12C", noted=200))
    assert CallStaff(Occasion.PAID_AFTER_ALL, "7AB-12C", 200) in walk.effects
    assert not walk.wanted(PrintSlip)
    assert walk.wanted(CloseVisit)


def test_i7_a_debt_that_the_device_could_not_confirm_after_a_restart_closes_the_terminal() -> None:
    walk = Walk(Terminal()).go(PoweredOn(), Recovered(0, 200, "7AB-12C", confirmed=False), *ALL_WELL[1:])
    assert isinstance(walk.state.scene, Fault)
    assert walk.state.out_of_service == {OutOfService.CASH, OutOfService.UNSETTLED}
    assert CallStaff(Occasion.UNCONFIRMED_DEBT, "7AB-12C", 200) in walk.effects
    assert len(walk.wanted(PrintSlip)) == 1


def test_staff_are_called_for_what_an_action_can_not_mend() -> None:
    call = CallStaff(Occasion.OUTCOME_REFUSED, "4Q7-K2M", 200)
    assert call in Walk().go(StaffNeeded(call)).effects
