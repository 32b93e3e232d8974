"""A page printer and a slip printer without paper, steerable while they run: jam, empty tray, door, silence, a cut
line. They keep what came out, run on the clock they are given and start no threads. Never a stand-in for a real one."""

from collections.abc import Callable, Generator
from dataclasses import dataclass

from printers.errors import PrinterAway
from printers.model import (
    Printed,
    PrinterProblem,
    PrinterStatus,
    PrinterWarning,
    PrintFailed,
    PrintJob,
    Progress,
    Settled,
    gravest,
    not_ready,
)
from printers.ports import Clock

_LOW = 20
"""Sheets at which a printer says that its paper ends soon."""

TICK = 0.25
"""Seconds at most between two looks of a running job at its steering."""


@dataclass(frozen=True, slots=True, repr=False)
class SheetOut:
    """One sheet in the tray: sheet `sheet` (from 1) of the job, whose bytes are as delivered. `white_back`: only its
    face was printed."""

    job: PrintJob
    sheet: int
    white_back: bool = False

    def __repr__(self) -> str:
        return f"<SheetOut {self.sheet} of {self.job.sheets}>"


def _nowhere(_: object) -> None:
    """For those who do not watch the tray."""


class VirtualPagePrinter:
    """The `PagePrinter` without paper. `delivered` keeps every sheet that came out, in order; each is also handed to
    `put_in_tray`."""

    def __init__(
        self,
        clock: Clock,
        *,
        sheets_available: int = 250,
        seconds_per_side: float = 2.0,
        put_in_tray: Callable[[SheetOut], None] = _nowhere,
    ) -> None:
        self._clock = clock
        self._put_in_tray = put_in_tray
        self._problems: set[PrinterProblem] = set()
        self._jam_on_sheet: int | None = None
        self._jam_after: int | None = None
        self._silent = False
        self._halted = False
        self._warnings: set[PrinterWarning] = set()
        self._one_sided = False
        self._wakes = True
        self._left_in_device: tuple[PrintJob, int] | None = None
        self.sheets_available = sheets_available
        self.seconds_per_side = seconds_per_side
        self.delivered: list[SheetOut] = []

    # Steering

    def fail(self, problem: PrinterProblem) -> None:
        """From now on the problem stops printing, a running job too. For `PAPER_EMPTY` see `refill`."""
        self._problems.add(problem)

    def mend(self, problem: PrinterProblem) -> None:
        """A person saw to the problem; a jammed sheet is taken out."""
        self._problems.discard(problem)

    def warn(self, warning: PrinterWarning) -> None:
        """From now on it tells this, and prints all the same."""
        self._warnings.add(warning)

    def stop_warning(self, warning: PrinterWarning) -> None:
        """A person saw to it."""
        self._warnings.discard(warning)

    def fall_asleep(self, *, wakes: bool = True) -> None:
        """It knows nothing of its faults until it is woken. `wakes` False: it can't be."""
        self._warnings.add(PrinterWarning.ASLEEP)
        self._wakes = wakes

    def wake_up(self) -> None:
        """Somebody touched it."""
        self._wakes = True
        self._warnings.discard(PrinterWarning.ASLEEP)

    def print_one_side(self, backs_missing: bool = True) -> None:
        """It takes jobs as if it printed both sides, and leaves the backs white."""
        self._one_sided = backs_missing

    def jam_on_sheet(self, sheet: int) -> None:
        """The sheet of that number (from 1) of this or the next job jams before its back is printed."""
        self._jam_on_sheet = sheet

    def jam_after(self, sheets: int) -> None:
        """After so many more sheets, of whichever jobs, the next one jams before its back is printed."""
        self._jam_after = sheets

    def refill(self, sheets: int) -> None:
        """Puts that many sheets into the tray, in place of what was there; 0 empties it."""
        self.sheets_available = sheets

    def fall_silent(self, *, printing_on: bool = False) -> None:
        """The printer answers no more. It also stops, or else prints on unheard, as behind a cut line."""
        self._silent = True
        self._halted = not printing_on

    def answer_again(self) -> None:
        """Ends the silence. A job that could not be cleared is cleared as soon as the driver asks for the status."""
        self._silent = False
        self._halted = False

    def print_what_is_left(self) -> None:
        """The worst a silent printer can do: prints on what the driver could not take back."""
        if self._left_in_device is not None:
            job, first = self._left_in_device
            self._left_in_device = None
            for sheet in range(first, job.sheets + 1):
                self.sheets_available -= 1
                self._deliver(job, sheet)

    # The driver

    def status(self) -> PrinterStatus:
        """What the printer can do now."""
        if self._silent or PrinterProblem.OFFLINE in self._problems:
            return not_ready(PrinterProblem.OFFLINE)
        self._left_in_device = None
        warnings = self._warnings | ({PrinterWarning.PAPER_LOW} if self.sheets_available <= _LOW else set())
        if PrinterWarning.ASLEEP in self._warnings:
            return PrinterStatus(sheets_available=max(self.sheets_available, 0), warnings=frozenset(warnings))
        problems = set(self._problems)
        if self.sheets_available <= 0:
            problems.add(PrinterProblem.PAPER_EMPTY)
        return PrinterStatus(frozenset(problems), max(self.sheets_available, 0), frozenset(warnings))

    def wake(self) -> PrinterStatus:
        """The same by a printer that is awake."""
        if self._wakes and not self._silent:
            self._warnings.discard(PrinterWarning.ASLEEP)
        status = self.status()
        return not_ready(PrinterProblem.ASLEEP) if status.asleep else status

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Prints the job in its pace on the clock. Raises `PrinterAway` when it is silent already."""
        steps = self.steps(job, tell, give_up)
        while True:
            try:
                seconds = next(steps)
            except StopIteration as end:
                settled: Settled = end.value
                return settled
            self._clock.wait(seconds)

    def steps(
        self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]
    ) -> Generator[float, None, Settled]:
        """The same, step by step, for those who drive it themselves: yields the seconds until the next step."""
        if PrinterProblem.OFFLINE in self.status().problems:
            raise PrinterAway("the virtual printer is silent")
        heard = 0
        for sheet in range(1, job.sheets + 1):
            for side in (1, 2):
                stopped = yield from self._print_side(job, Progress(sheet, side), heard, tell, give_up)
                if stopped is not None:
                    return stopped
            self._deliver(job, sheet)
            heard = heard if self._silent or self._one_sided else sheet
        while self._silent:
            if give_up():
                return PrintFailed(heard, PrinterProblem.OFFLINE, cleared=False)
            yield TICK
        if self._one_sided:
            # As a driver that saw the counts: it knows until somebody mends it.
            self._problems.add(PrinterProblem.ONE_SIDED)
            return PrintFailed(0, PrinterProblem.ONE_SIDED)
        return Printed(job.sheets)

    def _print_side(
        self,
        job: PrintJob,
        at: Progress,
        heard: int,
        tell: Callable[[Progress], None],
        give_up: Callable[[], bool],
    ) -> Generator[float, None, PrintFailed | None]:
        remaining = self.seconds_per_side
        begun = False
        while True:
            if give_up():
                return self._given_up(job, at, heard, begun=begun)
            if not self._halted:
                problem = self._stopper(at, begun=begun)
                if problem is not None and not self._silent:
                    return PrintFailed(at.sheet - 1, problem, unsent=_unsent(at, begun=begun))
                if problem is None and not begun:
                    begun = True
                    self._begin(at, tell)
                if problem is None and remaining <= 0:
                    return None
            pause = min(remaining, TICK) if begun and remaining > 0 else TICK
            yield pause
            if begun and not self._halted:
                remaining -= pause

    def _begin(self, at: Progress, tell: Callable[[Progress], None]) -> None:
        if at.side == 1:
            self.sheets_available -= 1
        if not self._silent:
            tell(at)

    def _stopper(self, at: Progress, *, begun: bool) -> PrinterProblem | None:
        if at.side == 2 and (self._jam_on_sheet == at.sheet or self._jam_after == 0):
            self._jam_on_sheet = self._jam_after = None
            self._problems.add(PrinterProblem.JAM)
        if self._problems:
            return gravest(frozenset(self._problems))
        feeding = at.side == 1 and not begun
        return PrinterProblem.PAPER_EMPTY if feeding and self.sheets_available <= 0 else None

    def _given_up(self, job: PrintJob, at: Progress, heard: int, *, begun: bool) -> PrintFailed:
        if not self._silent:
            return PrintFailed(at.sheet - 1, PrinterProblem.OTHER, unsent=_unsent(at, begun=begun))
        self._left_in_device = (job, at.sheet)
        return PrintFailed(heard, PrinterProblem.OFFLINE, cleared=False)

    def _deliver(self, job: PrintJob, sheet: int) -> None:
        if self._jam_after:
            self._jam_after -= 1
        out = SheetOut(job, sheet, white_back=self._one_sided)
        self.delivered.append(out)
        self._put_in_tray(out)


def _unsent(at: Progress, *, begun: bool) -> bool:
    """Whether the device has not yet begun with the very first side."""
    return at == Progress(1, 1) and not begun


class VirtualSlipPrinter:
    """The `SlipPrinter` without paper. `printed` keeps every slip that came out whole, in order; each is also handed to
    `put_out`."""

    def __init__(self, *, put_out: Callable[[bytes], None] = _nowhere) -> None:
        self._put_out = put_out
        self._problems: set[PrinterProblem] = set()
        self._fail_next: PrinterProblem | None = None
        self._warnings: set[PrinterWarning] = set()
        self.printed: list[bytes] = []

    def fail(self, problem: PrinterProblem) -> None:
        """From now on the problem stops printing; `OFFLINE` means that nothing answers."""
        self._problems.add(problem)

    def fail_in_next_slip(self, problem: PrinterProblem) -> None:
        """The next slip begins, and stops at the problem before it is out."""
        self._fail_next = problem

    def mend(self, problem: PrinterProblem) -> None:
        """A person saw to the problem."""
        self._problems.discard(problem)

    def run_low(self, low: bool = True) -> None:
        """The roll ends soon, or is a new one."""
        self._warnings = {PrinterWarning.PAPER_LOW} if low else set()

    def status(self) -> PrinterStatus:
        """What the printer can do now."""
        return PrinterStatus(frozenset(self._problems), warnings=frozenset(self._warnings))

    def print(self, slip: bytes) -> Settled:
        """Keeps the slip. Raises `PrinterAway` while it is offline."""
        if PrinterProblem.OFFLINE in self._problems:
            raise PrinterAway("the virtual slip printer is offline")
        if self._problems:
            return PrintFailed(0, gravest(frozenset(self._problems)), unsent=True)
        if self._fail_next is not None:
            problem, self._fail_next = self._fail_next, None
            self._problems.add(problem)
            return PrintFailed(0, problem, cleared=problem is not PrinterProblem.OFFLINE)
        self.printed.append(slip)
        self._put_out(slip)
        return Printed(1)
