"""The cash device on a ccTalk bus: what it takes, what it gives back, and what it says when something broke."""

import threading

import pytest

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.device import CctalkCash
from hardware.cash.cctalk.layout import Layout, NoLayout, Proof, parse
from hardware.cash.cctalk.paying import COIN_S, LONGEST_S, PAYOUT_S, START_S
from hardware.cash.cctalk.slots import ROUTED_S
from hardware.cash.cctalk.till import Doubt, counted
from hardware.cash.cctalk.virtual.bus import Trouble
from hardware.cash.cctalk.virtual.machine import TO_HOPPER
from hardware.cash.cctalk.virtual.notes import ESCROW_S
from hardware.cash.model import CashFailed, CashProblem, MoneyIn, Payout, PayoutCount
from hardware.cash.rules import MOST_PIECES
from hardware.composition import SystemClock, spawn_thread
from hardware.errors import CashError, PayoutUnclear
from kiosk.flow.rules import SiteRules
from tests.support.cash_bench import USUAL, CashBench, is_certain, through_a_port
from tests.support.till_store import TillStore

LOST = [Trouble.UNANSWERED, Trouble.SPOILED, Trouble.LATE, Trouble.ECHO_SPOILED]


@pytest.fixture
def bench() -> CashBench:
    return CashBench()


def _paid(bench: CashBench, fee: int, *pieces: int) -> None:
    bench.sale(fee)
    for piece in pieces:
        assert bench.insert(piece)


# What is taken


def test_three_hundred_notes_are_each_taken_once_across_the_wrap(bench: CashBench) -> None:
    for number in range(1, 301):
        _paid(bench, 1_000, 1_000)
        assert bench.device.capture(1_000) == Payout(0, 0)
        assert bench.device.payouts() == PayoutCount(number, Payout(0, 0), keeps=1_000)
    assert [event for event in bench.heard if event != MoneyIn(1_000, 1_000)] == []
    assert len(bench.heard) == 300
    assert bench.store.till.box == {1_000: 300}
    assert bench.machine.box == {1_000: 300}


def test_a_note_goes_back_as_itself_and_coins_out_of_the_hoppers(bench: CashBench) -> None:
    _paid(bench, 1_600, 100, 500, 1_000)
    assert bench.machine.notes.in_escrow == 1_000
    assert bench.device.give_back() == Payout(1_600, 1_600)
    assert bench.fallen == [1_000, 500, 100]
    assert bench.machine.state().box == 0


def test_a_second_note_makes_the_machine_stack_the_first_when_coins_could_pay_it_back(bench: CashBench) -> None:
    _paid(bench, 3_000, 1_000, 1_000, 1_000)
    assert bench.machine.state().box == 2_000
    assert bench.device.give_back() == Payout(3_000, 3_000)


def test_no_second_note_when_the_first_could_not_be_paid_back() -> None:
    bench = CashBench({10: 50, 50: 0, 100: 0, 500: 0})
    _paid(bench, 1_400, 1_000)
    assert bench.device.status().accepted == (10, 50, 100, 500)
    assert not bench.insert(1_000)
    assert bench.machine.notes.in_escrow == 1_000
    assert bench.device.give_back() == Payout(1_000, 1_000)


def test_only_what_needs_no_change_is_taken_when_change_is_short() -> None:
    bench = CashBench({10: 30, 50: 0, 100: 0, 500: 0})
    bench.sale(300)
    # A 500-yen coin wants 200 of change, but all of it might have to go back, and there are 300 in the hopper.
    assert bench.device.status().accepted == (10, 50, 100)
    assert not bench.insert(500)
    assert bench.insert(100)
    assert bench.insert(100)
    assert bench.insert(100)
    assert bench.device.capture(300) == Payout(0, 0)


@pytest.mark.parametrize(("yen", "coins", "ready"), [(500, 40, False), (100, 8, True)])
def test_a_device_with_which_the_smallest_fees_can_not_be_paid_is_not_ready(yen: int, coins: int, ready: bool) -> None:
    # With nothing but 500-yen coins there is no change of 200 yen.
    bench = CashBench({10: 0, 50: 0, 100: 0, 500: 0} | {yen: coins})
    assert bench.device.status().problems == (set() if ready else {CashProblem.NO_CHANGE})


