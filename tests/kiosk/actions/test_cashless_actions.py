"""The payment terminal's desk: a charge is on disk before it is asked for, and stays there until what became of it is
known (I7)."""

from collections.abc import Callable
from contextlib import nullcontext

import pytest

from hardware.cash.model import Payout
from hardware.cash.virtual import VirtualCash
from hardware.cashless.model import Charge, WhyNot
from hardware.cashless.model import Debit as Told
from hardware.cashless.model import NotDebited as NotDebitedBy
from hardware.cashless.virtual import Lost, VirtualPaymentTerminal
from kiosk.actions.cashless import CashlessActions
from kiosk.actions.journal import Journal
from kiosk.actions.notes import Note
from kiosk.actions.recovery import Recovery
from kiosk.actions.saved import SavedVisit
from kiosk.errors import JournalBroken
from kiosk.flow.documents import ReadyToPay
from kiosk.flow.effects import BEFORE_RESTART, Debit, PayBack, StopDebit
from kiosk.flow.events import (
    CashlessSeen,
    Debited,
    DebitInDoubt,
    DebitUnclear,
    MoneySettled,
    MoneyUnclear,
    NotDebited,
    Recovered,
)
from kiosk.flow.means import Means
from kiosk.flow.occasions import Occasion
from tests.support.cards import seeded
from tests.support.cashless import MOMENT, settling
from tests.support.kiosk_actions import Heard
from tests.support.sensor_board import MovedClock
from tests.support.sim_log import SimLog, a_moment

DEBIT = Debit(1, ReadyToPay((), 200))
REFERENCE = "4Q7-K2M"


class Shop:
    """A kiosk with a visit at hand; `restarted` is its next life."""

    def __init__(self, terminal: VirtualPaymentTerminal | None = None, store: SimLog | None = None) -> None:
        self.clock = MovedClock()
        self.terminal = terminal or VirtualPaymentTerminal(self.clock)
        self.store = store or SimLog()
        self.journal = Journal(self.store, nullcontext(), a_moment)
        self.desk = CashlessActions(settling(self.journal, self.terminal, self.clock), seeded())
        self.heard = Heard()
        if store is None:
            self.journal.begin(SavedVisit(attempt=1, reference=REFERENCE, municipality="0", order_id="", token=""))

    def restarted(self) -> "Shop":
        return Shop(self.terminal, self.store)

    def recovers(self) -> Recovered:
        recovery = Recovery(VirtualCash(), self.journal, cashless=self.desk.settling)
        recovery.run(self.heard)
        (said,) = (each for each in self.heard.events if isinstance(each, Recovered))
        return said

    def notes(self, occasion: Occasion, yen: int) -> None:
        """Staff are told, as the flow wants it."""
        self.journal.note(Note(moment=MOMENT, occasion=occasion, reference=REFERENCE, yen=yen))

    @property
    def holder_paid(self) -> int:
        state = self.terminal.state()
        return state.debited - state.paid_back

    @property
    def open(self) -> int:
        return len(self.journal.saved.charges)


def debits(shop: Shop, *, covered: bool = True) -> None:
    shop.terminal.present(covered=covered)
    shop.desk.begin()
    shop.desk.debit(DEBIT, shop.heard)


def test_i7_a_charge_is_on_disk_before_it_is_asked_for() -> None:
    shop = Shop()
    seen = []
    ask = shop.terminal.debit

    def asked(charge: object, gives_up: Callable[[], bool]) -> object:
        (kept,) = Journal(shop.store, nullcontext(), a_moment).saved.charges
        seen.append((kept.number, kept.yen))
        return ask(charge, gives_up)  # type: ignore[arg-type]

    shop.terminal.debit = asked  # type: ignore[method-assign,assignment]
    debits(shop)
    assert len(seen) == 1
    assert shop.heard.events == [Debited(1, 200)]


def test_nothing_is_debited_that_can_not_be_written_down() -> None:
    shop = Shop()
    shop.store.broken = True
    with pytest.raises(JournalBroken):
        debits(shop)
    assert shop.heard.events == []
    assert (shop.holder_paid, shop.open) == (0, 0)


@pytest.mark.parametrize("covered", [True, False])
def test_what_was_not_debited_is_forgotten(covered: bool) -> None:
    shop = Shop()
    debits(shop, covered=covered)
    assert shop.open == covered
    assert shop.heard.events == [Debited(1, 200) if covered else NotDebited(1, WhyNot.DECLINED)]


def test_a_terminal_that_is_not_reached_is_not_asked() -> None:
    shop = Shop()
    shop.terminal.fall_silent()
    debits(shop)
    assert shop.heard.events == [NotDebited(1, WhyNot.OFFLINE)]
    assert not shop.journal.saved.charges


def test_nobody_is_waited_for_who_went_away() -> None:
    shop = Shop()
    shop.desk.begin()
    shop.desk.stop(StopDebit(1))
    shop.desk.debit(DEBIT, shop.heard)
    assert shop.heard.events == [NotDebited(1, WhyNot.GIVEN_UP)]


