"""What the two printers tell, as reasons why nobody is served, as faults of a visit, and as a call for staff. Pure."""

from kiosk.flow.effects import CallStaff
from kiosk.flow.occasions import Occasion
from kiosk.flow.state import Terminal
from kiosk.flow.values.service import OutOfService
from kiosk.flow.values.trouble import FaultKind
from printers.model import PrinterProblem, PrinterStatus, gravest

REASONS = frozenset({OutOfService.PAPER, OutOfService.PRINTER, OutOfService.SLIP_PAPER, OutOfService.SLIPS})
"""Those that a look at both printers finds or solves."""

_EMPTY = frozenset({PrinterProblem.PAPER_EMPTY})

_FAULTS = {
    PrinterProblem.PAPER_EMPTY: FaultKind.PAPER_EMPTY,
    PrinterProblem.DOOR_OPEN: FaultKind.PRINTER_OPEN,
    PrinterProblem.TONER_EMPTY: FaultKind.TONER_EMPTY,
    PrinterProblem.OUTPUT_FULL: FaultKind.OUTPUT_FULL,
    PrinterProblem.ONE_SIDED: FaultKind.ONE_SIDED,
    PrinterProblem.OFFLINE: FaultKind.PRINTER_AWAY,
}


def reasons(pages: PrinterStatus, slips: PrinterStatus) -> set[OutOfService]:
    """Why nobody is served. Without slips a debt could not be put on paper, so both printers must work (I7); a roll
    that ends soon lets a visit end and none begin."""
    found = set[OutOfService]()
    if PrinterProblem.PAPER_EMPTY in pages.problems:
        found.add(OutOfService.PAPER)
    if pages.problems - _EMPTY:
        found.add(OutOfService.PRINTER)
    if PrinterProblem.PAPER_EMPTY in slips.problems or slips.paper_low:
        found.add(OutOfService.SLIP_PAPER)
    if slips.problems - _EMPTY:
        found.add(OutOfService.SLIPS)
    return found


def stops(pages: PrinterStatus, slips: PrinterStatus, sheets: int) -> FaultKind | None:
    """Why so many sheets can't be paid for now."""
    if pages.problems:
        return _FAULTS.get(gravest(pages.problems), FaultKind.PRINTER_STOPPED)
    if pages.sheets_available is not None and pages.sheets_available < sheets:
        return FaultKind.PAPER_EMPTY
    if PrinterProblem.PAPER_EMPTY in slips.problems:
        return FaultKind.SLIP_PAPER
    return FaultKind.SLIPS_STOPPED if slips.problems else None


def fault_of(problem: PrinterProblem) -> FaultKind:
    """What stopped a job."""
    if problem is PrinterProblem.JAM:
        return FaultKind.SHEET_JAM
    return _FAULTS.get(problem, FaultKind.PRINTER_STOPPED)


def calls(before: Terminal, after: Terminal) -> tuple[CallStaff, ...]:
    """The roll of the receipt printer has just come to its end, or near it: somebody brings a new one."""
    new = after.out_of_service - before.out_of_service
    return (CallStaff(Occasion.SLIP_PAPER),) if OutOfService.SLIP_PAPER in new else ()