def test_nothing_is_let_in_after_which_the_fee_can_not_be_reached() -> None:
    bench = CashBench({10: 0, 50: 0, 100: 8, 500: 0})
    # Of 950 yen the last 50 could neither be paid exactly nor changed.
    with pytest.raises(CashError):
        bench.sale(950)
    bench.sale(800)
    assert 50 not in bench.device.status().accepted
    for _ in range(8):
        assert bench.insert(100)
    assert bench.device.capture(800) == Payout(0, 0)


def test_a_fee_that_nothing_could_pay_opens_no_slot() -> None:
    bench = CashBench({10: 4, 50: 0, 100: 0, 500: 0})
    assert bench.device.status().problems == {CashProblem.NO_CHANGE}
    with pytest.raises(CashError):
        bench.sale(300)


def test_a_coin_past_the_gate_when_the_slot_closes_is_held(bench: CashBench) -> None:
    _paid(bench, 300, 100, 100, 100)
    bench.machine.coins.hear(headers.MODIFY_MASTER_INHIBIT_STATUS, b"\x01")
    bench.machine.coins.hear(headers.MODIFY_INHIBIT_STATUS, b"\xff\xff")
    bench.machine.insert(500)
    assert bench.device.inhibit() == 800
    assert bench.device.capture(300) == Payout(500, 500)


def test_coins_go_where_the_sorter_says() -> None:
    boxed = CashBench(layout=Layout("", refills=None))
    refilled = CashBench(layout=Layout("", refills=TO_HOPPER))
    for bench in (boxed, refilled):
        _paid(bench, 100, 100)
        bench.device.capture(100)
    assert boxed.store.till.box == {100: 1}
    assert refilled.store.till.hoppers[100] == 61


def test_a_note_is_told_to_wait_for_as_long_as_the_sale_does(bench: CashBench) -> None:
    _paid(bench, 1_000, 1_000)
    bench.device.inhibit()
    for _ in range(10):
        bench.clock.now += ESCROW_S / 3
        assert bench.device.look()
    assert bench.machine.notes.in_escrow == bench.device.status().held == 1_000
    assert bench.device.capture(1_000) == Payout(0, 0)
    assert not bench.device.look()


# What breaks while money comes in


@pytest.mark.parametrize("what", [*LOST, Trouble.UNHEARD])
def test_a_lost_answer_loses_no_coin_and_doubles_none(bench: CashBench, what: Trouble) -> None:
    bench.sale(300)
    bench.machine.bus.trouble(what, headers.READ_BUFFERED_CREDIT)
    bench.insert(100)
    bench.insert(100)
    assert bench.heard == [MoneyIn(100, 100), MoneyIn(100, 200)]


def test_more_coins_than_the_acceptor_remembers_end_the_sale_unclear(bench: CashBench) -> None:
    bench.sale(1_000)
    for _ in range(7):
        bench.machine.insert(100)
    bench.device.look()
    assert [each for each in bench.heard if isinstance(each, MoneyIn)] == [
        MoneyIn(100, 100 * number) for number in range(1, 6)
    ]
    assert bench.heard[-1] == CashFailed(CashProblem.JAM, 500)
    assert bench.store.till.doubts == {Doubt.MISSED_COINS}
    assert CashProblem.JAM in bench.device.status().problems


def test_a_reset_ends_the_sale_and_a_note_in_escrow_is_unclear(bench: CashBench) -> None:
    _paid(bench, 2_000, 100, 1_000)
    bench.machine.cut_power()
    bench.machine.power()
    bench.device.look()
    bench.device.look()
    assert isinstance(bench.heard[-1], CashFailed)
    assert {Doubt.MISSED_COINS, Doubt.MISSED_NOTES} <= bench.store.till.doubts
    assert not bench.machine.insert(100)


@pytest.mark.parametrize("selling", [True, False])
def test_a_coin_that_nobody_saw_before_machine_and_program_lost_their_power_is_looked_for(
    selling: bool, bench: CashBench
) -> None:
    """The acceptor's count is 0 again, as it was when the account was written last."""
    if selling:
        bench.sale(200)
        assert bench.machine.insert(500)
    bench.machine.cut_power()
    bench.machine.power()
    device = bench.started()
    assert (CashProblem.JAM in device.status().problems) == selling
    assert bench.store.till.doubts == ({Doubt.MISSED_COINS, Doubt.MISSED_NOTES} if selling else set())


