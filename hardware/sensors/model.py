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
    CARD_SLOT = "card-slot"
    """On the card reader, whether or not the reader makes anything of it."""


class Power(Enum):
    """Where the terminal's power comes from."""

    MAINS = "mains"
    BATTERY = "battery"
    LOW = "low"
    """From a battery that ends soon."""


@dataclass(frozen=True, slots=True)
class PlaceChanged:
    """Something lies there now, or no longer."""

    place: Place
    occupied: bool


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Somebody stands in front of the terminal, or no longer."""

    present: bool


@dataclass(frozen=True, slots=True)
class DoorChanged:
    """The cabinet stands open now, or no longer."""

    is_open: bool


@dataclass(frozen=True, slots=True)
class PowerChanged:
    """The power comes from somewhere else now."""

    power: Power


@dataclass(frozen=True, slots=True)
class SensorsChanged:
    """The sensors say nothing, so that nobody knows what lies where, or are heard again: then all they see has been
    told just before."""

    heard: bool


SensorEvent = PlaceChanged | PersonChanged | DoorChanged | PowerChanged | SensorsChanged


class Lamp(Enum):
    """The lamp on top of the terminal."""

    OFF = "off"
    READY = "ready"
    ATTENTION = "attention"
    FAULT = "fault"


class Surroundings(Protocol):
    """Sensors, lamp and watchdog of one terminal. No method waits for the device."""

    def watch(self, tell: Callable[[SensorEvent], None]) -> None:
        """Starts telling changes, from any thread. What differs from empty places, nobody there, a shut door, mains and
        sensors that are heard is told at once."""
        ...

    def occupied(self) -> frozenset[Place]:
        """Where something lay when the sensors were heard last."""
        ...

    def lamp(self, lamp: Lamp) -> None:
        """Sets the lamp."""
        ...

    def feed(self) -> None:
        """The terminal serves: its watchdog counts anew. Nothing but the loop that serves may call it."""
        ...

    def going_down(self) -> None:
        """The machine is switched off in order; it is to be switched on again when the mains are back."""
        ...

    def stop(self) -> None:
        """The program ends in order: lamp off, watchdog at rest."""
        ...
