"""What a printer says of itself and of a job, read out of its attributes into closed words. Pure."""

from dataclasses import dataclass
from enum import IntEnum

from printers.ipp.codec import Group
from printers.ipp.reasons import read_reasons
from printers.model import PrinterProblem, PrinterStatus

A4 = "iso_a4_210x297mm"
BOTH_SIDES = "two-sided-long-edge"
PDF = "application/pdf"
QUEUE_FORMATS = (PDF, "image/pwg-raster", "image/urf")
"""What a queue can make of a PDF for a printer that waits for its paper, the best first."""

STATUS_ATTRIBUTES = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-input-tray",
    "media-ready",
    "media-supported",
    "sides-supported",
    "document-format-supported",
    "print-scaling-supported",
    "print-color-mode-supported",
    "operations-supported",
    "cups-version",
)
JOB_ATTRIBUTES = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
    "sides",
)

_PRINTER_WORKS = 4
_PRINTER_STOPPED = 5


class JobState(IntEnum):
    """job-state (RFC 8011, 5.3.7)."""

    PENDING = 3
    PENDING_HELD = 4
    PROCESSING = 5
    PROCESSING_STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def settled(self) -> bool:
        """Whether the printer is done with the job, one way or the other."""
        return self in (JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED)


@dataclass(frozen=True, slots=True)
class PrinterFacts:
    """`lacks` is what it has not, of A4 and both sides; `spooler`: a queue of CUPS speaks, and no printer; `accepts`
    whether it takes jobs now; `operations` those it tells of by number."""

    status: PrinterStatus
    works: bool
    stopped: bool
    accepts: bool
    lacks: PrinterProblem | None
    spooler: bool
    formats: frozenset[str]
    scaling: frozenset[str]
    colors: frozenset[str]
    operations: frozenset[int]

    def format_of(self, formats: tuple[str, ...]) -> str | None:
        """The first of these kinds of document that it takes."""
        return next((each for each in formats if each in self.formats), None)

    def unfit(self, formats: tuple[str, ...] = (PDF,)) -> PrinterProblem | None:
        """Why no certificate can be printed by this printer at all, as one of these kinds of document."""
        # CUPS keeps the file on its disk (I11), filters it, and hears of a fault only when a job meets it: a queue is
        # known by its own name or not at all.
        if self.spooler or self.format_of(formats) is None:
            return PrinterProblem.OTHER
        return self.lacks


@dataclass(frozen=True, slots=True)
class JobFacts:
    """`sides` is how many sides are printed and `sheets` how many sheets are out, None where the printer can't say;
    `one_sided`: it says that it does not print the backs, whatever it was asked for."""

    state: JobState
    with_errors: bool
    sides: int | None
    sheets: int | None
    one_sided: bool = False

    @property
    def sheets_out(self) -> int:
        """Whole sheets that the printer told of: by its count of sheets, else of sides. A sheet without its back is
        none."""
        if self.one_sided:
            return 0
        if self.sheets is not None:
            return self.sheets
        return (self.sides or 0) // 2

    def miscounted(self, sheets: int) -> PrinterProblem | None:
        """What is wrong with a completed job of so many sheets of two sides each, by the printer's own counts (RFC
        8011, 5.3.18). One that counts nothing says 0."""
        if self.one_sided or (self.sheets or 0) >= 2 * sheets:
            return PrinterProblem.ONE_SIDED
        counted = self.sheets in (None, 0, sheets) and self.sides in (None, 0, 2 * sheets)
        return None if counted else PrinterProblem.OTHER


def read_printer(group: Group) -> PrinterFacts:
    """Reads the printer attributes asked for as `STATUS_ATTRIBUTES`."""
    state = group.integer("printer-state")
    stopped = state == _PRINTER_STOPPED
    reasons = read_reasons(group.keywords("printer-state-reasons"))
    problems = set(reasons.problems)
    ready = group.keywords("media-ready")
    if ready and A4 not in ready:
        problems.add(PrinterProblem.PAPER_EMPTY)
    accepts = group.values("printer-is-accepting-jobs") != (False,)
    if not problems and not accepts:
        problems.add(PrinterProblem.PAUSED)
    if not problems and stopped:
        problems.add(PrinterProblem.OTHER)
    return PrinterFacts(
        status=PrinterStatus(frozenset(problems), _sheets_in_trays(group), reasons.warnings),
        works=state == _PRINTER_WORKS,
        stopped=stopped,
        accepts=accepts,
        lacks=_lacks(group),
        spooler=bool(group.values("cups-version")),
        formats=frozenset(group.keywords("document-format-supported")),
        scaling=frozenset(group.keywords("print-scaling-supported")),
        colors=frozenset(group.keywords("print-color-mode-supported")),
        operations=frozenset(each for each in group.values("operations-supported") if isinstance(each, int)),
    )


def read_job(group: Group) -> JobFacts | None:
    """Reads the job attributes asked for as `JOB_ATTRIBUTES`; None when the state is none of the known ones."""
    try:
        state = JobState(group.integer("job-state") or 0)
    except ValueError:
        return None
    reasons = group.keywords("job-state-reasons")
    return JobFacts(
        state=state,
        with_errors="job-completed-with-errors" in reasons,
        sides=_count(group, "job-impressions-completed"),
        sheets=_count(group, "job-media-sheets-completed"),
        one_sided=any(side != BOTH_SIDES for side in group.keywords("sides")),
    )


def _lacks(group: Group) -> PrinterProblem | None:
    if A4 not in group.keywords("media-supported"):
        return PrinterProblem.PAPER_EMPTY
    if BOTH_SIDES not in group.keywords("sides-supported"):
        return PrinterProblem.ONE_SIDED
    return None


def _count(group: Group, name: str) -> int | None:
    count = group.integer(name)
    return count if count is not None and count >= 0 else None


def _sheets_in_trays(group: Group) -> int | None:
    """printer-input-tray (PWG 5100.13, 5.2.9): `level` is a count, or negative when the printer can't say. None unless
    every tray that can say holds the same paper, which only a printer with one such tray promises."""
    levels = []
    for value in group.values("printer-input-tray"):
        if isinstance(value, bytes):
            fields = dict(field.partition("=")[::2] for field in value.decode("ascii", "replace").split(";"))
            level = fields.get("level", "")
            if level.isdecimal() and len(level) < 7 and fields.get("type", "").startswith("sheetFeedAuto"):
                levels.append(int(level))
    return levels[0] if len(levels) == 1 else None