def test_a_reset_between_sales_is_nothing(bench: CashBench) -> None:
    _paid(bench, 1_000, 1_000)
    bench.device.capture(1_000)
    bench.machine.cut_power()
    bench.machine.power()
    assert bench.device.status().ready
    _paid(bench, 300, 100, 500)
    assert bench.device.capture(300) == Payout(300, 300)


def test_fraud_ends_the_sale_and_a_swallowed_coin_wants_a_person(bench: CashBench) -> None:
    bench.sale(300)
    bench.machine.cheat()
    bench.device.look()
    assert bench.heard == [CashFailed(CashProblem.JAM, 0)]
    assert bench.device.give_back() == Payout(0, 0)
    assert bench.device.status().ready
    bench.sale(300)
    bench.machine.swallow(100)
    bench.device.look()
    assert bench.heard[1:] == [CashFailed(CashProblem.JAM, 0)]
    bench.device.give_back()
    assert bench.store.till.doubts == {Doubt.LOST_COIN}
    assert not bench.device.status().ready


def test_slots_that_did_not_hear_that_they_are_to_shut_secure_nothing(bench: CashBench) -> None:
    _paid(bench, 1_000, 1_000)
    bench.machine.bus.down = True
    with pytest.raises(CashError):
        bench.device.inhibit()


def test_a_note_pulled_back_is_nobodys_any_more(bench: CashBench) -> None:
    _paid(bench, 2_000, 1_000)
    bench.machine.notes.pull_back()
    bench.device.look()
    assert bench.device.inhibit() == bench.machine.state().box


def test_a_full_box_ends_the_sale_until_there_is_room(bench: CashBench) -> None:
    bench.sale(300)
    bench.machine.notes.report(14)
    bench.device.look()
    assert bench.heard == [CashFailed(CashProblem.FULL, 0)]
    assert bench.device.status().problems == {CashProblem.FULL}
    bench.machine.notes.report(12)
    assert bench.device.status().ready


def test_a_full_box_is_full_after_a_restart_too_until_it_was_emptied(bench: CashBench) -> None:
    bench.machine.notes.report(14)
    bench.device.status()
    assert bench.started().status().problems == {CashProblem.FULL}
    bench.store.write_till(counted(bench.store.till, {}, "2026-03-03"))
    assert bench.started().status().ready


def test_a_hopper_that_wants_its_makers_cipher_is_refused_by_name(bench: CashBench) -> None:
    bench.machine.hoppers[100].wants_cipher = True
    device = bench.started()
    assert device.status().problems == {CashProblem.OFFLINE}
    assert "address 5 (MHN Virtual Hopper) pays only by a cipher" in device.trouble
    with pytest.raises(CashError):
        bench.sale(300)
    bench.machine.hoppers[100].wants_cipher = False
    assert device.status().ready


@pytest.mark.parametrize("header", [headers.REQUEST_PAYOUT_LEVEL, headers.TEST_HOPPER, headers.REQUEST_SERIAL_NUMBER])
def test_a_hopper_that_answers_with_nothing_is_one_that_does_not_answer(bench: CashBench, header: int) -> None:
    bench.machine.hoppers[100].answers_nothing_to = header
    device = bench.started() if header == headers.REQUEST_SERIAL_NUMBER else bench.device
    assert device.status().problems == {CashProblem.OFFLINE}


def test_a_wire_that_is_cut_ends_the_sale_and_what_came_meanwhile_is_found_later(bench: CashBench) -> None:
    _paid(bench, 300, 100)
    bench.machine.coins.silent = True
    bench.device.look()
    assert bench.heard[-1] == CashFailed(CashProblem.OFFLINE, 100)
    bench.machine.coins.silent = False
    assert bench.device.give_back() == Payout(100, 100)
    assert bench.device.status().ready


def test_money_while_nobody_may_pay_wants_a_person(bench: CashBench) -> None:
    bench.machine.coins.hear(headers.MODIFY_INHIBIT_STATUS, b"\xff\xff")
    bench.machine.coins.hear(headers.MODIFY_MASTER_INHIBIT_STATUS, b"\x01")
    bench.machine.insert(100)
    assert bench.device.status().problems == {CashProblem.JAM}
    assert bench.store.till.doubts == {Doubt.WHILE_CLOSED}
    assert bench.device.give_back() == Payout(100, 100)


