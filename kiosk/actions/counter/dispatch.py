"""The table of the desk's effects: which action each one is, and on which lane it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hardware.keypad.password import PasswordPad
from kiosk.actions.jobs import JobOf
from kiosk.counter import effects as do
from kiosk.counter.case import CaseEffect
from kiosk.counter.effects import DeskEffect
from kiosk.counter.events import DeskEvent, NotSignedIn
from kiosk.counter.scenes import SignInProblem
from kiosk.flow.events import CounterFreed, CounterTook, Event

DeskTell = Callable[[DeskEvent], None]


class DeskJob(JobOf[DeskEvent]):
    """A job of the desk's flow."""

    __slots__ = ()


class CaseActions(Protocol):
    """What one kind of case can have done."""

    @property
    def effects(self) -> type[CaseEffect]:
        """The base of all its effects."""
        ...

    def start(self, effect: CaseEffect, tell: DeskTell) -> DeskJob | None:
        """Does one that takes no time, or gives the job for one that does."""
        ...

    def erase(self, number: int) -> None:
        """Wipes all that was kept of this case."""
        ...


@dataclass(frozen=True, slots=True)
class DeskActions:
    """Everything the desk can have done. `terminal` tells the resident's flow."""

    terminal: Callable[[Event], None]
    pad: PasswordPad
    cases: tuple[CaseActions, ...] = ()

    def start(self, effect: DeskEffect, tell: DeskTell) -> DeskJob | None:
        """Does an effect that takes no time, or gives the job for one that does. Timers are the runner's."""
        match effect:
            case CaseEffect():
                return self._of_case(effect, tell)
            case do.TakeTerminal():
                self.terminal(CounterTook())
            case do.FreeTerminal():
                self.terminal(CounterFreed())
            case do.ClearSecret():
                self.pad.clear()
            case do.EraseCase(number):
                for each in self.cases:
                    each.erase(number)
            case do.SignInByPassword(attempt=attempt) | do.SignInByCard(attempt):
                self.pad.clear()
                tell(NotSignedIn(attempt, SignInProblem.SERVER_AWAY))
            case _:
                pass
        return None

    def _of_case(self, effect: CaseEffect, tell: DeskTell) -> DeskJob | None:
        for each in self.cases:
            if isinstance(effect, each.effects):
                return each.start(effect, tell)
        raise TypeError(f"nobody does {type(effect).__name__}")
