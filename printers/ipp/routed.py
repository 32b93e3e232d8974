"""Certificates on an A4 printer that speaks IPP, whichever way a job goes to it. What an earlier attempt or an earlier
life of the kiosk left on that way is taken out before anything else, so that no old document is ever printed into an
empty shop."""

from collections.abc import Callable, Iterable
from typing import Protocol

from printers.errors import AnswerLost, PrinterAway, PrinterError, PrinterRefused, QueueUnfit
from printers.ipp.client import IppClient, Refused, Taken
from printers.ipp.codec import Operation
from printers.ipp.state import PrinterFacts
from printers.ipp.watch import IppPace, JobWatch, WatchedJob
from printers.model import (
    PrinterProblem,
    PrinterStatus,
    PrintFailed,
    PrintJob,
    Progress,
    Settled,
    gravest,
    not_ready,
)
from printers.ports import Clock

_MUST_BE_OBEYED = frozenset({"media", "sides", "print-scaling"})
_MOST_JOBS = 100
_TRIAL = "trial"


class Route(Protocol):
    """The way of a job to its paper. Every question may raise `PrinterAway`."""

    def printer(self) -> PrinterFacts:
        """What the device tells of itself now. Raises `QueueUnfit` where no document may go this way."""
        ...

    def unfit(self, facts: PrinterFacts) -> PrinterProblem | None:
        """Why no certificate can be printed this way, whatever is done about the device's state."""
        ...

    def taker(self) -> IppClient:
        """Who is sent a job."""
        ...

    def holders(self) -> Iterable[IppClient]:
        """Who may hold a job of the kiosk; who hands on comes before who gets."""
        ...

    def handing_on(self) -> bool:
        """Whether a job may be between two holders now, so that neither tells of it."""
        ...

    def validate(self, name: str, facts: PrinterFacts) -> Refused | None:
        """Whether a job would be taken, all the way; None when it would, or nobody can say."""
        ...

    def rouse(self, name: str, facts: PrinterFacts) -> None:
        """Gives a device that sleeps something to wake up for."""
        ...

    def send(self, name: str, document: bytes, facts: PrinterFacts, /) -> Taken | Refused:
        """Sends a PDF on its way."""
        ...

    def job(self, number: int, name: str, /) -> WatchedJob:
        """The job that the taker took under this number."""
        ...


def rouse(client: IppClient, name: str, facts: PrinterFacts, document_format: str) -> None:
    """Asks a device that sleeps for what it wakes up for."""
    client.validate(name, facts, document_format)
    if Operation.IDENTIFY_PRINTER in facts.operations:
        client.identify()


class RoutedPrinter:
    """The `PagePrinter` for a printer that speaks IPP/2.0 and prints A4 on both sides."""

    def __init__(self, route: Route, clock: Clock, pace: IppPace | None = None) -> None:
        self._route = route
        self._clock = clock
        self._pace = pace or IppPace()
        self._nothing_left = False
        self._printing = False
        self._one_sided = False
        """A job came out without its backs, and nobody was at the printer since."""

    def status(self) -> PrinterStatus:
        """What the printer can do now; `OTHER` also when it won't let an old job go."""
        try:
            return self._told(self._look())
        except AnswerLost:
            return not_ready(PrinterProblem.OFFLINE)
        except PrinterAway:
            # Switched off, perhaps by whoever mends it.
            self._one_sided = False
            return not_ready(PrinterProblem.OFFLINE)
        except PrinterError as error:
            return _fault_of(error)

    def wake(self) -> PrinterStatus:
        """The same by a printer that is awake, and would take a job now."""
        try:
            facts = self._awake()
            status = not_ready(PrinterProblem.ASLEEP) if facts.status.asleep else self._told(facts)
            if status.ready and self._route.validate(_TRIAL, facts) is not None:
                return not_ready(PrinterProblem.OTHER)
        except PrinterError as error:
            return _fault_of(error)
        return status

    def _look(self) -> PrinterFacts:
        self._clear_queue()
        return self._route.printer()

    def _awake(self) -> PrinterFacts:
        """Gives a printer that sleeps something to wake up for, and waits until it no longer says that it does."""
        facts = self._look()
        if facts.status.asleep:
            self._route.rouse(_TRIAL, facts)
        deadline = self._clock.monotonic() + self._pace.wake_within
        while facts.status.asleep and self._clock.monotonic() < deadline:
            self._clock.wait(self._pace.look_every)
            facts = self._look()
        return facts

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Sends the job and watches it until the printer has settled it. Raises `PrinterAway`, `PrinterRefused`; then
        it has taken nothing."""
        try:
            facts = self._look()
        except AnswerLost as lost:
            raise PrinterAway("the printer said nothing that can be understood, and nothing was sent") from lost
        unfit = self._route.unfit(facts)
        if unfit is not None:
            raise PrinterRefused(f"no certificate can be printed on this printer: {unfit.value}")
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
            taken = self._route.send(job.name, job.document, facts)
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
        watch = JobWatch(self._route.job(taken.number, job.name), job.sheets, self._clock, self._pace)
        unwilling = _MUST_BE_OBEYED & taken.ignored
        settled = watch.withdraw(PrinterProblem.OTHER) if unwilling else watch.settle(tell, give_up)
        # After a failure the next look goes through the queue, whatever the job itself was said to be.
        self._nothing_left = not isinstance(settled, PrintFailed)
        self._one_sided = isinstance(settled, PrintFailed) and settled.problem is PrinterProblem.ONE_SIDED
        return settled

    def _trace(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Looks by its random name for a job that the printer may have taken without saying so. One that it does not
        know is not in it any more, but may have been printed and forgotten."""
        while True:
            try:
                taker = self._route.taker()
                found = [*taker.jobs(settled=False), *taker.jobs(settled=True)]
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
        """Cancels the kiosk's own jobs that are still on the way, but for the one that is being printed. Raises
        `PrinterAway`, and `PrinterRefused` when one does not go."""
        if self._nothing_left or self._printing:
            return
        handing_on = False
        for holder in self._route.holders():
            _clear(holder)
            # Asked before who gets it is looked at: what is handed on later is found at the next look.
            handing_on = handing_on or self._route.handing_on()
        if handing_on:
            raise PrinterRefused("a job is still being handed on")
        self._nothing_left = True

    def _told(self, facts: PrinterFacts) -> PrinterStatus:
        self._one_sided = self._one_sided and PrinterProblem.DOOR_OPEN not in facts.status.problems
        unfit = self._route.unfit(facts)
        if unfit is not None or self._one_sided:
            return not_ready(unfit or PrinterProblem.ONE_SIDED)
        return facts.status


def _clear(holder: IppClient) -> None:
    left = holder.jobs(settled=False)
    for number, _ in left[:_MOST_JOBS]:
        holder.cancel(number)
    if left and holder.jobs(settled=False):
        # Also those that it listed no number of, or would not let go one by one.
        holder.cancel_all()
        if holder.jobs(settled=False):
            raise PrinterRefused("the printer still holds a job that was cancelled")


def _fault_of(error: PrinterError) -> PrinterStatus:
    match error:
        case PrinterAway():
            return not_ready(PrinterProblem.OFFLINE)
        case QueueUnfit():
            return not_ready(PrinterProblem.QUEUE)
        case _:
            return not_ready(PrinterProblem.OTHER)
