"""The machine of a terminal that runs inside a test."""

from dataclasses import dataclass

from hardware.sensors.model import Surroundings


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
