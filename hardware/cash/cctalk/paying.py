"""Money out: hopper by hopper, each told once and asked until it says what came out. What nobody can say ends the
payout: nothing more is paid on top of it."""

from contextlib import suppress
from enum import Enum

from hardware.cash.cctalk import till as account
from hardware.cash.cctalk.faults import BusFault, NotDone
from hardware.cash.cctalk.hopper import AT_ONCE, Counted, Hopper, next_number
from hardware.cash.cctalk.kept import Kept
from hardware.cash.cctalk.peripherals import Peripherals
from hardware.cash.cctalk.till import Doubt, Leg
from hardware.cash.change import most_for
from hardware.errors import PayoutUnclear
from hardware.ports import Clock

LOOK_S = 0.2
STALLED_S = 15.0
"""So long without a coin, and a hopper is stopped. Its own limit is shorter."""

STOPPED_S = 5.0
"""So long after it was stopped, and a hopper that does not say that it has ended is given up."""

UNHEARD_S = 2.0
"""So long an order whose answer was lost may take to show in the hopper's count."""

COIN_S, START_S = 0.33, 2.0
"""What a slow hopper takes for a coin, and for its beginning and end."""

PAYOUT_S = 45.0
"""So long a payout may take from when it was ordered, the note's way among it: then what is out is out, and the rest is
owed. The longest that is let come to it is `MOST_PIECES` out of four hoppers."""

SILENT_S = 10.0
"""So long without an answer, and a hopper is given up."""


LONGEST_S = PAYOUT_S + max(STOPPED_S, SILENT_S)
"""No payout takes longer, answers on the bus not counted."""


class Order(Enum):
    """What a hopper said to an order to pay: that it pays, that it does not, or nothing that could be read."""

    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    UNANSWERED = "unanswered"