# What breaks while money goes out


@pytest.mark.parametrize("what", [*LOST, Trouble.UNHEARD])
def test_an_order_to_pay_is_never_given_twice(bench: CashBench, what: Trouble) -> None:
    _paid(bench, 300, 500)
    bench.device.capture(300)
    bench.fallen.clear()
    _paid(bench, 300, 500)
    bench.machine.bus.trouble(what, headers.DISPENSE_HOPPER_COINS)
    assert bench.device.capture(300) == Payout(200, 200)
    # A hopper that did not hear of it is left out, and smaller coins pay.
    assert bench.fallen == ([50] * 4 if what is Trouble.UNHEARD else [100] * 2)


def test_whether_a_hopper_that_counted_nothing_yet_heard_of_it_nobody_can_say(bench: CashBench) -> None:
    # Its count is 0 as after a reset that came in the middle.
    _paid(bench, 300, 500)
    bench.machine.bus.trouble(Trouble.UNHEARD, headers.DISPENSE_HOPPER_COINS)
    with pytest.raises(PayoutUnclear):
        bench.device.capture(300)
    assert bench.fallen == []


@pytest.mark.parametrize("what", LOST)
def test_a_lost_answer_to_a_route_is_waited_out(bench: CashBench, what: Trouble) -> None:
    _paid(bench, 1_000, 1_000)
    bench.machine.bus.trouble(what, headers.ROUTE_BILL)
    assert bench.device.give_back() == Payout(1_000, 1_000)
    assert bench.fallen == [1_000]
    assert bench.machine.notes.orders == [headers.RETURN_BILL]


def test_an_order_to_stack_that_nobody_heard_ends_with_the_note_back(bench: CashBench) -> None:
    _paid(bench, 300, 1_000)
    bench.machine.bus.trouble(Trouble.UNHEARD, headers.ROUTE_BILL)
    with pytest.raises(CashError):
        bench.device.give_change(300)
    assert bench.fallen == [1_000]
    assert bench.device.give_back() == Payout(1_000, 1_000)
    assert bench.fallen == [1_000]
    assert bench.store.till.doubts == frozenset()


def test_a_note_that_jams_on_its_way_back_is_unclear(bench: CashBench) -> None:
    _paid(bench, 1_000, 1_000)
    bench.machine.notes.silent = True
    with pytest.raises(PayoutUnclear):
        bench.device.give_back()
    assert not is_certain(bench.device.payouts())
    assert Doubt.LOST_NOTE in bench.store.till.doubts


def test_change_is_not_paid_for_a_note_that_jams_in_the_stacker(bench: CashBench) -> None:
    _paid(bench, 300, 1_000)
    bench.machine.notes.jam_on_stack = True
    with pytest.raises(CashError):
        bench.device.give_change(300)
    assert bench.fallen == []
    assert bench.device.inhibit() == 0
    assert Doubt.LOST_NOTE in bench.store.till.doubts


def test_a_hopper_that_runs_dry_is_helped_out_by_the_others(bench: CashBench) -> None:
    _paid(bench, 300, 1_000)
    bench.machine.hoppers[500].coins = 0
    assert bench.device.capture(300) == Payout(700, 700)
    assert bench.fallen == [100] * 7
    assert bench.store.till.hoppers[500] == 0


def test_a_hopper_reset_in_the_middle_is_unclear_and_nothing_is_paid_on_top(bench: CashBench) -> None:
    _paid(bench, 200, 1_000)
    hopper = bench.machine.hoppers[100]

    def reset(_now: float) -> None:
        if bench.fallen.count(100) == 1:
            hopper.begin_anew()

    bench.clock.on_wait = reset
    with pytest.raises(PayoutUnclear):
        bench.device.capture(200)
    # The third coin of 100 yen never fell, and none falls in its place.
    assert bench.fallen == [500, 100, 100]
    assert not is_certain(bench.device.payouts())
    assert bench.store.till.doubts == {Doubt.PAYOUT}


def test_a_hopper_that_stands_still_is_stopped(bench: CashBench) -> None:
    _paid(bench, 300, 1_000)
    bench.machine.hoppers[500].stick_after = 0
    assert bench.device.capture(300) == Payout(700, 700)