@pytest.mark.parametrize(("lost", "paid"), [(Lost.ANSWER, 200), (Lost.REQUEST, 0)])
def test_what_got_lost_is_asked_for(lost: Lost, paid: int) -> None:
    shop = Shop()
    shop.terminal.lose_next(lost)
    debits(shop)
    known = Debited(1, 200) if paid else NotDebited(1, WhyNot.OFFLINE)
    assert shop.heard.events == [DebitInDoubt(1), known]
    assert shop.holder_paid == paid


@pytest.mark.parametrize("restart", [False, True])
def test_i7_another_sum_than_was_asked_for_is_told_and_goes_back_as_it_was_debited(restart: bool) -> None:
    """Some means of payment give what they have."""
    shop = Shop()
    shop.terminal.debit_at_most(150)
    debits(shop)
    assert shop.heard.events == [Debited(1, 150)]
    if restart:
        shop = shop.restarted()
        said = shop.recovers()
        assert (said.returned, said.owed) == (150, 0)
    else:
        shop.desk.pay_back(PayBack(1, 0), shop.heard)
        assert shop.heard.events[-1] == MoneySettled(1, 0, Payout(150, 150))
    assert (shop.holder_paid, shop.open) == (0, 0)
    assert (shop.journal.saved.takings.debited, shop.journal.saved.takings.paid_back) == (150, 150)


def test_i7_another_sum_of_which_nobody_knew_goes_back_as_it_was_debited() -> None:
    shop = Shop()
    shop.terminal.debit_at_most(150)
    in_doubt(shop)
    shop.notes(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200)
    shop.journal.end(1)
    shop.terminal.answer_again()
    shop.desk.look(shop.heard)
    assert (shop.holder_paid, shop.open) == (0, 0)
    assert staff_told(shop.journal) == [(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200), (Occasion.PAID_AFTER_ALL, 200)]
    assert shop.journal.saved.takings.over == 0


def in_doubt(shop: Shop) -> None:
    """Debited, and the terminal can't say so: a slip is given, and the visit is over."""
    shop.terminal.lose_next(Lost.ANSWER)
    look = shop.terminal.look

    def goes_silent(number: str) -> Told:
        shop.terminal.fall_silent()
        return look(number)

    shop.terminal.look = goes_silent  # type: ignore[method-assign]
    debits(shop)
    shop.terminal.look = look  # type: ignore[method-assign]
    assert shop.heard.events == [DebitInDoubt(1), DebitUnclear(1)]
    shop.desk.pay_back(PayBack(1, 0), shop.heard)
    assert shop.heard.events[-1] == MoneyUnclear(1)


def staff_told(journal: Journal) -> list[tuple[Occasion, int]]:
    return [(note.occasion, note.yen) for note in journal.notes]


@pytest.mark.parametrize("restart", [False, True])
def test_i7_what_stands_open_is_paid_back_when_the_terminal_is_back(restart: bool) -> None:
    shop = Shop()
    in_doubt(shop)
    shop.notes(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200)
    shop.journal.end(1)
    shop = shop.restarted() if restart else shop
    shop.desk.look(shop.heard)
    assert (shop.holder_paid, shop.open) == (200, 1)
    shop.terminal.answer_again()
    shop.desk.look(shop.heard)
    assert (shop.holder_paid, shop.open) == (0, 0)
    told = [(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200), (Occasion.PAID_AFTER_ALL, 200)]
    assert staff_told(shop.journal) == told
    shop.desk.look(shop.heard)
    assert staff_told(shop.restarted().journal) == told
    assert shop.heard.events[-1] == CashlessSeen(ready=True)


def test_a_restart_does_not_call_debited_what_nobody_knows() -> None:
    shop = Shop()
    in_doubt(shop)
    said = shop.restarted().recovers()
    assert (said.owed, said.confirmed, said.debited) == (200, False, False)


@pytest.mark.parametrize(("back", "told"), [(200, [(Occasion.PAID_AFTER_ALL, 200)]), (0, [])])
def test_i7_what_was_paid_back_just_as_staff_were_told_of_it_is_owed_no_more(
    back: int, told: list[tuple[Occasion, int]]
) -> None:
    """The flow had waited long enough; nobody asks for that charge again."""
    shop = Shop()
    debits(shop)
    shop.terminal.pay_back = lambda number, yen: back  # type: ignore[method-assign]
    shop.desk.pay_back(PayBack(1, 0), shop.heard)
    shop.notes(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200)
    assert staff_told(shop.journal) == [(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200), *told]


