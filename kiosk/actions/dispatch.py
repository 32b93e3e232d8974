"""The table of effects: which action each one is, and on which lane it runs. What takes no time is done at once, in the
order the flow wants it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from hardware.keypad.pin import PinPad
from hardware.sensors.model import Surroundings
from kiosk.actions.attempt import Attempts
from kiosk.actions.card import CardActions
from kiosk.actions.cash import CashActions
from kiosk.actions.cashless import CashlessActions
from kiosk.actions.documents import Check
from kiosk.actions.jobs import Job, Lane, Tell
from kiosk.actions.journal import Journal
from kiosk.actions.machine import Machine
from kiosk.actions.notes import Note
from kiosk.actions.number import NumberActions
from kiosk.actions.paper import PaperActions
from kiosk.actions.recovery import Recovery
from kiosk.actions.server import OutcomeReport
from kiosk.actions.server_side import ServerActions
from kiosk.actions.slips import SlipActions
from kiosk.actions.voice import VoiceActions
from kiosk.actions.written import not_begun
from kiosk.errors import JournalBroken
from kiosk.flow import effects as do
from kiosk.flow import events as on
from kiosk.flow.effects import (
    Effect,
    FeedWatchdog,
    LookAtHeadphones,
    MachineEffect,
    NoteRight,
    ReadNumberCard,
    ShutDown,
    TellNumber,
    VerifyNumberPin,
)
from kiosk.flow.events import JournalSeen
from kiosk.flow.occasions import Occasion
from kiosk.flow.values.service import Belonging
from koufu.evidence.numbers import ALPHABET

T = TypeVar("T")

REFERENCE_BYTES = 6
"""Random bytes of a reference: one character each, 30 bits in all."""


@dataclass(frozen=True, slots=True)
class Voices:
    """Who is told that the terminal calls people: `announce` of every announcement made aloud, `call_staff` to reach a
    person elsewhere."""

    announce: Callable[[do.Announce], None]
    call_staff: Callable[[do.CallStaff], None]


@dataclass(frozen=True, slots=True)
class Actions:
    """Everything the terminal can do. `now` gives local time, `entropy` random bytes."""

    attempts: Attempts
    pad: PinPad
    card: CardActions
    server: ServerActions
    check: Check
    paper: PaperActions
    slips: SlipActions
    cash: CashActions
    cashless: CashlessActions
    recovery: Recovery
    journal: Journal
    surroundings: Surroundings
    machine: Machine
    voice: VoiceActions
    number: NumberActions
    voices: Voices
    entropy: Callable[[int], bytes]
    now: Callable[[], datetime]

    def start(self, effect: Effect, tell: Tell) -> Job | None:
        """Does an effect that takes no time, or gives the job for one that does. Timers are the runner's. After each
        the flow hears of a journal that can't be written, and of what was not begun for that."""
        job = self._minded(tell, lambda: self._start(effect, tell))
        return None if job is None else Job(job.lane, lambda told: self._minded(told, lambda: _run(effect, job, told)))

    def _minded(self, tell: Tell, run: Callable[[], T]) -> T:
        try:
            return run()
        finally:
            if not self.journal.works:
                tell(JournalSeen(works=False))

    def _start(self, effect: Effect, tell: Tell) -> Job | None:
        match effect:
            case do.VerifyPin():
                # Off the pad at once: what is typed from here on belongs to another PIN.
                pin = self.pad.take()
                return Job(Lane.CARD, lambda told: self.card.verify(effect, pin, told))
            case VerifyNumberPin():
                digits = self.pad.take()
                return Job(Lane.CARD, lambda told: self.number.verify(effect, digits, told))
            case do.OpenVisit() | do.EraseVisit() | do.CloseVisit() | do.ReportOutcome():
                return self._of_visit(effect, tell)
            case do.ClearPad():
                self.pad.clear()
            case do.GiveUpPrinting() | do.StopDebit():
                self._give_up(effect)
            case FeedWatchdog() | ShutDown():
                return self._of_machine(effect)
            case do.SetLamp(lamp):
                self.surroundings.lamp(lamp)
            case do.LookAtJournal():
                tell(JournalSeen(self.journal.look()))
            case do.CallStaff(occasion, reference, yen, belongings):
                self._note(occasion, reference, yen, belongings, untold=True)
                self.voices.call_staff(effect)
                return Job(Lane.SERVER, lambda _: self.server.heartbeats.call_staff()) if effect.at_once else None
            case do.WriteDown(occasion, reference, yen):
                if occasion is Occasion.ALARM_CLOSED:
                    self.journal.alarm_closed()
                self._note(occasion, reference, yen, frozenset())
            case _:
                return self._job(effect)
        return None

    def _give_up(self, effect: do.GiveUpPrinting | do.StopDebit) -> None:
        if isinstance(effect, do.StopDebit):
            self.cashless.stop(effect)
        else:
            self.paper.give_up(effect)

    def _of_machine(self, effect: MachineEffect) -> Job | None:
        match effect:
            case FeedWatchdog():
                self.machine.feed()
                return None
            case ShutDown():
                return Job(Lane.MACHINE, lambda _: self.machine.shut_down())

    def _of_visit(
        self, effect: do.OpenVisit | do.EraseVisit | do.CloseVisit | do.ReportOutcome, tell: Tell
    ) -> Job | None:
        match effect:
            case do.OpenVisit(attempt):
                self.pad.clear()
                opened = self.attempts.open(attempt, self._reference())
                tell(on.VisitOpened(attempt, opened.reference))
                return None
            case do.EraseVisit(attempt):
                self.pad.clear()
                self.attempts.erase(attempt)
                self.number.hush()
                return Job(Lane.CARD, lambda _: self._let_go())
            case do.CloseVisit(attempt):
                self.journal.end(attempt)
                return None
            case do.ReportOutcome(attempt, deliveries, captured, alarm):
                held = self.attempts.of(attempt)
                if held.order is None or held.token is None:
                    return None
                code, order_id = held.order.municipality, held.order.order_id
                self.journal.report(
                    OutcomeReport(code, order_id, held.token, deliveries, captured, alarm, held.reference)
                )
                return Job(Lane.SERVER, self.server.outcomes.send)

    def _job(self, effect: Effect) -> Job | None:
        found = self._card_job(effect) or self._server_job(effect) or self._paper_job(effect)
        return found or self._money_job(effect) or self._cashless_job(effect) or self._voice_job(effect)

    def _voice_job(self, effect: Effect) -> Job | None:
        match effect:
            case do.LookAtVoice():
                return Job(Lane.VOICE, self.voice.look)
            case do.Announce():
                self.voices.announce(effect)
                return self.voice.announce(effect)
            case _:
                return None

    def _card_job(self, effect: Effect) -> Job | None:
        match effect:
            case do.ReadCard():
                return Job(Lane.CARD, lambda tell: self.card.read(effect, tell))
            case do.AnswerChallenge():
                return Job(Lane.CARD, lambda tell: self.card.answer_challenge(effect, tell))
            case do.ProveOrder():
                return Job(Lane.CARD, lambda tell: self.card.prove(effect, tell))
            case do.ProveEnrolment():
                return Job(Lane.CARD, lambda tell: self.card.prove_enrolment(effect, tell))
            case do.ResetCard():
                return Job(Lane.CARD, lambda _: self._let_go())
            case ReadNumberCard():
                return Job(Lane.CARD, lambda tell: self.number.read(effect, tell))
            case LookAtHeadphones():
                return Job(Lane.VOICE, lambda tell: self.number.look(effect, tell))
            case TellNumber():
                self.voice.hush()
                return self.number.tell(effect)
            case _:
                return None

    def _let_go(self) -> None:
        self.card.release()
        self.number.release()

    def _server_job(self, effect: Effect) -> Job | None:
        match effect:
            case do.SendHeartbeat():
                return Job(Lane.SERVER, lambda tell: self.server.heartbeats.send(effect, tell))
            case do.OpenSession():
                return Job(Lane.SERVER, lambda tell: self.server.calls.open_session(effect, tell))
            case do.SendAnswer():
                return Job(Lane.SERVER, lambda tell: self.server.calls.send_answer(effect, tell))
            case do.SendEnrolment():
                return Job(Lane.SERVER, lambda tell: self.server.calls.apply(effect, tell))
            case do.Prepare():
                return Job(Lane.SERVER, lambda tell: self.server.calls.prepare(effect, tell))
            case do.Release():
                return Job(Lane.SERVER, lambda tell: self.server.calls.release(effect, tell))
            case _:
                return None

    def _paper_job(self, effect: Effect) -> Job | None:
        match effect:
            case do.LookAtPrinters():
                return Job(Lane.PAPER, lambda tell: self.paper.look(effect, tell))
            case do.CheckDocuments():
                return Job(Lane.PAPER, lambda tell: self.check.run(effect, tell))
            case do.PrintDocument():
                return Job(Lane.PAPER, lambda tell: self.paper.print(effect, tell))
            case do.PrintSlip():
                return Job(Lane.SLIPS, lambda tell: self.slips.print(effect, tell))
            case _:
                return None

    def _money_job(self, effect: Effect) -> Job | None:
        match effect:
            case do.Recover():
                return Job(Lane.MONEY, self.recovery.run)
            case do.LookAtCash():
                return Job(Lane.MONEY, self.cash.look)
            case do.AcceptMoney():
                return Job(Lane.MONEY, lambda tell: self.cash.accept(effect, tell))
            case do.SecureMoney():
                return Job(Lane.MONEY, lambda tell: self.cash.secure(effect, tell))
            case do.GiveChange():
                return Job(Lane.MONEY, lambda tell: self.cash.give_change(effect, tell))
            case do.ReturnMoney():
                return Job(Lane.MONEY, lambda tell: self.cash.give_back(effect, tell))
            case NoteRight():
                return Job(Lane.MONEY, lambda tell: self.paper.note_right(effect, tell))
            case do.SettleMoney():
                return Job(Lane.MONEY, lambda tell: self.cash.settle(effect, tell))
            case _:
                return None

    def _cashless_job(self, effect: Effect) -> Job | None:
        match effect:
            case do.LookAtCashless():
                return Job(Lane.MONEY, self.cashless.look)
            case do.Debit():
                self.cashless.begin()
                return Job(Lane.MONEY, lambda tell: self.cashless.debit(effect, tell))
            case do.PayBack():
                return Job(Lane.MONEY, lambda tell: self.cashless.pay_back(effect, tell))
            case _:
                return None

    def _note(
        self,
        occasion: Occasion,
        reference: str,
        yen: int,
        belongings: frozenset[Belonging],
        *,
        untold: bool = False,
    ) -> None:
        moment = self.now().isoformat(timespec="seconds")
        things = tuple(sorted(belongings, key=lambda each: each.value))
        self.journal.note(
            Note(moment=moment, occasion=occasion, reference=reference, yen=yen, belongings=things, untold=untold)
        )

    def _reference(self) -> str:
        """A short code for staff: 4Q7-K2M."""
        code = "".join(ALPHABET[byte % len(ALPHABET)] for byte in self.entropy(REFERENCE_BYTES))
        return f"{code[:3]}-{code[3:]}"


def _run(effect: Effect, job: Job, tell: Tell) -> None:
    try:
        job.run(tell)
    except JournalBroken:
        told = not_begun(effect)
        if told is None:
            raise
        tell(told)
