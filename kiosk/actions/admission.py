"""A server that does not let this terminal in by the X.509 that it shows may know the one that it had before: it is
asked once more with that."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.actions.server import Pulse
from kiosk.actions.upkeep import NOTHING_KEPT_UP, Upkeep
from kiosk.errors import NotAdmittedThere, ServerAway
from kiosk.flow.values.service import OutOfService


@dataclass(frozen=True, slots=True)
class Admission:
    """All methods run on the server's lane, and raise what they are given to do raises."""

    upkeep: Upkeep = NOTHING_KEPT_UP

    def at_home(self, heartbeat: Callable[[], Pulse]) -> Pulse:
        """The answer of the terminal's own server."""
        try:
            pulse = heartbeat()
        except ServerAway:
            # Also when TLS lets the present X.509 in no more.
            if not self.upkeep.fall_back():
                raise
            pulse = heartbeat()
        if pulse.not_admitted is OutOfService.NOT_ADMITTED and self.upkeep.fall_back():
            pulse = heartbeat()
        return pulse

    def elsewhere(self, municipality: str, heartbeat: Callable[[], Pulse]) -> Pulse:
        """The answer of another municipality's server."""
        pulse = heartbeat()
        if pulse.not_admitted is OutOfService.NOT_ADMITTED and self.upkeep.introduce(municipality):
            pulse = heartbeat()
        return pulse

    def report(self, municipality: str, send: Callable[[], None]) -> None:
        """Has that municipality's server told of an outcome."""
        try:
            send()
        except NotAdmittedThere:
            if not self.upkeep.introduce(municipality):
                raise
            send()
