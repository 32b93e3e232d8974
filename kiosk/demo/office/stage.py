"""What the people of a counter have before them: two windows, devices, each other. They touch, type and look; whatever
else is known of the programs behind is for the verdicts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kiosk.composition.counter import Counter
from kiosk.composition.terminal import TerminalProgram
from kiosk.counter import scenes as at
from kiosk.counter.day.day import Day
from kiosk.counter.desk import Desk, DeskCase
from kiosk.counter.form import piece_field
from kiosk.counter.kinds import CaseKind
from kiosk.demo.office.site import STAFF_PASSWORD, Member, OfficeSite
from kiosk.demo.office.till import Till
from kiosk.demo.playing.act import Act
from kiosk.demo.playing.scripted import Deed
from kiosk.demo.residents.script import PIN
from kiosk.demo.stage.machine import Machine
from kiosk.demo.stage.things import Things
from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal
from kiosk.screens.clerk_window import ClerkWindow
from kiosk.screens.window import KioskWindow


@dataclass(frozen=True, slots=True)
class Seen:
    """Both windows: the clerk's desk and the resident's terminal."""

    desk: Desk
    terminal: Terminal


OfficeDeed = Deed[Seen]
OfficeAct = Act["Stage", Seen]
When = Callable[[Seen], bool]


def _scene_of(case: DeskCase) -> object:
    """Every kind of case has its scene; how it looks is its own."""
    return getattr(case.case, "scene", None)


def words_of(seen: Seen) -> str:
    """How both screens are called, for whoever finds somebody waiting."""
    case = seen.desk.case
    inside = f" with {type(_scene_of(case)).__name__}" if case is not None else ""
    resident = type(seen.terminal.scene).__name__
    return f"the clerk's {type(seen.desk.scene).__name__}{inside} and the resident's {resident}"


@dataclass(frozen=True, slots=True)
class Stage:
    """One counter with its terminal, and whoever works there."""

    office: OfficeSite
    machine: Machine
    things: Things
    till: Till = field(default_factory=Till)
    codes: dict[str, int] = field(default_factory=dict)
    """The time step of the code that each of the staff used last."""

    @property
    def program(self) -> TerminalProgram:
        """The terminal's, as it runs now."""
        return self.machine.program

    @property
    def counter(self) -> Counter:
        """The clerk's desk of that program."""
        return self.machine.counter

    @property
    def clerk(self) -> ClerkWindow:
        """The clerk's window."""
        return self.counter.window

    @property
    def resident(self) -> KioskWindow:
        """The resident's window."""
        return self.program.window

    def now(self) -> Seen:
        """What both windows show."""
        return Seen(self.counter.runner.state, self.program.runner.state)

    def press(self, *names: str) -> Callable[[], None]:
        """The clerk presses these keys, one after the other, each when it is there."""

        def pressed() -> None:
            for name in names:
                self.clerk.settle()
                self.clerk.touch(name)
            self.clerk.settle()

        return pressed

    def touch(self, *names: str) -> Callable[[], None]:
        """The resident touches these keys."""

        def touched() -> None:
            for name in names:
                self.resident.settle()
                self.resident.touch(name)
            self.resident.settle()

        return touched

    def write(self, **texts: str) -> Callable[[], None]:
        """The clerk types into fields; a field `search-born` is called `search_born` here."""

        def written() -> None:
            for name, text in texts.items():
                self.clerk.type(name.replace("_", "-"), text)
                self.clerk.settle()

        return written

    def type_pin(self) -> None:
        """The resident types four digits and enters them."""
        for digit in PIN:
            self.resident.touch(f"digit-{digit}")
        self.resident.settle()

    def sign_in(self, member: Member, *, name: str = "sign-in") -> tuple[OfficeDeed, ...]:
        """By password and one-time code."""

        return (
            Deed(
                name,
                both(desk_at(at.SignIn), lambda _: self.has_new_code(member)),
                lambda: self.show_password(member),
            ),
            Deed(f"{name}-typed", self.can_press("primary"), self.press("primary")),
        )

    def show_password(self, member: Member) -> None:
        """Types who they are, their password and their one-time code."""
        self.codes[member.mark] = member.step()
        self.write(mark=member.mark, secret=STAFF_PASSWORD, code=member.code())()

    def has_new_code(self, member: Member) -> bool:
        """Their authenticator shows a code that was not used: none is taken twice."""
        return member.step() > self.codes.get(member.mark, 0)

    @property
    def colleague(self) -> Member:
        """Who stands for it beside whoever is signed in."""
        staff = self.now().desk.staff
        first = staff is not None and staff.mark == self.office.clerk.mark
        return self.office.second if first else self.office.clerk

    def before_two(self, name: str, do: Callable[[], None]) -> tuple[OfficeDeed, ...]:
        """What takes a second person, who shows who they are when the rest is done."""

        def done() -> None:
            do()
            self.show_password(self.colleague)

        return (
            Deed(name, both(desk_at(at.BeforeTwo), lambda _: self.has_new_code(self.colleague)), done),
            Deed(f"{name}-signed", self.can_press("primary"), self.press("primary")),
        )

    def count(self, pieces: Mapping[int, int]) -> None:
        """The clerk enters notes and coins, by piece."""
        for yen, count in pieces.items():
            self.clerk.type(piece_field(yen), str(count))
            self.clerk.settle()

    def begin(self, kind: CaseKind) -> tuple[OfficeDeed, ...]:
        """Opens a case of this kind."""
        return (
            Deed("home", desk_at(at.Home), self.press("tab-cases")),
            Deed("cases", home(at.Tab.CASES), self.press(f"begin-{kind.value}")),
        )

    def presses(self, name: str, kind: type, *keys: str) -> OfficeDeed:
        """The clerk's next step: in this scene of the case, these keys, once the first is there."""
        return Deed(name, both(case_at(kind), self.can_press(keys[0])), self.press(*keys))

    def touches(self, name: str, kind: type, *keys: str) -> OfficeDeed:
        """The resident's next step: in this scene of the case, these keys, once the first is there."""
        return Deed(name, both(case_at(kind), self.can_touch(keys[0])), self.touch(*keys))

    def can_press(self, name: str) -> When:
        """The clerk has this key."""
        return lambda _: name in self.clerk.controls()

    def can_touch(self, name: str) -> When:
        """The resident has this key."""
        return lambda _: name in self.resident.controls()


def nothing() -> None:
    """Only looks."""


def desk_at(kind: type[at.DeskScene]) -> When:
    """The clerk's window shows a scene of this kind."""
    return lambda seen: isinstance(seen.desk.scene, kind)


def home(tab: at.Tab) -> When:
    """The clerk is between two residents, at this page."""
    return lambda seen: seen.desk.scene == at.Home(tab)


def case_at(kind: type) -> When:
    """The open case shows a scene of this kind."""

    def shown(seen: Seen) -> bool:
        case = seen.desk.case
        return isinstance(seen.desk.scene, at.InCase) and case is not None and isinstance(_scene_of(case), kind)

    return shown


def resident_at(kind: type[Scene]) -> When:
    """The resident's terminal is at a scene of this kind."""
    return lambda seen: isinstance(seen.terminal.scene, kind)


def day_is(so: Callable[[Day], bool]) -> When:
    """The clerk's day is so."""
    return lambda seen: so(seen.desk.day)


def both(*whens: When) -> When:
    """All of these."""
    return lambda seen: all(when(seen) for when in whens)
