"""What every `SlipPrinter` promises, virtual and real: the virtual one, a file, and ESC/POS over a serial port and TCP
against a printer that answers the bytes of a real one."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from printers.errors import PrinterAway
from printers.escpos.commands import FileLine, SerialLine, TcpLine
from printers.escpos.line import Line
from printers.escpos.slip_printer import EscposSlipPrinter
from printers.model import Printed, PrinterProblem, PrintFailed, SlipPrinter
from printers.slips.encode import encode
from printers.slips.model import Paper, Rule, Slip, Text
from printers.virtual import VirtualSlipPrinter
from tests.support.escpos_line import CountedLine, PatientLine
from tests.support.escpos_peer import EscposDevice, on_pty, on_tcp
from tests.support.printer_clocks import LONGEST_S, JumpingClock, RealClock


@cache
def slip() -> bytes:
    return encode(Slip((Text("領収書 600円"), Rule.THICK, Text("\U00020bb7野様 ではなく 見本市"))), Paper.MM_80)


class Rig:
    """A slip printer and how to steer what it hangs on."""

    printer: SlipPrinter
    in_real_time: SlipPrinter
    """The same, which waits as long as in a terminal."""

    def papers(self) -> list[bytes]:
        raise NotImplementedError

    def fail(self, problem: PrinterProblem) -> None: ...

    def mend(self, problem: PrinterProblem) -> None: ...

    def fail_in_next(self, problem: PrinterProblem) -> None: ...

    def run_low(self) -> None: ...


class VirtualRig(Rig):
    def __init__(self) -> None:
        self.device = VirtualSlipPrinter()
        self.printer = self.in_real_time = self.device

    def papers(self) -> list[bytes]:
        return self.device.printed

    def fail(self, problem: PrinterProblem) -> None:
        self.device.fail(problem)

    def mend(self, problem: PrinterProblem) -> None:
        self.device.mend(problem)

    def fail_in_next(self, problem: PrinterProblem) -> None:
        self.device.fail_in_next_slip(problem)

    def run_low(self) -> None:
        self.device.run_low()


class FileRig(Rig):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.printer = EscposSlipPrinter(FileLine(path), RealClock())

    def papers(self) -> list[bytes]:
        return [self.path.read_bytes().removeprefix(b"\x1da\x00")]


class EscposRig(Rig):
    def __init__(self, device: EscposDevice, line: Line) -> None:
        self.device = device
        clock = JumpingClock()
        counted = CountedLine(line, device)
        self.printer = EscposSlipPrinter(PatientLine(counted, clock), clock)
        self.in_real_time = EscposSlipPrinter(counted, RealClock())

    def papers(self) -> list[bytes]:
        return self.device.papers

    def fail(self, problem: PrinterProblem) -> None:
        _set(self.device, problem, True)

    def mend(self, problem: PrinterProblem) -> None:
        _set(self.device, problem, False)

    def fail_in_next(self, problem: PrinterProblem) -> None:
        self.device.break_after = (100, lambda device: _set(device, problem, True))

    def run_low(self) -> None:
        self.device.near_end = True


def _set(device: EscposDevice, problem: PrinterProblem, there: bool) -> None:
    names = {
        PrinterProblem.CUTTER: "knife_stuck",
        PrinterProblem.PAPER_EMPTY: "paper_end",
        PrinterProblem.DOOR_OPEN: "cover_open",
        PrinterProblem.OFFLINE: "silent",
    }
    setattr(device, names[problem], there)


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Callable[[str], Rig]]:
    with ExitStack() as stack:

        def make(kind: str) -> Rig:
            device = EscposDevice()
            line: Line
            match kind:
                case "virtual":
                    return VirtualRig()
                case "file":
                    return FileRig(tmp_path / "receipt.bin")
                case "serial":
                    line = SerialLine(stack.enter_context(on_pty(device)))
                case _:
                    line = TcpLine("127.0.0.1", stack.enter_context(on_tcp(device)), connect_within=LONGEST_S)
            stack.callback(line.close)
            return EscposRig(device, line)

        yield make


@pytest.fixture(params=["virtual", "file", "serial", "tcp"])
def rig(request: pytest.FixtureRequest, make: Callable[[str], Rig]) -> Rig:
    return make(request.param)


@pytest.fixture(params=["virtual", "serial", "tcp"])
def failing(request: pytest.FixtureRequest, make: Callable[[str], Rig]) -> Rig:
    """Those that run out of paper, and not a file."""
    return make(request.param)


def test_a_slip_comes_out_byte_for_byte(rig: Rig) -> None:
    assert rig.printer.status().ready
    assert rig.printer.print(slip()) == Printed(1)
    assert rig.papers() == [slip()]


def test_slips_come_out_one_by_one(failing: Rig) -> None:
    assert [failing.printer.print(slip() + bytes([number])) for number in (0x31, 0x32)] == [Printed(1)] * 2
    assert failing.papers() == [slip() + b"1", slip() + b"2"]


@pytest.mark.parametrize("problem", [PrinterProblem.CUTTER, PrinterProblem.PAPER_EMPTY, PrinterProblem.DOOR_OPEN])
def test_a_problem_is_told_and_nothing_is_printed_until_it_is_mended(failing: Rig, problem: PrinterProblem) -> None:
    failing.fail(problem)
    assert failing.printer.status().problems == {problem}
    assert failing.printer.print(slip()) == PrintFailed(0, problem, unsent=True)
    assert failing.papers() == []
    failing.mend(problem)
    assert failing.printer.status().ready
    assert failing.printer.print(slip()) == Printed(1)


@pytest.mark.parametrize("problem", [PrinterProblem.CUTTER, PrinterProblem.PAPER_EMPTY])
def test_a_slip_that_stops_half_way_is_cleared_and_never_comes_out_later(failing: Rig, problem: PrinterProblem) -> None:
    failing.fail_in_next(problem)
    assert failing.printer.print(slip()) == PrintFailed(0, problem, cleared=True)
    failing.mend(problem)
    assert failing.printer.print(slip()) == Printed(1)
    assert failing.papers() == [slip()]


def _seconds_of_silence(printer: SlipPrinter) -> float:
    before = time.monotonic()
    assert printer.status().problems == {PrinterProblem.OFFLINE}
    return time.monotonic() - before


def test_a_silent_printer_is_offline_within_200_ms_and_takes_nothing(failing: Rig) -> None:
    failing.printer.status()
    failing.fail(PrinterProblem.OFFLINE)
    # Of many tries one is not held up by the machine.
    assert any(_seconds_of_silence(failing.in_real_time) < 0.2 for _ in range(50))
    with pytest.raises(PrinterAway) as away:
        failing.printer.print(slip())
    assert not away.value.may_have_sent
    failing.mend(PrinterProblem.OFFLINE)
    assert failing.printer.status().ready


def test_a_slip_over_which_the_printer_falls_silent_is_not_said_to_be_out(failing: Rig) -> None:
    failing.fail_in_next(PrinterProblem.OFFLINE)
    assert failing.printer.print(slip()) == PrintFailed(0, PrinterProblem.OFFLINE, cleared=False)
    failing.mend(PrinterProblem.OFFLINE)
    assert failing.printer.status().ready


def test_paper_running_low_warns_and_prints_on(failing: Rig) -> None:
    failing.run_low()
    status = failing.printer.status()
    assert status.ready
    assert status.paper_low
    assert failing.printer.print(slip()) == Printed(1)
