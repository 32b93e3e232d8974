"""What a printer says of itself and of a job, read out of its attributes into closed words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum

from printers.ipp.codec import Group
from printers.model import PrinterProblem, PrinterStatus

A4 = "iso_a4_210x297mm"
BOTH_SIDES = "two-sided-long-edge"
PDF = "application/pdf"

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
)
JOB_ATTRIBUTES = (
    "job-id",
    "job-name",
    "job-state",
    "job-state-reasons",
    "job-impressions-completed",
    "job-media-sheets-completed",
)

_PRINTER_STOPPED = 5
_SEVERITIES = ("-error", "-warning", "-report")

_PROBLEMS: Mapping[str, PrinterProblem] = {
    "media-jam": PrinterProblem.JAM,
    "media-path-jam": PrinterProblem.JAM,
    "media-empty": PrinterProblem.PAPER_EMPTY,
    "media-needed": PrinterProblem.PAPER_EMPTY,
    "input-tray-missing": PrinterProblem.PAPER_EMPTY,
    "door-open": PrinterProblem.DOOR_OPEN,
    "cover-open": PrinterProblem.DOOR_OPEN,
    "interlock-open": PrinterProblem.DOOR_OPEN,
    "toner-empty": PrinterProblem.TONER_EMPTY,
    "marker-supply-empty": PrinterProblem.TONER_EMPTY,
    "marker-supply-missing": PrinterProblem.TONER_EMPTY,
    "developer-empty": PrinterProblem.TONER_EMPTY,
    "output-area-full": PrinterProblem.OUTPUT_FULL,
    "output-tray-missing": PrinterProblem.OUTPUT_FULL,
    "shutdown": PrinterProblem.OFFLINE,
    "timed-out": PrinterProblem.OFFLINE,
    "connecting-to-device": PrinterProblem.OFFLINE,
    "paused": PrinterProblem.OTHER,
    "marker-waste-full": PrinterProblem.OTHER,
    "spool-area-full": PrinterProblem.OTHER,
}
"""printer-state-reasons (RFC 8011, 5.4.12; PWG 5100.9) without their severity."""


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
    """`unfit` is why no certificate can be printed on it at all, or None."""

    status: PrinterStatus
    stopped: bool
    unfit: str | None
    scaling: frozenset[str]
    colors: frozenset[str]


@dataclass(frozen=True, slots=True)
class JobFacts:
    """`sides` is how many sides are printed and `sheets` how many sheets are out, None where the printer can't say."""

    state: JobState
    with_errors: bool
    sides: int | None
    sheets: int | None

    @property
    def sheets_out(self) -> int:
        """Whole sheets that the printer told of: by its count of sheets, else of sides."""
        if self.sheets is not None:
            return self.sheets
        return (self.sides or 0) // 2


def read_printer(group: Group) -> PrinterFacts:
    """Reads the printer attributes asked for as `STATUS_ATTRIBUTES`."""
    stopped = group.integer("printer-state") == _PRINTER_STOPPED
    reasons = group.keywords("printer-state-reasons")
    problems = set(read_problems(reasons))
    ready = group.keywords("media-ready")
    if ready and A4 not in ready:
        problems.add(PrinterProblem.PAPER_EMPTY)
    if not problems and (stopped or group.values("printer-is-accepting-jobs") == (False,)):
        problems.add(PrinterProblem.OTHER)
    low = any(_bare(reason) == "media-low" for reason in reasons)
    return PrinterFacts(
        status=PrinterStatus(frozenset(problems), low, _sheets_in_trays(group)),
        stopped=stopped,
        unfit=_unfit(group),
        scaling=frozenset(group.keywords("print-scaling-supported")),
        colors=frozenset(group.keywords("print-color-mode-supported")),
    )


def read_problems(reasons: Iterable[str]) -> frozenset[PrinterProblem]:
    """What stops printing. A known reason counts whatever its severity, since printers misjudge it (CUPS' own calls a
    jam a warning); an unknown one counts as `OTHER` when the printer calls it an error."""
    found = set()
    for reason in reasons:
        bare = _bare(reason)
        if bare in _PROBLEMS:
            found.add(_PROBLEMS[bare])
        elif reason.endswith("-error"):
            found.add(PrinterProblem.OTHER)
    return frozenset(found)


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
    )


def _unfit(group: Group) -> str | None:
    if PDF not in group.keywords("document-format-supported"):
        return "the printer does not take PDF"
    if A4 not in group.keywords("media-supported"):
        return "the printer has no A4 paper"
    if BOTH_SIDES not in group.keywords("sides-supported"):
        return "the printer does not print on both sides"
    return None


def _bare(reason: str) -> str:
    for severity in _SEVERITIES:
        reason = reason.removesuffix(severity)
    return reason


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
