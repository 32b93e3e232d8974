"""The page printer behind a queue of this machine's CUPS: from its setting to the driver, and what is told of a queue
that no document may go through."""

import re
import ssl
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import structlog

from hardware.composition import SystemClock
from kiosk.composition.settings import TerminalSettings, load_settings
from kiosk.errors import ConfigurationError
from printers.cups.faults import QueueFault
from printers.cups.printer import CupsPagePrinter, QueueRoute
from printers.errors import PrinterAway
from printers.ipp.transport import HttpTransport, IppTransport, PrinterAddress
from printers.ipp.watch import IppPace

SCHEME = "cups"
_SOCKET = "/run/cups/cups.sock"
_QUEUE = re.compile(r"[A-Za-z0-9_.-]{1,127}")
_PATIENCE_S = 10.0


def open_queue_printer(settings: TerminalSettings, clock: SystemClock) -> CupsPagePrinter:
    """Raises `ConfigurationError` for a name that can't be a queue's; what is wrong with the queue itself is a state of
    the printer, since CUPS may come later than the terminal."""
    return CupsPagePrinter(_route(settings, clock), clock, IppPace())


def queue_report(settings_file: Path) -> Iterator[str]:
    """Tells all that keeps documents from the queue, a line each. Sends and cancels nothing. Raises
    `ConfigurationError` when the printer is no queue."""
    route = _route(load_settings(settings_file), SystemClock())
    try:
        faults = route.faults()
    except PrinterAway:
        yield "the queue is as it must be, and the printer behind it does not answer"
        return
    yield from (f"{fault.flaw.value}: {fault}" for fault in faults)
    if not faults:
        yield "the queue is as it must be"


def _route(settings: TerminalSettings, clock: SystemClock) -> QueueRoute:
    name, socket_file = _names(settings.printer)
    try:
        trust = None if settings.printer_ca is None else ssl.create_default_context(cafile=settings.printer_ca)
    except OSError as error:
        raise ConfigurationError(f"printer_ca: {error}") from error

    def reach(address: PrinterAddress) -> IppTransport:
        return HttpTransport(address, clock, patience=_PATIENCE_S, trust=trust if address.secure else None)

    return QueueRoute(socket_file, name, clock, reach, trusting=trust is not None, say=_log)


def _names(printer: str) -> tuple[str, Path]:
    parts = urlsplit(printer)
    socket_file = parse_qs(parts.query).get("socket", [_SOCKET])[0]
    if parts.scheme != SCHEME or not _QUEUE.fullmatch(parts.path) or not socket_file.startswith("/"):
        raise ConfigurationError("printer: write cups:QUEUE, or cups:QUEUE?socket=/run/cups/cups.sock")
    return parts.path, Path(socket_file)


def _log(faults: Sequence[QueueFault]) -> None:
    """By their words; only where the terminal keeps a log."""
    if structlog.is_configured():
        structlog.get_logger().warning("printer queue", what=", ".join(fault.word for fault in faults) or "fit")
