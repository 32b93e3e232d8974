"""The kiosk's money over a ccTalk bus, and the program's end whenever the device waits or writes (I7)."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from hardware.errors import PayoutUnclear
from kiosk.actions.cash import CashDesk
from kiosk.actions.journal import Journal, OpenVisit
from kiosk.actions.recovery import Recovery
from kiosk.flow import cash_events as cash
from kiosk.flow import effects as do
from kiosk.flow.documents import ReadyToPay
from kiosk.flow.events import Recovered
from tests.support.cash_bench import CashBench
from tests.support.kiosk_actions import Heard
from tests.support.kiosk_samples import RESIDENCE_DOCUMENT
from tests.support.sim_till import SimStore

FEE, PUT_IN = 300, 1_100
VISIT = OpenVisit(attempt=1, reference="4Q7-K2M", municipality="992011", order_id="00" * 16, token="11" * 16)
MOST_MOMENTS = 200


class Cut(BaseException):
    """The program ends here."""


class Kiosk:
    """A visit that has paid 1,100 yen for a fee of 300, with a note in escrow."""

    def __init__(self) -> None:
        self.bench, self.store, self.heard = CashBench(), SimStore(), Heard()
        # A hopper that has counted can say afterwards whether it heard of an order.
        for hopper_yen in (500, 100):
            self.bench.sale(hopper_yen)
            self.bench.insert(hopper_yen)
            self.bench.device.give_back()
        self.out_before = self.bench.handed_out()
        self.start()
        self.journal.begin(VISIT)
        self.desk.accept(do.AcceptMoney(1, ReadyToPay((RESIDENCE_DOCUMENT,), FEE)), self.heard)
        for piece in (100, 1_000):
            assert self.bench.insert(piece)
        self.desk.secure(do.SecureMoney(1), self.heard)
        assert self.heard.last == cash.MoneySecured(1, PUT_IN)

    def start(self) -> None:
        self.journal = Journal(self.store, nullcontext())
        self.desk = CashDesk(self.bench.started(), self.journal)

    @property
    def came_out(self) -> int:
        return self.bench.handed_out() - self.out_before

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
        kiosk.start()
        told = Heard()
        Recovery(kiosk.bench.device, kiosk.journal).run(told)
        recovered = told.last
        assert isinstance(recovered, Recovered)
        assert (kiosk.came_out + recovered.owed, recovered.confirmed) == (PUT_IN, True), at
    pytest.fail("it never came to its end")


def test_i7_a_hopper_that_forgets_in_the_middle_leaves_a_debt_that_nobody_confirms() -> None:
    kiosk = Kiosk()

    def reset(_now: float) -> None:
        if kiosk.came_out == 500:
            for hopper in kiosk.bench.machine.hoppers.values():
                hopper.begin_anew()

    kiosk.bench.clock.on_wait = reset
    with pytest.raises(PayoutUnclear):
        kiosk.desk.give_change(do.GiveChange(1, FEE), kiosk.heard)
    kiosk.bench.clock.on_wait = lambda _now: None
    kiosk.start()
    told = Heard()
    Recovery(kiosk.bench.device, kiosk.journal).run(told)
    recovered = told.last
    assert isinstance(recovered, Recovered)
    assert not recovered.confirmed
    assert kiosk.came_out + recovered.owed >= PUT_IN
