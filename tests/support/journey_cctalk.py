"""The cash device of a journey on a ccTalk bus: what journeys ask of the one without money, of this one. A new program
finds the machine and its account as the former one left them."""

from collections.abc import Callable
from typing import cast

from hardware.cash.model import CashEvent, CashStatus, Payout, PayoutCount
from hardware.cash.virtual import VirtualCash
from hardware.cash.where import CashState
from hardware.sensors.model import Place
from tests.support.cash_bench import CashBench
from tests.support.journey_steps import Journey


class OverCctalk:
    """Fulfils `CashDevice`; `bench` steers what is behind it."""

    def __init__(self, journey: Journey) -> None:
        around = journey.office.around
        self.bench = CashBench(tray=lambda yen: around.put(Place.CHANGE_TRAY, yen))

    def status(self) -> CashStatus:
        return self.bench.device.status()

    def accept(self, fee: int, tell: Callable[[CashEvent], None]) -> None:
        self.bench.device.accept(fee, tell)

    def give_back(self) -> Payout:
        return self.bench.device.give_back()

    def give_change(self, fee: int) -> Payout:
        return self.bench.device.give_change(fee)

    def capture(self, fee: int) -> Payout:
        return self.bench.device.capture(fee)

    def payouts(self) -> PayoutCount | None:
        return self.bench.device.payouts()

    def insert(self, yen: int) -> bool:
        """Whether it was taken."""
        return self.bench.insert(yen)

    def inhibit(self) -> int:
        return self.bench.device.inhibit()

    def stop(self) -> None:
        self.bench.device.stop()

    def state(self) -> CashState:
        """Where the money is."""
        state, till = self.bench.machine.state(), self.bench.store.till
        box = state.box + state.held
        return CashState(till.theirs, state.stuck, state.hoppers, box, state.inserted, state.handed_out)


def over_cctalk(journey: Journey) -> OverCctalk:
    """The journey's terminal, started anew with such a device."""
    device = OverCctalk(journey)
    journey.office.cash = cast("VirtualCash", device)
    journey.power_fails()
    journey.power_returns()
    return device
