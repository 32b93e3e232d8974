"""What every `PagePrinter` promises, virtual and real: the virtual one, the PDF folder, IPP against the CUPS project's
printer, the same behind a queue of a real cupsd, and ESC/POS pages against a printer that answers the bytes of a real
one."""

import os
import secrets
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from printers.cups.daemon import Machine
from printers.cups.printer import CupsPagePrinter, QueueRoute
from printers.errors import PrinterAway
from printers.escpos.commands import TcpLine
from printers.escpos.pages import EscposPagePrinter
from printers.ipp.client import IppClient, Taken
from printers.ipp.printer import IppPagePrinter
from printers.ipp.transport import HttpTransport, PrinterAddress, parse_address
from printers.ipp.watch import IppPace
from printers.model import PagePrinter, Printed, PrinterProblem, PrintFailed, PrintJob, Progress, Settled
from printers.pdffile import PdfFilePrinter
from printers.virtual import VirtualPagePrinter
from tests.support.cups_queue import PrivateCups, private_cups
from tests.support.escpos_line import CountedLine, PatientLine
from tests.support.escpos_peer import EscposDevice, on_tcp
from tests.support.ipp_fixtures import ipp_names  # noqa: F401
from tests.support.ipp_printer import SoftwarePrinter, software_printer
from tests.support.printer_clocks import LONGEST_S, JumpingClock, RealClock, until_it_comes
from tests.support.printer_pages import pdf_of


class Rig:
    """A printer, and how to steer what it hangs on. The plain one has a printer that never fails."""

    jammed = PrinterProblem.JAM
    """What it says of what `jam` does to it."""

    def __init__(self, printer: PagePrinter) -> None:
        self.printer = printer
        self.heard: list[Progress] = []

    def print(
        self,
        sheets: int,
        tell: Callable[[Progress], None] = lambda _: None,
        give_up: Callable[[], bool] = lambda: False,
    ) -> Settled:
        self.heard.clear()

        def listen(progress: Progress) -> None:
            self.heard.append(progress)
            tell(progress)
            self.went_on(progress, sheets)

        return self.printer.print(PrintJob(secrets.token_hex(16), pdf_of(sheets), sheets), listen, give_up)

    def went_on(self, progress: Progress, sheets: int) -> None:
        """The device was told to print this side."""

    def delivered(self) -> list[bytes]:
        """The documents as the device got them, or their pages."""
        raise NotImplementedError

    def jam(self) -> None: ...

    def unjam(self) -> None: ...

    def empty(self) -> None: ...

    def silence(self) -> None: ...

    def talk(self) -> None: ...


class VirtualRig(Rig):
    def __init__(self) -> None:
        self.device = VirtualPagePrinter(JumpingClock())
        super().__init__(self.device)

    def delivered(self) -> list[bytes]:
        return [out.job.document for out in self.device.delivered if out.sheet == out.job.sheets]

    def jam(self) -> None:
        self.device.fail(PrinterProblem.JAM)

    def unjam(self) -> None:
        self.device.mend(PrinterProblem.JAM)

    def empty(self) -> None:
        self.device.refill(0)

    def silence(self) -> None:
        self.device.fall_silent()

    def talk(self) -> None:
        self.device.answer_again()


class FileRig(Rig):
    def __init__(self, folder: Path) -> None:
        self.device = PdfFilePrinter(folder, secrets.token_bytes)
        super().__init__(self.device)

    def delivered(self) -> list[bytes]:
        return [path.read_bytes() for path in self.device.printed]


class EscposRig(Rig):
    jammed = PrinterProblem.CUTTER

    def __init__(self, stack: ExitStack) -> None:
        self.device = EscposDevice()
        line = TcpLine("127.0.0.1", stack.enter_context(on_tcp(self.device)), connect_within=LONGEST_S)
        stack.callback(line.close)
        clock = JumpingClock()
        super().__init__(EscposPagePrinter(PatientLine(CountedLine(line, self.device), clock), clock, 1654))

    def delivered(self) -> list[bytes]:
        return self.device.papers

    def jam(self) -> None:
        self.device.knife_stuck = True

    def unjam(self) -> None:
        self.device.knife_stuck = False

    def empty(self) -> None:
        self.device.paper_end = True

    def silence(self) -> None:
        self.device.silent = True

    def talk(self) -> None:
        self.device.silent = False


_PATIENCE_S = 0.3
"""With a printer that is known to be silent."""


