"""Which pieces may be let in, and which hoppers pay. Until the release all money can go back: a note in escrow by
itself, everything else out of the hoppers; so a piece for which that does not hold is not let in. Yen
throughout. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sale:
    """`held` is in the machine, `escrow` the note that waits; `stock` the coins that the hoppers surely have, by
    denomination."""

    fee: int
    held: int
    escrow: int
    stock: Mapping[int, int]

    @property
    def missing(self) -> int:
        """What is still to be paid; 0 or less when it is all there."""
        return self.fee - self.held - self.escrow


def coins_for(amount: int, stock: Mapping[int, int]) -> dict[int, int]:
    """How many coins of which denomination pay as much of the amount as can be paid, the largest first: Japan's coins
    each divide the next, so that this finds a way if there is one."""
    coins = {}
    for yen in sorted(stock, reverse=True):
        count = min(amount // yen, stock[yen])
        if count > 0:
            coins[yen] = count
            amount -= count * yen
    return coins


def can_pay(amount: int, stock: Mapping[int, int]) -> bool:
    """Whether the hoppers can pay exactly this."""
    return sum(yen * count for yen, count in coins_for(amount, stock).items()) == amount


def accepted(sale: Sale, coins: Iterable[int], notes: Iterable[int]) -> tuple[int, ...]:
    """The denominations that may be let in now, ascending. Where change is short these are fewer, down to those with
    which the fee is paid exactly."""
    missing = sale.missing
    if missing <= 0:
        return ()
    let_in = [yen for yen in coins if can_pay(sale.held + yen, sale.stock) and _has_change(yen - missing, sale)]
    if not sale.escrow:
        let_in += [yen for yen in notes if _has_change(yen - missing, sale)]
    return tuple(sorted(set(let_in)))


def stacks_at_once(sale: Sale) -> bool:
    """Whether the note in escrow makes room for the next one: only while more is missing, and only when the hoppers
    could pay its value back."""
    return bool(sale.escrow) and sale.missing > 0 and can_pay(sale.held + sale.escrow, sale.stock)


def has_no_change(coins: Iterable[int], stock: Mapping[int, int]) -> bool:
    """Whether not one coin could be given back: then no sale starts."""
    return not any(can_pay(yen, stock) for yen in coins)


def _has_change(change: int, sale: Sale) -> bool:
    return change <= 0 or can_pay(change, sale.stock)
