"""What a hand-over wants done. Each carries the desk's number of the case; what comes back for another case is dropped.
A PIN goes from its pad to where the actions hold it, and to the card; no effect carries one."""

from dataclasses import dataclass, field

from hardware.card.model import Usage
from kiosk.counter.case import CaseEffect
from kiosk.counter.hand_over.values import Brought
from kiosk.counter.pins import PinAsk
from kiosk.counter.refusal import Refusal


@dataclass(frozen=True, slots=True)
class HandOverEffect(CaseEffect):
    """Base of all of them."""

    number: int


@dataclass(frozen=True, slots=True)
class AskAllowed(HandOverEffect):
    """Asks the rules of the place. Answers `AllowedAnswered`."""

    procedure: str
    comer: str


@dataclass(frozen=True, slots=True)
class FindCard(HandOverEffect):
    """Looks for the card that waits: by its number, or by name and day of birth. Answers `FindAnswered`."""

    application: str
    name: str = field(repr=False)
    born: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Admit:
    """Whether whoever came may have it."""

    brought: Brought


@dataclass(frozen=True, slots=True)
class TellOldCard:
    """What became of the old card."""

    old_card: str


@dataclass(frozen=True, slots=True)
class CompareCard:
    """Whether the card on the desk is this application's; `by_eye`: the clerk compared what is printed on it."""

    x509: bytes = field(repr=False)
    by_eye: bool = False


@dataclass(frozen=True, slots=True)
class TellActivated:
    """The card bears its PINs, set in this way."""

    pin_setting: str


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to it: "reserve", "deliver"."""

    event: str


Doing = Admit | CompareCard | TellOldCard | TellActivated | Move


@dataclass(frozen=True, slots=True)
class Send(HandOverEffect):
    """A step at the server. The same `flight` sent again bears the same token, so that it is done once. Answers `Sent`,
    `Admitted`, `Lacked`, `SendRefused` or `ServerSilent`."""

    flight: int
    doing: Doing
    application: str
    version: int


@dataclass(frozen=True, slots=True)
class ReadCard(HandOverEffect):
    """Opens the card; `writes`: its PINs are to be set. Answers `CardRead` or `CardLost`."""

    writes: bool = True


@dataclass(frozen=True, slots=True)
class ReleaseCard(HandOverEffect):
    """Resets the card and lets it go. Nothing answers."""


@dataclass(frozen=True, slots=True)
class ClearPads(HandOverEffect):
    """Overwrites what is typed and every PIN held. Nothing answers."""


@dataclass(frozen=True, slots=True)
class HoldPin(HandOverEffect):
    """Takes the PIN off its pad: the clerk's when it stands on the sealed form. Answers `PinHeld`, `PinMisshapen`,
    `PinsDiffer`, or `PinWeak` for one that somebody chose just now."""

    ask: PinAsk
    from_form: bool


@dataclass(frozen=True, slots=True)
class SetPins(HandOverEffect):
    """Puts the PINs held onto the card, and shows each once to prove it. Answers `PinsSet` or `CardLost`."""

    usages: tuple[Usage, ...]


@dataclass(frozen=True, slots=True)
class PrintGuide(HandOverEffect):
    """A slip: why not here, and where. Answers `SlipSettled`."""

    refusal: Refusal
    alone: bool


@dataclass(frozen=True, slots=True)
class PrintDone(HandOverEffect):
    """A slip: the card was handed over, and how its PINs came onto it. Answers `SlipSettled`."""

    mark: str
    pin_setting: str
