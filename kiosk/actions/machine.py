"""The machine that the terminal runs on, as the terminal knows it. Pure."""

from dataclasses import dataclass
from typing import Protocol

from hardware.sensors.model import Surroundings


class Machine(Protocol):
    """Whoever restarts a terminal that does not serve, and switches its machine off."""

    def feed(self) -> None:
        """The terminal serves. Does not wait."""
        ...

    def shut_down(self) -> None:
        """Begins to switch the machine off in order, which may take seconds. Raises where that can't be."""
        ...


@dataclass(frozen=True, slots=True)
class VirtualMachine:
    """A machine that nobody switches off: only its surroundings hear that it would be."""

    surroundings: Surroundings

    def feed(self) -> None:
        """The watchdog of the surroundings hears it."""
        self.surroundings.feed()

    def shut_down(self) -> None:
        """The surroundings hear it."""
        self.surroundings.going_down()
