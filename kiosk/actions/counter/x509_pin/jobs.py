"""The jobs of the case, each in one go on the card that was read. Before a job is begun the case is on disk."""

from collections.abc import Callable

from hardware.card.model import Usage
from hardware.card.writing.model import Case, X509Issuer
from hardware.card.writing.normal_again import SwitchedBack, switch_back
from hardware.card.writing.pins import InForce, Unclear, change_shown, reset_at_counter, reset_shown, settle
from hardware.card.writing.procedure import Counter, Outcome, carry_out
from hardware.card.writing.steps import Goal
from hardware.errors import CardGone, CardRefused
from hardware.keypad.held import HeldPins
from kiosk.actions.counter.jobs import DeskTell
from kiosk.actions.counter.pin_actions import held_pin
from kiosk.actions.counter.x509_pin.card import CardOfCase
from kiosk.actions.counter.x509_pin.cases import CaseAtHand, OpenCases
from kiosk.counter.pins import Part
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin.events import CardTrouble, Result
from kiosk.counter.x509_pin.values import Change, Job, Reset, Settle, SwitchBack, Write

_OUTCOMES = {
    Outcome.DONE: Result.DONE,
    Outcome.PIN_WANTED: Result.PIN_WANTED,
    Outcome.UNFIT: Result.UNFIT,
    Outcome.NO_LINE_LEFT: Result.NO_LINE_LEFT,
    Outcome.CLOSED_TO_SIGNING: Result.IS_FACE_AUTH,
}
_SWITCHED = {
    SwitchedBack.DONE: Result.DONE,
    SwitchedBack.NO_LINE_LEFT: Result.NO_LINE_LEFT,
    SwitchedBack.NO_USER_AUTH_X509: Result.NO_USER_AUTH_X509,
}
_IN_FORCE = {
    InForce.NEW: Result.NEW_IN_FORCE,
    InForce.OLD: Result.OLD_IN_FORCE,
    InForce.NEITHER: Result.NEITHER_IN_FORCE,
}


class JobsOfCase:
    """Does jobs, on the card's lane."""

    def __init__(
        self,
        card: CardOfCase,
        issuer: X509Issuer,
        cases: OpenCases,
        entropy: Callable[[int], bytes],
    ) -> None:
        self._card = card
        self._issuer = issuer
        self._cases = cases
        self._entropy = entropy

    def carry(self, effect: do.DoJob, held: HeldPins, tell: DeskTell) -> None:
        """One job, from wherever it broke off before. The PINs that it is given are wiped whatever happens."""
        try:
            case = self._cases.of(effect.number)
            self._cases.keep(effect.number, effect.wish, effect.usages)
            with self._card.telling(effect.number, tell):
                tell(on.JobEnded(effect.number, self._done(effect, case, held, tell)))
        except OSError:
            # Nothing is written on a card that a power cut would leave without anybody knowing.
            tell(on.BrokeOff(effect.number, CardTrouble.FAULT))
        finally:
            held.wipe_all()

    def _done(self, effect: do.DoJob, case: CaseAtHand, held: HeldPins, tell: DeskTell) -> Result:
        job: Job = effect.job
        match job:
            case Write():
                return self._write(job, case, effect.number, tell)
            case Change(usage):
                return self._change(usage, held)
            case Reset(usage, at_counter):
                return self._reset(usage, case, held, at_counter=at_counter)
            case SwitchBack():
                return self._switch_back(case, held)
            case Settle(usage):
                new, old = held_pin(held, usage, Part.NEW), held_pin(held, usage, Part.BEFORE)
                return _IN_FORCE[settle(self._card.card().session, usage, new, old)]

    def _write(self, job: Write, case: CaseAtHand, number: int, tell: DeskTell) -> Result:
        card = self._card.card()
        own = Case(case.numbers[job.usage], job.usage, case.holder)
        counter = Counter(card.writer, self._issuer, card.desk, self._entropy)
        outcome = carry_out(job.goal, own, counter, lambda step: tell(on.StepBegun(number, step)))
        if job.goal is Goal.AS_BEFORE and outcome is Outcome.DONE and self._is_new(own):
            return Result.NEW_STAYS
        return _OUTCOMES[outcome]

    def _is_new(self, own: Case) -> bool:
        """Whether what is in use is what this case issued."""
        writer = self._card.card().writer
        if not writer.state().pair(own.usage).in_use:
            return False
        known = self._issuer.of_x509(own.usage, writer.x509_in_use(own.usage))
        return known is not None and known.case == own.number

    def _change(self, usage: Usage, held: HeldPins) -> Result:
        session = self._card.card().session
        try:
            outcome = change_shown(session, usage, held_pin(held, usage, Part.NEW))
        except CardRefused as refused:
            raise CardGone("the card forgot its holder") from refused
        if isinstance(outcome, Unclear):
            self._card.release()
            return Result.UNCLEAR
        return self._proven(usage, held)

    def _reset(self, usage: Usage, case: CaseAtHand, held: HeldPins, *, at_counter: bool) -> Result:
        card, number, new = self._card.card(), case.numbers[usage], held_pin(held, usage, Part.NEW)
        if at_counter:
            reset_at_counter(card.writer, card.desk, number, usage, new)
        else:
            reset_shown(card.writer, card.desk, number, usage, new)
        return self._proven(usage, held)

    def _switch_back(self, case: CaseAtHand, held: HeldPins) -> Result:
        card, number = self._card.card(), case.numbers[Usage.USER_AUTH]
        new = held_pin(held, Usage.USER_AUTH, Part.NEW)
        switched = switch_back(card.writer, self._issuer, card.desk, number, new)
        return self._proven(Usage.USER_AUTH, held) if switched is SwitchedBack.DONE else _SWITCHED[switched]

    def _proven(self, usage: Usage, held: HeldPins) -> Result:
        self._card.card().prove(usage, held)
        return Result.DONE
