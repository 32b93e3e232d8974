"""Certificates on an A4 printer over direct IPP. What an earlier attempt or an earlier life of the kiosk left in the
printer's queue is taken out before anything else, so that no old document is ever printed into an empty shop."""

from collections.abc import Callable

from printers.errors import AnswerLost, PrinterAway, PrinterError, PrinterRefused
from printers.ipp.client import IppClient, Taken
from printers.ipp.state import PrinterFacts
from printers.ipp.transport import IppTransport
from printers.ipp.watch import IppPace, JobWatch
from printers.model import PrinterProblem, PrinterStatus, PrintFailed, PrintJob, Progress, Settled, gravest
from printers.ports import Clock

_MUST_BE_OBEYED = frozenset({"media", "sides", "print-scaling"})
_MOST_JOBS = 100


class IppPagePrinter:
    """The `PagePrinter` for a printer that speaks IPP/2.0 and takes PDF, A4 and both sides."""

    def __init__(self, transport: IppTransport, clock: Clock, pace: IppPace | None = None) -> None:
        self._client = IppClient(transport)
        self._clock = clock
        self._pace = pace or IppPace()
        self._nothing_left = False
        self._printing = False

    def status(self) -> PrinterStatus:
        """What the printer can do now; `OTHER` when it can't print certificates at all or won't let an old job go."""
        try:
            self._clear_queue()
            facts = self._client.printer()
        except PrinterAway:
            return _not_ready(PrinterProblem.OFFLINE)
        except PrinterError:
            return _not_ready(PrinterProblem.OTHER)
        return _not_ready(PrinterProblem.OTHER) if facts.unfit else facts.status

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Sends the job and watches it until the printer has settled it. Raises `PrinterAway`, `PrinterRefused`; then
        it has taken nothing."""
        try:
            self._clear_queue()
            facts = self._client.printer()
        except AnswerLost as lost:
            raise PrinterAway("the printer said nothing that can be understood, and nothing was sent") from lost
        if facts.unfit:
            raise PrinterRefused(facts.unfit)
        if facts.status.problems:
            return PrintFailed(0, gravest(facts.status.problems), unsent=True)
        self._printing = True
        try:
            return self._print(job, facts, tell, give_up)
        finally:
            self._printing = False

    def _print(
        self, job: PrintJob, facts: PrinterFacts, tell: Callable[[Progress], None], give_up: Callable[[], bool]
    ) -> Settled:
        self._nothing_left = False
        try:
            taken = self._client.print_job(job.name, job.document, facts)
        except AnswerLost:
            return self._trace(job, tell, give_up)
        except PrinterAway:
            self._nothing_left = True
            raise
        if isinstance(taken, Taken):
            return self._watch(taken, job, tell, give_up)
        if not taken.certain:
            return self._trace(job, tell, give_up)
        self._nothing_left = True
        raise PrinterRefused(f"the printer refused the job with status {taken.status:04x}")

    def _watch(
        self, taken: Taken, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]
    ) -> Settled:
        watch = JobWatch(self._client, taken.number, job.sheets, self._clock, self._pace)
        unwilling = _MUST_BE_OBEYED & taken.ignored
        settled = watch.withdraw(PrinterProblem.OTHER) if unwilling else watch.settle(tell, give_up)
        self._nothing_left = not isinstance(settled, PrintFailed) or settled.cleared
        return settled

    def _trace(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Looks by its random name for a job that the printer may have taken without saying so. One that it does not
        know is not in it any more, but may have been printed and forgotten."""
        while True:
            try:
                found = [*self._client.jobs(settled=False), *self._client.jobs(settled=True)]
            except PrinterAway:
                if give_up():
                    return PrintFailed(0, PrinterProblem.OFFLINE, cleared=False)
                self._clock.wait(self._pace.look_every)
                continue
            for number, name in found:
                if name == job.name:
                    return self._watch(Taken(number, frozenset()), job, tell, give_up)
            self._nothing_left = True
            return PrintFailed(0, PrinterProblem.OTHER)

    def _clear_queue(self) -> None:
        """Cancels the kiosk's own jobs that are still in the printer, but for the one that is being printed. Raises
        `PrinterAway`, and `PrinterRefused` when one does not go."""
        if self._nothing_left or self._printing:
            return
        for number, _ in self._client.jobs(settled=False)[:_MOST_JOBS]:
            self._client.cancel(number)
        if self._client.jobs(settled=False):
            raise PrinterRefused("the printer still holds a job that was cancelled")
        self._nothing_left = True


def _not_ready(problem: PrinterProblem) -> PrinterStatus:
    return PrinterStatus(frozenset({problem}), paper_low=False, sheets_available=None)
