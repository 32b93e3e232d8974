"""The cabinet: its door, its sensors, what lies on the reader unread, its power and its watchdog."""

import pytest

from hardware.cash.model import Payout
from hardware.sensors.model import (
    DoorChanged,
    Lamp,
    Place,
    PlaceChanged,
    Power,
    PowerChanged,
    SensorEvent,
    SensorsChanged,
)
from kiosk.flow.effects import (
    AcceptMoney,
    Announce,
    CallStaff,
    FeedWatchdog,
    PrintSlip,
    ReportOutcome,
    ReturnMoney,
    SendHeartbeat,
    SetLamp,
    ShutDown,
    Timer,
    WriteDown,
)
from kiosk.flow.events import (
    CounterTook,
    EffectFailed,
    HeartbeatAnswered,
    MoneyReturned,
    MoneySecured,
    MoneySettled,
    MoneyTaken,
    PoweredOn,
    Released,
)
from kiosk.flow.occasions import Occasion
from kiosk.flow.scenes import (
    AtCounter,
    AwaitCard,
    Closed,
    Declined,
    Pay,
    Printing,
    ReadingCard,
    Releasing,
    ReturningMoney,
    Start,
    TakeBelongings,
    TakeCard,
    TakeSheets,
)
from kiosk.flow.state import Machine
from kiosk.flow.touches import Key, Pressed
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import DeclineReason
from tests.support.kiosk_journey import (
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
from tests.support.kiosk_samples import BOARD, open_terminal

START = Pressed(Key.START)
ON_CARD = PlaceChanged(Place.CARD_SLOT, occupied=True)
OFF_CARD = PlaceChanged(Place.CARD_SLOT, occupied=False)
BATTERY, LOW, MAINS = map(PowerChanged, (Power.BATTERY, Power.LOW, Power.MAINS))
TO_PAY = (*identified(), *chosen(), *proven(), *to_pay())
TO_RELEASE = (*TO_PAY, *paid())
TO_PRINT = (*TO_RELEASE, *printing())


def closed(*reasons: OutOfService) -> Closed:
    return Closed(frozenset(reasons))


@pytest.mark.parametrize(
    ("happens", "reason", "ends"),
    [
        (DoorChanged(is_open=True), OutOfService.DOOR, DoorChanged(is_open=False)),
        (SensorsChanged(heard=False), OutOfService.SENSORS, SensorsChanged(heard=True)),
        (BATTERY, OutOfService.ON_BATTERY, MAINS),
    ],
)
def test_nobody_begins_and_the_municipality_hears_why(
    happens: SensorEvent, reason: OutOfService, ends: SensorEvent
) -> None:
    walk = Walk().go(
        PoweredOn(),
        Step(happens, closed(reason)),
        Step(START, closed(reason)),
        Step(INSERTED, Closed),
        Step(REMOVED, closed(reason)),
        Step(Fires(Timer.HEARTBEAT), closed(reason), (SendHeartbeat(frozenset({reason})),)),
        # The server's answer is about other things.
        Step(HeartbeatAnswered(BOARD, None), closed(reason)),
        Step(ends, Start),
        Step(START, AwaitCard),
    )
    assert not walk.wanted(CallStaff)


def test_i13_sensors_that_say_nothing_empty_no_tray() -> None:
    sheets = PlaceChanged(Place.SHEET_TRAY, occupied=True)
    Walk().go(
        Step(sheets, closed(OutOfService.LEFT_BEHIND)),
        Step(SensorsChanged(heard=False), closed(OutOfService.LEFT_BEHIND, OutOfService.SENSORS)),
        Step(SensorsChanged(heard=True), closed(OutOfService.LEFT_BEHIND)),
        Step(PlaceChanged(Place.SHEET_TRAY, occupied=False), Start),
    )


def test_i13_what_came_out_while_the_sensors_were_silent_is_found_when_they_are_back() -> None:
    Walk().go(
        *TO_PRINT,
        Step(SensorsChanged(heard=False), Printing),
        printed(),
        Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets),
        Step(Fires(Timer.SCENE), closed(OutOfService.SENSORS)),
        Step(PlaceChanged(Place.SHEET_TRAY, occupied=True), Closed),
        Step(SensorsChanged(heard=True), closed(OutOfService.LEFT_BEHIND)),
        Step(PlaceChanged(Place.SHEET_TRAY, occupied=False), Start),
    )


