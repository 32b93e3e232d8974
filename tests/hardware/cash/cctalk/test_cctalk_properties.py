"""Whatever is lost, reset, cut off or begun anew: no yen is credited or paid twice, and none vanishes of which the
device does not say that somebody must count. The oracle is the virtual machine, which knows where every yen is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from hypothesis import example, given, settings
from hypothesis import strategies as st

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.kept import written
from hardware.cash.cctalk.till import counted
from hardware.cash.cctalk.virtual.bus import Trouble
from hardware.cash.cctalk.virtual.notes import AtReset
from hardware.cash.model import MoneyIn, Payout
from hardware.errors import CashError, PayoutUnclear
from tests.support.cash_bench import CashBench

ABOUT = (
    headers.DISPENSE_HOPPER_COINS,
    headers.READ_BUFFERED_BILL_EVENTS,
    headers.READ_BUFFERED_CREDIT,
    headers.REQUEST_HOPPER_STATUS,
    headers.ROUTE_BILL,
    headers.ROUTE_BILL,
)
"""Routes twice: they are rare, and what follows when one is not heard is the longest story."""


class End(Enum):
    """How a visit ends."""

    BACK = "back"
    CAPTURED = "captured"
    CHANGED_AND_CAPTURED = "changed-and-captured"
    CHANGED_AND_BACK = "changed-and-back"
    CHANGED_AND_PARTLY_CAPTURED = "changed-and-partly-captured"


class Blow(Enum):
    """What happens at one of the moments when the device waits, whether that is for an answer or for a coin to fall."""

    PROGRAM_ENDS = "program-ends"
    POWER_FAILS = "power-fails"
    HOPPER_RESETS = "hopper-resets"
    NOTE_PULLED = "note-pulled"
    DISK_BREAKS = "disk-breaks"


@dataclass(frozen=True)
class Visit:
    """`dry`: the hopper of 100 yen runs out after so many coins. `unlooked`: the last pieces come in at once."""

    fee: int
    pieces: list[int]
    unlooked: list[int]
    end: End
    troubles: list[tuple[Trouble, int]]
    blow: tuple[Blow, int] | None
    dry: int | None
    note_jams: bool
    at_reset: AtReset


TROUBLE = st.tuples(st.sampled_from(Trouble), st.sampled_from(ABOUT))
BLOW = st.tuples(st.sampled_from(Blow), st.integers(1, 12))
COINS = st.sampled_from((10, 50, 100, 500))
VISITS = st.builds(
    Visit,
    fee=st.sampled_from((200, 300, 400, 1_300)),
    pieces=st.lists(st.sampled_from((100, 500, 1_000, 2_000)), min_size=1, max_size=4),
    unlooked=st.just([]) | st.lists(COINS, max_size=7),
    end=st.sampled_from(End),
    troubles=st.just([]) | st.lists(TROUBLE, min_size=1, max_size=3),
    blow=st.none() | BLOW,
    dry=st.none() | st.integers(0, 2),
    note_jams=st.sampled_from((False, False, False, True)),
    at_reset=st.sampled_from(AtReset),
)


class Cut(BaseException):
    """The program ends here."""


class Books:
    """What is known from outside and from payouts, held against the device's account after each visit."""

    def __init__(self) -> None:
        self.bench = CashBench({10: 60, 50: 40, 100: 30, 500: 20})
        self.begun_with = self.bench.machine.state().inside
        self.owed = self.gone = self.more_out = 0
        self.begin_anew()

    def begin_anew(self) -> None:
        """Somebody counted: from here on every yen is accounted for again."""
        bench = self.bench
        bench.machine.clear()
        coins = {yen: hopper.coins for yen, hopper in bench.machine.hoppers.items()}
        bench.store.saved = written(counted(bench.store.till, coins, "2026-03-02"))
        bench.started()
        self.owed = self._unclaimed(owed=0)
        self.gone = self._unbooked()

    def run(self, visit: Visit) -> None:
        bench = self.bench
        bench.heard.clear()
        put_in = bench.machine.state().inserted
        self.more_out = self._more_out()
        bench.machine.hoppers[100].stick_after = visit.dry
        bench.machine.notes.jam_on_stack = visit.note_jams
        bench.machine.notes.at_reset = visit.at_reset
        bench.sale(visit.fee)
        for piece in visit.pieces:
            bench.insert(piece)
        for piece in visit.unlooked:
            bench.machine.insert(piece)
        for what, header in visit.troubles:
            bench.machine.bus.trouble(what, header)
        self._end(visit)
        told = sum(event.amount for event in bench.heard if isinstance(event, MoneyIn))
        assert told <= bench.machine.state().inserted - put_in

    def _end(self, visit: Visit) -> None:
        device, fee = self.bench.device, visit.fee
        try:
            held = device.inhibit()
        except CashError:
            # Nothing is secured: as the kiosk does, all goes back.
            held = 0
        if visit.end is End.BACK or held < fee:
            self._pay(device.give_back, visit)
            return
        if visit.end is not End.CAPTURED:
            self._pay(lambda: device.give_change(fee), visit)
        kept = {End.CHANGED_AND_BACK: 0, End.CHANGED_AND_PARTLY_CAPTURED: fee - 100}.get(visit.end, fee)
        self._pay(lambda: self.bench.device.capture(kept), visit)

    def settle(self) -> None:
        """The dust settles, and what is still held goes back, as it does after a restart. A broken disk is mended while
        the program does not run."""
        bench = self.bench
        if bench.store.full:
            bench.store.full = False
            bench.started().status()
        bench.clock.on_wait = lambda _now: None
        bench.machine.bus.calm()
        bench.machine.clear()
        bench.clock.now += 60
        # Also where nothing is held: a note that went back by itself counts as paid by that.
        self._pay(bench.device.give_back, None)
        bench.device.status()

    def check(self) -> bool:
        """Whether every yen is accounted for; False where the device says that somebody must count."""
        state, till = self.bench.machine.state(), self.bench.store.till
        assert state.inside + state.handed_out == self.begun_with + state.inserted
        assert self._more_out() <= self.more_out, "more came out than went in"
        if till.doubts:
            return False
        assert self._unbooked() == self.gone
        assert self._unclaimed(self.owed) == 0
        assert all(self.bench.machine.hoppers[yen].coins >= count for yen, count in till.hoppers.items())
        return True

    def _pay(self, pay: Callable[[], Payout], visit: Visit | None) -> None:
        bench = self.bench
        before, out_before = bench.store.till, bench.machine.state().handed_out
        if visit is not None and visit.blow is not None:
            bench.clock.on_wait = _striker(bench, *visit.blow)
        payout: Payout | None = None
        try:
            payout = pay()
        except PayoutUnclear:
            pass
        except CashError:
            # As the kiosk does: what can't be kept goes back.
            bench.clock.on_wait = lambda _now: None
            payout = _unless_unclear(bench.device.give_back)
        except Cut:
            bench.clock.on_wait = lambda _now: None
            bench.machine.bus.calm()
            count = bench.started().payouts()
            if count.certain and count.number == before.payout.number + 1:
                payout = count.last
                # What did not come out is theirs again, to go back by the next: nobody was told that it is owed.
                assert payout.asked == payout.paid
            elif count.certain:
                assert count.number == before.payout.number
        bench.clock.on_wait = lambda _now: None
        if payout is not None:
            # A note that went back before it by itself counts as paid by it.
            out = bench.machine.state().handed_out - out_before + before.gone_back
            assert payout.paid <= out
            assert payout.paid == out or bench.store.till.doubts or bench.store.till.gone_back
            self.owed += payout.asked - payout.paid

    def _more_out(self) -> int:
        """So much more came out than went in, so far."""
        state = self.bench.machine.state()
        return state.handed_out - state.inserted

    def _unbooked(self) -> int:
        """What was put in and did not come out, and stands in no book."""
        state, till = self.bench.machine.state(), self.bench.store.till
        came = sum(yen * count for yen, count in till.book.came_in.items()) + till.escrow
        went = sum(yen * count for yen, count in till.book.went_out.items())
        return (state.inserted - state.handed_out) - (came - went)

    def _unclaimed(self, owed: int) -> int:
        """What was put in and did not come out, and is neither theirs nor a fee nor owed."""
        state, till = self.bench.machine.state(), self.bench.store.till
        return state.inserted - state.handed_out - till.theirs - till.book.kept - owed


