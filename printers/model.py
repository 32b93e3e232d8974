"""Jobs, states and the two driver Protocols: sheets of a certificate, and receipts and slips. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class PrinterProblem(Enum):
    """Why no sheet comes out."""

    JAM = "jam"
    PAPER_EMPTY = "paper-empty"
    DOOR_OPEN = "door-open"
    TONER_EMPTY = "toner-empty"
    OUTPUT_FULL = "output-full"
    OFFLINE = "offline"
    OTHER = "other"


def gravest(problems: frozenset[PrinterProblem]) -> PrinterProblem:
    """The one to name where there are several: what a person has to see to first. `OTHER` where there is none."""
    return next((problem for problem in PrinterProblem if problem in problems), PrinterProblem.OTHER)


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """`problems` stop printing; `paper_low` only warns. `sheets_available` is None where the printer can't say."""

    problems: frozenset[PrinterProblem]
    paper_low: bool
    sheets_available: int | None

    @property
    def ready(self) -> bool:
        """Whether a job may be sent."""
        return not self.problems


@dataclass(frozen=True, slots=True, repr=False)
class PrintJob:
    """A PDF of `sheets` sheets, each with face and back (so twice as many pages). `name` is random, never personal."""

    name: str
    document: bytes
    sheets: int

    def __repr__(self) -> str:
        return f"<PrintJob {self.sheets} sheets>"


@dataclass(frozen=True, slots=True)
class Printed:
    """The device settled the job; all sheets are out."""

    sheets: int


@dataclass(frozen=True, slots=True)
class PrintFailed:
    """The device stopped: so far as it told, `sheets` came out whole and the next one did not. `cleared` says that the
    device confirmed that nothing of the job is left in it; where it did not (it is silent), it may still print, so
    nobody may be let near it. The driver goes on clearing: until then its status is not ready. `unsent` says that
    certainly nothing of the job ever reached the device: only then is it certain that nothing of it is on paper."""

    sheets: int
    problem: PrinterProblem
    cleared: bool = True
    unsent: bool = False

    def __post_init__(self) -> None:
        if self.unsent and (self.sheets or not self.cleared):
            raise ValueError("what was never sent is neither on paper nor in the device")


Settled = Printed | PrintFailed


@dataclass(frozen=True, slots=True)
class Progress:
    """Sheet `sheet` of the job (from 1) is being printed; `side` is 1 for the face, 2 for the back."""

    sheet: int
    side: int


class PagePrinter(Protocol):
    """Prints certificates on A4. Only the device says that a sheet is out. Used by one thread at a time."""

    def status(self) -> PrinterStatus:
        """What the printer can do now; a printer that does not answer is `OFFLINE`. Never raises."""
        ...

    def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
        """Sends the job and waits until the device has settled it; tells progress. When `give_up()` turns true, or the
        device reports a fault, the job is cancelled and cleared from the device first. Raises `PrinterAway` when
        nothing answers, `PrinterRefused` when the device won't take the job, and `UnreadablePages`; whatever is raised,
        `PrinterError.may_have_sent` says whether the device may have taken anything."""
        ...


class SlipPrinter(Protocol):
    """Prints receipts and slips. Used by one thread at a time."""

    def status(self) -> PrinterStatus:
        """What the printer can do now. Never blocks longer than 200 ms, never raises."""
        ...

    def print(self, slip: bytes) -> Settled:
        """Sends ready ESC/POS bytes with a cut at their end and waits until they are on paper. Raises `PrinterAway`
        when nothing answers; then the device has taken nothing."""
        ...
