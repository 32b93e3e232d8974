"""The table of the case's effects: which action each one is, and on which lane it runs. A PIN comes off its pad at
once: what is typed from then on belongs to another."""

from dataclasses import dataclass

from hardware.card.model import Usage
from hardware.keypad.held import HeldPins
from hardware.keypad.pin import HolderPin, PinPad, SigningPinPad
from hardware.keypad.pin_rules import NotTaken, PinPolicy, Warned
from kiosk.actions.counter.jobs import DeskJob, DeskTell
from kiosk.actions.counter.x509_pin.card import CardOfCase
from kiosk.actions.counter.x509_pin.cases import OpenCases
from kiosk.actions.counter.x509_pin.jobs import JobsOfCase, pin_name
from kiosk.actions.counter.x509_pin.permits import Rules
from kiosk.actions.counter.x509_pin.slips import CaseSlips
from kiosk.actions.jobs import Lane
from kiosk.counter.case import CaseEffect
from kiosk.counter.x509_pin import effects as do
from kiosk.counter.x509_pin import events as on
from kiosk.counter.x509_pin.values import Part, PinAsk


@dataclass(frozen=True, slots=True)
class Pads:
    """Where PINs are typed on the resident's window, one pad for each kind, and where they are held."""

    user_auth: PinPad
    signing: SigningPinPad
    held: HeldPins

    def take(self, usage: Usage) -> HolderPin | None:
        """The PIN on its pad, which is empty afterwards; None when that is none."""
        try:
            return self.user_auth.take() if usage is Usage.USER_AUTH else self.signing.take()
        except ValueError:
            self.clear()
            return None

    def clear(self) -> None:
        """Overwrites what is typed."""
        self.user_auth.clear()
        self.signing.clear()


@dataclass(frozen=True, slots=True)
class X509PinActions:
    """Everything that the case can have done. Nobody's birth date is asked for, so none is looked for in a new PIN."""

    pads: Pads
    card: CardOfCase
    jobs: JobsOfCase
    cases: OpenCases
    rules: Rules
    slips: CaseSlips
    policy: PinPolicy

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
            case do.TakeUpCase(number, mark):
                tell(on.CaseNamed(number, self.cases.take_up(number, mark).mark))
            case do.ClearPads():
                self.pads.clear()
                self.pads.held.wipe_all()
            case do.HoldPin():
                self._hold(effect, tell)
            case do.CloseCase(number):
                self.cases.close(number)
            case do.LeaveCaseOpen(number):
                self.cases.leave(number)
            case do.ShowPin(number, usage):
                pin = self.pads.take(usage)
                if pin is None:
                    tell(on.PinMisshapen(number))
                    return None
                return DeskJob(Lane.CARD, lambda told: self.card.show(effect, pin, told))
            case _:
                return self._job(effect)
        return None

    def erase(self, number: int) -> None:
        """Wipes all that was kept of this case in memory."""
        self.pads.clear()
        self.pads.held.wipe_all()
        self.cases.erase(number)

    def _job(self, effect: CaseEffect) -> DeskJob | None:
        match effect:
            case do.ReadCard():
                return DeskJob(Lane.CARD, lambda tell: self.card.read(effect, tell))
            case do.ReleaseCard():
                return DeskJob(Lane.CARD, lambda _: self.card.release())
            case do.AskTerminal():
                return DeskJob(Lane.CARD, lambda tell: self.card.ask_terminal(effect, tell))
            case do.DoJob():
                held = self.pads.held.hand_over()
                return DeskJob(Lane.CARD, lambda tell: self.jobs.carry(effect, held, tell))
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

    def _hold(self, effect: do.HoldPin, tell: DeskTell) -> None:
        number, ask = effect.number, effect.ask
        pin = self.pads.take(ask.usage)
        if pin is None:
            tell(on.PinMisshapen(number))
            return
        self.pads.held.hold(pin_name(ask), pin)
        if ask.part is Part.AGAIN:
            self._compare(number, ask, tell)
            return
        judged = self.pads.held.judged(pin_name(ask), None, self.policy) if effect.judged else None
        match judged:
            case NotTaken(weaknesses):
                self.pads.held.wipe(pin_name(ask))
                tell(on.PinWeak(number, weaknesses, refused=True))
            case Warned(weaknesses):
                tell(on.PinWeak(number, weaknesses, refused=False))
            case _:
                tell(on.PinHeld(number))

    def _compare(self, number: int, ask: PinAsk, tell: DeskTell) -> None:
        new = pin_name(PinAsk(ask.usage, Part.NEW))
        if self.pads.held.alike(new, pin_name(ask)):
            tell(on.PinHeld(number))
            return
        self.pads.held.wipe(new)
        self.pads.held.wipe(pin_name(ask))
        tell(on.PinsDiffer(number))
