"""Money: slots, sums, payouts. Every payout is announced in the journal before it begins, and what the device says of
it is written down and told as it is, whatever else fails (I7)."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from hardware.cash.model import CashDevice, CashEvent, MoneyIn, Payout
from hardware.errors import CashError, PayoutUnclear
from kiosk.actions.jobs import Tell
from kiosk.actions.journal import Journal
from kiosk.actions.saved import OpenPayout, SavedVisit
from kiosk.actions.written import required
from kiosk.errors import JournalBroken
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.money import forgot

Announced = Callable[[Journal], None]
"""Asked once a payout is announced, before it begins. May raise `JournalBroken`."""


@dataclass(frozen=True, slots=True)
class CashActions:
    """All methods run on the money lane."""

    device: CashDevice
    journal: Journal

    def look(self, tell: Tell) -> None:
        """What the device can do now."""
        tell(on.CashSeen(self.device.status()))

    def accept(self, effect: do.AcceptMoney, tell: Tell) -> None:
        """Opens the slots. Raises `JournalBroken`: what can't be written down would be nobody's after a restart."""
        attempt, taken = effect.attempt, 0

        def told(event: CashEvent) -> None:
            nonlocal taken
            if isinstance(event, MoneyIn):
                # Counted here too: a device that was reset forgets what it took before.
                taken = max(taken + event.amount, event.held)
                self._took(attempt, taken)
                tell(on.MoneyTaken(attempt, taken))
            else:
                self._holds(attempt, event.held)
                tell(on.CashStopped(attempt, event.held))

        counted = payouts_begun(self.device)
        self.journal.update(attempt, lambda visit: visit.model_copy(update={"paying": True, "counted": counted}))
        required(self.journal)
        try:
            self.device.accept(effect.ready.fee, told)
        except CashError:
            tell(on.CashStopped(attempt, 0))
            return
        tell(on.SlotsOpen(attempt, self.device.status().accepted))

    def secure(self, effect: do.SecureMoney, tell: Tell) -> None:
        """Closes the slots. While they may be open, or what is in may go out again, nothing is secured."""
        try:
            held = self.device.inhibit()
        except CashError:
            self._stopped(effect.attempt, tell)
            return
        self._holds(effect.attempt, held)
        tell(on.MoneySecured(effect.attempt, held))

    def give_change(self, effect: do.GiveChange, tell: Tell) -> None:
        """What is above the fee comes out, the fee stays held."""
        try:
            payout = pay_out(self.device, self.journal, effect.attempt, lambda: self.device.give_change(effect.fee))
        except CashError:
            self._stopped(effect.attempt, tell)
        except PayoutUnclear:
            tell(on.MoneyUnclear(effect.attempt))
        else:
            tell(on.ChangeGiven(effect.attempt, payout))

    def give_back(self, effect: do.ReturnMoney, tell: Tell) -> None:
        """Everything held goes back."""
        self._settling(effect.attempt, 0)
        try:
            _, payout = keep(self.device, self.journal, effect.attempt, 0)
        except PayoutUnclear:
            tell(on.MoneyUnclear(effect.attempt))
        else:
            tell(on.MoneyReturned(effect.attempt, payout))

    def settle(self, effect: do.SettleMoney, tell: Tell) -> None:
        """Keeps the fee, pays the rest out. A device that holds less than the fee keeps nothing: all goes back."""
        self._settling(effect.attempt, effect.captured)
        try:
            captured, payout = keep(self.device, self.journal, effect.attempt, effect.captured)
        except PayoutUnclear:
            tell(on.MoneyUnclear(effect.attempt))
        else:
            tell(on.MoneySettled(effect.attempt, captured, payout))

    def _stopped(self, attempt: int, tell: Tell) -> None:
        held = self.device.status().held
        self._holds(attempt, held)
        tell(on.CashStopped(attempt, held))

    def _took(self, attempt: int, taken: int) -> None:
        """Written on the device's thread, perhaps after the slots were closed over more."""
        self.journal.update(attempt, lambda visit: visit.model_copy(update={"held": max(visit.held, taken)}))

    def _holds(self, attempt: int, held: int) -> None:
        """The closed device's own word; when it knows of less than went in, nobody knows where the rest is."""
        self.journal.update(
            attempt,
            lambda visit: visit.model_copy(
                update={"held": max(visit.held, held), "unclear": visit.unclear or forgot(visit.held, held)}
            ),
        )

    def _settling(self, attempt: int, fee: int) -> None:
        self.journal.update(attempt, lambda visit: visit.model_copy(update={"settling": True, "fee": fee}))


def written_or_not(_journal: Journal) -> None:
    """Somebody stands there for whose money nothing else speaks: it goes back all the same."""


def keep(
    device: CashDevice, journal: Journal, attempt: int, fee: int, announced: Announced = written_or_not
) -> tuple[int, Payout]:
    """Keeps the fee of what is held and pays the rest out; returns what is kept. A device that does not keep it keeps
    nothing: all goes back. Raises `PayoutUnclear`, and what `announced` raises."""
    if fee:
        with suppress(CashError):
            kept = pay_out(device, journal, attempt, lambda: device.capture(fee), keeps=fee, announced=announced)
            return fee, kept
    return 0, pay_out(device, journal, attempt, device.give_back, keeps=0, announced=announced)


def pay_out(
    device: CashDevice,
    journal: Journal,
    attempt: int,
    pay: Callable[[], Payout],
    *,
    keeps: int | None = None,
    announced: Announced = written_or_not,
) -> Payout:
    """One payout of the visit of this attempt, which keeps so much for good. Raises what `pay` raises, which then has
    paid nothing, or what `announced` raises once it was announced: then it did not begin."""
    begun = {"payout": OpenPayout(keeps=keeps), "counted": payouts_begun(device)}
    journal.update(attempt, lambda visit: visit.model_copy(update=begun))
    try:
        announced(journal)
        payout = pay()
    except (CashError, JournalBroken):
        journal.update(attempt, lambda visit: visit.model_copy(update={"payout": None}))
        raise
    journal.update(attempt, lambda visit: paid(visit, payout))
    return payout


def payouts_begun(device: CashDevice) -> int | None:
    """How many, as the device counts them; None when it does not say."""
    count = device.payouts()
    return None if count is None else count.number


def paid(visit: SavedVisit, payout: Payout, keeps: int | None = None) -> SavedVisit:
    """The visit after one more payout, that is known; `keeps` is what the device says that it kept by one of which the
    journal knew nothing. What was kept before is not kept again."""
    keeps = visit.payout.keeps if visit.payout is not None else keeps
    captured = keeps if visit.captured is None else visit.captured
    asked, paid_out = visit.asked + payout.asked, visit.paid_out + payout.paid
    held = max(visit.held, asked + (captured or 0))
    counted = None if visit.counted is None else visit.counted + 1
    sums = {"held": held, "asked": asked, "paid_out": paid_out, "captured": captured}
    return visit.model_copy(update={"payout": None, "counted": counted, **sums})
