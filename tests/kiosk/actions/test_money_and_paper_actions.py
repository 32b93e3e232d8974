"""Money and paper as the actions handle them: told as events, written down before anybody acts on it, then wiped."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace

import pytest

from hardware.cash.model import CashEvent, CashProblem, Payout
from hardware.cash.virtual import VirtualCash
from kiosk.actions.attempt import AttemptOver
from kiosk.actions.cash import CashActions
from kiosk.actions.journal import Journal
from kiosk.actions.paper import PaperActions
from kiosk.actions.saved import SavedVisit
from kiosk.errors import JournalBroken
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.documents import AcceptedDocument, Delivery, Outcome, ReadyToPay, delivery
from printers.errors import AnswerLost, PrinterError
from printers.model import Printed, PrinterProblem, PrintFailed, PrintJob, Progress, Settled
from printers.virtual import VirtualPagePrinter, VirtualSlipPrinter
from tests.support.cards import seeded
from tests.support.kiosk_actions import Heard, attempts_with, checked, make
from tests.support.kiosk_samples import RESIDENCE_DOCUMENT
from tests.support.sim_log import SimLog, a_moment

OWN = make(sheets=2)
ACCEPT = do.AcceptMoney(1, ReadyToPay((RESIDENCE_DOCUMENT,), 200))


class Instant:
    """A clock on which time passes at once."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


def journal(store: SimLog) -> Journal:
    opened = Journal(store, nullcontext(), a_moment)
    opened.begin(SavedVisit(attempt=1, reference="4Q7-K2M", municipality="992011", order_id="00", token="00"))
    return opened


class Till:
    def __init__(self) -> None:
        self.device, self.store, self.heard = VirtualCash(), SimLog(), Heard()
        self.journal = journal(self.store)
        self.desk = CashActions(self.device, self.journal)

    def paid(self, *pieces: int) -> "Till":
        self.desk.accept(ACCEPT, self.heard)
        for piece in pieces:
            self.device.insert(piece)
        return self

    @property
    def visit(self) -> SavedVisit:
        assert self.journal.visit is not None
        return self.journal.visit


def test_every_coin_is_told_and_written_down() -> None:
    till = Till().paid(100, 500)
    taken = [event for event in till.heard.events if isinstance(event, on.MoneyTaken)]
    assert taken == [on.MoneyTaken(1, 100), on.MoneyTaken(1, 600)]
    assert (till.visit.paying, till.visit.held) == (True, 600)
    assert isinstance(till.heard.events[0], on.SlotsOpen)


def test_slots_that_do_not_open_and_slots_that_fail_are_told() -> None:
    broken = Till()
    broken.device.fail(CashProblem.OFFLINE)
    broken.desk.accept(ACCEPT, broken.heard)
    assert broken.heard.events == [on.CashStopped(1, 0)]
    failing = Till().paid(100)
    failing.device.fail(CashProblem.JAM)
    assert failing.heard.last == on.CashStopped(1, 100)


def test_closing_the_slots_tells_what_is_held() -> None:
    till = Till().paid(500)
    till.desk.secure(do.SecureMoney(1), till.heard)
    assert till.heard.last == on.MoneySecured(1, 500)
    assert not till.device.insert(100)


def test_i7_a_device_that_forgets_what_it_took_takes_nothing_out_of_the_journal() -> None:
    till = Till().paid(500)
    till.device.forget_money()
    assert till.device.insert(100)
    taken = till.heard.last
    till.desk.secure(do.SecureMoney(1), till.heard)
    assert (taken, till.heard.last) == (on.MoneyTaken(1, 600), on.MoneySecured(1, 100))
    assert (till.visit.held, till.visit.due, till.visit.unclear) == (600, 600, True)


def test_i7_a_device_that_fails_and_forgets_takes_nothing_out_of_the_journal() -> None:
    till = Till().paid(500)
    till.device.forget_money()
    till.device.fail(CashProblem.OFFLINE)
    assert till.heard.last == on.CashStopped(1, 0)
    assert (till.visit.held, till.visit.due, till.visit.unclear) == (500, 500, True)