def test_a_hopper_that_is_slow_to_count_what_it_acknowledged_is_waited_for(bench: CashBench) -> None:
    _paid(bench, 500, 1_000)
    assert bench.device.capture(500) == Payout(500, 500)
    bench.fallen.clear()
    _paid(bench, 200, 1_000)
    bench.machine.hoppers[500].shows_late_s = 1.0
    assert bench.device.capture(200) == Payout(800, 800)
    bench.clock.now += 5
    assert bench.device.status().ready
    assert sum(bench.fallen) == 800


def test_a_hopper_that_never_counts_what_it_acknowledged_is_unclear(bench: CashBench) -> None:
    _paid(bench, 500, 1_000)
    assert bench.device.capture(500) == Payout(500, 500)
    _paid(bench, 200, 1_000)
    bench.machine.hoppers[500].shows_late_s = 1_000.0
    with pytest.raises(PayoutUnclear):
        bench.device.capture(200)


def test_a_hopper_that_never_ends_is_given_up(bench: CashBench) -> None:
    _paid(bench, 300, 1_000)
    bench.machine.hoppers[500].never_ends = True
    begun = bench.clock.now
    with pytest.raises(PayoutUnclear):
        bench.device.capture(300)
    assert bench.clock.now - begun < 60
    assert bench.store.till.doubts == {Doubt.PAYOUT}


def test_somebody_elses_payout_wants_a_person(bench: CashBench) -> None:
    _paid(bench, 300, 500)
    bench.device.capture(300)
    hopper = bench.machine.hoppers[100]
    hopper.hear(headers.ENABLE_HOPPER, bytes([headers.ENABLE_CODE]))
    hopper.hear(headers.DISPENSE_HOPPER_COINS, hopper.serial.to_bytes(3, "little") + b"\x01")
    bench.clock.now += 5
    _paid(bench, 300, 500)
    assert bench.device.capture(300) == Payout(200, 200)
    assert bench.store.till.doubts == {Doubt.ANOTHERS_PAYOUT}


def test_a_store_that_takes_nothing_opens_no_slot_and_whoever_stands_there_gets_their_money(bench: CashBench) -> None:
    _paid(bench, 300, 500)
    bench.store.full = True
    assert bench.device.capture(300) == Payout(200, 200)
    assert bench.fallen == [100, 100]
    assert bench.device.status().problems == {CashProblem.JAM}
    with pytest.raises(CashError):
        bench.sale(300)


# What a restart finds


def test_a_note_in_escrow_outlives_a_restart(bench: CashBench) -> None:
    _paid(bench, 2_000, 100, 1_000)
    held = bench.device.status().held
    assert bench.started().status().held == held == 1_100
    assert bench.device.give_back() == Payout(1_100, 1_100)


def test_coins_that_nobody_looked_at_before_the_restart_are_found(bench: CashBench) -> None:
    bench.sale(300)
    bench.machine.insert(100)
    assert bench.started().status().held == 100
    assert not bench.machine.insert(100)


def test_a_payout_that_a_restart_cut_off_is_known_to_its_end(bench: CashBench) -> None:
    _paid(bench, 300, 500)
    bench.device.capture(300)
    bench.fallen.clear()
    _paid(bench, 300, 500)

    def cut(_now: float) -> None:
        if bench.fallen == [100]:
            raise KeyboardInterrupt

    bench.clock.on_wait = cut
    with pytest.raises(KeyboardInterrupt):
        bench.device.capture(300)
    bench.clock.on_wait = lambda _now: None
    assert bench.started().payouts() == PayoutCount(2, Payout(200, 200), keeps=300)
    assert bench.fallen == [100, 100]


def test_a_count_ends_the_doubt_but_the_payout_stays_unknown(bench: CashBench) -> None:
    _paid(bench, 300, 500)
    bench.machine.bus.trouble(Trouble.UNHEARD, headers.DISPENSE_HOPPER_COINS)
    with pytest.raises(PayoutUnclear):
        bench.device.capture(300)
    unknown = bench.store.till.payout.number
    bench.store.write_till(counted(bench.store.till, {}, "2026-03-03"))
    count = bench.started().payouts()
    assert count is not None
    assert count.number > unknown
    assert count.last == Payout(0, 0)


