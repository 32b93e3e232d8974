"""Receipts and slips on an ESC/POS printer, over a serial port, TCP or a file."""

from printers.errors import PrinterAway
from printers.escpos.conversation import Conversation, EscposPace
from printers.escpos.line import Line
from printers.model import Printed, PrinterProblem, PrinterStatus, PrintFailed, Settled, gravest
from printers.ports import Clock


class EscposSlipPrinter:
    """The `SlipPrinter` on a line. A printer that can't answer, as behind a file, is believed to have printed."""

    def __init__(self, line: Line, clock: Clock, pace: EscposPace | None = None) -> None:
        self._conversation = Conversation(line, clock, pace or EscposPace())

    def status(self) -> PrinterStatus:
        """What the printer can do now. Never blocks longer than 200 ms, never raises."""
        return self._conversation.status()

    def print(self, slip: bytes) -> Settled:
        """Prints one slip and waits until it is on paper. Raises `PrinterAway` when nothing answers."""
        problems = self._conversation.status().problems
        if PrinterProblem.OFFLINE in problems:
            raise PrinterAway("nothing answers on the printer's line")
        if problems:
            return PrintFailed(0, gravest(problems), unsent=True)
        stopped = self._conversation.put_on_paper(slip, lambda: False)
        return Printed(1) if stopped is None else PrintFailed(0, stopped.problem, stopped.cleared)
