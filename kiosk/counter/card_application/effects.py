"""What a card application wants done. Each carries the desk's number of the case; what comes back for another case is
dropped. Pure data."""

from dataclasses import dataclass, field

from kiosk.counter.card_application.values import Asked, Granted, Mirror, Scan
from kiosk.counter.case import CaseEffect
from kiosk.counter.refusal import Refusal


@dataclass(frozen=True, slots=True)
class CardEffect(CaseEffect):
    """Base of all of them."""

    number: int


@dataclass(frozen=True, slots=True)
class AskAllowed(CardEffect):
    """Asks the rules of the place. Answers `AllowedAnswered`."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class ListHere(CardEffect):
    """Asks for the applications of this office. Answers `HereListed`."""


@dataclass(frozen=True, slots=True)
class TakeUp(CardEffect):
    """Asks for all of an application that waits here. Answers `TakenUp`."""

    municipality: str
    application: str


@dataclass(frozen=True, slots=True)
class Find(CardEffect):
    """Looks for the resident. Answers `FindAnswered`."""

    name: str = field(repr=False)
    born: str = field(repr=False)
    municipality: str = ""
    """Of residence; empty: the desk's own."""


@dataclass(frozen=True, slots=True)
class ClearPad(CardEffect):
    """Overwrites what is on the resident's PIN pad. Nothing answers."""


@dataclass(frozen=True, slots=True)
class FindByCard(CardEffect):
    """Moves the PIN from the resident's pad to their card, which opens a session; the session says who it is. Answers
    `FindAnswered` or `CardSaidNothing`."""


@dataclass(frozen=True, slots=True)
class AskExpress(CardEffect):
    """Asks whether a card can be had by express issuance. Answers `ExpressAnswered`."""

    resident: str = field(repr=False)
    express: tuple[tuple[str, str], ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenDraft:
    """A new draft. `express` are the answers that its rules are asked with; empty for an ordinary application."""

    resident: str = field(repr=False)
    comer: str
    route: str
    express: tuple[tuple[str, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Tell:
    """What became known; None stays as it was."""

    form: tuple[tuple[str, str], ...] | None = field(default=None, repr=False)
    shown: tuple[tuple[str, str], ...] | None = None
    by_own_card: bool = False
    """With `shown`: the session goes along that their present card has answered. What it proves, the server says."""
    photo: str | None = None
    pin_form_sealed: bool | None = None
    old_card: str | None = None
    mail_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Attach:
    """A picture or scan."""

    scan: Scan


@dataclass(frozen=True, slots=True)
class Move:
    """What happens to it: "check-identity", "capture", "send", "withdraw"."""

    event: str


Doing = OpenDraft | Tell | Attach | Move


@dataclass(frozen=True, slots=True)
class Send(CardEffect):
    """A step at the server. The same `flight` sent again bears the same token, so that it is done once. Answers
    `Sent`, `SendRefused` or `ServerSilent`."""

    flight: int
    doing: Doing
    application: str
    version: int
    municipality: str = ""
    """Of residence; empty: the desk's own."""


@dataclass(frozen=True, slots=True)
class ScanDocument(CardEffect):
    """Scans what lies on the scanner. Answers `Scanned` or `ScanFailed`."""

    kind: str


@dataclass(frozen=True, slots=True)
class WatchCamera(CardEffect):
    """Opens the camera and shows its first picture, judged. Answers `FrameSeen` or `CameraFailed`."""


@dataclass(frozen=True, slots=True)
class NextFrame(CardEffect):
    """The next live picture, a tenth of a second after the last at the earliest. Answers as `WatchCamera`."""


@dataclass(frozen=True, slots=True)
class LeaveCamera(CardEffect):
    """The live picture ends. Nothing answers."""


@dataclass(frozen=True, slots=True)
class TakePhoto(CardEffect):
    """Takes the picture that is shown now, cut around the head that was found, or around the guide as it was put.
    Answers `PhotoTaken` or `CameraFailed`."""

    guide: tuple[float, float] | None = None
    """Crown and chin, in shares of the picture's height; the middle is the picture's."""


@dataclass(frozen=True, slots=True)
class ScanPrint(CardEffect):
    """Scans a photo on paper. Answers `PhotoTaken` or `ScanFailed`."""


@dataclass(frozen=True, slots=True)
class PrintGuidance(CardEffect):
    """A slip that says why not, and where to go. Answers `SlipSettled`."""

    refusal: Refusal
    asked: Asked


@dataclass(frozen=True, slots=True)
class PrintReceipt(CardEffect):
    """受付票. Answers `SlipSettled`."""

    mirror: Mirror
    granted: Granted | None
    route: str


@dataclass(frozen=True, slots=True)
class ShowForm(CardEffect):
    """Fetches the form as it is printed and shows its page on both windows. Answers `FormShown`."""

    application: str
    municipality: str = ""
    """Of residence; empty: the desk's own."""


@dataclass(frozen=True, slots=True)
class PrintForm(CardEffect):
    """Prints it on the page printer. Answers `FormPrinted`."""

    application: str
    municipality: str = ""
    """Of residence; empty: the desk's own."""


@dataclass(frozen=True, slots=True)
class Speak(CardEffect):
    """Reads a text out on the resident's side. Nothing answers."""

    key: str
