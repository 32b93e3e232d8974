"""A card application at the counter between two events: one frozen value, which the desk puts aside and takes up. Its
`repr` holds nothing of a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from kiosk.counter.card_application.effects import Doing
from kiosk.counter.card_application.scenes import (
    Begin,
    ByCard,
    Check,
    Delivery,
    Filling,
    Identity,
    Intent,
    PhotoScene,
    PinForm,
    Scene,
    SentScene,
    Signing,
    Stopped,
    Who,
    X509s,
)
from kiosk.counter.card_application.values import Document, Granted, Mirror, Resident, Scan
from kiosk.counter.card_application.words import FIELDS, NO, YES, Procedure, Route, Step
from kiosk.counter.refusal import Refusal
from kiosk.counter.staff import Staff
from koufu.applying.words import Comer

Answers = Mapping[str, str]

ELSEWHERE = "elsewhere"
NOTHING: Answers = MappingProxyType({})

SCENES: Mapping[Step, Scene] = {
    Step.WHO: Who(),
    Step.INTENT: Intent(),
    Step.IDENTITY: Identity(),
    Step.FORM: Filling(),
    Step.X509: X509s(),
    Step.PHOTO: PhotoScene(),
    Step.SIGNATURE: Signing(),
    Step.PIN_FORM: PinForm(),
    Step.DELIVERY: Delivery(),
    Step.CHECK: Check(),
}
"""Each step's scene as it begins."""


@dataclass(frozen=True, slots=True)
class Flight:
    """What is on its way to the server. `away`: the server did not answer; the same is sent again."""

    number: int
    doing: Doing
    away: bool = False


@dataclass(frozen=True, slots=True)
class CardCase:
    """One card application. `answers` are what was typed and chosen, by the form's fields and this counter's own
    questions; `done` the steps that were gone through; `mirror` what the server has of it."""

    number: int
    staff: Staff
    scene: Scene = field(default_factory=Begin)
    answers: Answers = field(default_factory=lambda: NOTHING, repr=False)
    resident: Resident | None = None
    granted: Granted | None = None
    documents: tuple[Document, ...] = ()
    scans: tuple[Scan, ...] = ()
    photo: str = "missing"
    """As the server calls it: "fit", "exception", "none-wanted"."""
    photo_scan: int = 0
    """The case's own number of the photo that counts."""
    done: frozenset[Step] = frozenset()
    mirror: Mirror = field(default_factory=Mirror)
    municipality: str = ""
    """Of residence; empty: the desk's own."""
    flight: Flight | None = None
    flights: int = 0
    sending: bool = False
    """The last moves are to be made as soon as everything is told."""
    reopening: bool = False
    """The draft is withdrawn, and opened anew for another way to the person."""
    problem: Refusal | None = None
    """What the server said no to."""
    again: bool = False
    """It came back, or was left unfinished, and is taken up again."""
    returned_for: str = ""
    """Why it came back, in the server's word; empty for one that never was sent."""
    over: bool = False

    @property
    def holdable(self) -> bool:
        """Not while the server works at it, the scanner runs or the camera shows somebody."""
        if self.flight is not None and not self.flight.away:
            return False
        match self.scene:
            case PhotoScene(taken=None, problem=""):
                return False
            case Identity(scanning=scanning):
                return not scanning
            case Begin(busy=busy) | Who(busy=busy):
                return not busy
            case ByCard():
                return False
            case _:
                return True

    @property
    def unsent(self) -> bool:
        """Whether something of it waits to be sent to the municipality."""
        return self.resident is not None and not isinstance(self.scene, (SentScene, Stopped)) and not self.over

    @property
    def mark(self) -> str:
        """A short code: the application's, once it has one."""
        return reception_number(self.mirror.application) if self.mirror.application else f"#{self.number}"

    @property
    def procedure(self) -> Procedure:
        """What they came for."""
        return Procedure(self.answers.get("procedure", Procedure.ORDINARY.value))

    @property
    def lives_elsewhere(self) -> bool:
        """The person lives in another municipality: only intake in the field takes that in."""
        return self.answers.get("residence") == ELSEWHERE

    @property
    def comer(self) -> Comer | None:
        """Who came, None before it is told."""
        told = self.answers.get("comer")
        return None if told is None else Comer(told)

    @property
    def route(self) -> Route:
        """How the card is to reach the person."""
        if self.procedure is Procedure.EXPRESS:
            return Route.MAIL
        return Route(self.answers.get("route", Route.MAIL.value))

    @property
    def declined(self) -> bool:
        """The resident touched that they want no card, and has not touched since that they do."""
        return self.answer("declined") == YES

    @property
    def young(self) -> bool:
        """Under 15 or an adult ward: a legal representative acts with them."""
        needs = self.resident is not None and self.resident.needs_representative
        return needs or self.answers.get("adult-ward") == YES

    @property
    def photo_wanted(self) -> bool:
        """Whether there is a photo at all, as the server's rules said by age."""
        return self.resident is None or self.resident.photo_wanted

    def answer(self, name: str) -> str:
        """What was typed or chosen, empty where nothing was."""
        return self.answers.get(name, "")

    def form(self) -> tuple[tuple[str, str], ...]:
        """The form as it stands, sorted: fields with something in them."""
        fields = {name: text.strip() for name, text in self.answers.items() if name in FIELDS and text.strip()}
        if self.comer is not None:
            fields["who-came"] = "with-representative" if self.comer is Comer.LEGAL_REPRESENTATIVE else "person"
        if self.young:
            fields["no-signing-x509"] = YES
        if fields.get("adult-ward") == NO:
            del fields["adult-ward"]
        return tuple(sorted(fields.items()))


def reception_number(application: str) -> str:
    """The number on the receipt: the first digits of the application's own random ones."""
    return f"{application[:4]}-{application[4:8]}".upper()


def answered(case: CardCase, **answers: str) -> CardCase:
    """With these answers; an empty one is taken back. Underscores stand for hyphens."""
    named = {name.replace("_", "-"): text for name, text in answers.items()}
    return with_answers(case, named)


def with_answers(case: CardCase, named: Mapping[str, str]) -> CardCase:
    """With these answers; an empty one is taken back."""
    all_of_them = {name: text for name, text in {**case.answers, **named}.items() if text}
    return replace(case, answers=MappingProxyType(all_of_them))


def at(case: CardCase, scene: Scene) -> CardCase:
    """In another scene."""
    return replace(case, scene=scene)
