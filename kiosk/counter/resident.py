"""What the desk knows of the resident's flow: how far it is, and nothing of anybody."""

from dataclasses import dataclass
from enum import Enum

from kiosk.flow import scenes as at
from kiosk.flow.change import left
from kiosk.flow.state import Terminal


class ResidentStage(Enum):
    """Where the resident's flow is."""

    FREE = "free"
    """Nobody's visit, nothing lies there: the desk can have it."""
    CLOSED = "closed"
    """Nobody is served by it, but the desk can have it."""
    LEFT = "left"
    """Something lies there that must be taken away first."""
    STARTING = "starting"
    VISIT = "visit"
    SHEETS = "sheets"
    """All sheets are out; the clerk has not shown them yet."""
    LOOKS = "looks"
    """The clerk shows them; the resident says whether they are right."""
    DONE = "done"
    """The last screen of a visit."""
    COUNTER = "counter"
    """The desk has it."""


@dataclass(frozen=True, slots=True)
class ResidentSeen:
    """The resident's flow as the desk may know it. `attempt` tells one visit from the next."""

    stage: ResidentStage = ResidentStage.STARTING
    attempt: int = 0


def seen(terminal: Terminal) -> ResidentSeen:
    """What the desk may know."""
    return ResidentSeen(_stage(terminal), terminal.attempts)


def _stage(terminal: Terminal) -> ResidentStage:
    match terminal.scene:
        case at.AtCounter():
            return ResidentStage.COUNTER
        case at.Start() | at.Closed() if terminal.unheard:
            return ResidentStage.STARTING
        case at.Start() | at.Closed() if left(terminal):
            return ResidentStage.LEFT
        case at.Start():
            return ResidentStage.FREE
        case at.Closed():
            return ResidentStage.CLOSED
        case at.TakeSheets() | at.TakeBelongings() | at.Declined() | at.Fault() | at.Enrolled():
            return ResidentStage.DONE
        case at.LookAtSheets(shown=shown, right=False):
            return ResidentStage.LOOKS if shown else ResidentStage.SHEETS
        case _:
            return ResidentStage.VISIT