def _unless_unclear(pay: Callable[[], Payout]) -> Payout | None:
    try:
        return pay()
    except PayoutUnclear:
        return None


def _striker(bench: CashBench, blow: Blow, at: int) -> Callable[[float], None]:
    waits = 0

    def strike(_now: float) -> None:
        nonlocal waits
        waits += 1
        if waits != at:
            return
        match blow:
            case Blow.PROGRAM_ENDS:
                raise Cut
            case Blow.POWER_FAILS:
                bench.machine.cut_power()
                bench.machine.power()
            case Blow.HOPPER_RESETS:
                bench.machine.hoppers[100].begin_anew()
            case Blow.NOTE_PULLED:
                bench.machine.notes.pull_back()
            case Blow.DISK_BREAKS:
                bench.store.full = True

    return strike


CALM = Visit(300, [1_000], [], End.CHANGED_AND_CAPTURED, [], None, None, note_jams=False, at_reset=AtReset.GIVES_BACK)
NOT_HEARD = replace(CALM, troubles=[(Trouble.UNHEARD, headers.ROUTE_BILL)])
NO_ANSWER = replace(CALM, pieces=[500], troubles=[(Trouble.UNANSWERED, headers.DISPENSE_HOPPER_COINS)])
UNWRITTEN = replace(CALM, fee=400, pieces=[500], end=End.CHANGED_AND_BACK)
UNLOOKED = replace(CALM, pieces=[100], unlooked=[100] * 7, end=End.BACK)


@settings(max_examples=100, deadline=None)
@example([CALM, NOT_HEARD, CALM])
@example([replace(NOT_HEARD, end=End.BACK), UNLOOKED, CALM])
@example([replace(CALM, pieces=[500], blow=(Blow.HOPPER_RESETS, at)) for at in range(2, 10)])
@example([replace(NO_ANSWER, blow=(Blow.HOPPER_RESETS, 1))])
@example([replace(NO_ANSWER, blow=(Blow.HOPPER_RESETS, 2))])
@example([replace(CALM, blow=(Blow.PROGRAM_ENDS, at), end=End.BACK) for at in range(1, 10)])
@example([replace(CALM, blow=(Blow.POWER_FAILS, at), at_reset=AtReset.STACKS) for at in range(1, 10)])
@example([replace(CALM, blow=(Blow.POWER_FAILS, at), at_reset=AtReset.STACKS_AND_TELLS) for at in range(1, 10)])
@example([replace(UNWRITTEN, blow=(Blow.DISK_BREAKS, at)) for at in range(1, 10)])
@given(st.lists(VISITS, min_size=1, max_size=4))
def test_no_yen_is_counted_twice_and_none_vanishes_untold(visits: list[Visit]) -> None:
    books = Books()
    for visit in visits:
        books.run(visit)
        books.settle()
        if not books.check():
            books.begin_anew()
