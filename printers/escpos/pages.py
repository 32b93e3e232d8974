"""Certificates on an ESC/POS page printer at least as wide as A4 at 200 dpi: face and back become two sheets of paper.
Counts a sheet of the job only when both are out."""

from collections.abc import Callable

from printers.errors import PrinterAway
from printers.escpos.commands import CUT, INITIALISE, raster
from printers.escpos.conversation import Conversation, EscposPace
from printers.escpos.line import Line
from printers.model import (
    Printed,
    PrinterProblem,
    PrinterStatus,
    PrintFailed,
    PrintJob,
    Progress,
    Settled,
    gravest,
)
from printers.ports import Clock
from printers.raster import PageDots, rasterise, resolution_for

_BAND_ROWS = 256
"""Rows in one raster command: older printers take 2,303 at most."""


class EscposPagePrinter:
    """The `PagePrinter` on a line. Making one raises `PaperTooNarrow` when no certificate fits its paper."""

    def __init__(self, line: Line, clock: Clock, width_dots: int, pace: EscposPace | None = None) -> None:
        resolution_for(width_dots)
        self._width_dots = width_dots
        self._conversation = Conversation(line, clock, pace or EscposPace())

    def status(self) -> PrinterStatus:
        """What the printer can do now. Never blocks longer than 200 ms, never raises."""
        return self._conversation.status()

    def wake(self) -> PrinterStatus:
        """The same: it answers in real time, whatever it does."""
        return self.status()

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Prints page by page, each awaited on paper. Raises `PrinterAway`, `UnreadablePages` before any was sent."""
        pages = [escpos_page(page) for page in rasterise(job.document, self._width_dots, 2 * job.sheets)]
        problems = self._conversation.status().problems
        if PrinterProblem.OFFLINE in problems:
            raise PrinterAway("nothing answers on the printer's line")
        if problems:
            return PrintFailed(0, gravest(problems), unsent=True)
        for number, page in enumerate(pages):
            if give_up():
                return PrintFailed(number // 2, PrinterProblem.OTHER, unsent=number == 0)
            tell(Progress(sheet=number // 2 + 1, side=number % 2 + 1))
            try:
                stopped = self._conversation.put_on_paper(page, give_up)
            except PrinterAway:
                if number == 0:
                    raise
                return PrintFailed(number // 2, PrinterProblem.OFFLINE, cleared=False)
            if stopped is not None:
                return PrintFailed(number // 2, stopped.problem, stopped.cleared)
        return Printed(job.sheets)


def escpos_page(page: PageDots) -> bytes:
    """The commands for one page: its rows in bands, then a cut."""
    bands = (
        raster(page.packed[row * page.width_bytes : (row + _BAND_ROWS) * page.width_bytes], page.width_bytes)
        for row in range(0, page.height, _BAND_ROWS)
    )
    return INITIALISE + b"".join(bands) + CUT
