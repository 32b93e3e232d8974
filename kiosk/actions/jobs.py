"""What an action is to the runner: a job on the lane of one device, that tells events. A lane does one job after the
other, so answers of one device come in the order they were asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from kiosk.flow.events import Event

Tell = Callable[[Event], None]


class Lane(Enum):
    """The devices that may keep a caller waiting."""

    CARD = "card"
    SERVER = "server"
    PAPER = "paper"
    SLIPS = "slips"
    MONEY = "money"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class Job:
    """Something to do on a lane."""

    lane: Lane
    run: Callable[[Tell], None]
