"""Somebody who sees nothing of the terminal, for journeys: what they hear, feel and press."""

from kiosk.flow.touches import Felt
from tests.support.journey_screen import screen
from tests.support.journey_steps import Journey


class Fingers:
    """Somebody at the tactile keypad: goes from key to key until the one is heard that they want, and presses it."""

    def __init__(self, journey: Journey) -> None:
        self.j = journey

    def hears(self) -> list[str]:
        """What was said since they listened last."""
        self.j.settles()
        said = [sentence.text for sentence in self.j.office.voice.said]
        self.j.office.voice.said.clear()
        return said

    def feels(self, name: str) -> None:
        """Moves to one key."""
        self.j.kiosk.feels(name)
        self.j.kiosk.put(Felt())
        self.j.settles()

    def presses(self, heard: str) -> None:
        """Goes along the keys, and presses the first that says so."""
        self.hears()
        for name in screen(self.j.kiosk.state, self.j.office.now()).touches():
            self.feels(name)
            if self.hears() == [heard]:
                self.j.touches(name)
                return
        raise AssertionError(f"no key says {heard}")
