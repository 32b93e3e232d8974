"""What an action is to the runner: a job on the lane of one device, that tells events. A lane does one job after the
other, so answers of one device come in the order they were asked for."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from kiosk.flow.events import Event

E = TypeVar("E")

Tell = Callable[[Event], None]


def nothing_booked(_documents: tuple[str, ...]) -> None:
    """Where no clerk hands sheets over, no book needs to know what a resident said of them."""


class Lane(Enum):
    """The devices that may keep a caller waiting."""

    CAMERA = "camera"
    """And the scanner."""
    CARD = "card"
    MACHINE = "machine"
    """The terminal's own: its end waits behind no device that hangs."""
    SERVER = "server"
    PAPER = "paper"
    SLIPS = "slips"
    MONEY = "money"
    VOICE = "voice"


@dataclass(frozen=True, slots=True)
class JobOf(Generic[E]):
    """Something to do on a lane, that tells events of one flow."""

    lane: Lane
    run: Callable[[Callable[[E], None]], None]


class Job(JobOf[Event]):
    """One of the resident's flow."""

    __slots__ = ()
