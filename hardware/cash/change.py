"""Which coins and notes make an amount of what is there: the one place where change is worked out, for every cash
device. Yen throughout. Pure."""

from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

Pieces = Mapping[int, int]
"""How many of each denomination."""

NOTE = 1_000
"""The note that nearly everybody brings."""

STEP = 50
"""Nearly every fee is a multiple of it."""

REMEMBERED = 2_048
"""So many answers are kept: a device is asked about the same stock again and again, as long as nobody pays."""

_Stock = tuple[tuple[int, int], ...]
"""Denomination and how many there are, the largest first, none of which there are none."""


def change_for(amount: int, stock: Pieces) -> dict[int, int] | None:
    """Pieces of the stock that make exactly this amount, as many large ones as can be; None where there are none."""
    made = _found(amount, _there(stock))
    return None if made is None else dict(made)


def most_for(amount: int, stock: Pieces) -> dict[int, int]:
    """The same, and where the amount can't be made: the largest pieces first, as far as they go."""
    if (exact := change_for(amount, stock)) is not None:
        return exact
    pieces = {}
    for yen in sorted(stock, reverse=True):
        count = min(amount // yen, stock[yen])
        if count > 0:
            pieces[yen] = count
            amount -= count * yen
    return pieces


def can_pay(amount: int, stock: Pieces) -> bool:
    """Whether exactly this amount can be made."""
    return _found(amount, _there(stock)) is not None


def needs_exact(stock: Pieces) -> bool:
    """Whether a note may find no change: some change of a thousand-yen note can't be paid. Then whoever pays should
    bring the sum itself. In steps of 50 yen, as nearly all fees are; of less where change of less is kept."""
    return _is_short(_there(stock), min(STEP, *stock) if stock else STEP)


def _there(stock: Pieces) -> _Stock:
    return tuple(sorted(((yen, count) for yen, count in stock.items() if count > 0), reverse=True))


@lru_cache(REMEMBERED)
def _is_short(there: _Stock, step: int) -> bool:
    return any(_found(amount, there) is None for amount in range(step, NOTE, step))


@lru_cache(REMEMBERED)
def _found(amount: int, there: _Stock) -> Pieces | None:
    return _made(amount, [yen for yen, _ in there], dict(there))


def _made(amount: int, kinds: list[int], stock: Pieces) -> dict[int, int] | None:
    if amount == 0:
        return {}
    if amount < 0 or not kinds:
        return None
    yen, *smaller = kinds
    most = min(amount // yen, stock[yen])
    # Where each divides the next larger the largest number is right if any is. Two thousand does not divide five.
    least = most if all(larger % less == 0 for larger, less in pairwise(kinds)) else 0
    for count in range(most, least - 1, -1):
        rest = _made(amount - count * yen, smaller, stock)
        if rest is not None:
            return {yen: count, **rest} if count else rest
    return None
