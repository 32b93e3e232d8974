"""Cases at the desk: opened, put aside, taken up again, closed. The terminal is asked for before a case begins and
given back after it, so that no resident's visit and no case ever share it."""

from dataclasses import replace

from kiosk.counter.case import AnyPackage, CaseDoes, CaseWaits, Happening, IntoCustody, Resumed
from kiosk.counter.change import DeskStep, arm, first, go, says, stay
from kiosk.counter.day.day import Stage
from kiosk.counter.day.entries import CaseAside, CaseBack, HandedOver
from kiosk.counter.desk import Desk, DeskCase
from kiosk.counter.effects import DeskEffect, DeskTimer, EraseCase, FreeTerminal, PrintAside, TakeTerminal, WriteDay
from kiosk.counter.kinds import CaseKind
from kiosk.counter.packages import Packages
from kiosk.counter.resident import ResidentStage
from kiosk.counter.rules import DeskRules
from kiosk.counter.scenes import AwaitTerminal, Home, InCase, SignIn, Tab
from kiosk.counter.staff import Staff

TO_BE_HAD = (ResidentStage.FREE, ResidentStage.CLOSED)


def wanted(desk: Desk, wants: CaseKind | int) -> DeskStep:
    """A case is to be opened or taken up: first the terminal. Outside an open day nothing is done that leaves paper or
    things kept, since no book would have them."""
    if desk.case is not None or desk.staff is None:
        return stay(desk)
    if not desk.day.is_open:
        return says(desk, "not-open")
    return go(desk, AwaitTerminal(wants), TakeTerminal())


def needs_terminal(desk: Desk) -> bool:
    """Whether the desk has a use for the terminal, or waits for it. Once it has none any more, it gives it back."""
    return isinstance(desk.scene, AwaitTerminal) or desk.case is not None


def terminal_seen(desk: Desk, rules: DeskRules, packages: Packages) -> DeskStep:
    """The resident's flow is somewhere else: a case that waits for the terminal may begin."""
    stage = desk.resident.stage
    match desk.scene:
        case AwaitTerminal(wants) if stage is ResidentStage.COUNTER:
            return _begin(desk, wants, rules, packages)
        case AwaitTerminal() if stage in TO_BE_HAD:
            return stay(desk, TakeTerminal())
        case _ if stage is ResidentStage.COUNTER and not needs_terminal(desk):
            return stay(desk, FreeTerminal())
        case _:
            return stay(desk)


def heard(desk: Desk, event: Happening, rules: DeskRules, packages: Packages) -> DeskStep:
    """The open case hears of it."""
    if desk.case is None:
        return stay(desk)
    package = packages[desk.case.kind]
    case, does = package.advance(desk.case.case, event, rules)
    changed, effects = _doing(replace(desk, case=replace(desk.case, case=case)), does)
    if not case.over:
        return changed, effects
    closed, closing = _closed(changed)
    return closed, effects + closing


def put_aside(desk: Desk) -> DeskStep:
    """The open case waits among those put aside, and the terminal is free. One that can't wait stays open."""
    if desk.case is None or not desk.case.case.holdable:
        return stay(desk)
    scene = desk.scene if isinstance(desk.scene, SignIn) else Home(Tab.CASES)
    held, effects = _noted_aside(desk, desk.case)
    return replace(desk, case=None, held=(*desk.held, held), scene=scene), effects


def _noted_aside(desk: Desk, case: DeskCase) -> tuple[DeskCase, tuple[DeskEffect, ...]]:
    """The book of the day has it, should this terminal stop; and whoever waits has its mark on a slip."""
    if desk.day.stage is Stage.NONE or case.kind is CaseKind.PAPERS:
        return case, ()
    number, mark = desk.day.next_aside, case.case.mark
    effects = (WriteDay(CaseAside(number, case.kind, mark), desk.by), PrintAside(case.kind, mark))
    return replace(case, aside=number), effects


def _begin(desk: Desk, wants: CaseKind | int, rules: DeskRules, packages: Packages) -> DeskStep:
    assert desk.staff is not None
    if isinstance(wants, int):
        return _resume(desk, desk.staff, wants, rules, packages)
    package: AnyPackage | None = packages.get(wants)
    if package is None:
        return go(desk, Home(Tab.CASES))
    number = desk.cases + 1
    case, does = package.begin(number, desk.staff)
    opened = replace(desk, cases=number, case=DeskCase(wants, case, desk.staff.mark), scene=InCase())
    return _doing(opened, does)


def _resume(desk: Desk, staff: Staff, number: int, rules: DeskRules, packages: Packages) -> DeskStep:
    found = next((each for each in desk.held if each.case.number == number), None)
    if found is None:
        return go(desk, Home(Tab.CASES))
    others = tuple(each for each in desk.held if each is not found)
    opened = replace(desk, held=others, case=replace(found, by=staff.mark, aside=0), scene=InCase())
    back: tuple[DeskEffect, ...] = (WriteDay(CaseBack(found.aside), staff.mark),) if found.aside else ()
    return first(back, heard(opened, Resumed(staff), rules, packages))


def _closed(desk: Desk) -> DeskStep:
    """What was printed in a case went into the resident's hand with its end: it is nobody's sheet in the tray. Sheets
    of an order are not its own: nobody has said of them that they are right."""
    assert desk.case is not None
    scene = desk.scene if isinstance(desk.scene, SignIn) else Home(Tab.CASES)
    effects: tuple[DeskEffect, ...] = (EraseCase(desk.case.case.number),)
    own = desk.sheets_of_case(desk.case.case.number)
    if desk.day.is_open and own:
        effects += (WriteDay(HandedOver(own, by_hand=True), desk.by),)
    return replace(desk, case=None, scene=scene), effects


def _doing(desk: Desk, does: tuple[CaseDoes, ...]) -> DeskStep:
    effects: tuple[DeskEffect, ...] = ()
    for each in does:
        if isinstance(each, CaseWaits):
            desk, armed = arm(desk, DeskTimer.CASE, each.seconds)
            effects += armed
        elif isinstance(each, IntoCustody):
            desk = replace(desk, unlisted=(*desk.unlisted, (each.kind, each.about)))
        else:
            effects += (each,)
    return desk, effects
