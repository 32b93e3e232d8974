"""PINs at a counter, of every case: taken off their pad at once, since what is typed from then on belongs to another,
looked at, and held until the command that carries them (I11)."""

from dataclasses import dataclass, field

from hardware.card.model import Usage
from hardware.errors import CardGone
from hardware.keypad.held import HeldPins
from hardware.keypad.password import PasswordPad
from hardware.keypad.pin import HolderPin, PinPad, SigningPinPad
from hardware.keypad.pin_rules import NotTaken, PinPolicy, Warned
from kiosk.actions.counter.jobs import DeskTell
from kiosk.counter.pins import Part, PinAsk, PinHeld, PinMisshapen, PinsDiffer, PinWeak


@dataclass(frozen=True, slots=True)
class PinActions:
    """Where PINs are typed: on the resident's window, one pad for each kind; `clerk` is where one is typed from a
    sealed form. And where they are held. Nobody's birth date is asked for, so none is looked for in a new PIN."""

    user_auth: PinPad
    signing: SigningPinPad
    policy: PinPolicy
    clerk: PasswordPad | None = None
    held: HeldPins = field(default_factory=HeldPins)

    def take(self, usage: Usage, *, from_form: bool = False) -> HolderPin | None:
        """The PIN on its pad, which is empty afterwards; None when that is none."""
        try:
            if from_form and self.clerk is not None:
                return self.clerk.take_pin() if usage is Usage.USER_AUTH else self.clerk.take_signing_pin()
            return self.user_auth.take() if usage is Usage.USER_AUTH else self.signing.take()
        except ValueError:
            self.clear()
            return None

    def hold(self, number: int, ask: PinAsk, tell: DeskTell, *, judged: bool, from_form: bool = False) -> None:
        """Takes one off its pad to be held, and tells the case of this number what came of it. `judged`: it is a new
        one, to be looked at; a weak one that is not refused is held meanwhile."""
        pin = self.take(ask.usage, from_form=from_form)
        if pin is None:
            tell(PinMisshapen(number))
            return
        self.held.hold(_name(ask), pin)
        if ask.part is Part.AGAIN:
            self._compare(number, ask, tell)
            return
        match self.held.judged(_name(ask), None, self.policy) if judged else None:
            case NotTaken(weaknesses):
                self.held.wipe(_name(ask))
                tell(PinWeak(number, weaknesses, refused=True))
            case Warned(weaknesses):
                tell(PinWeak(number, weaknesses, refused=False))
            case _:
                tell(PinHeld(number))

    def clear(self) -> None:
        """Overwrites what is typed."""
        self.user_auth.clear()
        self.signing.clear()
        if self.clerk is not None:
            self.clerk.clear()

    def wipe(self) -> None:
        """Overwrites what is typed and every PIN held."""
        self.clear()
        self.held.wipe_all()

    def _compare(self, number: int, again: PinAsk, tell: DeskTell) -> None:
        new = PinAsk(again.usage, Part.NEW)
        if self.held.alike(_name(new), _name(again)):
            tell(PinHeld(number))
            return
        self.held.wipe(_name(new))
        self.held.wipe(_name(again))
        tell(PinsDiffer(number))


def held_pin(held: HeldPins, usage: Usage, part: Part) -> HolderPin:
    """The PIN that was typed for this. Raises `CardGone` when it is not held any more: its card is to be shown anew."""
    try:
        return held.take(_name(PinAsk(usage, part)))
    except KeyError:
        raise CardGone("a PIN that was typed is not held any more") from None


def _name(ask: PinAsk) -> str:
    """Under which name a typed PIN is held."""
    return f"{ask.usage.value}/{ask.part.value}"