def test_the_opened_cabinet_is_written_down_and_ends_no_visit() -> None:
    walk = Walk().go(
        *TO_PAY,
        Step(DoorChanged(is_open=True), Pay, (WriteDown(Occasion.CABINET_OPENED),)),
        *paid(),
        *printing(),
        printed(),
        Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets),
        Step(Fires(Timer.SCENE), closed(OutOfService.DOOR)),
        Step(DoorChanged(is_open=False), Start),
    )
    assert len(walk.wanted(WriteDown)) == 1


# What lies on the reader


def test_a_card_that_the_sensor_sees_before_the_reader_does_begins_a_visit() -> None:
    walk = Walk().go(Step(ON_CARD, Start), Step(INSERTED, ReadingCard))
    assert walk.running(Timer.ATTENTION) is None


def test_i13_what_the_reader_makes_nothing_of_is_called_for_and_closes() -> None:
    walk = Walk().go(
        Step(ON_CARD, Start),
        Step(START, Start),
        Step(Fires(Timer.ATTENTION), closed(OutOfService.LEFT_BEHIND), (Announce, SetLamp(Lamp.ATTENTION))),
        Step(Fires(Timer.STAFF), closed(OutOfService.LEFT_BEHIND), (CallStaff,)),
        Step(OFF_CARD, Start, (WriteDown(Occasion.LEFT_BEHIND_SOLVED),)),
    )
    assert not walk.state.calling
    walk.go(Step(START, AwaitCard))


def test_i13_nobody_pays_before_the_reader_is_empty() -> None:
    """The reader has lost the card, and it lies there all the same."""
    _, prepared, paper, _ = to_pay()
    walk = Walk().go(
        *(Step(ON_CARD), *identified(), *chosen(), *proven()),
        Step(REMOVED, TakeCard),
        Step(prepared.does, TakeCard),
        Step(paper.does, TakeCard),
    )
    assert not walk.wanted(AcceptMoney)
    walk.go(Step(OFF_CARD, Pay, (AcceptMoney,)))


def test_i13_a_card_of_which_the_reader_knows_no_more_is_still_left_behind() -> None:
    Walk().go(
        Step(ON_CARD),
        *identified(),
        Step(Pressed(Key.CANCEL)),
        Step(Pressed(Key.CANCEL_YES), TakeBelongings),
        Step(REMOVED, TakeBelongings),
        Step(OFF_CARD, Start),
    )


# Power


@pytest.mark.parametrize(
    "before", [(Step(START),), identified(), (*identified(), *chosen()), (*identified(), *chosen(), *proven())]
)
def test_on_battery_a_visit_before_money_ends_with_a_word(before: tuple[Step, ...]) -> None:
    walk = Walk().go(*before, Step(BATTERY, Declined, (WriteDown(Occasion.ON_BATTERY),)))
    assert isinstance(walk.state.scene, Declined)
    assert walk.state.scene.reason is DeclineReason.POWER_CUT
    assert not walk.wanted(ReturnMoney, PrintSlip, CallStaff)
    walk.go(Step(Fires(Timer.SCENE)))
    assert OutOfService.ON_BATTERY in walk.state.out_of_service


def test_on_battery_the_idle_warning_gives_way() -> None:
    walk = Walk().go(*identified(), Step(Fires(Timer.SCENE)), Step(BATTERY, Declined))
    assert walk.state.overlay is None


