"""Money: slots, sums, payouts. What the device says it paid out is written down before anybody acts on it (I7)."""

from dataclasses import dataclass

from hardware.cash.model import CashDevice, CashEvent, MoneyIn, Payout
from hardware.errors import CashError
from kiosk.actions.jobs import Tell
from kiosk.actions.journal import Journal
from kiosk.flow import effects as do
from kiosk.flow import events as on


@dataclass(frozen=True, slots=True)
class CashDesk:
    """All methods run on the money lane."""

    device: CashDevice
    journal: Journal

    def look(self, tell: Tell) -> None:
        """What the device can do now."""
        tell(on.CashSeen(self.device.status()))

    def accept(self, effect: do.AcceptMoney, tell: Tell) -> None:
        """Opens the slots."""
        attempt = effect.attempt

        def told(event: CashEvent) -> None:
            self.journal.update(lambda visit: visit.model_copy(update={"held": event.held}))
            if isinstance(event, MoneyIn):
                tell(on.MoneyTaken(attempt, event.held))
            else:
                tell(on.CashStopped(attempt, event.held))

        self.journal.update(lambda visit: visit.model_copy(update={"paying": True}))
        try:
            self.device.accept(effect.ready.fee, told)
        except CashError:
            tell(on.CashStopped(attempt, 0))
            return
        tell(on.SlotsOpen(attempt, self.device.status().accepted))

    def secure(self, effect: do.SecureMoney, tell: Tell) -> None:
        """Closes the slots."""
        held = self.device.inhibit()
        self.journal.update(lambda visit: visit.model_copy(update={"held": held}))
        tell(on.MoneySecured(effect.attempt, held))

    def give_back(self, effect: do.ReturnMoney, tell: Tell) -> None:
        """Everything held goes back."""
        self._settling()
        payout = self.device.give_back()
        self._settled(payout)
        tell(on.MoneyReturned(effect.attempt, payout))

    def settle(self, effect: do.SettleMoney, tell: Tell) -> None:
        """Keeps the fee, pays the rest out. A device that holds less than the fee keeps nothing: all goes back."""
        self._settling()
        try:
            payout = self.device.capture(effect.captured)
        except CashError:
            payout = self.device.give_back()
        self._settled(payout)
        tell(on.MoneySettled(effect.attempt, payout))

    def _settling(self) -> None:
        self.journal.update(lambda visit: visit.model_copy(update={"settling": True}))

    def _settled(self, payout: Payout) -> None:
        self.journal.update(lambda visit: visit.model_copy(update={"paid_out": payout.paid}))
