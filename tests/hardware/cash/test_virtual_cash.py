"""The virtual cash device: faults on request, and not a yen lost in any order of events."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from hardware.cash.model import CashEvent, CashFailed, CashProblem, Payout
from hardware.cash.virtual import COINS, DENOMINATIONS, FULL_HOPPERS, VirtualCash
from hardware.errors import CashError

_START = sum(piece * count for piece, count in FULL_HOPPERS.items())


def _sale(fee: int, *pieces: int) -> VirtualCash:
    cash = VirtualCash()
    cash.accept(fee, lambda _: None)
    for piece in pieces:
        assert cash.insert(piece)
    return cash


def test_pieces_come_out_one_by_one_the_largest_first() -> None:
    out: list[int] = []
    cash = VirtualCash(hand_out=out.append)
    cash.accept(230, lambda _: None)
    cash.insert(1_000)
    cash.capture(230)
    assert out == [500, 100, 100, 50, 10, 10]


def test_an_exact_coin_stays_what_it_is() -> None:
    cash = _sale(500, 500)
    assert cash.give_change(500) == Payout(0, 0)
    cash.empty_hoppers()
    assert cash.give_back() == Payout(500, 500)


def test_give_back_returns_the_very_pieces() -> None:
    out: list[int] = []
    cash = VirtualCash(hand_out=out.append)
    cash.accept(600, lambda _: None)
    for piece in (10, 50, 100):
        cash.insert(piece)
    cash.give_back()
    assert out == [10, 50, 100]


def test_a_note_whose_change_could_not_be_paid_is_given_straight_back() -> None:
    cash = VirtualCash({10: 60, 50: 40, 100: 60, 500: 40, 1_000: 2})
    cash.accept(300, lambda _: None)
    assert 10_000 in cash.status().accepted
    cash = VirtualCash({10: 20, 50: 2, 100: 10, 500: 2, 1_000: 2})
    cash.accept(300, lambda _: None)
    assert cash.status().ready
    assert 10_000 not in cash.status().accepted
    assert not cash.insert(10_000)
    assert cash.state().inserted == 0


@pytest.mark.parametrize("piece", [1, 5, 2_000, 7])
def test_what_is_not_taken_is_given_straight_back(piece: int) -> None:
    cash = _sale(300)
    assert not cash.insert(piece)


def test_a_piece_stuck_in_the_slot_is_neither_held_nor_lost() -> None:
    heard: list[CashEvent] = []
    cash = VirtualCash()
    cash.accept(600, heard.append)
    cash.insert(100)
    cash.jam_on_next_insert()
    assert cash.insert(500)
    assert heard[-1] == CashFailed(CashProblem.JAM, 100)
    assert (cash.state().held, cash.state().stuck) == (100, 500)
    assert cash.give_back() == Payout(100, 100)
    cash.mend(CashProblem.JAM)
    assert cash.state().stuck == 0
    assert cash.state().inside + cash.state().handed_out == _START + cash.state().inserted


def test_a_payout_that_breaks_off_says_what_came_out() -> None:
    cash = _sale(300, 1_000)
    cash.fail_payout_after(2)
    assert cash.capture(300) == Payout(asked=700, paid=600)
    assert CashProblem.JAM in cash.status().problems


def test_nothing_comes_out_of_a_device_off_line_and_it_is_all_still_inside() -> None:
    cash = _sale(600, 500)
    cash.fail(CashProblem.OFFLINE)
    assert cash.give_back() == Payout(asked=500, paid=0)
    assert cash.state().inside == _START + 500


def test_held_money_outlives_whoever_opened_the_sale() -> None:
    cash = _sale(600, 500)
    assert cash.status().held == 500
    assert cash.give_back().paid == 500


def test_a_full_box_takes_no_more_sales() -> None:
    cash = VirtualCash(dict.fromkeys(DENOMINATIONS, 500))
    cash.empty_hoppers()
    assert CashProblem.FULL in cash.status().problems


@pytest.mark.parametrize("fee", [0, -10, 305])
def test_a_fee_that_no_coins_make_is_refused(fee: int) -> None:
    with pytest.raises(CashError):
        VirtualCash().accept(fee, lambda _: None)


class MoneyIsConserved(RuleBasedStateMachine):
    """Against a count kept outside: what went in, and what lies in the tray."""

    def __init__(self) -> None:
        super().__init__()
        self.tray = 0
        self.put_in = 0
        self.told = 0
        self.cash = VirtualCash(hand_out=self._fall)

    def _fall(self, piece: int) -> None:
        self.tray += piece

    def _hear(self, event: CashEvent) -> None:
        self.told = event.held

    @rule(fee=st.integers(1, 40).map(lambda tens: tens * 100))
    def accept(self, fee: int) -> None:
        try:
            self.cash.accept(fee, self._hear)
        except CashError:
            return
        self.told = 0

    @rule(piece=st.sampled_from((*DENOMINATIONS, 1, 2_000)))
    def insert(self, piece: int) -> None:
        if self.cash.insert(piece):
            self.put_in += piece

    @rule(problem=st.sampled_from(CashProblem), mended=st.booleans())
    def fail(self, problem: CashProblem, mended: bool) -> None:
        self.cash.fail(problem)
        if mended:
            self.cash.mend(problem)

    @rule(pieces=st.integers(0, 4))
    def fail_payout(self, pieces: int) -> None:
        self.cash.fail_payout_after(pieces)

    @rule()
    def jam_on_next(self) -> None:
        self.cash.jam_on_next_insert()

    @rule()
    def empty_hoppers(self) -> None:
        self.cash.empty_hoppers()

    @rule()
    def give_back(self) -> None:
        held, before = self.cash.status().held, self.tray
        payout = self.cash.give_back()
        assert payout == Payout(held, self.tray - before)
        assert self.cash.status().held == 0

    @precondition(lambda self: self.cash.status().held > 0)
    @rule(share=st.floats(0, 1))
    def capture(self, share: float) -> None:
        held, before = self.cash.status().held, self.tray
        fee = int(held * share) // COINS[0] * COINS[0]
        payout = self.cash.capture(fee)
        assert payout == Payout(held - fee, self.tray - before)
        assert payout.paid <= payout.asked
        assert self.cash.status().held == 0

    @invariant()
    def not_a_yen_appears_or_vanishes(self) -> None:
        state = self.cash.state()
        assert state.inserted == self.put_in
        assert state.handed_out == self.tray
        assert state.inside + self.tray == _START + self.put_in


TestMoneyIsConserved = MoneyIsConserved.TestCase
TestMoneyIsConserved.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)


def test_a_payout_that_is_cut_off_leaves_the_rest_inside_and_is_known_afterwards() -> None:
    def cut(_yen: int) -> None:
        raise KeyboardInterrupt

    cash = VirtualCash(hand_out=cut)
    cash.accept(300, lambda _: None)
    cash.insert(1_000)
    before = cash.state().inside
    with pytest.raises(KeyboardInterrupt):
        cash.give_change(300)
    count = cash.payouts()
    assert count is not None
    assert count.last == Payout(700, 500)
    assert (cash.state().inside, cash.status().held) == (before - 500, 300)
    cash.forget_payouts()
    assert cash.payouts() is None


@pytest.mark.parametrize("changed", [False, True])
def test_a_device_that_was_reset_knows_nothing_of_what_it_held_and_no_yen_is_gone(changed: bool) -> None:
    cash = VirtualCash()
    cash.accept(300, lambda _: None)
    cash.insert(1_000)
    if changed:
        cash.give_change(300)
    before = cash.state().inside
    cash.forget_money()
    assert (cash.state().inside, cash.status().held) == (before, 0)
    assert cash.give_back() == Payout(0, 0)
