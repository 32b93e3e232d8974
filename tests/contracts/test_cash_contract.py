"""What every `CashDevice` promises: the one without money, and the one on a ccTalk bus, here a virtual one behind a
pseudo-terminal."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from typing import Protocol

import pytest

from hardware.cash.model import CashDevice, CashEvent, CashFailed, CashProblem, MoneyIn, Payout, PayoutCount
from hardware.cash.virtual import VirtualCash
from hardware.errors import CashError, PayoutUnclear
from tests.support.cash_bench import through_a_port


class Rig(Protocol):
    """A cash device, and hands that put money in and take its change away."""

    @property
    def device(self) -> CashDevice: ...

    def insert(self, piece: int) -> bool: ...

    def fail(self, problem: CashProblem) -> None: ...

    def take_change_away(self) -> None: ...

    def jam_when_kept(self) -> None: ...

    def handed_out(self) -> int: ...


class VirtualRig:
    def __init__(self) -> None:
        cash = VirtualCash()
        self.device: CashDevice = cash
        self.insert: Callable[[int], bool] = cash.insert
        self.fail: Callable[[CashProblem], None] = cash.fail
        self.cash = cash

    def take_change_away(self) -> None:
        self.cash.empty_hoppers()

    def jam_when_kept(self) -> None:
        self.cash.jam_when_kept()

    def handed_out(self) -> int:
        return self.cash.state().handed_out


def virtual() -> AbstractContextManager[Rig]:
    return nullcontext(VirtualRig())


@pytest.fixture(params=[virtual, through_a_port])
def rig(request: pytest.FixtureRequest) -> Iterator[Rig]:
    made: AbstractContextManager[Rig] = request.param()
    with made as rig:
        yield rig


def test_takes_nothing_before_a_sale(rig: Rig) -> None:
    assert rig.device.status().ready
    assert rig.device.status().accepted == ()
    assert not rig.insert(100)
    assert rig.device.status().held == 0


def test_every_piece_is_told_with_the_sum(rig: Rig) -> None:
    heard: list[CashEvent] = []
    rig.device.accept(600, heard.append)
    assert rig.insert(500)
    assert rig.insert(100)
    assert heard == [MoneyIn(500, 500), MoneyIn(100, 600)]


def test_slots_close_when_the_fee_is_in(rig: Rig) -> None:
    rig.device.accept(300, lambda _: None)
    assert rig.insert(1_000)
    assert rig.device.status().accepted == ()
    assert not rig.insert(100)
    assert rig.device.inhibit() == 1_000


def test_capture_keeps_the_fee_and_pays_the_rest(rig: Rig) -> None:
    rig.device.accept(300, lambda _: None)
    rig.insert(1_000)
    assert rig.device.capture(300) == Payout(asked=700, paid=700)
    assert rig.handed_out() == 700
    assert rig.device.status().held == 0


def test_give_back_returns_everything(rig: Rig) -> None:
    rig.device.accept(1_300, lambda _: None)
    rig.insert(1_000)
    rig.insert(100)
    assert rig.device.give_back() == Payout(asked=1_100, paid=1_100)
    assert rig.handed_out() == 1_100
    assert rig.device.status().held == 0
    assert not rig.insert(100)


def test_capture_of_more_than_is_held_keeps_nothing(rig: Rig) -> None:
    rig.device.accept(600, lambda _: None)
    rig.insert(500)
    with pytest.raises(CashError):
        rig.device.capture(600)
    assert rig.device.status().held == 500
    assert rig.device.give_back() == Payout(500, 500)


def test_a_fault_while_taking_money_is_told_once_and_closes_the_slots(rig: Rig) -> None:
    heard: list[CashEvent] = []
    rig.device.accept(600, heard.append)
    rig.insert(500)
    rig.fail(CashProblem.JAM)
    assert heard[1:] == [CashFailed(CashProblem.JAM, 500)]
    assert not rig.insert(100)
    assert rig.device.status().problems == {CashProblem.JAM}


def test_no_sale_starts_on_a_device_with_a_problem(rig: Rig) -> None:
    rig.fail(CashProblem.OFFLINE)
    with pytest.raises(CashError):
        rig.device.accept(300, lambda _: None)


def test_no_sale_starts_without_change(rig: Rig) -> None:
    rig.take_change_away()
    assert rig.device.status().problems == {CashProblem.NO_CHANGE}
    with pytest.raises(CashError):
        rig.device.accept(300, lambda _: None)


def test_a_note_that_sticks_on_its_way_to_the_box_is_unclear_and_nothing_comes_out_for_it(rig: Rig) -> None:
    rig.device.accept(2_000, lambda _: None)
    rig.insert(1_000)
    rig.insert(1_000)
    rig.jam_when_kept()
    with pytest.raises(PayoutUnclear):
        rig.device.capture(2_000)
    assert rig.handed_out() == rig.device.status().held == 0
    assert rig.device.payouts() is None
    assert not rig.device.status().ready


def test_change_that_vanished_during_the_sale_is_told_as_missing(rig: Rig) -> None:
    rig.device.accept(300, lambda _: None)
    rig.insert(1_000)
    rig.take_change_away()
    payout = rig.device.capture(300)
    assert payout.asked == 700
    assert payout.paid == rig.handed_out() < 700


def test_money_of_an_unfinished_sale_is_held_until_somebody_settles_it(rig: Rig) -> None:
    rig.device.accept(600, lambda _: None)
    rig.insert(500)
    assert rig.device.inhibit() == 500
    with pytest.raises(CashError):
        rig.device.accept(600, lambda _: None)
    assert rig.device.status().held == 500
    rig.device.give_back()
    rig.device.accept(600, lambda _: None)


def test_change_comes_out_and_the_fee_is_still_held(rig: Rig) -> None:
    rig.device.accept(300, lambda _: None)
    rig.insert(1_000)
    assert rig.device.give_change(300) == Payout(asked=700, paid=700)
    assert rig.handed_out() == 700
    assert rig.device.status().held == 300
    with pytest.raises(CashError):
        rig.device.accept(300, lambda _: None)
    assert rig.device.give_back() == Payout(300, 300)
    assert rig.handed_out() == 1_000


def test_after_the_change_a_part_of_the_fee_can_be_kept(rig: Rig) -> None:
    rig.device.accept(400, lambda _: None)
    rig.insert(1_000)
    rig.device.give_change(400)
    assert rig.device.capture(200) == Payout(asked=200, paid=200)
    assert rig.device.status().held == 0


def test_an_exact_note_gives_no_change_and_stays_what_it_is(rig: Rig) -> None:
    rig.device.accept(1_000, lambda _: None)
    rig.insert(1_000)
    assert rig.device.give_change(1_000) == Payout(0, 0)
    rig.take_change_away()
    assert rig.device.give_back() == Payout(1_000, 1_000)


def test_change_of_more_than_is_held_pays_nothing(rig: Rig) -> None:
    rig.device.accept(600, lambda _: None)
    rig.insert(500)
    with pytest.raises(CashError):
        rig.device.give_change(600)
    assert rig.device.status().held == 500


def test_every_payout_has_a_number_and_can_be_asked_for(rig: Rig) -> None:
    before = rig.device.payouts()
    assert before is not None
    rig.device.accept(300, lambda _: None)
    rig.insert(1_000)
    assert rig.device.payouts() == before
    for number, pay in enumerate((lambda: rig.device.give_change(300), rig.device.give_back), start=1):
        payout = pay()
        assert rig.device.payouts() == PayoutCount(before.number + number, payout)


def test_a_device_that_does_not_answer_says_nothing_of_its_payouts(rig: Rig) -> None:
    rig.fail(CashProblem.OFFLINE)
    assert rig.device.payouts() is None
