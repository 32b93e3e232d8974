"""After a restart: nothing personal is ever printed into an empty shop. The order that was cut off is voided or
settled, money goes back, and what could not is a debt under the visit's reference (I7)."""

from dataclasses import dataclass

from hardware.cash.model import CashDevice, Payout
from kiosk.actions.jobs import Tell
from kiosk.actions.journal import Journal, OpenVisit
from kiosk.flow import events as on


@dataclass(frozen=True, slots=True)
class Recovery:
    """Runs once, on the money lane, before anybody is served."""

    device: CashDevice
    journal: Journal

    def run(self, tell: Tell) -> None:
        """Settles what the journal says was open."""
        visit = self.journal.visit
        if visit is None:
            loose = self.device.give_back()
            tell(on.Recovered(loose.paid, loose.asked - loose.paid, ""))
            return
        if not visit.reported:
            self.journal.report(visit.report())
        payout = self._settle(visit) if visit.paying else Payout(0, 0)
        tell(on.Recovered(payout.paid, payout.asked - payout.paid, visit.reference))

    def _settle(self, visit: OpenVisit) -> Payout:
        if visit.paid_out is not None:
            return Payout(max(visit.held - visit.fee, visit.paid_out), visit.paid_out)
        inside = self.device.status().held
        if visit.settling and not inside:
            # The device had begun to pay out and holds nothing any more: it finished, though nobody heard it say so.
            return Payout(0, 0)
        self.journal.update(lambda open_visit: open_visit.model_copy(update={"settling": True}))
        due = max(visit.held, inside) - visit.fee
        payout = self.device.capture(visit.fee) if 0 < visit.fee <= inside else self.device.give_back()
        self.journal.update(lambda open_visit: open_visit.model_copy(update={"paid_out": payout.paid}))
        return Payout(due, payout.paid)