def test_i7_a_coin_told_after_the_slots_were_closed_makes_nothing_less() -> None:
    class Late(VirtualCash):
        """Its thread hands on what it took a moment after the slots were closed."""

        def accept(self, fee: int, tell: Callable[[CashEvent], None]) -> None:
            self.late: list[CashEvent] = []
            super().accept(fee, self.late.append)
            self.hand_on = tell

    till = Till()
    device = Late()
    till.desk = CashActions(device, till.journal)
    till.desk.accept(ACCEPT, till.heard)
    assert device.insert(50)
    assert device.insert(100)
    till.desk.secure(do.SecureMoney(1), till.heard)
    held = []
    for event in device.late:
        device.hand_on(event)
        held.append((till.visit.held, till.visit.unclear))
    assert held == [(150, False)] * 2


def test_i7_all_of_it_goes_back_and_what_came_out_is_written_down() -> None:
    till = Till().paid(100, 50)
    till.device.fail_payout_after(1)
    till.desk.give_back(do.ReturnMoney(1), till.heard)
    assert till.heard.last == on.MoneyReturned(1, Payout(150, 100))
    assert (till.visit.settling, till.visit.held, till.visit.paid_out, till.visit.captured) == (True, 150, 100, 0)


def test_i7_the_fee_is_kept_and_the_rest_paid_out() -> None:
    till = Till().paid(500)
    till.desk.settle(do.SettleMoney(1, 200), till.heard)
    assert till.heard.last == on.MoneySettled(1, 200, Payout(300, 300))


def test_i7_a_device_that_holds_less_than_the_fee_keeps_nothing() -> None:
    till = Till().paid(100)
    till.desk.settle(do.SettleMoney(1, 200), till.heard)
    assert till.heard.last == on.MoneySettled(1, 0, Payout(100, 100))
    assert (till.visit.captured, till.visit.paid_out) == (0, 100)


def test_i7_change_comes_out_and_the_fee_can_still_go_back() -> None:
    till = Till().paid(500)
    till.desk.give_change(do.GiveChange(1, 200), till.heard)
    assert till.heard.events[-1:] == [on.ChangeGiven(1, Payout(300, 300))]
    assert (till.visit.held, till.visit.paid_out, till.device.status().held) == (500, 300, 200)
    till.desk.give_back(do.ReturnMoney(1), till.heard)
    assert till.heard.last == on.MoneyReturned(1, Payout(200, 200))
    assert till.visit.paid_out == 500


def test_i7_a_device_that_holds_less_than_the_fee_gives_no_change() -> None:
    till = Till().paid(100)
    till.desk.give_change(do.GiveChange(1, 200), till.heard)
    assert till.heard.last == on.CashStopped(1, 100)
    assert till.visit.payout is None


@pytest.mark.parametrize(
    ("deed", "told"),
    [
        (
            lambda till: till.desk.give_change(do.GiveChange(1, 200), till.heard),
            on.ChangeGiven(1, Payout(300, 300)),
        ),
        (lambda till: till.desk.give_back(do.ReturnMoney(1), till.heard), on.MoneyReturned(1, Payout(500, 500))),
        (
            lambda till: till.desk.settle(do.SettleMoney(1, 200), till.heard),
            on.MoneySettled(1, 200, Payout(300, 300)),
        ),
    ],
)
def test_i7_what_the_device_did_is_told_though_the_journal_can_not_be_written(
    deed: Callable[["Till"], None], told: on.Event
) -> None:
    till = Till().paid(500)
    till.store.broken = True
    deed(till)
    assert till.heard.last == told
    assert not till.journal.works


def test_i7_no_slot_opens_and_nothing_is_printed_that_the_journal_could_not_account_for() -> None:
    till, tray = Till(), Tray()
    till.store.broken = tray.store.broken = True
    with pytest.raises(JournalBroken):
        till.paid()
    with pytest.raises(JournalBroken):
        tray.print()
    assert (till.heard.events, tray.heard.events, tray.printer.delivered) == ([], [], [])
    assert tray.visit.deliveries == (Delivery(OWN.waiting, Outcome.NOT_PRINTED, 0),)