@pytest.mark.parametrize("secured", [False, True])
def test_i7_on_battery_money_goes_back_before_the_release(secured: bool) -> None:
    pays = (Step(PRIMARY, Releasing),) if secured else ()
    walk = Walk().go(
        *TO_PAY,
        MoneyTaken(1, 500),
        *pays,
        Step(BATTERY, ReturningMoney, (ReturnMoney(1), ReportOutcome)),
        # What was under way answers late.
        Step(MoneySecured(1, 500), ReturningMoney),
        Step(Released(1), ReturningMoney),
        Step(MoneyReturned(1, Payout(500, 500)), Declined),
    )
    assert isinstance(walk.state.scene, Declined)
    assert walk.state.scene.returned == 500
    assert not walk.wanted(CallStaff)


def test_i7_on_battery_what_was_asked_for_is_printed() -> None:
    Walk().go(
        *TO_RELEASE,
        Step(BATTERY, Releasing),
        *printing(),
        printed(),
        Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets),
        Step(Fires(Timer.SCENE), closed(OutOfService.ON_BATTERY)),
        Step(MAINS, Start),
    )


def test_on_battery_nothing_is_ended_twice() -> None:
    walk = Walk().go(*TO_PAY, MoneyTaken(1, 500), BATTERY, Step(LOW, ReturningMoney), Step(BATTERY, ReturningMoney))
    assert len(walk.wanted(ReturnMoney)) == 1
    assert len(walk.wanted(WriteDown)) == 1


def test_a_battery_that_ends_takes_an_idle_machine_down_at_once() -> None:
    walk = Walk().go(PoweredOn(), BATTERY, Step(LOW, closed(OutOfService.ON_BATTERY), (ShutDown(),)))
    walk.go(Fires(Timer.HEARTBEAT), LOW, MAINS)
    assert len(walk.wanted(ShutDown)) == 1
    assert walk.state.scene == closed(OutOfService.ON_BATTERY), "the machine is going down"


def test_a_battery_that_ends_waits_for_the_visit_to_be_settled() -> None:
    walk = Walk().go(*TO_PRINT, LOW, printed())
    assert not walk.wanted(ShutDown)
    walk.go(Step(MoneySettled(1, 200, Payout(0, 0)), TakeSheets), Step(Fires(Timer.SCENE), Closed, (ShutDown(),)))


def test_a_battery_that_ends_does_not_wait_for_ever() -> None:
    Walk().go(*TO_PRINT, LOW, Step(Fires(Timer.BATTERY), Printing, (ShutDown(),)))


def test_a_battery_that_holds_after_all_takes_nothing_down() -> None:
    walk = Walk().go(*TO_PRINT, LOW, BATTERY)
    assert walk.running(Timer.BATTERY) is None
    walk.go(printed(), MoneySettled(1, 200, Payout(0, 0)), Step(Fires(Timer.SCENE), closed(OutOfService.ON_BATTERY)))
    assert not walk.wanted(ShutDown)


def test_a_clerk_at_the_desk_has_the_battery_s_time() -> None:
    walk = Walk().go(Step(CounterTook(), AtCounter), Step(LOW, AtCounter))
    assert not walk.wanted(ShutDown)
    walk.go(Step(Fires(Timer.BATTERY), AtCounter, (ShutDown(),)))


def test_a_machine_that_can_t_be_switched_off_serves_again_on_mains() -> None:
    walk = Walk().go(PoweredOn(), LOW, Step(EffectFailed(ShutDown()), Closed), Fires(Timer.HEARTBEAT))
    assert len(walk.wanted(ShutDown)) == 1
    walk.go(Step(MAINS, Start))
    assert walk.state.machine is Machine.UP
    walk.go(Step(LOW, Closed, (ShutDown(),)))


# The watchdog


def test_the_watchdog_is_fed_for_ever_whatever_the_scene() -> None:
    walk = Walk(open_terminal()).go(PoweredOn(), Step(START, AwaitCard))
    for _ in range(3):
        walk.go(Step(Fires(Timer.WATCHDOG), AwaitCard, (FeedWatchdog(),)))
    assert walk.seconds(Timer.WATCHDOG) == 10
