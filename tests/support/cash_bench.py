"""A ccTalk cash device with its virtual machine: on one virtual clock, in process or through a pseudo-terminal."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from hardware.cash.cctalk.device import CctalkCash
from hardware.cash.cctalk.layout import Layout
from hardware.cash.cctalk.serial_wire import SerialWire
from hardware.cash.cctalk.virtual.machine import FULL_HOPPERS, TO_HOPPER, VirtualCashMachine
from hardware.cash.cctalk.virtual.pty import PtyBus
from hardware.cash.cctalk.wire import Wire
from hardware.cash.model import CashEvent, CashProblem, PayoutCount
from hardware.composition import spawn_thread
from tests.support.printer_clocks import JumpingClock
from tests.support.till_store import TillStore

USUAL = Layout("", refills=TO_HOPPER)


def _looked_at_by_hand(name: str, run: Callable[[], None]) -> Callable[[float], bool]:
    """The loop does not run: whoever tests looks when it is time to."""
    return lambda _within: True


class CashBench:
    """`device` on `machine`. Each piece put in is looked for at once."""

    def __init__(
        self,
        hoppers: Mapping[int, int] = FULL_HOPPERS,
        *,
        layout: Layout = USUAL,
        tray: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.clock = JumpingClock()
        self.fallen: list[int] = []
        self.layout = layout
        self.machine = VirtualCashMachine(self.clock, hoppers, layout=layout, hand_out=self._fall)
        self._tray = tray
        self.store = TillStore(hoppers)
        self.heard: list[CashEvent] = []
        self.guard = threading.RLock()
        self.wire: Wire = self.machine.bus
        self.port = ""
        self.device = self.started()
        # The machine was put into service: what its acceptors counted before is nobody's money.
        self.device.status()

    def started(self) -> CctalkCash:
        """The device as a program finds it that has just started."""
        self.device = CctalkCash(self.layout, self.wire, self.store, self.clock, _looked_at_by_hand, threading.RLock())
        return self.device

    def _fall(self, yen: int) -> None:
        self.fallen.append(yen)
        self._tray(yen)

    def sale(self, fee: int) -> None:
        self.device.accept(fee, self.heard.append)

    def insert(self, yen: int) -> bool:
        with self.guard:
            taken = self.machine.insert(yen)
        self.device.look()
        return taken

    def fail(self, problem: CashProblem) -> None:
        with self.guard:
            if problem is CashProblem.JAM:
                self.machine.jam()
            else:
                assert problem is CashProblem.OFFLINE
                self.machine.bus.down = True
        self.device.look()

    def take_change_away(self) -> None:
        with self.guard:
            self.machine.take_change_away()

    def jam_when_kept(self) -> None:
        with self.guard:
            self.machine.notes.jam_on_stack = True

    def handed_out(self) -> int:
        return self.machine.state().handed_out


def is_certain(count: PayoutCount | None) -> bool:
    """Whether the device can say what came of the last payout."""
    return count is not None and count.certain


@contextmanager
def through_a_port() -> Iterator[CashBench]:
    """The bench with a pseudo-terminal and pyserial between device and machine."""
    bench = CashBench()
    bus = PtyBus(bench.machine.bus, spawn_thread, bench.guard)
    bench.port = bus.port
    bench.wire = SerialWire(bus.port)
    bench.started().status()
    try:
        yield bench
    finally:
        bench.device.close()
        bus.stop()