class Payer:
    """Not for two threads at once."""

    def __init__(self, peripherals: Peripherals, kept: Kept, clock: Clock) -> None:
        self._hoppers = peripherals.hoppers
        self._kept = kept
        self._clock = clock
        self._compared: set[int] = set()
        """Hoppers, by denomination, whose count is known to be the account's since this program began."""

    def pay(self, amount: int, until: float) -> None:
        """Pays as much of it as comes out until then, into the payout that the account has begun: nothing as long as a
        hopper may have paid it before this program began. Raises `PayoutUnclear`."""
        if amount and not self.knows:
            self._kept.change(account.payout_unheard)
            raise PayoutUnclear("nobody knows what the hoppers paid before")
        out_of_use: set[int] = set()
        while amount and self._clock.monotonic() < until:
            stock = {
                yen: count
                for yen, count in self._kept.till.hoppers.items()
                if yen in self._hoppers and yen not in out_of_use
            }
            coins = most_for(amount, stock)
            if not coins:
                return
            yen = max(coins)
            paid = self._leg(self._hoppers[yen], min(coins[yen], AT_ONCE), until)
            amount -= paid * yen
            if paid < min(coins[yen], AT_ONCE):
                out_of_use.add(yen)

    @property
    def knows(self) -> bool:
        """Whether every hopper has told what it paid before this program began. Until then nobody can say what of the
        money in the account is still there."""
        return self._compared == self._hoppers.keys()

    def finish(self) -> None:
        """What came of a leg that a restart cut off, and once of legs of which the account could not be written, by the
        hoppers' own counts. Raises `BusFault`."""
        self._kept.change(lambda till: account.with_hoppers_gone(till, self._hoppers))
        if (leg := self._kept.till.payout.leg) is not None:
            with suppress(PayoutUnclear):
                self._follow(leg)
        for yen, hopper in self._hoppers.items():
            if yen not in self._compared:
                self._compare_at_start(hopper)
                self._compared.add(yen)

    def _follow(self, leg: Leg) -> None:
        """To its end. Raises `PayoutUnclear`, `BusFault`."""
        hopper = self._hoppers[leg.yen]
        number = hopper.counted().number
        if number not in (0, leg.number, next_number(leg.number)):
            self._kept.change(lambda till: account.leg_passed(till, number))
        else:
            self._watch(hopper, leg, Order.UNANSWERED, self._clock.monotonic() + PAYOUT_S)

    def _compare_at_start(self, hopper: Hopper) -> None:
        """A hopper that counts one payout more than the account made it while the account could not be written. One
        that counts 0 was reset, and says nothing. Raises `BusFault`."""
        begun, told = self._clock.monotonic(), hopper.counted()
        while told.remaining and self._clock.monotonic() - begun < PAYOUT_S:
            self._clock.wait(LOOK_S)
            told = hopper.counted()
        known = self._kept.till.numbers.get(hopper.yen, told.number)
        if told.number in (known, 0):
            self._kept.change(lambda till: account.hopper_counts(till, hopper.yen, told.number))
        elif told.number == next_number(known) and not told.remaining:
            self._kept.change(lambda till: account.paid_unwritten(till, hopper.yen, told.paid, told.number))
        else:
            self._kept.change(lambda till: account.paid_unseen(till, hopper.yen, told.number))

    def _leg(self, hopper: Hopper, coins: int, until: float) -> int:
        """How many of the coins came out. Whether it is on disk or not: whoever stands there gets their money, and the
        hopper's count tells the next start of it."""
        try:
            before = hopper.counted()
            if before.remaining or not hopper.is_well():
                return 0
            hopper.enable(on=True)
        except BusFault:
            return 0
        forgot = before.number == 0 != self._kept.till.numbers.get(hopper.yen)
        self._compare(hopper.yen, before.number)
        leg = Leg(hopper.yen, coins, before.number)
        self._kept.change(lambda till: account.leg_begun(till, leg))
        if forgot and not self._kept.works:
            # It counts from 0 again: the next start would take its new number for the old one.
            self._kept.change(account.leg_left_out)
            return 0
        try:
            number = hopper.dispense(coins)
        except NotDone:
            return self._watch(hopper, leg, Order.REFUSED, until)
        except BusFault:
            self._clock.wait(LOOK_S)
            return self._watch(hopper, leg, Order.UNANSWERED, until)
        if number not in (None, next_number(leg.number)):
            # It pays, but has forgotten what it paid before: a reset between the two.
            self._unknown(0)
        return self._watch(hopper, leg, Order.ACKNOWLEDGED, until)

    def _compare(self, yen: int, number: int) -> None:
        """A hopper that counts payouts of which the account knows nothing was emptied by somebody else."""
        known = self._kept.till.numbers.get(yen)
        if known is not None and number not in (known, 0):
            self._kept.change(lambda till: account.doubted(till, Doubt.ANOTHERS_PAYOUT))

    def _watch(self, hopper: Hopper, leg: Leg, order: Order, until: float) -> int:
        """Waits until the hopper says that its part is over; one that stands still, or pays beyond `until`, is stopped.
        Raises `PayoutUnclear`."""
        now, said = self._clock.monotonic, Counted(leg.number, 0, 0, 0)
        begun = moved_at = heard_at = now()
        stopped_at: float | None = None
        while True:
            try:
                told = hopper.counted()
                heard_at = now()
            except BusFault:
                if now() - heard_at > SILENT_S:
                    self._unknown(said.paid)
                self._clock.wait(LOOK_S)
                continue
            if told.number == leg.number == said.number and not told.remaining:
                if self._was_unheard(leg, order, now() - begun):
                    return self._over(hopper, 0, told)
            elif told.number != next_number(leg.number):
                self._unknown(said.paid)
            elif not told.remaining:
                return self._over(hopper, told.paid, told, ran_out=told.unpaid > 0)
            if told.paid != said.paid:
                moved_at = now()
            if stopped_at is not None and now() - stopped_at > STOPPED_S:
                self._unknown(told.paid if told.number != leg.number else 0)
            if stopped_at is None and (now() - moved_at > STALLED_S or now() > until):
                self._stop(hopper)
                stopped_at = now()
            said = told
            self._clock.wait(LOOK_S)

    def _was_unheard(self, leg: Leg, order: Order, waited_s: float) -> bool:
        """Whether a count that has not moved means that the hopper never heard of the order. Not where it acknowledged
        it: then it pays, sooner or later. A count of 0 may as well come of a reset after it paid. Raises
        `PayoutUnclear`."""
        match order:
            case Order.REFUSED:
                return True
            case Order.ACKNOWLEDGED:
                return False
            case Order.UNANSWERED:
                if waited_s > UNHEARD_S and not leg.number:
                    self._unknown(0)
                return waited_s > UNHEARD_S

    def _stop(self, hopper: Hopper) -> None:
        try:
            hopper.stop()
        except BusFault:
            # Nobody waits for it longer than if it had heard.
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
