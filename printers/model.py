"""Jobs, states and the two driver Protocols: sheets of a certificate, and receipts and slips. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class PrinterProblem(Enum):
    """Why no sheet comes out, in the order in which a person sees to it."""

    JAM = "jam"
    PAPER_EMPTY = "paper-empty"
    DOOR_OPEN = "door-open"
    TONER_EMPTY = "toner-empty"
    OUTPUT_FULL = "output-full"
    CUTTER = "cutter"
    """The knife of a receipt printer is stuck."""
    WORN_OUT = "worn-out"
    """A part that wears (drum, fuser, waste box) is at its end: nothing is printed before it is changed."""
    ONE_SIDED = "one-sided"
    """It does not print both sides."""
    PAUSED = "paused"
    """A person stopped it, at its panel or from afar."""
    ASLEEP = "asleep"
    """It was to wake up and did not: what it says of itself may be old."""
    QUEUE = "queue"
    """No document may go through its queue as that is set up."""
    OFFLINE = "offline"
    OTHER = "other"


def gravest(problems: frozenset[PrinterProblem]) -> PrinterProblem:
    """The one to name where there are several: what a person has to see to first. `OTHER` where there is none."""
    return next((problem for problem in PrinterProblem if problem in problems), PrinterProblem.OTHER)


class PrinterWarning(Enum):
    """What does not stop printing yet, for whoever looks after the terminal."""

    PAPER_LOW = "paper-low"
    TONER_LOW = "toner-low"
    OUTPUT_FILLING = "output-nearly-full"
    WEARING = "part-nearly-worn"
    ASLEEP = "asleep"
    """A printer that sleeps may not know its faults: it is woken before anybody pays."""


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """`problems` stop printing, `warnings` don't. `sheets_available` is None where the printer can't say."""

    problems: frozenset[PrinterProblem] = frozenset()
    sheets_available: int | None = None
    warnings: frozenset[PrinterWarning] = frozenset()

    @property
    def ready(self) -> bool:
        """Whether a job may be sent."""
        return not self.problems

    @property
    def paper_low(self) -> bool:
        """Whether its paper ends soon."""
        return PrinterWarning.PAPER_LOW in self.warnings

    @property
    def asleep(self) -> bool:
        """Whether it must be woken before its word counts."""
        return PrinterWarning.ASLEEP in self.warnings


def not_ready(problem: PrinterProblem) -> PrinterStatus:
    """Of a printer that tells nothing but this."""
    return PrinterStatus(frozenset({problem}))


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

    def wake(self) -> PrinterStatus:
        """The same by a printer that is awake and was asked whether it would take a certificate: before money. One that
        does not wake within a minute is `ASLEEP`. Never raises."""
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
