"""Money at the kiosk and the Protocol that real and virtual cash devices fulfil. Amounts are whole yen. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class CashProblem(Enum):
    """Why no money can be taken."""

    JAM = "jam"
    NO_CHANGE = "no-change"
    FULL = "full"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class CashStatus:
    """`held` is what the present customer has put in and nobody owns yet; `accepted` the denominations taken now.
    `exact`: change is short, and whoever pays should bring the sum itself."""

    problems: frozenset[CashProblem]
    held: int
    accepted: tuple[int, ...]
    exact: bool = False

    @property
    def ready(self) -> bool:
        """Whether a sale may start."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class MoneyIn:
    """One note or coin was taken; `held` is the sum now."""

    amount: int
    held: int


@dataclass(frozen=True, slots=True)
class CashFailed:
    """The device failed while it was taking money; `held` is what it knows to hold."""

    problem: CashProblem
    held: int


CashEvent = MoneyIn | CashFailed


@dataclass(frozen=True, slots=True)
class Payout:
    """What came out: `paid` of `asked` yen. What is missing becomes a debt with a slip."""

    asked: int
    paid: int


@dataclass(frozen=True, slots=True)
class PayoutCount:
    """How many payouts the device has begun so far, and what came of the last. No two payouts have the same number. Of
    one that a restart cut off the device may hold again what did not come out: then `asked` is what did. `keeps` are
    the yen that the last one kept for good, None where nothing was decided by it or the device does not note that.
    Unless `certain` nobody can say what else came out."""

    number: int
    last: Payout
    keeps: int | None = None
    certain: bool = True


class CashDevice(Protocol):
    """Notes and coins in, change out. Until `capture` everything held can go back. What a payout gave can be asked for
    afterwards too, by whoever was not there when it ended. A payout of which nobody can say what came out raises
    `PayoutUnclear`, and `payouts` is not certain, or says None, from then on; so may the first after a restart, on all
    of which nobody can say whether it came out before."""

    def status(self) -> CashStatus:
        """What the device can do now."""
        ...

    def accept(self, fee: int, tell: Callable[[CashEvent], None]) -> None:
        """Opens the slots until `inhibit`, `give_back` or `capture`; tells each note and coin. A fault closes them too
        and is told as `CashFailed`. Raises `CashError` while there is a problem or money of another sale is held."""
        ...

    def inhibit(self) -> int:
        """Closes the slots and returns the yen held, as far as the device knows. Raises `CashError` when they may still
        be open, or what is held may go out unseen: then nothing may be released on it."""
        ...

    def give_back(self) -> Payout:
        """Closes the slots and returns everything held; nothing is held afterwards, whatever came out. Raises nothing
        but `PayoutUnclear`."""
        ...

    def give_change(self, fee: int) -> Payout:
        """Closes the slots and pays out what is held above `fee`; `fee` is still held afterwards. Raises `CashError`
        when less is held, and pays nothing then."""
        ...

    def capture(self, fee: int) -> Payout:
        """Keeps `fee` of what is held and pays the rest out as change; nothing is held afterwards, whatever came out.
        Raises `CashError` when less is held, and keeps nothing then; `PayoutUnclear` also when a note of it sticks on
        its way to where it is kept: the fee counts as kept, and nothing more comes out."""
        ...

    def stop(self) -> None:
        """The program ends: closes the slots as far as the device still answers, and tells nobody of money any more.
        What a slot that stayed open takes, `status` of the next program finds. Waits for a payout that is under way.
        Never raises."""
        ...

    def payouts(self) -> PayoutCount | None:
        """The payouts so far; not certain while the device does not answer as a whole, None when it can't say anything
        because it was reset or is away. Never raises."""
        ...
