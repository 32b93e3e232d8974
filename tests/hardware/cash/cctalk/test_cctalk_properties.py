"""Whatever is lost, reset, cut off or begun anew: no yen is credited or paid twice, and none vanishes of which the
device does not say that somebody must count. The oracle is the virtual machine, which knows where every yen is."""

from collections.abc import Callable

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.kept import written
from hardware.cash.cctalk.till import counted
from hardware.cash.cctalk.virtual.bus import Trouble
from hardware.cash.model import MoneyIn, Payout
from hardware.errors import CashError, PayoutUnclear
from tests.support.cash_bench import CashBench

PIECES = (10, 50, 100, 500, 1_000, 2_000, 5_000, 10_000)
ABOUT = (
    headers.DISPENSE_HOPPER_COINS,
    headers.READ_BUFFERED_BILL_EVENTS,
    headers.READ_BUFFERED_CREDIT,
    headers.REQUEST_HOPPER_STATUS,
    headers.ROUTE_BILL,
    None,
)
TROUBLES = st.lists(st.tuples(st.sampled_from(Trouble), st.sampled_from(ABOUT)), max_size=5)
CUTS = st.none() | st.integers(1, 25)
DENOMINATIONS = st.sampled_from((10, 50, 100, 500))


class Cut(BaseException):
    """The program ends here."""


