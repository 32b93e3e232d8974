"""Printing through a queue of a real cupsd, beyond the contract: which queues are refused and in which words, and what
becomes of a job that somebody else touches."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from printers.cups.daemon import Machine
from printers.cups.faults import Flaw
from printers.cups.printer import CupsPagePrinter, QueueRoute
from printers.errors import PrinterAway, QueueUnfit
from printers.ipp.client import IppClient, Taken
from printers.ipp.transport import LocalTransport
from printers.model import Printed, PrinterProblem, PrintFailed, PrintJob, Progress
from tests.support.cups_queue import PrivateCups, private_cups, started_again
from tests.support.ipp_fixtures import (
    QUEUE,
    ipp_names,  # noqa: F401
    not_here,
    queue_before_a_raster_printer,
    queue_driver,
    queue_route,
)
from tests.support.ipp_printer import IppPrinterMissing, software_printer
from tests.support.printer_clocks import RealClock, until_it_comes
from tests.support.printer_pages import pdf_of

_NAME = "0f" * 16
_JOB = PrintJob(_NAME, pdf_of(1), 1)
_ELSEWHERE = {
    "usb": "usb://Maker/Printer?serial=1",
    "socket": "socket://printer.example:9100",
    "lpd": "lpd://printer.example/queue",
    "file": "file:///dev/null",
    "found": "dnssd://Printer._ipp._tcp.local/?uuid=1",
    "hasty": "ipp://127.0.0.1:9/ipp/print?waitjob=false",
    "secret": "ipps://127.0.0.1:9/ipp/print",
}


@contextmanager
def _cups(**how: object) -> Iterator[PrivateCups]:
    try:
        with private_cups(**how) as cups:  # type: ignore[arg-type]
            yield cups
    except IppPrinterMissing as missing:
        not_here(missing)


def _flaws(route: QueueRoute) -> dict[Flaw, str]:
    return {fault.flaw: fault.what for fault in route.faults()}


def test_a_queue_without_a_printer_that_waits_for_its_paper_is_refused_by_name() -> None:
    with _cups(ready=_ELSEWHERE) as cups:
        flaws = {name: _flaws(queue_route(cups, name)) for name in _ELSEWHERE}
        for name in ("usb", "socket", "lpd", "file"):
            assert flaws[name][Flaw.DEVICE_ENDS_EARLY] == f"{name}:"
        assert flaws["hasty"][Flaw.DEVICE_ENDS_EARLY] == "ipp: with waitjob"
        assert flaws["found"][Flaw.DEVICE_UNNAMED] == "dnssd:"
        assert Flaw.DEVICE_UNTRUSTED in flaws["secret"]
        assert all(Flaw.RAW in each for each in flaws.values())
        driver = queue_driver(cups, "usb")
        assert driver.status().problems == driver.wake().problems == {PrinterProblem.QUEUE}
        with pytest.raises(QueueUnfit, match="device is usb:, which takes a job for done") as refused:
            driver.print(_JOB, lambda _: None, lambda: False)
        assert not refused.value.may_have_sent
        assert _flaws(queue_route(cups, "nobody")) == {Flaw.NO_QUEUE: "nobody"}
        assert cups.documents() == []


def test_i11_a_cupsd_that_would_keep_documents_is_refused(
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    disk = Path(tempfile.mkdtemp(prefix="koufu-cups-", dir="/var/tmp"))
    try:
        with software_printer(tmp_path, ipp_names, raster_dpi=100) as device:
            with _cups(disk=disk, keeps=True) as cups:
                cups.add_queue(QUEUE, device.uri)
                cups.swaps.write_text("Filename Type Size Used Priority\n/swapfile file 1 0 -2\n")
                assert _flaws(queue_route(cups)) == {
                    Flaw.KEEPS_FILES: "",
                    Flaw.JOB_HISTORY: "",
                    Flaw.SPOOL_ON_DISK: f"{disk}/tmp",
                    Flaw.SWAP: "/swapfile",
                }
                driver = queue_driver(cups)
                assert driver.status().problems == {PrinterProblem.QUEUE}
                with pytest.raises(QueueUnfit):
                    driver.print(_JOB, lambda _: None, lambda: False)
            assert [path for path in disk.rglob("*") if path.is_file() and b"%PDF" in path.read_bytes()] == []
            assert device.received() == []
    finally:
        shutil.rmtree(disk)


def test_i2_what_a_cupsd_held_when_it_died_is_never_printed_again(
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (device, cups):
        driver = queue_driver(cups, clear_within=0.1)

        def die(at: Progress) -> None:
            if at.side == 1:
                assert len(cups.documents()) == 1
                cups.die()

        looks = iter(range(100))
        settled = driver.print(_JOB, die, lambda: cups.process.poll() is not None and next(looks) > 1)
        assert settled == PrintFailed(0, PrinterProblem.OFFLINE, cleared=False)
        # Nobody is left to ask but the printer, which is told to drop it.
        assert not driver.status().ready
        assert "Cancel-Job" in device.log()
        device.finish()
        assert any(driver.status().problems == {PrinterProblem.QUEUE} for _ in until_it_comes())
        with started_again(cups) as again:
            assert again.documents() == []
            assert any(driver.status().ready for _ in until_it_comes())
            assert len(device.received()) == 1


def test_i2_a_spool_that_outlives_its_cupsd_is_refused(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with software_printer(tmp_path, ipp_names, raster_dpi=100) as device, _cups(shared=True) as cups:
        cups.add_queue(QUEUE, device.uri)
        assert _flaws(queue_route(cups)) == {Flaw.SPOOL_OUTLIVES: f"{cups.spool_there}/tmp"}
        assert queue_driver(cups).status().problems == {PrinterProblem.QUEUE}


def test_i2_a_queue_that_would_print_a_failed_job_later_is_refused(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (_, cups):
        route = queue_route(cups)
        assert route.faults() == []
        cups.tell("lpadmin", "-p", QUEUE, "-o", "printer-error-policy=retry-job")
        assert _flaws(route) == {Flaw.RETRIES: "retry-job"}


def test_a_queue_before_another_queue_is_refused(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (_, cups):
        clock = RealClock()
        behind = LocalTransport(cups.socket, f"/printers/{QUEUE}", clock)
        route = QueueRoute(cups.socket, QUEUE, clock, lambda _: behind, machine=Machine(swaps=cups.swaps))
        assert _flaws(route) == {Flaw.DEVICE_IS_A_QUEUE: ""}
        assert CupsPagePrinter(route, clock).status().problems == {PrinterProblem.QUEUE}


def test_what_is_wrong_is_told_once_and_again_when_it_changed(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (device, cups):
        said: list[list[str]] = []
        driver = queue_driver(cups, say=lambda faults: said.append([fault.word for fault in faults]))
        good = cups.swaps.read_text()
        assert driver.status().ready
        assert said == []
        cups.swaps.write_text(good + "/dev/sda2 partition 1 0 -2\n")
        assert not driver.status().ready
        assert not driver.status().ready
        cups.swaps.write_text(good)
        assert driver.status().ready
        assert said == [["swap /dev/sda2"], []]
        cups.die()
        assert driver.status().problems == {PrinterProblem.QUEUE}
        assert said[2:] == [[f"cups-away {cups.socket}"]]
        assert device.received() == []


def test_staff_who_stop_the_queue_pause_the_printer(tmp_path: Path, ipp_names: dict[str, str]) -> None:  # noqa: F811
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (_, cups):
        driver = queue_driver(cups)
        for stop, start in (("cupsdisable", "cupsenable"), ("cupsreject", "cupsaccept")):
            cups.tell(stop, QUEUE)
            assert driver.status().problems == {PrinterProblem.PAUSED}
            assert driver.print(_JOB, lambda _: None, lambda: False) == PrintFailed(
                0, PrinterProblem.PAUSED, unsent=True
            )
            cups.tell(start, QUEUE)
            assert driver.status().ready


def test_a_printer_switched_off_behind_its_queue_is_offline_and_the_queue_gets_nothing(
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (device, cups):
        driver = queue_driver(cups)
        assert driver.status().ready
        device.kill()
        assert driver.status().problems == driver.wake().problems == {PrinterProblem.OFFLINE}
        with pytest.raises(PrinterAway) as away:
            driver.print(_JOB, lambda _: None, lambda: False)
        assert not away.value.may_have_sent
        assert cups.documents() == []


def test_a_job_that_staff_cancel_in_the_queue_leaves_queue_and_printer(
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (device, cups):
        driver = queue_driver(cups)

        def cancel(at: Progress) -> None:
            if at.side == 1:
                device.sides_done(1)
            else:
                cups.tell("cancel", "-a", QUEUE)
                device.finish()

        assert driver.print(_JOB, cancel, lambda: False) == PrintFailed(0, PrinterProblem.OTHER)
        assert any(driver.status().ready for _ in until_it_comes())
        assert cups.documents() == []
        (first,) = device.received()

        def move(at: Progress) -> None:
            device.sides_done(at.side)
            if at.side == 2:
                device.finish()

        assert driver.print(PrintJob("1e" * 16, pdf_of(1), 1), move, lambda: False) == Printed(1)
        assert device.wishes()[::2] == ["two-sided-long-edge", "1e" * 16]
        assert [len(each) for each in device.received()] == [len(first), len(first)]


def test_a_job_of_an_earlier_life_is_taken_out_of_queue_and_printer(
    tmp_path: Path,
    ipp_names: dict[str, str],  # noqa: F811
) -> None:
    with queue_before_a_raster_printer(tmp_path, ipp_names) as (device, cups):
        queue = IppClient(LocalTransport(cups.socket, f"/printers/{QUEUE}", RealClock()))
        taken = queue.print_job("earlier", pdf_of(1), queue.printer())
        assert isinstance(taken, Taken)
        assert any(device.received() for _ in until_it_comes())
        driver = queue_driver(cups)
        assert not driver.status().ready
        device.finish()
        assert any(driver.status().ready for _ in until_it_comes())
        job = queue.job(taken.number)
        assert job is None or job.state.settled
        assert cups.documents() == []
