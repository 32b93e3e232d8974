"""How each device is, in a word: what a heartbeat tells whoever looks after the terminal. Nothing personal."""

from kiosk.flow.effects import SendHeartbeat
from kiosk.flow.values.service import OutOfService
from printers.model import PrinterProblem, PrinterStatus, PrinterWarning, gravest

_READY = "ready"

_STOPPED = {
    "card": ({OutOfService.CARD_READER}, "away"),
    "sensors": ({OutOfService.SENSORS}, "away"),
}


def devices_of(pulse: SendHeartbeat) -> dict[str, str]:
    """Word by device: `ready`, what stops it, or what will soon."""
    out = pulse.out_of_service
    words = {name: word if why & out else _READY for name, (why, word) in _STOPPED.items()}
    words["cash"] = _READY if pulse.cash and OutOfService.UNSETTLED not in out else "stopped"
    if pulse.cashless is not None:
        words["cashless"] = _READY if pulse.cashless else "offline"
    words["printer"] = _printer(pulse.pages, OutOfService.PRINTER in out)
    words["paper"] = _paper(pulse.pages, OutOfService.PAPER in out)
    words["slips"] = _slips(pulse.slips, bool(out & {OutOfService.SLIPS, OutOfService.SLIP_PAPER}))
    return words


def _printer(seen: PrinterStatus | None, out: bool) -> str:
    problems = frozenset() if seen is None else seen.problems - {PrinterProblem.PAPER_EMPTY}
    if problems:
        return gravest(problems).value
    if out:
        # What a fault of a visit closed it for, before the printer was looked at again.
        return "stopped"
    return _READY if seen is None else _warned(seen.warnings - {PrinterWarning.PAPER_LOW})


def _paper(seen: PrinterStatus | None, out: bool) -> str:
    if out or (seen is not None and PrinterProblem.PAPER_EMPTY in seen.problems):
        return "empty"
    return "low" if seen is not None and seen.paper_low else _READY


def _slips(seen: PrinterStatus | None, out: bool) -> str:
    if seen is not None and seen.problems:
        return gravest(seen.problems).value
    if seen is not None and seen.paper_low:
        return PrinterWarning.PAPER_LOW.value
    return "stopped" if out else _READY


def _warned(warnings: frozenset[PrinterWarning]) -> str:
    return next((each.value for each in PrinterWarning if each in warnings), _READY)
