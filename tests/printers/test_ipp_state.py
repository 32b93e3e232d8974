"""What a printer's attributes mean for the kiosk."""

import pytest

from printers.ipp.codec import Group, GroupTag, Value
from printers.ipp.reasons import read_reasons
from printers.ipp.state import JobState, read_job, read_printer
from printers.model import PrinterProblem, PrinterWarning

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
        ("paused", PrinterProblem.PAUSED),
        ("moving-to-paused-report", PrinterProblem.PAUSED),
        ("hold-new-jobs", PrinterProblem.PAUSED),
        ("power-down", PrinterProblem.OFFLINE),
        ("marker-waste-toner-receptacle-full", PrinterProblem.WORN_OUT),
        ("opc-life-over-error", PrinterProblem.WORN_OUT),
        ("media-path-cannot-duplex-media-selected", PrinterProblem.ONE_SIDED),
        ("media-path-media-tray-full", PrinterProblem.OUTPUT_FULL),
        ("input-tray-elevation-failure-error", PrinterProblem.PAPER_EMPTY),
        ("stacker-full-warning", PrinterProblem.OUTPUT_FULL),
        ("stapler-jam-error", PrinterProblem.JAM),
        ("sheet-rotator-cover-open", PrinterProblem.DOOR_OPEN),
        ("separation-cutter-unrecoverable-failure-error", PrinterProblem.OTHER),
        ("stapler-empty-error", PrinterProblem.OTHER),
        ("Media-Jam-ERROR", PrinterProblem.JAM),
        ("fuser-on-fire-error", PrinterProblem.OTHER),
        ("fuser-on-fire", PrinterProblem.OTHER),
        ("other", PrinterProblem.OTHER),
        ("-error", PrinterProblem.OTHER),
    ],
)
def test_reasons_are_problems_whatever_their_severity(reason: str, problem: PrinterProblem) -> None:
    assert read_reasons([reason]).problems == {problem}


@pytest.mark.parametrize(
    "reason",
    [
        "none",
        "none-report",
        "toner-low-warning",
        "media-low",
        "fuser-on-fire-warning",
        "fuser-on-fire-report",
        "other-warning",
        "stapler-empty",
        "stapler-unrecoverable-storage-error",
        "trimmer-life-over-warning",
        "printer-ready-to-print",
        "cups-waiting-for-job-completed",
        "deep-sleep",
        "",
    ],
)
def test_what_does_not_stop_printing_is_no_problem(reason: str) -> None:
    assert read_reasons([reason]).problems == frozenset()


@pytest.mark.parametrize(
    ("reason", "warning"),
    [
        ("media-low-warning", PrinterWarning.PAPER_LOW),
        ("toner-low", PrinterWarning.TONER_LOW),
        ("marker-supply-low-report", PrinterWarning.TONER_LOW),
        ("output-area-almost-full-warning", PrinterWarning.OUTPUT_FILLING),
        ("opc-near-eol", PrinterWarning.WEARING),
        ("marker-waste-almost-full-error", PrinterWarning.WEARING),
        ("deep-sleep-report", PrinterWarning.ASLEEP),
        ("standby", PrinterWarning.ASLEEP),
    ],
)
def test_what_runs_low_or_sleeps_is_a_warning(reason: str, warning: PrinterWarning) -> None:
    assert read_reasons([reason]).warnings == {warning}


def test_a_fit_and_idle_printer_is_ready() -> None:
    facts = read_printer(_printer())
    assert facts.status.ready
    assert facts.unfit() is None


def test_low_paper_warns_and_prints_on() -> None:
    status = read_printer(_printer(printer_state_reasons=("media-low-warning",))).status
    assert (status.paper_low, status.ready) == (True, True)


def test_a_printer_that_stopped_over_a_mere_warning_is_not_ready() -> None:
    stopped = read_printer(_printer(printer_state=(5,), printer_state_reasons=("toner-low-warning",))).status
    assert stopped.problems == {PrinterProblem.OTHER}
    assert stopped.warnings == {PrinterWarning.TONER_LOW}


@pytest.mark.parametrize(
    ("counts", "wrong"),
    [
        ({}, None),
        ({"job_media_sheets_completed": 0, "job_impressions_completed": 0}, None),
        ({"job_media_sheets_completed": 2, "job_impressions_completed": 4}, None),
        ({"job_impressions_completed": 4}, None),
        ({"job_media_sheets_completed": 4, "job_impressions_completed": 4}, PrinterProblem.ONE_SIDED),
        ({"job_media_sheets_completed": 4}, PrinterProblem.ONE_SIDED),
        ({"job_media_sheets_completed": 1, "job_impressions_completed": 2}, PrinterProblem.OTHER),
        ({"job_impressions_completed": 2}, PrinterProblem.OTHER),
        ({"job_media_sheets_completed": 3}, PrinterProblem.OTHER),
    ],
)
def test_a_completed_job_of_two_sheets_is_held_against_what_the_printer_counted(
    counts: dict[str, int], wrong: PrinterProblem | None
) -> None:
    told: dict[str, tuple[Value, ...]] = {name.replace("_", "-"): (count,) for name, count in counts.items()}
    job = read_job(Group(GroupTag.JOB, {"job-state": (9,), **told}))
    assert job is not None
    assert job.miscounted(2) is wrong


def test_a_printer_that_says_that_it_prints_one_side_is_taken_at_its_word() -> None:
    job = read_job(Group(GroupTag.JOB, {"job-state": (9,), "sides": ("one-sided",)}))
    assert job is not None
    assert job.miscounted(1) is PrinterProblem.ONE_SIDED


@pytest.mark.parametrize(
    "lacking",
    [
        {"media_supported": ("na_letter_8.5x11in",)},
        {"sides_supported": ("one-sided",)},
        {"sides_supported": ()},
        {"document_format_supported": ("image/pwg-raster",)},
        {"cups_version": ("2.4.2",)},
    ],
)
def test_a_printer_without_a4_both_sides_or_pdf_is_unfit(lacking: dict[str, tuple[Value, ...]]) -> None:
    assert read_printer(_printer(**lacking)).unfit()


def test_other_paper_in_the_tray_is_no_paper() -> None:
    status = read_printer(_printer(media_ready=("na_letter_8.5x11in",))).status
    assert status.problems == {PrinterProblem.PAPER_EMPTY}


def test_a_printer_that_is_stopped_or_takes_no_jobs_is_not_ready() -> None:
    assert read_printer(_printer(printer_state=(5,))).status.problems == {PrinterProblem.OTHER}
    assert read_printer(_printer(printer_is_accepting_jobs=(False,))).status.problems == {PrinterProblem.PAUSED}


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