def test_i7_what_was_earned_is_kept_though_the_terminal_broke_over_the_rest() -> None:
    """The program ends while it waits; the visit is over, and staff were told of the rest."""
    shop = Shop()
    debits(shop)

    def breaks(number: str, yen: int) -> int | None:
        raise RuntimeError(number, yen)

    pay_back, shop.terminal.pay_back = shop.terminal.pay_back, breaks  # type: ignore[method-assign]
    with pytest.raises(RuntimeError):
        shop.desk.pay_back(PayBack(1, 150), shop.heard)
    shop.notes(Occasion.UNCONFIRMED_CASHLESS_DEBT, 50)
    shop.journal.end(1)
    shop.terminal.pay_back = pay_back  # type: ignore[method-assign]
    again = shop.restarted()
    again.desk.look(again.heard)
    assert (again.holder_paid, again.open) == (150, 0)
    assert staff_told(again.journal)[-1] == (Occasion.PAID_AFTER_ALL, 50)


@pytest.mark.parametrize("then", ["visit over", "restart", "look"])
def test_i7_what_was_earned_is_kept_though_nobody_came_to_pay_the_rest_back(then: str) -> None:
    """Something else held the money lane until the flow gave it up; the slip is printed, or still being printed."""
    shop = Shop()
    debits(shop)
    shop.journal.update(1, lambda visit: visit.model_copy(update={"fee": 150}))
    shop.notes(Occasion.UNCONFIRMED_CASHLESS_DEBT, 50)
    # A sheet that comes out now is one that nobody counted.
    shop.journal.update(1, lambda visit: visit.model_copy(update={"fee": 200}))
    if then == "visit over":
        shop.journal.end(1)
    if then != "look":
        shop = shop.restarted()
        Recovery(VirtualCash(), shop.journal, cashless=shop.desk.settling).run(shop.heard)
    shop.desk.look(shop.heard)
    assert (shop.holder_paid, shop.open) == (150, 0)
    assert staff_told(shop.journal)[-1] == (Occasion.PAID_AFTER_ALL, 50)


def test_what_a_visit_at_hand_still_asks_for_is_not_settled_behind_its_back() -> None:
    shop = Shop()
    in_doubt(shop)
    shop.terminal.answer_again()
    shop.desk.look(shop.heard)
    assert (shop.holder_paid, shop.open) == (200, 1)


def test_a_debt_that_the_terminal_will_not_pay_back_is_certain() -> None:
    shop = Shop()
    in_doubt(shop)
    shop.notes(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200)
    shop.journal.end(1)
    shop.terminal.answer_again()
    shop.terminal.pay_back = lambda number, yen: 0  # type: ignore[method-assign]
    shop.desk.look(shop.heard)
    assert staff_told(shop.journal) == [(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200), (Occasion.DEBT, 200)]
    assert shop.journal.saved.takings.over == 200


@pytest.mark.parametrize("kept", [0, 200])
def test_what_is_not_kept_goes_back_and_the_sums_say_so(kept: int) -> None:
    shop = Shop()
    debits(shop)
    shop.desk.pay_back(PayBack(1, kept), shop.heard)
    assert shop.heard.events[-1] == MoneySettled(1, kept, Payout(200 - kept, 200 - kept))
    assert (shop.holder_paid, shop.open) == (kept, 0)
    takings = shop.journal.saved.takings
    assert (takings.debits, takings.debited, takings.paid_back, takings.kept) == (1, 200, 200 - kept, kept)


@pytest.mark.parametrize("fee", [0, 200])
def test_i7_a_restart_keeps_what_was_delivered_and_pays_the_rest_back(fee: int) -> None:
    shop = Shop()
    debits(shop)
    shop.journal.update(1, lambda visit: visit.model_copy(update={"fee": fee}))
    again = shop.restarted()
    said = again.recovers()
    assert (said.returned, said.owed, said.confirmed, said.means) == (200 - fee, 0, True, Means.CASHLESS)
    assert (again.holder_paid, again.open) == (fee, 0)


def test_i7_a_charge_that_was_only_written_down_is_never_debited() -> None:
    shop = Shop()
    charge = shop.desk.settling.book.open(1, "0f" * 16, 200)
    again = shop.restarted()
    assert again.recovers().owed == 0
    again.terminal.present()
    # A request that is under way somewhere comes late.
    late = again.terminal.debit(Charge(charge.number, charge.yen), lambda: False)
    assert isinstance(late, NotDebitedBy)
    assert (again.holder_paid, again.open) == (0, 0)


def test_i7_a_restart_without_the_terminal_owes_until_it_is_back() -> None:
    shop = Shop()
    debits(shop)
    shop.terminal.fall_silent()
    again = shop.restarted()
    said = again.recovers()
    assert (said.returned, said.owed, said.confirmed, said.debited) == (0, 200, False, True)
    again.notes(Occasion.UNCONFIRMED_CASHLESS_DEBT, said.owed)
    third = again.restarted()
    third.terminal.answer_again()
    assert third.journal.visit is not None
    assert third.journal.visit.attempt == BEFORE_RESTART
    said = third.recovers()
    assert (said.returned, said.owed, said.noted) == (200, 0, 0)
    assert staff_told(third.journal) == [(Occasion.UNCONFIRMED_CASHLESS_DEBT, 200), (Occasion.PAID_AFTER_ALL, 200)]
    assert third.holder_paid == 0
