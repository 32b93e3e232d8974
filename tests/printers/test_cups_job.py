"""One job in two places, where they disagree in ways that a real queue shows for a moment only."""

import pytest

from printers.cups.job import QueuedJob
from printers.errors import PrinterAway
from printers.ipp.client import IppClient
from printers.ipp.state import JobState
from tests.support.ipp_peer import ScriptedPrinter

_NAME = "0f" * 16
_CANCEL_JOB = 0x08


def _job(queue: ScriptedPrinter, device: ScriptedPrinter) -> QueuedJob:
    return QueuedJob(IppClient(queue), IppClient(device), 1, _NAME)


@pytest.mark.parametrize("called", [JobState.CANCELED, JobState.ABORTED])
def test_i2_a_job_that_a_queue_at_work_calls_over_is_not_over(called: JobState) -> None:
    queue, device = ScriptedPrinter(jobs={1: (_NAME, called)}), ScriptedPrinter()
    facts, _ = _job(queue, device).look()
    assert facts is not None
    assert not facts.state.settled
    queue.stopped = True
    facts, _ = _job(queue, device).look()
    assert facts is not None
    assert (facts.state, facts.sides, facts.sheets) == (called, None, None)


def test_a_job_that_the_queue_completed_and_the_printer_never_had_was_not_printed() -> None:
    facts, _ = _job(ScriptedPrinter(jobs={1: (_NAME, 9)}, sides=[2]), ScriptedPrinter()).look()
    assert facts is not None
    assert (facts.state, facts.with_errors, facts.sides) == (JobState.COMPLETED, True, None)


def test_a_job_that_nobody_knows_is_forgotten() -> None:
    assert _job(ScriptedPrinter(), ScriptedPrinter()).look()[0] is None


def test_another_job_of_the_printer_is_not_taken_for_it() -> None:
    queue, device = ScriptedPrinter(jobs={1: (_NAME, 5)}, stopped=True), ScriptedPrinter(jobs={4: ("other", 5)})
    job = _job(queue, device)
    assert job.cancel() is not None
    assert _CANCEL_JOB in queue.operations()
    assert _CANCEL_JOB not in device.operations()


def test_cancelling_asks_queue_and_printer() -> None:
    queue = ScriptedPrinter(jobs={1: (_NAME, 5)}, stopped=True)
    device = ScriptedPrinter(jobs={7: (_NAME, 5)}, stopped=True)
    facts = _job(queue, device).cancel()
    assert facts is not None
    assert facts.state is JobState.CANCELED
    assert _CANCEL_JOB in device.operations()


def test_cancelling_asks_the_printer_also_when_the_queue_is_away() -> None:
    queue, device = ScriptedPrinter(away=True), ScriptedPrinter(jobs={7: (_NAME, 5)}, stopped=True)
    with pytest.raises(PrinterAway):
        _job(queue, device).cancel()
    assert device.jobs[7] == (_NAME, JobState.CANCELED)


def test_a_job_that_the_printer_aborted_is_taken_out_of_the_queue_which_might_send_it_again() -> None:
    queue, device = ScriptedPrinter(jobs={1: (_NAME, 5)}, sides=[0] * 9), ScriptedPrinter(jobs={7: (_NAME, 8)})
    _job(queue, device).look()
    assert _CANCEL_JOB in queue.operations()
