"""What only virtual printers do: be steered."""

from pathlib import Path

import pytest

from printers.errors import PrinterAway
from printers.model import Printed, PrinterProblem, PrintFailed, PrintJob, Progress
from printers.pdffile import PdfFilePrinter
from printers.virtual import SheetOut, VirtualPagePrinter
from tests.support.printer_clocks import JumpingClock

_JOB = PrintJob("5f0c2a", b"%PDF secret", 3)


def _never() -> bool:
    return False


def test_prints_in_its_pace() -> None:
    clock = JumpingClock()
    tray: list[SheetOut] = []
    printer = VirtualPagePrinter(clock, sheets_available=10, seconds_per_side=3.1, put_in_tray=tray.append)
    assert printer.print(_JOB, lambda _: None, _never) == Printed(3)
    assert clock.now == pytest.approx(6 * 3.1)
    assert printer.status().sheets_available == 7
    assert tray == printer.delivered == [SheetOut(_JOB, sheet) for sheet in (1, 2, 3)]


def test_jams_on_the_sheet_asked_for() -> None:
    printer = VirtualPagePrinter(JumpingClock())
    printer.jam_on_sheet(2)
    assert printer.print(_JOB, lambda _: None, _never) == PrintFailed(1, PrinterProblem.JAM)
    assert [out.sheet for out in printer.delivered] == [1]
    assert not printer.status().ready


def test_runs_out_of_paper_in_the_middle() -> None:
    printer = VirtualPagePrinter(JumpingClock(), sheets_available=2)
    assert printer.print(_JOB, lambda _: None, _never) == PrintFailed(2, PrinterProblem.PAPER_EMPTY)
    printer.refill(100)
    assert printer.status().ready


def test_a_halted_printer_goes_on_where_it_stopped() -> None:
    clock = JumpingClock()
    printer = VirtualPagePrinter(clock)
    clock.on_wait = lambda now: {3.0: printer.fall_silent, 9.0: printer.answer_again}.get(now, lambda: None)()
    assert printer.print(_JOB, lambda _: None, _never) == Printed(3)
    assert clock.now == pytest.approx(6 * 2 + 6)


def test_behind_a_cut_line_sheets_come_out_unheard() -> None:
    clock = JumpingClock()
    printer = VirtualPagePrinter(clock)
    heard: list[Progress] = []

    def cut(progress: Progress) -> None:
        heard.append(progress)
        if progress == Progress(2, 1):
            printer.fall_silent(printing_on=True)

    settled = printer.print(_JOB, cut, lambda: clock.now > 60)
    assert settled == PrintFailed(1, PrinterProblem.OFFLINE, cleared=False)
    assert heard == [Progress(1, 1), Progress(1, 2), Progress(2, 1)]
    assert len(printer.delivered) == 3


def test_a_line_mended_in_time_brings_the_good_news() -> None:
    clock = JumpingClock()
    printer = VirtualPagePrinter(clock)
    clock.on_wait = lambda now: {3.0: lambda: printer.fall_silent(printing_on=True), 50.0: printer.answer_again}.get(
        now, lambda: None
    )()
    assert printer.print(_JOB, lambda _: None, lambda: clock.now > 60) == Printed(3)


def test_what_could_not_be_taken_back_may_still_come_out() -> None:
    clock = JumpingClock()
    printer = VirtualPagePrinter(clock)
    clock.on_wait = lambda now: printer.fall_silent() if now == 3.0 else None
    settled = printer.print(_JOB, lambda _: None, lambda: clock.now > 20)
    assert settled == PrintFailed(0, PrinterProblem.OFFLINE, cleared=False)
    printer.print_what_is_left()
    assert [out.sheet for out in printer.delivered] == [1, 2, 3]


def test_what_was_cleared_after_the_silence_never_comes_out() -> None:
    clock = JumpingClock()
    printer = VirtualPagePrinter(clock)
    clock.on_wait = lambda now: printer.fall_silent() if now == 3.0 else None
    printer.print(_JOB, lambda _: None, lambda: clock.now > 20)
    printer.answer_again()
    assert printer.status().ready
    printer.print_what_is_left()
    assert printer.delivered == []


def test_can_be_driven_step_by_step() -> None:
    printer = VirtualPagePrinter(JumpingClock(), seconds_per_side=1.0)
    steps = printer.steps(_JOB, lambda _: None, _never)
    waited = 0.0
    settled = None
    while settled is None:
        try:
            waited += next(steps)
        except StopIteration as end:
            settled = end.value
    assert settled == Printed(3)
    assert waited == pytest.approx(6.0)


def test_nothing_of_a_document_shows_in_a_repr() -> None:
    assert "secret" not in repr(_JOB)
    assert "secret" not in repr(SheetOut(_JOB, 1))


def test_files_have_random_names_and_are_for_their_owner_only(tmp_path: Path) -> None:
    names = iter((b"\x01" * 16, b"\x02" * 16))
    tray: list[Path] = []
    printer = PdfFilePrinter(tmp_path, lambda _: next(names), tray.append)
    for _ in range(2):
        assert printer.print(_JOB, lambda _: None, _never) == Printed(3)
    assert [path.name for path in tray] == ["01" * 16 + ".pdf", "02" * 16 + ".pdf"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [path.name for path in tray]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in tray)
    assert tray[0].read_bytes() == _JOB.document


@pytest.mark.parametrize("there", ["01" * 16 + ".pdf", "." + "01" * 16])
def test_i4_no_file_is_ever_replaced(tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_bytes(b"of the user before")
    printer = PdfFilePrinter(tmp_path, lambda _: b"\x01" * 16)
    with pytest.raises(PrinterAway):
        printer.print(_JOB, lambda _: None, _never)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {there: b"of the user before"}


def test_a_missing_folder_is_an_offline_printer(tmp_path: Path) -> None:
    printer = PdfFilePrinter(tmp_path / "gone", lambda count: bytes(count))
    assert printer.status().problems == {PrinterProblem.OFFLINE}
    with pytest.raises(PrinterAway):
        printer.print(_JOB, lambda _: None, _never)
