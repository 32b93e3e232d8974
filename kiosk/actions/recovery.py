"""After a restart: nothing personal is ever printed into an empty shop. The order that was cut off is voided or
settled, money goes back, and what could not, or what nobody can say, is a debt under the visit's reference (I7)."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.cash.model import CashDevice
from hardware.errors import PayoutUnclear
from kiosk.actions.cash import keep, paid
from kiosk.actions.cashless import Settling
from kiosk.actions.jobs import Tell, nothing_booked
from kiosk.actions.journal import Journal
from kiosk.actions.open_charges import OpenCharge
from kiosk.actions.saved import OpenPayout, SavedVisit
from kiosk.actions.written import required_on_disk
from kiosk.flow import events as on
from kiosk.flow.effects import BEFORE_RESTART
from kiosk.flow.means import Means
from kiosk.flow.money import forgot

WITHIN_S = 10.0
"""How long the payment terminal may not be able to say, before what stands open there is left for later."""


@dataclass(slots=True)
class Recovery:
    """Runs on the money lane before anybody is served: once, or again after the journal could not be written. What
    breaks on the way leaves the visit open for the next start. Nothing moves and nobody is told before what is known of
    it is on disk: else each start would find the same money missing, and promise it anew."""

    device: CashDevice
    journal: Journal
    book_right: Callable[[tuple[str, ...]], None] = nothing_booked
    """Where a clerk hands sheets over: into the book of the day that the resident has said of these documents that they
    are right, unless it stands there. Raises where that can't be."""
    cashless: Settling | None = None
    """Where the site has, or had, a payment terminal."""
    _out_before: int | None = field(default=None, init=False)
    """Yen that had come out before the first run: what a run pays that can't be written to its end is told by the next
    one."""

    def run(self, tell: Tell) -> None:
        """Settles what the journal says was open. Raises `JournalBroken`: then it can run again."""
        required_on_disk(self.journal)
        visit = self.journal.visit
        if visit is None:
            loose = self.device.give_back()
            tell(on.Recovered(loose.paid, loose.asked - loose.paid, ""))
            return
        out_before = self._out_before = visit.paid_out if self._out_before is None else self._out_before
        self.book_right(visit.delivered)
        if visit.paying:
            self._ask(visit)
            self._settle()
        required_on_disk(self.journal)
        self._pay_back(visit)
        settled = self._visit()
        if not settled.reported:
            self.journal.report(settled.report())
        returned = settled.paid_out - out_before
        told = on.Recovered(
            returned,
            settled.due,
            settled.reference,
            confirmed=not settled.unclear,
            noted=settled.noted,
            kept=settled.kept,
            means=Means.CASHLESS if settled.cashless else Means.CASH,
            debited=(charge := self._charge()) is not None and charge.debited,
        )
        required_on_disk(self.journal)
        self._out_before = None
        tell(told)

    def _ask(self, visit: SavedVisit) -> None:
        """What came of the payout that was cut off, by the device's own count; of one, too, of which the disk took
        nothing when it began: then whatever the device can still say of it is better than nothing."""
        count, payout = self.device.payouts(), visit.payout
        if count is None or visit.counted is None or (payout is not None and not count.certain):
            if payout is not None:
                self._unclear(visit, payout)
            return
        since = count.number - visit.counted
        if since == 1:
            self.journal.update(BEFORE_RESTART, lambda open_visit: paid(open_visit, count.last, count.keeps))
            if not count.certain:
                self._update({"unclear": True})
        elif since > 1 or (since < 0 and (payout is not None or visit.captured is not None)):
            # Where the account fell behind the journal, the hoppers' own counts tell of change that came out, but
            # nothing tells of a fee that was kept.
            self._unclear(visit, payout)

    def _unclear(self, visit: SavedVisit, payout: OpenPayout | None) -> None:
        """Nobody can say what came out. With nothing held any more that payout had begun, and what it was to keep is
        kept."""
        keeps = None if payout is None else payout.keeps
        kept = visit.captured if visit.captured is not None or self.device.status().held else keeps
        self._update({"payout": None, "unclear": True, "captured": kept})

    def _settle(self) -> None:
        """All that is held beyond the fee of what was delivered goes back; a note that went back by itself counts as
        paid by that. So the device is asked for it even where it holds nothing."""
        visit, inside = self._visit(), self.device.status().held
        fee = visit.earned if visit.captured is None and visit.earned <= inside else 0
        self._update({"settling": True, "held": max(visit.held, visit.accounted + inside)})
        try:
            keep(self.device, self.journal, BEFORE_RESTART, fee, required_on_disk)
        except PayoutUnclear:
            self._ask(self._visit())
        visit = self._visit()
        if forgot(visit.held, visit.accounted):
            self._update({"unclear": True})

    def _pay_back(self, visit: SavedVisit) -> None:
        """What was debited beyond the fee of what was delivered."""
        charge = self._charge()
        if self.cashless is not None and charge is not None:
            # What staff were told of the rest holds.
            self.cashless.settle(charge, charge.keeps if charge.noted else visit.earned, WITHIN_S)

    def _charge(self) -> OpenCharge | None:
        """What stands open of a cashless payment."""
        return self.cashless.book.of(BEFORE_RESTART) if self.cashless is not None else None

    def _update(self, fields: dict[str, object]) -> None:
        self.journal.update(BEFORE_RESTART, lambda visit: visit.model_copy(update=fields))

    def _visit(self) -> SavedVisit:
        assert self.journal.visit is not None
        return self.journal.visit
