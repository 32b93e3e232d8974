"""Lines to ESC/POS printers: what is there, what is not, and what breaks."""

import gc
import logging
import os
import socket
import struct
import tempfile
import tty
from pathlib import Path

import pytest

from printers.errors import PrinterAway
from printers.escpos.commands import FileLine, SerialLine, TcpLine
from printers.escpos.conversation import EscposPace
from printers.escpos.line import Line, LineDown
from printers.escpos.slip_printer import EscposSlipPrinter
from printers.model import Printed, PrinterProblem
from tests.support.escpos_line import CountedLine, PatientLine
from tests.support.escpos_peer import EscposDevice, on_tcp
from tests.support.printer_clocks import LONGEST_S, JumpingClock, RealClock


@pytest.fixture(params=["serial", "tcp", "file"])
def absent(request: pytest.FixtureRequest, tmp_path: Path) -> Line:
    """A line at whose end nobody is."""
    match request.param:
        case "serial":
            return SerialLine(str(tmp_path / "ttyNone"))
        case "tcp":
            return TcpLine("127.0.0.1", 1)
    return FileLine(tmp_path / "missing" / "lp0")


def test_what_is_not_there_takes_nothing_and_does_not_crash(absent: Line) -> None:
    with pytest.raises(LineDown):
        absent.write(b"x", 0.1)
    with pytest.raises(PrinterAway):
        EscposSlipPrinter(absent, RealClock()).print(b"slip")
    if absent.two_way:
        assert EscposSlipPrinter(absent, RealClock()).status().problems == {PrinterProblem.OFFLINE}
    absent.close()
    absent.close()


def _patient(device: EscposDevice, port: int) -> tuple[Line, EscposSlipPrinter]:
    clock = JumpingClock()
    line = PatientLine(CountedLine(TcpLine("127.0.0.1", port, connect_within=LONGEST_S), device), clock)
    return line, EscposSlipPrinter(line, clock)


def test_a_line_that_broke_is_opened_again() -> None:
    device = EscposDevice()
    with on_tcp(device) as port:
        line, printer = _patient(device, port)
        assert printer.status().ready
        line.close()
        assert printer.status().ready
        line.close()


def test_a_connection_reset_by_the_printer_is_closed_here_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        line = TcpLine("127.0.0.1", server.getsockname()[1], connect_within=LONGEST_S)
        line.write(b"x", LONGEST_S)
        peer, _ = server.accept()
        peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        peer.close()
    with pytest.raises(LineDown):
        line.read(1, LONGEST_S)
    del line
    gc.collect()


def test_a_peer_that_hangs_up_is_offline() -> None:
    device = EscposDevice()
    with on_tcp(device) as port:
        _, printer = _patient(device, port)
        assert printer.status().ready
    assert printer.status().problems == {PrinterProblem.OFFLINE}


def test_a_serial_printer_that_takes_no_more_does_not_hold_the_kiosk() -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    try:
        line = SerialLine(os.ttyname(slave))
        pace = EscposPace(status_within=0.05, write_within=0.05, on_paper_within=0.1)
        with pytest.raises(PrinterAway):
            EscposSlipPrinter(line, RealClock(), pace).print(bytes(1 << 20))
        with pytest.raises(LineDown):
            line.write(bytes(1 << 20), 0.05)
        line.close()
    finally:
        os.close(slave)
        os.close(master)


class LateLine:
    """Whatever the device answers comes one answer at a time, and only to who waits for it."""

    two_way = True

    def __init__(self, device: EscposDevice) -> None:
        self._device = device
        self._answers: list[bytes] = []

    def write(self, data: bytes, within: float) -> None:
        if answer := self._device.take(data):
            self._answers.append(answer)

    def read(self, limit: int, within: float) -> bytes:
        return self._answers.pop(0) if within > 0 and self._answers else b""

    def close(self) -> None:
        self._answers.clear()


def test_answers_that_come_after_a_slip_is_out_are_not_taken_for_those_of_the_next() -> None:
    device = EscposDevice()
    printer = EscposSlipPrinter(LateLine(device), JumpingClock())
    for number in range(1, 4):
        assert printer.print(b"a slip") == Printed(1)
        assert len(device.papers) == number
    assert printer.status().ready


@pytest.mark.parametrize("garbage", [b"\xff" * 500, b"\x00", b"\x12\x12", b"\x11\x13" * 40, b"\x16" * 300])
def test_garbage_on_the_port_is_a_clear_status(garbage: bytes) -> None:
    with on_tcp(EscposDevice(garbage=garbage)) as port:
        line = TcpLine("127.0.0.1", port, connect_within=LONGEST_S)
        pace = EscposPace(status_within=0.05, on_paper_within=0.1)
        status = EscposSlipPrinter(line, RealClock(), pace).status()
        assert status.problems
        line.close()


def test_the_library_leaves_no_folder_behind_and_the_root_logger_alone() -> None:
    FileLine(Path(tempfile.gettempdir()))
    from escpos import capabilities  # type: ignore[import-untyped]

    assert not Path(capabilities.pickle_dir).exists()
    assert not any(type(handler) is logging.StreamHandler for handler in logging.getLogger().handlers)
