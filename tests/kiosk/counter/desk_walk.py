"""A clerk's desk walked event by event, with a case small enough to see through."""

from dataclasses import dataclass, replace

from kiosk.counter.case import (
    CaseDoes,
    CaseEffect,
    CaseEvent,
    CasePackage,
    CaseWaits,
    FieldTyped,
    Happening,
    IntoCustody,
    Resumed,
)
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.desk import Desk
from kiosk.counter.effects import DeskEffect
from kiosk.counter.events import DeskEvent, SignedIn, TerminalSeen
from kiosk.counter.kinds import CaseKind
from kiosk.counter.resident import ResidentSeen, ResidentStage
from kiosk.counter.rules import DeskRules
from kiosk.counter.scenes import SignIn
from kiosk.counter.staff import Role, Staff
from kiosk.counter.step import step
from kiosk.counter.touches import DeskKey, DeskPressed, SecretTyped
from kiosk.flow.effects import AnyTimer
from kiosk.flow.events import TimerFired

RULES = DeskRules()
AKI = Staff("K0127", Role.CLERK)
BEN = Staff("K0304", Role.CLERK)


@dataclass(frozen=True, slots=True)
class Work(CaseEffect):
    """Something is done for the case."""

    number: int


@dataclass(frozen=True, slots=True)
class Busy(CaseEvent):
    """The case can't be left alone from here on."""


@dataclass(frozen=True, slots=True)
class Finished(CaseEvent):
    """It is done."""


@dataclass(frozen=True, slots=True)
class Sealed(CaseEvent):
    """A PIN form was sealed, and an old card came back."""


@dataclass(frozen=True, slots=True)
class SmallCase:
    number: int
    mark: str = "C-1"
    heard: tuple[Happening, ...] = ()
    over: bool = False
    holdable: bool = True
    unsent: bool = False


def begin(number: int, staff: Staff) -> tuple[SmallCase, tuple[CaseDoes, ...]]:
    return SmallCase(number), (Work(number), CaseWaits(number, 30))


def advance(case: SmallCase, event: Happening, rules: DeskRules) -> tuple[SmallCase, tuple[CaseDoes, ...]]:
    heard = replace(case, heard=(*case.heard, event))
    match event:
        case Busy():
            return replace(heard, holdable=False), ()
        case Sealed():
            form, card = CustodyKind.SEALED_PIN_FORM, CustodyKind.RETURNED_CARD
            return heard, (IntoCustody(form, case.mark), IntoCustody(card, case.mark))
        case Finished():
            return replace(heard, over=True), ()
        case FieldTyped() | Resumed():
            return heard, (Work(case.number),)
        case _:
            return heard, ()


PACKAGES = {CaseKind.X509_PIN: CasePackage(begin, advance)}


class DeskWalk:
    """A desk, and all that it wanted so far."""

    def __init__(self, desk: Desk | None = None, rules: DeskRules = RULES) -> None:
        self.desk = desk if desk is not None else Desk()
        self.rules = rules
        self.effects: list[DeskEffect] = []

    def go(self, *events: DeskEvent) -> "DeskWalk":
        for event in events:
            self.desk, effects = step(self.desk, event, self.rules, PACKAGES)
            self.effects += effects
        return self

    def fires(self, timer: AnyTimer) -> "DeskWalk":
        return self.go(TimerFired(timer, dict(self.desk.armed)[timer]))

    def signs_in(self, staff: Staff = AKI) -> "DeskWalk":
        self.go(FieldTyped("mark", staff.mark), SecretTyped(12), FieldTyped("code", "123456"))
        self.go(DeskPressed(DeskKey.SIGN_IN))
        assert isinstance(self.desk.scene, SignIn)
        assert self.desk.scene.busy
        return self.go(SignedIn(self.desk.attempts, staff))

    def sees(self, stage: ResidentStage) -> "DeskWalk":
        return self.go(TerminalSeen(ResidentSeen(stage)))

    def wanted(self, kind: type) -> list[DeskEffect]:
        return [each for each in self.effects if isinstance(each, kind)]

    @property
    def small(self) -> SmallCase:
        assert self.desk.case is not None
        case = self.desk.case.case
        assert isinstance(case, SmallCase)
        return case