def test_the_count_of_payouts_goes_on_after_a_restart(bench: CashBench) -> None:
    _paid(bench, 300, 500)
    bench.device.capture(300)
    assert bench.started().payouts() == PayoutCount(1, Payout(200, 200), keeps=300)


def test_an_account_that_is_none_is_refused() -> None:
    bench = CashBench()
    bench.store.saved = b"{"
    with pytest.raises(CashError):
        bench.started()


# Who hangs on the bus


def test_another_peripheral_than_the_layout_says_is_refused() -> None:
    bench = CashBench()
    bench.layout = Layout("", hoppers={3: 50, 4: 10, 5: 100, 6: 500})
    assert bench.started().status().problems == {CashProblem.OFFLINE}
    assert "10 yen, not 50" in bench.device.trouble


def test_hoppers_that_look_at_no_code_are_paid_by_too() -> None:
    bench = CashBench(layout=Layout("", proof=Proof.NONE))
    _paid(bench, 300, 500)
    assert bench.device.capture(300) == Payout(200, 200)


def test_a_port_that_is_not_there_is_a_device_that_does_not_answer() -> None:
    from hardware.cash.cctalk.serial_wire import SerialWire

    store = TillStore({})
    wire = SerialWire("/dev/koufu-no-such-port")
    device = CctalkCash(USUAL, wire, store, SystemClock(), spawn_thread, threading.RLock())
    assert device.status().problems == {CashProblem.OFFLINE}
    assert not is_certain(device.payouts())
    assert device.give_back() == Payout(0, 0)


def test_the_loop_hears_what_comes_by_itself() -> None:
    heard = threading.Event()
    with through_a_port() as bench:
        device = CctalkCash(bench.layout, bench.wire, bench.store, SystemClock(), spawn_thread, threading.RLock())
        device.accept(300, lambda _: heard.set())
        with bench.guard:
            assert bench.machine.insert(100)
        assert heard.wait(20)
        device.close()


def test_the_flow_waits_longer_than_the_device_may_take() -> None:
    rules = SiteRules()
    on_the_bus_s = 10
    assert ROUTED_S < PAYOUT_S
    assert LONGEST_S + on_the_bus_s < rules.money_guard_s
    # After a restart the payout that was cut off comes to its end first.
    assert LONGEST_S + ROUTED_S + LONGEST_S + on_the_bus_s < rules.recovery_guard_s


def test_all_that_may_have_to_come_out_comes_out_in_time_of_slow_hoppers(bench: CashBench) -> None:
    assert MOST_PIECES * COIN_S + len(bench.layout.hoppers) * START_S < PAYOUT_S


def test_a_note_is_not_let_in_whose_change_would_be_waited_for_too_long() -> None:
    bench = CashBench({10: 150, 50: 0, 100: 0, 500: 0})
    bench.sale(300)
    assert 1_000 in bench.device.status().accepted
    bench.device.give_back()
    bench = CashBench({10: 50, 50: 0, 100: 150, 500: 0})
    bench.sale(400)
    assert 10_000 in bench.device.status().accepted
    bench = CashBench({10: 50, 50: 200, 100: 0, 500: 0})
    bench.sale(400)
    # 192 coins of 50 yen.
    assert 10_000 not in bench.device.status().accepted


def test_a_note_that_is_waited_for_leaves_less_time_for_coins_and_what_is_not_out_then_is_owed() -> None:
    bench = CashBench({10: 60, 50: 40, 100: 60, 500: 0})
    _paid(bench, 4_000, 1_000, 1_000, 1_000)
    bench.machine.bus.trouble(Trouble.UNHEARD, headers.ROUTE_BILL)
    for hopper in bench.machine.hoppers.values():
        hopper.piece_s = 2.0
    begun = bench.clock.now
    payout = bench.device.give_back()
    assert bench.clock.now - begun < LONGEST_S
    assert payout.asked == 3_000
    assert 1_000 < payout.paid == bench.handed_out() < 3_000


@pytest.mark.parametrize("address", ["coins=1", "notes=0", "hoppers=1:10", "crc=1", "coins=256"])
def test_the_hosts_own_address_is_nobody_elses(address: str) -> None:
    with pytest.raises(NoLayout):
        parse(f"cctalk:/dev/ttyUSB0?{address}")
    assert parse("cctalk:/dev/ttyUSB0?refills=1").refills == 1
