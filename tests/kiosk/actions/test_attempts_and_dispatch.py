"""A namespace for each attempt, and one action for each effect."""

from contextlib import nullcontext

import pytest

from certserver.ports import JST
from hardware.card.virtual.reader import VirtualReader
from hardware.cash.virtual import VirtualCash
from hardware.cashless.virtual import VirtualPaymentTerminal
from hardware.keypad.pin import PinPad
from hardware.sensors.model import Lamp
from hardware.sensors.virtual import VirtualSurroundings
from hardware.voice.model import Sentence, Tongue
from hardware.voice.virtual import VirtualHeadphones, VirtualVoice
from kiosk.actions.attempt import AttemptOver, Attempts
from kiosk.actions.card import CardActions
from kiosk.actions.cash import CashActions
from kiosk.actions.dispatch import Actions, Voices
from kiosk.actions.documents import Check
from kiosk.actions.jobs import Job, Lane
from kiosk.actions.journal import Journal
from kiosk.actions.number import NumberActions
from kiosk.actions.pages import read_faces
from kiosk.actions.paper import PaperActions
from kiosk.actions.recovery import Recovery
from kiosk.actions.saved import SavedVisit
from kiosk.actions.server import OutcomeReport, Session
from kiosk.actions.server_side import server_actions
from kiosk.actions.slip_printing import SlipPrinting
from kiosk.actions.slips import SlipActions
from kiosk.actions.voice import VoiceActions
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.claims import Claims
from kiosk.flow.documents import AcceptedDocument, Delivery, FeeHeld, Outcome, ReadyToPay
from kiosk.flow.effects import (
    Debit,
    FeedWatchdog,
    LookAtCashless,
    LookAtHeadphones,
    NoteRight,
    PayBack,
    ReadNumberCard,
    ShutDown,
    StopDebit,
    TellNumber,
    VerifyNumberPin,
)
from kiosk.flow.events import JournalSeen, MoneyReturned, MoneySettled, NotWritten, RecoveryWaits
from kiosk.flow.occasions import Occasion
from kiosk.flow.slips import Receipt
from kiosk.flow.values.presentation import Language
from kiosk.flow.values.service import Belonging
from printers.virtual import VirtualPagePrinter, VirtualSlipPrinter
from tests.support.cards import seeded
from tests.support.cashless import cashless_desk
from tests.support.kiosk_actions import ORDER, SITE, Heard, ScriptedServer, attempts_with, checked, make, only
from tests.support.kiosk_samples import BOARD, FACTS, OFFER, PENSION_LINE, RESIDENCE_DOCUMENT
from tests.support.server import START
from tests.support.sim_log import SimLog, a_moment
from tests.support.sim_time import SimTime
from tests.support.virtual_machine import VirtualMachine

OWN = make()
RECEIPT = Receipt((), 0, 0, "4Q7-K2M")

LANES = {
    do.Recover(): Lane.MONEY,
    do.SendHeartbeat(frozenset()): Lane.SERVER,
    do.LookAtPrinters(): Lane.PAPER,
    do.LookAtCash(): Lane.MONEY,
    do.EraseVisit(1): Lane.CARD,
    do.ReadCard(1): Lane.CARD,
    do.VerifyPin(1): Lane.CARD,
    do.AnswerChallenge(1): Lane.CARD,
    do.ProveOrder(1, (PENSION_LINE,), 200, OFFER): Lane.CARD,
    do.ProveEnrolment(1, Claims(())): Lane.CARD,
    do.ResetCard(1): Lane.CARD,
    do.OpenSession(1, FACTS): Lane.SERVER,
    do.SendAnswer(1): Lane.SERVER,
    do.SendEnrolment(1): Lane.SERVER,
    do.Prepare(1): Lane.SERVER,
    do.Release(1, FeeHeld(0, 0)): Lane.SERVER,
    do.ReportOutcome(1, (), 0): Lane.SERVER,
    do.CheckDocuments(1, ()): Lane.PAPER,
    do.PrintDocument(1, AcceptedDocument(RESIDENCE_DOCUMENT), 200): Lane.PAPER,
    do.PrintSlip(1, RECEIPT, Language.JAPANESE, BOARD): Lane.SLIPS,
    do.AcceptMoney(1, ReadyToPay((), 200)): Lane.MONEY,
    do.SecureMoney(1): Lane.MONEY,
    do.GiveChange(1, 200): Lane.MONEY,
    do.ReturnMoney(1): Lane.MONEY,
    NoteRight(1, (), 200): Lane.MONEY,
    do.SettleMoney(1, 200): Lane.MONEY,
    LookAtCashless(): Lane.MONEY,
    Debit(1, ReadyToPay((), 200)): Lane.MONEY,
    PayBack(1, 200): Lane.MONEY,
    do.LookAtVoice(): Lane.VOICE,
    ShutDown(): Lane.MACHINE,
    LookAtHeadphones(1): Lane.VOICE,
    ReadNumberCard(1): Lane.CARD,
    VerifyNumberPin(1): Lane.CARD,
    TellNumber(1, Language.JAPANESE): Lane.CARD,
    do.CallStaff(Occasion.DEBT, "4Q7-K2M", 200, frozenset({Belonging.CARD})): Lane.SERVER,
    do.Announce(do.Announcement.LEFT_BEHIND, frozenset({Belonging.CARD}), Language.JAPANESE): Lane.VOICE,
}
AT_ONCE = (
    do.OpenVisit(1),
    do.CloseVisit(1),
    do.LookAtJournal(),
    do.ClearPad(),
    do.GiveUpPrinting(1),
    StopDebit(1),
    do.SetLamp(Lamp.READY),
    FeedWatchdog(),
    do.WriteDown(Occasion.LEFT_BEHIND_SOLVED),
)


