"""Fixtures around the software printer; a test module imports the ones it uses."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from printers.cups.daemon import Machine
from printers.cups.faults import QueueFault
from printers.cups.printer import CupsPagePrinter, QueueRoute
from printers.ipp.transport import HttpTransport, PrinterAddress
from printers.ipp.watch import IppPace
from tests.support.cups_queue import PrivateCups, private_cups
from tests.support.ipp_printer import IppPrinterMissing, SoftwarePrinter, name_service, software_printer
from tests.support.printer_clocks import LONGEST_S, RealClock

Say = Callable[[Sequence[QueueFault]], None]
QUEUE = "kiosk"
RASTER = "image/pwg-raster"


@pytest.fixture(scope="module")
def ipp_names(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The environment in which `ippeveprinter` starts. Skips on a machine whose user may not run Avahi."""
    try:
        with name_service(tmp_path_factory.mktemp("names")) as environment:
            yield environment
    except IppPrinterMissing as missing:
        not_here(missing)


def not_here(missing: IppPrinterMissing) -> NoReturn:
    """On a developer's machine a program may be missing, where all must be green it may not."""
    if os.environ.get("CI"):
        pytest.fail(str(missing))
    pytest.skip(str(missing))


def queue_route(cups: PrivateCups, name: str = QUEUE, say: Say = lambda _: None) -> QueueRoute:
    """The way through one of its queues."""
    clock = RealClock()

    def reach(address: PrinterAddress) -> HttpTransport:
        return HttpTransport(address, clock, patience=LONGEST_S)

    return QueueRoute(cups.socket, name, clock, reach, machine=Machine(swaps=cups.swaps), say=say)


def queue_driver(
    cups: PrivateCups, name: str = QUEUE, say: Say = lambda _: None, *, clear_within: float = LONGEST_S
) -> CupsPagePrinter:
    """The printer behind one of its queues, looked at often."""
    pace = IppPace(look_every=0.05, fault_stands=0.05, clear_within=clear_within)
    return CupsPagePrinter(queue_route(cups, name, say), RealClock(), pace)


@contextmanager
def queue_before_a_raster_printer(
    folder: Path, names: dict[str, str], *, dpi: int = 100
) -> Iterator[tuple[SoftwarePrinter, PrivateCups]]:
    """A printer that takes no PDF, and a cupsd with the queue `QUEUE` in front of it."""
    try:
        with private_cups() as cups, software_printer(folder, names, formats=RASTER, raster_dpi=dpi) as device:
            cups.add_queue(QUEUE, device.uri)
            yield device, cups
    except IppPrinterMissing as missing:
        not_here(missing)
