"""What is on the screen while nobody's visit is open."""

from dataclasses import replace

from kiosk.flow.change import Step, go, left, lying, unread
from kiosk.flow.scenes import AtCounter, Closed, Fault, Scene, Start, TakeBelongings
from kiosk.flow.state import Terminal
from kiosk.flow.values.presentation import Presentation
from kiosk.flow.values.service import Belonging, OutOfService


def after_a_visit(state: Terminal) -> Scene:
    """What is shown as soon as nobody's visit is open: what lies there is called for (I13)."""
    return TakeBelongings(lying(state)) if left(state) else Start()


def start_over(state: Terminal) -> Step:
    """Without a visit: the start screen as the next person expects it."""
    return go(replace(state, presentation=Presentation(), overlay=None), Start())


def at_rest(state: Terminal) -> Terminal:
    """Without a visit the scene follows from what lies around and what is out of service, unless a clerk holds it or
    somebody whom a restart cut off is told so."""
    if isinstance(state.scene, (AtCounter, Fault)):
        return state
    things = left(state)
    if isinstance(state.scene, Start) and unread(state) and not state.calling:
        # A card that the reader will make out in a moment; what it does not is called for (`pace.to_take`).
        things -= {Belonging.CARD}
    if isinstance(state.scene, TakeBelongings) and things:
        return replace(state, scene=TakeBelongings(lying(state)))
    reasons = _told_by(state) | ({OutOfService.LEFT_BEHIND} if things else frozenset())
    scene: Scene = Closed(reasons) if reasons else Start()
    return state if scene == state.scene else replace(state, scene=scene, overlay=None)


def _told_by(state: Terminal) -> frozenset[OutOfService]:
    """Why nobody is served, as the screen says it: what waits for the journal alone needs nobody at the money."""
    if state.cut_off is None:
        return state.closed_by
    return state.closed_by - {OutOfService.UNSETTLED} | {OutOfService.JOURNAL}
