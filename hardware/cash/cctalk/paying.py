"""Money out: hopper by hopper, each told once and asked until it says what came out. What nobody can say ends the
payout: nothing more is paid on top of it."""

from hardware.cash.cctalk import till as account
from hardware.cash.cctalk.faults import BusFault, NotDone
from hardware.cash.cctalk.hopper import AT_ONCE, Counted, Hopper, next_number
from hardware.cash.cctalk.kept import Kept
from hardware.cash.cctalk.peripherals import Peripherals
from hardware.cash.cctalk.rules import coins_for
from hardware.cash.cctalk.till import Doubt, Leg
from hardware.errors import PayoutUnclear
from hardware.ports import Clock

LOOK_S = 0.2
STALLED_S = 15.0
"""So long without a coin, and a hopper is stopped. Its own limit is shorter."""

SILENT_S = 10.0
"""So long without an answer, and a hopper is given up."""


class Payer:
    """Not for two threads at once."""

    def __init__(self, peripherals: Peripherals, kept: Kept, clock: Clock) -> None:
        self._hoppers = peripherals.hoppers
        self._kept = kept
        self._clock = clock

    def pay(self, amount: int) -> None:
        """Pays as much of it as comes out, into the payout that the account has begun. Raises `PayoutUnclear`."""
        out_of_use: set[int] = set()
        while amount and self._kept.works:
            stock = {
                yen: count
                for yen, count in self._kept.till.hoppers.items()
                if yen in self._hoppers and yen not in out_of_use
            }
            coins = coins_for(amount, stock)
            if not coins:
                return
            yen = max(coins)
            paid = self._leg(self._hoppers[yen], min(coins[yen], AT_ONCE))
            amount -= paid * yen
            if paid < min(coins[yen], AT_ONCE):
                out_of_use.add(yen)

    def finish(self) -> None:
        """What came of a leg that a restart cut off, by the hopper's own count. Raises `PayoutUnclear`."""
        leg = self._kept.till.payout.leg
        if leg is None:
            return
        if leg.yen not in self._hoppers:
            self._unknown(0)
        self._watch(self._hoppers[leg.yen], leg, refused=False)

    def _leg(self, hopper: Hopper, coins: int) -> int:
        """How many of the coins came out."""
        try:
            before = hopper.counted()
            if before.remaining or not hopper.is_well():
                return 0
            hopper.enable(on=True)
        except BusFault:
            return 0
        self._compare(hopper.yen, before.number)
        leg = Leg(hopper.yen, coins, before.number)
        self._kept.change(lambda till: account.leg_begun(till, leg))
        if not self._kept.works:
            # A payout that is not on disk could be made twice after a restart.
            self._kept.change(lambda till: account.leg_ended(till, 0, before.number))
            return 0
        refused = False
        try:
            hopper.dispense(coins)
        except NotDone:
            refused = True
        except BusFault:
            self._clock.wait(LOOK_S)
        return self._watch(hopper, leg, refused=refused)

    def _compare(self, yen: int, number: int) -> None:
        """A hopper that counts payouts of which the account knows nothing was emptied by somebody else."""
        known = self._kept.till.numbers.get(yen)
        if known is not None and number not in (known, 0):
            self._kept.change(lambda till: account.doubted(till, Doubt.ANOTHERS_PAYOUT))

    def _watch(self, hopper: Hopper, leg: Leg, *, refused: bool) -> int:
        """Waits until the hopper says that its part is over. A count that did not move means that it never heard of
        it; but a count of 0 may as well come of a reset after it did. Raises `PayoutUnclear`."""
        now, said = self._clock.monotonic, Counted(leg.number, 0, 0, 0)
        moved_at = heard_at = now()
        while True:
            try:
                told = hopper.counted()
                heard_at = now()
            except BusFault:
                if now() - heard_at > SILENT_S:
                    self._unknown(said.paid)
                self._clock.wait(LOOK_S)
                continue
            if told.number == leg.number == said.number and not told.remaining and (refused or leg.number):
                return self._over(hopper, 0, told)
            if told.number != next_number(leg.number):
                self._unknown(said.paid)
            if not told.remaining:
                return self._over(hopper, told.paid, told, ran_out=told.unpaid > 0)
            if told.paid != said.paid:
                moved_at = now()
            elif now() - moved_at > STALLED_S:
                self._stop(hopper)
                moved_at = now()
            said = told
            self._clock.wait(LOOK_S)

    def _stop(self, hopper: Hopper) -> None:
        try:
            hopper.stop()
        except BusFault:
            # Asked again after the next while.
            return

    def _over(self, hopper: Hopper, paid: int, told: Counted, *, ran_out: bool = False) -> int:
        self._kept.change(lambda till: account.leg_ended(till, paid, told.number, ran_out=ran_out))
        try:
            hopper.enable(on=False)
        except BusFault:
            return paid
        return paid

    def _unknown(self, at_least: int) -> None:
        self._kept.change(lambda till: account.leg_unknown(till, at_least))
        raise PayoutUnclear("a hopper can't say what came out")
