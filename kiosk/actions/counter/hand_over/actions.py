"""The table of a hand-over's effects: which action each one is, and on which lane it runs. A PIN comes off its pad at
once: what is typed from then on belongs to another."""

from collections.abc import Callable
from dataclasses import dataclass, field

from hardware.card.model import Usage
from hardware.keypad.held import HeldPins
from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import HolderPin, PinPad, SigningPinPad
from hardware.keypad.pin_rules import NotTaken, PinPolicy, Warned
from kiosk.actions.counter.hand_over.card import NewCard, name_of, pin_name
from kiosk.actions.counter.hand_over.slips import HandOverSlips
from kiosk.actions.counter.hand_over.wire import HandOverWire, Stepped, TakerAdmitted
from kiosk.actions.counter.jobs import DeskJob, DeskTell
from kiosk.actions.jobs import Lane
from kiosk.counter.case import CaseEffect
from kiosk.counter.hand_over import effects as do
from kiosk.counter.hand_over import events as on
from kiosk.counter.hand_over.values import Lacking, Part, Refusal
from kiosk.errors import ServerAway

TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True)
class HandOverPads:
    """Where PINs are typed: on the resident's window, one pad for each kind; from a sealed form at the clerk's. And
    where they are held."""

    user_auth: PinPad
    signing: SigningPinPad
    clerk: PasswordPad
    held: HeldPins

    def take(self, usage: Usage, *, from_form: bool) -> HolderPin | None:
        """The PIN on its pad, which is empty afterwards; None when that is none."""
        try:
            if from_form:
                return self.clerk.take_pin() if usage is Usage.USER_AUTH else self.clerk.take_signing_pin()
            return self.user_auth.take() if usage is Usage.USER_AUTH else self.signing.take()
        except ValueError:
            self.clear()
            return None

    def clear(self) -> None:
        """Overwrites what is typed."""
        self.user_auth.clear()
        self.signing.clear()
        self.clerk.clear()


@dataclass
class HandOverActions:
    """Everything that a hand-over can have done."""

    pads: HandOverPads
    card: NewCard
    server: HandOverWire
    slips: HandOverSlips
    policy: PinPolicy
    entropy: Callable[[int], bytes]
    _tokens: dict[tuple[int, int], bytes] = field(default_factory=dict)
    """Of what is on its way, by case and flight: sent again under the same."""

    @property
    def effects(self) -> type[CaseEffect]:
        """The base of all its effects."""
        return do.HandOverEffect

    def start(self, effect: CaseEffect, tell: DeskTell) -> DeskJob | None:
        """Does what takes no time, or gives the job for what does."""
        match effect:
            case do.ClearPads():
                self._wipe()
            case do.HoldPin():
                self._hold(effect, tell)
            case _:
                return self._job(effect)
        return None

    def erase(self, number: int) -> None:
        """Wipes all that was kept of this case."""
        self._wipe()
        self._tokens = {key: token for key, token in self._tokens.items() if key[0] != number}

    def _wipe(self) -> None:
        self.pads.clear()
        self.pads.held.wipe_all()

    def _job(self, effect: CaseEffect) -> DeskJob:
        match effect:
            case do.ReadCard():
                return DeskJob(Lane.CARD, lambda tell: self.card.read(effect, tell))
            case do.ReleaseCard():
                return DeskJob(Lane.CARD, lambda _: self.card.release())
            case do.SetPins():
                held = self.pads.held.hand_over()
                return DeskJob(Lane.CARD, lambda tell: self.card.set_pins(effect, held, tell))
            case do.AskAllowed():
                return DeskJob(Lane.SERVER, lambda tell: self._allowed(effect, tell))
            case do.FindCard():
                return DeskJob(Lane.SERVER, lambda tell: self._find(effect, tell))
            case do.Send():
                token = self._tokens.setdefault((effect.number, effect.flight), self.entropy(TOKEN_BYTES))
                return DeskJob(Lane.SERVER, lambda tell: self._send(effect, token, tell))
            case do.PrintGuide():
                return DeskJob(Lane.SLIPS, lambda tell: self.slips.guide(effect, tell))
            case do.PrintDone():
                return DeskJob(Lane.SLIPS, lambda tell: self.slips.done(effect, tell))
            case _:
                raise TypeError(f"nobody does {type(effect).__name__}")

    def _hold(self, effect: do.HoldPin, tell: DeskTell) -> None:
        number, ask = effect.number, effect.ask
        pin = self.pads.take(ask.usage, from_form=effect.from_form)
        if pin is None:
            tell(on.PinMisshapen(number))
            return
        self.pads.held.hold(name_of(ask), pin)
        if ask.part is Part.AGAIN:
            self._compare(number, ask.usage, tell)
            return
        # What stands on a form was chosen at home: nobody here can choose another.
        judged = None if effect.from_form else self.pads.held.judged(name_of(ask), None, self.policy)
        match judged:
            case NotTaken(weaknesses):
                self.pads.held.wipe(name_of(ask))
                tell(on.PinWeak(number, weaknesses, refused=True))
            case Warned(weaknesses):
                tell(on.PinWeak(number, weaknesses, refused=False))
            case _:
                tell(on.PinHeld(number))

    def _compare(self, number: int, usage: Usage, tell: DeskTell) -> None:
        new, again = pin_name(usage, Part.NEW), pin_name(usage, Part.AGAIN)
        if self.pads.held.alike(new, again):
            tell(on.PinHeld(number))
            return
        self.pads.held.wipe(new)
        self.pads.held.wipe(again)
        tell(on.PinsDiffer(number))

    def _allowed(self, effect: do.AskAllowed, tell: DeskTell) -> None:
        try:
            refusal = self.server.allowed(effect.procedure, effect.comer)
        except ServerAway:
            tell(on.AllowedAnswered(effect.number, away=True))
        else:
            tell(on.AllowedAnswered(effect.number, refusal))

    def _find(self, effect: do.FindCard, tell: DeskTell) -> None:
        try:
            tell(on.FindAnswered(effect.number, self.server.find(effect.application, effect.name, effect.born)))
        except ServerAway:
            tell(on.FindAnswered(effect.number, None))

    def _send(self, effect: do.Send, token: bytes, tell: DeskTell) -> None:
        number, flight = effect.number, effect.flight
        try:
            answer = self.server.step(effect.doing, token, effect.application, effect.version)
        except ServerAway:
            tell(on.ServerSilent(number, flight))
            return
        match answer:
            case TakerAdmitted(step, pins):
                tell(on.Admitted(number, flight, step.version, step.state, pins))
            case Stepped(version, state):
                tell(on.Sent(number, flight, version, state))
            case Lacking():
                tell(on.Lacked(number, flight, answer))
            case Refusal():
                tell(on.SendRefused(number, flight, answer))
