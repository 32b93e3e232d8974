"""What a queue tells of itself, held against what a certificate needs of it. Pure."""

from urllib.parse import parse_qs, urlsplit

from printers.cups.faults import Flaw, QueueFault
from printers.ipp.codec import Group
from printers.ipp.state import STATUS_ATTRIBUTES, read_printer
from printers.ipp.transport import PrinterAddress, parse_address
from printers.model import PrinterProblem

QUEUE_ATTRIBUTES = (
    *STATUS_ATTRIBUTES,
    "device-uri",
    "job-sheets-default",
    "printer-error-policy",
    "printer-is-temporary",
    "printer-make-and-model",
    "printer-type",
)

_NO_RETRY = "abort-job"
_RAW = "Local Raw Printer"
"""What cupsd calls a queue without a driver."""

_CLASS, _REMOTE, _IMPLICIT, _FAX = 0x1, 0x2, 0x10000, 0x40000
_NOT_ONE_PRINTER = {_CLASS: "a class", _REMOTE: "remote", _IMPLICIT: "a class", _FAX: "a fax"}
"""Bits of printer-type (cups.h, CUPS_PRINTER_...)."""

_DISCOVERED = frozenset({"dnssd", "implicitclass"})
_WITHOUT_WAITING = frozenset({"waitjob", "waitprinter"})
"""Options of a device's URI by which its backend no longer waits for the paper."""


def faults_of_queue(told: Group, *, trusting: bool) -> list[QueueFault]:
    """All that keeps a document from this queue. `trusting`: an ipps printer's own X.509 is known."""
    faults = []
    kind = told.integer("printer-type") or 0
    wrong = next((word for bit, word in _NOT_ONE_PRINTER.items() if kind & bit), None)
    if wrong is None and told.values("printer-is-temporary") == (True,):
        wrong = "temporary"
    if wrong is not None:
        faults.append(QueueFault(Flaw.NOT_ONE_PRINTER, wrong))
    policy = "".join(told.keywords("printer-error-policy")[:1])
    if policy != _NO_RETRY:
        faults.append(QueueFault(Flaw.RETRIES, policy or "unknown"))
    if any(sheet != "none" for sheet in told.keywords("job-sheets-default")):
        faults.append(QueueFault(Flaw.BANNERS))
    faults += _faults_of_driver(told)
    device = device_of(told, trusting=trusting)
    return [*faults, device] if isinstance(device, QueueFault) else faults


def _faults_of_driver(told: Group) -> list[QueueFault]:
    facts = read_printer(told)
    if _RAW in told.keywords("printer-make-and-model"):
        return [QueueFault(Flaw.RAW)]
    match facts.lacks:
        case None:
            return []
        case PrinterProblem.PAPER_EMPTY:
            return [QueueFault(Flaw.NO_A4)]
        case _:
            return [QueueFault(Flaw.NO_BOTH_SIDES)]


def device_of(told: Group, *, trusting: bool) -> PrinterAddress | QueueFault:
    """Where the printer behind the queue can be asked itself."""
    uri = "".join(told.keywords("device-uri")[:1])
    scheme = uri.partition(":")[0]
    if scheme in _DISCOVERED:
        return QueueFault(Flaw.DEVICE_UNNAMED, f"{scheme}:")
    if scheme not in ("ipp", "ipps"):
        return QueueFault(Flaw.DEVICE_ENDS_EARLY, f"{scheme}:")
    try:
        unwaiting = _WITHOUT_WAITING & parse_qs(urlsplit(uri).query, keep_blank_values=True).keys()
        address = parse_address(uri)
    except ValueError:
        return QueueFault(Flaw.DEVICE_UNNAMED, f"{scheme}:")
    if unwaiting:
        return QueueFault(Flaw.DEVICE_ENDS_EARLY, f"{scheme}: with {min(unwaiting)}")
    if address.secure and not trusting:
        return QueueFault(Flaw.DEVICE_UNTRUSTED)
    return address
