"""Watches one job until the printer has settled it, or takes it back. Never calls a job printed that the printer does
not call completed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from printers.errors import PrinterAway
from printers.ipp.client import IppClient
from printers.ipp.state import JobFacts, JobState, PrinterFacts
from printers.model import Printed, PrinterProblem, PrintFailed, Progress, Settled, gravest
from printers.ports import Clock


@dataclass(frozen=True, slots=True)
class IppPace:
    """Seconds: between two looks at a job; how long a fault may stand while the job still runs (the last sheet of a
    tray reports an empty tray and comes out all the same); how long a cancelled job may take to leave the printer; how
    long a printer may take to wake up."""

    look_every: float = 0.5
    fault_stands: float = 5.0
    clear_within: float = 10.0
    wake_within: float = 45.0


class WatchedJob(Protocol):
    """One job that was sent, by whatever way."""

    def look(self) -> tuple[JobFacts | None, PrinterFacts]:
        """The job, or None when it is forgotten, and the printer that its paper is in. Raises `PrinterAway`."""
        ...

    def cancel(self) -> JobFacts | None:
        """Asks for the job to be dropped; what became of it so far, None when it is gone. Raises `PrinterAway`."""
        ...


@dataclass(frozen=True, slots=True)
class DirectJob:
    """A job that the printer itself was sent."""

    client: IppClient
    number: int

    def look(self) -> tuple[JobFacts | None, PrinterFacts]:
        """Job and printer, both told by the printer."""
        return self.client.job(self.number), self.client.printer()

    def cancel(self) -> JobFacts | None:
        """Cancel-Job, and what the job's state is after it."""
        self.client.cancel(self.number)
        return self.client.job(self.number)


class JobWatch:
    """One job of `sheets` sheets."""

    def __init__(self, job: WatchedJob, sheets: int, clock: Clock, pace: IppPace) -> None:
        self._job = job
        self._sheets = sheets
        self._clock = clock
        self._pace = pace
        self._sides_told = -1
        self._sheets_out = 0
        self._fault_since: float | None = None
        self._problems: frozenset[PrinterProblem] = frozenset()

    def settle(self, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Looks at job and printer until the job is settled, a fault stands, or it is time to give up."""
        while True:
            try:
                job, printer = self._job.look()
            except PrinterAway:
                self._problems = frozenset({PrinterProblem.OFFLINE})
            else:
                self._problems = printer.status.problems
                if job is None or job.state.settled:
                    return self._outcome(job)
                if job.one_sided:
                    return self.withdraw(PrinterProblem.ONE_SIDED)
                self._tell_progress(job, tell)
                if self._fault_stands(job, printer):
                    return self.withdraw(gravest(self._problems))
            if give_up():
                return self.withdraw(gravest(self._problems))
            self._clock.wait(self._pace.look_every)

    def withdraw(self, problem: PrinterProblem) -> Settled:
        """Cancels the job and waits until the printer has let it go. `Printed` when all of it was out before that."""
        deadline = self._clock.monotonic() + self._pace.clear_within
        while True:
            try:
                job = self._job.cancel()
            except PrinterAway:
                pass
            else:
                if job is None or job.state.settled:
                    self._problems = frozenset({problem})
                    return self._outcome(job)
            if self._clock.monotonic() >= deadline:
                return PrintFailed(self._sheets_out, problem, cleared=False)
            self._clock.wait(self._pace.look_every)

    def _outcome(self, job: JobFacts | None) -> Settled:
        """`job` is settled, or None when the printer has forgotten it: then it was printed if all sides were told."""
        if job is None:
            done = self._sides_told >= 2 * self._sheets
            return Printed(self._sheets) if done else PrintFailed(self._sheets_out, gravest(self._problems))
        self._count(job)
        if job.state is not JobState.COMPLETED or job.with_errors:
            return PrintFailed(self._sheets_out, gravest(self._problems))
        wrong = job.miscounted(self._sheets)
        if wrong is None:
            return Printed(self._sheets)
        return PrintFailed(0 if wrong is PrinterProblem.ONE_SIDED else self._sheets_out, wrong)

    def _tell_progress(self, job: JobFacts, tell: Callable[[Progress], None]) -> None:
        self._count(job)
        sides = job.sides if job.sides is not None else 2 * self._sheets_out
        if job.state is JobState.PROCESSING and sides > self._sides_told:
            self._sides_told = sides
            self._fault_since = None
            if sides < 2 * self._sheets:
                tell(Progress(sheet=sides // 2 + 1, side=sides % 2 + 1))

    def _count(self, job: JobFacts) -> None:
        self._sheets_out = max(self._sheets_out, min(job.sheets_out, self._sheets))

    def _fault_stands(self, job: JobFacts, printer: PrinterFacts) -> bool:
        stopped = printer.stopped or job.state is JobState.PROCESSING_STOPPED
        if not self._problems and not stopped:
            self._fault_since = None
            return False
        now = self._clock.monotonic()
        if self._fault_since is None:
            self._fault_since = now
        return (bool(self._problems) and stopped) or now - self._fault_since >= self._pace.fault_stands