class KnownSilence:
    """The way to a printer that is waited for as long as it may take, but for one that is known to be silent: with
    that, all patience passes at once."""

    def __init__(self, address: PrinterAddress, clock: RealClock) -> None:
        self.silent = False
        self._clock = clock
        self._patient = HttpTransport(address, clock, patience=LONGEST_S)
        self._hasty = HttpTransport(address, clock, patience=_PATIENCE_S)

    @property
    def printer_uri(self) -> str:
        return self._patient.printer_uri

    def exchange(self, request: bytes) -> bytes:
        if not self.silent:
            return self._patient.exchange(request)
        try:
            return self._hasty.exchange(request)
        finally:
            self._clock.skip(LONGEST_S)


class IppRig(Rig):
    """The software printer does nothing by itself: `went_on` lets its paper move, and a cancelled job end."""

    def __init__(self, device: SoftwarePrinter) -> None:
        self.device = device
        self.stuck = False
        self.ended = True
        self._cancels = 0
        clock = RealClock()
        self._client = IppClient(HttpTransport(parse_address(device.uri), clock, patience=LONGEST_S))
        clock.on_wait = self._end_cancelled
        self.clock = clock
        self._way = KnownSilence(parse_address(device.uri), clock)
        super().__init__(IppPagePrinter(self._way, clock, IppPace(0.01, fault_stands=0.05, clear_within=LONGEST_S)))

    def print(
        self,
        sheets: int,
        tell: Callable[[Progress], None] = lambda _: None,
        give_up: Callable[[], bool] = lambda: False,
    ) -> Settled:
        self.ended = False
        self._cancels = self.device.log().count("Cancel-Job")
        return super().print(sheets, tell, give_up)

    def went_on(self, progress: Progress, sheets: int) -> None:
        if not self.stuck:
            self.device.sides_done(2 * (progress.sheet - 1) + progress.side)
            if progress == Progress(sheets, 2):
                self._end()

    def delivered(self) -> list[bytes]:
        return self.device.received()

    def jam(self) -> None:
        self.stuck = True
        self.device.reason("+media-jam-error")

    def unjam(self) -> None:
        self.stuck = False
        self._between_jobs("-media-jam-error")

    def empty(self) -> None:
        self._between_jobs("+media-empty-error")

    def silence(self) -> None:
        self.stuck = self._way.silent = True
        os.kill(self.device.process.pid, signal.SIGSTOP)

    def talk(self) -> None:
        self.stuck = self._way.silent = False
        os.kill(self.device.process.pid, signal.SIGCONT)
        if not self.ended:
            self._end()

    def _end(self) -> None:
        self.ended = True
        self.device.finish()

    def _end_cancelled(self) -> None:
        """As a real printer ends a cancelled job at the next sheet."""
        if not self.ended and self.device.log().count("Cancel-Job") > self._cancels:
            self._end()

    def _between_jobs(self, change: str) -> None:
        """Only a job's command can change this printer's state: sends one that does nothing else."""
        self.device.reason(change)
        self.device.finish()
        taken = self._client.print_job("steering", b"%PDF-1.4", self._client.printer())
        assert isinstance(taken, Taken)
        while not ((job := self._client.job(taken.number)) and job.state.settled):
            self.clock.wait(0.01)


class CupsRig(IppRig):
    """The same printer, reached through a queue; the queue itself never fails here."""

    def __init__(self, device: SoftwarePrinter, cups: PrivateCups) -> None:
        super().__init__(device)
        cups.add_queue("kiosk", device.uri)
        machine = Machine(swaps=cups.swaps)
        route = QueueRoute(cups.socket, "kiosk", self.clock, lambda _: self._way, machine=machine)
        self.printer = CupsPagePrinter(route, self.clock, IppPace(0.01, fault_stands=0.05, clear_within=LONGEST_S))


@pytest.fixture
def make(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Rig]]:
    with ExitStack() as stack:

        def make(kind: str) -> Rig:
            match kind:
                case "virtual":
                    return VirtualRig()
                case "file":
                    return FileRig(tmp_path)
                case "escpos":
                    return EscposRig(stack)
            environment = request.getfixturevalue("ipp_names")
            if kind == "ipp":
                return IppRig(stack.enter_context(software_printer(tmp_path, environment)))
            device = stack.enter_context(software_printer(tmp_path, environment, raster_dpi=100))
            return CupsRig(device, stack.enter_context(private_cups()))

        yield make