class Bench:
    def __init__(self) -> None:
        time = SimTime()
        reader, cash, slips = VirtualReader(time), VirtualCash(), VirtualSlipPrinter()
        server = ScriptedServer()
        self.attempts, self.pad, self.heard = attempts_with(OWN), PinPad(), Heard()
        self.store = SimLog()
        self.journal = Journal(self.store, nullcontext(), a_moment)
        self.surroundings = VirtualSurroundings()
        self.voice = VirtualVoice()
        self.announced: list[do.Announce] = []
        self.called: list[do.CallStaff] = []
        self.actions = Actions(
            attempts=self.attempts,
            pad=self.pad,
            card=CardActions(reader, self.attempts, SITE, seeded()),
            server=server_actions(only(server), self.attempts, self.journal),
            check=Check(self.attempts, read_faces),
            paper=PaperActions(VirtualPagePrinter(time), slips, self.attempts, self.journal, seeded()),
            slips=SlipActions(SlipPrinting(slips, SITE, lambda: START)),
            cash=CashActions(cash, self.journal),
            cashless=cashless_desk(self.journal, time, seeded(), VirtualPaymentTerminal(time)),
            recovery=Recovery(cash, self.journal),
            journal=self.journal,
            surroundings=self.surroundings,
            machine=VirtualMachine(self.surroundings),
            voice=VoiceActions(self.voice),
            number=NumberActions(reader, VirtualHeadphones()),
            voices=Voices(self.announced.append, self.called.append),
            entropy=seeded(),
            now=lambda: START.astimezone(JST),
        )

    def start(self, effect: do.Effect) -> Job | None:
        return self.actions.start(effect, self.heard)

    def run(self, effect: do.Effect) -> None:
        """With its job, if it has one."""
        job = self.start(effect)
        if job is not None:
            job.run(self.heard)


@pytest.mark.parametrize("effect", LANES, ids=lambda effect: type(effect).__name__)
def test_what_takes_time_runs_on_its_devices_lane(effect: do.Effect) -> None:
    bench = Bench()
    for digit in (1, 2, 3, 4):
        bench.pad.press(digit)
    job = bench.start(effect)
    assert job is not None
    assert job.lane is LANES[effect]


@pytest.mark.parametrize("effect", AT_ONCE, ids=lambda effect: type(effect).__name__)
def test_what_takes_no_time_is_done_at_once(effect: do.Effect) -> None:
    assert Bench().start(effect) is None


def test_the_end_of_the_machine_keeps_nobody_waiting() -> None:
    """The service manager may take seconds to begin with it."""
    bench = Bench()
    job = bench.start(ShutDown())
    assert job is not None
    assert not bench.surroundings.goes_down
    job.run(bench.heard)
    assert bench.surroundings.goes_down


def test_i2_a_new_attempt_is_a_fresh_namespace_and_the_old_one_is_wiped() -> None:
    bench = Bench()
    old = bench.attempts.of(1)
    old.keep_checked(OWN.waiting, checked(OWN))
    bench.pad.press(1)
    bench.start(do.OpenVisit(2))
    assert isinstance(bench.heard.last, on.VisitOpened)
    assert (bench.heard.last.attempt, len(bench.heard.last.reference)) == (2, 7)
    fresh = bench.attempts.of(2)
    assert (old.erased, old.proven, old.encrypted, old.released, old.checked) == (True, None, {}, {}, {})
    assert (fresh.proven, fresh.encrypted, fresh.checked) == (None, {}, {})
    assert bench.pad.press(5) == 1


def test_i2_an_erased_attempt_stays_erased() -> None:
    attempts = Attempts()
    attempt = attempts.open(1, "4Q7-K2M")
    attempts.erase(1)
    with pytest.raises(AttemptOver):
        attempt.keep_checked(OWN.waiting, checked(OWN))
    assert not attempt.checked
    for number in (0, 1, 2):
        with pytest.raises(AttemptOver):
            attempts.of(number)
    attempts.erase(1)


def test_i2_a_late_erase_does_not_reach_the_next_attempt() -> None:
    attempts = Attempts()
    attempts.open(1, "4Q7-K2M")
    attempts.open(2, "7AB-12C")
    attempts.erase(1)
    assert attempts.of(2).number == 2


