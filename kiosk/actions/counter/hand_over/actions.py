"""The table of a hand-over's effects: which action each one is, and on which lane it runs."""

from collections.abc import Callable
from dataclasses import dataclass, field

from kiosk.actions.counter.hand_over.card import NewCard
from kiosk.actions.counter.hand_over.slips import HandOverSlips
from kiosk.actions.counter.hand_over.wire import HandOverWire, Stepped, TakerAdmitted
from kiosk.actions.counter.jobs import DeskJob, DeskTell
from kiosk.actions.counter.pin_actions import PinActions
from kiosk.actions.jobs import Lane
from kiosk.counter.case import CaseEffect
from kiosk.counter.hand_over import effects as do
from kiosk.counter.hand_over import events as on
from kiosk.counter.hand_over.values import Lacking
from kiosk.counter.refusal import Refusal
from kiosk.errors import ServerAway

TOKEN_BYTES = 16


@dataclass
class HandOverActions:
    """Everything that a hand-over can have done."""

    pins: PinActions
    card: NewCard
    server: HandOverWire
    slips: HandOverSlips
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
                self.pins.wipe()
            case do.HoldPin(number, ask, from_form):
                # What stands on a form was chosen at home: nobody here can choose another.
                self.pins.hold(number, ask, tell, judged=not from_form, from_form=from_form)
            case _:
                return self._job(effect)
        return None

    def erase(self, number: int) -> None:
        """Wipes all that was kept of this case."""
        self.pins.wipe()
        self._tokens = {key: token for key, token in self._tokens.items() if key[0] != number}

    def _job(self, effect: CaseEffect) -> DeskJob:
        match effect:
            case do.ReadCard():
                return DeskJob(Lane.CARD, lambda tell: self.card.read(effect, tell))
            case do.ReleaseCard():
                return DeskJob(Lane.CARD, lambda _: self.card.desk.release())
            case do.SetPins():
                held = self.pins.held.hand_over()
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
