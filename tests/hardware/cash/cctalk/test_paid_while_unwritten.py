"""What a cash device on a ccTalk bus pays out while its account can't be written, and what the next start knows of it
by the hoppers' own counts (I7)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import count

import pytest

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.device import CctalkCash
from hardware.cash.cctalk.settlement import settlement
from hardware.cash.cctalk.till import Doubt
from hardware.cash.model import CashProblem, Payout
from hardware.errors import PayoutUnclear
from tests.support.cash_bench import CashBench, is_certain


@pytest.fixture
def bench() -> CashBench:
    return _bench()


def _bench() -> CashBench:
    """Both acceptors have counted since the machine had its power: at a start they say that they still have it."""
    bench = CashBench()
    _paid(bench, 2_000, 100, 1_000)
    bench.device.give_back()
    bench.fallen.clear()
    return bench


def _paid(bench: CashBench, fee: int, *pieces: int) -> None:
    bench.sale(fee)
    for piece in pieces:
        assert bench.insert(piece)


def _unwritten(bench: CashBench, deed: Callable[[CctalkCash], object]) -> CctalkCash:
    """The device as a program finds it that starts on a mended disk, after this was done on a broken one."""
    bench.store.full = True
    deed(bench.device)
    bench.store.full = False
    return bench.started()


@pytest.mark.parametrize("put_in", [(500, 100), (100, 1_000)])
def test_i7_what_went_back_unwritten_does_not_go_back_again_after_a_restart(
    bench: CashBench, put_in: tuple[int, ...]
) -> None:
    _paid(bench, 2_000, *put_in)
    device = _unwritten(bench, lambda device: device.give_back())
    fallen = list(bench.fallen)
    assert sum(fallen) == sum(put_in)
    assert device.status().held == 0
    assert device.give_back() == Payout(sum(put_in), sum(put_in)), "it counts as given back"
    assert bench.fallen == fallen
    told = settlement(bench.store.till)
    assert (told.over, told.doubts) == (0, ())


def test_i7_an_unwritten_payout_that_came_short_is_confirmed_to_nobody_as_a_restart_pays_the_rest(
    bench: CashBench,
) -> None:
    _paid(bench, 600, 500)
    bench.machine.hoppers[500].stick_after = 0
    bench.machine.hoppers[100].stick_after = 2
    bench.machine.hoppers[50].stick_after = bench.machine.hoppers[10].stick_after = 0

    def short(device: CctalkCash) -> None:
        with pytest.raises(PayoutUnclear):
            device.give_back()

    device = _unwritten(bench, short)
    assert bench.fallen == [100, 100]
    for hopper in bench.machine.hoppers.values():
        hopper.stick_after = None
    assert device.status().held == 300
    assert device.give_back() == Payout(500, 500)
    assert sum(bench.fallen) == 500


def test_i7_a_hopper_that_paid_twice_unwritten_can_not_say_what(bench: CashBench) -> None:
    _paid(bench, 300, 100, 100, 100)

    def twice(device: CctalkCash) -> None:
        device.give_change(200)
        device.give_back()

    device = _unwritten(bench, twice)
    _says_nothing_of(bench, device, 300)
    assert bench.store.till.doubts == {Doubt.PAYOUT}


def _says_nothing_of(bench: CashBench, device: CctalkCash, yen: int) -> None:
    """So much is owed as far as anybody knows, may be out, and is not paid on top of it."""
    out = list(bench.fallen)
    assert device.status().held == yen
    with pytest.raises(PayoutUnclear):
        device.give_back()
    assert not is_certain(device.payouts())
    assert device.status().held == 0
    assert device.give_back() == Payout(0, 0)
    assert bench.fallen == out


def test_i7_of_what_a_hopper_paid_unwritten_that_is_gone_at_the_next_start_nobody_can_say(bench: CashBench) -> None:
    _paid(bench, 2_000, 500, 100)
    bench.store.full = True
    bench.device.give_back()
    bench.store.full = False
    bench.layout = replace(bench.layout, hoppers={3: 10, 4: 50, 5: 100})
    # The hopper of 100 yen is there, and tells of its own.
    _says_nothing_of(bench, bench.started(), 500)
    assert bench.store.till.doubts == {Doubt.PAYOUT}


def test_i7_a_leg_whose_hopper_is_gone_at_the_next_start_is_not_paid_by_others(bench: CashBench) -> None:
    _paid(bench, 2_000, 500)
    bench.store.on_write = lambda: setattr(bench.store, "full", bench.store.till.payout.leg is not None)
    bench.device.give_back()
    bench.store.on_write, bench.store.full = (lambda: None), False
    bench.layout = replace(bench.layout, hoppers={3: 10, 4: 50, 5: 100})
    _says_nothing_of(bench, bench.started(), 500)


@pytest.mark.parametrize("silent", [10, 100, 500])
def test_i7_what_may_be_paid_already_is_not_owed_for_certain_while_a_hopper_does_not_answer(
    bench: CashBench, silent: int
) -> None:
    _paid(bench, 2_000, 500, 100)
    bench.store.full = True
    bench.device.give_back()
    bench.store.full = False
    bench.machine.hoppers[silent].silent = True
    device = bench.started()
    with pytest.raises(PayoutUnclear):
        device.give_back()
    bench.machine.clear()
    assert bench.started().status().held == 0
    assert sum(bench.fallen) == 600
    assert bench.store.till.doubts == {Doubt.ANOTHERS_PAYOUT}, "staff see that the slip is paid"


def test_i7_a_hopper_that_counts_from_0_again_is_not_paid_from_while_nothing_is_written(bench: CashBench) -> None:
    """The new count of its first payout is the old one, by which the next start would take it for unpaid."""
    _paid(bench, 500, 500)
    bench.device.give_back()
    bench.fallen.clear()
    _paid(bench, 2_000, 500)
    bench.machine.hoppers[500].begin_anew()
    device = _unwritten(bench, lambda device: device.give_back())
    assert bench.fallen == [100] * 5
    assert device.status().held == 0
    assert device.give_back() == Payout(500, 500)
    assert sum(bench.fallen) == 500


def test_i7_a_hopper_that_still_pays_unwritten_at_the_start_is_waited_for(bench: CashBench) -> None:
    _paid(bench, 300, 100, 100)

    def cut(_now: float) -> None:
        if bench.fallen == [100]:
            raise KeyboardInterrupt

    bench.store.full, bench.clock.on_wait = True, cut
    with pytest.raises(KeyboardInterrupt):
        bench.device.give_back()
    bench.store.full, bench.clock.on_wait = False, lambda _now: None
    assert bench.started().give_back() == Payout(200, 200)
    assert bench.fallen == [100, 100]


@pytest.mark.parametrize(("fee", "pieces"), [(400, (500,)), (200, (1_000,)), (200, (500, 500)), (300, (100, 1_000))])
def test_i7_wherever_the_disk_breaks_between_change_and_all_back_nothing_goes_back_twice(
    fee: int, pieces: tuple[int, ...]
) -> None:
    for last in count():
        bench = _bench()
        _paid(bench, 2_000, *pieces)
        _break_after(bench, last)
        bench.device.give_change(fee)
        bench.device.give_back()
        assert sum(bench.fallen) == sum(pieces)
        if not bench.store.lost:
            return
        bench.store.full, bench.store.on_write = False, lambda: None
        device = bench.started()
        device.status()
        device.status()
        with suppress(PayoutUnclear):
            device.give_back()
        assert sum(bench.fallen) == sum(pieces), f"the disk took {last} writes and broke"
        assert device.status().held == 0


def _break_after(bench: CashBench, writes: int) -> None:
    """The disk takes so many writes of the account, and then none."""
    bench.store.full = not writes
    passed = 0

    def on_write() -> None:
        nonlocal passed
        passed += 1
        bench.store.full = passed >= 2 * writes

    bench.store.on_write = on_write


def test_a_coin_that_somebody_took_out_of_a_hopper_meanwhile_is_no_customers(bench: CashBench) -> None:
    _paid(bench, 300, 500)
    bench.device.capture(300)
    hopper = bench.machine.hoppers[100]
    hopper.hear(headers.ENABLE_HOPPER, bytes([headers.ENABLE_CODE]))
    hopper.hear(headers.DISPENSE_HOPPER_COINS, hopper.serial.to_bytes(3, "little") + b"\x01")
    bench.clock.now += 5
    assert bench.started().status().problems == {CashProblem.JAM}
    assert bench.store.till.doubts == {Doubt.ANOTHERS_PAYOUT}
