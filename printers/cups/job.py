"""A job that went through a queue, told by both who held it. Only the device's word counts for paper: CUPS counts the
sides that its filters made, and calls a job canceled while the device still prints it."""

from dataclasses import dataclass, field, replace

from printers.ipp.client import IppClient
from printers.ipp.state import JobFacts, JobState, PrinterFacts


@dataclass(slots=True)
class QueuedJob:
    """The `WatchedJob` of number `number` in the queue; the device knows it by the same random name."""

    queue: IppClient
    device: IppClient
    number: int
    name: str
    _in_device: int | None = field(default=None, init=False)

    def look(self) -> tuple[JobFacts | None, PrinterFacts]:
        """The job as both know it, and the device."""
        printer = self.device.printer()
        return self._told(), printer

    def cancel(self) -> JobFacts | None:
        """Out of the queue first, which would send it once more; then out of the device, whether the queue answers or
        not."""
        try:
            self.queue.cancel(self.number)
        finally:
            in_device = self._find()
            if in_device is not None:
                self.device.cancel(in_device)
        return self._told()

    def _told(self) -> JobFacts | None:
        # The queue is asked first: what it has then done with can only be further on in the device.
        queued = self._queued()
        number = self._find()
        if number is None:
            # Who is done with it and never handed it on has not printed it, whatever it calls that.
            return None if queued is None else _without_counts(queued, with_errors=queued.state.settled)
        printed = self.device.job(number)
        if printed is not None and printed.state in (JobState.ABORTED, JobState.CANCELED):
            # The queue need not find out by itself, nor try again.
            self.queue.cancel(self.number)
        return together(queued, printed)

    def _find(self) -> int | None:
        if self._in_device is None:
            listed = (*self.device.jobs(settled=False), *self.device.jobs(settled=True))
            self._in_device = next((number for number, name in listed if name == self.name), None)
        return self._in_device

    def _queued(self) -> JobFacts | None:
        """As the queue tells, but for a job that it calls canceled or aborted while it may still be handing it on."""
        queued = self.queue.job(self.number)
        if queued is None or queued.state not in (JobState.ABORTED, JobState.CANCELED):
            return queued
        return replace(queued, state=JobState.PENDING) if self.queue.printer().works else queued


def together(queued: JobFacts | None, printed: JobFacts | None) -> JobFacts | None:
    """What queue and device tell of one job that the device has or had; None for who forgot it. A device knows what it
    printed, and not whether it was sent the whole document: the last side may be cut off. Only the queue knows that."""
    if queued is not None and not queued.state.settled:
        facts = printed or _without_counts(queued, with_errors=False)
        return replace(facts, state=JobState.PROCESSING) if facts.state.settled else facts
    if printed is None or printed.state is not JobState.COMPLETED:
        return printed
    sent = queued is not None and queued.state is JobState.COMPLETED and not queued.with_errors
    return replace(printed, with_errors=printed.with_errors or not sent)


def _without_counts(queued: JobFacts, *, with_errors: bool) -> JobFacts:
    """CUPS counts the sides that went through its filters."""
    state = queued.state if queued.state.settled else JobState.PENDING
    return JobFacts(state, with_errors or queued.with_errors, sides=None, sheets=None)
