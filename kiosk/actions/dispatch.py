"""The table of effects: which action each one is, and on which lane it runs. What takes no time is done at once, in the
order the flow wants it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar, assert_never

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
)
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
                tell(on.JournalSeen(works=False))

    def _start(self, effect: Effect, tell: Tell) -> Job | None:  # noqa: C901 - one line for each subject
        """Closed, as is each table below: an effect without an action does not type-check."""
        if isinstance(effect, do.TimerEffect):
            return None
        if isinstance(effect, do.VisitEffect):
            return self._visit(effect, tell)
        if isinstance(effect, do.CardEffect):
            return self._card(effect)
        if isinstance(effect, do.NumberEffect):
            return self._number(effect)
        if isinstance(effect, do.ServerEffect):
            return self._server(effect)
        if isinstance(effect, do.CashEffect):
            return self._cash(effect)
        if isinstance(effect, do.CashlessEffect):
            return self._cashless(effect)
        if isinstance(effect, do.PaperEffect):
            return self._paper(effect)
        if isinstance(effect, do.CounterEffect):
            return Job(Lane.MONEY, lambda told: self.paper.note_right(effect, told))
        if isinstance(effect, do.JournalEffect):
            return self._journal(effect, tell)
        if isinstance(effect, do.MachineEffect):
            return self._machine(effect)
        if isinstance(effect, do.CallingEffect):
            return self._calling(effect)
        assert_never(effect)

    def _visit(self, effect: do.VisitEffect, tell: Tell) -> Job | None:
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

    def _card(self, effect: do.CardEffect) -> Job | None:
        match effect:
            case do.ClearPad():
                self.pad.clear()
                return None
            case do.ReadCard():
                return Job(Lane.CARD, lambda tell: self.card.read(effect, tell))
            case do.VerifyPin():
                # Off the pad at once: what is typed from here on belongs to another PIN.
                pin = self.pad.take()
                return Job(Lane.CARD, lambda tell: self.card.verify(effect, pin, tell))
            case do.AnswerChallenge():
                return Job(Lane.CARD, lambda tell: self.card.answer_challenge(effect, tell))
            case do.ProveOrder():
                return Job(Lane.CARD, lambda tell: self.card.prove(effect, tell))
            case do.ProveEnrolment():
                return Job(Lane.CARD, lambda tell: self.card.prove_enrolment(effect, tell))
            case do.ResetCard():
                return Job(Lane.CARD, lambda _: self._let_go())

    def _let_go(self) -> None:
        self.card.release()
        self.number.release()

    def _number(self, effect: do.NumberEffect) -> Job:
        match effect:
            case do.LookAtHeadphones():
                return Job(Lane.VOICE, lambda tell: self.number.look(effect, tell))
            case do.ReadNumberCard():
                return Job(Lane.CARD, lambda tell: self.number.read(effect, tell))
            case do.VerifyNumberPin():
                digits = self.pad.take()
                return Job(Lane.CARD, lambda tell: self.number.verify(effect, digits, tell))
            case do.TellNumber():
                self.voice.hush()
                return self.number.tell(effect)

    def _server(self, effect: do.ServerEffect) -> Job | None:
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
            case do.ReportOutcome():
                return self._report(effect)

    def _report(self, effect: do.ReportOutcome) -> Job | None:
        """An order that was never proven has no outcome."""
        held = self.attempts.of(effect.attempt)
        if held.order is None or held.token is None:
            return None
        code, order_id = held.order.municipality, held.order.order_id
        self.journal.report(
            OutcomeReport(code, order_id, held.token, effect.deliveries, effect.captured, effect.alarm, held.reference)
        )
        return Job(Lane.SERVER, self.server.outcomes.send)

    def _cash(self, effect: do.CashEffect) -> Job:
        match effect:
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
            case do.SettleMoney():
                return Job(Lane.MONEY, lambda tell: self.cash.settle(effect, tell))

    def _cashless(self, effect: do.CashlessEffect) -> Job | None:
        match effect:
            case do.LookAtCashless():
                return Job(Lane.MONEY, self.cashless.look)
            case do.Debit():
                self.cashless.begin()
                return Job(Lane.MONEY, lambda tell: self.cashless.debit(effect, tell))
            case do.StopDebit():
                self.cashless.stop(effect)
                return None
            case do.PayBack():
                return Job(Lane.MONEY, lambda tell: self.cashless.pay_back(effect, tell))

    def _paper(self, effect: do.PaperEffect) -> Job | None:
        match effect:
            case do.LookAtPrinters():
                return Job(Lane.PAPER, lambda tell: self.paper.look(effect, tell))
            case do.CheckDocuments():
                return Job(Lane.PAPER, lambda tell: self.check.run(effect, tell))
            case do.PrintDocument():
                return Job(Lane.PAPER, lambda tell: self.paper.print(effect, tell))
            case do.GiveUpPrinting():
                self.paper.give_up(effect)
                return None
            case do.PrintSlip():
                return Job(Lane.SLIPS, lambda tell: self.slips.print(effect, tell))

    def _journal(self, effect: do.JournalEffect, tell: Tell) -> Job | None:
        match effect:
            case do.LookAtJournal():
                tell(on.JournalSeen(self.journal.look()))
                return None
            case do.Recover():
                return Job(Lane.MONEY, self.recovery.run)
            case do.WriteDown(occasion, reference, yen):
                if occasion is Occasion.ALARM_CLOSED:
                    self.journal.alarm_closed()
                self._note(occasion, reference, yen, frozenset())
                return None

    def _machine(self, effect: do.MachineEffect) -> Job | None:
        match effect:
            case do.FeedWatchdog():
                self.machine.feed()
                return None
            case do.ShutDown():
                return Job(Lane.MACHINE, lambda _: self.machine.shut_down())

    def _calling(self, effect: do.CallingEffect) -> Job | None:
        match effect:
            case do.SetLamp(lamp):
                self.surroundings.lamp(lamp)
                return None
            case do.LookAtVoice():
                return Job(Lane.VOICE, self.voice.look)
            case do.Announce():
                self.voices.announce(effect)
                return self.voice.announce(effect)
            case do.CallStaff(occasion, reference, yen, belongings):
                self._note(occasion, reference, yen, belongings, untold=True)
                self.voices.call_staff(effect)
                return Job(Lane.SERVER, lambda _: self.server.heartbeats.call_staff()) if effect.at_once else None

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
