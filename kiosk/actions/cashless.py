"""The payment terminal. A charge is on disk before it is asked for, and stays there until what became of it is known:
so nothing that breaks leaves yen that nobody can account for (I7)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.cash.model import Payout
from hardware.cashless.certain import certain, paid_back
from hardware.cashless.model import Charge, Debited, NotDebited, PaymentTerminal, Unclear, WhyNot
from hardware.ports import Clock
from kiosk.actions.charges import ChargeBook
from kiosk.actions.jobs import Tell
from kiosk.actions.open_charges import OpenCharge
from kiosk.actions.written import required
from kiosk.errors import JournalBroken
from kiosk.flow import effects as do
from kiosk.flow import events as on

NUMBER_BYTES = 16
ASKED_FOR_S = 30.0
"""How long a resident waits for a payment terminal that can't say what became of a charge."""


@dataclass(frozen=True, slots=True)
class Settling:
    """How a charge is settled. All methods run on the money lane."""

    terminal: PaymentTerminal
    book: ChargeBook
    clock: Clock

    def settle(self, charge: OpenCharge, keeps: int, within_s: float) -> tuple[int, Payout] | None:
        """Keeps so much of it and pays the rest back, if it was debited at all; what was kept and paid back. None when
        nobody can say: then it stays open."""
        asked = Charge(charge.number, charge.yen)
        if not charge.debited:
            told = certain(self.terminal, asked, self.terminal.look(charge.number), self.clock, within_s)
            if isinstance(told, Unclear):
                self.book.unclear(charge, keeps)
                return None
            if isinstance(told, NotDebited):
                self.book.settle(charge, debited=False, keeps=0, paid_back=0)
                return 0, Payout(0, 0)
            charge = charge.model_copy(update={"debited": True, "yen": told.yen})
        owed = charge.yen - keeps
        back = paid_back(self.terminal, asked, owed, self.clock, within_s) if owed else 0
        if back is None:
            self.book.unclear(charge, keeps)
            return None
        self.book.settle(charge, debited=True, keeps=keeps, paid_back=back)
        return keeps, Payout(owed, back)

    def settle_earlier(self) -> None:
        """Charges of visits that are over, as far as the payment terminal can say now."""
        for charge in self.book.earlier():
            self.settle(charge, charge.keeps, 0)


@dataclass(slots=True)
class CashlessActions:
    """All methods but `begin` and `stop` run on the money lane. `entropy` makes the numbers of charges (I4)."""

    settling: Settling
    entropy: Callable[[int], bytes]
    _stopped: int | None = field(default=None, init=False)
    """The attempt that nobody is waited for any more."""

    def look(self, tell: Tell) -> None:
        """What stands open is asked for first."""
        ready = self.settling.terminal.ready()
        if ready:
            self.settling.settle_earlier()
        tell(on.CashlessSeen(ready))

    def begin(self) -> None:
        """A debit is wanted: what was stopped before it was another one."""
        self._stopped = None

    def stop(self, effect: do.StopDebit) -> None:
        """The payment terminal gives up when it looks next."""
        self._stopped = effect.attempt

    def debit(self, effect: do.Debit, tell: Tell) -> None:
        """Raises `JournalBroken`: nobody would know of a charge that can't be written down after a restart."""
        attempt, fee = effect.attempt, effect.ready.fee
        terminal, book = self.settling.terminal, self.settling.book
        if not terminal.ready():
            tell(on.NotDebited(attempt, WhyNot.OFFLINE))
            return
        charge = Charge(self.entropy(NUMBER_BYTES).hex(), fee)
        opened = book.open(attempt, charge.number, fee)
        try:
            required(book.journal)
        except JournalBroken:
            book.drop(opened)
            raise
        told = terminal.debit(charge, lambda: self._stopped == attempt)
        if isinstance(told, Unclear):
            tell(on.DebitInDoubt(attempt))
            told = certain(terminal, charge, told, self.settling.clock, ASKED_FOR_S)
        match told:
            case Debited(yen):
                book.debited(opened, yen)
                tell(on.Debited(attempt, yen))
            case NotDebited(why):
                book.drop(opened)
                tell(on.NotDebited(attempt, why))
            case Unclear():
                book.unclear(opened, 0)
                tell(on.DebitUnclear(attempt))

    def pay_back(self, effect: do.PayBack, tell: Tell) -> None:
        """All but what is kept. What was asked for once in vain is asked for once more, without waiting."""
        book, attempt = self.settling.book, effect.attempt
        decided = {"settling": True, "fee": effect.keeps}
        book.journal.update(attempt, lambda visit: visit.model_copy(update=decided))
        charge = book.of(attempt)
        if charge is None:
            # Nothing was debited.
            tell(on.MoneySettled(attempt, 0, Payout(0, 0)))
            return
        visit = book.journal.visit
        in_vain = visit is not None and visit.unclear
        settled = self.settling.settle(charge, effect.keeps, 0 if in_vain else ASKED_FOR_S)
        if settled is None:
            tell(on.MoneyUnclear(attempt))
            return
        kept, payout = settled
        tell(on.MoneySettled(attempt, kept, payout))
