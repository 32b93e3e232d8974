"""Where a clerk hands the sheets over: the resident looks at them first. Until they have said that name and number are
right nothing is delivered and the fee is held; if they don't, all of it goes back and the documents are void (I7)."""

from dataclasses import replace

from kiosk.flow import money, printing
from kiosk.flow.change import Step, go, stay, visit_of
from kiosk.flow.effects import NoteRight
from kiosk.flow.scenes import LookAtSheets
from kiosk.flow.state import DeclinedBecause, Ending, Terminal
from kiosk.flow.values.trouble import DeclineReason

_NOT_RIGHT = DeclinedBecause(DeclineReason.SHEETS_NOT_RIGHT)


def shown(state: Terminal, scene: LookAtSheets) -> Step:
    """The clerk shows them: now the resident can tell."""
    return go(state, replace(scene, shown=True))


def right(state: Terminal, scene: LookAtSheets) -> Step:
    """They are right. Nothing is kept before that is on disk."""
    if not scene.shown or scene.right:
        return stay(state)
    visit = visit_of(state)
    note = NoteRight(visit.attempt, visit.deliveries, money.earned(visit))
    return go(state, replace(scene, right=True), note)


def wrong(state: Terminal, scene: LookAtSheets) -> Step:
    """They are not right."""
    return refused(state) if scene.shown and not scene.right else stay(state)


def noted(state: Terminal, scene: LookAtSheets) -> Step:
    """Their word is on disk: the fee is kept."""
    visit = visit_of(state)
    return printing.settle(state, visit) if scene.right and not visit.settling else stay(state)


def refused(state: Terminal, why: Ending = _NOT_RIGHT) -> Step:
    """Nobody says so, or it can't be written down: what came out is void, and all money goes back."""
    visit = visit_of(state)
    if visit.settling:
        return stay(state)
    return printing.settle(state, replace(printing.voided(visit), ending=visit.ending or why))
