"""What every `CashDevice` promises: the one without money, the one on a ccTalk bus, here a virtual one behind a
pseudo-terminal, and the clerk's drawer. What breaks is promised of machines alone: a clerk pays what is ordered."""

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

import pytest

from hardware.cash.model import CashDevice, CashEvent, CashFailed, CashProblem, MoneyIn, Payout
from hardware.cash.virtual import VirtualCash
from hardware.errors import CashError, PayoutUnclear
from kiosk.actions.counter.day_book import DayBook, Shelf
from kiosk.actions.counter.drawer import DrawerCash
from kiosk.counter.day.counts import counts, one_each
from kiosk.counter.day.day import Day
from kiosk.counter.day.entries import Opened
from tests.support.cash_bench import is_certain, through_a_port


class Rig(Protocol):
    """A cash device, and hands that put money in."""

    @property
    def device(self) -> CashDevice: ...

    def insert(self, piece: int) -> bool: ...

    def handed_out(self) -> int: ...


class MachineRig(Rig, Protocol):
    """A machine, and hands that break it and take its change away."""

    def fail(self, problem: CashProblem) -> None: ...

    def take_change_away(self) -> None: ...

    def jam_when_kept(self) -> None: ...


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


class DrawerRig:
    """On a day that is open; the clerk takes what the device lets them, and hands out what the book orders."""

    def __init__(self, folder: Path) -> None:
        at = datetime(2026, 11, 30, 9, tzinfo=UTC)
        self.book = DayBook(Shelf(folder / "day.json"), threading.Lock(), lambda: at)
        self.book.write(Opened("2026-11-30", counts({1000: 2, 500: 4, 100: 20}), 100), "K1")
        self.drawer = DrawerCash(self.book, lambda: "K1")
        self.device: CashDevice = self.drawer

    def insert(self, piece: int) -> bool:
        return isinstance(self.drawer.take(one_each([piece])), Day)

    def handed_out(self) -> int:
        return self.book.day.due


def virtual(folder: Path) -> AbstractContextManager[MachineRig]:
    return nullcontext(VirtualRig())


def on_a_bus(folder: Path) -> AbstractContextManager[MachineRig]:
    return through_a_port()


def drawer(folder: Path) -> AbstractContextManager[Rig]:
    return nullcontext(DrawerRig(folder))


@pytest.fixture(params=[virtual, on_a_bus, drawer])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    made: AbstractContextManager[Rig] = request.param(tmp_path)
    with made as rig:
        yield rig


@pytest.fixture(params=[virtual, on_a_bus])
def machine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MachineRig]:
    made: AbstractContextManager[MachineRig] = request.param(tmp_path)
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


def test_a_fault_while_taking_money_is_told_once_and_closes_the_slots(machine: MachineRig) -> None:
    heard: list[CashEvent] = []
    machine.device.accept(600, heard.append)
    machine.insert(500)
    machine.fail(CashProblem.JAM)
    assert heard[1:] == [CashFailed(CashProblem.JAM, 500)]
    assert not machine.insert(100)
    assert machine.device.status().problems == {CashProblem.JAM}


def test_no_sale_starts_on_a_device_with_a_problem(machine: MachineRig) -> None:
    machine.fail(CashProblem.OFFLINE)
    with pytest.raises(CashError):
        machine.device.accept(300, lambda _: None)


def test_no_sale_starts_without_change(machine: MachineRig) -> None:
    machine.take_change_away()
    assert machine.device.status().problems == {CashProblem.NO_CHANGE}
    with pytest.raises(CashError):
        machine.device.accept(300, lambda _: None)


def test_a_note_that_sticks_on_its_way_to_the_box_is_unclear_and_nothing_comes_out_for_it(machine: MachineRig) -> None:
    machine.device.accept(2_000, lambda _: None)
    machine.insert(1_000)
    machine.insert(1_000)
    machine.jam_when_kept()
    with pytest.raises(PayoutUnclear):
        machine.device.capture(2_000)
    assert machine.handed_out() == machine.device.status().held == 0
    assert not is_certain(machine.device.payouts())
    assert not machine.device.status().ready


def test_change_that_vanished_during_the_sale_is_told_as_missing(machine: MachineRig) -> None:
    machine.device.accept(300, lambda _: None)
    machine.insert(1_000)
    machine.take_change_away()
    payout = machine.device.capture(300)
    assert payout.asked == 700
    assert payout.paid == machine.handed_out() < 700


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


def test_an_exact_note_gives_no_change_and_stays_what_it_is(machine: MachineRig) -> None:
    machine.device.accept(1_000, lambda _: None)
    machine.insert(1_000)
    assert machine.device.give_change(1_000) == Payout(0, 0)
    machine.take_change_away()
    assert machine.device.give_back() == Payout(1_000, 1_000)


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
        payout, count = pay(), rig.device.payouts()
        assert count is not None
        assert (count.number, count.last, count.certain) == (before.number + number, payout, True)


def test_a_device_that_does_not_answer_says_nothing_of_its_payouts_and_keeps_no_program_from_its_end(
    machine: MachineRig,
) -> None:
    machine.device.accept(600, lambda _: None)
    machine.insert(500)
    machine.fail(CashProblem.OFFLINE)
    assert not is_certain(machine.device.payouts())
    machine.device.stop()


def test_once_the_program_ends_no_more_is_taken_and_nobody_hears_of_it(rig: Rig) -> None:
    heard: list[CashEvent] = []
    rig.device.accept(600, heard.append)
    assert rig.insert(500)
    rig.device.stop()
    rig.device.stop()
    assert not rig.insert(100)
    assert heard == [MoneyIn(500, 500)]
    assert rig.device.status().held == 500, "the next program finds it"
    assert rig.handed_out() == 0
