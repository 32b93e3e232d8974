"""The `CashDevice` on a ccTalk bus. One thread at a time is on the bus (`guard`); while a slot is open or a note waits
in escrow a loop of its own looks at the acceptors. A note is held in escrow until it must be stacked; coins have no
escrow and go back out of the hoppers."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

from hardware.cash import rules
from hardware.cash.cctalk import till as account
from hardware.cash.cctalk.codes import Meaning
from hardware.cash.cctalk.faults import BusFault
from hardware.cash.cctalk.intake import Heard, Taken
from hardware.cash.cctalk.kept import Kept
from hardware.cash.cctalk.layout import Layout
from hardware.cash.cctalk.paying import PAYOUT_S, Payer
from hardware.cash.cctalk.peripherals import Peripherals
from hardware.cash.cctalk.slots import Slots, Went
from hardware.cash.cctalk.till import Route, Till
from hardware.cash.cctalk.wire import Wire
from hardware.cash.change import needs_exact
from hardware.cash.model import CashEvent, CashFailed, CashProblem, CashStatus, MoneyIn, Payout, PayoutCount
from hardware.cash.rules import Sale
from hardware.errors import CashError, PayoutUnclear
from hardware.ports import Clock, Spawn, Store

LOOK_EVERY_S = 0.2
LATE_S = 0.4
"""From shutting a slot to the last coin that was past its gate."""


class CctalkCash:
    """The machine of this layout on this wire; its account is kept in `store`, and `guard` (a lock that its owner may
    take twice) is held over each call. Raises `CashError` when what is stored is no account."""

    def __init__(
        self,
        layout: Layout,
        wire: Wire,
        store: Store,
        clock: Clock,
        spawn: Spawn,
        guard: AbstractContextManager[object],
    ) -> None:
        self._peripherals = Peripherals(layout, wire, clock)
        self._kept = Kept(store)
        self._slots = Slots(self._peripherals, self._kept, clock, layout.refills)
        self._payer = Payer(self._peripherals, self._kept, clock)
        self._clock = clock
        self._spawn = spawn
        self._guard = guard
        self._fee = 0
        self._tell: Callable[[CashEvent], None] | None = None
        self._stock: dict[int, int] = {}
        self._let_in: tuple[int, ...] = ()
        self._problems: set[CashProblem] = {CashProblem.OFFLINE}
        self._looping = self._closed = False
        self._kept.change(lambda till: account.with_hoppers(till, layout.hoppers.values()))

    @property
    def trouble(self) -> str:
        """Why the bus was lost the last time, in words for a log; empty as long as it never was."""
        return self._peripherals.trouble

    @property
    def takes(self) -> tuple[int, ...]:
        """Every denomination that its acceptors know, ascending; none before they were asked."""
        return tuple(sorted({*self._coins(), *self._notes()}))

    def status(self) -> CashStatus:
        """What the device can do now. Asks the peripherals unless a sale is running."""
        with self._guard:
            if self._tell is None:
                self._check()
            found, exact = frozenset(self._found()), needs_exact(self._stock)
            return CashStatus(found, self._till.theirs, self._let_in, exact)

    def accept(self, fee: int, tell: Callable[[CashEvent], None]) -> None:
        """Opens the slots. Raises `CashError`."""
        with self._guard:
            self._check()
            if self._found():
                raise CashError("the device takes no money now")
            if self._till.theirs or self._tell is not None:
                raise CashError("money of another sale is still held")
            self._fee = fee
            if not self._acceptable():
                raise CashError("there is no change for any note or coin")
            self._kept.change(account.sale_begun)
            if not self._kept.works:
                raise CashError("the account can't be written")
            self._tell = tell
            self._open_slots()
            if self._tell is not None:
                self._loop()

    def inhibit(self) -> int:
        """Closes the slots and returns the yen held, coins that were past the gate among them. Raises `CashError` when
        a slot may still be open, or a note may go out of the escrow unseen."""
        with self._guard:
            if not self._shut():
                raise CashError("nobody knows whether the slots are shut")
            return self._till.theirs

    def stop(self) -> None:
        """Closes the slots, if the bus still answers."""
        with suppress(CashError):
            self.inhibit()

    def give_back(self) -> Payout:
        """Gives back the note in escrow itself, and the rest out of the hoppers. Raises `PayoutUnclear`."""
        with self._guard:
            until = self._ends_at()
            self._shut()
            self._kept.change(account.all_goes_back)
            if self._till.escrow:
                self._slots.route(Route.BACK)
            self._hear(self._slots.rest())
            return self._pay(until)

    def give_change(self, fee: int) -> Payout:
        """Pays out what is held above `fee`. Raises `CashError`, `PayoutUnclear`."""
        with self._guard:
            until = self._ends_at()
            self._enough(fee)
            if self._till.theirs > fee and (self._stacked() is Went.LOST or self._till.theirs < fee):
                raise CashError("the note was not stacked")
            self._kept.change(lambda till: account.payout_begun(till, till.theirs - fee, held=fee - till.escrow))
            return self._pay(until, sale=True)

    def capture(self, fee: int) -> Payout:
        """Keeps `fee` and pays the rest out. Raises `CashError`, `PayoutUnclear`."""
        with self._guard:
            until = self._ends_at()
            self._enough(fee)
            if not fee:
                return self.give_back()
            theirs, lost = self._till.theirs, self._stacked() is Went.LOST
            if not lost:
                theirs = self._till.theirs
            if theirs < fee:
                raise CashError("the note went back")
            begun = account.fee_kept(account.payout_begun(self._till, theirs - fee, held=0, keeps=fee), fee)
            # A lost note is in the machine or out of it: staff who count find the fee in the box, or see it missing.
            self._kept.put(account.payout_unknown(begun) if lost else begun)
            return self._pay(until)

    def payouts(self) -> PayoutCount:
        """As the account counts them: certain while every hopper answers and nothing of the last is unknown. One that a
        restart cut off has come to its end then."""
        with self._guard:
            all_say, payout = self._all_say(), self._till.payout
            certain = all_say and not payout.unknown and not payout.running
            return PayoutCount(payout.number, Payout(payout.asked, payout.paid), payout.keeps, certain)

    def close(self) -> None:
        """Shuts the slots and lets the bus go."""
        with self._guard:
            self._tell, self._closed = None, True
            if self._peripherals.is_open:
                self._peripherals.shut()
            self._peripherals.close()

    # The sale

    def look(self) -> bool:
        """One look at the acceptors, as the loop does it; False when nothing is left to be looked at."""
        with self._guard:
            if self._closed or (self._tell is None and not self._till.escrow):
                self._looping = False
                return False
            try:
                self._hear(self._slots.look())
                self._slots.keep_waiting()
            except BusFault as fault:
                self._lost(fault)
            return True

    def _loop(self) -> None:
        if self._looping:
            return
        self._looping = True

        def run() -> None:
            try:
                while self.look():
                    self._clock.wait(LOOK_EVERY_S)
            except BaseException:
                # Slots that nobody looks at any more must not be open.
                with self._guard:
                    self._looping = False
                    self._fail(CashProblem.JAM)
                raise

        self._spawn("cash-look", run)

    def _hear(self, heard: list[Heard]) -> None:
        """Tells the sale what came, and lets in what it still wants."""
        for each in heard:
            if isinstance(each, Taken):
                if self._tell is not None:
                    self._tell(MoneyIn(each.yen, each.theirs))
            elif each.meaning is Meaning.FULL:
                self._fail(CashProblem.FULL)
            elif each.meaning is not Meaning.ROOM:
                self._fail(CashProblem.JAM)
        if self._tell is not None and heard:
            if rules.stacks_at_once(self._sale()):
                self._peripherals.shut()
                if self._slots.route(Route.STACK) is not Went.STACKED:
                    self._fail(CashProblem.JAM)
                self._hear(self._slots.rest())
            if self._tell is not None:
                self._open_slots()

    def _open_slots(self) -> None:
        self._let_in = self._acceptable()
        try:
            self._peripherals.let_in(self._let_in)
        except BusFault as fault:
            self._lost(fault)

    def _shut(self) -> bool:
        """Closes the slots and waits for coins that were past the gate; whether both acceptors said that they did, and
        what they took."""
        was_open, self._tell, self._let_in = self._tell is not None, None, ()
        if not self._peripherals.open():
            return False
        heard = self._peripherals.shut()
        if was_open:
            self._clock.wait(LATE_S)
        try:
            self._hear(self._slots.look())
            self._finish_cut_off()
        except BusFault as fault:
            self._lost(fault)
            return False
        return heard

    def _fail(self, problem: CashProblem) -> None:
        """The sale is told once, and its slots close."""
        self._problems.add(problem)
        tell, self._tell, self._let_in = self._tell, None, ()
        self._peripherals.shut()
        if tell is not None:
            tell(CashFailed(problem, self._till.theirs))

    def _lost(self, fault: BusFault) -> None:
        self._peripherals.lost(fault)
        self._fail(CashProblem.OFFLINE)

    # Paying

    def _enough(self, fee: int) -> None:
        self._shut()
        if fee < 0 or self._till.theirs < fee:
            raise CashError("less is held than is to be kept")

    def _stacked(self) -> Went:
        """What became of the note in escrow, which is to be the machine's from here on."""
        went = self._slots.route(Route.STACK) if self._till.escrow else Went.STACKED
        self._hear(self._slots.rest())
        return went

    def _ends_at(self) -> float:
        """Until when a payout that is ordered now may take."""
        return self._clock.monotonic() + PAYOUT_S

    def _pay(self, until: float, *, sale: bool = False) -> Payout:
        """What the payout that has begun gives. Raises `PayoutUnclear`."""
        self._kept.change(lambda till: account.sale_is(till, sale))
        payout = self._till.payout
        try:
            if payout.unknown:
                raise PayoutUnclear("nobody knows what is out already, or where the note is")
            self._payer.pay(payout.asked - payout.paid, until)
        except PayoutUnclear:
            self._kept.change(account.payout_over)
            raise
        payout = self._kept.change(account.payout_over).payout
        if not self._kept.works and payout.paid < payout.asked:
            # After a restart the rest would be paid out: nobody may be told for certain that it is owed.
            self._kept.change(account.payout_unknown)
            raise PayoutUnclear("the account can't be written")
        return Payout(payout.asked, payout.paid)

    # The state

    @property
    def _till(self) -> Till:
        return self._kept.till

    def _check(self) -> None:
        """Asks everybody how they are, while no sale is running."""
        self._problems.clear()
        if not self._peripherals.open():
            self._problems.add(CashProblem.OFFLINE)
            return
        try:
            self._hear(self._slots.look())
            self._finish_cut_off()
            if not self._peripherals.are_well():
                self._problems.add(CashProblem.JAM)
            self._stock = self._peripherals.sure_of(self._till.hoppers)
        except BusFault as fault:
            self._lost(fault)

    def _finish_cut_off(self) -> None:
        """What a restart broke off is followed to its end before anything else."""
        self._payer.finish()
        if self._till.routed is not None:
            self._slots.await_note()
        self._kept.change(account.payout_cut_off)

    def _all_say(self) -> bool:
        """Whether every hopper answers, and what a restart broke off has come to its end."""
        if not self._peripherals.open():
            return False
        try:
            self._hear(self._slots.look())
            self._finish_cut_off()
            for hopper in self._peripherals.hoppers.values():
                hopper.counted()
        except BusFault as fault:
            self._lost(fault)
            return False
        return True

    def _found(self) -> set[CashProblem]:
        found = set(self._problems)
        if self._till.full:
            found.add(CashProblem.FULL)
        if self._till.doubts or not self._kept.works:
            found.add(CashProblem.JAM)
        if CashProblem.OFFLINE not in found and rules.has_no_change(self._coins(), self._notes(), self._stock):
            found.add(CashProblem.NO_CHANGE)
        return found

    def _acceptable(self) -> tuple[int, ...]:
        return rules.accepted(self._sale(), self._coins(), self._notes())

    def _coins(self) -> tuple[int, ...]:
        return tuple(self._peripherals.coins.yen_at.values())

    def _notes(self) -> tuple[int, ...]:
        return tuple(self._peripherals.notes.yen_at.values())

    def _sale(self) -> Sale:
        return Sale(self._fee, self._till.held, self._till.escrow, self._stock)
