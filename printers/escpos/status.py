"""What the status bytes of an ESC/POS printer say (DLE EOT 1-4, GS r 1). Pure; any bytes whatever give an answer."""

from collections.abc import Sequence

from printers.model import PrinterProblem, PrinterStatus, PrinterWarning, not_ready

STATUS_BYTES = 4

SILENT = not_ready(PrinterProblem.OFFLINE)
"""Nothing that makes sense came back."""

_OFFLINE = 0x08
_COVER_OPEN = 0x04
_PAPER_STOP = 0x20
_ERROR = 0x40
_CUTTER = 0x08
_RECOVERABLE = 0x04
_UNRECOVERABLE = 0x20
_COOLING = 0x40
_NEAR_END = 0x0C
_PAPER_END = 0x60


def is_status_byte(byte: int) -> bool:
    """Whether it can answer DLE EOT: bits 1 and 4 are always set, 0 and 7 never."""
    return byte & 0x93 == 0x12


def is_paper_answer(byte: int) -> bool:
    """Whether it can answer GS r 1: two pairs of bits for near end and end, nothing else."""
    return byte in (0x00, 0x03, 0x0C, 0x0F)


def read_status(answers: Sequence[int]) -> PrinterStatus:
    """From the four bytes in the order asked. Fewer than four mean that nobody is there."""
    if len(answers) != STATUS_BYTES or not all(is_status_byte(byte) for byte in answers):
        return SILENT
    printer, cause, error, paper = answers
    problems = set()
    if error & _CUTTER:
        problems.add(PrinterProblem.CUTTER)
    if paper & _PAPER_END or cause & _PAPER_STOP:
        problems.add(PrinterProblem.PAPER_EMPTY)
    if cause & _COVER_OPEN:
        problems.add(PrinterProblem.DOOR_OPEN)
    if error & (_RECOVERABLE | _UNRECOVERABLE | _COOLING):
        problems.add(PrinterProblem.OTHER)
    if not problems and (printer & _OFFLINE or cause & _ERROR):
        problems.add(PrinterProblem.OTHER)
    warnings = frozenset({PrinterWarning.PAPER_LOW}) if paper & _NEAR_END else frozenset()
    return PrinterStatus(frozenset(problems), warnings=warnings)
