"""The table of the case's effects: which action each one is, and on which lane it runs."""

from dataclasses import dataclass

from kiosk.actions.counter.jobs import DeskJob, DeskTell
from kiosk.actions.counter.pin_actions import PinActions
from kiosk.actions.counter.x509_pin.card import CardOfCase
from kiosk.actions.counter.x509_pin.cases import OpenCases
from kiosk.actions.counter.x509_pin.jobs import JobsOfCase
from kiosk.actions.counter.x509_pin.permits import Rules
from kiosk.actions.counter.x509_pin.procedures import Procedures
from kiosk.actions.counter.x509_pin.slips import CaseSlips
from kiosk.actions.jobs import Lane
from kiosk.counter.case import CaseEffect
from kiosk.counter.pins import PinMisshapen
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on


@dataclass(frozen=True, slots=True)
class X509PinActions:
    """Everything that the case can have done."""

    pins: PinActions
    card: CardOfCase
    jobs: JobsOfCase
    cases: OpenCases
    rules: Rules
    procedures: Procedures
    slips: CaseSlips

    @property
    def effects(self) -> type[CaseEffect]:
        """The base of all its effects."""
        return do.X509PinEffect

    def start(self, effect: CaseEffect, tell: DeskTell) -> DeskJob | None:
        """Does what takes no time, or gives the job for what does."""
        match effect:
            case do.OpenCase(number):
                tell(on.CaseNamed(number, self.cases.open(number).mark))
                tell(on.UnfinishedSeen(number, self.cases.unfinished()))
                return self._tell_untold()
            case do.TakeUpCase(number, mark):
                tell(on.CaseNamed(number, self.cases.take_up(number, mark).mark))
            case do.ClearPads():
                self.pins.wipe()
            case do.HoldPin(number, ask, judged):
                self.pins.hold(number, ask, tell, judged=judged)
            case do.CloseCase(number):
                self.cases.close(number)
            case do.TellEnd(number, ended, why):
                self.procedures.end(number, ended, why)
                return self._tell_untold()
            case do.LeaveCaseOpen(number):
                self.cases.leave(number)
            case do.ShowPin(number, usage):
                pin = self.pins.take(usage)
                if pin is None:
                    tell(PinMisshapen(number))
                    return None
                return DeskJob(Lane.CARD, lambda told: self.card.show(effect, pin, told))
            case _:
                return self._job(effect)
        return None

    def erase(self, number: int) -> None:
        """Wipes all that was kept of this case in memory."""
        self.pins.wipe()
        self.cases.erase(number)

    def _tell_untold(self) -> DeskJob:
        return DeskJob(Lane.SERVER, lambda _: self.procedures.tell_untold())

    def _job(self, effect: CaseEffect) -> DeskJob | None:
        match effect:
            case do.ReadCard():
                return DeskJob(Lane.CARD, lambda tell: self.card.read(effect, tell))
            case do.ReleaseCard():
                return DeskJob(Lane.CARD, lambda _: self.card.release())
            case do.AskTerminal():
                return DeskJob(Lane.CARD, lambda tell: self.card.ask_terminal(effect, tell))
            case do.DoJob():
                held = self.pins.held.hand_over()
                return DeskJob(Lane.CARD, lambda tell: self.jobs.carry(effect, held, tell))
            case do.BeginAtServer():
                # Both on the card's lane: a card that is read meanwhile would be let go.
                return DeskJob(Lane.CARD, lambda tell: self.procedures.begin(effect, tell))
            case do.AskRules():
                return DeskJob(Lane.SERVER, lambda tell: self.rules.allowed(effect, tell))
            case do.AskRenewal():
                return DeskJob(Lane.SERVER, lambda tell: self.rules.renewal(effect, tell))
            case do.PrintGuide():
                return DeskJob(Lane.SLIPS, lambda tell: self.slips.guide(effect, tell))
            case do.PrintDone():
                return DeskJob(Lane.SLIPS, lambda tell: self.slips.done(effect, tell))
            case _:
                raise TypeError(f"nobody does {type(effect).__name__}")