@pytest.fixture(params=["virtual", "file", "escpos", "ipp", "cups"])
def rig(request: pytest.FixtureRequest, make: Callable[[str], Rig]) -> Rig:
    return make(request.param)


@pytest.fixture(params=["virtual", "file", "ipp"])
def exact(request: pytest.FixtureRequest, make: Callable[[str], Rig]) -> Rig:
    """Those that get the PDF itself, and not its dots."""
    return make(request.param)


@pytest.fixture(params=["virtual", "escpos", "ipp", "cups"])
def failing(request: pytest.FixtureRequest, make: Callable[[str], Rig]) -> Rig:
    """Those that jam and fall silent, and not a folder."""
    return make(request.param)


def test_a_fresh_printer_is_ready(rig: Rig) -> None:
    assert rig.printer.status().ready
    assert rig.printer.wake().ready


def test_every_side_is_told_in_order_and_then_the_sheets_are_out(rig: Rig) -> None:
    assert rig.print(3) == Printed(3)
    assert rig.heard == [Progress(sheet, side) for sheet in (1, 2, 3) for side in (1, 2)]


def test_the_document_arrives_byte_for_byte(exact: Rig) -> None:
    exact.print(1)
    exact.print(2)
    assert exact.delivered() == [pdf_of(1), pdf_of(2)]


def test_a_jam_on_the_second_sheet_leaves_one_sheet_out_and_nothing_in_the_device(failing: Rig) -> None:
    def jam_on_second_back(progress: Progress) -> None:
        if progress == Progress(2, 2):
            failing.jam()

    assert failing.print(3, jam_on_second_back) == PrintFailed(1, failing.jammed, cleared=True)
    assert failing.jammed in failing.printer.status().problems
    failing.unjam()
    assert failing.printer.status().ready
    assert failing.print(1) == Printed(1)


def test_nothing_is_sent_to_an_empty_tray(failing: Rig) -> None:
    failing.empty()
    assert failing.printer.status().problems == {PrinterProblem.PAPER_EMPTY}
    assert failing.printer.wake().problems == {PrinterProblem.PAPER_EMPTY}
    assert failing.print(1) == PrintFailed(0, PrinterProblem.PAPER_EMPTY, unsent=True)
    assert failing.heard == []


def test_giving_up_takes_the_rest_back_and_the_next_job_prints(failing: Rig) -> None:
    settled = failing.print(2, give_up=lambda: Progress(1, 2) in failing.heard)
    assert isinstance(settled, PrintFailed)
    assert settled.sheets <= 1
    assert settled.cleared
    assert failing.print(1) == Printed(1)


def test_given_up_before_it_began(rig: Rig) -> None:
    settled = rig.print(1, give_up=lambda: True)
    assert isinstance(settled, PrintFailed)
    assert (settled.sheets, settled.problem, settled.cleared) == (0, PrinterProblem.OTHER, True)
    assert not (settled.unsent and rig.delivered())


def test_i7_what_stopped_between_face_and_back_is_never_called_unsent(failing: Rig) -> None:
    settled = failing.print(1, give_up=lambda: Progress(1, 1) in failing.heard)
    assert isinstance(settled, PrintFailed)
    assert (settled.sheets, settled.unsent) == (0, False)


def test_a_silent_printer_is_offline_and_takes_nothing(failing: Rig) -> None:
    failing.silence()
    assert failing.printer.status().problems == {PrinterProblem.OFFLINE}
    assert failing.printer.wake().problems == {PrinterProblem.OFFLINE}
    with pytest.raises(PrinterAway) as away:
        failing.print(1)
    assert not away.value.may_have_sent
    failing.talk()
    assert any(failing.printer.status().ready for _ in until_it_comes())
    assert failing.delivered() == []


def test_a_printer_that_falls_silent_over_a_job_is_not_ready_until_it_answers_again(failing: Rig) -> None:
    def fall_silent(progress: Progress) -> None:
        if progress == Progress(1, 2):
            failing.silence()

    looks = iter(range(100))
    settled = failing.print(2, fall_silent, lambda: Progress(1, 2) in failing.heard and next(looks) > 1)
    assert isinstance(settled, PrintFailed)
    assert settled == PrintFailed(0, PrinterProblem.OFFLINE, cleared=False, unsent=False)
    assert failing.printer.status().problems == {PrinterProblem.OFFLINE}
    failing.talk()
    assert any(failing.printer.status().ready for _ in until_it_comes())
    assert failing.print(1) == Printed(1)
