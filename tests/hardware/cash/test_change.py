"""Change from what is there: exact where there is a way, never more than there is, known to be short before money."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hardware.cash.change import can_pay, change_for, most_for, needs_exact

KINDS = (10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000)
STOCKS = st.dictionaries(st.sampled_from(KINDS), st.integers(0, 3), max_size=5)
AMOUNTS = st.integers(0, 2_400).map(lambda tens: 10 * tens)


def _worth(pieces: dict[int, int]) -> int:
    return sum(yen * count for yen, count in pieces.items())


def _by_trying_everything(stock: dict[int, int]) -> set[int]:
    """Every amount that some of the pieces make."""
    counts = product(*(range(count + 1) for count in stock.values()))
    return {sum(yen * count for yen, count in zip(stock, taken, strict=True)) for taken in counts}


@settings(max_examples=60, deadline=None)
@given(STOCKS, AMOUNTS)
def test_there_is_change_exactly_where_some_of_the_pieces_make_it(stock: dict[int, int], amount: int) -> None:
    found = change_for(amount, stock)
    assert (found is not None) == (amount in _by_trying_everything(stock)) == can_pay(amount, stock)
    most = most_for(amount, stock)
    assert all(0 < count <= stock[yen] for yen, count in most.items())
    assert _worth(most) == amount if found is not None else _worth(most) < amount


def test_whoever_takes_pieces_out_of_an_answer_changes_no_other_answer() -> None:
    stock = {10: 4, 50: 1, 100: 4, 500: 1}
    first = change_for(800, stock)
    assert first == {500: 1, 100: 3}
    first.clear()
    assert change_for(800, stock) == {500: 1, 100: 3}
    stock[500] = 0
    assert change_for(800, stock) is None


def test_one_large_piece_fewer_is_taken_where_only_that_makes_the_amount() -> None:
    assert change_for(6_000, {5_000: 1, 2_000: 3}) == {2_000: 3}
    assert change_for(11_000, {10_000: 1, 5_000: 1, 2_000: 3}) == {5_000: 1, 2_000: 3}


def test_what_can_not_be_made_is_paid_as_far_as_the_largest_pieces_go() -> None:
    assert most_for(780, {500: 1, 100: 1, 10: 4}) == {500: 1, 100: 1, 10: 4}


@pytest.mark.parametrize(
    ("stock", "short"),
    [
        ({10: 4, 50: 1, 100: 4, 500: 1}, False),
        ({10: 3, 50: 1, 100: 4, 500: 1}, True),
        ({10: 0, 50: 1, 100: 4, 500: 1}, True),
        ({50: 1, 100: 4, 500: 1}, False),
        ({100: 40, 500: 40}, True),
        ({}, True),
    ],
)
def test_whether_a_thousand_yen_note_may_find_no_change(stock: dict[int, int], short: bool) -> None:
    assert needs_exact(stock) is short
