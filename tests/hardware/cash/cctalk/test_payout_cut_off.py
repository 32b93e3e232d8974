"""A payout that the end of the program cuts off between two writes of the account: the next start pays the rest, and
nobody is given a slip for what the hoppers can pay (I7)."""

from collections.abc import Callable

import pytest

from hardware.cash.cctalk.till import Route, Till
from hardware.cash.cctalk.virtual.notes import AtReset
from hardware.cash.model import Payout
from hardware.errors import PayoutUnclear
from tests.support.cash_bench import CashBench, is_certain


class _ProgramEnds(Exception):
    pass


def ends_at(bench: CashBench, moment: Callable[[Till], bool]) -> None:
    """The program ends when such an account is on disk."""

    def look() -> None:
        if moment(bench.store.till):
            raise _ProgramEnds

    bench.store.on_write = look


def test_i7_a_payout_that_a_restart_cuts_off_is_paid_to_its_end_by_the_next() -> None:
    bench = CashBench()
    bench.sale(300)
    bench.insert(1_000)
    ends_at(bench, lambda till: till.payout.running and till.payout.leg is None and till.payout.paid == 500)
    with pytest.raises(_ProgramEnds):
        bench.device.capture(300)
    bench.store.on_write = lambda: None
    count = bench.started().payouts()
    assert count is not None
    assert count.last == Payout(500, 500)
    assert bench.device.status().held == 200
    assert bench.device.give_back() == Payout(200, 200)
    assert (bench.handed_out(), bench.store.till.theirs, bench.store.till.book.kept) == (700, 0, 300)


def test_i7_a_rest_that_the_next_start_would_pay_is_told_to_nobody_as_owed_for_certain() -> None:
    bench = CashBench({100: 5})
    bench.sale(200)
    bench.insert(500)
    bench.machine.hoppers[100].stick_after = 1

    def disk_breaks() -> None:
        payout = bench.store.till.payout
        bench.store.full = bench.store.full or (payout.running and payout.leg is None and payout.paid == 100)

    bench.store.on_write = disk_breaks
    with pytest.raises(PayoutUnclear):
        bench.device.give_change(200)
    assert not is_certain(bench.device.payouts())


@pytest.mark.parametrize("goes", AtReset)
def test_i7_a_note_on_its_way_back_as_the_machine_lost_its_power_too_is_never_given_back_twice(goes: AtReset) -> None:
    """Its validator begins anew, and says where the note went, or does not."""
    bench = CashBench()
    bench.machine.notes.at_reset = goes
    bench.sale(1_000)
    bench.insert(1_000)
    ends_at(bench, lambda till: till.routed is Route.BACK)
    with pytest.raises(_ProgramEnds):
        bench.device.give_back()
    bench.store.on_write = lambda: None
    bench.machine.cut_power()
    bench.machine.power()
    device = bench.started()
    says_so = goes is AtReset.STACKS_AND_TELLS
    assert is_certain(device.payouts()) is says_so
    assert device.status().held == 1_000, "it is theirs, as far as anybody knows"
    if says_so:
        assert device.give_back() == Payout(1_000, 1_000)
    else:
        with pytest.raises(PayoutUnclear):
            device.give_back()
    assert device.status().held == 0
    assert bench.handed_out() == (0 if goes is AtReset.STACKS else 1_000)
