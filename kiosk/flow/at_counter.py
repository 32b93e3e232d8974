"""How a clerk's desk beside the terminal gets it for a case, and gives it back. What the desk does meanwhile is its own
flow's business."""

from dataclasses import replace

from kiosk.flow.change import Step, go, left, stay
from kiosk.flow.rest import after_a_visit
from kiosk.flow.scenes import AtCounter
from kiosk.flow.state import Terminal
from kiosk.flow.values.presentation import Presentation
from kiosk.flow.values.service import OutOfService


def taken(state: Terminal) -> Step:
    """A clerk's desk takes the terminal, unless something of the last visit lies there (I13) or it is only starting."""
    if left(state) or OutOfService.STARTING in state.out_of_service:
        return stay(state)
    return go(replace(state, presentation=Presentation(), overlay=None), AtCounter())


def given_back(state: Terminal) -> Step:
    """The desk gives it back; what the resident left lying is called for as after a visit (I13)."""
    return go(replace(state, presentation=Presentation(), overlay=None), after_a_visit(state))
