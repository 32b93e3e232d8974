"""The IPP driver where a printer misbehaves: on a printer of a few lines, and on a virtual clock."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from printers.errors import PrinterAway, PrinterError, PrinterRefused
from printers.ipp.printer import IppPagePrinter
from printers.ipp.watch import IppPace
from printers.model import Printed, PrinterProblem, PrintFailed, PrintJob, Progress, Settled
from tests.support.ipp_peer import ScriptedPrinter
from tests.support.printer_clocks import JumpingClock

_JOB = PrintJob("5f0c2a", b"%PDF-1.7 two sheets", 2)
_PRINT = 0x02


def _print(peer: ScriptedPrinter, give_up_after: float = 60.0, clock: JumpingClock | None = None) -> Settled:
    clock = clock or JumpingClock()
    return IppPagePrinter(peer, clock).print(_JOB, lambda _: None, lambda: clock.now >= give_up_after)


def test_progress_follows_the_sides_that_the_printer_tells() -> None:
    heard: list[Progress] = []
    peer = ScriptedPrinter(sides=[0, 0, 1, 3, 3, 4])
    assert IppPagePrinter(peer, JumpingClock()).print(_JOB, heard.append, lambda: False) == Printed(2)
    assert heard == [Progress(1, 1), Progress(1, 2), Progress(2, 2)]


def test_the_request_asks_for_what_a_certificate_needs_and_insists() -> None:
    peer = ScriptedPrinter(sides=[4])
    _print(peer)
    request = next(request for operation, request in peer.requests if operation == _PRINT)
    for wish in (b"iso_a4_210x297mm", b"two-sided-long-edge", b"print-scaling\x00\x04none", b"application/pdf"):
        assert wish in request
    assert b"ipp-attribute-fidelity\x00\x01\x01" in request
    assert request.endswith(b"\x03" + _JOB.document)


def test_what_an_earlier_life_left_in_the_queue_is_cancelled_before_anything_else() -> None:
    peer = ScriptedPrinter(sides=[0], jobs={1: ("left over", 5)})
    assert IppPagePrinter(peer, JumpingClock()).status().ready
    assert peer.jobs[1] == ("left over", 7)


def test_asking_for_the_status_over_a_job_does_not_cancel_it() -> None:
    peer = ScriptedPrinter(sides=[0, 1, 2, 3, 4])
    printer = IppPagePrinter(peer, JumpingClock())
    assert printer.print(_JOB, lambda _: None, lambda: not printer.status().ready) == Printed(2)


def test_a_left_over_job_that_does_not_go_keeps_the_printer_from_being_ready() -> None:
    peer = ScriptedPrinter(jobs={1: ("left over", 5)}, cancel_works=False)
    assert IppPagePrinter(peer, JumpingClock()).status().problems == {PrinterProblem.OTHER}
    with pytest.raises(PrinterRefused):
        _print(peer)
    assert _PRINT not in peer.operations()


def test_a_left_over_job_that_does_not_go_by_its_number_goes_with_all_of_the_kiosks() -> None:
    peer = ScriptedPrinter(jobs={1: ("left over", 5)}, one_by_one=False)
    assert IppPagePrinter(peer, JumpingClock()).status().ready
    assert peer.jobs == {1: ("left over", 7)}


def test_i2_after_a_failure_the_queue_is_looked_through_before_anything_else_is_printed() -> None:
    clock = JumpingClock()
    peer = ScriptedPrinter(sides=[2] * 400, reasons="none")
    printer = IppPagePrinter(peer, clock)
    assert isinstance(printer.print(_JOB, lambda _: None, lambda: clock.now >= 3), PrintFailed)
    # The printer takes the settled job up again by itself, as some do once a jam is cleared.
    peer.jobs[1] = (_JOB.name, 5)
    assert printer.status().ready
    assert peer.jobs[1][1] == 7


def test_a_sleeping_printer_is_roused_and_waited_for_before_its_word_counts() -> None:
    peer = ScriptedPrinter(asleep=6, hides="media-empty")
    printer = IppPagePrinter(peer, JumpingClock())
    assert (printer.status().ready, printer.status().asleep) == (True, True)
    assert printer.wake().problems == {PrinterProblem.PAPER_EMPTY}


def test_a_printer_that_sleeps_on_is_not_ready_for_money() -> None:
    clock = JumpingClock()
    assert IppPagePrinter(ScriptedPrinter(asleep=10**6), clock).wake().problems == {PrinterProblem.ASLEEP}
    assert clock.now == pytest.approx(IppPace().wake_within, abs=1)


@pytest.mark.parametrize(("status", "problems"), [(0x040B, {PrinterProblem.OTHER}), (0x0501, set()), (0, set())])
def test_before_money_a_printer_is_asked_whether_it_would_take_the_job(
    status: int, problems: set[PrinterProblem]
) -> None:
    peer = ScriptedPrinter(refuse_trial=status)
    assert IppPagePrinter(peer, JumpingClock()).wake().problems == problems
    assert not peer.jobs


def test_sheets_that_came_out_one_sided_are_spoiled_and_the_printer_stays_closed_until_somebody_saw_to_it() -> None:
    peer = ScriptedPrinter(sides=[4], sheets_told=4)
    printer = IppPagePrinter(peer, JumpingClock())
    assert printer.print(_JOB, lambda _: None, lambda: False) == PrintFailed(0, PrinterProblem.ONE_SIDED)
    assert printer.status().problems == printer.wake().problems == {PrinterProblem.ONE_SIDED}
    # An answer that got lost is nobody who saw to it.
    peer.lose = lambda _: True
    assert printer.status().problems == {PrinterProblem.OFFLINE}
    peer.lose = lambda _: False
    assert printer.status().problems == {PrinterProblem.ONE_SIDED}
    peer.reasons = "cover-open"
    assert printer.status().problems == {PrinterProblem.DOOR_OPEN}
    peer.reasons = "none"
    assert printer.status().ready


@pytest.mark.parametrize("sides", [0, 2])
def test_a_job_that_the_printer_makes_one_sided_is_taken_back_and_none_of_its_sheets_counts(sides: int) -> None:
    peer = ScriptedPrinter(sides=[sides] * 400, job_sides="one-sided")
    assert _print(peer) == PrintFailed(0, PrinterProblem.ONE_SIDED)
    assert peer.jobs[1][1] == 7


def test_a_job_whose_number_got_lost_is_found_by_its_name_and_not_sent_twice() -> None:
    peer = ScriptedPrinter(sides=[0, 1, 2, 3, 4], lose=lambda operation: operation == _PRINT)
    assert _print(peer) == Printed(2)
    assert peer.operations().count(_PRINT) == 1


def test_i7_an_answer_lost_over_a_job_that_the_printer_does_not_know_is_not_called_unsent() -> None:
    peer = ScriptedPrinter(refuse=0x0500, lose=lambda operation: operation == _PRINT)
    assert _print(peer) == PrintFailed(0, PrinterProblem.OTHER, cleared=True, unsent=False)


@pytest.mark.parametrize("status", [0x0500, 0x0504, 0x0505, 0x0507])
def test_i7_a_printer_that_broke_over_a_job_may_have_begun_it(status: int) -> None:
    peer = ScriptedPrinter(refuse=status)
    assert _print(peer) == PrintFailed(0, PrinterProblem.OTHER, cleared=True, unsent=False)


@pytest.mark.parametrize("question", [0x0A, 0x0B])
def test_an_answer_lost_before_the_job_was_sent_says_that_nothing_was_sent(question: int) -> None:
    with pytest.raises(PrinterAway) as away:
        _print(ScriptedPrinter(lose=lambda operation: operation == question))
    assert not away.value.may_have_sent


def test_silence_after_the_job_was_sent_is_never_called_cleared() -> None:
    peer = ScriptedPrinter(sides=[0])
    peer.lose = lambda operation: _PRINT in peer.operations()
    printer = IppPagePrinter(peer, clock := JumpingClock())
    settled = printer.print(_JOB, lambda _: None, lambda: clock.now > 5)
    assert settled == PrintFailed(0, PrinterProblem.OFFLINE, cleared=False)
    assert printer.status().problems == {PrinterProblem.OFFLINE}
    peer.lose = lambda _: False
    assert printer.status().ready
    assert [state for _, state in peer.jobs.values()] == [7]


@pytest.mark.parametrize("status", [0x040A, 0x040B, 0x0506, 0x0403])
def test_a_refused_job_is_a_refusal(status: int) -> None:
    with pytest.raises(PrinterRefused) as refused:
        _print(ScriptedPrinter(refuse=status))
    assert not refused.value.may_have_sent


def test_a_printer_that_would_not_print_both_sides_has_its_job_taken_back() -> None:
    peer = ScriptedPrinter(sides=[0, 0, 0], ignored=("sides",))
    assert _print(peer) == PrintFailed(0, PrinterProblem.OTHER, cleared=True)
    assert [state for _, state in peer.jobs.values()] == [7]


def test_an_empty_tray_told_while_the_last_sheet_still_runs_does_not_spoil_it() -> None:
    peer = ScriptedPrinter(sides=[0, 1, 2, 3, 3, 3, 4])
    clock = JumpingClock(lambda now: setattr(peer, "reasons", "media-empty-warning" if now > 1 else "none"))
    assert _print(peer, clock=clock) == Printed(2)


def test_a_jam_on_a_stopped_printer_is_not_waited_out() -> None:
    peer = ScriptedPrinter(sides=[0, 1, 2, 3, 3])

    def stop(now: float) -> None:
        if now >= 1.5:
            peer.reasons, peer.stopped = "media-jam-error", True

    clock = JumpingClock(stop)
    assert _print(peer, clock=clock) == PrintFailed(1, PrinterProblem.JAM, cleared=True)
    assert clock.now < 3


def test_a_jam_on_a_printer_that_claims_to_run_on_is_cancelled_after_a_while() -> None:
    peer = ScriptedPrinter(sides=[2] + [3] * 400)
    clock = JumpingClock(lambda now: setattr(peer, "reasons", "media-jam"))
    assert _print(peer, clock=clock, give_up_after=100) == PrintFailed(1, PrinterProblem.JAM, cleared=True)
    assert clock.now == pytest.approx(IppPace().fault_stands, abs=1.5)


def test_a_job_that_came_out_before_the_cancel_counts_as_printed() -> None:
    peer = ScriptedPrinter(sides=[3, 4], cancel_works=False)
    assert _print(peer, give_up_after=0) == Printed(2)


def test_a_job_that_will_not_be_cancelled_is_said_to_be_left_in_the_device() -> None:
    peer = ScriptedPrinter(sides=[2] * 400, cancel_works=False)
    assert _print(peer, give_up_after=3) == PrintFailed(1, PrinterProblem.OTHER, cleared=False)


def test_completed_with_errors_is_not_printed() -> None:
    peer = ScriptedPrinter(sides=[2], completed_with_errors=True)
    assert _print(peer) == PrintFailed(1, PrinterProblem.OTHER)


@pytest.mark.parametrize(("sides", "settled"), [(4, Printed(2)), (3, PrintFailed(1, PrinterProblem.OTHER))])
def test_a_job_the_printer_forgot_is_printed_only_if_all_its_sides_were_told(sides: int, settled: Settled) -> None:
    assert _print(ScriptedPrinter(sides=[2, sides, 4], forget_settled=True)) == settled


def test_a_printer_without_scaling_words_is_not_asked_for_them() -> None:
    peer = ScriptedPrinter(sides=[4], scaling=False)
    assert _print(peer) == Printed(2)
    assert not any(b"print-scaling\x00" in request for operation, request in peer.requests if operation == _PRINT)


def test_an_answer_to_another_request_is_no_answer() -> None:
    peer = ScriptedPrinter(garble=lambda answer: answer[:7] + b"\x99" + answer[8:])
    assert IppPagePrinter(peer, JumpingClock()).status().problems == {PrinterProblem.OFFLINE}


def test_a_printer_that_is_away_is_offline_and_gets_nothing() -> None:
    peer = ScriptedPrinter(away=True)
    assert IppPagePrinter(peer, JumpingClock()).status().problems == {PrinterProblem.OFFLINE}
    with pytest.raises(PrinterAway):
        _print(peer)


@settings(deadline=None)
@given(st.data())
def test_garbage_from_the_printer_at_any_point_gives_a_clear_outcome(data: st.DataObject) -> None:
    garbled_from = data.draw(st.integers(0, 12))
    answered = 0

    def garble(answer: bytes) -> bytes:
        nonlocal answered
        answered += 1
        if answered <= garbled_from:
            return answer
        cut = data.draw(st.integers(0, len(answer)))
        return data.draw(st.sampled_from((answer[:cut], answer[:8] + data.draw(st.binary(max_size=60)))))

    peer = ScriptedPrinter(sides=[0, 1, 2, 3, 4], garble=garble)
    printer = IppPagePrinter(peer, clock := JumpingClock(), IppPace(look_every=1, clear_within=2))
    try:
        settled = printer.print(_JOB, lambda _: None, lambda: clock.now > 5)
    except PrinterError as error:
        unsent = not error.may_have_sent
    else:
        assert isinstance(settled, Printed | PrintFailed)
        assert settled.sheets <= 2
        unsent = isinstance(settled, PrintFailed) and settled.unsent
    assert not (unsent and peer.jobs)
    assert peer.operations().count(_PRINT) <= 1
    printer.status()
