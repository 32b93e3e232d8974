"""What a printer's attributes mean for the kiosk."""

import pytest

from printers.ipp.codec import Group, GroupTag, Value
from printers.ipp.state import JobState, read_job, read_printer, read_problems
from printers.model import PrinterProblem

_FIT: dict[str, tuple[Value, ...]] = {
    "printer-state": (3,),
    "printer-state-reasons": ("none",),
    "printer-is-accepting-jobs": (True,),
    "media-supported": ("iso_a4_210x297mm", "na_letter_8.5x11in"),
    "media-ready": ("iso_a4_210x297mm",),
    "sides-supported": ("one-sided", "two-sided-long-edge"),
    "document-format-supported": ("application/octet-stream", "application/pdf"),
}


def _printer(**changes: tuple[Value, ...]) -> Group:
    return Group(GroupTag.PRINTER, {**_FIT, **{name.replace("_", "-"): value for name, value in changes.items()}})


@pytest.mark.parametrize(
    ("reason", "problem"),
    [
        ("media-jam-error", PrinterProblem.JAM),
        ("media-jam-warning", PrinterProblem.JAM),
        ("media-jam", PrinterProblem.JAM),
        ("media-empty-report", PrinterProblem.PAPER_EMPTY),
        ("media-needed-error", PrinterProblem.PAPER_EMPTY),
        ("input-tray-missing", PrinterProblem.PAPER_EMPTY),
        ("door-open", PrinterProblem.DOOR_OPEN),
        ("cover-open-error", PrinterProblem.DOOR_OPEN),
        ("interlock-open-error", PrinterProblem.DOOR_OPEN),
        ("toner-empty-error", PrinterProblem.TONER_EMPTY),
        ("marker-supply-empty-error", PrinterProblem.TONER_EMPTY),
        ("output-area-full-error", PrinterProblem.OUTPUT_FULL),
        ("shutdown", PrinterProblem.OFFLINE),
        ("paused", PrinterProblem.OTHER),
        ("fuser-on-fire-error", PrinterProblem.OTHER),
    ],
)
def test_reasons_are_problems_whatever_their_severity(reason: str, problem: PrinterProblem) -> None:
    assert read_problems([reason]) == {problem}


@pytest.mark.parametrize("reason", ["none", "toner-low-warning", "media-low", "fuser-on-fire-warning", "-error-", ""])
def test_what_does_not_stop_printing_is_no_problem(reason: str) -> None:
    assert read_problems([reason]) == frozenset()


def test_a_fit_and_idle_printer_is_ready() -> None:
    facts = read_printer(_printer())
    assert facts.status.ready
    assert facts.unfit is None


def test_low_paper_warns() -> None:
    assert read_printer(_printer(printer_state_reasons=("media-low-warning",))).status.paper_low


@pytest.mark.parametrize(
    "lacking",
    [
        {"media_supported": ("na_letter_8.5x11in",)},
        {"sides_supported": ("one-sided",)},
        {"sides_supported": ()},
        {"document_format_supported": ("image/pwg-raster",)},
    ],
)
def test_a_printer_without_a4_both_sides_or_pdf_is_unfit(lacking: dict[str, tuple[Value, ...]]) -> None:
    assert read_printer(_printer(**lacking)).unfit


def test_other_paper_in_the_tray_is_no_paper() -> None:
    status = read_printer(_printer(media_ready=("na_letter_8.5x11in",))).status
    assert status.problems == {PrinterProblem.PAPER_EMPTY}


def test_a_printer_that_is_stopped_or_takes_no_jobs_is_not_ready() -> None:
    assert read_printer(_printer(printer_state=(5,))).status.problems == {PrinterProblem.OTHER}
    assert read_printer(_printer(printer_is_accepting_jobs=(False,))).status.problems == {PrinterProblem.OTHER}


@pytest.mark.parametrize(
    ("trays", "sheets"),
    [
        ((b"type=sheetFeedAutoRemovableTray;maxcapacity=250;level=120;status=0;name=main",), 120),
        ((b"type=sheetFeedAutoRemovableTray;level=-2;name=main",), None),
        ((b"type=sheetFeedAutoRemovableTray;level=5", b"type=sheetFeedAutoNonRemovableTray;level=7"), None),
        ((b"type=sheetFeedAutoRemovableTray;level=5", b"type=sheetFeedManual;level=1"), 5),
        ((b"\xff;;==;level",), None),
        ((b"level=99999999999999999999;type=sheetFeedAuto",), None),
        ((), None),
    ],
)
def test_sheets_are_counted_where_one_tray_says_so(trays: tuple[bytes, ...], sheets: int | None) -> None:
    assert read_printer(_printer(printer_input_tray=trays)).status.sheets_available == sheets


def test_sheets_out_are_told_by_sheets_or_else_by_whole_pairs_of_sides() -> None:
    def out(**counts: int) -> int:
        attributes: dict[str, tuple[Value, ...]] = {"job-state": (5,)}
        attributes |= {name.replace("_", "-"): (count,) for name, count in counts.items()}
        job = read_job(Group(GroupTag.JOB, attributes))
        assert job is not None
        return job.sheets_out

    assert out() == 0
    assert out(job_impressions_completed=3) == 1
    assert out(job_impressions_completed=3, job_media_sheets_completed=2) == 2
    assert out(job_impressions_completed=-4) == 0


def test_a_job_without_a_known_state_says_nothing() -> None:
    assert read_job(Group(GroupTag.JOB, {"job-state": (17,)})) is None
    assert read_job(Group(GroupTag.JOB, {})) is None


def test_only_canceled_aborted_and_completed_are_settled() -> None:
    assert {state for state in JobState if state.settled} == {JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED}
