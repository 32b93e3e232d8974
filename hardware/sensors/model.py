"""What the kiosk's surroundings tell (I13) and how it calls for attention. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Protocol


class Place(Enum):
    """Where something can be left behind."""

    SHEET_TRAY = "sheet-tray"
    CHANGE_TRAY = "change-tray"
    RECEIPT_SLOT = "receipt-slot"


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """Something lies there now, or no longer."""

    place: Place
    occupied: bool


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Somebody stands in front of the terminal, or no longer."""

    present: bool


SensorEvent = PlaceChanged | PersonChanged


class Lamp(Enum):
    """The lamp on top of the terminal."""

    OFF = "off"
    READY = "ready"
    ATTENTION = "attention"
    FAULT = "fault"


class Surroundings(Protocol):
    """Sensors and lamp of one terminal."""

    def watch(self, tell: Callable[[SensorEvent], None]) -> None:
        """Starts telling changes; what is occupied now is told at once."""
        ...

    def occupied(self) -> frozenset[Place]:
        """Where something lies now."""
        ...

    def lamp(self, lamp: Lamp) -> None:
        """Sets the lamp."""
        ...
