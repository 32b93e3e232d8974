"""The clerk's desk between two events: one frozen value."""

from dataclasses import dataclass, field

from kiosk.counter.case import Case
from kiosk.counter.day.day import Day, Lying, sheets_of
from kiosk.counter.day.entries import CustodyKind
from kiosk.counter.kinds import CaseKind
from kiosk.counter.resident import ResidentSeen
from kiosk.counter.scenes import DeskScene, SignIn
from kiosk.counter.staff import Staff
from kiosk.flow.effects import AnyTimer
from kiosk.flow.values.presentation import Language


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A case at the desk, open or put aside. `by` is the mark of whoever had it last."""

    kind: CaseKind
    case: Case
    by: str
    aside: int = 0
    """Under which number the book of the day has it put aside; 0 while it is open, or outside a day."""


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works there, what they see, and the cases: the open one and those that were put aside."""

    scene: DeskScene = field(default_factory=SignIn)
    staff: Staff | None = None
    """Whoever is signed in, or locked the desk."""
    case: DeskCase | None = None
    held: tuple[DeskCase, ...] = ()
    cases: int = 0
    """How many there were since the start; the next one's number."""
    attempts: int = 0
    """How many sign-ins were tried since the start."""
    resident: ResidentSeen = field(default_factory=ResidentSeen)
    day: Day = field(default_factory=Day)
    clock: str = ""
    """Local time to the minute, ISO 8601, as it was told last."""
    of_cases: tuple[tuple[int, str], ...] = ()
    """Documents that came out while a case was open: its number → document, as long as they lie there."""
    asked: int | None = None
    """The fee that the resident's flow wants taken by the clerk."""
    unlisted: tuple[tuple[CustodyKind, str], ...] = ()
    """What cases gave into custody while no day was open: it comes onto the list with the next one."""
    form: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """What is typed and picked on this page: name → text."""
    form_serial: int = 0
    """Changes when the page's fields come up anew."""
    notice: str = ""
    """A word for what went wrong last, until something is done."""
    language: Language = Language.JAPANESE
    large: bool = False
    armed: tuple[tuple[AnyTimer, int], ...] = ()
    """Timers that run, with the number of the run."""
    timer_runs: int = 0

    @property
    def signed_in(self) -> bool:
        """Whether somebody is at work: known to the server, and not locked out."""
        return self.staff is not None and not isinstance(self.scene, SignIn)

    def entered(self, name: str, default: str = "") -> str:
        """What stands in a field of this page."""
        return dict(self.form).get(name, default)

    def sheets_of_case(self, number: int) -> tuple[str, ...]:
        """Documents of a case that lie there."""
        lying = {each.document for each in self.day.lying}
        return tuple(document for of, document in self.of_cases if of == number and document in lying)

    @property
    def sheets_of_order(self) -> tuple[Lying, ...]:
        """What lies there and is of no case here: a resident ordered it, or the terminal stopped over it."""
        here = {each.case.number for each in (*((self.case,) if self.case is not None else ()), *self.held)}
        of_cases = {document for of, document in self.of_cases if of in here}
        return tuple(each for each in self.day.lying if each.document not in of_cases)

    @property
    def today(self) -> str:
        """ISO 8601."""
        return self.clock[:10]

    @property
    def now(self) -> str:
        """HH:MM."""
        return self.clock[11:16]

    @property
    def out(self) -> int:
        """How many sheets of orders lie there."""
        return sheets_of(self.sheets_of_order)

    @property
    def by(self) -> str:
        """The mark of whoever is at work."""
        return self.staff.mark if self.staff is not None else ""

    @property
    def shows_resident(self) -> bool:
        """Whether the open case has the resident's window."""
        return self.case is not None and self.signed_in
