"""The kiosk's money over a ccTalk bus, and the program's end whenever the device waits or writes (I7)."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial

import pytest

from hardware.cash.cctalk import headers
from hardware.cash.cctalk.settlement import settlement
from hardware.cash.cctalk.virtual.bus import Trouble
from hardware.cash.cctalk.virtual.notes import ESCROW_S, AtReset
from kiosk.actions.cash import CashActions
from kiosk.actions.journal import Journal
from kiosk.actions.recovery import Recovery
from kiosk.actions.saved import SavedVisit
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.documents import Delivery, Outcome, ReadyToPay
from kiosk.flow.events import Recovered
from tests.support.cash_bench import CashBench
from tests.support.kiosk_actions import Heard
from tests.support.kiosk_samples import RESIDENCE_DOCUMENT
from tests.support.sim_log import SimLog, a_moment

FEE, PUT_IN = 300, 1_100
VISIT = SavedVisit(attempt=1, reference="4Q7-K2M", municipality="992011", order_id="00" * 16, token="11" * 16)
MOST_MOMENTS = 200


class Cut(BaseException):
    """The program ends here."""


class Kiosk:
    """A visit that has paid 1,100 yen for a fee of 300, with a note in escrow; the slots are closed once `secured`.
    Unless `written` the disk breaks as they open."""

    def __init__(self, *pieces: int, fee: int = FEE, secured: bool = True, written: bool = True) -> None:
        self.bench, self.store, self.heard = CashBench(), SimLog(), Heard()
        # A hopper that has counted can say afterwards whether it heard of an order.
        for hopper_yen in (500, 100):
            self.bench.sale(hopper_yen)
            self.bench.insert(hopper_yen)
            self.bench.device.give_back()
        self.out_before = self.bench.handed_out()
        self.start()
        self.journal.begin(VISIT)
        self.desk.accept(do.AcceptMoney(1, ReadyToPay((RESIDENCE_DOCUMENT,), fee)), self.heard)
        self.disk(broken=not written)
        for piece in pieces or (100, 1_000):
            assert self.bench.insert(piece)
        if secured:
            self.desk.secure(do.SecureMoney(1), self.heard)
            assert self.heard.last == on.MoneySecured(1, sum(pieces) or PUT_IN)

    def start(self) -> None:
        self.journal = Journal(self.store, nullcontext(), a_moment)
        self.desk = CashActions(self.bench.started(), self.journal)

    def disk(self, *, broken: bool) -> None:
        self.bench.store.full = self.store.broken = broken

    def recovered(self) -> Recovered:
        """What a program that starts now says of the visit."""
        self.start()
        told = Heard()
        Recovery(self.bench.device, self.journal).run(told)
        assert isinstance(told.last, Recovered)
        return told.last

    @property
    def came_out(self) -> int:
        return self.bench.handed_out() - self.out_before

    def breaks(self, at: int, deed: Callable[[], None]) -> bool:
        """Whether the disk broke at that moment, the first before the deed; it is mended afterwards."""
        moments = 0

        def strike() -> None:
            nonlocal moments
            moments += 1
            if moments == at:
                self.disk(broken=True)

        self.bench.clock.on_wait = lambda _now: strike()
        self.bench.store.on_write = strike
        strike()
        deed()
        self.bench.clock.on_wait = lambda _now: None
        self.bench.store.on_write = lambda: None
        broke = self.bench.store.full
        self.disk(broken=False)
        return broke

    def cut(self, at: int, deed: Callable[[], None]) -> bool:
        """Whether the program ended at that moment: a wait, or the eve or morrow of a write of the account."""
        moments = 0

        def strike() -> None:
            nonlocal moments
            moments += 1
            if moments == at:
                raise Cut

        self.bench.clock.on_wait = lambda _now: strike()
        self.bench.store.on_write = strike
        try:
            deed()
        except Cut:
            return True
        finally:
            self.bench.clock.on_wait = lambda _now: None
            self.bench.store.on_write = lambda: None
        return False

    def mended_and_cut(self, mended_at: int, at: int, deed: Callable[[], None]) -> bool:
        """Whether the program ended at the latter moment, after the disk was mended at the former: moments at which
        something was different from the one before."""
        moments, before = 0, object()

        def strike() -> None:
            nonlocal moments, before
            now = (self.came_out, self.bench.store.saved)
            if now == before:
                return
            moments, before = moments + 1, now
            if moments == mended_at:
                self.disk(broken=False)
            if moments == at:
                raise Cut

        self.bench.clock.on_wait = lambda _now: strike()
        self.bench.store.on_write = strike
        try:
            deed()
        except Cut:
            return True
        finally:
            self.bench.clock.on_wait = lambda _now: None
            self.bench.store.on_write = lambda: None
        return False


def _change_and_back(kiosk: Kiosk) -> None:
    kiosk.desk.give_change(do.GiveChange(1, FEE), kiosk.heard)
    kiosk.desk.give_back(do.ReturnMoney(1), kiosk.heard)


def _back(kiosk: Kiosk) -> None:
    kiosk.desk.give_back(do.ReturnMoney(1), kiosk.heard)


@pytest.mark.parametrize("deed", [_change_and_back, _back])
def test_i7_the_program_ends_at_any_moment_of_a_payout(deed: Callable[[Kiosk], None]) -> None:
    for at in range(1, MOST_MOMENTS):
        kiosk = Kiosk()
        if not kiosk.cut(at, lambda kiosk=kiosk: deed(kiosk)):  # type: ignore[misc]
            assert kiosk.came_out == PUT_IN
            assert at > 10
            return
        kiosk.bench.clock.now += 5
        recovered = kiosk.recovered()
        # The hoppers hold enough: the next start pays what this one could not.
        assert (kiosk.came_out, recovered.owed, recovered.confirmed) == (PUT_IN, 0, True), at
    pytest.fail("it never came to its end")


@pytest.mark.parametrize("deed", [_change_and_back, _back])
def test_i7_the_program_ends_at_any_moment_of_a_payout_on_a_broken_disk(deed: Callable[[Kiosk], None]) -> None:
    for at in range(1, MOST_MOMENTS):
        kiosk = Kiosk()
        kiosk.disk(broken=True)
        ended = kiosk.cut(at, lambda kiosk=kiosk: deed(kiosk))  # type: ignore[misc]
        kiosk.disk(broken=False)
        kiosk.bench.clock.now += 5
        recovered = kiosk.recovered()
        if recovered.confirmed:
            assert (kiosk.came_out, recovered.owed) == (PUT_IN, 0), at
        else:
            # Change and its fee out of one hopper: it can say of the last payout alone.
            assert deed is _change_and_back
            assert kiosk.came_out <= PUT_IN <= kiosk.came_out + recovered.owed, at
        if not ended:
            assert at > 4
            return
    pytest.fail("it never came to its end")


def _silent(bench: CashBench) -> None:
    bench.machine.hoppers[100].silent = True


def _gone(bench: CashBench) -> None:
    bench.layout = replace(bench.layout, hoppers={3: 10, 4: 50, 6: 500})


def _stays(_bench: CashBench) -> None:
    pass


def _short(kiosk: Kiosk, hundreds: int) -> None:
    """In the next payout so many coins of 100 yen come out, and nothing else."""
    for yen, hopper in kiosk.bench.machine.hoppers.items():
        hopper.stick_after = hundreds if yen == 100 else 0


@pytest.mark.parametrize("away", [_stays, _silent, _gone])
@pytest.mark.parametrize(("deed", "fee", "pieces"), [(_change_and_back, FEE, (100, 1_000)), (_back, 2_000, (500, 100))])
def test_i7_a_disk_that_is_well_again_amid_a_payout_that_comes_short_and_then_the_program_ends(
    deed: Callable[[Kiosk], None], fee: int, pieces: tuple[int, ...], away: Callable[[CashBench], None]
) -> None:
    """The account may tell of money and of a payout of which the journal has heard nothing."""
    for at in range(1, MOST_MOMENTS):
        ended = False
        for mended_at in range(1, at + 1):
            kiosk = Kiosk(*pieces, fee=fee, written=False)
            before = kiosk.bench.store.till.payout.number
            _short(kiosk, 2)
            ended |= kiosk.mended_and_cut(mended_at, at, lambda kiosk=kiosk: deed(kiosk))  # type: ignore[misc]
            kiosk.disk(broken=False)
            kiosk.bench.clock.now += 5
            told_of = kiosk.bench.store.till.payout.number > before
            away(kiosk.bench)
            recovered = kiosk.recovered()
            if away is not _stays and not told_of:
                # Neither record has heard of a piece, and who knows does not answer.
                continue
            assert kiosk.came_out <= sum(pieces) <= kiosk.came_out + recovered.owed, (at, mended_at, recovered)
            if recovered.confirmed:
                assert kiosk.came_out + recovered.owed == sum(pieces), (at, mended_at, recovered)
        if not ended:
            assert at > 5
            return
    pytest.fail("it never came to its end")


def test_i7_a_fee_is_kept_once_though_the_disk_took_nothing_of_its_beginning() -> None:
    for at in range(1, MOST_MOMENTS):
        ended = False
        for mended_at in range(1, at + 1):
            kiosk = Kiosk()
            _delivered(kiosk)
            kiosk.disk(broken=True)
            _short(kiosk, 3)
            ended |= kiosk.mended_and_cut(
                mended_at, at, partial(kiosk.desk.settle, do.SettleMoney(1, FEE), kiosk.heard)
            )
            kiosk.disk(broken=False)
            kiosk.bench.clock.now += 5
            recovered, kept = kiosk.recovered(), kiosk.bench.store.till.book.kept
            assert kept in (0, FEE), (at, mended_at)
            assert kiosk.came_out + kept <= PUT_IN <= kiosk.came_out + kept + recovered.owed, (at, mended_at, recovered)
            assert not recovered.confirmed or kiosk.came_out + kept + recovered.owed == PUT_IN, (at, mended_at)
        if not ended:
            assert at > 5
            return
    pytest.fail("it never came to its end")


def test_i7_what_a_hopper_forgot_in_a_payout_that_the_journal_has_not_heard_of_is_owed_for_all() -> None:
    kiosk = Kiosk(100, 100, 100, 100, fee=2_000, written=False)

    def meddle(_now: float) -> None:
        if kiosk.came_out == 100:
            kiosk.bench.store.full = False
        elif kiosk.came_out == 200:
            kiosk.bench.machine.hoppers[100].begin_anew()

    kiosk.bench.clock.on_wait = meddle
    _back(kiosk)
    kiosk.bench.clock.on_wait = lambda _now: None
    assert kiosk.heard.last == on.MoneyUnclear(1)
    kiosk.disk(broken=False)
    recovered = kiosk.recovered()
    assert not recovered.confirmed
    assert kiosk.came_out + recovered.owed >= 400


@pytest.mark.parametrize(("pieces", "change"), [((100, 100, 100), 0), ((100, 1_000), 800)])
def test_i7_an_account_that_missed_the_change_alone_leaves_nothing_in_doubt(
    pieces: tuple[int, ...], change: int
) -> None:
    kiosk = Kiosk(*pieces)
    kiosk.bench.store.full = True
    kiosk.desk.give_change(do.GiveChange(1, FEE), kiosk.heard)
    kiosk.bench.store.full = False
    _delivered(kiosk, sum(pieces))
    recovered = kiosk.recovered()
    assert (kiosk.came_out, recovered.owed, recovered.kept, recovered.confirmed) == (change, 0, FEE, True)


def test_i7_an_account_that_missed_a_fee_leaves_that_in_doubt() -> None:
    kiosk = Kiosk()
    _delivered(kiosk)
    kiosk.bench.store.full = True
    kiosk.desk.settle(do.SettleMoney(1, FEE), kiosk.heard)
    kiosk.bench.store.full = False
    recovered = kiosk.recovered()
    assert (recovered.owed, recovered.confirmed) == (0, False)


@pytest.mark.parametrize("away", [_silent, _gone])
@pytest.mark.parametrize("deed", [_change_and_back, _back])
def test_i7_the_disk_breaks_at_any_moment_of_a_payout_and_a_hopper_is_away_at_the_next_start(
    deed: Callable[[Kiosk], None], away: Callable[[CashBench], None]
) -> None:
    for at in range(1, MOST_MOMENTS):
        kiosk = Kiosk()
        broke = kiosk.breaks(at, lambda kiosk=kiosk: deed(kiosk))  # type: ignore[misc]
        away(kiosk.bench)
        recovered = kiosk.recovered()
        # What came out is not owed once more for certain, and nothing that did not is forgotten.
        assert kiosk.came_out <= PUT_IN <= kiosk.came_out + recovered.owed, at
        assert not recovered.confirmed or kiosk.came_out + recovered.owed == PUT_IN, at
        if not broke:
            assert at > 10
            return
    pytest.fail("it never came to its end")


def test_i7_a_hopper_that_forgets_in_the_middle_leaves_a_debt_that_nobody_confirms() -> None:
    kiosk = Kiosk()

    def reset(_now: float) -> None:
        if kiosk.came_out == 500:
            for hopper in kiosk.bench.machine.hoppers.values():
                hopper.begin_anew()

    kiosk.bench.clock.on_wait = reset
    kiosk.desk.give_change(do.GiveChange(1, FEE), kiosk.heard)
    assert kiosk.heard.last == on.MoneyUnclear(1)
    kiosk.bench.clock.on_wait = lambda _now: None
    recovered = kiosk.recovered()
    assert not recovered.confirmed
    assert kiosk.came_out + recovered.owed >= PUT_IN


def _delivered(kiosk: Kiosk, held: int = PUT_IN) -> None:
    """One document came out whole before the program ended."""
    whole = (Delivery(RESIDENCE_DOCUMENT, Outcome.DELIVERED, 1),)
    kiosk.journal.update(
        1,
        lambda visit: visit.model_copy(
            update={"documents": (RESIDENCE_DOCUMENT,), "deliveries": whole, "fee": FEE, "held": held}
        ),
    )


@pytest.mark.parametrize("delivered", [False, True])
@pytest.mark.parametrize("pieces", [(1_000,), (100, 1_000)])
def test_i7_a_note_that_went_out_by_itself_is_not_owed_again(pieces: tuple[int, ...], delivered: bool) -> None:
    kiosk = Kiosk(*pieces)
    if delivered:
        _delivered(kiosk, sum(pieces))
    kiosk.bench.clock.now += ESCROW_S + 1
    recovered = kiosk.recovered()
    assert kiosk.came_out == recovered.returned == sum(pieces)
    assert (recovered.owed, recovered.confirmed) == (0, True)
    (report,) = kiosk.journal.waiting()
    assert report.captured == 0


def test_i7_what_can_not_be_kept_after_a_restart_goes_back() -> None:
    kiosk = Kiosk()
    _delivered(kiosk)
    kiosk.bench.machine.bus.trouble(Trouble.UNHEARD, headers.ROUTE_BILL)
    recovered = kiosk.recovered()
    assert (kiosk.came_out, recovered.returned, recovered.owed) == (PUT_IN, PUT_IN, 0)
    assert [report.captured for report in kiosk.journal.waiting()] == [0]


def test_i7_a_settlement_that_was_cut_off_reports_what_it_kept() -> None:
    for at in range(1, MOST_MOMENTS):
        kiosk = Kiosk()
        _delivered(kiosk)
        ended = kiosk.cut(at, lambda kiosk=kiosk: kiosk.desk.settle(do.SettleMoney(1, FEE), kiosk.heard))  # type: ignore[misc]
        kiosk.bench.clock.now += 5
        recovered = kiosk.recovered()
        # An order to stack that was never sent ends with the note out, and with nothing kept.
        (report,) = kiosk.journal.waiting()
        assert report.captured in (0, FEE), at
        assert (kiosk.came_out + report.captured, recovered.owed, recovered.confirmed) == (PUT_IN, 0, True), at
        if not ended:
            return
    pytest.fail("it never came to its end")


@pytest.mark.parametrize("restart", [False, True], ids=("in the visit", "after a restart"))
@pytest.mark.parametrize("pieces", [(1_000,), (1_000, 1_000)])
def test_i7_a_note_that_sticks_when_the_fee_is_kept_is_owed_to_nobody_and_paid_out_to_nobody(
    pieces: tuple[int, ...], restart: bool
) -> None:
    fee = sum(pieces)
    kiosk = Kiosk(*pieces, fee=fee)
    _delivered(kiosk, fee)
    kiosk.journal.update(1, lambda visit: visit.model_copy(update={"fee": fee}))
    kiosk.bench.jam_when_kept()
    if not restart:
        kiosk.desk.settle(do.SettleMoney(1, fee), kiosk.heard)
        assert kiosk.heard.last == on.MoneyUnclear(1)
    recovered = kiosk.recovered()
    assert (recovered.owed, recovered.confirmed, recovered.kept) == (0, False, fee)
    assert [report.captured for report in kiosk.journal.waiting()] == [fee]
    assert kiosk.came_out == 0
    # Whoever counts finds the note in the box, and the account adds up.
    told = settlement(kiosk.bench.store.till, {1_000: len(pieces)})
    assert told.found is not None
    assert (told.kept, told.over + told.found - told.box) == (fee, 0)


def test_i7_a_device_that_lost_a_note_confirms_no_debt() -> None:
    kiosk = Kiosk()
    kiosk.bench.machine.cut_power()
    kiosk.bench.machine.power()
    recovered = kiosk.recovered()
    assert kiosk.came_out == PUT_IN
    assert not recovered.confirmed


def test_i7_a_bus_that_is_lost_at_pay_secures_nothing() -> None:
    kiosk = Kiosk(secured=False)
    kiosk.bench.machine.bus.down = True
    kiosk.desk.secure(do.SecureMoney(1), kiosk.heard)
    assert isinstance(kiosk.heard.last, on.CashStopped)


def test_i7_a_note_that_a_reset_stacked_is_credited_once() -> None:
    kiosk = Kiosk(1_000, fee=1_000, secured=False)
    kiosk.bench.machine.notes.at_reset = AtReset.STACKS_AND_TELLS
    kiosk.bench.machine.notes.begin_anew()
    kiosk.bench.device.look()
    assert kiosk.journal.visit is not None
    assert kiosk.journal.visit.held == 1_000
    assert [event for event in kiosk.heard.events if isinstance(event, on.MoneyTaken)] == [on.MoneyTaken(1, 1_000)]
    kiosk.desk.give_back(do.ReturnMoney(1), kiosk.heard)
    assert kiosk.came_out == 1_000