def test_an_erased_visit_leaves_no_digit_and_a_closed_one_nothing_in_the_journal() -> None:
    bench = Bench()
    bench.pad.press(1)
    bench.journal.begin(SavedVisit(attempt=1, reference="4Q7-K2M", municipality="992011", order_id="00", token="00"))
    open_visits = []
    for effect in (do.EraseVisit(1), do.CloseVisit(1)):
        bench.start(effect)
        open_visits.append(bench.journal.visit is not None)
    assert open_visits == [True, False]
    assert bench.pad.press(5) == 1
    with pytest.raises(AttemptOver):
        bench.attempts.of(1)


def test_i11_a_pin_leaves_the_pad_before_anything_else_happens() -> None:
    bench = Bench()
    for digit in (1, 2, 3, 4):
        bench.pad.press(digit)
    bench.start(do.VerifyPin(1))
    assert bench.pad.press(9) == 1
    with pytest.raises(ValueError, match="digits"):
        bench.start(do.VerifyPin(1))


def test_an_outcome_is_written_down_before_the_visit_is_erased() -> None:
    bench = Bench()
    deliveries = (Delivery(OWN.waiting, Outcome.DELIVERED, 1),)
    bench.start(do.ReportOutcome(1, deliveries, 200))
    bench.start(do.EraseVisit(1))
    report = OutcomeReport("992011", ORDER.order_id, b"token of attempt", deliveries, 200, None, "4Q7-K2M")
    assert bench.journal.waiting() == (report,)


def test_an_order_that_was_never_proven_has_no_outcome() -> None:
    bench = Bench()
    bench.attempts.open(2, "7AB-12C")
    assert bench.start(do.ReportOutcome(2, (), 0)) is None
    assert bench.journal.waiting() == ()


def test_staff_are_called_and_it_is_written_down() -> None:
    bench = Bench()
    call = do.CallStaff(Occasion.LEFT_BEHIND, "4Q7-K2M", 0, frozenset({Belonging.SHEETS, Belonging.CARD}))
    bench.start(call)
    bench.start(do.WriteDown(Occasion.LEFT_BEHIND_SOLVED))
    assert bench.called == [call]
    assert [note.occasion for note in bench.journal.notes] == [
        Occasion.LEFT_BEHIND,
        Occasion.LEFT_BEHIND_SOLVED,
    ]
    assert bench.journal.notes[0].belongings == (Belonging.CARD, Belonging.SHEETS)
    assert bench.journal.notes[0].moment == "2026-06-10T10:00:00+09:00"


def test_the_lamp_is_set_and_the_person_spoken_to() -> None:
    bench = Bench()
    said = do.Announce(do.Announcement.STAFF_COMING, frozenset(), Language.ENGLISH)
    bench.start(do.SetLamp(Lamp.ATTENTION))
    job = bench.start(said)
    assert job is not None
    job.run(bench.heard)
    assert (bench.surroundings.shown, bench.announced) == (Lamp.ATTENTION, [said])
    assert bench.voice.said == [Sentence("Staff are coming.", Tongue.ENGLISH)]


def test_a_call_that_is_not_for_now_is_kept_for_the_next_heartbeat() -> None:
    bench = Bench()
    assert bench.start(do.CallStaff(Occasion.STAFF_WANTED, "4Q7-K2M", at_once=False)) is None
    assert [note.untold for note in bench.journal.notes] == [True]


@pytest.mark.parametrize(
    "effect",
    [
        do.Prepare(1),
        do.Release(1, FeeHeld(0, 0)),
        do.AcceptMoney(1, ReadyToPay((), 200)),
        Debit(1, ReadyToPay((), 200)),
        do.PrintDocument(1, AcceptedDocument(OWN.waiting), 200),
        NoteRight(1, (), 200),
    ],
    ids=lambda effect: type(effect).__name__,
)
def test_i7_what_may_not_begin_without_the_journal_is_told_as_not_begun(effect: do.Effect) -> None:
    bench = Bench()
    bench.attempts.of(1).session = Session(b"session", b"challenge")
    bench.attempts.of(1).keep_checked(OWN.waiting, checked(OWN))
    bench.store.broken = True
    bench.journal.look()
    bench.run(effect)
    assert [each for each in bench.heard.events if each != JournalSeen(works=False)] == [NotWritten(1)]


def test_i7_a_recovery_that_can_write_nothing_says_that_it_waits() -> None:
    bench = Bench()
    bench.store.broken = True
    bench.run(do.LookAtJournal())
    bench.run(do.Recover())
    assert RecoveryWaits() in bench.heard.events


@pytest.mark.parametrize("effect", [do.ReturnMoney(1), do.SettleMoney(1, 0), PayBack(1, 0)], ids=repr)
def test_i7_money_goes_back_though_the_journal_can_not_be_written(effect: do.Effect) -> None:
    bench = Bench()
    bench.store.broken = True
    bench.run(effect)
    assert isinstance(bench.heard.events[0], MoneyReturned | MoneySettled)
