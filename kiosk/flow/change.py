"""Small words the flow is written in: a step, the visit at hand, and what lies around. Nothing here decides."""

from dataclasses import replace

from hardware.sensors.model import Place
from kiosk.flow.effects import Effect, SendHeartbeat
from kiosk.flow.scenes import Scene
from kiosk.flow.state import Terminal, Visit
from kiosk.flow.values.service import Belonging, OutOfService

Step = tuple[Terminal, tuple[Effect, ...]]
"""The next state and what is to be done, in this order."""

_PLACES = {
    Place.SHEET_TRAY: Belonging.SHEETS,
    Place.CHANGE_TRAY: Belonging.CHANGE,
    Place.RECEIPT_SLOT: Belonging.RECEIPT,
    Place.CARD_SLOT: Belonging.CARD,
}


def stay(state: Terminal, *effects: Effect) -> Step:
    """The scene stays."""
    return state, effects


def go(state: Terminal, scene: Scene, *effects: Effect) -> Step:
    """Another scene, or the same with other content. What lay over another scene goes away."""
    overlay = state.overlay if type(scene) is type(state.scene) else None
    return replace(state, scene=scene, overlay=overlay), effects


def also(step: Step, *effects: Effect) -> Step:
    """The step with more to do after it."""
    return step[0], step[1] + effects


def first(effects: tuple[Effect, ...], step: Step) -> Step:
    """The step with more to do before it."""
    return step[0], effects + step[1]


def visit_of(state: Terminal) -> Visit:
    """The visit that this scene can't be without."""
    assert state.visit is not None
    return state.visit


def with_visit(state: Terminal, visit: Visit) -> Terminal:
    """The state with its visit changed."""
    return replace(state, visit=visit)


def without_service(state: Terminal, *reasons: OutOfService) -> Terminal:
    """The state with more reasons to serve nobody after this visit."""
    return replace(state, out_of_service=state.out_of_service | set(reasons))


def pulse(state: Terminal) -> SendHeartbeat:
    """What the server hears of the terminal."""
    return SendHeartbeat(state.closed_by, state.pages, state.slips, state.takes_cash, state.cashless)


def lying(state: Terminal) -> frozenset[Belonging]:
    """Everything that lies where a person can take it."""
    things = {_PLACES[place] for place in state.occupied}
    return frozenset(things | {Belonging.CARD} if state.card_present else things)


def unread(state: Terminal) -> bool:
    """Whether something lies on the reader that the reader makes nothing of."""
    return Place.CARD_SLOT in state.occupied and not state.card_present


def left(state: Terminal) -> frozenset[Belonging]:
    """What must be gone before the next visit (I13). A receipt names nobody and keeps nobody waiting."""
    return lying(state) - {Belonging.RECEIPT}
