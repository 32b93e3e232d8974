"""The page printer of a simulated post office: a device of its own, which may print on what it has when the kiosk's
power goes, until a driver asks it for its status again and thereby clears it."""

from collections.abc import Callable, Generator

from printers.model import PrinterStatus, PrintJob, Progress, Settled
from printers.virtual import SheetOut, VirtualPagePrinter
from tests.support.sim_time import PowerCut, SimTime


class SimPrinter(VirtualPagePrinter):
    """`silent`: what comes out now comes out unheard. `prints_on`: so it does when the kiosk's power goes."""

    def __init__(self, time: SimTime, sheets: int, put_in_tray: Callable[[SheetOut], None]) -> None:
        super().__init__(time, sheets_available=sheets, put_in_tray=put_in_tray)
        self.silent = False
        self.prints_on = False
        self._time = time
        self._alone: Generator[float, None, Settled] | None = None

    def fall_silent(self, *, printing_on: bool = False) -> None:
        self.silent = True
        super().fall_silent(printing_on=printing_on)

    def answer_again(self) -> None:
        self.silent = False
        super().answer_again()

    @property
    def alone(self) -> bool:
        """Whether it prints for a program that is gone."""
        return self._alone is not None

    def status(self) -> PrinterStatus:
        self._alone = None
        return super().status()

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        gone = False

        def told(at: Progress) -> None:
            if not gone:
                tell(at)

        steps = self.steps(job, told, lambda: not gone and give_up())
        while True:
            try:
                seconds = next(steps)
            except StopIteration as end:
                settled: Settled = end.value
                return settled
            try:
                self._time.wait(seconds)
            except PowerCut:
                gone = True
                if self.prints_on:
                    self._alone = steps
                    self._time.after(seconds, lambda: self._print_on(steps))
                raise

    def _print_on(self, steps: Generator[float, None, Settled]) -> None:
        if self._alone is steps:
            try:
                seconds = next(steps)
            except StopIteration:
                self._alone = None
            else:
                self._time.after(seconds, lambda: self._print_on(steps))
