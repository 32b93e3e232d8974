"""The payment terminal of a simulated post office."""

from collections.abc import Callable

from hardware.cashless.model import Charge, Debit
from hardware.cashless.virtual import VirtualPaymentTerminal
from tests.support.sim_time import SimTime


class SimPayment(VirtualPaymentTerminal):
    """`at_moment` is told of each moment between two commands: before one is carried out, and after it before its
    answer is heard."""

    def __init__(self, time: SimTime) -> None:
        super().__init__(time)
        self.moments = 0
        self.at_moment: Callable[[int], None] = lambda _: None

    def debit(self, charge: Charge, gives_up: Callable[[], bool]) -> Debit:
        self._moment()
        told = super().debit(charge, gives_up)
        self._moment()
        return told

    def look(self, number: str) -> Debit:
        self._moment()
        told = super().look(number)
        self._moment()
        return told

    def pay_back(self, number: str, yen: int) -> int | None:
        self._moment()
        back = super().pay_back(number, yen)
        self._moment()
        return back

    def _moment(self) -> None:
        self.moments += 1
        self.at_moment(self.moments)
