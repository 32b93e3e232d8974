"""Which pieces may be let in, and which hoppers pay. Until the release all money can go back: a note in escrow by
itself, everything else out of the hoppers; so a piece for which that does not hold is not let in. Yen
throughout. Pure."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

from hardware.cash.change import REMEMBERED, Pieces, change_for

SMALLEST_FEES = (200, 300)
"""Yen of a copy at nearly every municipality. What a visit costs is known only once its documents are."""

MOST_PIECES = 100
"""So many at most must come out to pay anything back: whoever waits for more waits too long."""


@dataclass(frozen=True, slots=True)
class Sale:
    """`held` is in the machine, `escrow` the note that waits; `stock` the coins that the hoppers surely have, by
    denomination."""

    fee: int
    held: int
    escrow: int
    stock: Pieces

    @property
    def missing(self) -> int:
        """What is still to be paid; 0 or less when it is all there."""
        return self.fee - self.held - self.escrow


def accepted(sale: Sale, coins: Collection[int], notes: Collection[int]) -> tuple[int, ...]:
    """The denominations that may be let in now, ascending: those after which the fee can still be reached. Where change
    is short these are fewer; none where nothing leads to the fee."""
    return tuple(yen for yen, after in _steps(sale, coins, notes) if can_be_paid(after, coins, notes))


def can_be_paid(sale: Sale, coins: Collection[int], notes: Collection[int]) -> bool:
    """Whether some pieces, one after the other, come to the fee."""
    ahead, seen = [sale], {(sale.held, sale.escrow)}
    while ahead:
        now = ahead.pop()
        if now.missing <= 0:
            return True
        for _, after in _steps(now, coins, notes):
            if (after.held, after.escrow) not in seen:
                seen.add((after.held, after.escrow))
                ahead.append(after)
    return False


def _steps(sale: Sale, coins: Collection[int], notes: Collection[int]) -> list[tuple[int, Sale]]:
    """Each piece of which all can go back and the change can be paid, ascending, and the sale with it."""
    missing = sale.missing
    if missing <= 0:
        return []
    steps = {
        yen: replace(sale, held=sale.held + yen)
        for yen in coins
        if _can_pay(sale.held + yen, sale) and _has_change(yen - missing, sale)
    }
    if not sale.escrow:
        steps |= {yen: _with_room(replace(sale, escrow=yen)) for yen in notes if _has_change(yen - missing, sale)}
    return sorted(steps.items())


def _with_room(sale: Sale) -> Sale:
    return replace(sale, held=sale.held + sale.escrow, escrow=0) if stacks_at_once(sale) else sale


def stacks_at_once(sale: Sale) -> bool:
    """Whether the note in escrow makes room for the next one: only while more is missing, and only when the hoppers
    could pay its value back."""
    return bool(sale.escrow) and sale.missing > 0 and _can_pay(sale.held + sale.escrow, sale)


def has_no_change(coins: Collection[int], notes: Collection[int], stock: Pieces) -> bool:
    """Whether one of the smallest fees could not be paid: then no sale starts."""
    return _has_none(tuple(coins), tuple(notes), tuple(stock.items()))


@lru_cache(REMEMBERED)
def _has_none(coins: tuple[int, ...], notes: tuple[int, ...], stock: tuple[tuple[int, int], ...]) -> bool:
    return not all(can_be_paid(Sale(fee, 0, 0, dict(stock)), coins, notes) for fee in SMALLEST_FEES)


def _has_change(change: int, sale: Sale) -> bool:
    return change <= 0 or _can_pay(change, sale)


def _can_pay(amount: int, sale: Sale) -> bool:
    pieces = change_for(amount, sale.stock)
    return pieces is not None and sum(pieces.values()) <= MOST_PIECES