def test_i2_money_of_an_old_attempt_does_not_touch_the_visit_at_hand() -> None:
    till = Till().paid(500)
    till.journal.begin(SavedVisit(attempt=2, reference="7AB-12C", municipality="992011", order_id="01", token="01"))
    till.desk.give_back(do.ReturnMoney(1), till.heard)
    assert till.heard.last == on.MoneyReturned(1, Payout(500, 500))
    assert till.visit == SavedVisit(attempt=2, reference="7AB-12C", municipality="992011", order_id="01", token="01")


def test_what_the_printer_says_after_the_money_was_settled_changes_nothing() -> None:
    tray = Tray()
    tray.journal.update(1, lambda visit: visit.model_copy(update={"settling": True}))
    assert tray.print() == on.DocumentSettled(1, Printed(2))
    assert (tray.visit.fee, tray.visit.deliveries) == (0, ())


def test_what_the_devices_can_do_is_told() -> None:
    till, paper = Till(), Tray()
    till.desk.look(till.heard)
    paper.desk.look(do.LookAtPrinters(), paper.heard)
    assert till.heard.last == on.CashSeen(till.device.status())
    assert paper.heard.last == on.PrintersSeen(paper.printer.status(), paper.slips.status())


def test_before_money_a_sleeping_printer_is_woken_and_tells_what_it_hid() -> None:
    paper = Tray()
    paper.printer.fall_asleep()
    paper.printer.fail(PrinterProblem.DOOR_OPEN)
    paper.desk.look(do.LookAtPrinters(), paper.heard)
    assert isinstance(paper.heard.last, on.PrintersSeen)
    assert paper.heard.last.pages.ready
    paper.desk.look(do.LookAtPrinters(awake=True), paper.heard)
    assert isinstance(paper.heard.last, on.PrintersSeen)
    assert paper.heard.last.pages.problems == {PrinterProblem.DOOR_OPEN}


class Tray:
    def __init__(self) -> None:
        self.printer, self.slips = VirtualPagePrinter(Instant()), VirtualSlipPrinter()
        self.attempts, self.store, self.heard = attempts_with(OWN), SimLog(), Heard()
        self.journal = journal(self.store)
        self.attempts.of(1).keep_checked(OWN.waiting, checked(OWN))
        self.desk = PaperActions(self.printer, self.slips, self.attempts, self.journal, seeded())

    def print(self, attempt: int = 1) -> on.Event:
        self.desk.print(do.PrintDocument(attempt, AcceptedDocument(OWN.waiting), 200), self.heard)
        return self.heard.last

    @property
    def visit(self) -> SavedVisit:
        assert self.journal.visit is not None
        return self.journal.visit


def test_a_document_is_printed_with_progress_and_forgotten() -> None:
    tray = Tray()
    assert tray.print() == on.DocumentSettled(1, Printed(2))
    progress = [event for event in tray.heard.events if isinstance(event, on.SheetProgress)]
    assert progress == [on.SheetProgress(1, sheet, side) for sheet in (1, 2) for side in (1, 2)]
    attempt = tray.attempts.of(1)
    assert (attempt.checked, attempt.encrypted, attempt.released) == ({}, {}, {})
    assert [out.job.document for out in tray.printer.delivered] == [OWN.file] * 2
    assert (tray.visit.deliveries, tray.visit.fee) == ((Delivery(OWN.waiting, Outcome.DELIVERED, 2),), 200)


def test_i7_nothing_is_printed_a_second_time() -> None:
    tray = Tray()
    tray.print()
    with pytest.raises(AttemptOver):
        tray.print()
    assert len(tray.printer.delivered) == 2


def test_i2_a_document_of_another_attempt_is_not_printed() -> None:
    tray = Tray()
    tray.attempts.open(2, "7AB-12C")
    for attempt in (1, 2):
        with pytest.raises(AttemptOver):
            tray.print(attempt)
    assert not tray.printer.delivered


