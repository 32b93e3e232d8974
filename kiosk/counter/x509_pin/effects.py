"""What the case of X.509s and PINs wants done. A PIN goes from the pad to where the actions hold it, or to the card; no
effect carries one."""

from dataclasses import dataclass, field
from datetime import date

from hardware.card.model import Usage
from kiosk.counter.case import CaseEffect
from kiosk.counter.documents import Document
from kiosk.counter.elsewhere import Place
from kiosk.counter.pins import PinAsk
from kiosk.counter.x509_pin.values import Begins, Job, WhyNot, Wish
from koufu.applying.words import Comer, ProcedureEnd


class X509PinEffect(CaseEffect):
    """Base of all effects of this case."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class OpenCase(X509PinEffect):
    """A fresh namespace. Answers `CaseNamed` and `UnfinishedSeen`."""

    number: int


@dataclass(frozen=True, slots=True)
class TakeUpCase(X509PinEffect):
    """This number goes on with a case that broke off, under its numbers. Answers `CaseNamed`."""

    number: int
    mark: str


@dataclass(frozen=True, slots=True)
class AskRules(X509PinEffect):
    """Answers `RulesSaid` or `RulesAway`."""

    number: int
    wish: Wish
    comer: Comer
    lives_here: bool


@dataclass(frozen=True, slots=True)
class BeginAtServer(X509PinEffect):
    """Reads the X.509 that the card shows without a PIN, and begins the procedure at the municipality's server with it,
    before the first command that changes the card; a PIN without any other is asked for with the card left as it is.
    Answers `RulesSaid`, `Unproven`, `RulesAway` or `BrokeOff`."""

    number: int
    begins: Begins
    usages: tuple[Usage, ...]
    comer: Comer
    shown: tuple[Document, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class TellEnd(X509PinEffect):
    """Tells the server how what was begun there ended; kept on disk until it took that. What follows is another
    procedure. Nothing answers."""

    number: int
    ended: ProcedureEnd
    why: str = ""


@dataclass(frozen=True, slots=True)
class AskRenewal(X509PinEffect):
    """Whether X.509s with these last days are renewed today. Answers `RenewalSaid` or `BrokeOff`."""

    number: int
    last_days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class ReadCard(X509PinEffect):
    """Opens the card. Answers `CardRead` or `BrokeOff`."""

    number: int


@dataclass(frozen=True, slots=True)
class ReleaseCard(X509PinEffect):
    """Resets the card and lets it go. Nothing answers."""

    number: int


@dataclass(frozen=True, slots=True)
class ClearPads(X509PinEffect):
    """Overwrites what is typed and every PIN held. Nothing answers."""

    number: int


@dataclass(frozen=True, slots=True)
class ShowPin(X509PinEffect):
    """Moves the PIN from the pad to the card, once. Answers `PinRight`, `PinWrong`, `PinMisshapen` or `BrokeOff`."""

    number: int
    usage: Usage


@dataclass(frozen=True, slots=True)
class HoldPin(X509PinEffect):
    """Moves the PIN from the pad to where it is held until its job. Answers `PinHeld`, `PinMisshapen`, `PinWeak` or
    `PinsDiffer`; a weak one that is not refused is held meanwhile. `judged`: it is a new one, to be looked at."""

    number: int
    ask: PinAsk
    judged: bool


@dataclass(frozen=True, slots=True)
class AskTerminal(X509PinEffect):
    """Whether the card-writing terminal lets this operator set a PIN without any other. Answers `TerminalAllows`,
    `SaidNo` or `BrokeOff`."""

    number: int


@dataclass(frozen=True, slots=True)
class DoJob(X509PinEffect):
    """Answers `StepBegun` any number of times, then `JobEnded`, `SaidNo` or `BrokeOff`. `wish` and `usages` are kept
    with the case on disk before anything is written, so that a restart can go on."""

    number: int
    job: Job
    wish: Wish
    usages: tuple[Usage, ...]


@dataclass(frozen=True, slots=True)
class CloseCase(X509PinEffect):
    """Everything is done or undone: nothing of it is kept. Nothing answers."""

    number: int


@dataclass(frozen=True, slots=True)
class LeaveCaseOpen(X509PinEffect):
    """The card did not come back: the case is kept for an officer. Nothing answers."""

    number: int


@dataclass(frozen=True, slots=True)
class PrintGuide(X509PinEffect):
    """A slip: why not here, and where. Answers `SlipSettled`."""

    number: int
    wish: Wish
    why: WhyNot
    instead: tuple[Place, ...]
    lives_here: bool = True
    """Whether the counter at home is that of this desk's municipality, whose window is known."""
    since: date | None = None
    """The first day on which it can be done here."""


@dataclass(frozen=True, slots=True)
class PrintDone(X509PinEffect):
    """A slip: what was done, and what comes next; or that the case is open. Answers `SlipSettled`."""

    number: int
    mark: str
    wish: Wish
    usages: tuple[Usage, ...]
    ending: str
    """As the case calls it: done, undone, unfit, left-open."""
