"""A cash device without money, steerable while it runs: put in notes and coins, jam it, empty its change, take it off
line, break it during a payout. Not a yen ever appears or vanishes: `state()` shows where all of it is."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hardware.cash import rules
from hardware.cash.change import can_pay, most_for, needs_exact
from hardware.cash.model import CashEvent, CashFailed, CashProblem, CashStatus, MoneyIn, Payout, PayoutCount
from hardware.cash.where import CashState
from hardware.errors import CashError, PayoutUnclear

COINS = (10, 50, 100, 500)
NOTES = (1_000, 5_000, 10_000)
DENOMINATIONS = COINS + NOTES

FULL_HOPPERS: Mapping[int, int] = MappingProxyType({10: 60, 50: 40, 100: 60, 500: 40, 1_000: 30, 5_000: 10, 10_000: 0})
HOPPER_CAPACITY: Mapping[int, int] = MappingProxyType(
    {10: 100, 50: 100, 100: 100, 500: 100, 1_000: 60, 5_000: 30, 10_000: 0}
)
BOX_CAPACITY = 600
"""Notes and coins."""


@dataclass(frozen=True, slots=True)
class CashContents:
    """What lies in the device and what it counted, which no power cut takes away. Notes and coins by piece; `payouts`
    and `last_payout` as `VirtualCash.payouts` tells them, `inserted` and `handed_out` in yen since the beginning."""

    held: tuple[int, ...]
    held_in_hoppers: int
    stuck: tuple[int, ...]
    box: tuple[int, ...]
    hoppers: Mapping[int, int]
    payouts: int
    last_payout: Payout | None
    inserted: int
    handed_out: int


def _nowhere(_: int) -> None:
    """For those who do not watch the tray."""


class VirtualCash:
    """The `CashDevice` without money. Whatever comes out is told to `hand_out`, in yen a piece."""

    def __init__(
        self, hoppers: Mapping[int, int] = FULL_HOPPERS, *, hand_out: Callable[[int], None] = _nowhere
    ) -> None:
        self._hand_out = hand_out
        self._hoppers = Counter({piece: hoppers.get(piece, 0) for piece in DENOMINATIONS})
        self._held: list[int] = []
        self._held_in_hoppers = 0
        """Yen held of which the change is out already: no longer the very pieces."""
        self._stuck: list[int] = []
        self._box: list[int] = []
        self._problems: set[CashProblem] = set()
        self._fee: int | None = None
        self._tell: Callable[[CashEvent], None] | None = None
        self._jam_on_next = self._jam_when_kept = False
        self._payout_pieces_left: int | None = None
        self._payouts = 0
        self._last_payout: Payout | None = Payout(0, 0)
        self._inserted = 0
        self._handed_out = 0

    # Steering

    def insert(self, piece: int) -> bool:
        """Somebody puts in one note or coin; False when the device gives it straight back."""
        if piece not in self._accepted():
            return False
        self._inserted += piece
        if self._jam_on_next:
            self._jam_on_next = False
            self._stuck.append(piece)
            self.fail(CashProblem.JAM)
            return True
        self._held.append(piece)
        if self._tell is not None:
            self._tell(MoneyIn(piece, self._sum()))
        return True

    def fail(self, problem: CashProblem) -> None:
        """From now on the problem is there; a running sale is told at once and its slots close."""
        self._problems.add(problem)
        tell, self._tell, self._fee = self._tell, None, None
        if tell is not None:
            tell(CashFailed(problem, self._sum()))

    def mend(self, problem: CashProblem) -> None:
        """A person saw to the problem. What was stuck goes into the box."""
        self._problems.discard(problem)
        if problem is CashProblem.JAM:
            self._box += self._stuck
            self._stuck.clear()

    def jam_on_next_insert(self) -> None:
        """The next note or coin sticks in the slot: neither credited nor given back."""
        self._jam_on_next = True

    def jam_when_kept(self) -> None:
        """What is held when the next fee is to be kept sticks on its way: nobody can say where it is."""
        self._jam_when_kept = True

    def fail_payout_after(self, pieces: int) -> None:
        """The next payout jams after so many notes and coins came out."""
        self._payout_pieces_left = pieces

    def forget_payouts(self) -> None:
        """The device was reset: it can't say any more what the payouts so far gave."""
        self._last_payout = None

    def forget_money(self) -> None:
        """The device was reset: what it held is in the box, and it does not know of it any more."""
        if self._held_in_hoppers:
            self._box += self._taken_from_hoppers(self._held_in_hoppers)
        self._box += self._held
        self._held, self._held_in_hoppers = [], 0

    def empty_hoppers(self) -> int:
        """Somebody takes the change away, into the box; returns how much it was. From then on there is none."""
        taken = sum(self._hoppers.elements())
        self._box += self._hoppers.elements()
        self._hoppers.clear()
        return taken

    def leave_in_hoppers(self, pieces: Mapping[int, int]) -> None:
        """Somebody takes the change away, into the box, but for so many pieces of each."""
        taken = self._hoppers - Counter(pieces)
        self._box += taken.elements()
        self._hoppers -= taken

    def fill_hoppers(self) -> int:
        """Somebody puts change from the box back, as far as the hoppers have room; returns how much it was."""
        kept, box = [], self._box
        for piece in box:
            if self._hoppers[piece] < HOPPER_CAPACITY[piece]:
                self._hoppers[piece] += 1
            else:
                kept.append(piece)
        self._box = kept
        return sum(box) - sum(kept)

    def state(self) -> CashState:
        """Where all money is."""
        return CashState(
            held=self._sum(),
            stuck=sum(self._stuck),
            hoppers=sum(self._hoppers.elements()) - self._held_in_hoppers,
            box=sum(self._box),
            inserted=self._inserted,
            handed_out=self._handed_out,
        )

    def contents(self) -> CashContents:
        """All that is in it, for `put_back`."""
        return CashContents(
            held=tuple(self._held),
            held_in_hoppers=self._held_in_hoppers,
            stuck=tuple(self._stuck),
            box=tuple(self._box),
            hoppers=dict(self._hoppers),
            payouts=self._payouts,
            last_payout=self._last_payout,
            inserted=self._inserted,
            handed_out=self._handed_out,
        )

    def put_back(self, contents: CashContents) -> None:
        """It is the device that this was in when the power went, in place of all that it was."""
        self._held, self._held_in_hoppers = list(contents.held), contents.held_in_hoppers
        self._stuck, self._box = list(contents.stuck), list(contents.box)
        self._hoppers = Counter(contents.hoppers)
        self._payouts, self._last_payout = contents.payouts, contents.last_payout
        self._inserted, self._handed_out = contents.inserted, contents.handed_out

    # The device

    def status(self) -> CashStatus:
        """What the device can do now. `held` outlives a restart of the kiosk, as in a real escrow."""
        found, exact = frozenset(self._found_problems()), needs_exact(self._hoppers)
        return CashStatus(found, self._sum(), self._accepted(), exact)

    def accept(self, fee: int, tell: Callable[[CashEvent], None]) -> None:
        """Opens the slots. Raises `CashError` when there is a problem, or when a sale is running already."""
        if fee <= 0 or fee % COINS[0]:
            raise CashError("a fee is a multiple of the smallest coin")
        if self._found_problems():
            raise CashError("the device takes no money now")
        if self._fee is not None or self._sum():
            raise CashError("money of another sale is still held")
        self._fee, self._tell = fee, tell

    def inhibit(self) -> int:
        """Closes the slots and returns the yen held."""
        self._fee, self._tell = None, None
        return self._sum()

    def give_back(self) -> Payout:
        """Closes the slots and returns the very notes and coins that were put in, as long as no change was given for
        them. What does not come out goes into the box and is owed."""
        asked = self.inhibit()
        pieces = self._held + self._taken_from_hoppers(self._held_in_hoppers)
        self._held, self._held_in_hoppers = [], 0
        return self._pay_out(asked, pieces)

    def give_change(self, fee: int) -> Payout:
        """Pays out what is held above `fee`. Raises `CashError` when less is held."""
        return self._keep(fee, still_held=True)

    def capture(self, fee: int) -> Payout:
        """Keeps `fee` and pays the rest out from the hoppers. Raises `CashError` when less is held."""
        return self._keep(fee, still_held=False)

    def stop(self) -> None:
        """Closes the slots."""
        self.inhibit()

    def payouts(self) -> PayoutCount | None:
        """What came of the last payout, also when whoever asked for it is gone."""
        if self._last_payout is None or CashProblem.OFFLINE in self._problems:
            return None
        return PayoutCount(self._payouts, self._last_payout)

    def _sum(self) -> int:
        return sum(self._held) + self._held_in_hoppers

    def _keep(self, fee: int, *, still_held: bool) -> Payout:
        held = self.inhibit()
        if fee < 0 or fee > held:
            raise CashError("less is held than is to be kept")
        if still_held and fee == held:
            return self._pay_out(0, [])
        if self._jam_when_kept and self._held and not still_held:
            self._stick()
        for piece in self._held:
            self._store(piece)
        self._held, self._held_in_hoppers = [], fee if still_held else 0
        return self._pay_out(held - fee, self._taken_from_hoppers(held - fee))

    def _taken_from_hoppers(self, amount: int) -> list[int]:
        """As much of the amount as the hoppers can pay, taken out of them."""
        pieces = most_for(amount, self._hoppers)
        self._hoppers.subtract(pieces)
        return [yen for yen, count in pieces.items() for _ in range(count)]

    def _accepted(self) -> tuple[int, ...]:
        """Notes and coins that the running sale still wants, and whose change could be paid."""
        if self._fee is None or self._found_problems():
            return ()
        missing = self._fee - self._sum()
        if missing <= 0:
            return ()
        return tuple(piece for piece in DENOMINATIONS if piece <= missing or can_pay(piece - missing, self._hoppers))

    def _found_problems(self) -> set[CashProblem]:
        found = set(self._problems)
        if rules.has_no_change(COINS, NOTES, self._hoppers):
            found.add(CashProblem.NO_CHANGE)
        if len(self._box) >= BOX_CAPACITY:
            found.add(CashProblem.FULL)
        return found

    def _stick(self) -> None:
        """Raises `PayoutUnclear`."""
        self._jam_when_kept = False
        self._stuck += self._held
        self._held = []
        self._payouts, self._last_payout = self._payouts + 1, None
        self.fail(CashProblem.JAM)
        raise PayoutUnclear("nobody knows where the notes are")

    def _store(self, piece: int) -> None:
        if self._hoppers[piece] < HOPPER_CAPACITY[piece]:
            self._hoppers[piece] += 1
        else:
            self._box.append(piece)

    def _pay_out(self, asked: int, pieces: list[int]) -> Payout:
        """Hands the pieces out one by one, as far as it gets; the others go into the box."""
        limit = len(pieces)
        if CashProblem.OFFLINE in self._problems:
            limit = 0
        elif self._payout_pieces_left is not None and pieces:
            limit = min(limit, self._payout_pieces_left)
            self._payout_pieces_left = None
            self._problems.add(CashProblem.JAM)
        out: list[int] = []
        self._payouts += 1
        self._last_payout = payout = Payout(asked, 0)
        try:
            for piece in pieces[:limit]:
                out.append(piece)
                self._handed_out += piece
                self._last_payout = payout = Payout(asked, sum(out))
                self._hand_out(piece)
        finally:
            self._box += pieces[len(out) :]
        return payout
