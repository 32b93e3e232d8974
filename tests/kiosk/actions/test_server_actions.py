"""Calls of a visit as events, and outcomes that are kept until the server has them."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from kiosk.actions.attempt import Attempt, AttemptOver
from kiosk.actions.devices_told import devices_of
from kiosk.actions.journal import REPORTS_KEPT, Journal
from kiosk.actions.notes import CALLS_KEPT, Note
from kiosk.actions.outcomes import REPORTS_AT_ONCE
from kiosk.actions.owing import owed_by
from kiosk.actions.room import ROOM_OF_A_VISIT
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import (
    EncryptedDocument,
    LogLine,
    OutcomeReport,
    PrepareAgain,
    Pulse,
    ReleasedDocument,
    ServerRefusal,
    Session,
)
from kiosk.actions.server_side import server_actions
from kiosk.actions.upkeep import NOTHING_KEPT_UP
from kiosk.errors import (
    JournalBroken,
    MunicipalityNotServed,
    NotAdmittedThere,
    RequestRejected,
    ServerAway,
    ServerFault,
)
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.documents import Delivery, FeeHeld, Outcome
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import OutOfService
from koufu.evidence.order import ProvenOrder
from koufu.evidence.words import CertificateKind, RefusalReason
from printers.model import PrinterProblem, PrinterStatus, PrinterWarning, not_ready
from tests.support.kiosk_actions import ORDER, PROVEN, Heard, ScriptedServer, attempts_with, make, only
from tests.support.kiosk_samples import BOARD, FACTS, OFFER, WINDOW
from tests.support.sim_log import SimLog, a_moment

OWN = make()
ENCRYPTED = EncryptedDocument(0, 0, OWN.waiting.document_no, 1, OWN.encrypted)
REFUSAL = ServerRefusal(RefusalReason.WITHHELD, 1, WINDOW)
REPORT = OutcomeReport(
    "992011", b"o" * 16, b"t" * 16, (Delivery(OWN.waiting, Outcome.DELIVERED, 1),), 200, None, "4Q7-K2M"
)


class Bench:
    def __init__(self, *answers: object) -> None:
        self.server = ScriptedServer(list(answers))
        self.attempts = attempts_with(OWN)
        self.attempt = self.attempts.of(1)
        self.attempt.session, self.attempt.answer = Session(b"session", b"challenge"), b"answer"
        self.store = SimLog()
        self.journal = Journal(self.store, nullcontext(), a_moment)
        self.actions = server_actions(only(self.server), self.attempts, self.journal)
        self.heard = Heard()

    def staff(self, occasion: Occasion, reference: str = "") -> do.CallStaff:
        """Staff are called, as the table of effects does it."""
        self.journal.note(Note(moment="2026-06-10T10:00:00", occasion=occasion, reference=reference, untold=True))
        self.actions.heartbeats.call_staff()
        return do.CallStaff(occasion, reference)

    def call(self, effect: do.Effect) -> on.Event:
        names: dict[type[do.Effect], Callable[[Any, Heard], None]] = {
            do.SendHeartbeat: self.actions.heartbeats.send,
            do.OpenSession: self.actions.calls.open_session,
            do.SendAnswer: self.actions.calls.send_answer,
            do.Prepare: self.actions.calls.prepare,
            do.Release: self.actions.calls.release,
        }
        names[type(effect)](effect, self.heard)
        return self.heard.last


CALLS: dict[str, do.Effect] = {
    "open": do.OpenSession(1, FACTS),
    "answer": do.SendAnswer(1),
    "prepare": do.Prepare(1),
    "release": do.Release(1, FeeHeld(200, 500)),
}
NAMES = {
    "open": do.ServerCall.OPEN_SESSION,
    "answer": do.ServerCall.ANSWER_CHALLENGE,
    "prepare": do.ServerCall.PREPARE,
    "release": do.ServerCall.RELEASE,
}


@pytest.mark.parametrize(
    ("call", "answer", "event"),
    [
        ("open", Session(b"session", b"challenge"), on.SessionOpened(1)),
        ("answer", OFFER, on.Offered(1, OFFER)),
        ("prepare", (ENCRYPTED,), on.Prepared(1, (OWN.waiting,))),
        ("release", (ReleasedDocument(0, 0, OWN.signed, OWN.key),), on.Released(1)),
        ("release", PrepareAgain(), on.RegisterMoved(1)),
    ],
)
def test_an_answer_is_told(call: str, answer: object, event: on.Event) -> None:
    assert Bench(answer).call(CALLS[call]) == event


@pytest.mark.parametrize("call", CALLS)
def test_a_refusal_names_the_kind_it_is_about(call: str) -> None:
    refused = on.Refused(1, RefusalReason.WITHHELD, CertificateKind.SEAL_REGISTRATION, WINDOW)
    assert Bench(REFUSAL).call(CALLS[call]) == refused
    assert Bench(replace(REFUSAL, line=None)).call(CALLS[call]) == replace(refused, kind=None)
    assert Bench(replace(REFUSAL, line=9)).call(CALLS[call]) == replace(refused, kind=None)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", [ServerAway("away"), ServerFault("fault"), RequestRejected("no")])
def test_no_answer_is_told_as_a_failed_call(call: str, fault: Exception) -> None:
    assert Bench(fault).call(CALLS[call]) == on.ServerFailed(1, NAMES[call])


@pytest.mark.parametrize("call", CALLS)
def test_a_municipality_that_no_server_answers_for_is_refused_and_not_called_away(call: str) -> None:
    refused = on.Refused(1, RefusalReason.MUNICIPALITY_UNKNOWN, None, None)
    assert Bench(MunicipalityNotServed("not named")).call(CALLS[call]) == refused


def test_a_terminal_whose_municipality_no_server_answers_for_says_so() -> None:
    bench = Bench(MunicipalityNotServed("not named"))
    assert bench.call(do.SendHeartbeat(frozenset())) == on.HeartbeatAnswered(None, OutOfService.NOT_SERVED)


@pytest.mark.parametrize("call", CALLS)
def test_i2_a_call_for_an_attempt_that_is_over_is_not_made(call: str) -> None:
    bench = Bench(REFUSAL)
    bench.attempts.open(2, "7AB-12C")
    with pytest.raises(AttemptOver):
        bench.call(CALLS[call])
    assert not bench.server.asked


def test_i2_an_answer_that_comes_after_its_attempt_reaches_no_later_one() -> None:
    class Late(ScriptedServer):
        def prepare(
            self, session_id: bytes, attempt_token: bytes, proven: ProvenOrder
        ) -> tuple[EncryptedDocument, ...]:
            later.append(bench.attempts.open(2, "7AB-12C"))
            return (ENCRYPTED,)

    bench, later = Bench(), list[Attempt]()
    old = bench.attempt
    bench.actions = server_actions(only(Late()), bench.attempts, bench.journal)
    assert bench.call(do.Prepare(1)) == on.Prepared(1, (OWN.waiting,))
    assert old.erased
    assert not later[0].encrypted


def test_i7_asking_again_sends_the_same_order_and_token() -> None:
    bench = Bench(ServerAway("lost"), (ENCRYPTED,), ServerAway("lost"), PrepareAgain())
    for effect in (do.Prepare(1), do.Prepare(1), CALLS["release"], CALLS["release"]):
        bench.call(effect)
    assert bench.server.asked == [
        *[("prepare", b"session", b"token of attempt", PROVEN)] * 2,
        *[("release", ORDER.order_id, b"token of attempt")] * 2,
    ]


@pytest.mark.parametrize("why", [ServerAway("no directory"), MunicipalityNotServed("not in it")], ids=repr)
def test_i7_without_the_key_to_check_statements_nothing_is_released(why: ServerAway | MunicipalityNotServed) -> None:
    bench = Bench()
    bench.server.no_key = why
    event = bench.call(CALLS["release"])
    refused = on.Refused(1, RefusalReason.MUNICIPALITY_UNKNOWN, None, None)
    assert event == (on.ServerFailed(1, NAMES["release"]) if isinstance(why, ServerAway) else refused)
    assert not bench.server.asked


def test_i7_an_order_is_written_down_before_the_server_hears_of_it() -> None:
    bench = Bench(ServerAway("lost"))
    bench.call(do.Prepare(1))
    assert bench.journal.visit == SavedVisit(
        attempt=1,
        reference="4Q7-K2M",
        municipality="992011",
        order_id=ORDER.order_id.hex(),
        token=b"token of attempt".hex(),
    )


@pytest.mark.parametrize("effect", [do.Prepare(1), CALLS["release"]], ids=("prepare", "release"))
def test_i7_no_order_goes_up_and_nothing_is_issued_that_the_journal_could_not_account_for(effect: do.Effect) -> None:
    bench = Bench((ENCRYPTED,))
    if isinstance(effect, do.Release):
        bench.call(do.Prepare(1))
    asked = list(bench.server.asked)
    bench.store.broken = True
    bench.journal.note(Note(moment="2026-06-10T10:00:00", occasion=Occasion.STAFF_WANTED, reference="4Q7-K2M"))
    with pytest.raises(JournalBroken):
        bench.call(effect)
    assert bench.server.asked == asked


def test_i7_an_order_without_room_for_its_visit_is_not_sent() -> None:
    bench = Bench((ENCRYPTED,))
    bench.journal.look()
    bench.store._room = ROOM_OF_A_VISIT
    bench.store.disk_full = True
    with pytest.raises(JournalBroken):
        bench.call(do.Prepare(1))
    assert not bench.server.asked


def test_i11_neither_a_document_nor_a_key_is_written_down() -> None:
    bench = Bench((ENCRYPTED,), (ReleasedDocument(0, 0, OWN.signed, OWN.key),))
    bench.call(do.Prepare(1))
    bench.call(CALLS["release"])
    saved = b"".join(bench.store.all_saved).decode()
    assert OWN.waiting.document_no in saved
    assert not any(secret in saved for secret in (OWN.key.hex(), OWN.encrypted[:16].hex(), "PDF", "見本"))


def test_a_document_for_a_line_nobody_ordered_is_a_fault() -> None:
    assert Bench((replace(ENCRYPTED, line=7),)).call(do.Prepare(1)) == on.ServerFailed(1, do.ServerCall.PREPARE)


def _warning(*warnings: PrinterWarning) -> PrinterStatus:
    return PrinterStatus(warnings=frozenset(warnings))


def test_a_heartbeat_tells_the_devices_and_brings_the_board() -> None:
    bench = Bench(Pulse(BOARD, None))
    event = bench.call(do.SendHeartbeat(frozenset({OutOfService.PAPER}), cash=False, cashless=False))
    assert event == on.HeartbeatAnswered(BOARD, None)
    assert bench.server.asked == [
        (
            "heartbeat",
            {
                "printer": "ready",
                "paper": "empty",
                "slips": "ready",
                "cash": "stopped",
                "cashless": "offline",
                "card": "ready",
                "sensors": "ready",
            },
        )
    ]


@pytest.mark.parametrize(
    ("pages", "slips", "told"),
    [
        (PrinterStatus(), PrinterStatus(), ("ready", "ready", "ready")),
        (_warning(PrinterWarning.PAPER_LOW), _warning(PrinterWarning.PAPER_LOW), ("ready", "low", "paper-low")),
        (_warning(PrinterWarning.TONER_LOW, PrinterWarning.WEARING), PrinterStatus(), ("toner-low", "ready", "ready")),
        (_warning(PrinterWarning.ASLEEP), not_ready(PrinterProblem.CUTTER), ("asleep", "ready", "cutter")),
        (
            not_ready(PrinterProblem.DOOR_OPEN),
            not_ready(PrinterProblem.PAPER_EMPTY),
            ("door-open", "ready", "paper-empty"),
        ),
        (not_ready(PrinterProblem.PAPER_EMPTY), not_ready(PrinterProblem.OFFLINE), ("ready", "empty", "offline")),
    ],
)
def test_the_municipality_hears_of_each_printer_what_is_wrong_or_runs_low(
    pages: PrinterStatus, slips: PrinterStatus, told: tuple[str, str, str]
) -> None:
    words = devices_of(do.SendHeartbeat(frozenset(), pages, slips))
    assert (words["printer"], words["paper"], words["slips"]) == told


def test_a_printer_that_a_visit_was_closed_for_is_told_as_stopped_until_it_was_looked_at() -> None:
    words = devices_of(do.SendHeartbeat(frozenset({OutOfService.PRINTER, OutOfService.SLIPS})))
    assert (words["printer"], words["slips"]) == ("stopped", "stopped")


@pytest.mark.parametrize("fault", [ServerAway("away"), ServerFault("fault")])
def test_a_heartbeat_without_an_answer_is_told(fault: Exception) -> None:
    assert Bench(fault).call(do.SendHeartbeat(frozenset())) == on.HeartbeatFailed()


def test_a_call_for_staff_is_told_at_once() -> None:
    bench = Bench(Pulse(BOARD, None))
    call = bench.staff(Occasion.STAFF_WANTED, "4Q7-K2M")
    assert bench.server.asked == [("heartbeat", {}, call)]
    assert bench.heard.events == [], "how the terminal stands, a heartbeat of the flow asks"


@pytest.mark.parametrize("fault", [ServerAway("away"), ServerFault("fault"), MunicipalityNotServed("none")])
def test_a_call_for_staff_is_kept_until_the_server_has_it(fault: Exception) -> None:
    bench = Bench(fault, Pulse(BOARD, None), Pulse(BOARD, None))
    call = bench.staff(Occasion.LEFT_BEHIND)
    for _ in range(2):
        bench.call(do.SendHeartbeat(frozenset()))
    assert [asked[2:] for asked in bench.server.asked] == [(call,), (call,), ()]


def test_i7_a_debt_is_told_again_to_a_server_that_did_not_take_the_call() -> None:
    """As that of a terminal that an officer has stopped."""
    bench = Bench(Pulse(None, OutOfService.NOT_ADMITTED, took_calls=False), Pulse(BOARD, None))
    call = bench.staff(Occasion.DEBT, "4Q7-K2M")
    assert [each.call() for each in bench.journal.untold()] == [call]
    bench.call(do.SendHeartbeat(frozenset()))
    assert not bench.journal.untold()


def test_only_the_last_calls_for_staff_are_kept() -> None:
    bench = Bench()
    calls = [bench.staff(Occasion.FAULT, f"ref-{number}") for number in range(CALLS_KEPT + 5)]
    assert bench.server.asked[-1][2:] == tuple(calls[-CALLS_KEPT:])


def test_i7_no_key_pushes_a_call_about_money_out() -> None:
    bench = Bench()
    debt = bench.staff(Occasion.DEBT, "4Q7-K2M")
    for number in range(CALLS_KEPT + 5):
        bench.staff(Occasion.STAFF_WANTED, f"ref-{number}")
    assert len(bench.server.asked[-1][2:]) == CALLS_KEPT
    assert bench.server.asked[-1][2] == debt


def test_i7_more_calls_about_money_than_go_at_once_all_reach_the_server() -> None:
    bench = Bench(*[ServerAway("away")] * (CALLS_KEPT + 5), *[Pulse(BOARD, None)] * 3)
    calls = [bench.staff(Occasion.DEBT, f"ref-{number}") for number in range(CALLS_KEPT + 5)]
    for _ in range(3):
        bench.call(do.SendHeartbeat(frozenset()))
    assert [call for asked in bench.server.asked[-3:] for call in asked[2:]] == calls


def test_i7_a_call_about_money_that_was_not_told_survives_a_restart_and_a_pressed_key_does_not() -> None:
    bench = Bench(ServerAway("away"))
    debt = bench.staff(Occasion.DEBT, "4Q7-K2M")
    bench.staff(Occasion.STAFF_WANTED)
    again = ScriptedServer([Pulse(BOARD, None), Pulse(BOARD, None)])
    actions = server_actions(only(again), bench.attempts, Journal(bench.store, nullcontext(), a_moment))
    actions.heartbeats.send(do.SendHeartbeat(frozenset()), bench.heard)
    actions.heartbeats.send(do.SendHeartbeat(frozenset()), bench.heard)
    assert [asked[2:] for asked in again.asked] == [(debt,), ()]


def test_a_key_pressed_again_in_one_visit_is_one_call() -> None:
    bench = Bench(Pulse(BOARD, None))
    for _ in range(3):
        bench.staff(Occasion.STAFF_WANTED, "4Q7-K2M")
    assert [asked[2:] for asked in bench.server.asked] == [(do.CallStaff(Occasion.STAFF_WANTED, "4Q7-K2M"),)]
    assert len(bench.journal.notes) == 1
    other = bench.staff(Occasion.STAFF_WANTED, "7AB-12C")
    assert bench.server.asked[-1][2:] == (other,)


def test_a_key_pressed_without_a_visit_is_a_new_call_once_the_last_one_was_told() -> None:
    bench = Bench(ServerAway("away"), Pulse(BOARD, None), Pulse(BOARD, None))
    for _ in range(3):
        bench.staff(Occasion.STAFF_WANTED)
    call = do.CallStaff(Occasion.STAFF_WANTED)
    assert [asked[2:] for asked in bench.server.asked] == [(call,)] * 3
    assert len(bench.journal.notes) == 2


def test_an_outcome_is_kept_until_the_server_has_it() -> None:
    bench = Bench(ServerAway("away"), ServerFault("busy"), None, Pulse(None, None))
    bench.journal.report(REPORT)
    bench.actions.outcomes.send(bench.heard)
    bench.actions.outcomes.send(bench.heard)
    assert bench.journal.waiting() == (REPORT,)
    bench.call(do.SendHeartbeat(frozenset()))
    assert bench.journal.waiting() == ()
    assert [asked[0] for asked in bench.server.asked[-2:]] == ["report", "heartbeat"]
    assert bench.server.asked[-2] == ("report", REPORT)


def test_an_outcome_that_the_server_does_not_take_is_set_aside_and_the_next_one_sent() -> None:
    second = replace(REPORT, order_id=b"p" * 16)
    bench = Bench(RequestRejected("no"), None)
    bench.journal.report(REPORT)
    bench.journal.report(second)
    bench.actions.outcomes.send(bench.heard)
    assert (bench.journal.waiting(), bench.journal.set_aside) == ((), 1)
    call = do.CallStaff(Occasion.OUTCOME_REFUSED, "4Q7-K2M", 200)
    assert bench.heard.events == [on.StaffNeeded(call)]
    assert bench.server.asked == [("report", REPORT), ("report", second)]


def many(number: int) -> list[OutcomeReport]:
    return [replace(REPORT, order_id=bytes([each]) * 16) for each in range(number)]


def test_only_so_many_outcomes_go_with_one_heartbeat_and_each_has_its_turn() -> None:
    reports = many(REPORTS_AT_ONCE + 3)
    bench = Bench(*[ServerFault("busy")] * REPORTS_AT_ONCE, *[None] * 3)
    for report in reports:
        bench.journal.report(report)
    bench.actions.outcomes.send(bench.heard)
    assert bench.server.asked == [("report", report) for report in reports[:REPORTS_AT_ONCE]]
    bench.actions.outcomes.send(bench.heard)
    assert bench.journal.waiting() == tuple(reports[:REPORTS_AT_ONCE])


def test_more_untold_outcomes_than_there_may_be_close_the_terminal_and_call_staff_once() -> None:
    bench = Bench()
    for report in many(REPORTS_KEPT):
        bench.journal.report(report)
    bench.actions.outcomes.send(bench.heard)
    assert not bench.journal.overdue
    assert not bench.heard.events
    bench.journal.report(REPORT)
    for _ in range(2):
        bench.actions.outcomes.send(bench.heard)
    assert bench.heard.events == [on.StaffNeeded(do.CallStaff(Occasion.OUTCOMES_UNTOLD))]
    assert not bench.journal.works
    assert not bench.journal.look(), "it is on disk, and nobody is served all the same"
    assert len(Journal(bench.store, nullcontext(), a_moment).waiting()) == REPORTS_KEPT + 1
    bench.journal.told(REPORT)
    assert bench.journal.look()


def test_the_terminals_own_server_hears_how_it_is() -> None:
    bench = Bench(Pulse(BOARD, None))
    for yen in (500, 300):
        owing = Note(moment="2026-06-10T10:00:00", occasion=Occasion.DEBT, reference="4Q7-K2M", yen=yen, untold=True)
        bench.journal.note(owing)
    away = frozenset({OutOfService.PAPER, OutOfService.SERVER_AWAY})
    bench.call(do.SendHeartbeat(away, PrinterStatus(sheets_available=12)))
    (told,) = bench.server.told
    assert told is not None
    assert (told.faults, told.in_tray, told.log) == ((OutOfService.PAPER,), 12, None)
    assert (told.owed.debts, told.owed.debt_yen, told.owed.calls_untold) == (1, 300, 2)


def test_what_came_out_after_all_is_owed_no_more() -> None:
    journal = Bench(Pulse(BOARD, None)).journal
    said = [(Occasion.UNCONFIRMED_DEBT, 500), (Occasion.PAID_AFTER_ALL, 200), (Occasion.PAID_AFTER_ALL, 300)]
    for occasion, yen in said:
        journal.note(Note(moment="2026-06-10T10:00:00", occasion=occasion, reference="4Q7-K2M", yen=yen))
    assert (owed_by(journal).debts, owed_by(journal).debt_yen) == (1, 200)
    journal.note(Note(moment="2026-06-10T10:00:01", occasion=Occasion.PAID_AFTER_ALL, reference="4Q7-K2M", yen=500))
    assert (owed_by(journal).debts, owed_by(journal).debt_yen) == (0, 0)


def test_a_log_goes_with_the_heartbeat_after_the_one_that_was_asked_for_it() -> None:
    line = LogLine(1, {"event": "announced"})
    bench = Bench(Pulse(BOARD, None, wants_log=True), Pulse(BOARD, None), Pulse(BOARD, None))
    upkeep = replace(NOTHING_KEPT_UP, log=lambda: (line,))
    bench.actions = server_actions(only(bench.server), bench.attempts, bench.journal, upkeep)
    for _ in range(3):
        bench.call(do.SendHeartbeat(frozenset()))
    assert [None if told is None else told.log for told in bench.server.told] == [None, (line,), None]


def test_a_municipality_that_does_not_know_the_renewed_x509_is_shown_it() -> None:
    not_known = Pulse(None, OutOfService.NOT_ADMITTED)
    bench = Bench(not_known, Pulse(BOARD, None), Session(b"session", b"challenge"), not_known)
    shown: list[str] = []

    def introduce(municipality: str) -> bool:
        shown.append(municipality)
        return len(shown) == 1

    elsewhere = do.OpenSession(1, FACTS, "992020")
    upkeep = replace(NOTHING_KEPT_UP, introduce=introduce)
    bench.actions = server_actions(only(bench.server), bench.attempts, bench.journal, upkeep)
    assert bench.call(elsewhere) == on.SessionOpened(1, BOARD)
    assert bench.server.told == [None, None]
    assert bench.call(elsewhere) == on.Refused(1, RefusalReason.TERMINAL_NOT_ADMITTED, None, None)
    assert shown == ["992020", "992020"]


@pytest.mark.parametrize(
    ("refused", "stays"),
    [
        (Pulse(None, OutOfService.NOT_ADMITTED), on.HeartbeatAnswered(None, OutOfService.NOT_ADMITTED)),
        (ServerAway("no handshake"), on.HeartbeatFailed()),
    ],
)
def test_a_terminal_that_fell_back_asks_its_server_once_more(refused: Pulse | ServerAway, stays: on.Event) -> None:
    for helps, expected in ((True, on.HeartbeatAnswered(BOARD, None)), (False, stays)):
        bench = Bench(refused, Pulse(BOARD, None))
        upkeep = replace(NOTHING_KEPT_UP, fall_back=partial(bool, helps))
        bench.actions = server_actions(only(bench.server), bench.attempts, bench.journal, upkeep)
        assert bench.call(do.SendHeartbeat(frozenset())) == expected


def test_i7_an_outcome_of_an_x509_that_its_server_does_not_know_yet_is_sent_once_it_was_shown() -> None:
    elsewhere, home = replace(REPORT, municipality="992020", alarm="proof"), replace(REPORT, order_id=b"p" * 16)
    not_known = NotAdmittedThere("not known")
    bench = Bench(not_known, None)
    bench.journal.report(elsewhere)
    bench.journal.report(replace(elsewhere, order_id=b"q" * 16))
    bench.journal.report(home)
    shown: list[str] = []

    def introduce(municipality: str) -> bool:
        shown.append(municipality)
        return len(shown) == 2

    upkeep = replace(NOTHING_KEPT_UP, introduce=introduce)
    bench.actions = server_actions(only(bench.server), bench.attempts, bench.journal, upkeep)
    bench.actions.outcomes.send(bench.heard)
    assert [each.municipality for each in bench.journal.waiting()] == ["992020", "992020"], "home had its own"
    assert (bench.journal.set_aside, bench.heard.events) == (0, []), "nothing is lost, and nobody is called"
    assert bench.journal.alarms_untold == {"992020"}
    bench.server.answers = [not_known, None, None]
    bench.actions.outcomes.send(bench.heard)
    assert (bench.journal.waiting(), bench.journal.alarms_untold) == ((), frozenset())
    assert shown == ["992020", "992020"]