class AnySequence(RuleBasedStateMachine):
    @initialize(dry=st.booleans())
    def begin(self, dry: bool) -> None:
        self.bench = CashBench({10: 12, 50: 2, 100: 4, 500: 1} if dry else {10: 60, 50: 40, 100: 60, 500: 40})
        self.start = self.bench.machine.state().inside
        self.gone = 0
        self.owed = 0
        """Yen that payouts asked for and that did not come out."""

    # What happens around the device

    @rule(piece=st.sampled_from(PIECES), troubles=TROUBLES)
    def insert(self, piece: int, troubles: list[tuple[Trouble, int | None]]) -> None:
        self._expect(troubles)
        self.bench.insert(piece)

    @rule(pieces=st.lists(st.sampled_from(PIECES), max_size=8))
    def insert_unseen(self, pieces: list[int]) -> None:
        for piece in pieces:
            self.bench.machine.insert(piece)

    @rule(octets=st.binary(max_size=12))
    def noise(self, octets: bytes) -> None:
        self.bench.machine.bus.noise(octets)
        self.bench.device.look()

    @rule(stacks=st.booleans())
    def power_cut(self, stacks: bool) -> None:
        self.bench.machine.notes.stacks_at_reset = stacks
        self.bench.machine.cut_power()
        self.bench.machine.power()

    @rule(denomination=DENOMINATIONS)
    def one_hopper_resets(self, denomination: int) -> None:
        self.bench.machine.hoppers[denomination].begin_anew()

    @rule(denomination=DENOMINATIONS, coins=st.integers(0, 3))
    def a_hopper_will_stick(self, denomination: int, coins: int) -> None:
        self.bench.machine.hoppers[denomination].stick_after = coins

    @rule()
    def a_note_will_jam(self) -> None:
        self.bench.machine.notes.jam_on_stack = True

    @rule(seconds=st.sampled_from((0.2, 3.0, 40.0)), pulled=st.booleans())
    def time_passes(self, seconds: float, pulled: bool) -> None:
        self.bench.clock.now += seconds
        if pulled:
            self.bench.machine.notes.pull_back()

    # What the kiosk does

    @rule(fee=st.sampled_from((200, 300, 750, 2_300)), troubles=TROUBLES)
    def sale(self, fee: int, troubles: list[tuple[Trouble, int | None]]) -> None:
        self._expect(troubles)
        try:
            self.bench.sale(fee)
        except CashError:
            return

    @rule(troubles=TROUBLES)
    def inhibit(self, troubles: list[tuple[Trouble, int | None]]) -> None:
        self._expect(troubles)
        self.bench.device.inhibit()

    @rule(cut_at=CUTS, reset_at=CUTS, troubles=TROUBLES)
    def give_back(self, cut_at: int | None, reset_at: int | None, troubles: list[tuple[Trouble, int | None]]) -> None:
        self._expect(troubles)
        self._pay(self.bench.device.give_back, cut_at, reset_at)

    @rule(fee=st.sampled_from((0, 200, 300)), change=st.booleans(), cut_at=CUTS, reset_at=CUTS, troubles=TROUBLES)
    def settle(
        self,
        fee: int,
        change: bool,
        cut_at: int | None,
        reset_at: int | None,
        troubles: list[tuple[Trouble, int | None]],
    ) -> None:
        self._expect(troubles)
        device = self.bench.device
        pay = (lambda: device.give_change(fee)) if change else (lambda: device.capture(fee))
        self._pay(pay, cut_at, reset_at, change=change)

    @rule()
    def restart(self) -> None:
        self.bench.started()

    @precondition(lambda self: self.bench.store.till.doubts)
    @rule()
    def a_person_counts(self) -> None:
        bench = self.bench
        bench.machine.clear()
        coins = {yen: hopper.coins for yen, hopper in bench.machine.hoppers.items()}
        bench.store.saved = written(counted(bench.store.till, coins, "2026-03-02"))
        bench.started()
        self.gone = self._difference()
        self.owed = self._unclaimed(owed=0)

    def _expect(self, troubles: list[tuple[Trouble, int | None]]) -> None:
        for what, header in troubles:
            self.bench.machine.bus.trouble(what, header)

    def _pay(
        self, pay: Callable[[], Payout], cut_at: int | None, reset_at: int | None, *, change: bool = False
    ) -> None:
        bench = self.bench
        till, out_before = bench.store.till, bench.machine.state().handed_out
        waits = 0

        def strike(_now: float) -> None:
            nonlocal waits
            waits += 1
            if waits == reset_at:
                bench.machine.cut_power()
                bench.machine.power()
            if waits == cut_at:
                raise Cut

        bench.clock.on_wait = strike
        payout: Payout | None = None
        try:
            payout = pay()
        except (CashError, PayoutUnclear):
            pass
        except Cut:
            bench.machine.bus.calm()
            bench.clock.on_wait = lambda _now: None
            bench.started()
            count = bench.device.payouts()
            if count is not None and count.number == till.payout.number + 1:
                payout = count.last
                if not change:
                    # Of what it asked for, a note that did not move is still theirs, to go back by the next.
                    self.owed -= bench.store.till.theirs
            elif count is not None:
                assert count.number == till.payout.number
        bench.clock.on_wait = lambda _now: None
        if payout is not None:
            # A note that went back before it by itself counts as paid by it.
            out = bench.machine.state().handed_out - out_before + till.gone_back
            assert payout.paid <= out
            assert payout.paid == out or bench.store.till.doubts or bench.store.till.gone_back
            self.owed += payout.asked - payout.paid

    def _difference(self) -> int:
        """What was put in and did not come out, and is by no account anybody's."""
        state, till = self.bench.machine.state(), self.bench.store.till
        came = sum(yen * count for yen, count in till.book.came_in.items()) + till.escrow
        went = sum(yen * count for yen, count in till.book.went_out.items())
        return (state.inserted - state.handed_out) - (came - went)

    def _unclaimed(self, owed: int) -> int:
        """What was put in and did not come out, and is neither theirs nor a fee nor owed."""
        state, till = self.bench.machine.state(), self.bench.store.till
        return state.inserted - state.handed_out - till.theirs - till.book.kept - owed

    @invariant()
    def every_yen_is_in_the_account_or_somebody_must_count(self) -> None:
        bench = self.bench
        bench.machine.bus.calm()
        bench.machine.bus.drop()
        bench.machine.bus.drop()
        bench.device.look()
        bench.device.status()
        state, till = bench.machine.state(), bench.store.till
        assert state.inside + state.handed_out == self.start + state.inserted
        told = sum(event.amount for event in bench.heard if isinstance(event, MoneyIn))
        assert told <= state.inserted
        if not till.doubts:
            assert self._difference() == self.gone
            assert self._unclaimed(self.owed) == 0
            assert all(bench.machine.hoppers[yen].coins >= count for yen, count in till.hoppers.items())


TestAnySequence = AnySequence.TestCase
TestAnySequence.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
