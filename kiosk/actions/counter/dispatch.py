"""The table of the desk's effects: which action each one is, and on which lane it runs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hardware.keypad.password import PasswordPad
from kiosk.actions.counter.day_actions import DayActions
from kiosk.actions.counter.jobs import DeskJob, DeskTell
from kiosk.actions.counter.staff import StaffActions
from kiosk.actions.jobs import Lane
from kiosk.counter import effects as do
from kiosk.counter.case import CaseEffect
from kiosk.counter.effects import DeskEffect
from kiosk.counter.events import NotSecond, NotSignedIn
from kiosk.counter.scenes import SignInProblem
from kiosk.flow.events import CounterFreed, CounterTook, Event, SheetsRefused, SheetsShown


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
    staff: StaffActions
    day: DayActions
    cases: tuple[CaseActions, ...] = ()

    def start(self, effect: DeskEffect, tell: DeskTell) -> DeskJob | None:
        """Does an effect that takes no time, or gives the job for one that does. Timers are the runner's."""
        match effect:
            case CaseEffect():
                return self._of_case(effect, tell)
            case do.TakeTerminal() | do.FreeTerminal() | do.ShowSheets() | do.RefuseSheets():
                self.terminal(_told(effect))
            case do.ClearSecret():
                self.pad.clear()
            case do.EraseCase(number):
                for each in self.cases:
                    each.erase(number)
            case do.WriteDay():
                self.day.write(effect, tell)
            case do.TakeMoney():
                self.day.take_money(effect, tell)
            case do.LookAtClock():
                self.day.look_at_clock(tell)
            case do.PrintSample():
                return DeskJob(Lane.PAPER, self.day.print_sample)
            case do.PrintTicket() | do.PrintAppointment() | do.PrintDeposit() | do.PrintOwed() | do.PrintAside():
                return DeskJob(Lane.SLIPS, lambda told: self.day.print_slip(effect, told))
            case _:
                return self._of_staff(effect, tell)
        return None

    def _of_staff(self, effect: DeskEffect, tell: DeskTell) -> DeskJob | None:
        """Off the pad at once: what is typed from here on belongs to another try."""
        match effect:
            case do.SignInByPassword():
                password = self.pad.take()
                return DeskJob(Lane.SERVER, lambda told: self.staff.by_password(effect, password, told))
            case do.SecondByPassword():
                password = self.pad.take()
                return DeskJob(Lane.SERVER, lambda told: self.staff.second_by_password(effect, password, told))
            case do.SignInByCard() | do.SecondByCard():
                return self._by_card(effect, tell)
            case do.KeepSession():
                return DeskJob(Lane.SERVER, self.staff.keep)
            case do.LockSession():
                return DeskJob(Lane.SERVER, lambda _: self.staff.leave("lock"))
            case do.SignOut():
                return DeskJob(Lane.SERVER, lambda _: self.staff.leave("sign-out"))
            case _:
                return None

    def _by_card(self, effect: do.SignInByCard | do.SecondByCard, tell: DeskTell) -> DeskJob | None:
        try:
            pin = self.pad.take_pin()
        except ValueError:
            first = isinstance(effect, do.SignInByCard)
            tell((NotSignedIn if first else NotSecond)(effect.attempt, SignInProblem.PIN))
            return None
        if isinstance(effect, do.SignInByCard):
            return DeskJob(Lane.SERVER, lambda told: self.staff.by_card(effect, pin, told))
        return DeskJob(Lane.SERVER, lambda told: self.staff.second_by_card(effect, pin, told))

    def _of_case(self, effect: CaseEffect, tell: DeskTell) -> DeskJob | None:
        for each in self.cases:
            if isinstance(effect, each.effects):
                return each.start(effect, tell)
        raise TypeError(f"nobody does {type(effect).__name__}")


def _told(effect: do.TakeTerminal | do.FreeTerminal | do.ShowSheets | do.RefuseSheets) -> Event:
    """What the resident's flow hears."""
    match effect:
        case do.TakeTerminal():
            return CounterTook()
        case do.FreeTerminal():
            return CounterFreed()
        case do.ShowSheets(attempt):
            return SheetsShown(attempt)
        case do.RefuseSheets(attempt):
            return SheetsRefused(attempt)
