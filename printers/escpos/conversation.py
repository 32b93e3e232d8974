"""Talking with an ESC/POS printer over a line: status at once, and whether all that was sent is on paper. Bounded in
time and bytes, whatever comes back."""

from collections.abc import Callable
from dataclasses import dataclass

from printers.errors import PrinterAway
from printers.escpos.commands import ASK_PAPER_IN_TURN, ASK_STATUS, CLEAR_BUFFERS, NO_UNASKED_STATUS, STATUS_QUESTIONS
from printers.escpos.line import Line, LineDown
from printers.escpos.status import SILENT, STATUS_BYTES, is_paper_answer, is_status_byte, read_status
from printers.model import PrinterProblem, PrinterStatus, gravest
from printers.ports import Clock

_MOST_BYTES = 256


@dataclass(frozen=True, slots=True)
class EscposPace:
    """Seconds: for one status; for writing one piece; until a piece must be on paper."""

    status_within: float = 0.18
    write_within: float = 10.0
    on_paper_within: float = 20.0


@dataclass(frozen=True, slots=True)
class NotOnPaper:
    """A piece stopped short; `cleared` when the printer confirmed that it dropped the rest."""

    problem: PrinterProblem
    cleared: bool


class Conversation:
    """One printer on one line."""

    def __init__(self, line: Line, clock: Clock, pace: EscposPace) -> None:
        self._line = line
        self._clock = clock
        self._pace = pace
        self._unconfirmed = line.two_way
        """Something may be left in the printer: at first, whatever an earlier life of the kiosk sent."""
        self._on_the_way = 0
        """Answers about status that were asked for and not heard."""

    def status(self) -> PrinterStatus:
        """What the printer can do now, within `status_within`; a line that can't answer can't complain either. A
        printer that may hold an unfinished piece is cleared first."""
        until = self._clock.monotonic() + self._pace.status_within
        try:
            if self._unconfirmed:
                self._line.write(CLEAR_BUFFERS, self._pace.status_within)
            status = self._ask_status(max(until - self._clock.monotonic(), 0))
        except LineDown:
            return SILENT
        self._unconfirmed = self._unconfirmed and PrinterProblem.OFFLINE in status.problems
        return status

    def put_on_paper(self, piece: bytes, give_up: Callable[[], bool]) -> NotOnPaper | None:
        """Sends one piece and waits until the printer has printed all of it: None. Raises `PrinterAway` when the line
        can't even be opened."""
        try:
            self._line.write(NO_UNASKED_STATUS, self._pace.write_within)
        except LineDown as fault:
            raise PrinterAway("nothing answers on the printer's line") from fault
        try:
            if not self._line.two_way:
                self._line.write(piece, self._pace.write_within)
                self._line.close()
                return None
            self._line.read(_MOST_BYTES, 0)
            self._line.write(piece + ASK_PAPER_IN_TURN, self._pace.write_within)
            problem = self._await_paper(give_up)
        except LineDown:
            self._unconfirmed = True
            return NotOnPaper(PrinterProblem.OFFLINE, cleared=False)
        return None if problem is None else NotOnPaper(problem, self._clear())

    def _await_paper(self, give_up: Callable[[], bool]) -> PrinterProblem | None:
        """None when the printer says, in its turn, that it came to the end of what was sent."""
        deadline = self._clock.monotonic() + self._pace.on_paper_within
        last = PrinterStatus()
        while self._clock.monotonic() < deadline and not give_up():
            self._line.write(ASK_STATUS, self._pace.write_within)
            heard = self._listen(self._pace.status_within, lambda heard: any(map(is_paper_answer, heard)))
            status = [byte for byte in heard if is_status_byte(byte)]
            self._on_the_way = max(self._on_the_way + STATUS_BYTES - len(status), 0)
            rest = [byte for byte in heard if not is_status_byte(byte)]
            if len(rest) == 1 and is_paper_answer(rest[0]):
                return None
            last = SILENT if rest else read_status(status[-STATUS_BYTES:])
            if last.problems - {PrinterProblem.OFFLINE}:
                break
        return gravest(last.problems)

    def _ask_status(self, within: float) -> PrinterStatus:
        if not self._line.two_way:
            return PrinterStatus()
        deadline = self._clock.monotonic() + within
        self._hear_out(within / 2)
        answers = bytearray()
        # One question at a time: a byte too many is a printer that talks out of turn, and none of its words can be
        # told from an answer.
        for question in STATUS_QUESTIONS:
            self._line.read(_MOST_BYTES, 0)
            remaining = max(deadline - self._clock.monotonic(), 0)
            self._line.write(question, remaining)
            heard = self._listen(remaining, lambda heard: any(map(is_status_byte, heard)))
            answer = bytes(byte for byte in heard if is_status_byte(byte))
            if len(answer) != 1:
                return SILENT
            answers += answer
        return read_status(answers)

    def _clear(self) -> bool:
        """Makes the printer drop what it has not printed; whether it still answers, so that it did."""
        try:
            self._line.write(CLEAR_BUFFERS, self._pace.status_within)
            self._hear_out(self._pace.status_within)
            cleared = PrinterProblem.OFFLINE not in self._ask_status(self._pace.status_within).problems
        except LineDown:
            cleared = False
        self._unconfirmed = not cleared
        return cleared

    def _hear_out(self, within: float) -> None:
        """What was asked before, while a piece was printed, is no answer to what is asked now."""
        if self._on_the_way:
            self._listen(within, lambda heard: sum(map(is_status_byte, heard)) >= self._on_the_way)
            self._on_the_way = 0

    def _listen(self, within: float, enough: Callable[[bytes], bool]) -> bytes:
        """What comes within so many seconds, until it is enough; at most `_MOST_BYTES`."""
        deadline = self._clock.monotonic() + within
        heard = b""
        while not enough(heard) and len(heard) < _MOST_BYTES:
            piece = self._line.read(_MOST_BYTES - len(heard), max(deadline - self._clock.monotonic(), 0))
            if not piece:
                break
            heard += piece
        return heard
