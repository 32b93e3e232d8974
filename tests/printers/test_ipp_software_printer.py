"""The IPP driver against the CUPS project's own printer, beyond the contract: what it is asked for, and what it is
refused for."""

from pathlib import Path
from typing import Any

import pytest

from printers.errors import PrinterRefused
from printers.ipp.client import IppClient, Taken
from printers.ipp.printer import IppPagePrinter
from printers.ipp.state import JobState
from printers.ipp.transport import HttpTransport, parse_address
from printers.ipp.watch import IppPace
from printers.model import Printed, PrinterProblem, PrintJob, Progress
from tests.support.ipp_fixtures import ipp_names  # noqa: F401
from tests.support.ipp_printer import SoftwarePrinter, software_printer
from tests.support.printer_clocks import RealClock, until_it_comes
from tests.support.printer_pages import pdf_of


def _driver(device: SoftwarePrinter) -> IppPagePrinter:
    clock = RealClock()
    return IppPagePrinter(HttpTransport(parse_address(device.uri), clock), clock, IppPace(look_every=0.01))


def test_asks_for_a4_both_sides_and_black(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with software_printer(tmp_path, ipp_names) as device:

        def move(progress: Progress) -> None:
            device.sides_done(progress.side)
            if progress.side == 2:
                device.finish()

        document = pdf_of(1)
        assert _driver(device).print(PrintJob("0f" * 16, document, 1), move, lambda: False) == Printed(1)
        assert device.wishes() == ["two-sided-long-edge", "iso_a4_210x297mm", "0f" * 16, "monochrome"]
        assert device.received() == [document]


@pytest.mark.parametrize(
    ("lacking", "problem"),
    [
        ({"sides": "one-sided"}, PrinterProblem.ONE_SIDED),
        ({"formats": "image/pwg-raster"}, PrinterProblem.OTHER),
    ],
)
def test_refuses_a_printer_without_both_sides_or_pdf(
    lacking: dict[str, Any],
    problem: PrinterProblem,
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    with software_printer(tmp_path, ipp_names, **lacking) as device:
        driver = _driver(device)
        assert driver.status().problems == driver.wake().problems == {problem}
        with pytest.raises(PrinterRefused):
            driver.print(PrintJob("0f" * 16, pdf_of(1), 1), lambda _: None, lambda: False)
        assert device.received() == []


def test_counts_the_sheets_in_its_tray(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with software_printer(tmp_path, ipp_names, sheets=87) as device:
        assert _driver(device).status().sheets_available == 87


def test_a_job_of_an_earlier_life_is_taken_out_before_the_printer_is_ready(
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    with software_printer(tmp_path, ipp_names) as device:
        client = IppClient(HttpTransport(parse_address(device.uri), RealClock()))
        taken = client.print_job("earlier", b"%PDF-1.4", client.printer())
        assert isinstance(taken, Taken)
        while (job := client.job(taken.number)) is None or job.state is not JobState.PROCESSING:
            RealClock().wait(0.01)
        driver = _driver(device)
        assert not driver.status().ready
        device.finish()
        assert any(driver.status().ready for _ in until_it_comes())


def test_a_printer_that_is_switched_off_is_offline(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with software_printer(tmp_path, ipp_names) as device:
        driver = _driver(device)
        assert driver.status().ready
        device.kill()
        assert driver.status().problems == {PrinterProblem.OFFLINE}
