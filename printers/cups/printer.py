"""Certificates through a queue of this machine's CUPS, for a printer that takes no PDF or serves a queue already. The
queue is sent the document; the printer behind it is asked, before money and during the job, what is true of paper."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from printers.cups.daemon import Machine, faults_of_daemon
from printers.cups.faults import Flaw, QueueFault
from printers.cups.job import QueuedJob
from printers.cups.queue import QUEUE_ATTRIBUTES, device_of, faults_of_queue
from printers.errors import PrinterAway, QueueUnfit
from printers.ipp.client import IppClient, Refused, Taken
from printers.ipp.routed import RoutedPrinter, rouse
from printers.ipp.state import PDF, QUEUE_FORMATS, PrinterFacts, read_printer
from printers.ipp.transport import IppTransport, LocalTransport, PrinterAddress
from printers.ipp.watch import IppPace, WatchedJob
from printers.model import PrinterProblem
from printers.ports import Clock

_SPEECHLESS = frozenset({Flaw.AWAY, Flaw.NOT_CUPSD, Flaw.NO_QUEUE})
"""Where there is no queue to ask anything."""


class QueueRoute:
    """The `Route` through the queue `name` of the cupsd at a socket. `reach` makes the way to the printer behind it,
    `trusting` says whether it can for ipps; `say` hears what is wrong whenever that changes."""

    def __init__(
        self,
        socket_file: Path,
        name: str,
        clock: Clock,
        reach: Callable[[PrinterAddress], IppTransport],
        *,
        trusting: bool = False,
        machine: Machine | None = None,
        say: Callable[[Sequence[QueueFault]], None] = lambda _: None,
    ) -> None:
        self._socket_file = socket_file
        self._name = name
        self._local = LocalTransport(socket_file, f"/printers/{name}", clock)
        self._queue = IppClient(self._local)
        self._reach = reach
        self._trusting = trusting
        self._machine = machine or Machine()
        self._say = say
        self._said: Sequence[QueueFault] = []
        self._queue_facts: PrinterFacts | None = None
        self._address: PrinterAddress | None = None
        self._device: IppClient | None = None

    def faults(self) -> Sequence[QueueFault]:
        """All that keeps documents from this way as it is set up now. Raises `PrinterAway` when nothing else does."""
        found = self._faults_here()
        if not found and self._known_device().printer().spooler:
            return [QueueFault(Flaw.DEVICE_IS_A_QUEUE)]
        return found

    def printer(self) -> PrinterFacts:
        """What the printer behind the queue tells, with `PAUSED` when the queue takes or sends nothing. Raises
        `QueueUnfit`."""
        self._refuse(self._faults_here())
        facts = self._known_device().printer()
        self._refuse([QueueFault(Flaw.DEVICE_IS_A_QUEUE)] if facts.spooler else [])
        self._tell([])
        queue = self._queue_facts
        if queue is None or (queue.accepts and not queue.stopped):
            return facts
        problems = facts.status.problems | {PrinterProblem.PAUSED}
        return replace(facts, status=replace(facts.status, problems=problems))

    def unfit(self, facts: PrinterFacts) -> PrinterProblem | None:
        """The printer must take something that a queue can make, hold A4 and print both sides."""
        return facts.unfit(QUEUE_FORMATS)

    def taker(self) -> IppClient:
        """The queue."""
        return self._queue

    def holders(self) -> Iterator[IppClient]:
        """The queue, and the printer behind it. Raises `QueueUnfit` where the queue can't be asked, or the printer is
        not known; a printer that is known is named before that."""
        faults = self._faults_here()
        speechless = any(fault.flaw in _SPEECHLESS for fault in faults)
        if not speechless:
            yield self._queue
        if self._device is not None:
            yield self._device
        if speechless or self._device is None:
            self._refuse(faults)

    def handing_on(self) -> bool:
        """Whether the queue works: a job that it calls canceled may still be going out. Yes, where it does not say."""
        try:
            return self._queue.printer().works
        except PrinterAway:
            return True

    def validate(self, name: str, facts: PrinterFacts) -> Refused | None:
        """Validate-Job by the printer, of what it will get, and by the queue."""
        refused = self._known_device().validate(name, facts, facts.format_of(QUEUE_FORMATS) or PDF)
        return refused or self._queue.validate(name, self._queue_facts or self._queue.printer())

    def rouse(self, name: str, facts: PrinterFacts) -> None:
        """Wakes the printer itself."""
        rouse(self._known_device(), name, facts, facts.format_of(QUEUE_FORMATS) or PDF)

    def send(self, name: str, document: bytes, _facts: PrinterFacts, /) -> Taken | Refused:
        """Print-Job to the queue."""
        return self._queue.print_job(name, document, self._queue_facts or self._queue.printer())

    def job(self, number: int, name: str, /) -> WatchedJob:
        """The job in queue and printer."""
        return QueuedJob(self._queue, self._known_device(), number, name)

    def _known_device(self) -> IppClient:
        if self._device is None:
            raise QueueUnfit("nobody knows yet which printer is behind the queue")
        return self._device

    def _refuse(self, faults: Sequence[QueueFault]) -> None:
        if faults:
            self._tell(faults)
            raise QueueUnfit("; ".join(str(fault) for fault in faults))

    def _tell(self, faults: Sequence[QueueFault]) -> None:
        if faults != self._said:
            self._said = faults
            self._say(faults)

    def _faults_here(self) -> list[QueueFault]:
        """Of this machine; the printer itself is not asked."""
        faults = faults_of_daemon(self._local.connect, self._socket_file, self._machine)
        if any(fault.flaw in _SPEECHLESS for fault in faults):
            return faults
        try:
            told = self._queue.attributes(QUEUE_ATTRIBUTES)
        except PrinterAway:
            return [*faults, QueueFault(Flaw.AWAY, str(self._socket_file))]
        if told is None:
            return [*faults, QueueFault(Flaw.NO_QUEUE, self._name)]
        self._queue_facts = read_printer(told)
        faults += faults_of_queue(told, trusting=self._trusting)
        address = device_of(told, trusting=self._trusting)
        if isinstance(address, PrinterAddress) and address != self._address:
            self._address, self._device = address, IppClient(self._reach(address))
        return faults


class CupsPagePrinter(RoutedPrinter):
    """The `PagePrinter` of a queue."""

    def __init__(self, route: QueueRoute, clock: Clock, pace: IppPace | None = None) -> None:
        super().__init__(route, clock, pace)
