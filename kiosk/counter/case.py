"""The little protocol that a case fulfils: what a clerk does for one resident, step by step. A case is one frozen
value, so that it can be put aside and taken up again; its package says how it begins and goes on, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.rules import DeskRules
from kiosk.counter.staff import Staff
from kiosk.flow.events import SlotChanged, TimerFired
from kiosk.flow.touches import PinTyped


class CaseEvent:
    """Base of a case package's own events and touches, each a frozen dataclass. A touch may be on a key of either
    window."""

    __slots__ = ()


class CaseEffect:
    """Base of a case package's own effects, each a frozen dataclass."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class FieldTyped:
    """What stands in a text field of the clerk's window now. It may be personal."""

    name: str
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Resumed:
    """A case that was put aside is taken up again, perhaps by somebody else."""

    staff: Staff


@dataclass(frozen=True, slots=True)
class CaseEffectFailed:
    """An action of the case broke in a way nobody foresaw; `by_server` over the server's words."""

    effect: CaseEffect
    by_server: bool


Happening = CaseEvent | FieldTyped | PinTyped | SlotChanged | TimerFired | Resumed | CaseEffectFailed
"""What an open case hears of: its own, what is typed in either window, the slot, its timer (`DeskTimer.CASE`)."""


class Case(Protocol):
    """An open case between two events. Its `repr` holds nothing personal."""

    @property
    def number(self) -> int:
        """The desk's number of it. Its effects and events carry it, and one of another case is dropped."""
        ...

    @property
    def over(self) -> bool:
        """Everything is done and shown: the desk erases it."""
        ...

    @property
    def holdable(self) -> bool:
        """Whether it can be put aside now: not while a card is written or the server works at it."""
        ...

    @property
    def unsent(self) -> bool:
        """Whether something of it waits to be sent to the municipality: listed when the day is closed."""
        ...

    @property
    def mark(self) -> str:
        """A short code by which clerks speak of it: never a name."""
        ...


@dataclass(frozen=True, slots=True)
class CaseWaits:
    """Answers `TimerFired(DeskTimer.CASE, …)` after so many seconds; one that runs is forgotten. Of any case."""

    number: int
    seconds: float


@dataclass(frozen=True, slots=True)
class IntoCustody:
    """A sealed PIN form or a returned card is kept here from now on: it comes onto the day's list under the case's
    mark. Of any case."""

    kind: CustodyKind
    about: str


CaseDoes = CaseEffect | CaseWaits | IntoCustody
"""What a case wants done."""

C = TypeVar("C", bound=Case)


@dataclass(frozen=True, slots=True)
class CasePackage(Generic[C]):
    """How cases of one kind begin and go on. Neither ever raises, for any event in any state."""

    begin: Callable[[int, Staff], tuple[C, tuple[CaseDoes, ...]]]
    """The desk's number for it, and who opened it."""
    advance: Callable[[C, Happening, DeskRules], tuple[C, tuple[CaseDoes, ...]]]


AnyPackage = CasePackage[Any]
