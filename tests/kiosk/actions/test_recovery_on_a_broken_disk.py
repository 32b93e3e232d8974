"""After a restart with a disk that takes nothing: no money moves, nothing is promised, until it can be written (I7)."""

from contextlib import nullcontext

import pytest

from hardware.cash.model import Payout
from hardware.cash.virtual import VirtualCash
from kiosk.actions.journal import REPORTS_KEPT, Journal
from kiosk.actions.recovery import Recovery
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import OutcomeReport
from kiosk.errors import JournalBroken
from kiosk.flow.events import Recovered
from tests.support.kiosk_actions import Heard
from tests.support.sim_log import SimLog, a_moment

PAYING = SavedVisit(
    attempt=1, reference="4Q7-K2M", municipality="992011", order_id="ab" * 16, token="cd" * 16, paying=True, held=500
)


class Machine:
    """A terminal whose visit was cut off with 500 yen in the money device."""

    def __init__(self) -> None:
        self.store, self.cash, self.heard = SimLog(), VirtualCash(), Heard()
        journal = Journal(self.store, nullcontext(), a_moment)
        journal.look()
        journal.begin(PAYING)
        self.cash.accept(500, lambda _: None)
        assert self.cash.insert(500)
        self.cash.inhibit()
        self.start()

    def start(self) -> None:
        self.journal = Journal(self.store, nullcontext(), a_moment)
        self.recovery = Recovery(self.cash, self.journal)

    def recover(self) -> None:
        """As at each start, and with each look at the journal after it."""
        self.journal.look()
        self.recovery.run(self.heard)

    @property
    def handed_out(self) -> int:
        return self.cash.state().handed_out


def test_i7_starts_with_a_broken_disk_pay_nothing_and_promise_nothing_until_it_is_mended() -> None:
    machine = Machine()
    machine.store.broken = True
    for _ in range(3):
        machine.start()
        with pytest.raises(JournalBroken):
            machine.recover()
    assert (machine.handed_out, machine.heard.events) == (0, [])
    machine.store.broken = False
    machine.recover()
    assert machine.heard.events == [Recovered(500, 0, "4Q7-K2M")]
    assert machine.handed_out == 500
    machine.start()
    machine.recover()
    assert machine.heard.events[1:] == [Recovered(0, 0, "4Q7-K2M")], "a start later nothing is owed"


def test_i7_money_of_no_visit_stays_too_while_nothing_can_be_written() -> None:
    machine = Machine()
    machine.journal.end(0)
    machine.store.broken = True
    machine.start()
    with pytest.raises(JournalBroken):
        machine.recover()
    assert machine.handed_out == 0


@pytest.mark.parametrize("restarts", [False, True], ids=("goes on", "starts again"))
@pytest.mark.parametrize("nth", [1, 2, 3, 4, 5, 6])
def test_i7_a_disk_that_breaks_at_any_write_of_a_recovery_pays_once_and_owes_nothing(nth: int, restarts: bool) -> None:
    machine = Machine()
    machine.journal.look()
    first = machine.store.writes + nth
    machine.store.failing = set(range(first, first + 100))
    broke = False
    try:
        machine.recovery.run(machine.heard)
    except JournalBroken:
        broke = True
        assert not machine.heard.events, "nobody is told of what is not on disk"
    machine.store.failing.clear()
    if broke:
        if restarts:
            machine.start()
        machine.recover()
    (told,) = machine.heard.events
    assert isinstance(told, Recovered)
    if not restarts:
        assert told.returned == 500, "whoever stands there is told of the coins, whichever run paid them"
    assert (told.owed, told.confirmed, machine.handed_out) == (0, True, 500)
    assert broke is (nth < 5), "a recovery writes four times"


def test_i7_a_recovery_goes_on_with_a_full_disk_and_with_too_many_outcomes_untold() -> None:
    machine = Machine()
    machine.store.disk_full = True
    machine.start()
    for number in range(REPORTS_KEPT + 1):
        machine.journal.report(OutcomeReport("992011", number.to_bytes(16), b"t" * 16, (), 0, None, "7AB-12C"))
    machine.recover()
    assert not machine.journal.works
    assert machine.heard.events == [Recovered(500, 0, "4Q7-K2M")]
    assert machine.cash.give_back() == Payout(0, 0)