def test_a_jam_is_told_with_the_sheets_that_came_out_and_written_down() -> None:
    tray = Tray()
    tray.printer.jam_on_sheet(2)
    assert tray.print() == on.DocumentSettled(1, PrintFailed(1, PrinterProblem.JAM))
    assert (tray.visit.deliveries, tray.visit.fee) == ((Delivery(OWN.waiting, Outcome.SPOILED, 1),), 0)


def test_a_printer_that_is_away_has_taken_nothing() -> None:
    tray = Tray()
    tray.printer.fall_silent()
    assert tray.print() == on.DocumentSettled(1, PrintFailed(0, PrinterProblem.OFFLINE, unsent=True))


@pytest.mark.parametrize(
    "settled",
    [
        Printed(2),
        Printed(1),
        PrintFailed(0, PrinterProblem.OFFLINE, unsent=True),
        PrintFailed(1, PrinterProblem.JAM),
    ],
)
def test_journal_and_flow_say_the_same_of_a_document(settled: Settled) -> None:
    class Saying(VirtualPagePrinter):
        def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
            return settled

    tray = Tray()
    tray.desk.pages = Saying(Instant())
    assert tray.print() == on.DocumentSettled(1, settled)
    told = delivery(OWN.waiting, settled)
    assert tray.visit.deliveries == (told,)
    assert tray.visit.fee == (200 if told.outcome is Outcome.DELIVERED else 0)


@pytest.mark.parametrize(("key", "file_hash"), [(bytes(32), OWN.statement.file_hash), (OWN.key, bytes(32))])
def test_i9_a_document_that_is_not_what_was_checked_is_an_alarm_and_not_sent(key: bytes, file_hash: bytes) -> None:
    tray = Tray()
    spoilt = replace(checked(OWN), key=key, statement=replace(OWN.statement, file_hash=file_hash))
    tray.attempts.of(1).checked[(OWN.waiting.line, OWN.waiting.copy)] = spoilt
    assert tray.print() == on.DocumentsRejected(1, "key" if key != OWN.key else "file")
    assert not tray.printer.delivered
    assert (tray.visit.printing, tray.visit.deliveries) == (None, ())


@pytest.mark.parametrize("fault", [AnswerLost("lost"), PrinterError("broke")])
def test_i7_a_fault_after_which_the_printer_may_hold_the_job_is_never_called_cleared(fault: PrinterError) -> None:
    class Breaking(VirtualPagePrinter):
        def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
            raise fault

    tray = Tray()
    tray.desk.pages = Breaking(Instant())
    settled = tray.print()
    assert isinstance(settled, on.DocumentSettled)
    assert isinstance(settled.settled, PrintFailed)
    assert (settled.settled.sheets, settled.settled.cleared, settled.settled.unsent) == (0, False, False)


def test_a_job_is_given_up_for_the_attempt_it_belongs_to_only() -> None:
    tray = Tray()
    tray.desk.give_up(do.GiveUpPrinting(9))
    assert tray.print() == on.DocumentSettled(1, Printed(2))
    other = Tray()
    other.desk.give_up(do.GiveUpPrinting(1))
    assert isinstance(other.print(), on.DocumentSettled)
    assert not other.printer.delivered


def test_i4_jobs_bear_random_names() -> None:
    names: list[str] = []

    class Namer(VirtualPagePrinter):
        def print(self, job: PrintJob, tell: Callable[[Progress], None], give_up: Callable[[], bool]) -> Settled:
            names.append(job.name)
            return Printed(job.sheets)

    for seed in ("one", "other"):
        tray = Tray()
        PaperActions(Namer(Instant()), tray.slips, tray.attempts, tray.journal, seeded(seed)).print(
            do.PrintDocument(1, AcceptedDocument(OWN.waiting), 200), tray.heard
        )
    assert len(set(names)) == 2
    assert all(len(name) == 32 for name in names)
